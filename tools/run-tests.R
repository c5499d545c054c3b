# Runs the tests on the installed package, from the top of the repository, and
# closes with the one line "N passed, N failed, N skipped" (expectations). The exit
# status is 1 when anything failed, or when nothing was tested at all.
#
#   Rscript tools/run-tests.R [FILTER]     FILTER: only test files whose name matches

filter <- commandArgs(trailingOnly = TRUE)
filter <- if (length(filter) == 0 || !nzchar(filter[[1]])) NULL else filter[[1]]

# One after another: two cores are few, and parallel tests would fight over them.
Sys.setenv(TESTTHAT_PARALLEL = "false", NOT_CRAN = "true")

reporter <- testthat::ProgressReporter$new(
  show_praise = FALSE, max_failures = Inf, update_interval = 0.5
)

finish <- function(passed, failed, skipped) {
  cat(sprintf("%d passed, %d failed, %d skipped\n", passed, failed, skipped))
  quit(save = "no", status = if (failed > 0 || passed == 0) 1L else 0L)
}

results <- tryCatch(
  testthat::test_dir(
    file.path("tests", "testthat"),
    package = "feedforward", load_package = "installed", filter = filter,
    reporter = reporter, stop_on_failure = FALSE, stop_on_warning = FALSE
  ),
  error = function(condition) {
    # A helper file that does not load, or no test file at all.
    cat("The tests could not be run: ", conditionMessage(condition), "\n", sep = "")
    finish(0L, 1L, 0L)
  }
)

kinds <- unlist(lapply(results, function(test) {
  vapply(test$results, function(result) class(result)[[1]], "")
}))
finish(
  passed = sum(kinds == "expectation_success"),
  failed = sum(kinds %in% c("expectation_failure", "expectation_error")),
  skipped = sum(kinds == "expectation_skip")
)
