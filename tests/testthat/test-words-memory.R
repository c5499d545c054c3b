test_that("available memory is read where the system tells it", {
  file <- tempfile()
  on.exit(unlink(file))
  writeLines(c("MemTotal:  16 kB", "MemAvailable:    8 kB", "Cached: 1 kB"), file)
  expect_identical(available_memory(file), 8192)
  writeLines("MemTotal: 16 kB", file)
  expect_identical(available_memory(file), NA_real_)
  expect_identical(available_memory(tempfile()), NA_real_)
})

test_that("memory that runs out is a classed error with the figures", {
  expect_identical(tell_of_memory(3), 3)
  expect_error(tell_of_memory(stop("other")), "^other$")
  lack <- structure(
    class = c("std::bad_alloc", "C++Error", "error", "condition"),
    list(message = "std::bad_alloc", call = NULL)
  )
  error <- expect_error(
    tell_of_memory(stop(lack), needed = 3 * 2^30), "about 3.00 GiB are needed",
    class = "feedforward_resource_error"
  )
  expect_identical(error$needed, 3 * 2^30)
  for (text in c("vector of size 8.0 Gb", "memory block of size 1.0 Gb")) {
    expect_error(
      tell_of_memory(stop("cannot allocate ", text)),
      class = "feedforward_resource_error"
    )
  }
})

test_that("a process with little memory is told, and goes on", {
  skip_on_cran()
  skip_on_os(c("windows", "mac", "solaris"))
  skip_if(Sys.which("bash") == "")

  code <- paste(
    "library(feedforward)",
    "e <- tryCatch(deeplearning(Sepal.Length ~ ., iris, hidden = c(9000, 9000),",
    "  epochs = 0.1, seed = 1), error = identity)",
    "m <- deeplearning(Sepal.Length ~ ., iris, hidden = 3, epochs = 1, seed = 1)",
    "cat(class(e)[1], class(m)[1])", sep = "\n"
  )
  script <- withr::local_tempfile(lines = code)
  libraries <- paste(.libPaths(), collapse = .Platform$path.sep)
  output <- suppressWarnings(system2("bash", c("-c", shQuote(paste(
    "ulimit -v 1300000;", shQuote(file.path(R.home("bin"), "Rscript")), shQuote(script)
  ))), stdout = TRUE, stderr = FALSE, env = paste0("R_LIBS=", libraries)))
  expect_match(
    paste(output, collapse = ""), "feedforward_resource_error deeplearning_regression"
  )
})
