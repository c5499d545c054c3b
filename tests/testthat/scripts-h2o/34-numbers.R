# Numbers of columns, and columns of numbers.
library(h2o)
h2o.init()
fr <- as.h2o(iris[1:4])
x <- fr$Sepal.Length
for (f in list(
  h2o.mean, h2o.median, h2o.sd, h2o.var, h2o.sum, h2o.min, h2o.max, h2o.prod,
  h2o.skewness, h2o.kurtosis
)) {
  stopifnot(is.numeric(f(x)))
}
stopifnot(h2o.range(x) == range(iris$Sepal.Length))
h2o.cor(fr)
for (f in list(
  h2o.abs, h2o.sqrt, h2o.exp, h2o.expm1, h2o.log, h2o.log10, h2o.log1p, h2o.log2, h2o.floor,
  h2o.ceiling, h2o.trunc, h2o.sign, h2o.sin, h2o.cos, h2o.tan, h2o.sinh, h2o.cosh, h2o.tanh,
  h2o.asinh, h2o.acosh, h2o.atan, h2o.gamma, h2o.lgamma, h2o.digamma, h2o.trigamma,
  h2o.round, h2o.signif, h2o.cumsum, h2o.cumprod, h2o.cummin, h2o.cummax, h2o.difflag1
)) {
  stopifnot(nrow(f(x)) == 150)
}
share <- x / 10
h2o.asin(share)
h2o.acos(share)
h2o.atanh(share)
