#' @include h2o-frame.R
NULL

#' Random parts and folds
#'
#' Rows go to parts by a uniform draw each, as in H2O: the sizes are about what was asked
#' for. A seed repeats them and leaves R's generator as it was; -1 draws from it, so that
#' `set.seed()` repeats them, too. The draws are R's, not H2O's.
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
  part <- findInterval(uniform_draws(nrow(data), seed), cumsum(shares)) + 1L
  ids <- if (!missing(destination_frames)) unlist(destination_frames)
  lapply(seq_len(length(shares) + 1), function(k) {
    id <- if (k <= length(ids)) ids[[k]] else ""
    register_frame(frame_subset(data, which(part == k), NULL), id)
  })
}

# Of R's generator, which a seed leaves as it was.
with_h2o_seed <- function(seed, code) {
  one <- apply_rule(rule_seed(), "seed", seed)
  if (!is.null(one$problem)) {
    abort_argument(one$problem)
  }
  if (identical(as.character(one$value), "-1")) {
    return(code)
  }
  keep_seed({
    set.seed(sum(seed_words(one$value) %% 2^30) %% 2^31)
    code
  })
}

uniform_draws <- function(n, seed) with_h2o_seed(seed, stats::runif(n))

#' @rdname h2o.splitFrame
#' @export
h2o.runif <- function(x, seed = -1) {
  new_frame(list(rnd = uniform_draws(nrow(read_h2o_frame(x, "x")), seed)))
}

#' @rdname h2o.splitFrame
#' @export
h2o.kfold_column <- function(data, nfolds, seed = -1) {
  n <- nrow(read_h2o_frame(data))
  fold <- with_h2o_seed(seed, sample(rep_len(seq_len(nfolds) - 1L, n)))
  new_frame(list(C1 = fold))
}

#' @rdname h2o.splitFrame
#' @export
h2o.modulo_kfold_column <- function(data, nfolds) {
  n <- nrow(read_h2o_frame(data))
  new_frame(list(C1 = rep_len(seq_len(nfolds) - 1L, n)))
}

#' @rdname h2o.splitFrame
#' @export
h2o.stratified_kfold_column <- function(y, nfolds, seed = -1) {
  classes <- as.character(only_column(read_h2o_frame(y, "y")))
  fold <- integer(length(classes))
  with_h2o_seed(seed, for (class in unique(classes)) {
    rows <- which(classes == class)
    fold[rows] <- rep_len(seq_len(nfolds) - 1L, length(rows))[sample.int(length(rows))]
  })
  new_frame(list(C1 = fold))
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
