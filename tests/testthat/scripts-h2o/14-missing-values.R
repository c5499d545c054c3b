# Gaps, imputed and left alone.
library(h2o)
h2o.init()
errors <- c()
for (fraction in c(0, 0.1, 0.5)) {
  data <- h2o.uploadFile(locate("smalldata/junit/weather.csv"), destination_frame = "weather.hex")
  parts <- h2o.splitFrame(data, ratios = 0.75, seed = 1)
  train <- parts[[1]]
  test <- parts[[2]]
  if (fraction > 0) h2o.insertMissingValues(train, fraction, seed = 123)
  m <- h2o.deeplearning(
    x = 3:22, y = 24, training_frame = train, validation = test, hidden = c(20, 20),
    epochs = 5, activation = "RectifierWithDropout", input_dropout_ratio = 0.2, l1 = 1e-5,
    train_samples_per_iteration = 0, seed = 12345
  )
  errors <- c(errors, h2o.confusionMatrix(m, valid = TRUE)$Error[3])
}
stopifnot(sum(errors) < 1.5)
air <- as.h2o(airquality)
any(is.na(air["Ozone"]))
fill <- h2o.impute(air, "Ozone", method = "mean")
stopifnot(!any(is.na(air$Ozone)))
air[is.na(air$Solar.R), "Solar.R"] <- 0
stopifnot(sum(is.na(air[, "Solar.R"])) == 0)
