# A random search with limits, and values that cannot be.
library(h2o)
h2o.init()
prostate <- as.h2o(transform(mtcars, am = factor(am)))
grid <- h2o.grid(
  "deeplearning",
  grid_id = "random", x = c("mpg", "wt", "hp"), y = "am", training_frame = prostate,
  hidden = 5, epochs = 3,
  hyper_params = list(
    rate = c(0.01, 0.02), input_dropout_ratio = c(0, 0.1, 0.2), l2 = c(0, 1e-3, 1e-2)
  ),
  search_criteria = list(
    strategy = "RandomDiscrete", max_models = 4, seed = 123, max_runtime_secs = 60,
    stopping_rounds = 5, stopping_tolerance = 1e-2
  )
)
stopifnot(length(grid@model_ids) <= 4)
bad <- h2o.grid(
  "deeplearning",
  x = c("mpg", "wt"), y = "am", training_frame = prostate, hidden = 2, epochs = 1,
  hyper_params = list(activation = c("Tanh", "Foo"))
)
stopifnot(length(bad@model_ids) == 1, length(bad@failed_params) == 1)
folder <- tempfile()
file <- h2o.saveGrid(folder, "random")
h2o.removeAll()
back <- h2o.loadGrid(file)
stopifnot(setequal(unlist(back@model_ids), unlist(grid@model_ids)))
