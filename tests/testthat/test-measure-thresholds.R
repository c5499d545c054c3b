test_that("the default threshold maximises F1, and ties go to the highest", {
  set.seed(15)
  d <- random_binomial(250, 2)
  f1 <- function(t) {
    called <- d$p1 >= t
    2 * sum(d$weights[called & d$actual == 1]) /
      (sum(d$weights[called]) + sum(d$weights[d$actual == 1]))
  }
  candidates <- sort(unique(d$p1))
  best <- candidates[which.max(vapply(candidates, f1, 1))]
  m <- threshold_metrics(d$p1, d$actual, d$weights)
  expect_identical(m$default_threshold, best)
  wrong <- (d$p1 >= best) != (d$actual == 1)
  expect_equal(m$classification_error, sum(d$weights[wrong]) / sum(d$weights))

  # F1 is 2/3 at 0.9 (1 of 1 found, 1 of 2 events) and at 0.4 (2 of 4, 2 of 2).
  tied <- threshold_metrics(c(0.9, 0.6, 0.5, 0.4), c(1, 0, 0, 1))
  expect_identical(tied$default_threshold, 0.9)
})

test_that("every row of the threshold table is what its threshold does", {
  set.seed(16)
  d <- random_binomial(300, 2)
  table <- threshold_tables(curve_of(d$p1, d$actual, d$weights))$scores
  expect_identical(names(table), c("threshold", criteria, "idx"))
  expect_identical(table$threshold, sort(unique(d$p1), decreasing = TRUE))
  expect_identical(table$idx, seq_along(table$threshold) - 1L)
  w <- d$weights
  for (i in c(1, 17, nrow(table))) {
    called <- d$p1 >= table$threshold[i]
    tp <- sum(w[called & d$actual == 1])
    fp <- sum(w[called & d$actual == 0])
    fn <- sum(w[!called & d$actual == 1])
    tn <- sum(w[!called & d$actual == 0])
    precision <- tp / (tp + fp)
    recall <- tp / (tp + fn)
    f <- function(b) (1 + b^2) * precision * recall / (b^2 * precision + recall)
    direct <- c(
      f1 = f(1), f2 = f(2), f0point5 = f(0.5),
      accuracy = (tp + tn) / sum(w), precision = precision, recall = recall,
      specificity = tn / (tn + fp),
      absolute_mcc = abs(stats::cov.wt(cbind(called, d$actual), w, cor = TRUE)$cor[1, 2]),
      min_per_class_accuracy = min(recall, tn / (tn + fp)),
      mean_per_class_accuracy = (recall + tn / (tn + fp)) / 2,
      tns = tn, fns = fn, fps = fp, tps = tp,
      tnr = tn / (tn + fp), fnr = fn / (tp + fn), fpr = fp / (tn + fp), tpr = recall
    )
    # All rows called positive: the correlation is 0/0, the table says 0.
    direct[["absolute_mcc"]] <- max(0, direct[["absolute_mcc"]], na.rm = TRUE)
    expect_equal(unlist(table[i, criteria]), direct)
  }
})

test_that("maxima are the largest of their column, ties at the highest threshold", {
  set.seed(17)
  d <- random_binomial(200, 2)
  tables <- threshold_tables(curve_of(d$p1, d$actual))
  maxima <- tables$maxima
  expect_identical(maxima$metric, paste("max", criteria))
  for (i in seq_along(criteria)) {
    column <- tables$scores[[criteria[i]]]
    expect_equal(maxima$value[i], max(column, na.rm = TRUE))
    expect_equal(maxima$idx[i], which.max(column) - 1)
    expect_identical(maxima$threshold[i], tables$scores$threshold[maxima$idx[i] + 1])
  }
  # Undefined throughout: no event, so no recall.
  none <- threshold_tables(curve_of(c(0.1, 0.4), c(0, 0)))$maxima
  expect_identical(none$idx[none$metric == "max recall"], -1)
  expect_identical(none$value[none$metric == "max f1"], NaN)
})

test_that("with many scores the table has at most 400 rows and keeps every maximum", {
  set.seed(18)
  p1 <- stats::runif(20000)
  actual <- stats::rbinom(20000, 1, p1^2)
  curve <- curve_of(p1, actual)
  tables <- threshold_tables(curve)
  full <- threshold_tables(curve, most = Inf)
  rows <- tables$scores
  expect_lte(nrow(rows), 400)
  expect_gte(nrow(rows), 380)
  expect_false(is.unsorted(-rows$threshold, strictly = TRUE))
  expect_true(all(c(min(p1), max(p1)) %in% rows$threshold))
  # Evenly spaced in rank: no gap above 2/400 of the scores.
  expect_lt(max(diff(match(rows$threshold, curve$score))), 20000 * 2 / 400)
  expect_identical(tables$maxima[1:3], full$maxima[1:3])
  expect_identical(rows$threshold[tables$maxima$idx + 1], full$maxima$threshold)
  expect_equal(
    rows[rows$threshold == tables$maxima$threshold[1], "f1"], max(full$scores$f1)
  )
  expect_identical(
    threshold_metrics(p1, actual)$default_threshold, tables$maxima$threshold[1]
  )
  # Nothing is left out while 400 rows suffice.
  small <- threshold_tables(curve_of(1:400 / 400, actual[1:400]))
  expect_identical(nrow(small$scores), 400L)
})
