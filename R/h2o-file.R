#' @include h2o-model.R
NULL

#' Save and load models as H2O's scripts do
#'
#' Files of [save_model()], which any session and any later version of this package reads,
#' and other languages, too.
#'
#' @param object,model A model of [h2o.deeplearning()] or its id.
#' @param path The folder for the file, made if it is not there; by default the working
#'   directory. For `h2o.loadModel()` and `h2o.upload_model()` the file.
#' @param force May a file that is there be replaced?
#' @param export_cross_validation_predictions Not used: what the model kept is saved.
#' @param filename Name of the file, by default the model's id.
#' @return `h2o.saveModel()`, `h2o.download_model()` and `h2o.saveModelDetails()`: the
#'   path of the file; the last writes the table of layers, the metrics and the history in
#'   JSON. `h2o.loadModel()` and `h2o.upload_model()`: the model, found under its id
#'   again.
#' @section Errors:
#' `feedforward_file_error` for a file that is there, or cannot be read or written.
#' @seealso [save_model()]
#' @examples
#' frame <- as.h2o(iris)
#' model <- h2o.deeplearning(1:4, 5, frame, hidden = 5, epochs = 5, seed = 1)
#' path <- h2o.saveModel(model, tempdir(), force = TRUE)
#' same <- h2o.loadModel(path)
#' all.equal(h2o.predict(model, frame), h2o.predict(same, frame))
#' unlink(path)
#' @export
h2o.saveModel <- function(object, path = "", force = FALSE,
                          export_cross_validation_predictions = FALSE, filename = "") {
  native <- native_model(object)
  file <- model_path(native, path, filename)
  if (file.exists(file) && !isTRUE(force)) {
    abort_file(sprintf("%s is there already: `force = TRUE`.", shorten(file)))
  }
  save_model(native, file, overwrite = TRUE)
  file
}

model_path <- function(native, path, filename, extension = "") {
  if (is.null(path) || identical(path, "")) path <- getwd()
  if (!rlang::is_string(path)) {
    abort_argument(sprintf("`path` must be a folder, not %s.", shorten(path)))
  }
  if (!dir.exists(path)) dir.create(path, recursive = TRUE, showWarnings = FALSE)
  name <- if (is.null(filename) || identical(filename, "")) native$model_id else filename
  file.path(
    normalizePath(path, mustWork = FALSE), paste0(gsub("[/\\\\:]", "_", name), extension)
  )
}

#' @rdname h2o.saveModel
#' @export
h2o.loadModel <- function(path) keep_model(wrap_model(load_model(path)))

#' @rdname h2o.saveModel
#' @export
h2o.download_model <- function(model, path = NULL,
                               export_cross_validation_predictions = FALSE,
                               filename = "") {
  h2o.saveModel(model, path %||% "", force = TRUE, filename = filename)
}

#' @rdname h2o.saveModel
#' @export
h2o.upload_model <- function(path) h2o.loadModel(path)

#' @rdname h2o.saveModel
#' @export
h2o.saveModelDetails <- function(object, path = "", force = FALSE, filename = "") {
  model <- wrapped_model(object)
  native <- native_model(model)
  file <- model_path(native, path, filename, ".json")
  if (file.exists(file) && !isTRUE(force)) {
    abort_file(sprintf("%s is there already: `force = TRUE`.", shorten(file)))
  }
  told <- c(
    list(model_id = model@model_id, algorithm = model@algorithm),
    list(parameters = Filter(is.atomic, model@allparameters)),
    list(output = lapply(model@model[setdiff(names(model@model), "help")], plain_part))
  )
  text <- jsonlite::toJSON(told, auto_unbox = TRUE, null = "null", digits = NA)
  write_whole(charToRaw(enc2utf8(text)), file)
  file
}

# Tables and metrics as lists that JSON knows.
plain_part <- function(x) {
  if (is_h2o_metrics(x)) {
    lapply(x@metrics, plain_part)
  } else if (is.data.frame(x)) {
    as.list(bare_table(x))
  } else if (is.list(x)) {
    lapply(x, plain_part)
  } else {
    x
  }
}

bare_table <- function(x) {
  class(x) <- "data.frame"
  x
}
