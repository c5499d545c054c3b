# Two spirals, points of a grid, checkpoints and a plot of what was learned.
library(h2o)
h2o.init()
spiral <- h2o.importFile(locate("smalldata/junit/two_spiral.csv"))
names(spiral)
y <- ncol(spiral)
spiral[, y] <- as.factor(spiral[, y])
grid <- as.h2o(expand.grid(seq(-6, 6, length.out = 20), seq(-6, 6, length.out = 20)))
names(grid) <- names(spiral)[-y]
plot_it <- function(model) {
  p <- as.data.frame(h2o.predict(model, grid))
  image(matrix(as.integer(p$predict), 20))
}
m1 <- h2o.deeplearning(1:2, y, spiral, hidden = c(20, 20), epochs = 10, seed = 1, model_id = "s1")
plot_it(m1)
m2 <- h2o.deeplearning(
  1:2, y, spiral,
  hidden = c(20, 20), epochs = 20, seed = 1, checkpoint = "s1", model_id = "s2"
)
plot_it(m2)
