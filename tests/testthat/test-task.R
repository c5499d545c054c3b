# Losses, targets, measures and words that are all one kind of problem's own.

test_that("each task is a whole record", {
  functions <- c(
    "fits", "describe", "outputs", "complete_loss", "core_loss", "decode", "measure",
    "unit", "constant"
  )
  expect_true(all(functions %in% names(formals(new_task))))
  for (kind in names(tasks)) {
    task <- tasks[[kind]]
    expect_setequal(names(task), names(formals(new_task)))
    for (field in functions) expect_type(task[[field]], "closure")
    expect_identical(task$kind, kind)
    for (field in c("kind", "title", "problem", "stopping_metric", "plotted")) {
      expect_length(task[[field]], 1)
      expect_type(task[[field]], "character")
    }
    for (field in c("offset", "threshold", "starts_scored")) {
      expect_true(task[[field]] %in% c(TRUE, FALSE))
    }
    expect_true(task$output %in% names(output_titles))
    expect_true(task$target %in% c("classes", "numbers", "inputs"))
    expect_named(formals(task$decode), c(
      "response", "link", "offset", "type", "threshold", "calibration"
    ))
    expect_named(formals(task$measure), c(
      "rows", "response", "arguments", "tables", "settled"
    ))
    if (!is.null(task$confusion)) {
      expect_type(task$confusion$title, "character")
      expect_identical(task$confusion$decimals(6) <= 6, TRUE)
    }
    # Its argument ends training, and is one that there is.
    expect_true(names(task$good_enough) %in% names(training_arguments))
  }
})

test_that("each measure that a task names is known, with the words it is shown by", {
  for (task in tasks) {
    named <- c(
      task$stops_on, task$history, task$printed, task$optional, task$unprinted,
      task$stopping_metric, task$plotted, task$good_enough
    )
    expect_identical(setdiff(named, names(measures)), character())
    expect_false(anyNA(measure_property(task$history, "column")))
    expect_false(anyNA(measure_property(task$printed, "label")))
    expect_false(anyNA(measure_property(task$plotted, "title")))
    expect_true(task$plotted %in% task$history)
    expect_true(task$stopping_metric %in% task$stops_on)
    expect_true(all(task$optional %in% task$printed))
    expect_true(all(task$unprinted %in% setdiff(task$history, task$printed)))
    # To stop by it is to know which way is better.
    expect_false(anyNA(lapply(measures[task$stops_on], `[[`, "higher")))
    accept <- training_arguments$stopping_metric$rule$accept
    for (metric in task$stops_on) expect_identical(accept(metric), metric)
  }
})

test_that("each number of classes has its task, and one only", {
  for (n_classes in c(1, 2, 3, 4, 1000)) {
    fitting <- Filter(function(task) task$fits(n_classes), tasks)
    expect_length(fitting, 1)
    expect_identical(task_for(n_classes), fitting[[1]])
  }
  expect_identical(task_for(1)$kind, "regression")
  expect_identical(task_for(2)$kind, "binomial")
  expect_identical(task_for(3)$kind, "multinomial")
})

test_that("what a task computes has all that it stops by, prints and keeps", {
  classes <- c(1L, 0L, 1L, 0L, 2L, 1L)
  likely <- cbind(0.2, 1:6 / 9, 0.8 - 1:6 / 9)
  scored <- list(
    binomial = list(likely[, 2], pmin(classes, 1L)), multinomial = list(likely, classes),
    regression = list(1:6 / 2, 6:1 / 3)
  )
  for (kind in with_response) {
    task <- tasks[[kind]]
    metrics <- compute_metrics(
      fake_response(kind), scored[[kind]][[1]], scored[[kind]][[2]],
      arguments = options_of(auc_type = "MACRO_OVR"), tables = FALSE
    )
    wanted <- unique(c(task$stops_on, task$history, task$printed, task$good_enough))
    values <- vapply(wanted, measure_value, 0, metrics = metrics)
    expect_identical(wanted[!is.finite(values)], character(), info = kind)
    expect_identical(task_of_metrics(metrics)$kind, kind)
  }
})

test_that("each type of prediction that a task has has its shape", {
  link <- list(
    binomial = cbind(c(0, 1), c(1, 0)), multinomial = diag(3)[1:2, ],
    regression = cbind(c(0.5, 2))
  )
  for (kind in with_response) {
    for (type in tasks[[kind]]$types) {
      decoded <- decode_response(fake_response(kind), link[[kind]], type = type)
      expect_identical(NROW(decoded), 2L, info = paste(kind, type))
      expect_identical(is.factor(decoded), type == "class", info = paste(kind, type))
    }
  }
  expect_setequal(prediction_types, c("response", "class", "prob", "link"))
  # The signature of predict() lists them; untouched it means the first.
  expect_identical(eval(formals(predict.deeplearning)$type), prediction_types)
})

test_that("loss, distribution and response must agree", {
  # Which distribution and loss come of those given; NA where they do not go together.
  expected <- function(kind, n_outputs) {
    table <- expand.grid(
      loss = c(
        "Automatic", "CrossEntropy", "Quadratic", "Huber", "Absolute", "Quantile"
      ),
      distribution = c("AUTO", names(distributions)), stringsAsFactors = FALSE
    )
    table$result <- NA_character_
    set <- function(distribution, loss, result) {
      table$result[table$distribution == distribution & table$loss == loss] <<- result
    }
    if (kind == "regression") {
      own <- c(
        gaussian = "Quadratic", laplace = "Absolute", quantile = "Quantile",
        huber = "Huber"
      )
      set("AUTO", "Automatic", "gaussian Quadratic")
      for (name in names(own)) {
        set("AUTO", own[[name]], paste(name, own[[name]]))
        set(name, own[[name]], paste(name, own[[name]]))
        set(name, "Automatic", paste(name, own[[name]]))
      }
      for (name in c("poisson", "gamma", "tweedie")) {
        set(name, "Automatic", paste(name, "Automatic"))
      }
      return(table)
    }
    auto <- if (n_outputs == 2) "bernoulli" else "multinomial"
    for (name in c("AUTO", "multinomial", if (n_outputs == 2) "bernoulli")) {
      final <- if (name == "AUTO") auto else name
      set(name, "Automatic", paste(final, "CrossEntropy"))
      set(name, "CrossEntropy", paste(final, "CrossEntropy"))
      set(name, "Quadratic", paste(final, "Quadratic"))
    }
    table
  }
  for (case in list(list("binomial", 2), list("multinomial", 5), list("regression", 1))) {
    table <- expected(case[[1]], case[[2]])
    for (i in seq_len(nrow(table))) {
      got <- tasks[[case[[1]]]]$complete_loss(
        table$loss[i], table$distribution[i], case[[2]]
      )
      got <- if (is.null(got$problem)) {
        paste(got$distribution, got$loss)
      } else {
        NA_character_
      }
      expect_identical(
        got, table$result[i],
        label = paste(case[[1]], table$distribution[i], table$loss[i])
      )
    }
  }
})

test_that("a loss that does not fit is named with what it does not fit", {
  argument_error(resolved(loss = "CrossEntropy"), "CrossEntropy.*numeric")
  argument_error(
    resolved(loss = "Absolute", distribution = "gaussian"), "\"Absolute\".*\"gaussian\""
  )
  argument_error(
    resolved(loss = "Huber", kind = "binomial", n_outputs = 2), "\"Huber\".*2 levels"
  )
  argument_error(
    resolved(distribution = "poisson", kind = "multinomial", n_outputs = 3),
    "\"poisson\".*3 levels"
  )
  argument_error(resolved(distribution = "bernoulli"), "as a factor|response a factor")
})

test_that("stopping metrics must exist for the response", {
  fine <- list(
    binomial = c(
      "logloss", "MSE", "RMSE", "AUC", "AUCPR", "lift_top_group", "misclassification",
      "mean_per_class_error"
    ),
    multinomial = c(
      "logloss", "MSE", "RMSE", "misclassification", "mean_per_class_error"
    ),
    regression = c("deviance", "MSE", "RMSE", "MAE", "RMSLE")
  )
  outputs <- c(binomial = 2, multinomial = 3, regression = 1)
  expect_setequal(stopping_metrics, c(unlist(fine), "AUC", "AUCPR"))
  for (kind in names(fine)) {
    for (metric in unique(unlist(fine))) {
      code <- quote(resolved(
        stopping_metric = metric, kind = kind, n_outputs = outputs[[kind]]
      ))
      if (metric %in% fine[[kind]]) {
        expect_identical(eval(code)$stopping_metric, metric)
      } else {
        argument_error(eval(code), metric, label = paste(kind, metric))
      }
    }
  }
  expect_identical(resolved()$stopping_metric, "deviance")
  expect_identical(resolved(kind = "binomial", n_outputs = 2)$stopping_metric, "logloss")
})

test_that("stopping on AUC of more than two classes needs auc_type", {
  auc <- function(...) {
    resolved(stopping_metric = "AUC", kind = "multinomial", n_outputs = 3, ...)
  }
  argument_error(auc(), "auc_type")
  argument_error(auc(auc_type = "none"), "auc_type")
  expect_identical(auc(auc_type = "macro_ovo")$auc_type, "MACRO_OVO")
})
