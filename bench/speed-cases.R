# What speed.R measures: networks on tasks, the arguments of each case, the bars, and
# where the figure of H2O for it stands in golden/h2o-figures.csv.

# ---- Data -----------------------------------------------------------------------

# Tasks of data.R by the name that the cases use. Prostate and iris are trained and
# judged on all their rows, as H2O's figures were.
bench_task <- function(name) {
  on_all_rows <- function(task) {
    task$train <- task$test <- rbind(task$train, task$test)
    task$name <- paste0(task$name, "-all")
    task
  }
  switch(name,
    airline = airline_task(),
    benchm = benchm_task(),
    mnist = mnist_task(),
    `mnist-scaled` = mnist_scaled_task(),
    covtype = covtype_task(),
    california = california_task(),
    freMTPL2 = insurance_task(),
    prostate = on_all_rows(prostate_task()),
    iris = on_all_rows(iris_task())
  )
}

adam <- list(optimizer = "adam", mini_batch_size = 128)

# MNIST in H2O's own performance notes: dropout, penalties, momentum.
readme_settings <- list(
  hidden = c(128, 64), activation = "RectifierWithDropout",
  hidden_dropout_ratios = c(0.3, 0.2), input_dropout_ratio = 0.2, l1 = 1e-4, l2 = 1e-4,
  adaptive_rate = FALSE, rate = 0.005, rate_annealing = 1e-6, momentum_start = 0.9,
  momentum_ramp = 1e6, momentum_stable = 0.99, epochs = 10
)

# ---- Rows per second ------------------------------------------------------------

# h2o: task of h2o-figures.csv whose median speed counts. quality: metric, and the H2O
# run whose mean it must reach (its best mode at these settings) where there is one.
# peers: name in peer_networks(), for the best other; bar: rows per second.
rate_case <- function(id, title, task, arguments, quality, h2o = NULL, h2o_quality = NULL,
                      peers = NULL, bar = NA, threads = 2) {
  list(
    id = id, title = title, task = task, arguments = arguments, quality = quality,
    h2o = h2o, h2o_quality = h2o_quality, peers = peers, bar = bar, threads = threads
  )
}

h2o_run <- function(task, arguments = NULL) {
  list(task = task, arguments = arguments)
}

rate_cases <- function() {
  with_adam <- function(...) utils::modifyList(list(...), adam)
  wide <- c(200, 200)
  list(
    rate_case("airline-10", "airline 8 predictors, 10-10, H2O's settings", "airline",
      list(hidden = c(10, 10), epochs = 5), "AUC", h2o_run("airline 10-10 5 epochs"),
      h2o_run("airline 10-10 reproducible"), "airline-10", 3e6),
    rate_case("airline-10-adam", "airline 8 predictors, 10-10, Adam", "airline",
      with_adam(hidden = c(10, 10), epochs = 5), "AUC", peers = "airline-10"),
    rate_case("airline-200", "airline 8 predictors, 200-200, H2O's settings", "airline",
      list(hidden = wide, epochs = 10), "AUC", h2o_run("airline defaults 200-200"),
      h2o_run("airline defaults 200-200"), "airline-200", 250000),
    rate_case("airline-200-adam", "airline 8 predictors, 200-200, Adam", "airline",
      with_adam(hidden = wide, epochs = 5), "AUC", peers = "airline-200"),
    rate_case("benchm", "benchm-ml 200-200, H2O's settings", "benchm",
      list(hidden = wide, epochs = 1), "AUC", h2o_run("benchm 200-200 1 epoch"),
      h2o_run("benchm 200-200 1 epoch reproducible"), "benchm", 250000),
    rate_case("benchm-one", "benchm-ml 200-200, H2O's settings, one thread", "benchm",
      list(hidden = wide, epochs = 1), "AUC", h2o_run("benchm 200-200 1 epoch"),
      h2o_run("benchm 200-200 1 epoch reproducible"), "benchm", 180000, 1),
    rate_case("benchm-adam", "benchm-ml 200-200, Adam", "benchm",
      with_adam(hidden = wide, epochs = 1), "AUC", peers = "benchm", bar = 300000),
    rate_case("mnist-200", "MNIST 200-200, H2O's settings", "mnist",
      list(hidden = wide, epochs = 1), "per_class_error",
      h2o_run("mnist 200-200 1 epoch"), h2o_run("mnist 200-200 1 epoch"),
      bar = 25000),
    rate_case("mnist-200-adam", "MNIST 200-200, Adam", "mnist-scaled",
      with_adam(hidden = wide, epochs = 5), "error", peers = "mnist-200", bar = 140000),
    rate_case("mnist-128", "MNIST 128-64, H2O's README settings", "mnist",
      readme_settings, "per_class_error", h2o_run("mnist 128-64 readme 10 epochs"),
      h2o_run("mnist 128-64 readme 10 epochs"), bar = 60000),
    rate_case("mnist-128-adam", "MNIST 128-64, Adam", "mnist-scaled",
      with_adam(hidden = c(128, 64), epochs = 5), "error", peers = "mnist-128",
      bar = 200000),
    rate_case("mnist-1024", "MNIST 1024-1024, H2O's settings", "mnist",
      list(hidden = c(1024, 1024), epochs = 0.1), "error"),
    rate_case("mnist-1024-adam", "MNIST 1024-1024, Adam", "mnist-scaled",
      with_adam(hidden = c(1024, 1024), epochs = 1), "error", peers = "mnist-1024"),
    rate_case("covtype", "covtype.20k 200-200, H2O's settings", "covtype",
      list(hidden = wide, epochs = 10), "logloss", h2o_run("covtype20k defaults"),
      h2o_run("covtype20k defaults reproducible"), "covtype"),
    rate_case("covtype-adam", "covtype.20k 200-200, Adam", "covtype",
      with_adam(hidden = wide, epochs = 10), "logloss", peers = "covtype", bar = 200000),
    rate_case("california", "california 200-200, H2O's settings", "california",
      list(hidden = wide, epochs = 10), "RMSE", h2o_run("california defaults"),
      h2o_run("california", "reproducible=True"), "california"),
    rate_case("california-adam", "california 200-200, Adam", "california",
      with_adam(hidden = wide, epochs = 10), "RMSE", peers = "california"),
    rate_case("freMTPL2", "freMTPL2 20 Tanh, H2O's settings", "freMTPL2",
      list(epochs = 10), "deviance_x100", h2o_run("freMTPL2 poisson offset 20 tanh"),
      h2o_run("freMTPL2 offset deviance x100 (on ClaimNb, per policy)"), "freMTPL2",
      4e6),
    rate_case("freMTPL2-adam", "freMTPL2 20 Tanh, Adam", "freMTPL2",
      with_adam(epochs = 2), "deviance_x100", peers = "freMTPL2"),
    rate_case("prostate", "prostate 10-10-10 Tanh, 10,000 epochs, one thread",
      "prostate", list(epochs = 10000), "AUC",
      h2o_run("prostate 10-10-10 tanh 10000 epochs"),
      h2o_run("prostate 10-10-10 tanh 10000 epochs"), "prostate", 2e6, 1),
    rate_case("prostate-adam", "prostate 10-10-10 Tanh, 10,000 epochs, Adam", "prostate",
      with_adam(epochs = 10000), "AUC", peers = "prostate", threads = 1),
    rate_case("iris", "iris 200-200, H2O's settings", "iris",
      list(hidden = wide, epochs = 10), "logloss", h2o_run("iris defaults"),
      h2o_run("iris defaults"), "iris"),
    rate_case("iris-adam", "iris 200-200, Adam", "iris",
      with_adam(hidden = wide, epochs = 10), "logloss", peers = "iris")
  )
}

# ---- Seconds to a metric --------------------------------------------------------

# targets: values of `metric` on the test rows, each a row of the table. settings: what
# we would choose, tried one after another; the fastest counts. h2o: training seconds
# where H2O got there (performance figures of golden/), NA where it never did.
time_case <- function(id, title, task, metric, targets, epochs, settings, peers,
                      h2o = NA, bar = NA) {
  list(
    id = id, title = title, task = task, metric = metric, targets = targets,
    epochs = epochs, settings = settings, peers = peers,
    h2o = rep_len(h2o, length(targets)), bar = rep_len(bar, length(targets))
  )
}

time_cases <- function() {
  wide <- c(200, 200)
  setting <- function(hidden, ...) c(list(hidden = hidden), list(...))
  by_adam <- function(hidden, batch, rate, ...) {
    setting(hidden,
      optimizer = "adam", mini_batch_size = batch, rate = rate, ...
    )
  }
  list(
    time_case("airline-10-time", "airline 10-10", "airline", "AUC", c(0.721, 0.73), 20,
      list(
        `H2O's settings` = setting(c(10, 10)),
        `Adam 32, rate .005` = by_adam(c(10, 10), 32, 0.005),
        `Adam 64, rate .01` = by_adam(c(10, 10), 64, 0.01)
      ), "airline-10",
      h2o = c(1.38, NA)),
    time_case("benchm-time", "benchm-ml 200-200", "benchm", "AUC", c(0.709, 0.711), 3,
      list(
        `H2O's settings` = setting(wide),
        `Adam 128` = by_adam(wide, 128, 0.001),
        `Adam 64, rate .002, annealed` = by_adam(wide, 64, 0.002, rate_annealing = 2e-5)
      ), "benchm",
      h2o = c(10, NA)),
    time_case("mnist-200-time", "MNIST 200-200", "mnist-scaled", "error",
      c(0.025, 0.022), 10,
      list(
        `Adam 128` = by_adam(wide, 128, 0.001),
        `Adam 128, rate .002, annealed` = by_adam(wide, 128, 0.002,
          rate_annealing = 1e-5
        )
      ), "mnist-200",
      bar = c(NA, 2.5)),
    time_case("covtype-time", "covtype.20k 200-200", "covtype", "error", 0.15, 60,
      list(
        `Adam 32` = by_adam(wide, 32, 0.001),
        `Adam 64, rate .002, averaged` = by_adam(wide, 64, 0.002,
          weight_averaging_decay = 0.99
        ),
        `Adam 128, rate .003, averaged` = by_adam(wide, 128, 0.003,
          weight_averaging_decay = 0.99
        )
      ), "covtype",
      bar = 8.6),
    time_case("covtype-logloss-time", "covtype.20k 200-200", "covtype", "logloss",
      c(0.44, 0.41), 60,
      list(
        `Adam 64, rate .002, averaged` = by_adam(wide, 64, 0.002,
          weight_averaging_decay = 0.99
        ),
        `Adam 128, rate .003, averaged` = by_adam(wide, 128, 0.003,
          weight_averaging_decay = 0.99
        )
      ), "covtype"),
    time_case("california-time", "california 200-200", "california", "RMSE",
      c(0.58, 0.53), 60,
      list(
        `H2O's settings` = setting(wide),
        `Adam 32, rate .002, averaged` = by_adam(wide, 32, 0.002,
          weight_averaging_decay = 0.99
        ),
        `Adam 128, rate .003, averaged` = by_adam(wide, 128, 0.003,
          weight_averaging_decay = 0.99
        )
      ), "california",
      h2o = c(13, NA))
  )
}

higher_is_better <- function(metric) {
  metric == "AUC"
}

# ---- What the other tools train -------------------------------------------------

# data: name of a bench_task(). epochs: at most, in at most `limit` seconds; batches by
# tool, PyTorch's default habit 32 and scikit-learn's default 200 among them.
peer_network <- function(data, hidden, epochs, seeds = 1, limit = 6,
                         sklearn = c(128, 200), torch = c(128, 200),
                         activation = "Rectifier") {
  list(
    data = data, hidden = hidden, epochs = epochs, seeds = seeds, limit = limit,
    batches = list(`scikit-learn` = sklearn, PyTorch = torch), activation = activation
  )
}

peer_networks <- function() {
  wide <- c(200, 200)
  timed <- function(...) {
    peer_network(..., seeds = 3, sklearn = c(64, 200), torch = c(32, 128))
  }
  list(
    `airline-10` = timed("airline", c(10, 10), 12),
    `airline-200` = peer_network("airline", wide, 5),
    benchm = timed("benchm", wide, 3),
    `mnist-200` = timed("mnist-scaled", wide, 8),
    `mnist-128` = peer_network("mnist-scaled", c(128, 64), 5),
    `mnist-1024` = peer_network("mnist-scaled", c(1024, 1024), 1,
      limit = 20, sklearn = 200, torch = 200
    ),
    covtype = timed("covtype", wide, 40, limit = 9),
    california = timed("california", wide, 60),
    freMTPL2 = peer_network("freMTPL2", 20, 2,
      limit = 10, sklearn = NULL, torch = c(128, 512), activation = "Tanh"
    ),
    prostate = peer_network("prostate", c(10, 10, 10), 300, activation = "Tanh"),
    iris = peer_network("iris", wide, 100, sklearn = c(32, 128), torch = c(32, 128))
  )
}
