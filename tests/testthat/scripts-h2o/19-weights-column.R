# Weights of rows, which are no predictors.
library(h2o)
h2o.init()
data <- transform(mtcars, am = factor(am))
data$weight <- rep(1:2, 16)
fr <- as.h2o(data)
m <- h2o.deeplearning(
  x = c("mpg", "wt", "weight"), y = "am", training_frame = fr, weights_column = "weight",
  hidden = 5, epochs = 20, seed = 1
)
stopifnot(!"weight" %in% m@parameters$x)
weighted <- h2o.performance(m, fr)
repeated <- h2o.performance(m, h2o.rbind(fr, fr[fr$weight == 2, ])[, colnames(fr) != "weight"])
stopifnot(abs(h2o.logloss(weighted) - h2o.logloss(repeated)) < 1e-6)
