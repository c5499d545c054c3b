# Training on workers or ranks: who talks, what is refused, what a loss leaves.

# One rank talks.
quiet_rank <- function(arguments) {
  if (!leads(arguments$cluster)) arguments[c("progress", "verbose")] <- FALSE
  arguments
}

mpi_problems <- function(arguments) {
  if (!is_mpi(arguments$cluster)) {
    return(NULL)
  }
  clocks <- c("max_runtime_secs", "score_interval")
  asked <- clocks[vapply(arguments[clocks], function(value) value > 0, NA)]
  clocks <- sprintf(
    "`%s` looks at a clock, and those of the ranks of `cluster = \"mpi\"` differ.",
    asked
  )
  c(clocks, if (arguments$on_worker_loss == "resume") {
    paste(
      "`on_worker_loss` = \"resume\" is not for `cluster` = \"mpi\": all ranks end when",
      "one does. Write checkpoints (`export_checkpoints_dir`), go on by `checkpoint`."
    )
  })
}

# The training ends with the model of the last exchange.
tell_of_loss <- function(lost, model) {
  abort_feedforward(
    sprintf(
      "%s Training ended in exchange %s; `model` of this error is the model so far.",
      conditionMessage(lost), format_count(lost$exchange)
    ),
    "feedforward_worker_error",
    worker = lost$worker, shard = lost$shard, exchange = lost$exchange,
    reason = lost$reason, model = model
  )
}

# What exchanges cost. The bits of a run depend on none of this.
tell_of_exchanges <- function(fleet) {
  arguments <- fleet$arguments
  workers <- min(cluster_size(arguments$cluster), length(fleet$rows))
  shown <- arguments$progress %||% interactive()
  if (workers < 2 || !shown || !is.null(fleet$lost) || fleet$seconds == 0) {
    return(invisible())
  }
  share <- max(0, 1 - fleet$carrier$busy() / fleet$seconds)
  rlang::inform(
    paste0(
      sprintf(
        "%s of %s between %s: %.0f %% of %s seconds went into them.",
        count_of(fleet$done, "exchange"), format_bytes(4 * length(fleet$w)),
        count_of(workers, "worker"), 100 * share, format(signif(fleet$seconds, 3))
      ),
      if (share > 2 * arguments$target_ratio_comm_to_comp) {
        " Fewer workers, or a longer `exchange_interval`, would spend less on them."
      }
    ),
    class = "feedforward_exchange_message", exchanges = fleet$done, share = share
  )
}
