# The same seed, the same model; the wrapper that passes arguments on.
library(h2o)
h2o.init()
fr <- as.h2o(iris)
run <- function(..., seed = 1) {
  h2o.deeplearning(x = 1:4, y = 5, training_frame = fr, hidden = 5, epochs = 3, seed = seed, ...)
}
a <- run(reproducible = TRUE)
b <- run(reproducible = TRUE)
c3 <- run(reproducible = TRUE, seed = 2)
pa <- as.data.frame(h2o.predict(a, fr))
pb <- as.data.frame(h2o.predict(b, fr))
pc <- as.data.frame(h2o.predict(c3, fr))
stopifnot(identical(pa, pb), !identical(pa, pc))
models <- c()
models <- c(models, a)
models <- c(models, b)
stopifnot(length(models) == 2, models[[1]]@model_id == a@model_id)
stopifnot(inherits(try(run(checkpoint = "none"), silent = TRUE), "try-error"))
