#' @include h2o-thresholds.R
NULL

# One function for each metric of the table of thresholds.

#' @rdname h2o.confusionMatrix
#' @export
h2o.F1 <- function(object, thresholds) {
  h2o.metric(object, thresholds, "f1")
}

#' @rdname h2o.confusionMatrix
#' @export
h2o.F2 <- function(object, thresholds) {
  h2o.metric(object, thresholds, "f2")
}

#' @rdname h2o.confusionMatrix
#' @export
h2o.F0point5 <- function(object, thresholds) {
  h2o.metric(object, thresholds, "f0point5")
}

#' @rdname h2o.confusionMatrix
#' @export
h2o.accuracy <- function(object, thresholds) {
  h2o.metric(object, thresholds, "accuracy")
}

#' @rdname h2o.confusionMatrix
#' @export
h2o.error <- function(object, thresholds) {
  h2o.metric(object, thresholds, "accuracy", function(x) 1 - x)
}

#' @rdname h2o.confusionMatrix
#' @export
h2o.precision <- function(object, thresholds) {
  h2o.metric(object, thresholds, "precision")
}

#' @rdname h2o.confusionMatrix
#' @export
h2o.recall <- function(object, thresholds) {
  h2o.metric(object, thresholds, "recall")
}

#' @rdname h2o.confusionMatrix
#' @export
h2o.sensitivity <- function(object, thresholds) {
  h2o.metric(object, thresholds, "recall")
}

#' @rdname h2o.confusionMatrix
#' @export
h2o.specificity <- function(object, thresholds) {
  h2o.metric(object, thresholds, "specificity")
}

#' @rdname h2o.confusionMatrix
#' @export
h2o.tpr <- function(object, thresholds) {
  h2o.metric(object, thresholds, "tpr")
}

#' @rdname h2o.confusionMatrix
#' @export
h2o.fpr <- function(object, thresholds) {
  h2o.metric(object, thresholds, "fpr")
}

#' @rdname h2o.confusionMatrix
#' @export
h2o.tnr <- function(object, thresholds) {
  h2o.metric(object, thresholds, "tnr")
}

#' @rdname h2o.confusionMatrix
#' @export
h2o.fnr <- function(object, thresholds) {
  h2o.metric(object, thresholds, "fnr")
}

#' @rdname h2o.confusionMatrix
#' @export
h2o.fallout <- function(object, thresholds) {
  h2o.metric(object, thresholds, "fpr")
}

#' @rdname h2o.confusionMatrix
#' @export
h2o.missrate <- function(object, thresholds) {
  h2o.metric(object, thresholds, "fnr")
}

#' @rdname h2o.confusionMatrix
#' @export
h2o.mcc <- function(object, thresholds) {
  h2o.metric(object, thresholds, "absolute_mcc")
}

#' @rdname h2o.confusionMatrix
#' @export
h2o.maxPerClassError <- function(object, thresholds) {
  h2o.metric(object, thresholds, "min_per_class_accuracy", function(x) 1 - x)
}

#' @rdname h2o.confusionMatrix
#' @export
h2o.mean_per_class_accuracy <- function(object, thresholds) {
  h2o.metric(object, thresholds, "mean_per_class_accuracy")
}
