# The rows of speed.R's table: H2O's figures and the best of the other tools beside ours.

# ---- H2O's figures --------------------------------------------------------------

h2o_figures <- tryCatch(
  utils::read.csv(shared_file("golden", "h2o-figures.csv"), check.names = FALSE),
  error = function(e) {
    say("no figures of H2O: ", conditionMessage(e))
    NULL
  }
)

# One column of H2O's runs of a case. arguments NULL takes runs with any.
h2o_values <- function(run, column) {
  if (is.null(run) || is.null(h2o_figures)) {
    return(NA)
  }
  taken <- h2o_figures$task == run$task
  if (!is.null(run$arguments)) taken <- taken & h2o_figures$arguments == run$arguments
  h2o_figures[[column]][taken]
}

h2o_quality <- function(case) {
  column <- switch(case$quality,
    AUC = "test_AUC", logloss = "test_logloss", RMSE = "test_RMSE",
    per_class_error = "test_mean_per_class_error",
    deviance_x100 = "test_mean_residual_deviance"
  )
  if (is.null(column)) NA else mean(h2o_values(case$h2o_quality, column))
}

# ---- The others' side -----------------------------------------------------------

# Fastest tool and batch size on a network: rows per second, and its metric after as many
# epochs as ours trained (NA where it stopped before). Tools that cannot train this
# network, but a smaller one, have no rate to compare.
best_rate <- function(peers, network, epochs, quality, plain = NA) {
  best <- list(rate = plain, name = "plain loop, 1 thread", quality = NA)
  runs <- peers[peers$task %in% network & !peers$tool %in% c("nnet", "neuralnet"), ]
  if (is.null(runs) || nrow(runs) == 0) {
    return(best)
  }
  key <- tool_names(runs)
  last <- stats::ave(runs$epoch, key, runs$seed, FUN = max) == runs$epoch
  rates <- tapply(runs$rows_per_second[last], key[last], stats::median)
  if (!is.na(plain) && plain > max(rates)) {
    return(best)
  }
  name <- names(rates)[[which.max(rates)]]
  same <- key == name & runs$epoch == epochs
  list(
    rate = max(rates), name = name,
    quality = if (any(same)) mean(runs[[quality]][same]) else NA
  )
}

tool_names <- function(runs) {
  paste0(
    runs$tool, ifelse(is.na(runs$batch), "", paste0(" ", runs$batch)),
    ifelse(runs$threads == 1, ", 1 thread", "")
  )
}

best_time <- function(peers, network, metric, target) {
  runs <- peers[peers$task %in% network, ]
  if (is.null(runs) || nrow(runs) == 0) {
    return(list(seconds = NA, name = ""))
  }
  seconds <- vapply(split(runs, tool_names(runs)), function(runs) {
    stats::median(vapply(split(runs, runs$seed), function(run) {
      first_reached(run$seconds, run[[metric]], target, metric)
    }, 0))
  }, 0)
  list(
    seconds = min(seconds),
    name = if (is.finite(min(seconds))) names(seconds)[[which.min(seconds)]] else ""
  )
}

# ---- The table ------------------------------------------------------------------

# h2o, other, ours, bar: numbers in `unit`, NA where there is none, Inf where a metric was
# never reached. Of seconds the ratios are turned over: above 1 we are faster. scale: that
# of this machine; "scaled" is a bar met after it was brought to this machine.
table_row <- function(case, unit, h2o, other, ours, bar, scale = 1, other_name = "",
                      note = "") {
  rates <- unit == "rows/s"
  reaches <- function(bar) {
    is.finite(ours) && if (rates) ours >= bar else ours <= bar
  }
  ratio <- function(theirs) {
    value <- if (rates) ours / theirs else theirs / ours
    if (is.na(value) || value == 0) {
      ""
    } else if (is.infinite(value)) {
      "only ours"
    } else {
      formatC(value, format = "f", digits = if (value < 10) 2 else 0)
    }
  }
  show <- function(x) {
    if (is.na(x)) {
      ""
    } else if (is.infinite(x)) {
      "never"
    } else if (rates) {
      count_text(x)
    } else {
      figure_text(signif(x, 3))
    }
  }
  met <- if (is.na(bar)) {
    ""
  } else if (reaches(bar)) {
    "yes"
  } else if (reaches(if (rates) bar * scale else bar / scale)) {
    "scaled"
  } else {
    "NO"
  }
  data.frame(
    case = case, unit = unit, H2O = show(h2o),
    `best other` = trimws(paste(show(other), if (!is.na(other)) other_name)),
    ours = show(ours), `/ H2O` = ratio(h2o), `/ other` = ratio(other), bar = show(bar),
    met = met, notes = note, check.names = FALSE
  )
}

rate_row <- function(case, runs, peers, plain, scale) {
  h2o <- stats::median(h2o_values(case$h2o, "rows_per_second")) * scale
  other <- best_rate(peers, case$peers, case$arguments$epochs, case$quality,
    plain = if (case$id %in% c("benchm", "benchm-one")) plain else NA
  )
  table_row(
    case$title, "rows/s", h2o, other$rate, stats::median(runs$rows_per_second), case$bar,
    scale, other$name, quality_text(case, runs, other$quality)
  )
}

quality_text <- function(case, runs, other) {
  parts <- c(
    sprintf("%s %.4f", case$quality, mean(runs[[case$quality]])),
    if (!is.na(h2o_quality(case))) sprintf("H2O %.4f", h2o_quality(case)),
    if (!is.na(other)) sprintf("other %.4f", other)
  )
  paste(parts, collapse = ", ")
}

# First on every row: the best other, measured here, is a bar that nothing scales.
time_rows <- function(case, runs, peers, scale) {
  do.call(rbind, lapply(seq_along(case$targets), function(i) {
    target <- case$targets[[i]]
    mine <- runs[runs$target == target, ]
    medians <- tapply(mine$seconds, mine$setting, stats::median)
    ours <- min(medians)
    other <- best_time(peers, case$peers, case$metric, target)
    table_row(
      sprintf("%s to %s %s", case$title, case$metric, target), "s",
      case$h2o[[i]] / scale, other$seconds, ours,
      least(case$bar[[i]], other$seconds),
      if (isTRUE(ours > other$seconds)) 1 else scale, other$name,
      if (is.finite(ours)) names(medians)[[which.min(medians)]] else ""
    )
  }))
}

least <- function(...) {
  known <- stats::na.omit(c(...))
  if (length(known) > 0) min(known) else NA
}

# From call to model, and predictions.
call_rows <- function(scale) {
  repeats <- if (options$quick) 1 else 5
  iris <- stats::median(measure_iris_call(repeats, options$threads))
  prediction <- measure_prediction(repeats, options$threads)
  seconds <- stats::setNames(prediction$milliseconds / 1e3, prediction$what)
  many <- prediction$rows[prediction$what == "predict(), all rows"]
  h2o_seconds <- function(task) stats::median(h2o_values(h2o_run(task), "run_seconds"))
  rbind(
    table_row("iris 200-200, from call to model", "s",
      stats::median(h2o_values(h2o_run("iris defaults"), "run_seconds")) / scale, NA,
      iris, 0.3, scale,
      note = "H2O: training alone, Java started"
    ),
    table_row("predict 100,000 rows (200-200, one-hot)", "rows/s",
      many / h2o_seconds("benchm predict 100k rows") * scale, NA,
      many / seconds[["predict(), all rows"]], 5e5, scale
    ),
    table_row("predict one row through R", "s",
      h2o_seconds("benchm predict one row") / scale, NA, seconds[["predict(), one row"]],
      1e-3, scale
    ),
    if ("core without R, one row" %in% names(seconds)) {
      table_row("predict one row in the core", "s", NA, NA,
        seconds[["core without R, one row"]], 2e-5, scale
      )
    }
  )
}
