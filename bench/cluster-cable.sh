#!/usr/bin/env bash
# Two hosts with a cable of 1 Gbit/s between them, as network namespaces of this machine
# (Linux, as root): the model of two shards is that of one process, and a cut cable is a
# feedforward_worker_error within `worker_timeout`.
#
#   R_LIBS=build/library bash bench/cluster-cable.sh     from the top of the repository
set -euo pipefail

folder=$(mktemp -d)
clean_up() {
  ip netns pids ff-worker 2> /dev/null | xargs -r kill -9
  ip netns delete ff-driver 2> /dev/null || true
  ip netns delete ff-worker 2> /dev/null || true
  rm -rf "$folder"
}
trap clean_up EXIT

ip netns add ff-driver
ip netns add ff-worker
ip link add ff-a netns ff-driver type veth peer name ff-b netns ff-worker
ip -n ff-driver address add 10.99.0.1/24 dev ff-a
ip -n ff-worker address add 10.99.0.2/24 dev ff-b
for end in driver:ff-a worker:ff-b; do
  ip -n "ff-${end%%:*}" link set lo up
  ip -n "ff-${end%%:*}" link set "${end##*:}" up
  tc -n "ff-${end%%:*}" qdisc add dev "${end##*:}" root tbf \
    rate 1gbit burst 128kb latency 50ms
done

# What parallel calls in place of ssh: the last argument is the command.
cat > "$folder/rsh" << 'END'
#!/usr/bin/env bash
exec ip netns exec ff-worker bash -c "${!#}"
END
chmod +x "$folder/rsh"

cat > "$folder/driver.R" << 'END'
library(feedforward)
n <- 20000
rows <- data.frame(a = sin(1:n), b = cos(1.7 * 1:n), f = factor(1:n %% 7))
rows$y <- factor(ifelse(rows$a + rows$b + (rows$f == "3") > 0, "yes", "no"))
workers <- parallel::makePSOCKcluster(rep("10.99.0.2", 2),
  master = "10.99.0.1", rshcmd = commandArgs(TRUE), useXDR = FALSE
)
fit <- function(...) {
  suppressWarnings(deeplearning(y ~ ., rows,
    hidden = c(200, 200), seed = 1, shards = 2, stopping_rounds = 0, threads = 1, ...
  ))
}
there <- fit(epochs = 2, cluster = workers)
here <- fit(epochs = 2)
stopifnot(identical(there$weights, here$weights))
cat("over the cable: the same bits\n")
print(cluster_sitrep(workers))
scored <- 0
began <- proc.time()[["elapsed"]]
lost <- tryCatch(
  fit(
    epochs = 1000, cluster = workers, worker_timeout = 5,
    train_samples_per_iteration = n, score_each_iteration = TRUE,
    custom_metric_func = function(actual, predicted, weights) {
      scored <<- scored + 1
      if (scored == 3) {
        system("ip link set ff-a down")
        began <<- proc.time()[["elapsed"]]
      }
      1
    }
  ),
  feedforward_worker_error = identity
)
stopifnot(
  inherits(lost, "feedforward_worker_error"), lost$model$status == "worker lost",
  length(predict(lost$model, rows[1:3, ])) == 3
)
cat(sprintf(
  "cable cut: \"%s\" after %.1f seconds\n", lost$reason,
  proc.time()[["elapsed"]] - began
))
quit(save = "no", runLast = FALSE)
END
timeout 300 ip netns exec ff-driver Rscript "$folder/driver.R" "$folder/rsh"
