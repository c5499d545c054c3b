# Weights out, weights in.
library(h2o)
h2o.init()
iris.hex <- as.h2o(iris)
m <- h2o.deeplearning(
  1:4, 5, iris.hex,
  hidden = c(10, 10), export_weights_and_biases = TRUE, epochs = 5, seed = 1,
  reproducible = TRUE
)
w1 <- h2o.weights(m, matrix_id = 1)
w2 <- h2o.weights(m, matrix_id = 2)
w3 <- h2o.weights(m, matrix_id = 3)
b1 <- h2o.biases(m, vector_id = 1)
b2 <- h2o.biases(m, vector_id = 2)
b3 <- h2o.biases(m, vector_id = 3)
stopifnot(dim(w1) == c(10, 4), dim(w2) == c(10, 10), dim(w3) == c(3, 10), dim(b3) == c(3, 1))
same <- h2o.deeplearning(
  1:4, 5, iris.hex,
  hidden = c(10, 10), initial_weights = c(w1, w2, w3), initial_biases = c(b1, b2, b3),
  epochs = 0
)
d <- max(abs(h2o.predict(m, iris.hex)$setosa - h2o.predict(same, iris.hex)$setosa))
stopifnot(d < 1e-6)
part <- h2o.deeplearning(
  1:4, 5, iris.hex,
  hidden = c(10, 10), initial_weights = list(w1, NULL, w3),
  initial_biases = list(b1, b2, NULL), epochs = 1
)
none <- h2o.deeplearning(
  1:4, 5, iris.hex,
  hidden = numeric(), export_weights_and_biases = TRUE, epochs = 10
)
stopifnot(dim(h2o.weights(none, 1)) == c(3, 4))
