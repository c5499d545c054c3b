# Heartbeats that do not repeat.
library(h2o)
h2o.init()
train <- h2o.importFile(locate("smalldata/anomaly/ecg_discord_train.csv"), header = FALSE)
test <- h2o.importFile(locate("smalldata/anomaly/ecg_discord_test.csv"), header = FALSE)
model <- h2o.deeplearning(
  x = names(train), training_frame = train, activation = "Tanh", autoencoder = TRUE,
  hidden = c(50), l1 = 1e-4, epochs = 100, seed = 1
)
error <- h2o.anomaly(model, test)
error <- as.data.frame(error)
stopifnot(nrow(error) == 23, names(error) == "Reconstruction.MSE")
worst <- order(error$Reconstruction.MSE, decreasing = TRUE)[1:3]
stopifnot(setequal(worst, 21:23))
recon <- h2o.predict(model, test)
per <- h2o.anomaly(model, test, per_feature = TRUE)
stopifnot(ncol(per) == ncol(test), ncol(recon) == ncol(test))
plot(sort(error$Reconstruction.MSE), main = "Reconstruction Error")
