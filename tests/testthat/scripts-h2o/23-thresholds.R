# Metrics along the threshold.
library(h2o)
h2o.init()
fr <- as.h2o(transform(mtcars, am = factor(am)))
m <- h2o.deeplearning(c("mpg", "hp"), "am", fr, hidden = 5, epochs = 30, seed = 1)
perf <- h2o.performance(m, fr)
head(h2o.F1(perf))
head(h2o.metric(perf))
t <- h2o.find_threshold_by_max_metric(perf, "f1")
h2o.find_row_by_threshold(perf, t)
for (f in list(
  h2o.F1, h2o.F2, h2o.F0point5, h2o.accuracy, h2o.error, h2o.precision, h2o.recall,
  h2o.sensitivity, h2o.specificity, h2o.tpr, h2o.fpr, h2o.tnr, h2o.fnr, h2o.fallout,
  h2o.missrate, h2o.mcc, h2o.maxPerClassError, h2o.mean_per_class_accuracy
)) {
  stopifnot(is.numeric(f(perf, t)[[1]]))
}
best <- perf@metrics$max_criteria_and_metric_scores[1, 4]
perf@metrics$thresholds_and_metric_scores$accuracy[best + 1]
h2o.gainsLift(m, fr)
h2o.gainsLift(perf)
h2o.kolmogorov_smirnov(perf)
p <- h2o.predict(m, fr)
old <- h2o.reset_threshold(m, 0.3)
h2o.make_metrics(p$p1, fr$am)
h2o.aic(m)
h2o.pr_auc(perf)
plot(perf, type = "pr")
