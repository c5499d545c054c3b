# Features of a stack of autoencoders, and a network that starts from one.
library(h2o)
h2o.init()
iris.hex <- as.h2o(iris)
first <- h2o.deeplearning(
  1:4,
  training_frame = iris.hex, autoencoder = TRUE, hidden = 3, activation = "Tanh",
  epochs = 20, seed = 1, model_id = "ae"
)
features <- h2o.deepfeatures(first, iris.hex, layer = 1)
stopifnot(identical(names(features), paste0("DF.L1.C", 1:3)))
second <- h2o.deeplearning(
  names(features),
  training_frame = features, autoencoder = TRUE, hidden = 2, activation = "Tanh",
  epochs = 20, seed = 1
)
deep <- h2o.deepfeatures(second, features, layer = 1)
deep <- h2o.cbind(deep, iris.hex["Species"])
m <- h2o.deeplearning(1:2, 3, deep, hidden = 5, epochs = 50, seed = 1)
h2o.logloss(m)
pre <- h2o.deeplearning(
  1:4, 5, iris.hex,
  hidden = 3, activation = "Tanh", epochs = 10, seed = 1, pretrained_autoencoder = "ae"
)
stopifnot(class(pre) == "H2OMultinomialModel")
supervised <- h2o.deepfeatures(m, deep, layer = 1)
stopifnot(ncol(supervised) == 5)
