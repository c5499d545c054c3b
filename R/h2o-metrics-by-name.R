#' @include h2o-metrics.R
NULL

#' Metrics of a model by name
#'
#' One metric of a model, of the rows it was trained on, or of metrics that
#' [h2o.performance()] has computed.
#'
#' @param object A model of [h2o.deeplearning()], its id, or metrics.
#' @param train,valid,xval Which rows of a model: training, validation, held out in
#'   cross-validation. With none of them the training rows.
#' @return A number; a vector named by the rows if several are asked for; a table for
#'   `h2o.hit_ratio_table()` and the multinomial tables. `NULL` where there is no such
#'   metric, with a warning for models. `h2o.aic()` and `h2o.loglikelihood()` are `NaN`,
#'   as for H2O's networks; areas under curves of more than two classes are, too, unless
#'   `auc_type` asks for them.
#' @seealso [h2o.performance()], [performance()]
#' @examples
#' frame <- as.h2o(iris)
#' model <- h2o.deeplearning(1:4, 5, frame,
#'   validation_frame = frame, hidden = 5, epochs = 5, seed = 1
#' )
#' h2o.logloss(model, train = TRUE, valid = TRUE)
#' h2o.hit_ratio_table(h2o.performance(model, frame))
#' @name h2o.metrics
NULL

#' @rdname h2o.metrics
#' @export
h2o.mse <- function(object, train = FALSE, valid = FALSE, xval = FALSE) {
  read_metric(object, "mse", train, valid, xval)
}

#' @rdname h2o.metrics
#' @export
h2o.rmse <- function(object, train = FALSE, valid = FALSE, xval = FALSE) {
  read_metric(object, "rmse", train, valid, xval)
}

#' @rdname h2o.metrics
#' @export
h2o.mae <- function(object, train = FALSE, valid = FALSE, xval = FALSE) {
  read_metric(object, "mae", train, valid, xval)
}

#' @rdname h2o.metrics
#' @export
h2o.rmsle <- function(object, train = FALSE, valid = FALSE, xval = FALSE) {
  read_metric(object, "rmsle", train, valid, xval)
}

#' @rdname h2o.metrics
#' @export
h2o.r2 <- function(object, train = FALSE, valid = FALSE, xval = FALSE) {
  read_metric(object, "r2", train, valid, xval)
}

#' @rdname h2o.metrics
#' @export
h2o.logloss <- function(object, train = FALSE, valid = FALSE, xval = FALSE) {
  read_metric(object, "logloss", train, valid, xval)
}

#' @rdname h2o.metrics
#' @export
h2o.auc <- function(object, train = FALSE, valid = FALSE, xval = FALSE) {
  read_metric(object, "auc", train, valid, xval)
}

#' @rdname h2o.metrics
#' @export
h2o.aucpr <- function(object, train = FALSE, valid = FALSE, xval = FALSE) {
  read_metric(object, "aucpr", train, valid, xval)
}

#' @rdname h2o.metrics
#' @export
h2o.pr_auc <- function(object, train = FALSE, valid = FALSE, xval = FALSE) {
  read_metric(object, "aucpr", train, valid, xval)
}

#' @rdname h2o.metrics
#' @export
h2o.giniCoef <- function(object, train = FALSE, valid = FALSE, xval = FALSE) {
  read_metric(object, "gini", train, valid, xval)
}

#' @rdname h2o.metrics
#' @export
h2o.mean_residual_deviance <- function(object, train = FALSE, valid = FALSE,
                                       xval = FALSE) {
  read_metric(object, "deviance", train, valid, xval)
}

#' @rdname h2o.metrics
#' @export
h2o.mean_per_class_error <- function(object, train = FALSE, valid = FALSE, xval = FALSE) {
  read_metric(object, "class_error", train, valid, xval)
}

#' @rdname h2o.metrics
#' @export
h2o.aic <- function(object, train = FALSE, valid = FALSE, xval = FALSE) {
  read_metric(object, "aic", train, valid, xval)
}

#' @rdname h2o.metrics
#' @export
h2o.loglikelihood <- function(object, train = FALSE, valid = FALSE, xval = FALSE) {
  read_metric(object, "loglikelihood", train, valid, xval)
}

#' @rdname h2o.metrics
#' @export
h2o.null_deviance <- function(object, train = FALSE, valid = FALSE, xval = FALSE) {
  read_metric(object, "null_deviance", train, valid, xval)
}

#' @rdname h2o.metrics
#' @export
h2o.residual_deviance <- function(object, train = FALSE, valid = FALSE, xval = FALSE) {
  read_metric(object, "residual_deviance", train, valid, xval)
}

#' @rdname h2o.metrics
#' @export
h2o.hit_ratio_table <- function(object, train = FALSE, valid = FALSE, xval = FALSE) {
  read_metric(object, "hit_ratio", train, valid, xval)
}

#' @rdname h2o.metrics
#' @export
h2o.multinomial_auc_table <- function(object, train = FALSE, valid = FALSE,
                                      xval = FALSE) {
  read_metric(object, "auc_table", train, valid, xval)
}

#' @rdname h2o.metrics
#' @export
h2o.multinomial_aucpr_table <- function(object, train = FALSE, valid = FALSE,
                                        xval = FALSE) {
  read_metric(object, "aucpr_table", train, valid, xval)
}
