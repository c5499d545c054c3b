# Scripts as users of H2O write them, run with `library(h2o)` changed and nothing else.

scripts <- list.files(test_path("scripts-h2o"), "[.]R$", full.names = TRUE)

# Where H2O's scripts look for its data; a script that needs what is not here is skipped.
places <- list(
  prostate.csv = c("small", "prostate.csv"), cars.csv = c("small", "cars.csv"),
  weather.csv = c("small", "weather.csv"), two_spiral.csv = c("small", "two_spiral.csv"),
  ecg_discord_train.csv = c("anomaly", "ecg_discord_train.csv"),
  ecg_discord_test.csv = c("anomaly", "ecg_discord_test.csv"),
  covtype.20k.data = c("tabular", "covtype.20k.csv.gz"),
  allyears2k_headers.zip = c("airlines", "allyears2k_headers.csv.gz")
)

home <- normalizePath(test_path())

locate <- function(path) {
  place <- places[[basename(path)]]
  stopifnot(!is.null(place))
  withr::with_dir(home, normalizePath(do.call(shared_path, as.list(c("data", place)))))
}

run_script <- function(path) {
  lines <- readLines(path)
  code <- sub("library(h2o)", "library(feedforward)", lines, fixed = TRUE)
  stopifnot(!identical(code, lines))
  withr::local_pdf(withr::local_tempfile(fileext = ".pdf"))
  withr::local_options(feedforward.threads = 2L)
  withr::local_dir(withr::local_tempdir())
  env <- new.env(parent = globalenv())
  env$locate <- locate
  withr::defer(h2o.shutdown(prompt = FALSE))
  utils::capture.output(suppressMessages(
    source(
      exprs = parse(text = code, keep.source = FALSE), local = env, print.eval = TRUE
    )
  ))
}

for (path in scripts) {
  test_that(paste("script", basename(path)), {
    if (grepl("explain|more-models", path)) skip_if_not_installed("ggplot2")
    if (grepl("distributions", path)) skip_if_not_installed("MASS")
    skip_if_not_installed("data.table")
    suppressWarnings(expect_no_error(run_script(path)))
  })
}

test_that("the search path is what it was, and so is R's generator", {
  before <- search()
  set.seed(1)
  state <- .Random.seed
  suppressWarnings(run_script(test_path("scripts-h2o", "32-reproducible.R")))
  expect_identical(search(), before)
  expect_identical(.Random.seed, state)
})

test_that("the scripts call every function of the drop-in layer", {
  exported <- grep("^h2o[.]", getNamespaceExports("feedforward"), value = TRUE)
  refused <- Filter(function(name) {
    body <- paste(deparse(body(get(name))), collapse = " ")
    grepl("refuse_call(", body, fixed = TRUE)
  }, exported)
  called <- unique(all.names(parse(text = unlist(lapply(scripts, readLines)))))
  expect_identical(setdiff(exported, c(called, refused)), character())
})
