#' @include h2o-frame-columns.R
NULL

#' Arithmetic of frames by H2O's names
#'
#' Each calls R's function of that name on every column, as `log(frame)` does.
#'
#' @param x A frame.
#' @param digits As for [round()].
#' @param axis 0 along the columns, 1 along the rows.
#' @return A frame.
#' @examples
#' h2o.log(as.h2o(iris)["Sepal.Length"])
#' h2o.cumsum(as.h2o(data.frame(a = 1:3)))
#' @name h2o.math
NULL

#' @rdname h2o.math
#' @export
h2o.abs <- function(x) abs(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.acos <- function(x) acos(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.acosh <- function(x) acosh(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.asin <- function(x) asin(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.asinh <- function(x) asinh(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.atan <- function(x) atan(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.atanh <- function(x) atanh(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.ceiling <- function(x) ceiling(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.cos <- function(x) cos(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.cosh <- function(x) cosh(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.digamma <- function(x) digamma(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.exp <- function(x) exp(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.expm1 <- function(x) expm1(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.floor <- function(x) floor(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.gamma <- function(x) gamma(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.lgamma <- function(x) lgamma(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.log <- function(x) log(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.log10 <- function(x) log10(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.log1p <- function(x) log1p(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.log2 <- function(x) log2(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.sign <- function(x) sign(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.sin <- function(x) sin(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.sinh <- function(x) sinh(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.sqrt <- function(x) sqrt(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.tan <- function(x) tan(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.tanh <- function(x) tanh(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.trigamma <- function(x) trigamma(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.trunc <- function(x) trunc(read_h2o_frame(x, "x"))

#' @rdname h2o.math
#' @export
h2o.round <- function(x, digits = 0) {
  round(read_h2o_frame(x, "x"), check_argument(rule_whole(-Inf), "digits", digits))
}

#' @rdname h2o.math
#' @export
h2o.signif <- function(x, digits = 6) {
  signif(read_h2o_frame(x, "x"), check_argument(rule_whole(1), "digits", digits))
}

#' @rdname h2o.math
#' @export
h2o.cumsum <- function(x, axis = 0) along_axis(x, cumsum, axis)

#' @rdname h2o.math
#' @export
h2o.cumprod <- function(x, axis = 0) along_axis(x, cumprod, axis)

#' @rdname h2o.math
#' @export
h2o.cummin <- function(x, axis = 0) along_axis(x, cummin, axis)

#' @rdname h2o.math
#' @export
h2o.cummax <- function(x, axis = 0) along_axis(x, cummax, axis)

# 0 is down the columns, 1 along the rows.
check_axis <- function(axis) check_argument(rule_whole(0, 1), "axis", axis)

# Down the columns, or along the rows.
along_axis <- function(x, fun, axis) {
  x <- read_h2o_frame(x, "x")
  if (check_axis(axis) == 0) {
    return(fun(x))
  }
  rows <- apply(numbers_of_frame(x), 1, fun)
  rows <- matrix(rows, nrow(x), length(x), byrow = TRUE)
  new_frame(stats::setNames(as.data.frame(rows), names(x)))
}

#' @rdname h2o.math
#' @export
h2o.difflag1 <- function(x) {
  map_frame(read_h2o_frame(x, "x"), function(column) {
    values <- number_or_gap(column)
    settle_numbers(values - c(NA, utils::head(values, -1))[seq_along(values)], column)
  })
}

#' @rdname h2o.math
#' @export
h2o.transpose <- function(x) t.H2OFrame(read_h2o_frame(x, "x"))
