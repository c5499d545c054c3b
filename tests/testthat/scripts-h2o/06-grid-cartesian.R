# A search over all combinations and the best of it.
library(h2o)
h2o.init()
iris.hex <- as.h2o(iris)
hyper_params <- list(
  activation = c("Rectifier", "Tanh"), hidden = list(c(5, 5), c(8)), l1 = c(0, 1e-4)
)
grid <- h2o.grid(
  algorithm = "deeplearning", grid_id = "dl_grid", training_frame = iris.hex, x = 1:4,
  y = 5, epochs = 5, seed = 1, hyper_params = hyper_params
)
print(grid)
summary(grid)
stopifnot(length(grid@model_ids) == 8)
sorted <- h2o.getGrid(grid_id = "dl_grid", sort_by = "accuracy", decreasing = TRUE)
sorted@summary_table[1, ]
best <- h2o.getModel(sorted@model_ids[[1]])
print(best@allparameters$hidden)
for (id in unlist(grid@model_ids)) {
  m <- h2o.getModel(id)
  cat(sprintf("%s: %f\n", id, h2o.mse(m)))
}
h2o.getGrid("dl_grid", sort_by = "err", decreasing = FALSE)
