#' feedforward: deep learning on tables
#'
#' Multilayer feedforward networks for data frames. [deeplearning()] trains,
#' [predict()][predict.deeplearning] and [performance()] judge, and a fitted model
#' is a plain list. Start with `vignette("feedforward")`.
#'
#' @section Options:
#' * `feedforward.threads`: how many threads to use where `threads` is not given. It
#'   changes speed and nothing else.
#' * `feedforward.kernels`: `"auto"` (the default), or the name of one of the sets of
#'   compiled kernels: `"avx512"`, `"avx2"`, `"baseline"`. The first two give the same
#'   bits; the last agrees with them to rounding.
#' * `feedforward.store`: a folder in which the drop-in layer keeps frames, models and
#'   grids for several sessions; see [h2o.init()].
#'
#' @keywords internal
#' @useDynLib feedforward, .registration = TRUE
#' @importFrom Rcpp evalCpp
#' @importFrom RcppParallel RcppParallelLibs
#' @importFrom rlang .data %||%
#' @importFrom utils head tail str
#' @importFrom stats median quantile na.omit
#' @importFrom stats coef deviance family fitted formula logLik nobs predict residuals
#' @importFrom stats terms update weights
"_PACKAGE"
