# What calibrate() and conformal() have added to a model. Nothing where they were not
# called.
print_trust <- function(model, decimals) {
  calibration <- model$calibration
  if (!is.null(calibration)) {
    record <- calibrators[[calibration$method]]
    cat_wrapped(sprintf(
      "Calibration: %s (%s), learned from %s", record$title,
      record$describe(calibration$fitted), calibration$source
    ))
    print_table(calibration$measures, NULL, decimals)
    cat_wrapped("The metrics above are of training, before calibration.")
    cat("\n")
  }
  conformal <- model$conformal
  if (!is.null(conformal)) {
    cat_wrapped(sprintf(
      "Conformal prediction: %s, %s, scores of %s", conformal$method,
      conformities[[conformal$score]]$title, conformal$source
    ))
    cat("\n")
  }
}
