#' @include conformity-record.R
NULL

# Absolute residuals (Lei et al. 2018): intervals as wide everywhere; of folds CV+ (Barber
# et al. 2021).
absolute_conformity <- new_conformity(
  target = "numbers", title = "absolute residuals", folded = TRUE,
  scores = function(found, actual) abs(actual - found$fit),
  region = function(found, scores, rank) {
    fits <- lapply(found, `[[`, "fit")
    list(
      lower = -ranked_sums(lapply(fits, `-`), scores, rank),
      upper = ranked_sums(fits, scores, rank)
    )
  }
)

# Residuals in units of a spread that a second model predicts (Lei et al. 2018, 5.2); its
# log link keeps it above 0.
normalised_conformity <- new_conformity(
  target = "numbers", title = "residuals divided by their predicted spread",
  helpers = "spread",
  scores = function(found, actual) abs(actual - found$fit) / pmax(found$spread, tiny),
  region = function(found, scores, rank) {
    half <- score_of_rank(scores[[1]], rank) * pmax(found[[1]]$spread, tiny)
    list(lower = found[[1]]$fit - half, upper = found[[1]]$fit + half)
  }
)

# Distances from an interval between two predicted quantiles (Romano et al. 2019).
quantile_conformity <- new_conformity(
  target = "numbers", title = "distances from two predicted quantiles",
  helpers = c("lower", "upper"),
  scores = function(found, actual) pmax(found$lower - actual, actual - found$upper),
  region = function(found, scores, rank) {
    width <- score_of_rank(scores[[1]], rank)
    lower <- found[[1]]$lower - width
    upper <- found[[1]]$upper + width
    # Quantiles that cross leave no number: then their middle.
    crossed <- which(lower > upper)
    lower[crossed] <- upper[crossed] <- (lower[crossed] + upper[crossed]) / 2
    list(lower = lower, upper = upper)
  }
)

# Of each row, the value of this rank among fits[[k]] + scores[[k]] of all folds k: by
# bisection, since the sums of all rows would be too many to sort.
#   fits: per fold, a number per row; scores: per fold, rising
ranked_sums <- function(fits, scores, rank) {
  if (rank > sum(lengths(scores))) {
    return(rep(Inf, length(fits[[1]])))
  }
  if (length(fits) == 1) {
    return(fits[[1]] + scores[[1]][[rank]])
  }
  ends <- function(f, score) {
    do.call(f, Map(function(fit, scores) fit + score(scores), fits, scores))
  }
  low <- ends(pmin, min)
  high <- ends(pmax, max)
  for (step in 1:100) {
    middle <- low + (high - low) / 2
    if (all(middle <= low | middle >= high)) break
    count <- Reduce(`+`, Map(function(fit, scores) {
      findInterval(middle - fit, scores)
    }, fits, scores))
    enough <- count >= rank
    high[enough] <- middle[enough]
    low[!enough] <- middle[!enough]
  }
  high
}
