# Going on by id, after the cluster was emptied and the model loaded again.
library(h2o)
h2o.init()
iris.hex <- as.h2o(iris)
m1 <- h2o.deeplearning(
  x = 1:4, y = 5, training_frame = iris.hex, hidden = 5, epochs = 10, seed = 1,
  model_id = "first_ten"
)
path <- h2o.saveModel(m1, path = tempdir(), force = TRUE)
h2o.removeAll()
m1 <- h2o.loadModel(path)
iris.hex <- as.h2o(iris)
m2 <- h2o.deeplearning(
  x = 1:4, y = 5, training_frame = iris.hex, hidden = 5, epochs = 20, seed = 1,
  checkpoint = m1@model_id
)
epochs <- m2@model$scoring_history$epochs
stopifnot(epochs[length(epochs)] == 20)
m3 <- h2o.deeplearning(
  x = 1:4, y = 5, training_frame = iris.hex, hidden = 5, epochs = 30, seed = 1,
  checkpoint = "first_ten"
)
stopifnot(inherits(try(h2o.deeplearning(
  x = 1:4, y = 5, training_frame = iris.hex, hidden = c(5, 5), epochs = 30,
  checkpoint = "first_ten"
), silent = TRUE), "try-error"))
