# Rows that lie in parts, which nobody needs to hold together: files, functions, ranks.
# A source says how many parts there are and how one is read, wherever that is.

#' Rows that lie in parts, read where they are used
#'
#' Give one of these as `training_frame` (and `validation_frame`) of [deeplearning()].
#' Each part is read by the process that trains on it: a worker of `cluster`, a rank of
#' MPI, or, without a cluster, this session. The predictors never lie in one place; of
#' all rows only the response and the columns of weights, offset and folds come to the
#' session, as 8 bytes a row each. So what trains may be larger than the memory of one
#' machine.
#'
#' What is learned of the predictors (ranges, means, deviations, levels, shares) is made
#' of exact sums: it is the same, bit for bit, for any cut of the same rows. Levels keep
#' their order where the factors of all parts agree on it; else it is that of their bytes.
#' A column may be an integer in one part and a double in another, text here and a factor
#' there, and logical where all of it is missing; other differences are errors that name
#' the part.
#'
#' With `force_load_balance = TRUE`, the default, rows move once, after they are read, so
#' that shards differ by one row at most: the model does not depend on how files were cut.
#' With `FALSE` they stay; each exchange then trains the same fraction of each shard.
#'
#' @param files Paths, in the order of the rows; a shard takes files that follow each
#'   other.
#' @param read A function of one path that returns a data frame. It must be able to run on
#'   the worker: packages loaded by `::`, and no objects of this session but those that it
#'   encloses. In `shard_by()` a function of the number of the shard, from 1, and their
#'   count.
#' @param shards Into how many shards the rows go, a whole number from 1 to 1,024. More
#'   than there are files take `force_load_balance = TRUE`.
#' @param dataset A folder of Parquet files, their paths, or an Arrow dataset.
#' @param data A data frame: the rows of this rank.
#' @param ... Further arguments of `read`, the same for all files.
#' @return A description of where the rows are, of class `feedforward_shards`. Nothing is
#'   read yet.
#' @details `shard_dataset()` takes the Parquet files of a folder, or of an Arrow dataset
#'   (`arrow::open_dataset()`), in the order of their paths, read with nanoparquet or
#'   arrow, whichever is installed. Columns that only the names of folders hold are not
#'   read.
#'
#'   `shard_here()` is for scripts that every rank of MPI runs (`cluster = "mpi"`): the
#'   rows of this rank. Without MPI it is the one shard there is.
#' @section Errors: `feedforward_argument_error` for arguments that are no such thing;
#'   `feedforward_input_error`, when the rows are read, for parts that are empty, that
#'   differ in their columns, or whose reader fails, all in one message;
#'   `feedforward_worker_error` where a worker ends.
#' @seealso [deeplearning()], vignette("distributed").
#' @examples
#' folder <- tempfile()
#' dir.create(folder)
#' part <- rep(1:3, length.out = nrow(mtcars))
#' for (p in 1:3) {
#'   file <- file.path(folder, paste0(p, ".csv"))
#'   write.csv(mtcars[part == p, ], file, row.names = FALSE)
#' }
#' cars <- shard_files(list.files(folder, full.names = TRUE), read = utils::read.csv)
#' cars
#' model <- suppressWarnings(deeplearning(
#'   y = "mpg", training_frame = cars, hidden = 8, epochs = 20, seed = 1
#' ))
#' model$training_metrics$r2
#'
#' squares <- shard_by(function(shard, shards) {
#'   x <- seq(shard, 1000, by = shards) / 1000
#'   data.frame(x = x, y = x^2)
#' }, shards = 4)
#' squares
#' @export
shard_files <- function(files, read = data.table::fread, ..., shards = length(files)) {
  if (!is.character(files) || length(files) == 0 || anyNA(files)) {
    abort_argument(sprintf("`files` must be paths, not %s.", shorten(files)))
  }
  check_reader(read)
  check_shard_count(shards)
  more <- list(...)
  # A part for each file or, where files are more than shards, for those that go together.
  parts <- min(shards, length(files))
  place <- floor((seq_along(files) - 1) * parts / length(files)) + 1
  groups <- unname(split(files, place))
  new_shards(
    groups, function(part, parts) read_part_files(groups[[part]], read, more), shards,
    vapply(groups, list_files, "")
  )
}

# As few words as tell the files.
list_files <- function(files) {
  files <- basename(files)
  if (length(files) == 1) files else sprintf("%s to %s", files[[1]], files[length(files)])
}

read_part_files <- function(files, read, more) {
  frames <- lapply(files, function(file) {
    frame <- do.call(read, c(list(file), more))
    if (is.data.frame(frame)) {
      frame
    } else {
      stop(sprintf("%s gives no data frame, but %s", file, what_it_is(frame)))
    }
  })
  if (length(frames) == 1) {
    return(frames[[1]])
  }
  as.data.frame(data.table::rbindlist(frames, use.names = TRUE))
}

#' @rdname shard_files
#' @export
shard_by <- function(read, shards) {
  check_reader(read)
  check_shard_count(shards)
  new_shards(seq_len(shards), read, shards, sprintf("shard %d", seq_len(shards)))
}

#' @rdname shard_files
#' @export
shard_dataset <- function(dataset, shards = NULL) {
  files <- if (inherits(dataset, "Dataset")) {
    dataset$files
  } else if (is.character(dataset) && length(dataset) == 1 && dir.exists(dataset)) {
    list.files(dataset, "[.]parquet$", recursive = TRUE, full.names = TRUE)
  } else {
    dataset
  }
  if (!is.character(files) || length(files) == 0) {
    abort_argument(sprintf(
      "`dataset` must be an Arrow dataset of files, a folder of Parquet files or %s: %s.",
      "their paths", shorten(dataset)
    ))
  }
  files <- sort(files, method = "radix")
  shard_files(files, read_parquet, shards = shards %||% length(files))
}

read_parquet <- function(file) {
  for (package in c("nanoparquet", "arrow")) {
    if (requireNamespace(package, quietly = TRUE)) {
      return(as.data.frame(getExportedValue(package, "read_parquet")(file)))
    }
  }
  stop("reading Parquet files needs package nanoparquet or arrow")
}

#' @rdname shard_files
#' @export
shard_here <- function(data) {
  if (!is.data.frame(data)) {
    abort_argument(sprintf("`data` must be a data frame, not %s.", what_it_is(data)))
  }
  new_shards(NULL, function(part, parts) data, NULL, "the rows of this rank")
}

# parts: what each holds; NULL: one for each rank, known when it is opened
# read: function(part, parts) of the number of a part, and their count
new_shards <- function(parts, read, shards, labels) {
  structure(
    list(parts = length(parts), read = read, shards = shards, labels = labels),
    class = "feedforward_shards"
  )
}

is_shards <- function(x) inherits(x, "feedforward_shards")

check_reader <- function(read) {
  if (!is.function(read)) {
    abort_argument(sprintf("`read` must be a function, not %s.", what_it_is(read)))
  }
}

check_shard_count <- function(shards) {
  if (!is_bare_number(shards) || shards < 1 || shards > 1024 || shards %% 1 != 0) {
    abort_argument(sprintf(
      "`shards` must be a whole number from 1 to 1,024, not %s.", shorten(shards)
    ))
  }
}

#' @export
print.feedforward_shards <- function(x, ...) {
  count <- if (is.null(x$shards)) "one shard a rank" else count_of(x$shards, "shard")
  cat(sprintf("Rows in %s: %s\n", count, list_names(x$labels, 6)))
  invisible(x)
}
