# A model for each species.
library(h2o)
h2o.init()
fr <- as.h2o(iris)
models <- h2o.train_segments(
  algorithm = "deeplearning", segment_columns = "Species", y = "Petal.Width",
  training_frame = fr, hidden = 3, epochs = 5, seed = 1
)
table <- as.data.frame(models)
stopifnot(nrow(table) == 3, table$status == "SUCCEEDED")
h2o.getModel(table$model[1])
