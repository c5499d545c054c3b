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
#   centre: function(values, weights, settings), the one prediction for all that has the
#     least deviance
#   power: function(settings), of a log link: the power of the mean that the variance is
distribution <- function(loss, link = "identity", range = NULL, deviance = NULL,
                         classes = 0, centre = mean_centre, power = NULL) {
  as.list(environment())
}

mean_centre <- function(values, weights, settings) {
  weighted_mean(values, weights)
}

# A mean in which values beyond the threshold weigh as if they lay on it; each round
# comes closer.
huber_centre <- function(values, weights, settings) {
  centre <- weighted_quantile(values, weights, 0.5)
  for (round in 1:20) {
    error <- pmax(abs(values - centre), tiny)
    centre <- weighted_mean(values, weights * pmin(1, settings$huber_delta / error))
  }
  centre
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
    },
    power = function(settings) 1
  ),
  # Infinite where the response is 0 and the prediction is not.
  gamma = distribution(
    "Automatic",
    link = "log", range = above_zero,
    deviance = function(actual, prediction, settings) {
      ratio <- ifelse(actual == 0 & prediction == 0, 1, actual / prediction)
      2 * (floored_log(1 / ratio) + ratio - 1)
    },
    power = function(settings) 2
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
    },
    power = function(settings) settings$tweedie_power
  ),
  laplace = distribution(
    "Absolute",
    deviance = function(actual, prediction, settings) abs(actual - prediction),
    centre = function(values, weights, settings) weighted_quantile(values, weights, 0.5)
  ),
  quantile = distribution(
    "Quantile",
    deviance = function(actual, prediction, settings) {
      residual <- actual - prediction
      alpha <- settings$quantile_alpha
      ifelse(residual > 0, alpha * residual, (alpha - 1) * residual)
    },
    centre = function(values, weights, settings) {
      weighted_quantile(values, weights, settings$quantile_alpha)
    }
  ),
  huber = distribution(
    "Huber",
    deviance = function(actual, prediction, settings) {
      error <- abs(actual - prediction)
      delta <- settings$huber_delta
      ifelse(error <= delta, error^2, (2 * error - delta) * delta)
    },
    centre = huber_centre
  )
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
