# Stopping rules and the best model.
library(h2o)
h2o.init()
fr <- as.h2o(iris)
parts <- h2o.splitFrame(fr, 0.7, seed = 1)
m <- h2o.deeplearning(
  1:4, 5, parts[[1]],
  validation_frame = parts[[2]], hidden = c(20, 20), epochs = 1e4,
  stopping_rounds = 3, stopping_metric = "misclassification", stopping_tolerance = 0.01,
  score_each_iteration = TRUE, seed = 1
)
h <- h2o.scoreHistory(m)
stopifnot(max(h$epochs) < 1e4)
timed <- h2o.deeplearning(1:4, 5, fr, epochs = 1e6, max_runtime_secs = 0.5, stopping_rounds = 0)
off <- h2o.deeplearning(
  1:4, 5, fr,
  epochs = 3, hidden = 5, stopping_rounds = 0, classification_stop = -1,
  overwrite_with_best_model = FALSE, score_training_samples = 0
)
