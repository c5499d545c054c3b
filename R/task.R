#' @include measures.R task-autoencoder.R task-binomial.R task-multinomial.R
#' @include task-regression.R
NULL

# The tasks, and what is asked of them by name.
tasks <- list(binomial_task, multinomial_task, regression_task, autoencoder_task)
names(tasks) <- vapply(tasks, `[[`, "", "kind")

# The task of a response of `n_classes` classes, 1 for numbers, 0 for none.
task_for <- function(n_classes) {
  Find(function(task) task$fits(n_classes), tasks)
}

# The task of a model or of a response.
task_of <- function(object) {
  tasks[[object$kind]]
}

# The task of metrics, told by their class.
task_of_metrics <- function(metrics) {
  tasks[[sub("^deeplearning_metrics_", "", class(metrics)[[1]])]]
}

# The task of a model, which anyone may have edited.
is_known_task <- function(kind) {
  is.character(kind) && length(kind) == 1 && kind %in% names(tasks)
}

# Judges predictions against the truth.
#   prediction: what decode_response() gives by default; actual: 0-based class codes, or
#     numbers; NA means unknown and the row is skipped
#   tables: FALSE leaves out whatever the scoring history does not show, because it runs
#     at every scoring
#   settled: list(huber_delta, threshold), both optional, of the training rows: Huber's
#     threshold, in place of the scored rows' own; and the one of a probability, for rows
#     of one class, which have none
compute_metrics <- function(response, prediction, actual, weights = NULL,
                            arguments = list(), description = "",
                            tables = TRUE, settled = list()) {
  rows <- usable_rows(prediction, actual, weights)
  if (rows$nobs == 0) {
    warn_feedforward(
      paste0(
        "The metrics are missing: no row has a response, a prediction and a ",
        "weight above 0. Give data that hold the response."
      ),
      class = "feedforward_metric_warning"
    )
  }
  task <- task_of(response)
  structure(
    c(
      task$measure(rows, response, arguments, tables, settled),
      custom_metric(rows, response, arguments),
      list(
        description = description,
        # Milliseconds since 1970, as H2O writes it.
        scoring_time = floor(as.numeric(Sys.time()) * 1000)
      )
    ),
    class = c(paste0("deeplearning_metrics_", task$kind), "deeplearning_metrics")
  )
}

# list(custom = ...), or by the name of the stopping metric; NULL without a function.
custom_metric <- function(rows, response, arguments) {
  compute <- arguments$custom_metric_func
  if (is.null(compute)) {
    return(NULL)
  }
  actual <- rows$actual
  if (!is.null(response$levels)) actual <- class_factor(response, actual + 1L)
  value <- tryCatch(compute(actual, rows$prediction, rows$weights), error = function(e) {
    abort_argument(paste("`custom_metric_func` stopped:", conditionMessage(e)))
  })
  if (!is.numeric(value) || length(value) != 1 || is.object(value)) {
    abort_argument(sprintf(
      "`custom_metric_func` must return one number, not %s.", shorten(value)
    ))
  }
  stats::setNames(list(as.numeric(value)), custom_name(arguments))
}

custom_name <- function(arguments) {
  if (identical(arguments$stopping_metric, "custom_increasing")) {
    "custom_increasing"
  } else {
    "custom"
  }
}

# Measures of the scoring history.
history_measures <- function(task, arguments) {
  c(task$history, if (!is.null(arguments$custom_metric_func)) custom_name(arguments))
}

# Predictions from the network's outputs.
#   link: matrix, rows x outputs, as network_predict() returns it, without the offset
#   offset: one number per row in link space (units of the response under an identity
#     link), or NULL; threshold: probability from which on the second of two classes is
#     predicted, NULL for 1/2; calibration: of calibrate(), NULL for none
# By type:
#   response: a number per row; of two classes the probability of the second; of more
#     the matrix of "prob"
#   class: a factor with the levels of the response
#   prob: matrix rows x classes
#   link: of numbers the prediction before the inverse link; of classes the activations,
#     rows x classes
decode_response <- function(response, link, offset = NULL, type = "response",
                            threshold = NULL, calibration = NULL) {
  task_of(response)$decode(response, link, offset, type, threshold, calibration)
}

# The outputs that stand for the mean prediction of several networks' outputs.
average_links <- function(response, links) task_of(response)$average(response, links)

mean_of <- function(links) Reduce(`+`, links) / length(links)

# Of logarithms that of the mean.
log_mean_exp <- function(links) {
  most <- do.call(pmax, links)
  most + log(mean_of(lapply(links, function(link) exp(link - most))))
}

# Every type of prediction that some task has.
prediction_types <- unique(unlist(lapply(tasks, `[[`, "types")))

# Why the task cannot be stopped by this metric, or NULL: a metric that is never computed
# would never stop training and never choose a model.
# arguments: completed but for this
stopping_metric_problem <- function(arguments, task) {
  metric <- arguments$stopping_metric
  if (metric %in% c("custom", "custom_increasing")) {
    return(if (is.null(arguments$custom_metric_func)) {
      sprintf("`stopping_metric = \"%s\"` needs `custom_metric_func`.", metric)
    })
  }
  if (metric == "AUTO") {
    return(NULL)
  }
  if (!metric %in% task$stops_on) {
    return(sprintf(
      "`stopping_metric = \"%s\"` is not computed for %s. Use one of %s.",
      metric, task$problem, paste0("\"", c("AUTO", task$stops_on), "\"", collapse = ", ")
    ))
  }
  if (metric %in% task$optional && !arguments$auc_type %in% names(area_averages)) {
    sprintf(
      paste(
        "`stopping_metric = \"%s\"` with more than two classes needs `auc_type`,",
        "for instance \"MACRO_OVR\"."
      ),
      metric
    )
  }
}

# Metrics that some task can be stopped by, in H2O's order.
stopping_metrics <- intersect(
  names(measures), unlist(lapply(tasks, `[[`, "stops_on"))
)
