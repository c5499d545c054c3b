#' What an autoencoder sees in rows
#'
#' An autoencoder (`deeplearning(autoencoder = TRUE)`) repeats its inputs through hidden
#' layers. `anomaly()` says how badly it repeats a row, which tells rows that are unlike
#' those it was trained on; `predict()` gives the row as repeated; `deep_features()` gives
#' what a hidden layer passes on, of any model.
#'
#' Errors are squared differences in the network's units: numbers are centred at the
#' training mean and divided by their range (with `standardize = TRUE`), each level of a
#' factor is 1 or 0. A missing number counts as the mean, a missing or unseen level as the
#' level `missing(NA)`.
#'
#' @param model,object A model from [deeplearning()], for `anomaly()` an autoencoder.
#' @param data,newdata The rows: a data frame or matrix with the columns that the model
#'   was trained on.
#' @param per_feature Errors of each input instead of their mean?
#' @param layer Number of the hidden layer, from 1.
#' @param type `"response"`: numbers in units of the data; for each factor what the
#'   outputs of its levels say as probabilities (negative ones count as 0, their sum is
#'   1). `"link"`: the outputs as they are, in the network's units.
#' @param threads As for [predict.deeplearning()].
#' @param ... Not used; anything given here is an error.
#' @return `anomaly()`: a numeric vector, the mean squared error of each row, or with
#'   `per_feature` a matrix, rows x inputs, with columns `reconstr_<input>.SE`.
#'   `predict()`: a matrix, rows x inputs, with columns `reconstr_<input>`.
#'   `deep_features()`: a matrix, rows x units, with columns `DF.L<layer>.C<unit>`; of a
#'   layer with dropout times the share kept.
#' @section Errors:
#' `feedforward_argument_error` for a model that is no autoencoder, and a layer that there
#' is not; `feedforward_input_error` for rows that do not fit, as in `predict()`.
#' @seealso [deeplearning()]; `pretrained_autoencoder` there.
#' @examples
#' usual <- iris[iris$Species != "virginica", ]
#' model <- deeplearning(
#'   ~ . - Species, usual,
#'   autoencoder = TRUE, activation = "Tanh", hidden = 2, epochs = 100, seed = 1
#' )
#' error <- anomaly(model, iris)
#' tapply(error, iris$Species, median)
#' head(predict(model, iris))
#' plot(deep_features(model, iris), col = iris$Species)
#' @name autoencoder
NULL

#' @rdname autoencoder
#' @export
anomaly <- function(model, data, ...) {
  UseMethod("anomaly")
}

#' @export
anomaly.default <- function(model, data, ...) {
  abort_no_model(model, "model")
}

#' @rdname autoencoder
#' @export
anomaly.deeplearning <- function(model, data, per_feature = FALSE, threads = NULL, ...) {
  check_no_more(..., fun = "anomaly")
  check_model(model)
  if (task_of(model)$target != "inputs") {
    abort_argument(
      "`model` must be an autoencoder: deeplearning(autoencoder = TRUE)."
    )
  }
  need_data(missing(data))
  if (!rlang::is_bool(per_feature)) {
    abort_argument("`per_feature` must be TRUE or FALSE.")
  }
  if (!per_feature) {
    link <- in_words_of("`data`", network_outputs(model, data, threads)$link)
    return(as.vector(link))
  }
  view_rows(model, data, "error", threads, sprintf("reconstr_%s.SE", input_names(model)))
}

#' @rdname autoencoder
#' @export
deep_features <- function(model, data, ...) {
  UseMethod("deep_features")
}

#' @export
deep_features.default <- function(model, data, ...) {
  abort_no_model(model, "model")
}

#' @rdname autoencoder
#' @export
deep_features.deeplearning <- function(model, data, layer = 1, threads = NULL, ...) {
  check_no_more(..., fun = "deep_features")
  check_one_network(model, "deep_features()")
  hidden <- length(model$network$hidden)
  if (!rlang::is_scalar_integerish(layer, finite = TRUE) || layer < 1 || layer > hidden) {
    abort_argument(sprintf(
      "`layer` must be a hidden layer, one whole number from 1 to %d, not %s.", hidden,
      shorten(layer)
    ))
  }
  need_data(missing(data))
  names <- sprintf("DF.L%d.C%d", as.integer(layer), seq_len(model$network$hidden[layer]))
  view_rows(model, data, "layer", threads, names, layer)
}

#' @rdname autoencoder
#' @method predict deeplearning_autoencoder
#' @export
predict.deeplearning_autoencoder <- function(object, newdata,
                                             type = c("response", "link"),
                                             threads = NULL, ...) {
  check_no_more(..., fun = "predict")
  check_model(object)
  type <- choose_one(type, c("response", "link"), "type")
  if (missing(newdata)) {
    abort_argument("`newdata` is missing: give the rows to repeat.")
  }
  values <- view_rows(
    object, newdata, "outputs", threads, paste0("reconstr_", input_names(object))
  )
  if (type == "response") values <- in_data_units(object$encoding, values)
  values
}

#' @rdname performance
#' @method performance deeplearning_autoencoder
#' @export
performance.deeplearning_autoencoder <- function(model, newdata = NULL, train = FALSE,
                                                 valid = FALSE, threads = NULL, ...) {
  check_no_more(..., fun = "performance")
  check_performance(newdata, NULL, list(train, valid), NULL)
  if (is.null(newdata)) {
    return(stored_metrics(model, valid, xval = FALSE))
  }
  check_model(model)
  newdata <- plain_table(newdata, "newdata")
  error <- as.vector(network_outputs(model, newdata, threads)$link)
  compute_metrics(
    model$response, error, numeric(length(error)), new_weights(model, newdata),
    model$arguments
  )
}

need_data <- function(missing) {
  if (missing) abort_argument("`data` is missing: give the rows.")
}

# ---- Views ------------------------------------------------------------------------

input_names <- function(model) {
  model$encoding$input_names
}

# A matrix of what network_view() shows of each row.
view_rows <- function(model, data, what, threads, names, layer = 0) {
  rows <- tell_of_memory({
    data <- add_derived(plain_table(data, "data"), model$derived, what = "data")
    threads <- resolve_threads(threads)
    columns <- in_words_of("`data`", new_columns(model$encoding, data, threads = threads))
    values <- if (nrow(data) == 0) {
      matrix(0, 0, length(names))
    } else {
      network_view(
        encode_rows(model$encoding, columns, nrow(data), threads = threads),
        model$network, model$weights, model$biases, what, layer, threads
      )
    }
    check_outputs(values)
    values
  })
  colnames(rows) <- names
  rows
}

# Numbers as they were measured; the levels of each factor as probabilities.
in_data_units <- function(encoding, values) {
  first <- 0
  for (name in names(encoding$groups)) {
    group <- encoding$groups[[name]]
    units <- encoders[[name]]$units(group)
    sizes <- encoders[[name]]$sizes(group)
    at <- first + seq_len(sum(sizes))
    values[, at] <- encoders[[name]]$repeated(values[, at, drop = FALSE], units, sizes)
    first <- first + sum(sizes)
  }
  values
}
