# Workers that die, freeze or fail, and a user who interrupts, at any moment:
# FEEDFORWARD_FAULTS says how many times (`make cluster-checks`: 100).

# list(workers, pids, broken(error): may this be how a run on them ends)
fault_kinds <- list(
  kill = function(pid) sprintf("kill -9 %d", pid),
  freeze = function(pid) sprintf("kill -STOP %d", pid),
  interrupt = function(pid) sprintf("kill -INT %d", Sys.getpid())
)

start_workers <- function(engine) {
  if (engine == "mirai") cluster_mirai(2) else cluster_local(2)
}

ids_of <- function(cluster, engine) {
  if (engine == "mirai") {
    return(vapply(unclass(cluster), function(node) {
      mirai::mirai(Sys.getpid(), .compute = node$profile)[]
    }, 0L))
  }
  unlist(parallel::clusterCall(cluster, Sys.getpid))
}

test_that("whatever happens to workers, a run ends with a word and a model", {
  skip_on_cran()
  skip_on_os("windows")
  count <- as.integer(Sys.getenv("FEEDFORWARD_FAULTS", "6"))
  engines <- c("local", if (requireNamespace("mirai", quietly = TRUE)) "mirai")
  set.seed(11)
  for (k in seq_len(count)) {
    engine <- engines[[k %% length(engines) + 1]]
    kind <- names(fault_kinds)[[k %% 3 + 1]]
    workers <- start_workers(engine)
    pids <- ids_of(workers, engine)
    about <- sprintf("fault %d: %s on %s", k, kind, engine)
    timeout <- if (kind == "freeze") 1 else 60
    scored <- 0
    began <- proc.time()[["elapsed"]]
    ended <- tryCatch(
      on_workers(workers,
        epochs = 3000, worker_timeout = timeout, max_runtime_secs = 30,
        train_samples_per_iteration = 18000, score_each_iteration = TRUE,
        custom_metric_func = function(actual, predicted, weights) {
          scored <<- scored + 1
          if (scored == 2) {
            harm <- fault_kinds[[kind]](sample(pids, 1))
            system(sprintf("(sleep %.3f; %s) &", runif(1, 0, 0.3), harm))
          }
          1
        }
      ),
      feedforward_worker_error = identity, interrupt = identity
    )
    seconds <- proc.time()[["elapsed"]] - began
    if (kind == "interrupt") {
      expect_true(inherits(ended, "interrupt"), info = about)
      # Its answers are taken off the line by the next run.
      same_network(on_workers(NULL), on_workers(workers))
    } else {
      expect_true(inherits(ended, "feedforward_worker_error"), info = about)
      expect_identical(ended$model$status, "worker lost", info = about)
      expect_length(predict(ended$model, two_classes()[1:3, ]), 3)
      expect_lt(seconds, 25)
    }
    for (pid in pids) tools::pskill(pid, tools::SIGKILL)
    close(workers)
  }
})
