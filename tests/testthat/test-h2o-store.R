# One store, several sessions.

test_that("without a folder everything lives in the session", {
  local_h2o()
  frame <- as.h2o(iris, "iris.hex")
  expect_identical(h2o.ls(), data.frame(key = "iris.hex"))
  expect_identical(h2o.getFrame("iris.hex"), frame)
  again <- h2o.assign(frame[1:3, ], "few")
  expect_identical(h2o.keyof(again), "few")
  expect_identical(dim(h2o.getFrame("few")), c(3L, 5L))
  h2o.rm("few")
  expect_error(h2o.getFrame("few"), class = "feedforward_input_error")
  expect_error(h2o.getFrame("iris.hx"), "iris.hex")
  h2o.removeAll(retained_elements = frame)
  expect_identical(h2o.ls()$key, "iris.hex")
  h2o.rm(frame)
  expect_identical(nrow(h2o.ls()), 0L)
})

# The library that the tests use, in other sessions.
local_sessions <- function(n, env = parent.frame()) {
  sessions <- parallel::makePSOCKcluster(n)
  withr::defer(parallel::stopCluster(sessions), envir = env)
  parallel::clusterCall(sessions, function(paths) .libPaths(paths), .libPaths())
  sessions
}

test_that("another session finds frames, models and grids in the folder", {
  skip_on_cran()
  folder <- withr::local_tempdir()
  utils::capture.output(h2o.init(nthreads = 1, store = folder))
  withr::defer(h2o.shutdown())
  data <- data.frame(
    number = c(1.5, NA, 3), whole = c(1L, NA, 3L), class = factor(c("a", NA, "\u00e9")),
    text = c("x/y", NA, "z"), time = .POSIXct(c(0, NA, 1e9), tz = "UTC")
  )
  frame <- register_frame(new_frame(data), "odd id/1")
  trained <- quick_h2o(1:4, 5, as.h2o(iris, "iris.hex"), model_id = "net")
  grid <- suppressWarnings(h2o.grid("deeplearning",
    grid_id = "search", x = 1:4, y = 5, training_frame = "iris.hex", epochs = 1,
    hidden = 2, hyper_params = list(l1 = c(0, 0.1)), seed = 1
  ))
  session <- local_sessions(1)
  seen <- parallel::clusterCall(session, function(folder) {
    options(feedforward.store = folder)
    library(feedforward)
    list(
      keys = h2o.ls()$key, frame = as.data.frame(h2o.getFrame("odd id/1")),
      model = h2o.getModel("net"), grid = h2o.getGrid("search"),
      printed = utils::capture.output(summary(h2o.getModel("net"))),
      prediction = as.data.frame(
        h2o.predict(h2o.getModel("net"), h2o.getFrame("iris.hex"))
      )
    )
  }, folder)[[1]]
  expect_setequal(seen$keys, c(
    "odd id/1", "iris.hex", "net", "search", "search_model_1", "search_model_2"
  ))
  expect_equal(seen$frame, data)
  expect_equal(seen$model, trained)
  expect_equal(seen$grid, grid)
  expect_identical(seen$printed, utils::capture.output(summary(trained)))
  expect_identical(
    seen$prediction, as.data.frame(h2o.predict(trained, h2o.getFrame("iris.hex")))
  )
  # What another session changes is seen here.
  parallel::clusterCall(session, function() {
    feedforward::h2o.assign(feedforward::as.h2o(mtcars), "iris.hex")
    feedforward::h2o.rm("net")
  })
  expect_identical(dim(h2o.getFrame("iris.hex")), dim(mtcars))
  expect_error(h2o.getModel("net"), class = "feedforward_input_error")
})

test_that("four sessions that write and read at once lose nothing", {
  skip_on_cran()
  folder <- withr::local_tempdir()
  sessions <- local_sessions(4)
  kept <- parallel::clusterApply(sessions, 1:4, function(who, folder) {
    options(feedforward.store = folder)
    library(feedforward)
    for (k in 1:25) {
      frame <- data.frame(who = rep(who, 500), k = rep(k, 500))
      h2o.assign(as.h2o(frame, sprintf("own-%d-%d", who, k)), "shared")
      # Whoever wrote it last, it is whole.
      shared <- as.data.frame(h2o.getFrame("shared"))
      stopifnot(nrow(shared) == 500, length(unique(shared$who)) == 1)
    }
    TRUE
  }, folder)
  expect_identical(unlist(kept), rep(TRUE, 4))
  withr::local_options(feedforward.store = folder)
  keys <- h2o.ls()$key
  own <- as.vector(outer(1:4, 1:25, function(who, k) sprintf("own-%d-%d", who, k)))
  expect_setequal(keys, c("shared", own))
  for (id in sample(own, 10)) {
    parts <- as.integer(strsplit(id, "-")[[1]][-1])
    expect_true(all(as.data.frame(h2o.getFrame(id)) == rep(parts, each = 500)))
  }
  leftovers <- list.files(folder, all.files = TRUE, no.. = TRUE)
  expect_length(leftovers, length(keys))
})

test_that("ids may hold any character", {
  withr::local_options(feedforward.store = withr::local_tempdir())
  ids <- c("a/b", "../x", ".hidden", "con", "\u00fc n", "a%2Fb", "x.frame", "CAPS")
  for (id in ids) h2o.assign(as.h2o(iris[1:2, ], id), paste0(id, "*"))
  expect_setequal(h2o.ls()$key, c(ids, paste0(ids, "*")))
  for (id in ids) expect_identical(nrow(h2o.getFrame(id)), 2L)
  h2o.rm(ids)
  expect_setequal(h2o.ls()$key, paste0(ids, "*"))
  h2o.shutdown()
})

test_that("a damaged file and a bad folder are told", {
  folder <- withr::local_tempdir()
  withr::local_options(feedforward.store = folder)
  as.h2o(iris, "iris.hex")
  file <- list.files(folder, full.names = TRUE)
  bytes <- readBin(file, "raw", 1e6)
  bytes[[length(bytes) - 5]] <- as.raw(77)
  writeBin(bytes, file)
  expect_error(h2o.getFrame("iris.hex"), class = "feedforward_file_error")
  withr::local_options(feedforward.store = 3)
  expect_error(h2o.ls(), class = "feedforward_argument_error")
  h2o.shutdown()
})

test_that("a store stays where it was, wherever the session goes", {
  folder <- withr::local_tempdir()
  withr::local_dir(folder)
  h2o.init(store = "kept")
  withr::defer({
    h2o.removeAll()
    h2o.shutdown(prompt = FALSE)
  })
  as.h2o(data.frame(x = 4), "one")
  withr::local_dir(tempdir())
  expect_identical(h2o.ls()$key, "one")
  expect_identical(as.data.frame(h2o.getFrame("one"))$x, 4)
})
