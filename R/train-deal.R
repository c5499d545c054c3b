#' @include train-carrier.R
NULL

# Shards: which rows each has, what makes its trainer, how often they meet.

# What makes the trainer of a shard anywhere: list(n, encoding, lies: are its columns
# where it is carried, columns, rows, keep, target, network, options).
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
      columns = if (!scattered) data$columns, rows = data$rows,
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

# A shard with its own rows only.
portable_shard <- function(shard) {
  if (shard$lies) {
    return(shard)
  }
  shard["encoded"] <- list(NULL)
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

shard_trainer <- function(shard, shop, threads = 1L) {
  at <- if (shard$lies) shop else shard
  rows <- shard$encoded %||%
    encode_rows(shard$encoding, at$columns, at$rows, shard$keep, threads)
  if (shard$lies) shop$training <- rows
  core_trainer(rows, shard$target, shard$network, shard$options)
}

# ---- How often they meet ---------------------------------------------------------------

# Rows of a shard between two exchanges, by rows, network and nominal speeds alone: as
# many as keep the exchange below target_ratio_comm_to_comp of the time on a network of
# 10 Gbit/s, but about 30 exchanges for each shard where there are rows enough; and not
# less than a round, or 16 mini-batches.
auto_exchange <- function(arguments, rows, network, predictors) {
  shards <- arguments$shards
  weights <- count_weights(network)
  # 5e9 multiply-adds a second on a core; latency, bytes and arithmetic of an exchange.
  rate <- 5e9 / (3 * forward_cost(network, predictors))
  seconds <- 2 * (shards - 1) * 4e-5 + 2 * (1 - 1 / shards) * 4 * weights / 1.25e9 +
    2e-8 * weights
  cheap <- rate * seconds / max(1e-6, arguments$target_ratio_comm_to_comp)
  often <- arguments$epochs * rows / (30 * shards^2)
  least <- max(
    arguments$replicas * arguments$averaging_interval,
    if (arguments$mini_batch_size > 1) 16 * arguments$mini_batch_size
  )
  ceiling(min(rows / shards, max(least, min(cheap, often))))
}

# On fewer rows for each copy of the network quality is lost, on hard tasks and easy ones
# (bench/README.md); 4 exchanges for each shard are the least.
rows_of_a_copy <- 30000

warn_few_exchanges <- function(arguments, rows) {
  shards <- arguments$shards
  exchanges <- arguments$epochs * ceiling(rows / shards / arguments$exchange_interval)
  each <- arguments$epochs * rows / (shards * arguments$replicas)
  problem <- if (each < rows_of_a_copy) {
    sprintf("each of %s trains %s rows only", count_of(
      shards * arguments$replicas, "copy", "copies"
    ), format_count(floor(each)))
  } else if (exchanges < 4 * shards) {
    sprintf("%s meet %s times only", count_of(shards, "shard"), format_count(exchanges))
  }
  if (!is.null(problem)) {
    warn_feedforward(
      sprintf(
        paste(
          "A run of fewer `shards` makes a better model of so many rows: %s. As many as",
          "these data can use: %s."
        ),
        problem, format_count(max(1, floor(
          arguments$epochs * rows / (rows_of_a_copy * arguments$replicas)
        )))
      ),
      class = "feedforward_shards_warning"
    )
  }
}
