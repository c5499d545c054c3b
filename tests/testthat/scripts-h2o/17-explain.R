# Pictures of one network.
library(h2o)
h2o.init()
cars <- as.h2o(mtcars)
m <- h2o.deeplearning(
  c("wt", "hp", "qsec"), "mpg", cars,
  validation_frame = cars, hidden = 5, epochs = 20, seed = 1
)
curve <- h2o.learning_curve_plot(m)
stopifnot(inherits(curve, "ggplot"))
h2o.pd_plot(m, cars, column = "wt")
h2o.ice_plot(m, cars, column = "wt")
h2o.residual_analysis_plot(m, cars)
explanation <- h2o.explain(m, cars)
names(explanation)
h2o.explain_row(m, cars, row_index = 1)
# Several networks side by side.
second <- h2o.deeplearning(
  c("wt", "hp", "qsec"), "mpg", cars,
  hidden = 3, epochs = 20, seed = 2
)
h2o.pd_multi_plot(list(m, second), cars, column = "wt")
front <- h2o.pareto_front(list(m, second), cars, x_metric = "mae", y_metric = "rmse")
plot(front)
print(front@pareto_front)
