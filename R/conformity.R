#' @include conformity-numbers.R conformity-classes.R
NULL

# By the names that conformal() has for them. The first of a target is its default.
conformities <- list(
  absolute = absolute_conformity, normalised = normalised_conformity,
  quantile = quantile_conformity, aps = aps_conformity, lac = lac_conformity
)

conformities_of <- function(target) {
  names(Filter(function(record) record$target == target, conformities))
}

# Could conformal() have made it? Models may be edited.
is_conformal <- function(conformal, target) {
  is.list(conformal) && is_one_of(conformal$score, conformities_of(target)) &&
    is.list(conformal$scores) && length(conformal$scores) > 0 &&
    all(vapply(conformal$scores, function(scores) {
      is.double(scores) && !anyNA(scores) && !is.unsorted(scores)
    }, NA)) &&
    all(vapply(conformities[[conformal$score]]$helpers, function(name) {
      inherits(conformal$models[[name]], "deeplearning")
    }, NA))
}
