# Rare classes, raised.
library(h2o)
h2o.init()
covtype <- h2o.importFile(locate("smalldata/covtype/covtype.20k.data"))
response <- ncol(covtype)
covtype[, response] <- as.factor(covtype[, response])
fr <- covtype[1:2000, ]
for (balance in c(FALSE, TRUE)) {
  m <- h2o.deeplearning(
    x = 1:54, y = response, training_frame = fr, balance_classes = balance, l1 = 1e-5,
    hidden = 20, epochs = 1, seed = 12345, reproducible = TRUE
  )
  print(h2o.confusionMatrix(m, fr))
}
sampled <- h2o.deeplearning(
  1:54, response, fr,
  balance_classes = TRUE, class_sampling_factors = rep(1, h2o.nlevels(fr[, response])),
  max_after_balance_size = 2, hidden = 5, epochs = 1, seed = 1
)
