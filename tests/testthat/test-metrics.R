# Truth by hand, by base R's own families, by invariances, and by H2O's figures for
# the same predictions (fixtures/README-metrics.md).

options_of <- function(...) {
  utils::modifyList(
    list(
      auc_type = "AUTO", gainslift_bins = -1, quantile_alpha = 0.5,
      tweedie_power = 1.5, huber_alpha = 0.9
    ),
    list(...)
  )
}
numeric_response <- function(distribution = "gaussian") {
  list(kind = "regression", distribution = distribution)
}
class_response <- function(levels) {
  kind <- if (length(levels) == 2) "binomial" else "multinomial"
  list(kind = kind, levels = levels, distribution = kind)
}
regression <- function(prediction, actual, weights = NULL, distribution = "gaussian",
                       ..., huber_delta = NULL) {
  compute_metrics(
    numeric_response(distribution), prediction, actual, weights, options_of(...),
    huber_delta = huber_delta
  )
}
# Everything that the weighted sample alone decides.
measures_of <- function(metrics) {
  metrics[setdiff(names(metrics), c("nobs", "scoring_time"))]
}
random_binomial <- function(n, decimals = 3) {
  p1 <- round(stats::runif(n), decimals)
  list(p1 = p1, actual = stats::rbinom(n, 1, p1), weights = stats::rexp(n))
}
random_classes <- function(n, classes) {
  p <- matrix(stats::rexp(n * classes), n)
  p <- p / rowSums(p)
  list(p = p, actual = sample.int(classes, n, TRUE) - 1L, weights = stats::rexp(n))
}

# ---- Regression ------------------------------------------------------------------

test_that("regression measures equal their values by hand", {
  m <- regression(c(1, 2, 5), c(0, 2, 3), c(1, 2, 1))
  expect_s3_class(m, c("deeplearning_metrics_regression", "deeplearning_metrics"),
    exact = TRUE
  )
  expect_equal(m$MSE, 5 / 4)
  expect_equal(m$RMSE, sqrt(5 / 4))
  expect_equal(m$mae, 3 / 4)
  expect_equal(m$mean_residual_deviance, 5 / 4)
  expect_equal(m$residual_deviance, m$mean_residual_deviance)
  expect_equal(m$rmsle, sqrt((log(2)^2 + log(6 / 4)^2) / 4))
  # The weighted mean is 7/4, the weighted variance 19/16.
  expect_equal(m$r2, 1 - (5 / 4) / (19 / 16))
  expect_identical(m$nobs, 3L)
})

test_that("rmsle is undefined below -1 and r2 for a constant response", {
  expect_warning(m <- regression(c(-2, 1), c(0, 1)), NA)
  expect_identical(m$rmsle, NaN)
  expect_identical(regression(c(1, 2), c(3, 3))$r2, NaN)
})

test_that("poisson and gamma deviances are those of R's families", {
  y <- c(0, 0.5, 1, 3, 12)
  mu <- c(0.4, 0.5, 2, 2.5, 20)
  w <- c(1, 2, 0.5, 3, 1)
  expect_equal(
    regression(mu, y, w, "poisson")$mean_residual_deviance,
    sum(stats::poisson()$dev.resids(y, mu, w)) / sum(w)
  )
  expect_equal(
    regression(mu[-1], y[-1], w[-1], "gamma")$mean_residual_deviance,
    sum(stats::Gamma()$dev.resids(y[-1], mu[-1], w[-1])) / sum(w[-1])
  )
})

test_that("the tweedie deviance is twice the integral of (y - t) / t^p", {
  y <- c(0.3, 1, 4, 9)
  mu <- c(0.5, 0.2, 4, 20)
  for (p in c(1.01, 1.3, 1.5, 1.9)) {
    direct <- mapply(function(y, mu) {
      2 * stats::integrate(function(t) (y - t) / t^p, mu, y, rel.tol = 1e-10)$value
    }, y, mu)
    expect_equal(deviance_rows("tweedie", y, mu, tweedie_power = p), direct)
  }
  # Of a response of 0 only the last term is left.
  expect_equal(deviance_rows("tweedie", 0, 3, tweedie_power = 1.5), 2 * sqrt(3) / 0.5)
})

test_that("every deviance is zero where prediction and truth agree, and else positive", {
  for (distribution in c(
    "gaussian", "laplace", "quantile", "huber", "poisson", "gamma", "tweedie"
  )) {
    deviance <- function(y, f) {
      deviance_rows(distribution, y, f,
        quantile_alpha = 0.3, tweedie_power = 1.4, huber_delta = 0.7
      )
    }
    y <- c(0.2, 1, 7)
    expect_equal(deviance(y, y), c(0, 0, 0), info = distribution)
    expect_true(all(deviance(y, y + 0.1) > 0), info = distribution)
    expect_true(all(deviance(y, y * 0.9) > 0), info = distribution)
  }
})

test_that("laplace and quantile deviances equal their values by hand", {
  expect_equal(regression(c(1, 4), c(3, 3), NULL, "laplace")$mean_residual_deviance, 1.5)
  expect_equal(
    regression(c(1, 4), c(3, 3), NULL, "quantile",
      quantile_alpha = 0.9
    )$mean_residual_deviance,
    (0.9 * 2 + 0.1 * 1) / 2
  )
})

test_that("huber uses the quantile of the scored residuals unless a delta is given", {
  y <- c(1, 2, 3, 4, 100)
  f <- c(1.5, 2, 2, 6, 4)
  error <- abs(y - f)
  huber <- function(d) mean(ifelse(error <= d, error^2, (2 * error - d) * d))
  own <- stats::quantile(error, 0.8, names = FALSE)
  expect_equal(
    regression(f, y, NULL, "huber", huber_alpha = 0.8)$mean_residual_deviance, huber(own)
  )
  expect_equal(
    regression(f, y, NULL, "huber", huber_delta = 1)$mean_residual_deviance, huber(1)
  )
  # The other measures do not know of it.
  expect_equal(regression(f, y, NULL, "huber", huber_delta = 1)$MSE, mean(error^2))
})

# ---- Classes ---------------------------------------------------------------------

test_that("binomial measures equal their values by hand", {
  # Ranked: 0.9 yes, 0.8 no, 0.7 yes, 0.2 no.
  m <- compute_metrics(
    class_response(c("no", "yes")), c(0.2, 0.9, 0.8, 0.7), c(0L, 1L, 0L, 1L),
    arguments = options_of()
  )
  expect_equal(m$MSE, mean(c(0.2, 0.1, 0.8, 0.3)^2))
  expect_equal(m$r2, 1 - m$MSE / 0.25)
  expect_equal(m$logloss, -mean(log(c(0.8, 0.9, 0.2, 0.7))))
  expect_equal(m$AUC, 3 / 4)
  expect_equal(m$Gini, 1 / 2)
  # First step: precision 1 up to recall 1/2. Then h = 0 from (1, 1) to (2, 1).
  expect_equal(m$pr_auc, 1 / 2 + (1 / 2 - 1 / 2 * log(3 / 2)))
  expect_equal(m$default_threshold, 0.7)
  expect_equal(m$classification_error, 1 / 4)
  expect_equal(m$mean_per_class_error, 1 / 4)
  expect_equal(m$lift_top_group, 2)
  expect_identical(m$domain, c("no", "yes"))
  expect_identical(m$cm$table$Rate, c("1 / 2", "0 / 2", "1 / 4"))
})

test_that("multinomial measures equal their values by hand", {
  p <- rbind(c(0.5, 0.3, 0.2), c(0.1, 0.2, 0.7), c(0.4, 0.4, 0.2), c(0.1, 0.1, 0.8))
  actual <- c(0L, 2L, 1L, 0L)
  w <- c(1, 2, 3, 4)
  m <- compute_metrics(class_response(c("a", "b", "c")), p, actual, w, options_of())
  expect_equal(m$logloss, -sum(w * log(c(0.5, 0.7, 0.4, 0.1))) / 10)
  expect_equal(m$MSE, sum(w * c(0.5, 0.3, 0.6, 0.9)^2) / 10)
  # Row 3 is a tie and goes to "a".
  expect_equal(m$classification_error, 7 / 10)
  expect_equal(m$mean_per_class_error, (4 / 5 + 1 + 0) / 3)
  expect_equal(m$hit_ratio_table$hit_ratio, c(3, 10, 10) / 10)
  expect_equal(unname(as.matrix(m$cm$table[1:3, 1:3])), rbind(
    c(1, 0, 4), c(3, 0, 0), c(0, 0, 2)
  ))
  expect_identical(c(m$AUC, m$pr_auc), c(NaN, NaN))
  expect_null(m$multinomial_auc_table)
})

test_that("log loss is finite for certain and wrong predictions", {
  two <- compute_metrics(
    class_response(c("a", "b")), c(0, 1, 1, 0), c(1L, 0L, 1L, 0L),
    arguments = options_of()
  )
  expect_equal(two$logloss, -log(1e-15) / 2)
  three <- compute_metrics(
    class_response(letters[1:3]), rbind(c(1, 0, 0), c(0, 1, 0)), c(1L, 1L),
    arguments = options_of()
  )
  expect_equal(three$logloss, -log(1e-15) / 2)
})

test_that("a single class leaves AUC missing, with a warning, and log loss finite", {
  for (code in 0:1) {
    expect_warning(
      m <- compute_metrics(
        class_response(c("a", "b")), c(0.2, 0.6, 0.7), rep(code, 3),
        arguments = options_of()
      ),
      if (code == 0) "\"a\"" else "\"b\"",
      class = "feedforward_metric_warning"
    )
    expect_true(all(is.na(c(m$AUC, m$pr_auc, m$Gini))))
    expect_true(is.finite(m$logloss))
    expect_identical(m$r2, NaN)
    expect_equal(sum(m$cm$table[1:2, 1:2]), 3)
    expect_s3_class(m$gains_lift_table, "data.frame")
  }
})

test_that("without a usable row the measures are missing, with a warning", {
  scored <- list(
    list(class_response(c("a", "b")), c(0.2, NaN), c(NA, 1L)),
    list(class_response(letters[1:3]), diag(3)[1:2, ], c(NA, NA)),
    list(numeric_response("huber"), c(1, NaN), c(NA, 2))
  )
  for (case in scored) {
    expect_warning(
      m <- compute_metrics(case[[1]], case[[2]], case[[3]], arguments = options_of()),
      class = "feedforward_metric_warning"
    )
    expect_identical(m$nobs, 0L)
    expect_true(is.na(m$MSE))
  }
})

test_that("more than a thousand classes are no limit", {
  set.seed(1)
  k <- 1200
  d <- random_classes(300, k)
  m <- compute_metrics(
    class_response(paste0("c", seq_len(k))), d$p, d$actual,
    arguments = options_of()
  )
  expect_equal(m$logloss, -mean(log(d$p[cbind(1:300, d$actual + 1)])))
  expect_identical(dim(m$cm$table), c(1201L, 1202L))
  expect_equal(m$cm$table["Totals", "Error"], m$classification_error)
})

test_that("tables = FALSE changes no number", {
  set.seed(2)
  d <- random_binomial(500)
  k <- random_classes(200, 4)
  both <- function(...) {
    full <- measures_of(compute_metrics(...))
    short <- measures_of(compute_metrics(..., tables = FALSE))
    expect_identical(short, full[names(short)])
    expect_false(any(grepl("table|^cm$|thresholds|criteria", names(short))))
  }
  both(class_response(c("a", "b")), d$p1, d$actual, d$weights, options_of())
  for (type in names(area_averages)) {
    both(
      class_response(letters[1:4]), k$p, k$actual, k$weights, options_of(auc_type = type)
    )
  }
})

# ---- Weights, order, gaps --------------------------------------------------------

# The three kinds, each as arguments of compute_metrics().
scored_samples <- function(n) {
  d <- random_binomial(n, 2)
  k <- random_classes(n, 4)
  y <- stats::rgamma(n, 2)
  f <- y * stats::rexp(n)
  c(
    list(
      list(class_response(c("a", "b")), d$p1, d$actual, d$weights),
      list(class_response(letters[1:4]), k$p, k$actual, k$weights)
    ),
    lapply(
      c("gaussian", "laplace", "quantile", "huber", "poisson", "gamma", "tweedie"),
      function(distribution) list(numeric_response(distribution), f, y, d$weights)
    )
  )
}
measure_rows <- function(sample, rows, weights) {
  prediction <- if (is.matrix(sample[[2]])) {
    sample[[2]][rows, , drop = FALSE]
  } else {
    sample[[2]][rows]
  }
  measures_of(compute_metrics(
    sample[[1]], prediction, sample[[3]][rows], weights,
    options_of(auc_type = "MACRO_OVO")
  ))
}

test_that("weight 2 is the row twice, fractions included", {
  set.seed(3)
  n <- 120
  twice <- rep(seq_len(n), 2)
  for (sample in scored_samples(n)) {
    w <- sample[[4]]
    expect_equal(
      measure_rows(sample, seq_len(n), 2 * w), measure_rows(sample, twice, w[twice])
    )
    whole <- 1 + seq_len(n) %% 3
    repeated <- rep(seq_len(n), whole)
    expect_equal(
      measure_rows(sample, seq_len(n), whole), measure_rows(sample, repeated, NULL)
    )
  }
})

test_that("weight 0, a missing response and a NaN prediction are the row gone", {
  set.seed(4)
  n <- 90
  for (sample in scored_samples(n)) {
    w <- sample[[4]]
    gone <- c(3, 40, 41, 90)
    left <- measure_rows(sample, setdiff(seq_len(n), gone), w[-gone])
    expect_equal(measure_rows(sample, seq_len(n), replace(w, gone, 0)), left)
    unknown <- sample
    unknown[[3]][gone] <- NA
    expect_equal(measure_rows(unknown, seq_len(n), w), left)
    undefined <- sample
    if (is.matrix(undefined[[2]])) {
      undefined[[2]][gone, 2] <- NaN
    } else {
      undefined[[2]][gone] <- NaN
    }
    expect_equal(measure_rows(undefined, seq_len(n), w), left)
  }
})

test_that("the order of the rows does not matter", {
  set.seed(5)
  n <- 150
  for (sample in scored_samples(n)) {
    shuffled <- sample(n)
    expect_equal(
      measure_rows(sample, shuffled, sample[[4]][shuffled]),
      measure_rows(sample, seq_len(n), sample[[4]])
    )
  }
})

# ---- Labels ----------------------------------------------------------------------

test_that("confusion matrices add up, in whole and in fractional counts", {
  cm <- confusion_matrix(c(0, 0, 1, 1, 1), c(0, 1, 1, 1, 0), c("x", "y"))
  expect_identical(names(cm), c("x", "y", "Error", "Rate"))
  expect_identical(row.names(cm), c("x", "y", "Totals"))
  expect_equal(cm$Error, c(1 / 2, 1 / 3, 2 / 5))
  expect_identical(cm$Rate, c("1 / 2", "1 / 3", "2 / 5"))

  cm <- confusion_matrix(c(0, 0, 1), c(0, 1, 0), c("x", "Totals"), c(0.25, 0.5, 1))
  expect_equal(cm$x, c(0.25, 1, 1.25))
  expect_identical(cm$Rate[1], "0.5000 / 0.7500")
  expect_false(anyDuplicated(row.names(cm)) > 0)

  many <- confusion_matrix(c(0, 1), c(1, 1), c("x", "y"), c(1234567, 1))
  expect_identical(many$Rate[1], "1,234,567 / 1,234,567")
})

test_that("a class without rows has no error and counts as error 0", {
  cm <- confusion_matrix(c(0, 1), c(1, 1), c("x", "y", "z"))
  expect_identical(cm$Error[3], NaN)
  expect_identical(cm$Rate[3], "0 / 0")
  expect_equal(mean_per_class_error(c(1, 0, 0), c(1, 1, 0)), 1 / 3)
})

test_that("a square table beyond reason is left out with a warning", {
  expect_warning(
    cm <- confusion_matrix(0, 1, as.character(seq_len(largest_confusion_matrix + 1))),
    class = "feedforward_metric_warning"
  )
  expect_null(cm)
})

test_that("hit ratios count the classes before the actual one", {
  set.seed(6)
  d <- random_classes(400, 12)
  d$p <- round(d$p, 2)
  hits <- hit_ratios(d$p, d$actual, d$weights)
  expect_identical(hits$k, 1:10)
  # order() is stable: equal probabilities stay in level order.
  direct <- vapply(1:10, function(k) {
    hit <- vapply(seq_len(400), function(i) {
      (d$actual[i] + 1) %in% order(-d$p[i, ])[seq_len(k)]
    }, logical(1))
    sum(d$weights * hit) / sum(d$weights)
  }, numeric(1))
  expect_equal(hits$hit_ratio, direct)
  error <- sum(d$weights * (class_labels(d$p) != d$actual)) / sum(d$weights)
  expect_equal(hits$hit_ratio[1], 1 - error)
  expect_equal(hit_ratios(diag(3), c(0, 1, 1))$hit_ratio, c(2, 2, 3) / 3)
})

# ---- H2O's figures ---------------------------------------------------------------

# One of H2O's models: predictions for new rows, the truth, and H2O's verdict.
read_golden <- function(folder) {
  model <- jsonlite::fromJSON(file.path(folder, "model.json"), simplifyVector = FALSE)
  if (is.null(model$new_metrics)) {
    return(NULL)
  }
  as_table <- function(table) {
    columns <- lapply(seq_along(table$columns), function(i) {
      value <- lapply(table$rows, `[[`, i)
      value[vapply(value, is.null, logical(1))] <- NA
      unlist(value)
    })
    stats::setNames(columns, unlist(table$columns))
  }
  new <- utils::read.csv(file.path(folder, "new.csv"), na.strings = c("", "NA"))
  predictions <- as_table(model$predictions)
  actual <- new[[model$response]]
  kind <- tolower(model$model_category)
  levels <- unlist(model$domains[[match(model$response, unlist(model$names))]])
  prediction <- predictions[[length(predictions)]]
  if (kind == "multinomial") {
    # H2O gives a class that training never saw a column of zeros.
    levels <- c(levels, setdiff(actual, c(levels, NA)))
    prediction <- do.call(cbind, unname(predictions[-1]))
    prediction <- cbind(
      prediction, matrix(0, nrow(prediction), length(levels) - ncol(prediction))
    )
  }
  tables <- model[startsWith(names(model), "new_") & names(model) != "new_metrics"]
  names(tables) <- sub("^new_", "", names(tables))
  list(
    case = basename(folder),
    response = list(
      kind = kind, levels = levels, distribution = model$params$distribution
    ),
    arguments = model$params[names(options_of())],
    prediction = prediction,
    actual = if (kind == "regression") actual else match(actual, levels) - 1L,
    weights = new$Weight,
    # The file says "NaN" for what is undefined.
    metrics = Filter(
      is.numeric,
      lapply(model$new_metrics, function(x) if (identical(x, "NaN")) NaN else x)
    ),
    tables = lapply(tables, as_table)
  )
}

expect_as_h2o <- function(golden) {
  got <- compute_metrics(
    golden$response, golden$prediction, golden$actual, golden$weights, golden$arguments
  )
  shared <- intersect(names(golden$metrics), names(got))
  expect_gt(length(shared), 6)
  for (name in shared) {
    # Here p reaches 1 within 1e-13, and H2O takes the logarithm of 1 - (1 - p).
    rounded <- golden$case == "binomial-unstandardised" && name == "logloss"
    expect_equal(
      got[[name]], golden$metrics[[name]],
      tolerance = if (rounded) 1e-5 else 1e-9, info = paste(golden$case, name)
    )
  }
  for (name in names(golden$tables)) {
    ours <- if (name == "cm") got$cm$table else got[[name]]
    theirs <- golden$tables[[name]]
    expect_identical(names(ours), names(theirs))
    for (column in names(theirs)) {
      text <- column %in% c("Rate", "metric")
      expect_equal(
        if (text) ours[[column]] else as.numeric(ours[[column]]),
        # NaN where H2O's file has none; its hit ratios are single precision.
        if (text) theirs[[column]] else replace(
          as.numeric(theirs[[column]]), is.na(theirs[[column]]), NaN
        ),
        tolerance = if (column == "hit_ratio") 1e-6 else 1e-9,
        info = paste(golden$case, name, column)
      )
    }
  }
}

test_that("measures and tables are H2O's for H2O's predictions", {
  cases <- readRDS(test_path("fixtures", "metrics-h2o.rds"))
  expect_gt(length(cases), 5)
  for (golden in cases) {
    expect_as_h2o(golden)
  }
})

test_that("measures and tables are H2O's in every case there is", {
  folders <- dirname(Sys.glob(file.path(shared_path("golden"), "*", "model.json")))
  folders <- folders[!basename(folders) %in% c("autoencoder", "crossvalidation")]
  expect_gt(length(folders), 20)
  for (folder in folders) {
    expect_as_h2o(read_golden(folder))
  }
})
