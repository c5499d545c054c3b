# Dropout in its three forms, and the ratios that belong to it.
library(h2o)
h2o.init()
iris.hex <- as.h2o(iris)
for (activation in c("TanhWithDropout", "RectifierWithDropout", "MaxoutWithDropout")) {
  m <- h2o.deeplearning(
    1:4, "Species", iris.hex,
    activation = activation, input_dropout_ratio = 0.1,
    hidden_dropout_ratios = c(0.2, 0.3), hidden = c(10, 10), epochs = 5, seed = 1
  )
  stopifnot(m@model$model_summary$dropout[2:3] == c(20, 30))
}
