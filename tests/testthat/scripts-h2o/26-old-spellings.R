# As the booklets of 2014 and 2015 have it.
library(h2o)
h2o.init()
fr <- as.h2o(iris)
m <- suppressWarnings(h2o.deeplearning(
  x = 1:4, y = 5, training_frame = fr, activation = "TanhWithDropout",
  hidden_dropout_ratio = c(0.1, 0.1), hidden = c(5, 5), epochs = 2, n_folds = 2,
  variable_importance = TRUE, ignore_constant_cols = TRUE, loss = "CrossEntropy",
  max_confusion_matrix_size = 20
))
stopifnot(m@allparameters$nfolds == 2)
q <- suppressWarnings(h2o.deeplearning(
  x = 1:3, y = 4, training_frame = fr, loss = "MeanSquare", hidden = 5, epochs = 1
))
stopifnot(class(q) == "H2ORegressionModel")
