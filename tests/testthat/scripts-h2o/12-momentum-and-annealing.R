# The manual learning rate with all its parts.
library(h2o)
h2o.init()
iris.hex <- as.h2o(iris)
m <- h2o.deeplearning(
  x = 1:4, y = 5, training_frame = iris.hex, adaptive_rate = FALSE, rate = 0.01,
  rate_annealing = 2e-6, rate_decay = 0.9, momentum_start = 0.2, momentum_stable = 0.4,
  momentum_ramp = 1e4, nesterov_accelerated_gradient = FALSE, hidden = c(10, 10),
  l1 = 1e-5, l2 = 1e-5, max_w2 = 10, epochs = 20, seed = 1, mini_batch_size = 4,
  overwrite_with_best_model = FALSE
)
s <- m@model$model_summary
stopifnot(s$momentum[2] >= 0.2, identical(s$type[2], "Rectifier"))
