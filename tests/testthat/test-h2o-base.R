# What h2o.init() puts on the search path, and that nobody else meets it.

test_that("loading the package masks nothing, and shutdown takes all away", {
  before <- search()
  exported <- getNamespaceExports("feedforward")
  others <- c("base", "stats", "utils", "graphics", "methods")
  base_names <- unlist(lapply(others, getNamespaceExports))
  expect_identical(intersect(exported, base_names), character())
  utils::capture.output(h2o.init(nthreads = 1))
  expect_true(attached_name %in% search())
  utils::capture.output(h2o.init(nthreads = 1))
  expect_length(which(search() == attached_name), 1)
  h2o.shutdown(prompt = FALSE)
  expect_identical(search(), before)
})

test_that("the number of threads is set, and set back", {
  withr::local_options(feedforward.threads = 3L)
  utils::capture.output(h2o.init(nthreads = 2))
  expect_identical(getOption("feedforward.threads"), 2L)
  h2o.shutdown()
  expect_identical(getOption("feedforward.threads"), 3L)
  expect_error(h2o.init(nthreads = "many"), class = "feedforward_argument_error")
})

test_that("on anything but a frame they are base's, to the bit", {
  local_h2o()
  ours <- attached_functions()
  inputs <- list(
    1:5, c(a = 1.5, b = NA), letters[1:3], factor(c("u", "v", NA)), NULL, TRUE,
    as.Date("2020-02-01"), matrix(1:6, 2), list(1, "a"), mtcars[1:3, 1:3],
    as.POSIXct("2020-02-01", tz = "UTC"), ordered(c("a", "b"))
  )
  outcome <- function(fun, ...) {
    tryCatch(
      withCallingHandlers(
        fun(...),
        warning = function(w) invokeRestart("muffleWarning")
      ),
      error = function(e) conditionMessage(e)
    )
  }
  one <- list(
    as.factor = base::as.factor, is.factor = base::is.factor,
    is.character = base::is.character, sd = stats::sd, var = stats::var
  )
  for (name in names(one)) {
    for (input in inputs) {
      expect_identical(
        outcome(ours[[name]], input), outcome(one[[name]], input),
        info = name
      )
    }
  }
  for (input in inputs) {
    expect_identical(
      outcome(ours$`%in%`, input, c("a", 1)), outcome(base::`%in%`, input, c("a", 1))
    )
    expect_identical(
      outcome(ours$ifelse, input, "y", "n"), outcome(base::ifelse, input, "y", "n")
    )
    expect_identical(
      outcome(ours$`%*%`, input, diag(3)), outcome(base::`%*%`, input, diag(3))
    )
    expect_identical(
      outcome(ours$cor, input, method = "spearman"),
      outcome(stats::cor, input, method = "spearman")
    )
  }
  m <- matrix(c(3, 1, 2, 6, 5, 4), 2)
  expect_identical(ours$apply(m, 1, range), base::apply(m, 1, range))
  expect_identical(ours$apply(m, 2, "sum"), base::apply(m, 2, "sum"))
  expect_identical(ours$apply(m, 1:2, function(x) x), base::apply(m, 1:2, function(x) x))
  local_sum <- function(x) sum(x) + 1
  inside <- function() {
    only_here <- function(x) sum(x) + 2
    ours$apply(m, 1, "only_here")
  }
  expect_identical(inside(), base::apply(m, 1, local_sum) + 1)
  # `yes` and `no` are not evaluated where nobody needs them.
  expect_identical(ours$ifelse(TRUE, 1, stop("never")), 1)
  expect_error(ours$as.factor())
  expect_identical(ours$sd(na.rm = TRUE, x = c(1, 2, NA)), stats::sd(c(1, 2)))
})

test_that("frames go through them as columns do", {
  local_h2o()
  frame <- as.h2o(iris)
  run <- function(code) eval(substitute(code), list(frame = frame), globalenv())
  expect_identical(
    as.data.frame(run(ifelse(frame$Sepal.Length > 5, 1, 0)))[[1]],
    ifelse(iris$Sepal.Length > 5, 1, 0)
  )
  expect_identical(
    as.data.frame(run(frame$Species %in% c("setosa", "virginica")))[[1]],
    as.integer(iris$Species != "versicolor")
  )
  expect_true(run(is.factor(frame$Species)))
  expect_false(run(is.factor(frame$Sepal.Width)))
  expect_true(is.factor(as.data.frame(run(as.factor(frame$Petal.Width)))[[1]]))
  expect_equal(run(sd(frame$Sepal.Width)), sd(iris$Sepal.Width))
  expect_equal(run(var(frame$Sepal.Width)), var(iris$Sepal.Width))
  expect_equal(
    run(cor(frame$Sepal.Width, frame$Sepal.Length)),
    cor(iris$Sepal.Width, iris$Sepal.Length)
  )
  expect_equal(
    unlist(as.data.frame(run(apply(frame[1:4], 2, mean)))), colMeans(iris[1:4])
  )
  expect_equal(
    as.data.frame(run(apply(frame[1:4], 1, sum)))[[1]], unname(rowSums(iris[1:4]))
  )
  expect_equal(
    unname(as.matrix(run(frame[1:2] %*% as.h2o(diag(2))))), unname(as.matrix(iris[1:2]))
  )
})
