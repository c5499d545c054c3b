# Counts, amounts and quantiles.
library(h2o)
library(MASS)
h2o.init()
data(Insurance)
class(Insurance$Group) <- "factor"
class(Insurance$Age) <- "factor"
Insurance$loghold <- log(Insurance$Holders)
hdf <- as.h2o(Insurance)
for (distribution in c("poisson", "gamma", "tweedie")) {
  args <- list(
    x = 1:3, y = "Claims", training_frame = hdf, distribution = distribution,
    offset_column = "loghold", hidden = 1, activation = "Tanh", epochs = 50, seed = 1,
    train_samples_per_iteration = -1, stopping_rounds = 0
  )
  if (distribution != "poisson") hdf$Claims <- hdf$Claims + 1e-9
  args$training_frame <- hdf
  m <- do.call(h2o.deeplearning, args)
  p <- h2o.predict(m, hdf)
  stopifnot(min(p) > 0, h2o.mean_residual_deviance(m) > 0)
}
q <- h2o.deeplearning(
  1:3, "Claims", hdf,
  distribution = "quantile", quantile_alpha = 0.8, hidden = 10, epochs = 200, seed = 1
)
below <- mean(hdf$Claims <= h2o.predict(q, hdf)$predict)
stopifnot(below > 0.5)
h <- h2o.deeplearning(
  1:3, "Claims", hdf,
  distribution = "huber", huber_alpha = 0.9, hidden = 10, epochs = 20, seed = 1
)
a <- h2o.deeplearning(1:3, "Claims", hdf, distribution = "laplace", hidden = 10, seed = 1)
