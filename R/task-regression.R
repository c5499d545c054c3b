#' @include task-record.R
NULL

# Numbers: a prediction in units of the response, through the link of its distribution.
regression_task <- new_task(
  kind = "regression", title = "Regression", problem = "regression",
  fits = function(n_classes) n_classes == 1,
  describe = function(n_outputs) "regression",
  output = "linear", outputs = function(n_classes, inputs) 1L, target = "numbers",
  complete_loss = function(loss, distribution, n_classes) {
    complete_number_loss(loss, distribution)
  },
  core_loss = function(response) response$distribution,
  decode = function(response, link, offset, type, threshold, calibration) {
    decode_number(response, as.vector(link), offset, type)
  },
  average = function(response, links) {
    if (response$link == "identity") mean_of(links) else log_mean_exp(links)
  },
  types = c("response", "link"),
  deviance = function(metrics) metrics$mean_residual_deviance,
  start = function(response, rows, settings) {
    start_of_number(response, rows, settings)
  },
  measure = function(rows, response, arguments, tables, settled) {
    regression_metrics(rows, response$distribution, arguments, settled$huber_delta)
  },
  summary = function(metrics) summary_of_numbers(metrics),
  stops_on = c("deviance", "MSE", "RMSE", "MAE", "RMSLE"),
  history = c("RMSE", "deviance", "MAE", "r2"),
  printed = c("MSE", "RMSE", "MAE", "RMSLE", "deviance", "r2"),
  stopping_metric = "deviance", plotted = "RMSE",
  good_enough = c(regression_stop = "MSE"),
  # A response in small units must not look learned before it is.
  unit = function(actual, weights) {
    variance <- weighted_mean((actual - weighted_mean(actual, weights))^2, weights)
    if (variance > 0) min(1, variance) else 1
  },
  constant = function(response, part, settings) {
    constant_number(response, part$sample, settings)
  },
  offset = TRUE
)

# "Automatic" remains for distributions that have no other loss than their deviance.
complete_number_loss <- function(loss, distribution) {
  to_factor <- paste(
    "is for classification, but the response is numeric.",
    "Make the response a factor to classify."
  )
  if (!loss %in% losses_of(classes = FALSE)) {
    return(list(problem = sprintf("`loss = \"%s\"` %s", loss, to_factor)))
  }
  if (distribution %in% distributions_of(classes = TRUE)) {
    return(list(problem = sprintf("`distribution = \"%s\"` %s", distribution, to_factor)))
  }
  if (distribution == "AUTO") {
    distribution <- distribution_of_loss(loss)
  }
  fitting <- distributions[[distribution]]$loss
  if (!loss %in% c("Automatic", fitting)) {
    fix <- if (fitting == "Automatic") {
      sprintf("Leave out `loss`: %s minimises its own deviance.", distribution)
    } else {
      sprintf("Use `loss = \"%s\"`, or leave out one of them.", fitting)
    }
    return(list(problem = sprintf(
      "`loss = \"%s\"` contradicts `distribution = \"%s\"`. %s", loss, distribution, fix
    )))
  }
  list(distribution = distribution, loss = fitting)
}

constant_number <- function(response, rows, settings) {
  record <- distributions[[response$distribution]]
  actual <- rows$actual
  weights <- rows$weights %||% rep(1, rows$n)
  offset <- rows$offset %||% 0
  prediction <- if (response$link == "identity") {
    offset + record$centre(actual - offset, weights, settings)
  } else {
    exp(offset) * best_factor(response, rows, settings)
  }
  c(deviance = weighted_mean(record$deviance(actual, prediction, settings), weights))
}

# Under a log link an offset o makes the constant c exp(o): its deviance is least where c
# is the mean of y exp(-o), weighted by exp((2 - power) o) besides.
best_factor <- function(response, rows, settings) {
  record <- distributions[[response$distribution]]
  weights <- rows$weights %||% rep(1, rows$n)
  offset <- rows$offset %||% 0
  of_scale <- weights * exp((2 - record$power(settings)) * offset)
  record$centre(rows$actual / exp(offset), of_scale, settings)
}

# The best constant: from 0, under a log link a mean of 1, large responses are far away.
start_of_number <- function(response, rows, settings) {
  if (response$link == "identity") {
    return(0)
  }
  log(max(best_factor(response, rows, settings), 1e-19))
}

distribution_of_loss <- function(loss) {
  if (loss == "Automatic") {
    return("gaussian")
  }
  numbers <- distributions_of(classes = FALSE)
  Find(function(name) distributions[[name]]$loss == loss, numbers)
}

decode_number <- function(response, link, offset, type) {
  value <- link / response$scale + response$mean
  if (!is.null(offset)) {
    value <- value + offset
  }
  if (type == "link" || response$link == "identity") {
    return(value)
  }
  # H2O's cap, so that no prediction is infinite.
  pmin(exp(value), 1e19)
}
