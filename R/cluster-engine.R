# An engine runs duties where shards lie: in this process, on the workers of a cluster
# (cluster-line.R) or on the ranks of an MPI job (cluster-mpi.R). Whichever it is, values
# come in the order of the shards, so that what is computed of them has the same bits.
#
#   size: processes; place: the one of each shard
#   each(duty, arguments = NULL, seconds = Inf): runs the duty for every shard;
#     `arguments` and the value are lists with an entry for each. NULL where it is not
#     done after so many seconds: called again with the same duty it waits on.
#   close(): forgets the shops
#   here: are the shards in this process, where a duty can pause?
#   agree(facts): an error unless all ranks of an MPI job have the same
#   same: must all processes train the same bits?
new_engine <- function(cluster, shards, timeout = 600, same = TRUE) {
  if (is.null(cluster)) {
    engine_here(shards)
  } else if (is_mpi(cluster)) {
    engine_mpi(cluster, shards, same)
  } else {
    engine_line(cluster, shards, timeout, same)
  }
}

engine_here <- function(shards) {
  shops <- new_shops(shards)
  list(
    size = 1, place = rep(1, shards), here = TRUE,
    each = function(duty, arguments = vector("list", shards), seconds = Inf) {
      perform(duty, shops, arguments, seconds)
    },
    agree = function(facts) NULL,
    close = function() lapply(shops, clear_shop)
  )
}

# Neighbouring shards go to the same process.
deal_places <- function(shards, size) floor((seq_len(shards) - 1) * size / shards) + 1

# ---- Where the shards are --------------------------------------------------------------

# What a process can be asked to do: shard_duties for one shard, function(shop, argument);
# joint_duties for all that it carries, function(shops, arguments, seconds), which gives
# NULL if it is not done by then. Other files add theirs. A shop is an environment, kept
# for a shard between the duties of an engine.
shard_duties <- new.env(parent = emptyenv())
joint_duties <- new.env(parent = emptyenv())

new_shops <- function(count) lapply(seq_len(count), function(s) new.env())

clear_shop <- function(shop) rm(list = ls(shop, all.names = TRUE), envir = shop)

perform <- function(duty, shops, arguments, seconds = Inf) {
  joint <- joint_duties[[duty]]
  if (!is.null(joint)) {
    return(joint(shops, arguments, seconds))
  }
  unname(Map(shard_duties[[duty]], shops, arguments))
}

# list(value) or list(error, condition): what travels. What is wrong with the user's data
# is told as it would be here.
attempt <- function(expression) {
  tryCatch(list(value = expression), error = function(e) {
    e$trace <- NULL
    told <- inherits(e, c(
      "feedforward_input_error", "feedforward_argument_error", "feedforward_file_error"
    ))
    list(error = conditionMessage(e), condition = if (told) e)
  })
}

# ---- Errors ----------------------------------------------------------------------------

# answer: of attempt(), on process j, which carries `shards`
abort_answer <- function(answer, j, shards, who = "Worker") {
  if (is.null(answer$condition)) {
    abort_worker(answer$error, j, shards, who)
  }
  answer$condition$worker <- j
  rlang::cnd_signal(answer$condition)
}

# who: "Worker", counted from 1, or "Rank", from 0
abort_worker <- function(reason, j, shards, who = "Worker") {
  carried <- if (length(shards) > 0) paste0(" (", list_shards(shards), ")") else ""
  abort_feedforward(
    sprintf(
      "%s %d%s: %s.", who, if (who == "Rank") j - 1L else j, carried,
      sub("[.]$", "", reason)
    ),
    "feedforward_worker_error",
    worker = j, shard = shards, reason = reason
  )
}

list_shards <- function(shards) {
  paste(if (length(shards) == 1) "shard" else "shards", toString(shards))
}

# A problem for each fact that another process has otherwise; all: of introduce(), by name
# of the process.
tell_apart <- function(all, here = introduce()) {
  unlist(lapply(names(all), function(name) {
    other <- names(here)[!mapply(identical, here, all[[name]][names(here)])]
    sprintf(
      "%s has another %s: %s, here %s.", name, other,
      vapply(all[[name]][other], as.character, ""), vapply(here[other], as.character, "")
    )
  }))
}

# What must be the same for the same bits: AVX2 and AVX-512 give the same, the portable
# kernels others.
introduce <- function() {
  list(
    version = as.character(utils::packageVersion("feedforward")),
    kernels = if (any(c("avx2", "avx512") %in% available_kernels()) &&
      !identical(kernel_option(), "baseline")) {
      "with fused multiply-add"
    } else {
      "baseline"
    },
    endian = .Platform$endian
  )
}
