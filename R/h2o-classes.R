#' @include words-conditions.R
NULL

# What scripts written for H2O look into: models, their metrics and grids are S4 objects
# with its slots, tables a class on top of data.frame. All of it is computed from a
# model of deeplearning(), which travels along as an attribute (h2o-model.R).

#' Classes of the drop-in layer
#'
#' What [h2o.deeplearning()], [h2o.performance()], [h2o.grid()] and [h2o.init()] return
#' has the classes and slots that scripts written for H2O read. See the vignette
#' `coming-from-h2o` for what each of them holds.
#'
#' @slot model_id,grid_id Character: the id under which [h2o.getModel()] or
#'   [h2o.getGrid()] finds it.
#' @slot algorithm Character: `"deeplearning"`.
#' @slot parameters List: arguments that differ from their defaults, and `x` and `y`.
#' @slot allparameters List: all arguments, as they were used.
#' @slot params List of `actual`, `default` and `input`.
#' @slot have_pojo,have_mojo `FALSE`: models need no Java.
#' @slot model List of what training gave: `training_metrics`, `scoring_history`,
#'   `variable_importances` and so on.
#' @slot on_train,on_valid,on_xval Flags: which rows the metrics are of.
#' @slot metrics List of numbers and tables.
#' @slot model_ids List of ids, best first.
#' @slot hyper_names List of the names of the arguments that were varied.
#' @slot failed_params,failure_details,failure_stack_traces,failed_raw_params What is
#'   known of combinations that failed.
#' @slot summary_table Table with a row for each model.
#' @slot ip,port,name,proxy,https,cacert,insecure,username,password
#'   What a connection to a server would hold; nothing here uses it.
#' @slot use_spnego,cookies,context_path,mutable
#'   The same.
#' @slot segment_models_id,leader,leaderboard,event_log,modeling_steps
#'   Of [h2o.train_segments()] and [h2o.automl()].
#' @slot training_info,project_name,preprocessing
#'   The same.
#' @examples
#' frame <- as.h2o(iris)
#' model <- h2o.deeplearning(1:4, 5, frame, hidden = 5, epochs = 5, seed = 1)
#' model@model$training_metrics@metrics$logloss
#' model@allparameters$hidden
#' @name H2OModel-class
NULL

#' @rdname H2OModel-class
#' @exportClass H2OModel
setClass("H2OModel", slots = c(
  model_id = "character", algorithm = "character", parameters = "list",
  allparameters = "list", params = "list", have_pojo = "logical",
  have_mojo = "logical", model = "list"
), contains = "VIRTUAL")

#' @rdname H2OModel-class
#' @exportClass H2OBinomialModel
setClass("H2OBinomialModel", contains = "H2OModel")

#' @rdname H2OModel-class
#' @exportClass H2OMultinomialModel
setClass("H2OMultinomialModel", contains = "H2OModel")

#' @rdname H2OModel-class
#' @exportClass H2ORegressionModel
setClass("H2ORegressionModel", contains = "H2OModel")

#' @rdname H2OModel-class
#' @exportClass H2OAutoEncoderModel
setClass("H2OAutoEncoderModel", contains = "H2OModel")

#' @rdname H2OModel-class
#' @exportClass H2OModelMetrics
setClass("H2OModelMetrics", slots = c(
  algorithm = "character", on_train = "logical", on_valid = "logical",
  on_xval = "logical", metrics = "list"
), contains = "VIRTUAL")

#' @rdname H2OModel-class
#' @exportClass H2OBinomialMetrics
setClass("H2OBinomialMetrics", contains = "H2OModelMetrics")

#' @rdname H2OModel-class
#' @exportClass H2OMultinomialMetrics
setClass("H2OMultinomialMetrics", contains = "H2OModelMetrics")

#' @rdname H2OModel-class
#' @exportClass H2ORegressionMetrics
setClass("H2ORegressionMetrics", contains = "H2OModelMetrics")

#' @rdname H2OModel-class
#' @exportClass H2OAutoEncoderMetrics
setClass("H2OAutoEncoderMetrics", contains = "H2OModelMetrics")

setOldClass(c("H2OTable", "data.frame"))
setClassUnion("H2OTableOrNULL", c("H2OTable", "NULL"))

#' @rdname H2OModel-class
#' @exportClass H2OGrid
setClass("H2OGrid", slots = c(
  grid_id = "character", model_ids = "list", hyper_names = "list",
  failed_params = "list", failure_details = "list", failure_stack_traces = "list",
  failed_raw_params = "list", summary_table = "H2OTableOrNULL"
))

#' @rdname H2OModel-class
#' @exportClass H2OSegmentModels
setClass("H2OSegmentModels", slots = c(segment_models_id = "character"))

#' @rdname H2OModel-class
#' @exportClass H2OAutoML
setClass("H2OAutoML", slots = c(
  project_name = "character", leader = "ANY", leaderboard = "ANY", event_log = "ANY",
  modeling_steps = "list", training_info = "list", preprocessing = "list"
))

#' @rdname H2OModel-class
#' @exportClass H2OConnection
setClass("H2OConnection", slots = c(
  ip = "character", port = "numeric", name = "character", proxy = "character",
  https = "logical", cacert = "character", insecure = "logical", username = "character",
  password = "character", use_spnego = "logical", cookies = "character",
  context_path = "character", mutable = "ANY"
))

# A table of H2O's.
#   formats: of printf, one for each column; "%s" shows text as it is
h2o_table <- function(data, header, formats = NULL, description = "") {
  if (is.null(data)) {
    return(NULL)
  }
  structure(data,
    class = c("H2OTable", "data.frame"), header = header,
    formats = formats %||% table_formats(data), description = description
  )
}

table_formats <- function(data) {
  vapply(unname(as.list(data)), function(column) {
    if (is.integer(column)) "%d" else if (is.numeric(column)) "%.6f" else "%s"
  }, "")
}

#' Print a table as H2O does
#'
#' A line with the table's name and description, then its rows; of more than 20 the first
#' five and the last six. Columns that are empty are left out.
#'
#' @param x Of [h2o.varimp()], [h2o.scoreHistory()] and the like.
#' @param header Show the first line?
#' @param ... Not used.
#' @return `x`, invisibly.
#' @examples
#' frame <- as.h2o(iris)
#' model <- h2o.deeplearning(1:4, 5, frame, hidden = 5, epochs = 5, seed = 1)
#' print(h2o.varimp(model))
#' @export
print.H2OTable <- function(x, header = TRUE, ...) {
  title <- attr(x, "header")
  if (isTRUE(header) && length(title) == 1 && nzchar(title)) {
    cat(title, ": ", attr(x, "description"), "\n", sep = "")
  }
  empty <- vapply(unclass(x), function(column) all(is.na(column)), NA)
  shown <- format_table(x)[!empty]
  if (nrow(x) > 20) {
    print(utils::head(shown, 5))
    cat("\n---\n")
    print(utils::tail(shown, 6))
  } else {
    print(shown)
  }
  invisible(x)
}

# The table as text, in a data frame. A format belongs to its column, by place: where
# columns were taken out, all are formatted by their type.
format_table <- function(x) {
  formats <- attr(x, "formats")
  if (length(formats) != length(x)) formats <- table_formats(x)
  columns <- unclass(x)
  text <- Map(function(column, format) {
    if (!is.numeric(column)) {
      return(if (format == "%s") column else sprintf(format, column))
    }
    if (format == "%d") column <- round(column)
    ifelse(is.na(column), "NA", sprintf(whole_format(format, column), column))
  }, columns, formats)
  structure(text,
    names = names(x), row.names = attr(x, "row.names"), class = "data.frame"
  )
}

# sprintf() takes "%d" for whole numbers only.
whole_format <- function(format, column) {
  if (format == "%d" && !is.integer(column)) "%.0f" else format
}
