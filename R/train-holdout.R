# `validation_share`: training rows that are held out to be judged by, of each class its
# share. They take no part in anything that is learned but the classes.

# data: of read_request(); seed: with which the rows were held out before, or NULL
hold_out <- function(data, seed = NULL) {
  share <- data$arguments$validation_share
  if (share == 0) {
    return(data)
  }
  data$arguments$seed <- complete_seed(data$arguments$seed)
  trains <- data$trains %||% seq_len(data$rows)
  n <- length(trains)
  size <- round(share * n)
  # A preset asks for none where there are too few.
  if (size < 1 && "validation_share" %in% attr(data$arguments, "filled")) {
    data$arguments$validation_share <- 0
    return(data)
  }
  if (size < 1 || size >= n) {
    abort_argument(sprintf(
      "`validation_share` = %s of %s leaves none %s.", format(share),
      count_of(n, "row that trains", "rows that train"),
      if (size < 1) "to judge by" else "to train on"
    ))
  }
  y <- pick_rows(data$y, trains)
  data$classes <- data$classes %||% learn_classes(y, data$response)
  groups <- if (!is.null(data$classes)) match(as.character(y), data$classes) - 1L
  held <- choose_scored_rows(
    n, size, seed_words(seed %||% data$arguments$seed), "holdout", groups
  )
  # A class of one row is trained on.
  if (!is.null(groups)) held <- held[(tabulate(groups + 1L) > 1)[groups[held] + 1L]]
  hold_rows(data, trains[held])
}

# The rows `held` become those of validation.
hold_rows <- function(data, held) {
  data$validation <- list(
    frame = as_table(data$columns, data$rows), y = data$y, weights = data$weights,
    offset = data$offset, rows = data$rows, only = held
  )
  data$trains <- setdiff(data$trains %||% seq_len(data$rows), held)
  data
}

holdout_problems <- function(arguments, given) {
  if (arguments$validation_share == 0) {
    return(NULL)
  }
  c(
    if (!is.null(given[["validation_frame"]]) || wants_folds(arguments)) {
      paste(
        "`validation_share` holds rows out where nothing else judges: leave it out, or",
        "`validation_frame` and folds."
      )
    },
    if (arguments$autoencoder) {
      "`validation_share` is not for autoencoders: give a `validation_frame`."
    },
    if (!is.null(arguments$cluster) || !arguments$shards %in% c("auto", 1)) {
      "`validation_share` needs all rows in one place: give a `validation_frame`."
    }
  )
}
