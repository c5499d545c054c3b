# The distributions of a response, one record each: which loss, link and range go with
# it, and its deviance. The losses that the network minimises are the core's
# (src/core/formulas/loss.h), on its own scale.

#   loss: the value of `loss` that goes with it; "Automatic" where it has none of its own
#     and minimises its deviance
#   classes: how many it can tell apart, 0 where the response is a number
#   link: "identity", "log" or "softmax"
#   range: list(needed: in words, inside: function(values)), NULL for all numbers
#   deviance: function(actual, prediction, settings), the unit deviance of each row on
#     the response's scale, without weights; zero where the two agree. settings:
#     list(quantile_alpha, tweedie_power, huber_delta), as far as it is used
distribution <- function(loss, link = "identity", range = NULL, deviance = NULL,
                         classes = 0) {
  list(loss = loss, classes = classes, link = link, range = range, deviance = deviance)
}

from_zero <- list(needed = "of 0 or more", inside = function(values) values >= 0)
above_zero <- list(needed = "above 0", inside = function(values) values > 0)

# H2O's bounds, which keep a deviance finite at the edge of a distribution's range.
floored_log <- function(x) {
  pmax(log(x), -19)
}

capped_exp <- function(x) {
  pmin(exp(x), 1e19)
}

distributions <- list(
  bernoulli = distribution("CrossEntropy", link = "softmax", classes = 2),
  multinomial = distribution("CrossEntropy", link = "softmax", classes = Inf),
  gaussian = distribution("Quadratic", deviance = function(actual, prediction, settings) {
    (actual - prediction)^2
  }),
  # y ln(y / f) tends to 0 with y.
  poisson = distribution(
    "Automatic",
    link = "log", range = from_zero,
    deviance = function(actual, prediction, settings) {
      log_ratio <- ifelse(actual == 0, 0, floored_log(actual / prediction))
      2 * (actual * log_ratio - (actual - prediction))
    }
  ),
  # Infinite where the response is 0 and the prediction is not.
  gamma = distribution(
    "Automatic",
    link = "log", range = above_zero,
    deviance = function(actual, prediction, settings) {
      ratio <- ifelse(actual == 0 & prediction == 0, 1, actual / prediction)
      2 * (floored_log(1 / ratio) + ratio - 1)
    }
  ),
  tweedie = distribution(
    "Automatic",
    link = "log", range = from_zero,
    deviance = function(actual, prediction, settings) {
      p <- settings$tweedie_power
      log_prediction <- floored_log(prediction)
      2 * (
        actual^(2 - p) / ((1 - p) * (2 - p)) -
          actual * capped_exp(log_prediction * (1 - p)) / (1 - p) +
          capped_exp(log_prediction * (2 - p)) / (2 - p)
      )
    }
  ),
  laplace = distribution("Absolute", deviance = function(actual, prediction, settings) {
    abs(actual - prediction)
  }),
  quantile = distribution("Quantile", deviance = function(actual, prediction, settings) {
    residual <- actual - prediction
    alpha <- settings$quantile_alpha
    ifelse(residual > 0, alpha * residual, (alpha - 1) * residual)
  }),
  huber = distribution("Huber", deviance = function(actual, prediction, settings) {
    error <- abs(actual - prediction)
    delta <- settings$huber_delta
    ifelse(error <= delta, error^2, (2 * error - delta) * delta)
  })
)

# Names of those for classes, or of those for numbers.
distributions_of <- function(classes) {
  names(Filter(function(record) (record$classes > 0) == classes, distributions))
}

# The `loss` values that some distribution of classes, or of numbers, goes with. A
# squared error of probabilities is a loss of classes, too.
losses_of <- function(classes) {
  losses <- vapply(distributions[distributions_of(classes)], `[[`, "", "loss")
  c("Automatic", setdiff(unique(losses), "Automatic"), if (classes) "Quadratic")
}

# Does the threshold of this distribution's loss follow the residuals?
has_moving_threshold <- function(name) {
  identical(name, "huber")
}

# Why a response of these values cannot have the distribution, or NULL.
range_of_response_problem <- function(values, name, distribution) {
  range <- distributions[[distribution]]$range
  outside <- if (!is.null(range)) sum(!range$inside(values)) else 0
  if (outside == 0) {
    return(NULL)
  }
  sprintf(
    paste(
      "`distribution = \"%s\"` needs a response %s, but %s has %s that %s not",
      "(smallest: %s)."
    ),
    distribution, range$needed, quote_name(name), count_of(outside, "value"),
    if (outside == 1) "is" else "are", format_number(min(values))
  )
}
