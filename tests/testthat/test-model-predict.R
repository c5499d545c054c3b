kinds <- c("binomial", "multinomial", "regression")

test_that("the outputs are those of the network in plain R", {
  data <- fake_data()
  for (kind in kinds) {
    for (activation in c("Tanh", "Rectifier", "Maxout")) {
      for (hidden in list(c(3, 2), 5, numeric())) {
        model <- fake_model(kind, hidden, activation)
        expected <- fake_link(model, data)
        if (kind == "regression") {
          # Standardised: sd 4, mean 10.
          expected <- expected[, 1] * 4 + 10
        }
        link <- predict(model, data, type = "link")
        # The core computes in single precision.
        expect_equal(unname(link), expected, tolerance = 1e-5)
      }
    }
  }
})

test_that("each type has its shape, and they agree with each other", {
  data <- fake_data()
  two <- fake_model("binomial")
  prob <- predict(two, data, type = "prob")
  expect_identical(dim(prob), c(5L, 2L))
  expect_identical(colnames(prob), c("red", "blue"))
  expect_equal(rowSums(prob), rep(1, 5))
  expect_identical(predict(two, data), unname(prob[, "blue"]))
  expect_equal(
    unname(prob), reference_softmax(fake_link(two, data)),
    tolerance = 1e-5
  )

  more <- fake_model("multinomial")
  prob <- predict(more, data)
  expect_identical(prob, predict(more, data, type = "prob"))
  expect_identical(colnames(prob), c("x", "y", "z"))
  label <- predict(more, data, type = "class")
  expect_identical(levels(label), c("x", "y", "z"))
  expect_identical(as.integer(label), max.col(prob, ties.method = "first"))

  number <- fake_model("regression")
  expect_type(predict(number, data), "double")
  expect_identical(predict(number, data), predict(number, data, type = "link"))
})

test_that("labels of two classes follow the threshold", {
  data <- fake_data()
  model <- fake_model("binomial")
  p <- predict(model, data)
  middle <- sort(p)[[3]]
  label <- predict(model, data, type = "class", threshold = middle)
  # From the threshold on, itself included.
  expect_identical(label, factor(ifelse(p >= middle, "blue", "red"), c("red", "blue")))
  model$default_threshold <- max(p)
  expect_identical(sum(predict(model, data, type = "class") == "blue"), 1L)
  model$default_threshold <- NaN
  expect_identical(
    predict(model, data, type = "class"),
    predict(model, data, type = "class", threshold = 0.5)
  )
})

test_that("no rows give nothing of the right type", {
  none <- fake_data()[0, ]
  expect_identical(predict(fake_model("binomial"), none), numeric())
  expect_identical(
    predict(fake_model("binomial"), none, type = "class"),
    factor(character(), c("red", "blue"))
  )
  prob <- predict(fake_model("multinomial"), none)
  expect_identical(dim(prob), c(0L, 3L))
  expect_identical(colnames(prob), c("x", "y", "z"))
  expect_identical(
    dim(predict(fake_model("multinomial"), none, type = "link")), c(0L, 3L)
  )
  expect_identical(predict(fake_model("regression"), none), numeric())
})

test_that("rows count alone, in any order of rows and columns", {
  data <- fake_data()
  model <- fake_model("multinomial")
  all <- predict(model, data)
  one_by_one <- do.call(rbind, lapply(1:5, function(i) predict(model, data[i, ])))
  expect_identical(one_by_one, all)
  expect_identical(predict(model, data[5:1, ]), all[5:1, ])
  expect_identical(predict(model, data[c("kind", "group", "size")]), all)
})

test_that("one row asks for one thread, and `threads` is checked all the same", {
  model <- fake_model("regression")
  asked <- NULL
  local_replaced(
    model_outputs = function(model, rows, threads) asked <<- threads
  )
  withr::local_options(feedforward.threads = NULL)
  withr::local_envvar(RCPP_PARALLEL_NUM_THREADS = "4", `_R_CHECK_LIMIT_CORES_` = "")
  network_outputs(model, fake_data()[1, ])
  expect_identical(asked, 1L)
  network_outputs(model, fake_data())
  expect_identical(asked, 4L)
  network_outputs(model, fake_data()[1, ], threads = 2)
  expect_identical(asked, 2L)
  expect_error(
    network_outputs(model, fake_data()[1, ], threads = 0), "`threads` must be",
    class = "feedforward_argument_error"
  )
  withr::local_options(feedforward.threads = "many")
  expect_error(
    network_outputs(model, fake_data()[1, ]), "options\\(feedforward.threads\\)",
    class = "feedforward_argument_error"
  )
})

test_that("wrong requests are refused in the user's words", {
  data <- fake_data()
  two <- fake_model("binomial")
  number <- fake_model("regression")
  refused <- function(call, text) {
    expect_error(call, text, class = "feedforward_argument_error")
  }
  refused(predict(two), "`newdata` is missing")
  refused(predict(two, data, type = "raw"), "\"response\", \"class\"")
  refused(predict(number, data, type = "class"), "number `weight`")
  refused(predict(number, data, type = "prob"), "number `weight`")
  refused(predict(two, data, threshold = 0.5), "only on two classes")
  refused(predict(number, data, threshold = 0.5), "only on two classes")
  for (threshold in list(-0.1, 1.1, NA_real_, "a", c(0.1, 0.2))) {
    refused(predict(two, data, type = "class", threshold = threshold), "between 0 and 1")
  }
  refused(predict(two, data, typ = "class", thresold = 0.2), "`thresold`")
  expect_error(predict(two, data["size"]), "group", class = "feedforward_input_error")
})

test_that("an offset is needed where there was one, and is added", {
  data <- fake_data()
  model <- fake_model("regression", arguments = list(offset_column = "off"))
  expect_error(
    predict(model, data), "column `off`.*zeros",
    class = "feedforward_input_error"
  )
  data$off <- 0
  plain <- predict(model, data)
  expect_identical(plain, predict(fake_model("regression"), data))
  data$off <- c(-3, 0, 1, 2.5, 100)
  expect_equal(predict(model, data), plain + data$off)
  expect_identical(predict(model, data[0, ]), numeric())
  data$off[[2]] <- NA
  expect_error(predict(model, data), "`off`", class = "feedforward_input_error")
  data$off <- factor(data$off)
  expect_error(predict(model, data), "`off`", class = "feedforward_input_error")

  counts <- fake_model("regression", arguments = list(offset_column = "off"))
  counts$response <- utils::modifyList(
    counts$response, list(link = "log", mean = 0, scale = 1, distribution = "poisson")
  )
  data$off <- log(2)
  twice <- predict(counts, data)
  data$off <- 0
  expect_equal(twice, 2 * predict(counts, data))
  expect_equal(predict(counts, data, type = "link"), log(predict(counts, data)))
})

test_that("columns that the formula made are made again", {
  data <- fake_data()
  model <- fake_model("regression", arguments = list(offset_column = "log(weight)"))
  plain <- predict(fake_model("regression"), data)
  entry <- function(role, call, needs) {
    list(
      name = deparse(call), role = role, term = call, call = call, needs = needs,
      columns = deparse(call)
    )
  }
  model$derived <- list(
    entry("offset", quote(log(weight)), "weight"),
    entry("response", quote(sqrt(size)), "size")
  )
  expect_equal(predict(model, data), plain + log(data$weight))
  model$response$name <- "sqrt(size)"
  complete <- data[-4, ]
  error <- predict(model, complete) - sqrt(complete$size)
  expect_equal(performance(model, data)$mae, mean(abs(error)))
})

test_that("what is no table of new rows is refused, whatever the model", {
  plain <- fake_model("regression")
  derived <- plain
  derived$derived <- list(list(
    name = "sqrt(size)", role = "predictor", term = quote(sqrt(size)),
    call = quote(sqrt(size)), needs = "size", columns = "sqrt(size)"
  ))
  for (model in list(plain, derived)) {
    for (data in list(NULL, mean, globalenv(), 1, "a.csv", list(size = 1), quote(size))) {
      expect_error(
        predict(model, data), "`newdata` must be a data frame",
        class = "feedforward_input_error"
      )
    }
  }
})

test_that("a column of another length than the frame is named, whatever its part", {
  data <- unclass(fake_data())
  data$off <- 1:3
  data <- structure(data, class = "data.frame", row.names = 1:5)
  arguments <- list(offset_column = "off", weights_column = "off")
  for (part in names(arguments)) {
    model <- fake_model("regression", arguments = arguments[part])
    expect_error(
      performance(model, data), "`off` of `newdata` has 3 values for 5 rows",
      class = "feedforward_input_error"
    )
  }
  expect_error(
    predict(fake_model("regression", arguments = arguments[1]), data), "`off`",
    class = "feedforward_input_error"
  )
})

test_that("outputs beyond single precision are an error with their row", {
  model <- fake_model("regression", numeric())
  model$weights[[1]][] <- 1e30
  data <- fake_data()
  data$size[3] <- 1e20
  expect_error(
    predict(model, data), "not finite in 1 row \\(first in row 3",
    class = "feedforward_unstable_error"
  )
})
