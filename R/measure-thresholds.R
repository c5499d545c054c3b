# What can be read off a ranking: areas under curves, and the measures of every
# threshold. All of it works on the distinct scores, so ties cost nothing and the
# areas are exact (H2O's come from at most 400 bins).

# The ranking: distinct scores from high to low, and the weights of true and of false
# positives when all rows with at least that score are called positive.
score_curve <- function(p1, actual, weights) {
  n <- length(p1)
  falling <- order(p1, decreasing = TRUE, method = "radix")
  score <- p1[falling]
  weights <- weights[falling]
  positive <- weights * (actual[falling] == 1)
  last <- if (n == 0) integer() else c(which(score[-1] != score[-n]), n)
  tp <- cumsum(positive)[last]
  fp <- cumsum(weights - positive)[last]
  list(
    score = score[last],
    tp = tp,
    fp = fp,
    positives = if (n == 0) 0 else tp[length(tp)],
    negatives = if (n == 0) 0 else fp[length(fp)]
  )
}

has_both_classes <- function(curve) {
  curve$positives > 0 && curve$negatives > 0
}

# Ranking measures and the errors at the threshold that maximises F1, which is the
# model's `default_threshold`.
# otherwise: the threshold where F1 tells none: without an event it is 0/0 throughout,
# without others the lowest score has the largest, whatever it is.
curve_metrics <- function(curve, otherwise = 0.5) {
  threshold <- otherwise
  if (has_both_classes(curve)) {
    threshold <- curve$score[which.max(criterion("f1", curve))]
  }
  counts <- counts_at(curve, threshold)
  wrong <- c(counts[1, 2], counts[2, 1])
  totals <- c(curve$negatives, curve$positives)
  list(
    AUC = area_under_roc(curve),
    pr_auc = area_under_pr(curve),
    default_threshold = threshold,
    counts = counts,
    classification_error = sum(wrong) / sum(totals),
    mean_per_class_error = mean_per_class_error(wrong, totals)
  )
}

# 2 x 2 weights, rows actual, columns predicted, where scores from `threshold` on are
# called positive.
counts_at <- function(curve, threshold) {
  last <- findInterval(-threshold, -curve$score)
  tp <- c(0, curve$tp)[last + 1]
  fp <- c(0, curve$fp)[last + 1]
  matrix(c(curve$negatives - fp, curve$positives - tp, fp, tp), 2, 2)
}

# The 18 measures of a threshold, in the order of H2O's tables.
criteria <- c(
  "f1", "f2", "f0point5", "accuracy", "precision", "recall", "specificity",
  "absolute_mcc", "min_per_class_accuracy", "mean_per_class_accuracy",
  "tns", "fns", "fps", "tps", "tnr", "fnr", "fpr", "tpr"
)

# One measure at every distinct score. Ratios are formed from whole counts in one
# division where they can be: equal ratios are then equal numbers, and a tie of the
# maximum goes to the highest threshold.
criterion <- function(name, curve) {
  tp <- curve$tp
  fp <- curve$fp
  fn <- curve$positives - tp
  tn <- curve$negatives - fp
  # F-measures are 0/0 in H2O's form where nothing is found.
  f_measure <- function(beta2) {
    found <- (1 + beta2) * tp
    ifelse(tp > 0, found / (found + beta2 * fn + fp), NaN)
  }
  recall <- function() tp / curve$positives
  specificity <- function() tn / curve$negatives
  switch(name,
    f1 = f_measure(1),
    f2 = f_measure(4),
    f0point5 = f_measure(0.25),
    accuracy = (tp + tn) / (curve$positives + curve$negatives),
    precision = tp / (tp + fp),
    recall = ,
    tpr = recall(),
    specificity = ,
    tnr = specificity(),
    absolute_mcc = {
      difference <- tp * tn - fp * fn
      margins <- (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
      ifelse(difference == 0, 0, pmin(1, abs(difference) / sqrt(margins)))
    },
    min_per_class_accuracy = pmin(recall(), specificity()),
    mean_per_class_accuracy = (recall() + specificity()) / 2,
    tns = tn,
    fns = fn,
    fps = fp,
    tps = tp,
    fnr = fn / curve$positives,
    fpr = fp / curve$negatives
  )
}

# The table of thresholds and the table of maxima. Every distinct score has its row
# while there are at most `most` of them; else the rows are evenly spaced in rank, and
# every threshold that maximises a criterion has its row besides, so the maxima are
# those of all scores and `idx`, the 0-based row, is right in both tables.
threshold_tables <- function(curve, most = 400) {
  scores <- length(curve$score)
  best <- vapply(
    criteria,
    function(name) c(which.max(criterion(name, curve)), NA)[1],
    integer(1)
  )
  row <- seq_len(scores)
  if (scores > most) {
    fixed <- unique(c(1L, scores, best[!is.na(best)]))
    spaced <- round(seq(1, scores, length.out = most - length(fixed)))
    row <- sort(unique(c(fixed, spaced)))
  }
  shown <- curve
  shown[c("score", "tp", "fp")] <- lapply(curve[c("score", "tp", "fp")], `[`, row)
  measures <- lapply(criteria, criterion, curve = shown)
  names(measures) <- criteria

  at <- match(best, row)
  list(
    scores = data.frame(
      threshold = shown$score, measures,
      idx = seq_along(row) - 1L
    ),
    # Where a measure is undefined throughout (no event, say) H2O's idx is -1.
    maxima = data.frame(
      metric = paste("max", criteria),
      threshold = ifelse(is.na(at), NaN, shown$score[at]),
      value = mapply(
        function(name, i) if (is.na(i)) NaN else measures[[name]][[i]],
        criteria, at, USE.NAMES = FALSE
      ),
      idx = ifelse(is.na(at), -1, at - 1)
    )
  )
}

# More than two classes -------------------------------------------------------
