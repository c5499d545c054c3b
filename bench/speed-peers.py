"""scikit-learn's multilayer networks and PyTorch on the tasks of speed.R.

usage: speed-peers.py FOLDER THREADS RESULTS

Two threads can be slower than one: PyTorch's and OpenBLAS's own pools get into each
other's way. So speed.R calls this with one thread and with all, and takes the better.
FOLDER holds jobs.json and, for each task, raw little-endian float32 files as speed.R
wrote them: NAME-train-x (rows x inputs, row by row), NAME-train-y, NAME-test-x,
NAME-test-y, and -offset where the task has one. Results go to the file RESULTS, one line
per job, seed and epoch: seconds of training so far, without the scoring, and the metrics
on the test rows. The rates of matrix products come first, in RESULTS.products; below a
floor nothing is compared, for then the library of linear algebra is one that nobody
would train with.
"""
import csv
import json
import os
import sys
import time
import warnings

THREADS = int(sys.argv[2])
# A pool that spins while it waits takes the cores from the other.
os.environ["OMP_WAIT_POLICY"] = "passive"
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = str(THREADS)

import numpy as np  # noqa: E402  (the threads must be known before)

FLOOR = 30  # GFLOP/s
FIELDS = ["tool", "task", "batch", "threads", "seed", "epoch", "seconds",
          "rows_per_second", "AUC", "logloss", "error", "RMSE", "deviance_x100"]


def say(*words):
    print(time.strftime("%H:%M:%S"), *words, file=sys.stderr, flush=True)


# ---- Matrix products -------------------------------------------------------------

SHAPES = [(128, 784, 200), (128, 200, 200), (1024, 1024, 1024)]


def product_rate(multiply, rows, depth, columns):
    """GFLOP/s of the best of several runs."""
    multiply()
    best = 0
    for _ in range(5):
        times, start, taken = 0, time.perf_counter(), 0
        while taken < 0.05:
            multiply()
            times += 1
            taken = time.perf_counter() - start
        best = max(best, 2e-9 * rows * depth * columns * times / taken)
    return best


def product_rates(libraries):
    """{library: largest rate}; writes every shape to products.csv."""
    rates, lines = {}, []
    for name, make, multiply in libraries:
        for rows, depth, columns in SHAPES:
            a, b = make((rows, depth)), make((depth, columns))
            rate = product_rate(lambda: multiply(a, b), rows, depth, columns)
            lines.append([name, THREADS, rows, depth, columns, round(rate, 1)])
            rates[name] = max(rate, rates.get(name, 0))
            say(f"{name}: product {rows} x {depth} x {columns}: {rate:.1f} GFLOP/s")
    with open(RESULTS + ".products", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["library", "threads", "rows", "depth", "columns", "gflops"])
        writer.writerows(lines)
    return rates


# ---- Data ------------------------------------------------------------------------


def read(name, columns=None):
    path = os.path.join(FOLDER, name)
    if not os.path.exists(path):
        return None
    values = np.fromfile(path, dtype="<f4")
    return values if columns is None else values.reshape(-1, columns)


class Task:
    def __init__(self, about):
        self.name, self.kind = about["name"], about["kind"]
        self.hidden = [int(units) for units in np.atleast_1d(about["hidden"])]
        self.activation = about["activation"].lower()
        self.classes = int(about["classes"])
        columns = int(about["inputs"])
        data = about["data"]
        self.x, self.y = read(f"{data}-train-x", columns), read(f"{data}-train-y")
        self.test_x, self.test_y = read(f"{data}-test-x", columns), read(f"{data}-test-y")
        self.offset = read(f"{data}-train-offset")
        self.test_offset = read(f"{data}-test-offset")
        if self.kind == "classes":
            self.y, self.test_y = self.y.astype("int64"), self.test_y.astype("int64")
            self.scale = self.mean = None
        elif self.kind == "numbers":
            # Trained standardised, judged in the response's own units.
            self.mean, self.scale = float(self.y.mean()), float(self.y.std())
            self.y = ((self.y - self.mean) / self.scale).astype("float32")

    def metrics(self, output):
        """output: probabilities, or predictions in the network's units, or means."""
        if self.kind == "counts":
            y, mean = self.test_y, np.maximum(output, 1e-12)
            log = np.where(y > 0, y * np.log(np.where(y > 0, y, 1) / mean), 0)
            return {"deviance_x100": 200 * float(np.mean(mean - y + log))}
        if self.kind == "numbers":
            error = output * self.scale + self.mean - self.test_y
            return {"RMSE": float(np.sqrt(np.mean(error ** 2)))}
        rows = np.arange(len(self.test_y))
        chosen = np.maximum(output[rows, self.test_y], 1e-15)
        result = {"logloss": float(-np.mean(np.log(chosen))),
                  "error": float(np.mean(output.argmax(1) != self.test_y))}
        if self.classes == 2:
            result["AUC"] = auc(output[:, 1], self.test_y)
        return result


def auc(score, truth):
    """Area under the curve by ranks, ties at their mean."""
    order = np.argsort(score, kind="stable")
    values, first, counts = np.unique(score[order], return_index=True,
                                      return_counts=True)
    ranks = np.empty(len(score))
    ranks[order] = np.repeat(first + (counts + 1) / 2, counts)
    positive = truth == 1
    n1, n0 = positive.sum(), (~positive).sum()
    return float((ranks[positive].sum() - n1 * (n1 + 1) / 2) / (n1 * n0))


# ---- The tools: each yields what predicts the test rows, after every epoch ----------


def train_sklearn(task, batch, seed):
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    kind = MLPClassifier if task.kind == "classes" else MLPRegressor
    model = kind(hidden_layer_sizes=task.hidden, solver="adam", batch_size=batch,
                 activation={"rectifier": "relu", "tanh": "tanh"}[task.activation],
                 alpha=0, random_state=seed)
    more = {"classes": np.arange(task.classes)} if task.kind == "classes" else {}
    predict = model.predict_proba if task.kind == "classes" else model.predict
    while True:
        model.partial_fit(task.x, task.y, **more)
        more = {}
        yield lambda: predict(task.test_x)


def train_torch(task, batch, seed):
    import torch
    from torch import nn
    torch.manual_seed(seed)
    activation = {"rectifier": nn.ReLU, "tanh": nn.Tanh}[task.activation]
    sizes = [task.x.shape[1], *task.hidden]
    parts = []
    for inputs, units in zip(sizes[:-1], sizes[1:]):
        parts += [nn.Linear(inputs, units), activation()]
    outputs = task.classes if task.kind == "classes" else 1
    model = nn.Sequential(*parts, nn.Linear(sizes[-1], outputs))
    optimizer = torch.optim.Adam(model.parameters())
    x, y = torch.from_numpy(task.x), torch.from_numpy(task.y)
    test_x = torch.from_numpy(task.test_x)
    offset = None if task.offset is None else torch.from_numpy(task.offset)
    loss_of = {"classes": nn.CrossEntropyLoss(), "numbers": nn.MSELoss(),
               "counts": nn.PoissonNLLLoss(log_input=True)}[task.kind]

    def predict():
        with torch.no_grad():
            out = model(test_x)
            if task.kind == "classes":
                return torch.softmax(out, 1).numpy()
            out = out[:, 0].numpy()
        return out if task.kind == "numbers" else np.exp(out + task.test_offset)

    while True:
        for rows in torch.randperm(len(x)).split(batch):
            optimizer.zero_grad(set_to_none=True)
            out = model(x[rows])
            if task.kind != "classes":
                out = out[:, 0]
            if offset is not None:
                out = out + offset[rows]
            loss_of(out, y[rows]).backward()
            optimizer.step()
        yield predict


TOOLS = {"scikit-learn": train_sklearn, "PyTorch": train_torch}


def reached(metrics, goals):
    """Whether every goal {metric, value} is met; AUC grows, the others shrink."""
    return bool(goals) and all(
        metrics[goal["metric"]] >= goal["value"] if goal["metric"] == "AUC"
        else metrics[goal["metric"]] <= goal["value"] for goal in goals)


def run(writer, task, tool, batch, seed, epochs, limit, goals):
    """Stops after `epochs` passes, `limit` seconds of training, or at the goals."""
    seconds, epoch = 0.0, 0
    start = time.perf_counter()
    for predict in TOOLS[tool](task, batch, seed):
        seconds += time.perf_counter() - start
        epoch += 1
        line = dict.fromkeys(FIELDS, "")
        line.update(tool=tool, task=task.name, batch=batch, threads=THREADS,
                    seed=seed, epoch=epoch, seconds=round(seconds, 4),
                    rows_per_second=round(epoch * len(task.x) / seconds))
        metrics = task.metrics(predict())
        line.update({name: round(value, 5) for name, value in metrics.items()})
        writer.writerow(line)
        if epoch >= epochs or seconds > limit or reached(metrics, goals):
            break
        start = time.perf_counter()
    say(f"{tool}, {task.name}, batch {batch}, seed {seed}: {epoch} epochs, "
        f"{seconds:.2f} s, {epoch * len(task.x) / seconds:,.0f} rows/s")


def main():
    libraries = [("numpy", lambda shape: np.ones(shape, "float32"), np.matmul)]
    tools = []
    try:
        import sklearn
        say(f"scikit-learn {sklearn.__version__}, numpy {np.__version__}")
        tools.append("scikit-learn")
    except ImportError:
        say("scikit-learn is not there: skipped")
    try:
        import torch
        torch.set_num_threads(THREADS)
        say(f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads")
        libraries.append(("PyTorch", lambda shape: torch.ones(shape), torch.matmul))
        tools.append("PyTorch")
    except ImportError:
        say("PyTorch is not there: skipped")
    rates = product_rates(libraries)
    needs = {"scikit-learn": "numpy", "PyTorch": "PyTorch"}
    for tool in list(tools):
        if rates[needs[tool]] < FLOOR:
            say(f"{tool} is not compared: its matrix products run below {FLOOR} "
                "GFLOP/s. Install libopenblas0-pthread.")
            tools.remove(tool)

    # partial_fit counts epochs for stopping rules that play no part here.
    warnings.filterwarnings("ignore")
    with open(os.path.join(FOLDER, "jobs.json")) as file:
        jobs = json.load(file)
    with open(RESULTS, "w", newline="") as file:
        writer = csv.DictWriter(file, FIELDS)
        writer.writeheader()
        for about in jobs:
            task = Task(about)
            for plan in about["plans"]:
                if plan["tool"] not in tools:
                    continue
                for seed in range(1, int(plan["seeds"]) + 1):
                    run(writer, task, plan["tool"], int(plan["batch"]), seed,
                        int(plan["epochs"]), float(plan["limit"]), about["goals"])
                    file.flush()


if __name__ == "__main__":
    FOLDER, RESULTS = sys.argv[1], sys.argv[3]
    main()
