# What a run has reached, written down as it goes: an environment, because an interrupt
# may end the loop anywhere, and what was reached is then still there. Nothing of it
# outlives train_network().

#   samples: rows trained; began_at: those of them before this run; iterations: begun,
#     the last of them after `before` rows, to end after `goal`; status: NULL while the
#     run goes on; stopped_by: the argument that stopped it early, else NULL
#   scored_at: rows trained when last scored, -1 if never; latest: that scoring's metrics
#   values: of the stopping metric, one per scoring
#   kept: the weights to return so far, with their value, metrics and samples
#   huber: its threshold in the network's units, NULL where there is none
#   remarks: named by what measures had to say, the parts that it was said of
#   history: rows of the scoring history, see history_row(); repeated: does its last row
#     repeat that of earlier weights, which are returned?
new_book <- function(plan) {
  book <- new.env(parent = emptyenv())
  book$samples <- 0
  book$began_at <- 0
  book$iterations <- 0L
  book$status <- NULL
  book$stopped_by <- NULL
  book$scored_at <- -1
  book$latest <- NULL
  book$values <- numeric()
  book$kept <- NULL
  book$huber <- NULL
  book$remarks <- list()
  book$repeated <- FALSE
  blank <- list(training = NULL)
  if (!is.null(plan$validation)) {
    blank["validation"] <- list(NULL)
  }
  book$history <- if (!plan$task$starts_scored) {
    list(history_row(
      plan$task, blank, 0, 0L, 0,
      seconds = 0, training = 0, arguments = plan$arguments
    ))
  }
  book
}

epochs_of <- function(book, plan) {
  book$samples / plan$training$n
}
