# What speed.R and its siblings share beside common.R: programs built at bench time, the
# processor's name, timed fits, and rows expanded for tools that know numbers alone.
# Sourced from the top of the repository.

source("bench/common.R")
source("bench/data.R")

# Words behind the script's name: "--quick" is TRUE, "--only=mnist" the text.
script_options <- function(defaults) {
  given <- commandArgs(TRUE)
  names <- gsub("-", "_", sub("^--([^=]*).*$", "\\1", given))
  unknown <- given[!grepl("^--", given) | !names %in% names(defaults)]
  if (length(unknown) > 0) {
    stop("Unknown: ", paste(unknown, collapse = ", "), ". There are --",
      paste(gsub("_", "-", names(defaults)), collapse = ", --"), ".",
      call. = FALSE
    )
  }
  for (i in seq_along(given)) {
    value <- sub("^[^=]*=?", "", given[[i]])
    default <- defaults[[names[[i]]]]
    defaults[[names[[i]]]] <- if (is.logical(default)) {
      TRUE
    } else if (is.numeric(default)) {
      as.numeric(value)
    } else {
      strsplit(value, ",")[[1]]
    }
  }
  defaults
}

say <- function(...) {
  message(format(Sys.time(), "%H:%M:%S "), ...)
}

# Where figures go; those of a smoke test must not take the place of real ones.
results_folder <- file.path("bench", "results")

save_result <- function(table, file) {
  dir.create(results_folder, showWarnings = FALSE, recursive = TRUE)
  utils::write.csv(table, file.path(results_folder, file), row.names = FALSE)
  invisible(table)
}

# The machine, its caches and the kernels that run on it.
print_bench_machine <- function(threads) {
  print_machine()
  cat(sprintf(
    "kernel set %s (of %s), %d threads, load %s\n",
    feedforward:::available_kernels()[[1]],
    paste(feedforward:::available_kernels(), collapse = ", "), threads, load_average()
  ))
}

# Of the last minute; well above `threads` at the end says that something else ran.
load_average <- function() {
  tryCatch(sub(" .*", "", readLines("/proc/loadavg")),
    error = function(e) "unknown", warning = function(w) "unknown"
  )
}

# ---- Programs -------------------------------------------------------------------

# Compiles bench/<name>.cpp for this very processor, or with the core as the package is
# compiled; once per session. NA where that cannot be done.
build_program <- function(name, flags = c("-O3", "-march=native"), with_core = FALSE) {
  read_once(paste("program", name), function() {
    target <- file.path(tempdir(), name)
    compiler <- Sys.getenv("CXX", "g++")
    core <- if (with_core) {
      flags <- c("-O2", "-Isrc/core")
      list.files("src/core", "[.]cpp$", recursive = TRUE, full.names = TRUE)
    }
    failed <- suppressWarnings(system2(compiler, c(
      "-std=c++17", flags, "-o", shQuote(target),
      file.path("bench", paste0(name, ".cpp")), core, "-pthread"
    )))
    if (failed != 0) {
      say("cannot compile ", name, ".cpp with ", compiler, ": skipped")
      return(NA)
    }
    target
  })
}

# Rows per second of the plain loop where H2O's figures were measured and the bars set.
# The loop that ran beside H2O (row "plain loop" of the figures: 61,000) is not this one:
# this is the rate of ours on a machine of that kind, told by its peak (117 GFLOP/s a
# core) and by the rates of scikit-learn and PyTorch beside those in peer-figures.csv.
plain_loop_there <- 120000

# Rows per second of the plain loop on benchm-ml, median of several; NA without it.
plain_loop <- function(repeats = 3) {
  program <- build_program("plain-loop", c("-O3", "-march=native", "-ffast-math"))
  if (is.na(program)) {
    return(NA)
  }
  task <- benchm_task()
  path <- tempfile("plain-loop-")
  on.exit(unlink(path))
  write_sparse_rows(task, path)
  runs <- replicate(repeats, system2(program, path, stdout = TRUE))
  figures <- do.call(rbind, lapply(strsplit(runs, " "), as.numeric))
  say(
    "plain loop: ", paste(figures[, 1], collapse = ", "), " rows/s, log loss ",
    figures[1, 2], ", active ", paste(figures[1, 3:4], collapse = " and ")
  )
  stats::median(figures[, 1])
}

# The layout that plain-loop.cpp reads.
write_sparse_rows <- function(task, path) {
  encoding <- learned_encoding(task)
  parts <- active_inputs(encoding, task$train)
  connection <- file(path, "wb")
  on.exit(close(connection))
  writeBin(c(nrow(task$train), ncol(parts$index), encoding$inputs), connection, size = 4)
  writeBin(as.integer(t(parts$index)), connection, size = 4)
  writeBin(as.double(t(parts$value)), connection, size = 4)
  writeBin(as.integer(task$train[[task$y]]) - 1L, connection, size = 4)
}

# ---- Rows as numbers ------------------------------------------------------------

# What feedforward learns of the task's predictors; the network is not trained.
learned_encoding <- function(task) {
  settings <- task$arguments[c("standardize", "offset_column", "distribution")]
  read_once(paste("encoding", task$name), function() {
    fit_plainly(task, c(settings[!vapply(settings, is.null, NA)], list(
      hidden = 1, epochs = 0, score_training_samples = 100
    )))$encoding
  })
}

# The inputs that are not zero by design: one per factor (NA index for a level that
# training did not see), one per number. index is 0-based, rows x predictors.
active_inputs <- function(encoding, frame) {
  index <- value <- matrix(0, nrow(frame), length(encoding$predictors))
  at <- 0
  coded <- encoding$groups$onehot
  for (name in coded$columns) {
    at <- at + 1
    levels <- coded$levels[[name]]
    code <- match(as.character(frame[[name]]), levels, nomatch = length(levels) + 1)
    index[, at] <- coded$starts[[name]] + code - 1
    value[, at] <- 1
  }
  numbers <- encoding$groups$number
  first <- encoding$inputs - length(numbers$columns)
  for (name in numbers$columns) {
    at <- at + 1
    x <- as.numeric(frame[[name]])
    x[is.na(x)] <- numbers$impute[[name]]
    index[, at] <- first
    value[, at] <- (x - numbers$means[[name]]) * numbers$scales[[name]]
    first <- first + 1
  }
  list(index = index, value = value)
}

# The same as a full matrix, rows x inputs.
expand_rows <- function(encoding, frame) {
  parts <- active_inputs(encoding, frame)
  dense <- matrix(0, nrow(frame), encoding$inputs)
  dense[cbind(c(row(parts$index)), c(parts$index) + 1)] <- parts$value
  dense
}

# ---- Fits -----------------------------------------------------------------------

# What a timed fit does without, so that it is training that is timed.
without_scoring <- list(
  score_duty_cycle = 0, stopping_rounds = 0, classification_stop = -1,
  regression_stop = -1, overwrite_with_best_model = FALSE, score_training_samples = 100,
  variable_importances = FALSE
)

fit_plainly <- function(task, arguments, seed = 1, threads = 2) {
  call <- as.call(c(
    list(
      quote(deeplearning),
      x = quote(task$x), y = quote(task$y), training_frame = quote(task$train),
      seed = seed, threads = threads, progress = FALSE
    ),
    utils::modifyList(without_scoring, arguments)
  ))
  # Constant columns are known; of a run that went wrong, `status` tells.
  suppressWarnings(eval(call))
}

# Rows per second of training alone, from the last row of the history.
training_speed <- function(model) {
  speed <- score_history(model)$training_speed
  speed[[length(speed)]]
}

# One timed fit per seed with the task's arguments, then `arguments`. A data frame, a row
# per seed, with the metrics on the test rows if asked.
time_fits <- function(task, arguments, seeds, threads = 2, measure = TRUE) {
  arguments <- utils::modifyList(task$arguments, arguments)
  do.call(rbind, lapply(seeds, function(seed) {
    gc(verbose = FALSE)
    seconds <- system.time(
      model <- fit_plainly(task, arguments, seed, threads)
    )[["elapsed"]]
    metrics <- if (measure) test_metrics(model, task) else c(AUC = NA)
    cbind(
      data.frame(
        task = task$name, seed = seed, threads = threads,
        replicas = model$arguments$replicas, samples = model$samples,
        rows_per_second = training_speed(model), call_seconds = seconds,
        status = model$status
      ),
      as.data.frame(as.list(metrics))
    )
  }))
}

# Seconds of each of several runs.
time_runs <- function(work, repeats) {
  vapply(seq_len(repeats), function(i) system.time(work())[["elapsed"]], 0)
}

# Slope of log(cost) against log(x): cost grows like x to this power.
growth_exponent <- function(x, cost) {
  usable <- is.finite(log(x)) & is.finite(log(cost))
  if (sum(usable) < 2) {
    return(NA)
  }
  unname(stats::coef(stats::lm(log(cost[usable]) ~ log(x[usable])))[[2]])
}

# A data frame as a Markdown table with aligned columns, numbers to the right.
print_markdown <- function(table, title) {
  cells <- lapply(table, function(column) {
    if (is.numeric(column)) figure_text(column) else column
  })
  text <- rbind(names(table), do.call(cbind, lapply(cells, as.character)))
  text[is.na(text)] <- ""
  right <- vapply(table, is.numeric, NA)
  widths <- apply(nchar(text), 2, max)
  rule <- ifelse(right, paste0(strrep("-", widths - 1), ":"), strrep("-", widths))
  text <- rbind(text[1, ], rule, text[-1, , drop = FALSE])
  for (j in seq_along(widths)) {
    flag <- if (right[[j]]) "" else "-"
    text[, j] <- formatC(text[, j], width = widths[[j]], flag = flag)
  }
  lines <- apply(text, 1, paste, collapse = " | ")
  cat("\n", title, "\n\n", paste0("| ", lines, " |\n"), sep = "")
}

# Three digits at least, never a power of ten.
figure_text <- function(x) {
  digits <- pmax(3, ceiling(log10(abs(x) + 1)))
  text <- mapply(function(x, digits) {
    formatC(x, digits = digits, format = "fg", big.mark = ",")
  }, x, digits)
  ifelse(is.na(x), "", trimws(sub("[.]$", "", text)))
}

count_text <- function(x) {
  ifelse(is.na(x), "", formatC(signif(x, 3), format = "d", big.mark = ","))
}
