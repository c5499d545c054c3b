# The demo of delays: types forced, columns chosen, a random part to test on.
library(h2o)
h2o.init(nthreads = -1)
airlines.hex <- h2o.importFile(
  locate("smalldata/airlines/allyears2k_headers.zip"), destination_frame = "allyears2k.hex"
)
airlines.hex$Year <- as.factor(airlines.hex$Year)
airlines.hex$Month <- as.factor(airlines.hex$Month)
airlines.hex$DayOfWeek <- as.factor(airlines.hex$DayOfWeek)
r <- h2o.runif(airlines.hex, seed = 1234)
air.train <- airlines.hex[r < 0.1, ]
air.test <- airlines.hex[r >= 0.1 & r < 0.2, ]
myX <- c("Origin", "Dest", "Year", "UniqueCarrier", "DayOfWeek", "Month", "Distance")
myY <- "IsDepDelayed"
air.model <- h2o.deeplearning(
  x = myX, y = myY, training_frame = air.train, validation_frame = air.test,
  hidden = c(10, 10), epochs = 5, balance_classes = FALSE, loss = "Automatic",
  variable_importances = TRUE, seed = 1
)
h2o.varimp(air.model)[1:5, ]
stopifnot(h2o.auc(air.model, valid = TRUE) > 0.6)
print(h2o.ls())
whole <- h2o.getFrame("allyears2k.hex")
stopifnot(nrow(whole) == 43978)
h2o.levels(whole, "UniqueCarrier")
delays <- h2o.group_by(whole, by = "DayOfWeek", nrow("DayOfWeek"), mean("ArrDelay"))
head(as.data.frame(delays))
