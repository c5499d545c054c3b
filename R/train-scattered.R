#' @include data-scattered.R
NULL

# Parts whose rows lie in shards: encoded there, and predicted there.

# Frames that lie in shards, opened; the request closes them.
open_sources <- function(request, arguments) {
  given <- request$given
  for (name in c("training_frame", "validation_frame")) {
    if (!is_shards(given[[name]])) next
    given[[name]] <- open_shards(
      given[[name]], arguments$cluster, arguments$worker_timeout,
      arguments$force_load_balance
    )
    if (!is.data.frame(given[[name]])) request$opened[[name]] <- given[[name]]
  }
  given
}

shards_of_source <- function(arguments, frame) {
  if (!inherits(frame, "feedforward_opened")) {
    return(arguments)
  }
  count <- length(attr(frame$columns, "sizes"))
  asked <- arguments$shards
  problems <- c(
    if (!identical(asked, "auto") && asked != count) {
      sprintf(
        "`shards` = %s, but `training_frame` comes in %s: say there into how many.",
        asked, count_of(count, "shard")
      )
    },
    if (count > 1 && arguments$members > 1) {
      "`members` need all rows in one process, and `training_frame` lies in shards."
    },
    if (arguments$keep_data) {
      "`keep_data` = TRUE would bring all rows here: leave it out for rows in shards."
    },
    if (wants_folds(arguments)) {
      paste(
        "Cross-validation of rows that lie in shards is not there: give a",
        "`validation_frame`."
      )
    }
  )
  if (length(problems) > 0) {
    abort_argument(problems)
  }
  arguments$shards <- as.double(count)
  arguments
}

# Of parts whose rows lie in shards, that of training first; NULL where training's do not.
places_of <- function(training, validation) {
  parts <- list(training$rows, validation$rows)
  if (inherits(parts[[1]], "scattered_rows")) {
    lapply(
      Filter(function(rows) inherits(rows, "scattered_rows"), parts),
      function(rows) attr(rows$columns, "place")
    )
  }
}

# The network's outputs for the scored rows of a part, here or anywhere.
part_outputs <- function(part, network, parameters, threads) {
  index <- part$sample$index
  if (inherits(part$rows, "scattered_rows")) {
    return(scattered_outputs(part$rows, index, network, parameters, threads))
  }
  network_predict(
    part$rows, index, network, parameters$weights, parameters$biases, threads
  )
}

# rows x outputs; index: of the part's rows, NULL for all
scattered_outputs <- function(part, index, network, parameters, threads) {
  columns <- part$columns
  at <- index %||% seq_len(if (is.null(part$rows)) nrow(columns) else length(part$rows))
  shard <- shard_of_rows(columns, if (is.null(part$rows)) at else part$rows[at])
  places <- places_in_part(part, at, shard)
  # The network goes with the first shard of each process.
  first <- !duplicated(attr(columns, "place")$engine$place)
  told <- ask_shards(columns, "outputs", Map(function(place, first) {
    list(
      name = part$name, index = place, threads = threads,
      network = if (first) network, parameters = if (first) parameters
    )
  }, places, first))
  outputs <- matrix(0, length(at), ncol(Filter(Negate(is.null), told)[[1]]))
  for (s in seq_along(told)) outputs[shard == s, ] <- told[[s]]
  outputs
}

# Where the rows `at` of the part are among those that their shard keeps of it.
places_in_part <- function(part, at, shard) {
  sizes <- attr(part$columns, "sizes")
  if (is.null(part$rows)) {
    begins <- cumsum(c(0, sizes))
    return(lapply(seq_along(sizes), function(s) at[shard == s] - begins[[s]]))
  }
  home <- shard_of_rows(part$columns, part$rows)
  place <- integer(length(home))
  for (s in seq_along(sizes)) place[home == s] <- seq_len(sum(home == s))
  lapply(seq_along(sizes), function(s) place[at[shard == s]])
}

# The shard of each row, from 0; NULL of a part that lies here.
shards_of_part <- function(part) {
  rows <- part$rows
  if (inherits(rows, "scattered_rows")) {
    shard_of_rows(rows$columns, rows$rows %||% seq_len(part$n)) - 1L
  }
}

# The columns with their values as the encoding wants them; levels that training did not
# see are told of together.
fit_scattered <- function(encoding, columns) {
  encodings <- rep(list(encoding), shards_of(columns))
  unseen <- Filter(length, ask_shards(columns, "fit", encodings, stays = TRUE))
  if (length(unseen) > 0) {
    names <- unique(unlist(lapply(unseen, names)))
    warn_unseen(lapply(stats::setNames(nm = names), function(name) {
      unique(unlist(lapply(unseen, `[[`, name)))
    }))
  }
  columns
}

# name: of the part
encode_scattered <- function(encoding, columns, keep, name) {
  orders <- lapply(rows_in_shards(columns, keep), function(own) {
    list(name = name, encoding = encoding, keep = own)
  })
  ask_shards(columns, "encode", orders, stays = TRUE)
  structure(list(columns = columns, rows = keep, name = name), class = "scattered_rows")
}

# ---- Where they lie --------------------------------------------------------------------

joint_duties$outputs <- function(shops, arguments, seconds) {
  lead <- if (length(arguments) > 0) arguments[[1]]
  Map(function(shop, argument) {
    if (length(argument$index) > 0) {
      network_predict(
        shop[[argument$name]], argument$index, lead$network, lead$parameters$weights,
        lead$parameters$biases, resolve_threads(lead$threads)
      )
    }
  }, shops, arguments)
}

# Levels that training did not see, by column.
shard_duties$fit <- function(shop, encoding) {
  unseen <- NULL
  frame <- as_table(shop$columns, shop$rows)
  shop$columns <- withCallingHandlers(
    new_columns(encoding, frame),
    feedforward_unseen_levels_warning = function(w) {
      unseen <<- w$unseen
      invokeRestart("muffleWarning")
    }
  )
  unseen
}

shard_duties$encode <- function(shop, order) {
  shop[[order$name]] <- encode_rows(
    order$encoding, shop$columns, shop$rows, order$keep, 1L
  )
  NULL
}
