# What a way to calibrate is: a map from the network's outputs to the probabilities of the
# classes, learned from rows that did not train.

#   title: its name in print; fewest: rows that it needs; each_class: does it need some of
#     every class?
#   fit: function(link, actual, weights), a list of numbers. link: matrix, rows x classes,
#     whose softmax are the probabilities; actual: codes from 0
#   probabilities: function(fitted, link), matrix rows x classes
#   is_sound: function(fitted, classes), is it what fit() makes? Models may be edited
#   describe: function(fitted), its parameters in words
#   remark: function(fitted), what the user should know, or NULL
new_calibrator <- function(title, fewest, each_class, fit, probabilities, is_sound,
                           describe, remark = function(fitted) NULL) {
  as.list(environment())
}

# Of each class against all others, from link: log(p / (1 - p)) without the cancellation
# in 1 - p. Within 700, where exp() is finite.
log_odds_rows <- function(link) {
  rows <- seq_len(nrow(link))
  top <- cbind(rows, largest_in_rows(link))
  link <- link - link[top]
  mass <- exp(link)
  rest <- rowSums(mass) - mass
  mass[top] <- 0
  rest[top] <- rowSums(mass)
  pmin(pmax(link - log(rest), -700), 700)
}

# The classes that have a curve of their own: of two the second alone.
curve_classes <- function(classes) {
  if (classes == 2) 2L else seq_len(classes)
}

# Weights as counts of rows, of which corrections for small numbers depend: 2 is the row
# twice, but weights that sum to less than the rows there are count as shares of them.
as_counts <- function(weights) {
  weights * max(1, length(weights) / sum(weights))
}

# Matrix, rows x classes, from the curves of one class each: of two classes the rest of
# the second's; of more, they are made to sum to 1 (Zadrozny and Elkan 2002).
join_curves <- function(curves) {
  if (ncol(curves) == 1) {
    return(cbind(1 - curves, curves))
  }
  curves / rowSums(curves)
}
