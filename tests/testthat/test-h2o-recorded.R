# Each call that was recorded on H2O's own client gives here what it gave there: class,
# columns with their types and order, and as many rows where the training does not matter.

recorded <- function(file) {
  lines <- readLines(shared_path("golden", "r-client", file))
  at <- grep("^> ", lines)
  end <- c(at[-1], length(lines) + 1)
  calls <- lapply(seq_along(at), function(k) {
    sub("^  ", "", lines[seq(at[[k]] + 1, end[[k]] - 1)])
  })
  names(calls) <- sub("^> ", "", lines[at])
  calls
}

# list(class, columns) as the recording tells them.
told <- function(lines) {
  class <- sub("^class: ", "", grep("^class: ", lines, value = TRUE))
  columns <- grep("^columns: ", lines, value = TRUE)
  list(
    class = class,
    columns = sub(" [|] rows: [0-9]+$", "", sub("^columns: ", "", columns)),
    frame = grep("^\\[[0-9]+ rows? x [0-9]+ columns?]", lines, value = TRUE),
    error = any(grepl("^error: ", lines)),
    warning = any(grepl("^warning: ", lines))
  )
}

shown_columns <- function(value) {
  types <- vapply(as.list(bare_frame(value)), function(x) class(x)[[1]], "")
  paste(names(value), types, sep = ":", collapse = ", ")
}

# Rows of every species, always the same.
sampled_rows <- function(n, size) {
  withr::with_seed(1, sort(sample.int(n, size)))
}

# The calls of a file, evaluated where `m`, `new`, `perf` and `s` are what they were.
expect_as_recorded <- function(file, env, skipped = character()) {
  calls <- recorded(file)
  checked <- 0
  for (call in setdiff(names(calls), skipped)) {
    code <- tryCatch(parse(text = call), error = function(e) NULL)
    if (is.null(code) || !grepl("h2o[.]|m@model\\$|perf@", call)) next
    known <- told(calls[[call]])
    warned <- FALSE
    value <- NULL
    utils::capture.output(value <- withCallingHandlers(
      tryCatch(eval(code[[1]], env), error = identity),
      warning = function(w) {
        warned <<- TRUE
        invokeRestart("muffleWarning")
      }
    ))
    expect_identical(inherits(value, "error"), known$error, info = call)
    if (known$warning) expect_true(warned, info = call)
    if (length(known$class) == 1 && nzchar(known$class)) {
      expect_true(all(strsplit(known$class, " ")[[1]] %in% class(value)), info = call)
    }
    if (length(known$columns) == 1) {
      expect_identical(shown_columns(value), known$columns, info = call)
    }
    if (length(known$frame) == 1 && is.data.frame(value)) {
      expect_identical(
        sprintf("[%d x %d]", nrow(value), ncol(value)),
        gsub(" (rows?|columns?)", "", known$frame),
        info = call
      )
    }
    checked <- checked + 1
  }
  expect_gt(checked, 5)
}

test_that("calls of the four kinds of models give what they gave", {
  skip_if_not_installed("ggplot2")
  local_h2o()
  prostate <- prostate_frame()
  parts <- list(prostate[1:287, ], prostate[288:380, ])
  fit <- function(...) {
    quick_h2o(..., reproducible = TRUE, export_weights_and_biases = TRUE)
  }
  env <- list2env(list(s = parts, new = parts[[2]]), parent = globalenv())
  env$m <- fit(3:9, "CAPSULE", parts[[1]], validation_frame = parts[[2]])
  env$perf <- h2o.performance(env$m, env$new)
  expect_as_recorded("binomial.txt", env)

  rows <- sampled_rows(150, 119)
  irises <- as.h2o(iris)
  env <- list2env(
    list(s = list(irises[rows, ], irises[-rows, ]), new = irises[-rows, ]),
    parent = globalenv()
  )
  env$m <- fit(1:4, 5, env$s[[1]], validation_frame = env$new)
  env$perf <- h2o.performance(env$m, env$new)
  expect_as_recorded("multinomial.txt", env)

  env <- list2env(list(s = parts, new = parts[[2]]), parent = globalenv())
  env$m <- fit(2:9, "AGE", parts[[1]], validation_frame = parts[[2]])
  env$perf <- h2o.performance(env$m, env$new)
  expect_as_recorded("regression.txt", env)

  env$m <- fit(
    3:9,
    training_frame = parts[[1]], autoencoder = TRUE, activation = "Tanh",
    hidden = c(4, 2, 4)
  )
  expect_as_recorded("autoencoder.txt", env)
})
