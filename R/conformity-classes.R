#' @include conformity-record.R
NULL

# A set holds the classes whose scores are below those of enough rows; of folds each class
# is compared in its row's own (Romano et al. 2020, CV+).
set_of_scores <- function(scores_of_all) {
  function(found, scores, rank) {
    below <- Reduce(`+`, Map(function(p, scores) {
      score <- scores_of_all(p)
      count <- findInterval(score, scores, left.open = TRUE)
      matrix(count, nrow(score), dimnames = dimnames(score))
    }, found, scores))
    below < rank
  }
}

new_set_conformity <- function(title, scores_of_all) {
  new_conformity(
    target = "classes", title = title, folded = TRUE,
    scores = function(found, actual) {
      scores_of_all(found)[cbind(seq_along(actual), actual + 1)]
    },
    region = set_of_scores(scores_of_all)
  )
}

# The probability of the classes that are more probable (adaptive prediction sets, Romano
# et al. 2020, with 1 in place of their random number): 0 for the first, so no set is
# empty. In steps of 1e-12, so that the order of a sum decides nothing.
mass_above <- function(p) {
  n <- nrow(p)
  classes <- ncol(p)
  order <- order(rep(seq_len(n), classes), -p)
  sorted <- matrix(p[order], n, classes, byrow = TRUE)
  above <- matrix(0, n, classes)
  sum <- 0
  for (k in seq_len(classes)[-1]) {
    sum <- sum + sorted[, k - 1]
    above[, k] <- ifelse(sorted[, k] == sorted[, k - 1], above[, k - 1], sum)
  }
  mass <- p
  mass[order] <- as.vector(t(above))
  round(mass, 12)
}

aps_conformity <- new_set_conformity("adaptive prediction sets", mass_above)

# One minus the probability: the smallest sets on average (Sadinle et al. 2019).
lac_conformity <- new_set_conformity("least ambiguous sets", function(p) 1 - p)
