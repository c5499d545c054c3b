# More than two classes, positions as arguments, hit ratios.
library(h2o)
h2o.init()
iris.hex <- as.h2o(iris)
m <- h2o.deeplearning(1:4, 5, iris.hex, hidden = c(5, 5), epochs = 50, seed = 42)
print(m)
h2o.hit_ratio_table(m)
ratios <- h2o.hit_ratio_table(m, train = TRUE)
stopifnot(ratios[3, 2] == 1)
h2o.logloss(m)
h2o.mean_per_class_error(m)
h2o.confusionMatrix(m)
again <- h2o.getModel(m@model_id)
p1 <- as.data.frame(h2o.predict(m, iris.hex))
p2 <- as.data.frame(predict(again, iris.hex))
stopifnot(identical(p1, p2), is.factor(p1$predict))
err <- m@model$training_metrics@metrics$cm$table$Error
stopifnot(length(err) == 4)
auc <- h2o.deeplearning(
  1:4, 5, iris.hex,
  hidden = 5, epochs = 20, auc_type = "MACRO_OVR", seed = 1
)
h2o.multinomial_auc_table(auc)
h2o.multinomial_aucpr_table(auc)
stopifnot(h2o.auc(auc) > 0.5)
