#' @include h2o-train.R
NULL

#' Train a model for each segment
#'
#' One network for the rows of each combination of values of some columns.
#'
#' @param algorithm `"deeplearning"`.
#' @param segment_columns Names or positions of columns of `training_frame`; they are no
#'   predictors.
#' @param segments A frame of the combinations to train for, by default all there are.
#' @param segment_models_id An id; made up if `NULL`.
#' @param parallelism Not used: each model trains on all threads.
#' @param ... `x`, `y`, `training_frame` and other arguments of [h2o.deeplearning()].
#' @param x An `H2OSegmentModels`.
#' @param row.names,optional Not used.
#' @return `H2OSegmentModels`; `as.data.frame()` gives a row for each segment: its values,
#'   `model` (the id), `status` (SUCCEEDED or FAILED), `errors` and `warnings`.
#' @examples
#' frame <- as.h2o(iris)
#' models <- h2o.train_segments("deeplearning",
#'   segment_columns = "Species", x = 1:3, y = 4, training_frame = frame, hidden = 3,
#'   epochs = 5, seed = 1
#' )
#' as.data.frame(models)
#' @export
h2o.train_segments <- function(algorithm, segment_columns = NULL,
                               segment_models_id = NULL, parallelism = 1, ...,
                               segments = NULL) {
  check_algorithm(algorithm)
  given <- given_dots(...)
  frame <- read_h2o_frame(given[["training_frame"]], "training_frame")
  if (is.null(segment_columns) && !is.null(segments)) segment_columns <- names(segments)
  if (is.null(segment_columns)) {
    abort_argument("`segment_columns` is missing: columns whose values make segments.")
  }
  columns <- names(frame)[column_places(frame, segment_columns)]
  keys <- bare_frame(frame)[columns]
  wanted <- if (is.null(segments)) unique(keys) else bare_frame(segments)[columns]
  wanted <- wanted[do.call(order, unname(as.list(wanted))), , drop = FALSE]
  # By name, as the segment columns are taken out.
  x <- given[["x"]] %||% names(frame)
  given$x <- setdiff(if (is.numeric(x)) names(frame)[x] else x, columns)
  if (is.numeric(given[["y"]])) given$y <- names(frame)[given[["y"]]]
  id <- segment_models_id %||% new_id("segment_models")
  results <- lapply(seq_len(nrow(wanted)), function(k) {
    mine <- Reduce(`&`, Map(function(column, value) {
      as.character(column) == as.character(value)
    }, keys, wanted[k, , drop = FALSE]))
    given$training_frame <- frame[which(mine), ]
    given$model_id <- sprintf("%s_model_%d", id, k)
    train_segment(given)
  })
  rownames(wanted) <- NULL
  told <- do.call(rbind, lapply(results, as.data.frame))
  store_put(id, cbind(wanted, told))
  methods::new("H2OSegmentModels", segment_models_id = id)
}

train_segment <- function(given) {
  warnings <- character()
  model <- tryCatch(
    withCallingHandlers(
      do.call(h2o.deeplearning, given),
      warning = function(w) {
        warnings <<- c(warnings, conditionMessage(w))
        invokeRestart("muffleWarning")
      }
    ),
    error = identity
  )
  failed <- inherits(model, "error")
  list(
    model = given$model_id, status = if (failed) "FAILED" else "SUCCEEDED",
    errors = if (failed) conditionMessage(model) else "",
    warnings = paste(warnings, collapse = "\n")
  )
}

segment_table <- function(models) {
  id <- models@segment_models_id
  table <- store_get(id)
  if (is.null(table)) abort_no_id(id, "set of segment models", table)
  table
}

#' @rdname h2o.train_segments
#' @export
as.data.frame.H2OSegmentModels <- function(x, row.names = NULL, optional = FALSE, ...) {
  segment_table(x)
}

setMethod("show", "H2OSegmentModels", function(object) print(segment_table(object)))
