# Real data and figures lie beside the project, never in it. Tests that look at
# them skip where they are absent.
shared_path <- function(...) {
  candidates <- c(
    Sys.getenv("FEEDFORWARD_SHARED", NA),
    testthat::test_path("..", "..", "..", "shared"),
    testthat::test_path("..", "..", "..", "..", "shared")
  )
  found <- Filter(function(path) !is.na(path) && dir.exists(path), candidates)
  testthat::skip_if(length(found) == 0, "shared data not found")
  path <- file.path(found[[1]], ...)
  testthat::skip_if_not(file.exists(path), paste("not found:", file.path(...)))
  path
}
