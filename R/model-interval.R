# Intervals and sets of classes that hold a new row's response with a given probability,
# from the scores that conformal() has left in the model.

interval_problems <- function(object, type, interval, calibrated) {
  task <- task_of(object)
  if (length(conformities_of(task$target)) == 0) {
    return(paste("`interval` has no meaning for", task$problem))
  }
  c(
    if (!(rlang::is_bare_numeric(interval, 1) && isTRUE(interval > 0 && interval < 1))) {
      sprintf(
        "`interval` must be one number between 0 and 1 (both excluded), not %s.",
        shorten(interval)
      )
    },
    if (is.null(object$conformal)) {
      paste(
        "`interval` needs scores of rows that did not train, and this model has none:",
        "model <- conformal(model, newdata) with such rows."
      )
    },
    if (type != "response") "`interval` goes with `type = \"response\"` alone.",
    if (identical(calibrated, FALSE)) {
      paste(
        "`calibrated = FALSE` has no meaning together with `interval`, whose scores are",
        "of the probabilities as they were when conformal() was called."
      )
    }
  )
}

# Data frame of fit, lower and upper, or a logical matrix rows x classes.
predict_region <- function(object, newdata, level, threads) {
  conformal <- object$conformal
  record <- conformities[[conformal$score]]
  found <- found_for_region(object, newdata, threads)
  rows <- sum(lengths(conformal$scores))
  rank <- conformal_rank(rows, level)
  if (rank > rows) warn_of_level(rows, level, record$target)
  judges <- if (conformal$method == "cv+") {
    folds_for_region(object, newdata, threads)
  } else {
    list(found)
  }
  region <- record$region(judges, conformal$scores, rank)
  if (record$target == "classes") {
    return(region)
  }
  # Under a log link the response is 0 or more.
  if (object$response$link == "log") region$lower <- pmax(region$lower, 0)
  data.frame(fit = found$fit, lower = region$lower, upper = region$upper)
}

# What a score is of: list(fit, predictions of helpers), or the probabilities.
#   calibrated: models of folds are not, even if their model is
found_for_region <- function(object, newdata, threads, conformal = object$conformal) {
  type <- if (task_of(object)$target == "classes") "prob" else "response"
  found <- decode_outputs(object, network_outputs(object, newdata, threads), type)
  if (type == "prob") {
    return(found)
  }
  helpers <- conformities[[conformal$score]]$helpers
  c(list(fit = found), lapply(conformal$models[helpers], function(model) {
    check_model(model)
    decode_outputs(model, network_outputs(model, newdata, threads))
  }))
}

# The same of the model of each fold. What is to be said of the rows the main model says.
folds_for_region <- function(object, newdata, threads) {
  lapply(unname(object$cross_validation$models), function(model) {
    check_model(model)
    suppressWarnings(
      found_for_region(model, newdata, threads, object$conformal),
      "feedforward_unseen_levels_warning"
    )
  })
}

warn_of_level <- function(rows, level, target) {
  warn_feedforward(
    sprintf(
      "`interval = %s` needs %s or more behind conformal(), which had %s: %s.",
      format(level), count_of(ceiling(level / (1 - level) - 1e-9), "row"),
      format_count(rows), if (target == "classes") {
        "every set holds all classes"
      } else {
        "all intervals are infinite"
      }
    ),
    class = "feedforward_interval_warning"
  )
}
