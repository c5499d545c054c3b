# The first network of the user guide: two classes, a test part, importance.
library(h2o)
h2o.init(nthreads = -1, max_mem_size = "2g")
prostate <- h2o.importFile(path = locate("smalldata/logreg/prostate.csv"))
prostate$CAPSULE <- as.factor(prostate$CAPSULE)
prostate[, "RACE"] <- as.factor(prostate[, "RACE"])
prostate["DPROS"] <- as.factor(prostate["DPROS"])
summary(prostate)
h2o.describe(prostate)
parts <- h2o.splitFrame(prostate, ratios = c(0.6, 0.2), seed = 1234)
train <- parts[[1]]
valid <- parts[[2]]
test <- parts[[3]]
stopifnot(nrow(train) + nrow(valid) + nrow(test) == 380)
fit <- h2o.deeplearning(
  x = c("AGE", "RACE", "DPROS", "PSA", "VOL", "GLEASON"), y = "CAPSULE",
  training_frame = train, validation_frame = valid, hidden = c(10, 10), epochs = 20,
  seed = 1234, variable_importances = TRUE
)
print(fit)
summary(fit)
perf <- h2o.performance(fit, newdata = test)
print(perf)
h2o.auc(perf)
h2o.auc(fit, train = TRUE, valid = TRUE)
h2o.giniCoef(fit)
h2o.aucpr(fit)
h2o.confusionMatrix(fit, test)
h2o.confusionMatrix(perf)
pred <- h2o.predict(fit, newdata = test)
head(pred)
tail(pred)
stopifnot(identical(names(pred), c("predict", "p0", "p1")), nrow(pred) == nrow(test))
accuracy <- mean(pred$predict == test$CAPSULE)
stopifnot(accuracy > 0.5)
h2o.varimp(fit)
h2o.varimp_plot(fit)
h2o.scoreHistory(fit)
plot(fit)
plot(perf, type = "roc")
h2o.shutdown(prompt = FALSE)
