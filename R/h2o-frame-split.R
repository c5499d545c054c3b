#' @include h2o-frame.R
NULL

#' Random parts and folds
#'
#' Rows go to parts by a uniform draw each, as in H2O: the sizes are about what was asked
#' for. A seed repeats them and leaves R's generator as it was; -1 draws one from it, so
#' that `set.seed()` repeats them, too. The draws of `h2o.splitFrame()`, `h2o.runif()`,
#' `h2o.kfold_column()` and `h2o.stratified_kfold_column()` are those of H2O of the same
#' seed, to the bit; those of the others are R's.
#'
#' @param data,x,y A frame; `y` a column of classes.
#' @param ratios Shares of the parts but the last, together below 1.
#' @param destination_frames Ids of the parts.
#' @param seed A number, -1 for R's own generator.
#' @param nfolds Number of folds.
#' @param test_frac Share of the rows called "test".
#' @return `h2o.splitFrame()`: a list of frames; `h2o.runif()`: a frame with the column
#'   `rnd`; the others: a frame with a column of folds, from 0, or of "train" and "test".
#' @examples
#' frame <- as.h2o(iris)
#' parts <- h2o.splitFrame(frame, ratios = c(0.6, 0.2), seed = 1)
#' sapply(parts, nrow)
#' train <- frame[h2o.runif(frame, seed = 1) < 0.8, ]
#' h2o.table(h2o.kfold_column(frame, nfolds = 3, seed = 1))
#' @export
h2o.splitFrame <- function(data, ratios = 0.75, destination_frames, seed = -1) {
  data <- read_h2o_frame(data)
  shares <- unlist(ratios)
  fine <- is.numeric(shares) && length(shares) > 0 && !anyNA(shares) &&
    all(shares > 0) && sum(shares) < 1
  if (!fine) {
    abort_argument(sprintf(
      "`ratios` must be positive shares with a sum below 1, not %s.", shorten(ratios)
    ))
  }
  # A draw on the bound belongs to the part below.
  draws <- h2o_uniform(h2o_seed(seed), nrow(data))
  part <- findInterval(draws, cumsum(shares), left.open = TRUE) + 1L
  ids <- if (!missing(destination_frames)) unlist(destination_frames)
  lapply(seq_len(length(shares) + 1), function(k) {
    id <- if (k <= length(ids)) ids[[k]] else ""
    register_frame(frame_subset(data, which(part == k), NULL), id)
  })
}

# The words of a seed; for -1 one of R's generator.
h2o_seed <- function(seed) {
  one <- apply_rule(rule_seed(), "seed", seed)
  if (!is.null(one$problem)) {
    abort_argument(one$problem)
  }
  chosen <- !identical(as.character(one$value), "-1")
  seed_words(if (chosen) one$value else floor(stats::runif(1) * 2^53))
}

# Draws of R's generators as they are by default, whichever the session has; a seed leaves
# the session's as it was.
with_h2o_seed <- function(seed, code) {
  words <- h2o_seed(seed)
  keep_seed({
    set.seed(sum(words %% 2^30) %% 2^31, "Mersenne-Twister", "Inversion", "Rejection")
    code
  })
}

#' @rdname h2o.splitFrame
#' @export
h2o.runif <- function(x, seed = -1) {
  new_frame(list(rnd = h2o_uniform(h2o_seed(seed), nrow(read_h2o_frame(x, "x")))))
}

#' @rdname h2o.splitFrame
#' @export
h2o.kfold_column <- function(data, nfolds, seed = -1) {
  n <- nrow(read_h2o_frame(data))
  new_frame(list(C1 = h2o_folds(h2o_seed(seed), n, check_folds(nfolds), NULL)))
}

check_folds <- function(nfolds) {
  if (!is_bare_number(nfolds) || nfolds < 2 || nfolds %% 1 != 0 || nfolds > 1e6) {
    abort_argument(sprintf(
      "`nfolds` must be a whole number of at least 2, not %s.", shorten(nfolds)
    ))
  }
  as.integer(nfolds)
}

#' @rdname h2o.splitFrame
#' @export
h2o.modulo_kfold_column <- function(data, nfolds) {
  n <- nrow(read_h2o_frame(data))
  new_frame(list(C1 = rep_len(seq_len(check_folds(nfolds)) - 1L, n)))
}

#' @rdname h2o.splitFrame
#' @export
h2o.stratified_kfold_column <- function(y, nfolds, seed = -1) {
  classes <- only_column(read_h2o_frame(y, "y"))
  if (!is.factor(classes)) classes <- factor_of(classes)
  code <- as.integer(classes) - 1L
  code[is.na(code)] <- -1L
  new_frame(list(
    C1 = h2o_folds(h2o_seed(seed), length(code), check_folds(nfolds), code)
  ))
}

#' @rdname h2o.splitFrame
#' @export
h2o.stratified_split <- function(y, test_frac = 0.2, seed = -1) {
  classes <- as.character(only_column(read_h2o_frame(y, "y")))
  part <- rep("train", length(classes))
  with_h2o_seed(seed, for (class in unique(classes)) {
    rows <- which(classes == class)
    part[rows[sample.int(length(rows), round(test_frac * length(rows)))]] <- "test"
  })
  new_frame(list(test_train_split = factor(part, c("test", "train"))))
}
