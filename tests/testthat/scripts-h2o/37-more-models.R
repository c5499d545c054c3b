# What is asked of models less often.
library(h2o)
h2o.init()
fr <- as.h2o(transform(mtcars, am = factor(am)))
m <- h2o.deeplearning(c("mpg", "wt"), "am", fr, hidden = 5, epochs = 30, seed = 1)
h2o.loglikelihood(m)
suppressWarnings(h2o.null_deviance(m))
suppressWarnings(h2o.residual_deviance(m))
h2o.gains_lift(m)
m2 <- h2o.deeplearning(c("mpg", "wt"), "am", fr, hidden = 3, epochs = 30, seed = 2)
h2o.model_correlation(list(m, m2), fr)
h2o.model_correlation_heatmap(list(m, m2), fr)
h2o.varimp_heatmap(list(m, m2))
h2o.pd_multi_plot(list(m, m2), fr, "wt")
h2o.shap_summary_plot(m, fr, background_frame = fr[1:5, ])
h2o.shap_explain_row_plot(m, fr, 1, background_frame = fr[1:5, ])
folder <- tempfile()
grid <- h2o.grid(
  "deeplearning",
  grid_id = "g", x = c("mpg", "wt"), y = "am", training_frame = fr, hidden = 2, epochs = 1,
  seed = 1, hyper_params = list(l1 = c(0, 0.1)), recovery_dir = folder
)
h2o.resumeGrid("g", folder)
aml <- h2o.automl(
  c("mpg", "wt"), "am", fr,
  include_algos = "DeepLearning", max_models = 1, nfolds = 0, seed = 1,
  max_runtime_secs_per_model = 1, project_name = "p"
)
h2o.get_automl("p")
