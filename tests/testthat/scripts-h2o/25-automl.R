# The networks of the plan.
library(h2o)
h2o.init()
fr <- as.h2o(iris)
aml <- h2o.automl(
  x = 1:4, y = 5, training_frame = fr, max_models = 2, seed = 1, nfolds = 0,
  include_algos = c("DeepLearning"), max_runtime_secs_per_model = 1
)
print(aml@leaderboard)
leader <- aml@leader
h2o.predict(leader, fr)
h2o.get_leaderboard(aml)
h2o.get_best_model(aml)
