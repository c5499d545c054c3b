# Numbers to predict, with a validation frame and all their metrics.
library(h2o)
h2o.init()
cars <- h2o.importFile(locate("smalldata/junit/cars.csv"))
dim(cars)
predictors <- c("displacement (cc)", "power (hp)", "weight (lb)", "0-60 mph (s)", "year")
response <- "economy (mpg)"
cars.split <- h2o.splitFrame(data = cars, ratios = 0.8, seed = 1234)
train <- cars.split[[1]]
valid <- cars.split[[2]]
m <- h2o.deeplearning(
  x = predictors, y = response, training_frame = train, validation_frame = valid,
  hidden = c(20, 20), epochs = 30, distribution = "AUTO", loss = "Quadratic", seed = 1234
)
h2o.mse(m, valid = TRUE)
h2o.rmse(m, train = TRUE, valid = TRUE)
h2o.mae(m)
h2o.rmsle(m)
h2o.r2(m, train = TRUE, valid = TRUE)
h2o.mean_residual_deviance(m)
stopifnot(h2o.r2(m) > 0.5, is.null(suppressWarnings(h2o.auc(m))))
p <- h2o.predict(m, valid)
stopifnot(names(p) == "predict")
known <- valid[!is.na(valid[[response]]), ]
mse <- mean((known[[response]] - h2o.predict(m, known)$predict)^2)
stopifnot(abs(mse - h2o.mse(h2o.performance(m, valid))) < 1e-8)
