#' @include calibrators-record.R
NULL

# Platt scaling (Platt 1999): a logistic regression on the log odds of each class.

platt_calibrator <- new_calibrator(
  title = "Platt scaling", fewest = 10, each_class = TRUE,
  fit = function(link, actual, weights) {
    odds <- log_odds_rows(link)
    curves <- vapply(curve_classes(ncol(link)), function(k) {
      platt_curve(odds[, k], actual == k - 1, weights)
    }, c(intercept = 0, slope = 0))
    list(intercept = unname(curves[1, ]), slope = unname(curves[2, ]))
  },
  probabilities = function(fitted, link) {
    odds <- log_odds_rows(link)[, curve_classes(ncol(link)), drop = FALSE]
    odds <- sweep(sweep(odds, 2, fitted$slope, `*`), 2, fitted$intercept, `+`)
    # Of many classes all may be next to 0.
    join_curves(pmax(stats::plogis(odds), tiny))
  },
  is_sound = function(fitted, classes) {
    curves <- length(curve_classes(classes))
    all(vapply(fitted[c("intercept", "slope")], function(x) {
      is.double(x) && length(x) == curves && all(is.finite(x))
    }, NA))
  },
  describe = function(fitted) {
    if (length(fitted$slope) > 1) {
      return(sprintf("%d classes, each against the rest", length(fitted$slope)))
    }
    sprintf(
      "intercept %s, slope %s", format(fitted$intercept, digits = 4),
      format(fitted$slope, digits = 4)
    )
  },
  remark = function(fitted) {
    if (any(fitted$slope < 0)) {
      paste(
        "A slope is below 0: in these rows the class is rarer where the model finds it",
        "more probable."
      )
    }
  }
)

# c(intercept, slope) of Platt's regression, whose targets stay off 0 and 1 as if there
# were one row more of either kind; so it exists for classes that the log odds part, too.
# Newton's method with halved steps (Lin, Lin and Weng 2007).
platt_curve <- function(odds, positive, weights) {
  weights <- as_counts(weights)
  found <- sum(weights[positive])
  others <- sum(weights[!positive])
  target <- ifelse(positive, (found + 1) / (found + 2), 1 / (others + 2))
  centre <- weighted_mean(odds, weights)
  width <- sqrt(weighted_mean((odds - centre)^2, weights))
  if (width <= 1e-10 * (1 + abs(centre))) {
    return(c(stats::qlogis(weighted_mean(target, weights)), 0))
  }
  x <- cbind(1, (odds - centre) / width)
  # -log(1 - p) = eta - log(p), which does not overflow.
  loss <- function(beta) {
    eta <- as.vector(x %*% beta)
    sum(weights * ((1 - target) * eta - stats::plogis(eta, log.p = TRUE)))
  }
  beta <- c(0, 0)
  value <- loss(beta)
  for (step in 1:100) {
    p <- stats::plogis(as.vector(x %*% beta))
    gradient <- crossprod(x, weights * (p - target))
    curvature <- crossprod(x, weights * p * (1 - p) * x)
    # Where every p is 0 or 1 there is no curvature to divide by.
    diag(curvature) <- diag(curvature) + 1e-12 * sum(weights)
    move <- as.vector(solve(curvature, gradient))
    size <- 1
    while (size > 1e-10 && !isTRUE(loss(beta - size * move) <= value)) size <- size / 2
    if (size <= 1e-10) break
    beta <- beta - size * move
    value <- loss(beta)
    if (max(abs(size * move)) < 1e-12 * (1 + max(abs(beta)))) break
  }
  c(beta[[1]] - beta[[2]] * centre / width, beta[[2]] / width)
}
