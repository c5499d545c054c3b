# Trapezoids, which is the Mann-Whitney statistic with ties counted half. NA when a
# class is missing: there is nothing to rank.
area_under_roc <- function(curve) {
  if (!has_both_classes(curve)) {
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
  if (!has_both_classes(curve)) {
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
  weighted <- rowSums(filled * rep(weights / sum(weights), each = 2))
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
