# Draws into nothing, and gives back what plot() returned.
draw <- function(...) {
  grDevices::pdf(NULL)
  on.exit(grDevices::dev.off())
  before <- graphics::par(no.readonly = TRUE)
  out <- withVisible(plot(...))
  after <- graphics::par(no.readonly = TRUE)
  # What a plot must leave behind is its coordinates; margins and shape are restored.
  same <- c("mai", "mar", "pty", "mfrow", "las", "col", "lwd", "cex", "bg")
  expect_identical(after[same], before[same])
  expect_false(out$visible)
  out$value
}

test_that("the history is drawn without its blank row and its repeated end", {
  model <- fake_model("binomial", validation = TRUE)
  drawn <- draw(model)
  expect_named(drawn, c("epochs", "training", "validation", "kept"))
  expect_equal(drawn$epochs, 1:24)
  history <- score_history(model)[2:25, ]
  expect_identical(drawn$training, history$training_logloss)
  expect_identical(drawn$validation, history$validation_logloss)
  # The best of the scorings, where the model that was kept stood.
  expect_identical(which(drawn$kept), 15L)
})

test_that("metric and time step are as asked", {
  model <- fake_model("regression")
  expect_named(draw(model, metric = "MAE", timestep = "Samples"), c(
    "samples", "training", "kept"
  ))
  expect_identical(draw(model)$training, score_history(model)$training_rmse[2:25])
  expect_equal(draw(model, timestep = "duration")$duration, 1:24 / 10)
  expect_equal(draw(model, timestep = "AUTO")$epochs, 1:24)
  more <- fake_model("multinomial")
  expect_identical(
    draw(more)$training, score_history(more)$training_classification_error[2:25]
  )
  expect_error(
    draw(model, metric = "auc"), "\"rmse\"",
    class = "feedforward_argument_error"
  )
  # A column of the history, but no metric.
  expect_error(draw(model, metric = "speed"), class = "feedforward_argument_error")
  expect_error(draw(model, timestep = "days"), class = "feedforward_argument_error")
  more$scoring_history$training_auc <- NaN
  expect_error(
    draw(more, metric = "auc"), "no value of `auc`",
    class = "feedforward_argument_error"
  )
})

test_that("the last row stays where it is no repetition", {
  model <- fake_model("binomial")
  model$scoring_history <- model$scoring_history[1:25, ]
  drawn <- draw(model)
  expect_equal(drawn$epochs, 1:24)
  expect_identical(which(drawn$kept), 24L)
  # One scoring, and none but the one before any training.
  model$scoring_history <- model$scoring_history[1:2, ]
  expect_identical(draw(model)$kept, TRUE)
  start <- model$scoring_history[c(1, 2), ]
  start$samples[[2]] <- start$epochs[[2]] <- 0
  model$scoring_history <- start
  expect_equal(draw(model)$epochs, 0)
})

test_that("after a divergence the best row is marked and the end left out", {
  model <- fake_model("binomial")
  history <- model$scoring_history
  history$samples[[26]] <- 1000
  history$epochs[[26]] <- 200
  model$scoring_history <- history
  model$status <- "unstable"
  drawn <- draw(model)
  expect_equal(max(drawn$epochs), 24)
  expect_identical(which(drawn$kept), 15L)
})

test_that("the ROC curve runs from corner to corner, and its area is the AUC", {
  model <- fake_model("binomial", validation = TRUE)
  drawn <- draw(model, what = "roc")
  expect_setequal(drawn$data, c("training", "validation"))
  one <- drawn[drawn$data == "training", ]
  expect_equal(unlist(one[1, c("fpr", "tpr")]), c(fpr = 0, tpr = 0))
  expect_equal(unlist(one[nrow(one), c("fpr", "tpr")]), c(fpr = 1, tpr = 1))
  n <- nrow(one)
  area <- sum(diff(one$fpr) * (one$tpr[-1] + one$tpr[-n]) / 2)
  expect_equal(area, model$training_metrics$AUC)
  expect_identical(draw(model$training_metrics)[-1], one[-1])
  recall <- draw(model$training_metrics, type = "pr")
  expect_named(recall, c("data", "threshold", "recall", "precision"))
  for (kind in c("multinomial", "regression")) {
    expect_error(
      draw(fake_model(kind), what = "roc"), "two classes",
      class = "feedforward_argument_error"
    )
    expect_error(draw(fake_metrics(kind)), class = "feedforward_argument_error")
  }
})

test_that("importances are drawn as varimp() has them", {
  model <- fake_model("multinomial")
  expect_identical(draw(model, what = "importance"), varimp(model))
  expect_identical(
    draw(model, what = "importance", by = "predictor", most = 1),
    utils::head(varimp(model, "predictor"), 1)
  )
  expect_error(
    draw(model, what = "importance", most = 0), "`most`",
    class = "feedforward_argument_error"
  )
})

test_that("axes and titles can be set", {
  model <- fake_model("binomial", validation = TRUE)
  expect_silent(draw(model, main = "T", xlab = "x", ylab = "y", ylim = c(0, 3)))
  expect_silent(draw(model, what = "roc", main = "T", sub = "s"))
  expect_silent(draw(model, what = "importance", main = "T", col = "grey", xlab = "x"))
})
