#' @include h2o-explain-sections.R h2o-make-metrics.R
NULL

#' How a model treats groups of rows
#'
#' Metrics of a model of two classes for each combination of protected columns, beside
#' those of a reference group.
#'
#' Selected are the rows for which the model predicts the favourable class, at its own
#' threshold. `AIR_` and the name of a metric is its ratio to that of the reference group,
#' for `selectedRatio` the adverse impact ratio; `p.value` is Fisher's exact test of
#' whether a group is selected as often as the reference (H2O takes a G-test for more than
#' 10,000 rows, which comes to the same). Areas need both classes in a group; `auc`,
#' `aucpr`, `f1`, `tpr` and so on take the favourable class as the positive one.
#'
#' @param model A model of [h2o.deeplearning()] for two classes, or its id.
#' @param newdata,frame A frame with the response and the protected columns.
#' @param protected_columns Names of factors, such as race or sex.
#' @param reference The group to compare with: a value for each protected column, in their
#'   order or named by them; the largest group if `NULL`.
#' @param favorable_class The class of the response that is good to have.
#' @param metrics Columns of the overview to draw.
#' @param column Name of a predictor.
#' @param autoscale A logarithmic axis where values are above 0 and span three orders of
#'   magnitude or more?
#' @param background_frame Rows to compare with, needed for SHAP values.
#' @return `h2o.calculate_fairness_metrics()`: a list of frames, `overview` and
#'   `thresholds_and_metrics_<group>` for each group. `h2o.inspect_model_fairness()`: an
#'   explanation as of [h2o.explain()], of at most the ten most important predictors.
#'   `h2o.fair_shap_plot()`: a list of one ggplot2 object; the others: a ggplot2 object.
#' @examplesIf requireNamespace("ggplot2", quietly = TRUE)
#' frame <- as.h2o(transform(mtcars, am = factor(am), vs = factor(vs)))
#' model <- h2o.deeplearning(c("mpg", "wt", "hp"), "am", frame,
#'   hidden = 5, epochs = 50, seed = 1
#' )
#' fair <- h2o.calculate_fairness_metrics(model, frame, "vs", "0", favorable_class = "1")
#' fair$overview
#' h2o.fair_roc_plot(model, frame, "vs", "0", "1")
#' @export
h2o.calculate_fairness_metrics <- function(model, frame, protected_columns,
                                           reference = NULL, favorable_class) {
  facts <- fair_facts(model, frame, protected_columns, favorable_class)
  overview <- fair_overview(facts, reference)
  tables <- lapply(facts$metrics, function(metrics) {
    if (!is.null(metrics)) new_frame(metrics$thresholds_and_metric_scores)
  })
  names <- gsub("[^A-Za-z0-9,]", "_", facts$names)
  names(tables) <- paste0("thresholds_and_metrics_", names)
  c(list(overview = new_frame(overview)), Filter(Negate(is.null), tables))
}

# Groups of rows (groups: a row for each; rows, names) with what was seen, predicted and
# selected, 1 for the favourable class; the metrics of each, NULL without both classes.
fair_facts <- function(model, newdata, protected, favorable) {
  native <- native_model(model, "model")
  levels <- native$response$levels
  if (length(levels) != 2) abort_argument("`model` must be a model of two classes.")
  favorable <- choose_one(as.character(favorable), levels, "favorable_class")
  frame <- complete_columns(native, read_h2o_frame(newdata, "newdata"))
  grouped <- fair_columns(frame, protected)
  actual <- new_response(native, frame, NULL)
  share <- stats::predict(native, frame)
  selected <- share >= native$default_threshold
  if (favorable == levels[[1]]) {
    actual <- 1 - actual
    share <- 1 - share
    selected <- !selected
  }
  # Of combinations the first column goes fastest.
  key <- do.call(paste, c(lapply(grouped, as.integer), sep = "\r"))
  known <- which(!is.na(actual))
  order <- do.call(base::order, c(unname(rev(lapply(grouped, as.integer)))))
  order <- order[order %in% known]
  rows <- split(known, factor(key[known], unique(key[order])))
  first <- vapply(rows, `[[`, 1L, 1L)
  facts <- list(
    native = native, frame = frame, protected = protected, rows = unname(rows),
    groups = grouped[first, , drop = FALSE], actual = actual, share = share,
    selected = as.integer(selected)
  )
  facts$names <- fair_names(facts$groups)
  facts$metrics <- lapply(facts$rows, group_metrics, facts = facts)
  facts
}

fair_columns <- function(frame, protected) {
  protected <- unlist(protected)
  unknown <- setdiff(protected, names(frame))
  if (length(protected) == 0 || length(unknown) > 0) {
    abort_argument(sprintf(
      "`protected_columns` must be names of columns of `newdata`, not %s.",
      shorten(if (length(unknown) > 0) unknown else protected)
    ))
  }
  grouped <- frame[protected]
  if (!all(vapply(grouped, is.factor, NA))) {
    abort_argument(
      "`protected_columns` must be factors: convert them by as.factor() first."
    )
  }
  grouped
}

# As H2O names them; a missing value makes a group, too.
fair_names <- function(groups) {
  text <- lapply(groups, function(column) {
    ifelse(is.na(column), "NaN", as.character(column))
  })
  do.call(paste, c(unname(text), sep = ","))
}

group_metrics <- function(rows, facts) {
  if (length(unique(facts$actual[rows])) < 2) {
    return(NULL)
  }
  made <- h2o.make_metrics(
    facts$share[rows], factor(facts$actual[rows], 0:1), c("0", "1")
  )
  attr(made, "deeplearning")
}

reference_place <- function(facts, reference) {
  if (is.null(reference)) {
    return(which.max(lengths(facts$rows)))
  }
  reference <- unlist(reference)
  if (!is.null(names(reference))) reference <- reference[unlist(facts$protected)]
  place <- match(paste(reference, collapse = ","), facts$names)
  if (is.na(place)) {
    abort_argument(sprintf(
      "`reference` must be a group with rows, one of %s, not %s.",
      list_names(facts$names), shorten(reference)
    ))
  }
  place
}

fair_overview <- function(facts, reference) {
  table <- do.call(rbind, Map(function(rows, metrics) {
    as.data.frame(c(
      group_counts(facts$actual[rows], facts$selected[rows], length(facts$actual)),
      group_areas(facts$actual[rows], facts$share[rows], metrics)
    ))
  }, facts$rows, facts$metrics))
  table <- table[fair_order]
  place <- reference_place(facts, reference)
  ratios <- lapply(table[setdiff(fair_order, c("total", "relativeSize"))], function(x) {
    x / x[[place]]
  })
  names(ratios) <- paste0("AIR_", names(ratios))
  p <- vapply(seq_along(facts$rows), function(k) {
    selected <- table$selected[c(k, place)]
    left <- table$total[c(k, place)] - selected
    stats::fisher.test(cbind(selected, left))$p.value
  }, 0)
  overview <- cbind(facts$groups, table, as.data.frame(ratios), p.value = p)
  rownames(overview) <- NULL
  overview
}

fair_order <- c(
  "tp", "fp", "tn", "fn", "total", "relativeSize", "accuracy", "precision", "f1", "tpr",
  "tnr", "fpr", "fnr", "auc", "aucpr", "gini", "selected", "selectedRatio", "logloss"
)

group_counts <- function(actual, selected, all) {
  tp <- sum(actual == 1 & selected == 1)
  fp <- sum(actual == 0 & selected == 1)
  tn <- sum(actual == 0 & selected == 0)
  fn <- sum(actual == 1 & selected == 0)
  total <- length(actual)
  list(
    tp = tp, fp = fp, tn = tn, fn = fn, total = total, relativeSize = total / all,
    accuracy = (tp + tn) / total, precision = tp / (tp + fp),
    f1 = 2 * tp / (2 * tp + fp + fn), tpr = tp / (tp + fn), tnr = tn / (tn + fp),
    fpr = fp / (fp + tn), fnr = fn / (fn + tp), selected = tp + fp,
    selectedRatio = (tp + fp) / total
  )
}

# A group of one class has no areas, but a log loss.
group_areas <- function(actual, share, metrics) {
  right <- pmax(ifelse(actual == 1, share, 1 - share), 1e-15)
  list(
    auc = metrics$AUC %||% NaN, aucpr = metrics$pr_auc %||% NaN,
    gini = metrics$Gini %||% NaN, logloss = metrics$logloss %||% mean(-log(right))
  )
}
