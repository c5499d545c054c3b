#' @include calibrators-temperature.R calibrators-platt.R calibrators-isotonic.R
NULL

# The ways to calibrate, by the names that calibrate() has for them.
calibrators <- list(
  temperature = temperature_calibrator, platt = platt_calibrator,
  isotonic = isotonic_calibrator
)

# Matrix, rows x classes. calibration: of a model, or NULL for the probabilities as the
# network has them.
calibrated_rows <- function(calibration, link) {
  if (is.null(calibration)) {
    return(softmax_rows(link))
  }
  calibrators[[calibration$method]]$probabilities(calibration$fitted, link)
}

# Could calibrate() have made it? Models may be edited.
is_calibration <- function(calibration, classes) {
  is.list(calibration) && classes > 1 && is.list(calibration$fitted) &&
    is_one_of(calibration$method, names(calibrators)) &&
    isTRUE(calibrators[[calibration$method]]$is_sound(calibration$fitted, classes))
}
