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

# Ranking measures and the errors at the threshold that maximises F1. Used alone for
# the model's `default_threshold`.
threshold_metrics <- function(p1, actual, weights = NULL) {
  rows <- usable_rows(p1, actual, weights)
  curve_metrics(score_curve(rows$prediction, rows$actual, rows$weights))
}

curve_metrics <- function(curve) {
  best <- which.max(criterion("f1", curve))
  # Without an event every F1 is 0/0, and one half is as good as any threshold.
  threshold <- if (length(best) == 1) curve$score[best] else 0.5
  counts <- counts_at(curve, threshold)
  wrong <- c(counts[1, 2], counts[2, 1])
  totals <- c(curve$negatives, curve$positives)
  list(
    AUC = area_under_roc(curve),
    pr_auc = area_under_pr(curve),
    default_threshold = threshold,
    counts = counts,
    classification_error = sum(wrong) / sum(totals),
    mean_per_class_error = if (sum(totals) > 0) {
      mean_per_class_error(wrong, totals)
    } else {
      NaN
    }
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

# Trapezoids, which is the Mann-Whitney statistic with ties counted half. NA when a
# class is missing: there is nothing to rank.
area_under_roc <- function(curve) {
  if (curve$positives == 0 || curve$negatives == 0) {
    return(NA_real_)
  }
  tp_before <- c(0, curve$tp[-length(curve$tp)])
  widths <- diff(c(0, curve$fp))
  sum(widths * (curve$tp + tp_before)) / 2 / (curve$positives * curve$negatives)
}

# Between two thresholds the false positives grow in line with the true ones (Davis
# and Goadrich 2006, <doi:10.1145/1143844.1143874>), so precision over recall x is
# x / (a x + b), whose integral is closed: with slope h = dfp / dtp, a = 1 + h and
# b = (fp - h tp) / P. Steps without a new true positive have no width.
area_under_pr <- function(curve) {
  if (curve$positives == 0 || curve$negatives == 0) {
    return(NA_real_)
  }
  n <- length(curve$tp)
  tp_before <- c(0, curve$tp[-n])
  fp_before <- c(0, curve$fp[-n])
  wide <- curve$tp > tp_before
  tp <- curve$tp[wide]
  fp <- curve$fp[wide]
  tp_before <- tp_before[wide]
  fp_before <- fp_before[wide]

  slope <- (fp - fp_before) / (tp - tp_before)
  a <- 1 + slope
  b <- (fp_before - slope * tp_before) / curve$positives
  # a x + b is (tp + fp) / P at either end; without a start (b = 0) the log drops out.
  logs <- ifelse(b == 0, 0, log((tp + fp) / (tp_before + fp_before)))
  sum(((tp - tp_before) / curve$positives - b / a * logs) / a)
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

# The values of `auc_type` that ask for areas, and the rows that hold them.
area_averages <- c(
  MACRO_OVR = "Macro OVR", WEIGHTED_OVR = "Weighted OVR",
  MACRO_OVO = "Macro OVO", WEIGHTED_OVO = "Weighted OVO"
)

# Pairs grow with the square of the classes; H2O stops here too.
most_classes_in_pairs <- 50

# Areas of each class against the rest (OVR) and of each pair (OVO: the mean of the
# two directions, each on the rows of the pair), their plain means and the means
# weighted by positives. An area without a positive or a negative is missing and
# counts as 0 in the plain mean, as in H2O. Nothing is done unless `auc_type` names
# one of the four means; without tables only that kind is worked out.
multinomial_areas <- function(rows, levels, auc_type, tables = TRUE) {
  classes <- length(levels)
  if (is.null(auc_type) || !auc_type %in% names(area_averages) || rows$nobs == 0) {
    return(list(AUC = NaN, pr_auc = NaN))
  }
  pairwise <- endsWith(auc_type, "OVO")
  if (pairwise && classes > most_classes_in_pairs) {
    warn_feedforward(
      paste0(
        "AUC and AUCPR are missing: auc_type = \"", auc_type, "\" compares all pairs ",
        "of classes, for at most ", most_classes_in_pairs, " classes, and there are ",
        classes, ". Use auc_type = \"MACRO_OVR\" or \"WEIGHTED_OVR\"."
      ),
      class = "feedforward_metric_warning"
    )
  }
  positives <- class_totals(rows$actual, rows$weights, classes)
  if (any(positives == 0)) {
    warn_feedforward(
      paste0(
        "AUC and AUCPR count ", sum(positives == 0), " of ", classes, " classes as 0, ",
        "because no row scored is of that class: the first is ",
        shorten(levels[positives == 0][1]), ". Score data that hold all classes, or use ",
        "auc_type = \"WEIGHTED_OVR\", where such a class has no weight."
      ),
      class = "feedforward_metric_warning"
    )
  }
  areas <- rbind(
    if (tables || !pairwise) one_versus_rest(rows, levels, positives),
    if ((tables || pairwise) && classes <= most_classes_in_pairs) {
      one_versus_one(rows, levels, positives)
    }
  )
  asked <- match(area_averages[[auc_type]], areas$type)
  table_of <- function(measure) {
    if (tables) areas[c("type", "first_class_domain", "second_class_domain", measure)]
  }
  list(
    AUC = c(areas$auc[asked], NA)[1],
    pr_auc = c(areas$aucpr[asked], NA)[1],
    auc_table = table_of("auc"),
    aucpr_table = table_of("aucpr")
  )
}

one_versus_rest <- function(rows, levels, positives) {
  areas <- vapply(
    seq_along(levels),
    function(k) directed_areas(rows, seq_len(rows$nobs), k),
    numeric(2)
  )
  areas_table(paste(levels, "vs Rest"), levels, NA_character_, areas, positives, "OVR")
}

one_versus_one <- function(rows, levels, positives) {
  of_class <- split(seq_len(rows$nobs), factor(rows$actual, seq_along(levels) - 1))
  pairs <- utils::combn(length(levels), 2)
  areas <- apply(pairs, 2, function(pair) {
    both <- unlist(of_class[pair], use.names = FALSE)
    directions <- vapply(
      pair,
      function(k) directed_areas(rows, both, k),
      numeric(2)
    )
    rowMeans(zero_if_missing(directions))
  })
  first <- levels[pairs[1, ]]
  second <- levels[pairs[2, ]]
  weights <- positives[pairs[1, ]] + positives[pairs[2, ]]
  areas_table(paste(first, "vs", second), first, second, areas, weights, "OVO")
}

# Areas under both curves for class `k` among the rows `index`.
directed_areas <- function(rows, index, k) {
  curve <- score_curve(
    rows$prediction[index, k], rows$actual[index] == k - 1, rows$weights[index]
  )
  c(area_under_roc(curve), area_under_pr(curve))
}

# `areas`: two rows, AUC and AUCPR; a column for each class or pair.
areas_table <- function(type, first, second, areas, weights, kind) {
  filled <- zero_if_missing(areas)
  weighted <- if (sum(weights) > 0) filled %*% weights / sum(weights) else c(NaN, NaN)
  areas <- cbind(areas, rowMeans(filled), weighted)
  data.frame(
    type = c(type, paste("Macro", kind), paste("Weighted", kind)),
    first_class_domain = c(first, NA, NA),
    second_class_domain = c(rep_len(second, length(type)), NA, NA),
    auc = areas[1, ],
    aucpr = areas[2, ]
  )
}

zero_if_missing <- function(x) {
  replace(x, is.na(x), 0)
}
