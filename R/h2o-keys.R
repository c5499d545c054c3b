#' What lives under an id
#'
#' Frames, models and grids are kept under their ids: in this session, or in the folder of
#' the store that [h2o.init()] names, where other sessions find them, too.
#'
#' Ids that models know of what belongs to them (predictions of folds, weights of a layer)
#' are found as well, as long as the model is there.
#'
#' @param id,model_id,ids An id; `ids` may be several, frames, or models.
#' @param data A frame.
#' @param key The id to give it.
#' @param cascade Not used: nothing depends on what is removed.
#' @param timeout_secs Not used.
#' @param retained_elements Ids, frames or models to keep.
#' @param x,object A frame or a model.
#' @param linkToGC Not used.
#' @return `h2o.ls()`: a data frame with the column `key`. `h2o.getFrame()`: a frame;
#'   `h2o.getModel()`: a model; `h2o.assign()`: the frame with its new id;
#'   `h2o.list_models()`: ids of models; `h2o.getId()`, `h2o.keyof()`: an id.
#' @section Errors:
#' `feedforward_input_error` if nothing has the id.
#' @examples
#' frame <- as.h2o(iris, "iris.hex")
#' h2o.ls()
#' dim(h2o.getFrame("iris.hex"))
#' h2o.rm("iris.hex")
#' @export
h2o.ls <- function() {
  ids <- store_list()$id
  data.frame(key = ids)
}

#' @rdname h2o.ls
#' @export
h2o.list_models <- function() {
  all <- store_list()
  all$id[all$kind == "model"]
}

#' @rdname h2o.ls
#' @export
h2o.getFrame <- function(id, linkToGC = FALSE) frame_of_id(id)

frame_of_id <- function(id) {
  check_id(id)
  found <- store_get(id) %||% frame_of_model(id)
  if (!is_frame(found)) {
    abort_no_id(id, "frame", found)
  }
  found
}

#' @rdname h2o.ls
#' @export
h2o.getModel <- function(model_id) {
  if (methods::is(model_id, "H2OModel")) {
    return(model_id)
  }
  check_id(model_id, "model_id")
  found <- store_get(model_id) %||% model_of_model(model_id)
  if (!methods::is(found, "H2OModel")) {
    abort_no_id(model_id, "model", found)
  }
  found
}

abort_no_id <- function(id, kind, found) {
  all <- store_list()$id
  abort_input(paste0(
    "There is no ", kind, " with the id ", quote_name(id), ".",
    if (!is.null(found)) " Something else has this id." else did_you_mean(id, all),
    if (length(all) == 0) " The registry is empty: see ?h2o.ls."
  ))
}

#' @rdname h2o.ls
#' @export
h2o.assign <- function(data, key) {
  data <- read_h2o_frame(data)
  register_frame(new_frame(data), check_id(key, "key"))
}

#' @rdname h2o.ls
#' @export
h2o.rm <- function(ids, cascade = TRUE) {
  store_remove(ids_of(ids))
  invisible()
}

#' @rdname h2o.ls
#' @export
h2o.removeAll <- function(timeout_secs = 0, retained_elements = c()) {
  store_remove(setdiff(store_list()$id, ids_of(retained_elements)))
  invisible()
}

# Ids of ids, frames, models, and of lists of them.
ids_of <- function(x) {
  if (is_frame(x) || isS4(x)) {
    return(h2o.keyof(x))
  }
  if (is.null(x) || is.character(x)) {
    return(x)
  }
  if (is.data.frame(x) && "key" %in% names(x)) {
    return(as.character(x$key))
  }
  if (is.list(x)) {
    return(unlist(lapply(x, ids_of)))
  }
  abort_argument(sprintf("`ids` must be ids, frames or models, not %s.", shorten(x)))
}

#' @rdname h2o.ls
#' @export
h2o.keyof <- function(object) {
  if (is_frame(object)) {
    return(frame_id(object))
  }
  for (slot in c("model_id", "grid_id", "project_name", "segment_models_id")) {
    if (isS4(object) && methods::.hasSlot(object, slot)) {
      return(methods::slot(object, slot))
    }
  }
  abort_argument(sprintf(
    "`object` must be a frame, a model or a grid, not %s.", shorten(object)
  ))
}

#' @rdname h2o.ls
#' @export
h2o.getId <- function(x) h2o.keyof(x)
