# Folds of each kind, and what they leave.
library(h2o)
h2o.init()
prostate <- h2o.importFile(locate("smalldata/logreg/prostate.csv"))
prostate$CAPSULE <- as.factor(prostate$CAPSULE)
fit <- h2o.deeplearning(
  x = 3:9, y = 2, training_frame = prostate, nfolds = 3, fold_assignment = "Stratified",
  keep_cross_validation_predictions = TRUE, keep_cross_validation_fold_assignment = TRUE,
  hidden = 5, epochs = 5, seed = 1
)
h2o.auc(fit, xval = TRUE)
h2o.performance(fit, xval = TRUE)
fit@model$cross_validation_metrics_summary
fit@model$cross_validation_metrics_summary["auc", "mean"]
models <- h2o.cross_validation_models(fit)
stopifnot(length(models) == 3)
sapply(models, h2o.auc, valid = TRUE)
preds <- h2o.cross_validation_predictions(fit)
stopifnot(length(preds) == 3)
held <- h2o.cross_validation_holdout_predictions(fit)
stopifnot(nrow(held) == nrow(prostate))
table(as.data.frame(h2o.cross_validation_fold_assignment(fit)))
id <- fit@model$cross_validation_holdout_predictions_frame_id$name
same <- h2o.getFrame(id)
stopifnot(identical(as.data.frame(same), as.data.frame(held)))
first <- h2o.getModel(fit@model$cross_validation_models[[1]]$name)
h2o.auc(first, valid = TRUE)
prostate$fold <- h2o.kfold_column(prostate, nfolds = 4, seed = 1)
by_column <- h2o.deeplearning(
  x = 3:9, y = "CAPSULE", training_frame = prostate, fold_column = "fold", hidden = 5,
  epochs = 2, seed = 1
)
stopifnot(by_column@parameters$fold_column$column_name == "fold")
