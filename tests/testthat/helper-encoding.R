# The inputs that a plan stands for, as a dense matrix: what the core must compute.
expand_rows <- function(inputs, n, width) {
  x <- matrix(0, n, width)
  at <- width - sum(vapply(inputs$plan, function(p) p$kind == "numeric", NA))
  for (i in seq_along(inputs$plan)) {
    plan <- inputs$plan[[i]]
    column <- inputs$columns[[i]]
    if (plan$kind == "codes") {
      input <- plan$map[as.integer(column)]
      input[is.na(column)] <- plan$missing
      hot <- which(input >= 0)
      x[cbind(hot, input[hot] + 1)] <- 1
    } else if (plan$kind == "numeric") {
      at <- at + 1
      value <- as.double(column[plan$from + seq_len(n)])
      value[is.na(value)] <- plan$impute
      x[, at] <- (value - plan$mean) * plan$scale
    } else {
      value <- as.matrix(column)
      for (j in seq_len(ncol(value))) {
        v <- value[, j]
        v[is.na(v)] <- plan$impute[j]
        x[, plan$first + j] <- (v - plan$mean[j]) * plan$scale[j]
      }
    }
  }
  x
}
