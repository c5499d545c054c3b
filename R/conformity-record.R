# What a score of conformity is: how far a row's response is from what is predicted of
# it. Of n rows that did not train, the rank ceiling((n + 1) level) of their scores
# bounds that of a new row with a probability of `level` at least (Vovk et al. 2005).

#   target: of the tasks that have it, "numbers" or "classes"
#   title: its name in print
#   helpers: names of further models that it needs, arguments of conformal()
#   folded: can it be of the models of cross-validation, CV+?
#   scores: function(found, actual). found: list(fit, and a vector for each helper), or
#     the matrix of probabilities; actual: numbers, or codes from 0
#   region: function(found, scores, rank), what conforms: list(lower, upper), or a logical
#     matrix rows x classes. found: as above, a list for each fold, or one of a split;
#     scores: the rising scores of each; rank: among all of them, above their number for
#     no bound
new_conformity <- function(target, title, helpers = character(), folded = FALSE, scores,
                           region) {
  as.list(environment())
}

# The score of this rank, Inf beyond the last: the level asks for more rows.
score_of_rank <- function(scores, rank) {
  if (rank > length(scores)) Inf else scores[[rank]]
}

# How many scores are as low as the rank asks: ceiling((n + 1) level), but for rounding.
conformal_rank <- function(n, level) {
  ceiling((n + 1) * level - 1e-9 * (n + 1) * level)
}
