# Workers that use the library of the tests.
local_workers <- function(n, env = parent.frame()) {
  workers <- parallel::makePSOCKcluster(n)
  withr::defer(try(parallel::stopCluster(workers), silent = TRUE), envir = env)
  parallel::clusterCall(workers, function(paths) .libPaths(paths), .libPaths())
  workers
}
