#' @include train-carrier.R
NULL

# Shards: which rows each has, what makes its trainer.

# What makes the trainer of a shard anywhere: list(n, encoding, lies: are its columns
# where it is carried, common: are its rows those of all shards, columns, rows, keep,
# target, network, options).
#
# Rows that lie here are all given to every shard: of each epoch's one order each trains
# its part, so that shards meet other rows in every epoch. With `replicate_training_data =
# FALSE` they go round the shards once, and each keeps its own.
#   data, learned: as for training_part()
deal_shards <- function(prepared, data, learned) {
  n <- prepared$training$n
  scattered <- is_scattered(data$columns)
  all <- !scattered && prepared$arguments$replicate_training_data
  dealt <- if (scattered) {
    rows_where_they_lie(data, learned)
  } else {
    round_rows(prepared, learned)
  }
  target <- trainer_target(prepared)
  options <- trainer_options(prepared)
  lapply(seq_along(dealt), function(s) {
    index <- dealt[[s]]$index
    list(
      n = length(index), encoding = prepared$encoding, lies = scattered,
      common = all, columns = if (!scattered) data$columns, rows = data$rows,
      keep = if (all) learned$rows else dealt[[s]]$keep,
      # Encoded already, for shards in this process.
      encoded = if (all) prepared$training$rows,
      target = if (all) target else lapply(target, function(values) {
        if (length(values) == n && n > 1) values[index] else values
      }),
      network = prepared$network,
      options = shard_options(
        options, s, n / length(index), if (all) length(dealt) else 1
      )
    )
  })
}

# Of each shard list(index: places among the rows that train, keep: the rows of its
# columns).
round_rows <- function(prepared, learned) {
  count <- prepared$arguments$shards
  n <- prepared$training$n
  if (count > n) {
    abort_argument(sprintf(
      "`shards` = %s, and there are %s to train on: at most one shard a row.", count,
      count_of(n, "row")
    ))
  }
  lapply(seq_len(count), function(s) {
    index <- seq(s, n, by = count)
    list(
      index = index, keep = if (is.null(learned$rows)) index else learned$rows[index]
    )
  })
}

rows_where_they_lie <- function(data, learned) {
  columns <- data$columns
  shard <- shard_of_rows(columns, learned$rows %||% seq_len(data$rows))
  counts <- tabulate(shard, length(attr(columns, "sizes")))
  if (any(counts == 0)) {
    abort_input(sprintf(
      "No row of %s has a response and a weight above 0: each shard must train.",
      list_names(attr(columns, "labels")[counts == 0])
    ))
  }
  Map(
    function(index, keep) list(index = index, keep = keep),
    split(seq_along(shard), shard), rows_in_shards(columns, learned$rows),
    USE.NAMES = FALSE
  )
}

# parts: of how many shards that share all rows it is one; times: how many times its rows
# all rows are. What acts by the rows trained acts by those of all shards; dropout is the
# shard's own, and the order of rows, if they are.
shard_options <- function(options, s, times, parts) {
  options$weight_averaging_decay <- 0
  options$weight_averaging_share <- 0
  options$rate_annealing <- options$rate_annealing * times
  options$momentum_ramp <- options$momentum_ramp / times
  options$seed[[1]] <- (options$seed[[1]] + (s - 1) * 2654435769) %% 2^32
  if (parts > 1) {
    options$part <- s - 1
    options$parts <- parts
  } else {
    options$order_seed <- options$seed
  }
  options
}

# A shard with its own rows only; those of all if it is the first of its process.
portable_shard <- function(shard, first) {
  if (shard$lies) {
    return(shard)
  }
  shard["encoded"] <- list(NULL)
  if (shard$common && !first) {
    shard[c("columns", "target", "keep")] <- list(NULL)
  }
  keep <- shard$keep
  if (is.null(keep)) {
    return(shard)
  }
  shard$columns <- if (is.list(shard$columns)) {
    lapply(shard$columns, `[`, keep)
  } else {
    shard$columns[keep, , drop = FALSE]
  }
  shard$rows <- length(keep)
  shard["keep"] <- list(NULL)
  shard
}

shard_rows <- function(shard, shop) {
  shard$encoded %||% if (shard$lies) {
    shop$training
  } else {
    encode_rows(shard$encoding, shard$columns, shard$rows, shard$keep, 1L)
  }
}

shard_trainer <- function(shard, shop) {
  core_trainer(shard_rows(shard, shop), shard$target, shard$network, shard$options)
}
