# What is written on a picture, and with `lines` all that the file says.
written <- function(code, width = 6, height = 4, lines = FALSE) {
  file <- withr::local_tempfile()
  grDevices::pdf(
    file,
    width = width, height = height, compress = FALSE, useKerning = FALSE,
    colormodel = "rgb"
  )
  tryCatch(code, finally = grDevices::dev.off())
  all <- readLines(file, warn = FALSE, encoding = "latin1")
  text <- "^.* Tm \\((.*)\\) Tj.*$"
  if (lines) {
    return(all)
  }
  gsub("\\\\([()])", "\\1", sub(text, "\\1", grep(text, all, value = TRUE)))
}

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
  expect_equal(draw(model, timestep = "duration")$duration, 1:24 / 10)
  expect_equal(draw(model, timestep = "AUTO")$epochs, 1:24)
  expect_error(
    draw(model, metric = "auc"), "\"rmse\"",
    class = "feedforward_argument_error"
  )
  # A column of the history, but no metric.
  expect_error(draw(model, metric = "speed"), class = "feedforward_argument_error")
  expect_error(draw(model, timestep = "days"), class = "feedforward_argument_error")
  more <- fake_model("multinomial")
  more$scoring_history$training_auc <- NaN
  expect_error(
    draw(more, metric = "auc"), "no value of `auc`",
    class = "feedforward_argument_error"
  )
})

test_that("the curve is the one that chose the model, and says so", {
  # Each metric has values of its own.
  shows <- function(kind, column, label, ...) {
    model <- fake_model(kind, arguments = list(...))
    columns <- grep("^training_", names(model$scoring_history), value = TRUE)
    columns <- setdiff(columns, "training_speed")
    for (i in seq_along(columns)) {
      model$scoring_history[[columns[[i]]]] <- model$scoring_history[[columns[[i]]]] + i
    }
    drawn <- draw(model)
    expected <- model$scoring_history[[paste0("training_", column)]]
    expect_identical(drawn$training, expected[2:25])
    expect_true(sprintf("kept (by %s)", label) %in% written(plot(model)))
  }
  shows("binomial", "logloss", "log loss")
  shows("multinomial", "logloss", "log loss")
  shows("regression", "deviance", "mean residual deviance")
  shows("binomial", "auc", "AUC", stopping_metric = "AUC")
  # The history does not have every metric.
  shows(
    "multinomial", "classification_error", "mean per-class error",
    stopping_metric = "mean_per_class_error"
  )
  last <- fake_model("binomial", arguments = list(overwrite_with_best_model = FALSE))
  expect_true("kept (the last)" %in% written(plot(last)))
})

test_that("the mark is where the kept weights were, whatever repeats their metrics", {
  model <- fake_model("binomial")
  model$scoring_history$training_logloss[2:26] <- 0.5
  expect_identical(which(draw(model)$kept), 15L)
  data <- two_classes(300)
  model <- quick_fit(class ~ a, data, train_samples_per_iteration = 100)
  history <- score_history(model)
  best <- history$samples[which.min(history$training_logloss)]
  expect_identical(model$kept_samples, best)
  expect_identical(draw(model, timestep = "samples")$samples[draw(model)$kept], best)
})

test_that("the last row stays where it is no repetition", {
  model <- fake_model("binomial")
  model$kept_samples <- 120
  model$scoring_history <- model$scoring_history[1:25, ]
  drawn <- draw(model)
  expect_equal(drawn$epochs, 1:24)
  expect_identical(which(drawn$kept), 24L)
  # One scoring, and none but the one before any training.
  model$kept_samples <- 5
  model$scoring_history <- model$scoring_history[1:2, ]
  expect_identical(draw(model)$kept, TRUE)
  model$kept_samples <- 0
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

test_that("curves say their area and mark the threshold", {
  model <- fake_model("binomial", validation = TRUE)
  model$default_threshold <- 0.4
  area <- sprintf("AUC %.3f", model$training_metrics$AUC)
  expect_true(all(c(
    "ROC curve: colour", "fake_model", paste0("training, ", area),
    paste0("validation, ", area), "threshold 0.4"
  ) %in% written(plot(model, what = "roc"))))
  # Of the rows themselves.
  metrics <- model$training_metrics
  threshold <- sprintf("threshold %.3g", metrics$default_threshold)
  expect_true(all(c("ROC curve", area, threshold) %in% written(plot(metrics))))
  # Half of the rows are blue.
  expect_true(all(c(
    "Precision-recall curve", sprintf("area %.3f", metrics$pr_auc), "base rate 0.500",
    threshold
  ) %in% written(plot(metrics, type = "pr"))))
})

test_that("importances are drawn as varimp() has them, but for inputs nobody had", {
  model <- fake_model("multinomial")
  expect_identical(draw(model, what = "importance"), varimp(model))
  expect_identical(
    draw(model, what = "importance", by = "predictor", most = 1),
    utils::head(varimp(model, "predictor"), 1)
  )
  model$encoding$unused <- 2L
  model$variable_importances <- NULL
  seen <- varimp(model)[varimp(model)$relative_importance > 0, ]
  expect_identical(draw(model, what = "importance"), seen)
  expect_error(
    draw(model, what = "importance", most = 0), "`most`",
    class = "feedforward_argument_error"
  )
})

test_that("every bar has its label, and long ones keep both ends", {
  data <- data.frame(level = factor(sprintf("%02d", 1:30 %% 30)), y = sin(1:30))
  model <- quick_fit(y ~ level, data)
  for (size in list(c(6, 4), c(8, 6))) {
    labels <- written(
      plot(model, what = "importance", most = 30), size[[1]], size[[2]]
    )
    expect_setequal(grep("^level", labels, value = TRUE), c(sprintf("level.%02d", 0:29)))
  }
  names(data)[[1]] <- strrep("long_name_", 9)
  model <- quick_fit(y ~ ., data)
  labels <- written(plot(model, what = "importance"))
  labels <- grep("^long", labels, value = TRUE)
  expect_length(labels, 10)
  expect_match(labels, "^long_name_.*[.]{3}.*[.][0-9]{2}$")
})

test_that("titles and labels stay on the picture", {
  model <- fake_model("binomial")
  model$response$name <- strrep("response_", 15)
  grDevices::pdf(NULL, width = 6, height = 4)
  withr::defer(grDevices::dev.off())
  title <- fit_title(title_of("Scoring history", model))
  width <- graphics::strwidth(title$text, "inches", cex = title$cex, font = 2)
  expect_lt(width, 6)
  expect_match(title$text, "^Scoring history: response_.*[.]{3}.*response_$")
  expect_identical(fit_title("Short")$text, "Short")
  expect_identical(fit_title("Short")$cex, graphics::par("cex.main"))
})

test_that("a legend hides no curve", {
  grDevices::pdf(NULL, width = 6, height = 4)
  withr::defer(grDevices::dev.off())
  labels <- c("training", "validation", "kept (by log loss)")
  x <- 1:30
  curves <- list(
    falls = exp(-x / 5), rises = 1 - exp(-x / 5), wave = sin(x / 2), flat = rep(1, 30),
    gap = replace(exp(-x / 5), 10, NaN)
  )
  for (y in curves) {
    ylim <- range_finite(y)
    place <- legend_place(list(x), list(y), c(1, 30), ylim, labels, may_grow = TRUE)
    graphics::plot(x, y, ylim = place$ylim, type = "l")
    box <- graphics::legend(
      place$at, labels,
      cex = place$cex, lty = 1, plot = FALSE
    )$rect
    at_x <- along_line(as.numeric(x))
    at_y <- along_line(y)
    inside <- at_x > box$left & at_x < box$left + box$w & at_y < box$top &
      at_y > box$top - box$h
    expect_identical(sum(inside, na.rm = TRUE), 0L)
  }
})

test_that("colours, lines, axes and titles can be set, and white on black is read", {
  model <- fake_model("binomial", validation = TRUE)
  expect_silent(draw(model, main = "T", xlab = "x", ylab = "y", ylim = c(0, 3)))
  expect_silent(draw(model, what = "roc", main = "T", sub = "s", xlab = "x"))
  expect_silent(draw(model, what = "importance", main = "T", col = "grey", xlab = "x"))
  for (what in c("history", "roc")) {
    picture <- written(
      plot(model, what = what, col = c("#FF0000", "#00FF00"), lwd = 4, main = "Mine"),
      lines = TRUE
    )
    says <- function(text) any(grepl(text, picture, fixed = TRUE, useBytes = TRUE))
    for (text in c("1.000 0.000 0.000 RG", "0.000 1.000 0.000 RG", "3.00 w", "(Mine)")) {
      expect_true(says(text))
    }
    expect_false(says("0.000 0.447 0.698"))
  }
  for (what in c("history", "roc", "importance")) {
    dark <- written(
      {
        graphics::par(
          bg = "black", fg = "white", col.axis = "white", col.lab = "white",
          col.main = "white"
        )
        plot(model, what = what)
      },
      lines = TRUE
    )
    count <- function(text) sum(grepl(text, dark, fixed = TRUE, useBytes = TRUE))
    expect_identical(count("0.000 0.000 0.000 RG"), 0L)
    # The page itself.
    expect_identical(count("0.000 0.000 0.000 rg"), 1L)
  }
})
