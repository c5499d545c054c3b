#' Importance by permutation
#'
#' How much worse a model predicts when the values of one predictor are dealt to other
#' rows: what it takes from that predictor (Breiman 2001).
#'
#' @param model A model from [deeplearning()], no autoencoder.
#' @param newdata Rows with the response, best rows that did not train.
#' @param y Their response, where `newdata` does not hold it.
#' @param metric `"AUTO"` (log loss for classes, mean residual deviance for numbers) or
#'   another of `"AUC"`, `"AUCPR"`, `"logloss"`, `"MSE"`, `"RMSE"`, `"MAE"`,
#'   `"misclassification"`, `"mean_per_class_error"` ..., as far as the model has it.
#' @param repeats How often each predictor is permuted.
#' @param rows At most so many rows, drawn by the seed; 0 is all.
#' @param features Names of columns; all that the model uses unless given.
#' @param seed Of what is random, as for [deeplearning()].
#' @param threads As for [predict.deeplearning()].
#' @param ... Not used; anything given here is an error.
#' @return A data frame of class `deeplearning_permutation`, most important first:
#'   `variable`, `relative_importance` (by how much the metric gets worse, mean over
#'   repeats), `scaled_importance`, `percentage`, with repeats `sd`; attributes `metric`,
#'   `baseline`, the metric of the rows as they are, and `runs`, a matrix of repeats x
#'   features.
#' @references
#' Breiman, L. (2001). Random forests. *Machine Learning*, 45, 5-32.
#' \doi{10.1023/A:1010933404324}
#' @section Errors:
#' `feedforward_argument_error` and `feedforward_input_error` as for [performance()].
#' @seealso [varimp()] from the weights alone, [shap_values()]
#' @examples
#' odd <- seq(1, 150, 2)
#' model <- deeplearning(Species ~ ., iris[odd, ], hidden = 5, epochs = 50, seed = 1)
#' importance <- permutation_importance(model, iris[-odd, ], repeats = 5, seed = 1)
#' importance
#' plot(importance)
#' @export
permutation_importance <- function(model, newdata, ...) {
  UseMethod("permutation_importance")
}

#' @export
permutation_importance.default <- function(model, newdata, ...) {
  abort_no_model(model, "model")
}

#' @rdname permutation_importance
#' @export
permutation_importance.deeplearning <- function(model, newdata, y = NULL, metric = "AUTO",
                                                repeats = 1, rows = 10000,
                                                features = NULL, seed = -1,
                                                threads = NULL, ...) {
  check_no_more(..., fun = "permutation_importance")
  check_explained(model)
  metric <- explained_metric(model, metric)
  problems <- c(
    apply_rule(rule_whole(1), "repeats", repeats)$problem,
    apply_rule(rule_whole(0), "rows", rows)$problem,
    apply_rule(rule_seed(), "seed", seed)$problem
  )
  if (length(problems) > 0) {
    abort_argument(problems)
  }
  table <- named_table(model, newdata)
  features <- explained_features(model, table, features)
  actual <- new_response(model, table, y)
  weights <- new_weights(model, table)
  check_actual(model, actual, weights)
  words <- seed_words(complete_seed(seed))
  chosen <- choose_scored_rows(nrow(table), rows, words, "training")
  if (!is.null(chosen)) {
    table <- table[chosen, , drop = FALSE]
    actual <- actual[chosen]
    weights <- weights[chosen]
  }
  value <- function(data) {
    outputs <- network_outputs(model, data, threads)
    prediction <- decode_outputs(model, outputs)
    measure_value(compute_metrics(
      model$response, prediction, actual, weights, check_scoring(model),
      tables = FALSE, settled = list(threshold = model$default_threshold)
    ), metric)
  }
  baseline <- value(table)
  sign <- if (measures[[metric]]$higher) -1 else 1
  worse <- vapply(features, function(feature) {
    vapply(seq_len(repeats), function(k) {
      key <- permutation_key - (match(feature, features) - 1) * repeats - k
      order <- row_order(words, key, nrow(table)) + 1L
      sign * (value(with_column(table, feature, order)) - baseline)
    }, 0)
  }, numeric(repeats))
  worse <- matrix(worse, repeats, dimnames = list(NULL, features))
  mean <- colMeans(worse)
  table <- importance_table(features, mean)
  if (repeats > 1) table$sd <- apply(worse, 2, stats::sd)[table$variable]
  structure(table,
    class = c("deeplearning_permutation", "data.frame"), metric = metric,
    baseline = baseline, runs = worse
  )
}

# In place of the epoch in the keys of row orders.
permutation_key <- 2^31 - 1e6

# The table with the values of one column in this order.
with_column <- function(table, name, order) {
  if (is.data.frame(table)) {
    table[[name]] <- rows_of(table[[name]], order)
  } else {
    at <- match(name, colnames(table))
    table[, at] <- table[order, at]
  }
  table
}

# Columns that a model's predictions come from, as they are in the data: what calls of a
# formula use stands for what they make.
explained_features <- function(model, table, features) {
  made <- unlist(lapply(model$derived, `[[`, "columns"))
  used <- unique(c(
    setdiff(model$encoding$predictors, made),
    needed_by(Filter(function(entry) entry$role == "predictor", model$derived))
  ))
  if (is.null(features)) {
    return(used)
  }
  unknown <- setdiff(features, used)
  if (!is.character(features) || length(features) == 0 || length(unknown) > 0) {
    abort_argument(sprintf(
      "`features` must be predictors of the model: %s, not %s.", list_names(used),
      shorten(if (length(unknown) > 0) unknown else features)
    ))
  }
  unique(features)
}

explained_metric <- function(model, metric) {
  task <- task_of(model)
  known <- setdiff(task$stops_on, task$optional)
  metric <- choose_one(metric, c("AUTO", known), "metric")
  if (metric == "AUTO") task$stopping_metric else metric
}

#' @export
plot.deeplearning_permutation <- function(x, most = 10, main = NULL, ...) {
  shown <- utils::head(x, most)
  title <- main %||% sprintf("Permutation importance (%s)", attr(x, "metric"))
  draw_bars(
    data.frame(variable = shown$variable, scaled_importance = shown$relative_importance),
    title, sprintf("Worse by (%s)", attr(x, "metric")),
    under = NULL, xlim = range(0, shown$relative_importance), ...
  )
  invisible(shown)
}
