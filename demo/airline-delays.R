# Which flights from Houston leave late? Trains a network on 50,000 flights, judges it
# on rows it has not seen, and draws what it learned.
#
#   make demo                                         from the source repository
#   demo("airline-delays", package = "feedforward")   from R
#
# These are the eight predictors of H2O's airline examples, with one exchanged: the
# data are of one year only, so `Year` has nothing to say, and the scheduled time of
# departure stands in its place. `DepDelay` must stay out: the response is made of it.

library(feedforward)

section <- function(title) {
  cat("\n", title, "\n", strrep("-", nchar(title)), "\n", sep = "")
}

predictors <- c(
  "Origin", "Dest", "UniqueCarrier", "DayOfWeek", "Month", "Distance", "FlightNum",
  "CRSDepTime"
)

# Three rows in four train, the others judge.
set.seed(2011)
training <- runif(nrow(airline_delays)) < 0.75
train <- airline_delays[training, ]
valid <- airline_delays[!training, ]

section("Data")
cat(
  nrow(train), " flights to train on, ", nrow(valid), " to judge by; ",
  round(100 * mean(valid$IsDepDelayed == "YES"), 1), " % of the latter left late\n",
  sep = ""
)

section("Training")
model <- deeplearning(
  x = predictors,
  y = "IsDepDelayed",
  training_frame = train,
  validation_frame = valid,
  hidden = c(50, 50),
  epochs = 10,
  seed = 1,
  progress = TRUE
)
cat(sprintf(
  "%s: %.1f epochs in %.1f seconds\n",
  model$status, model$epochs_trained, model$run_time / 1000
))

section("Scoring history")
history <- score_history(model)
shown <- c("epochs", "samples", "training_logloss", "validation_logloss", "validation_auc")
print(history[-1, shown], digits = 4, row.names = FALSE)

section("Metrics on the validation rows")
metrics <- performance(model, valid = TRUE)
print(metrics)

section("Importance of the predictors")
importance <- varimp(model, by = "predictor")
print(importance, digits = 3, row.names = FALSE)

section("Beside a logistic regression")
logistic <- glm(reformulate(predictors, "IsDepDelayed"), binomial, train)
# Origin and destination all but settle the distance, so some of the coefficients
# cannot be told apart. That does the predictions no harm, and R's warning is left out.
score <- suppressWarnings(predict(logistic, valid))
# The AUC is the share of pairs, one flight late and one not, that are ranked rightly.
late <- valid$IsDepDelayed == "YES"
pairs <- sum(late) * sum(!late)
logistic_auc <- (sum(rank(score)[late]) - sum(late) * (sum(late) + 1) / 2) / pairs
cat(sprintf("AUC of the network %.4f, of glm() %.4f\n", metrics$AUC, logistic_auc))

section("Picture")
picture <- file.path("demo-output", "airline-delays.png")
dir.create("demo-output", showWarnings = FALSE)
png(picture, width = 1800, height = 620, res = 130)
par(mfrow = c(1, 3), mar = c(4.2, 4.2, 2.5, 1))
plot(model)
plot(model, what = "roc")
plot(model, what = "importance", by = "predictor")
invisible(dev.off())
cat("Scoring history, ROC curves and importances:", normalizePath(picture), "\n")
