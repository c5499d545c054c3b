# How often shards meet, and how many pay: by rows, network and the speeds of a cluster,
# nominal ones where bits depend on it.

# 5e9 multiply-adds a second on a core, of which a row takes three passes.
nominal_rate <- function(cost) 5e9 / (3 * cost)

# Seconds of an exchange on a network of 10 Gbit/s: latency, bytes and arithmetic.
nominal_exchange <- function(shards, weights) {
  2 * (shards - 1) * 4e-5 + 2 * (1 - 1 / shards) * 4 * weights / 1.25e9 +
    arithmetic(weights)
}

arithmetic <- function(weights) 2e-8 * weights

# Rows of a shard between two exchanges: as many as keep the exchange below `share` of the
# time, but about 30 exchanges for each shard where there are rows enough; and at least
# `least`.
#   rows: of all shards; cost: multiply-adds of a row
exchange_rows <- function(shards, rows, epochs, weights, cost, share, least = 100) {
  cheap <- nominal_rate(cost) * nominal_exchange(shards, weights) / max(1e-6, share)
  often <- epochs * rows / (30 * shards^2)
  ceiling(min(rows / shards, max(least, min(cheap, often))))
}

# Not less than a round, or 16 mini-batches.
auto_exchange <- function(arguments, rows, network, predictors) {
  least <- max(
    arguments$replicas * arguments$averaging_interval,
    if (arguments$mini_batch_size > 1) 16 * arguments$mini_batch_size
  )
  exchange_rows(
    arguments$shards, rows, arguments$epochs, count_weights(network),
    forward_cost(network, predictors), arguments$target_ratio_comm_to_comp, least
  )
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

# How many times faster than one so many workers of a cluster train: a data frame
# workers, exchange_share (percent of the time), speed_up, rows_suffice.
#   latency: seconds; bandwidth: bytes a second; ranks: of an MPI job, which send to each
#   other, or workers, who all speak to this process?
predict_speed <- function(workers, rows, epochs, weights, threads, latency, bandwidth,
                          ranks) {
  between <- vapply(workers, exchange_rows, 0, rows, epochs, weights, weights, 0.05)
  bytes <- 4 * weights
  seconds <- arithmetic(weights) + if (ranks) {
    latency + (workers - 1) * bytes / bandwidth
  } else {
    workers * (latency + 2 * bytes / bandwidth)
  }
  share <- seconds / (seconds + between / (threads * nominal_rate(weights)))
  share[workers == 1] <- 0
  data.frame(
    workers = workers, exchange_share = 100 * share, speed_up = workers * (1 - share),
    rows_suffice = workers == 1 | epochs * rows / workers >= rows_of_a_copy
  )
}
