#' @include calibrators-record.R
NULL

# Temperature scaling (Guo et al. 2017): softmax(link / temperature), with the temperature
# of the least log loss.

temperature_range <- c(0.01, 100)

temperature_calibrator <- new_calibrator(
  title = "temperature scaling", fewest = 10, each_class = FALSE,
  fit = function(link, actual, weights) {
    list(temperature = best_temperature(link, actual, weights))
  },
  probabilities = function(fitted, link) softmax_rows(link / fitted$temperature),
  is_sound = function(fitted, classes) {
    is_finite_number(fitted$temperature) && fitted$temperature > 0
  },
  describe = function(fitted) {
    paste("temperature", format(fitted$temperature, digits = 4))
  },
  remark = function(fitted) {
    at <- match(fitted$temperature, temperature_range)
    if (!is.na(at)) {
      sprintf(
        "The temperature is at its bound, %s: the model predicts %s of these rows.",
        format_number(fitted$temperature), c("the class of each", "no class")[[at]]
      )
    }
  }
)

# The log loss is convex in 1 / temperature: its slope there, sum(w (E[link] - link of the
# actual class)), has one root at most.
best_temperature <- function(link, actual, weights) {
  rows <- seq_along(actual)
  link <- link - link[cbind(rows, largest_in_rows(link))]
  own <- link[cbind(rows, actual + 1)]
  slope <- function(log_temperature) {
    p <- softmax_rows(link * exp(-log_temperature))
    weighted_mean(rowSums(p * link) - own, weights)
  }
  ends <- log(temperature_range)
  at_ends <- c(slope(ends[[1]]), slope(ends[[2]]))
  if (at_ends[[1]] <= 0) {
    return(temperature_range[[1]])
  }
  if (at_ends[[2]] >= 0) {
    return(temperature_range[[2]])
  }
  found <- exp(stats::uniroot(
    slope, ends,
    f.lower = at_ends[[1]], f.upper = at_ends[[2]], tol = 1e-10
  )$root)
  # A root is found but roughly: rows that 1 suits best keep it.
  loss <- function(temperature) {
    log_loss_of_rows(softmax_rows(link / temperature), actual, weights)
  }
  if (loss(found) < loss(1)) found else 1
}

# As measures have it, whose room is below.
log_loss_of_rows <- function(probability, actual, weights) {
  own <- probability[cbind(seq_along(actual), actual + 1)]
  weighted_mean(-log(pmax(own, 1e-15)), weights)
}
