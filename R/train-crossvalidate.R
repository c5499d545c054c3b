# Cross-validation: a model per fold, trained on the rows of the others and judged on its
# own, then the main model on all rows. A fold sees nothing of the rows it holds out, not
# even in means and levels; only the classes are those of all rows. Folds train side by
# side, one on each thread, which changes no bit.

# read: of read_request(). Returns list(folds: of assign_folds(); results: of end_fold();
# seed; response: name of the response).
cross_validate <- function(read, model_id, request) {
  read$data$arguments$seed <- complete_seed(read$data$arguments$seed)
  arguments <- read$data$arguments
  rows <- read$data$trains
  classes <- learn_classes(pick_rows(read$data$y, rows), read$data$response)
  codes <- if (!is.null(classes)) {
    match(as.character(read$data$y), classes)
  }
  folds <- assign_folds(read$data, read$data$folds, codes, seed_words(arguments$seed))
  n <- length(folds$names)
  width <- min(read$threads, n)
  if (arguments$max_runtime_secs > 0) {
    arguments$max_runtime_secs <- arguments$max_runtime_secs / (ceiling(n / width) + 1)
  }
  arguments <- utils::modifyList(arguments, list(
    nfolds = 0, keep_state = FALSE, keep_data = FALSE, verbose = FALSE,
    interrupt = "error"
  ))
  read$data$arguments <- arguments
  read$data$classes <- classes
  begin <- function(k, progress) {
    begin_fold(read, folds$of == k, paste0(model_id, "_cv_", k), progress)
  }
  end <- function(fold, k) end_fold(fold, folds$names[[k]], request)
  list(
    folds = folds, seed = arguments$seed,
    results = train_folds(n, width, read$threads, begin, end, arguments$progress)
  )
}

# ---- One fold --------------------------------------------------------------------

begin_fold <- function(read, held_out, model_id, progress) {
  held_out <- which(held_out)
  read$data <- hold_rows(read$data, held_out)
  prepared <- prepare_fit(read)
  prepared$model_id <- model_id
  clock <- new_clock()
  run <- new_run(new_trainer(prepared), new_plan(prepared), clock, progress)
  begin_training(clock)
  begin_run(run)
  list(run = run, prepared = prepared, held_out = held_out)
}

# list(model; held_out: rows; prediction: of them)
end_fold <- function(fold, name, request) {
  run <- fold$run
  prepared <- fold$prepared
  parts <- tryCatch(trained_parts(run, settle(run)),
    feedforward_unstable_error = function(e) {
      abort_unstable(sprintf("Fold %s: %s", name, e$problems), model = e$model)
    }
  )
  # All rows held out, whatever was scored on the way.
  part <- choose_part_sample(prepared$validation, 0, seed_words(prepared$arguments$seed))
  prediction <- predict_part(run, part, parts)$prediction
  parts$validation_metrics <- measure_part(
    run, part, prediction,
    description = sprintf("Metrics reported on the rows of fold %s", name),
    settled = list(threshold = parts$training_metrics$default_threshold)
  )
  parts$default_threshold <- parts$validation_metrics$default_threshold
  list(
    model = finish_fit(request, prepared, parts, run$clock), held_out = fold$held_out,
    prediction = prediction
  )
}

# ---- Side by side ----------------------------------------------------------------

# As many folds at a time as there are threads; what is left at the end has them all.
#   begin(k, progress), end(fold, k): see begin_fold(), end_fold()
train_folds <- function(n, width, threads, begin, end, show) {
  results <- vector("list", n)
  progress <- NULL
  active <- list()
  following <- 1
  on.exit(if (!is.null(progress)) end_progress(progress))
  quietly <- function(code) {
    withCallingHandlers(code, feedforward_warning = function(w) {
      invokeRestart("muffleWarning")
    })
  }
  repeat {
    while (length(active) < width && following <= n) {
      fold <- quietly(begin(following, progress))
      if (is.null(progress)) {
        # No more at a time than there is memory for.
        fits <- floor(available_memory() / fold$prepared$memory) + 1
        width <- max(1, min(width, fits, na.rm = TRUE))
        progress <- start_progress(fold$run$plan, runs = n, show = show)
        fold$run$progress <- progress
      }
      active[[as.character(following)]] <- fold
      following <- following + 1
    }
    if (length(active) == 0) {
      return(results)
    }
    quietly(advance(lapply(active, `[[`, "run"), threads))
    for (name in names(active)) {
      if (!is.null(active[[name]]$run$book$status)) {
        k <- as.integer(name)
        results[[k]] <- quietly(end(active[[name]], k))
        active[[name]] <- NULL
        progress$ended <- progress$ended + 1
      }
    }
  }
}

# A slice of each run. Those of this process's core go side by side.
advance <- function(runs, threads) {
  runs <- Filter(function(run) is.null(run$book$status), runs)
  together <- all(vapply(runs, function(run) !is.null(run$trainer$pointer), NA))
  if (length(runs) == 1 || !together) {
    for (run in runs) {
      done <- run$trainer$run(rows_to_ask(run), next_slice(run), threads)
      take_slice(run, done)
      if (identical(run$book$status, "interrupted")) rlang::interrupt()
    }
  } else {
    done <- trainers_run(
      lapply(runs, function(run) run$trainer$pointer), vapply(runs, rows_to_ask, 0),
      min(vapply(runs, next_slice, 0)), threads
    )
    Map(take_slice, runs, done)
  }
}

# ---- What the folds say --------------------------------------------------------------

# Without rows of its own to be judged on, the main model trains as long as was best for
# the folds, on average.
settle_epochs <- function(data, results) {
  arguments <- data$arguments
  judged <- arguments$stopping_rounds > 0 || arguments$overwrite_with_best_model
  if (is.null(data$validation) && judged) {
    arguments$epochs <- mean(best_epochs(results))
    arguments$stopping_rounds <- 0
    arguments$overwrite_with_best_model <- FALSE
  }
  arguments
}

best_epochs <- function(results) {
  vapply(results, function(result) {
    result$model$kept_samples / result$model$training_rows
  }, 0)
}

# The part of the main model that the folds make.
#   data: of the request; response: of the main model
fold_parts <- function(crossed, data, response) {
  results <- crossed$results
  folds <- crossed$folds
  names(results) <- folds$names
  arguments <- data$arguments
  pooled <- pool_predictions(results, data$rows)
  metrics <- compute_metrics(
    response, pooled, encode_actual(response, data$y), data$weights, arguments,
    description = sprintf(
      "%d-fold cross-validation on training data (Metrics computed for combined %s)",
      length(results), "holdout predictions"
    )
  )
  models <- lapply(results, `[[`, "model")
  statuses <- vapply(models, `[[`, "", "status")
  if (any(statuses == "unstable")) {
    warn_feedforward(
      sprintf(
        "Training diverged in %s of %s folds: %s. The best weights before were judged.",
        sum(statuses == "unstable"), length(results),
        toString(folds$names[statuses == "unstable"])
      ),
      class = "feedforward_unstable_warning"
    )
  }
  if (any(statuses == "time limit")) {
    warn_feedforward(
      sprintf(
        "`max_runtime_secs` ended training in %s of %s folds; the model trains as long.",
        sum(statuses == "time limit"), length(results)
      ),
      class = "feedforward_time_limit_warning"
    )
  }
  list(
    metrics = metrics,
    summary = summarise_folds(lapply(models, `[[`, "validation_metrics"), response),
    epochs = stats::setNames(best_epochs(results), folds$names),
    histories = lapply(models, `[[`, "scoring_history"),
    models = if (arguments$keep_cross_validation_models) models,
    predictions = if (arguments$keep_cross_validation_predictions) pooled,
    folds = if (arguments$keep_cross_validation_fold_assignment) {
      factor(folds$names[folds$of], folds$names)
    }
  )
}

# Of all rows of the frame, NA where a row was in no fold.
pool_predictions <- function(results, rows) {
  first <- results[[1]]$prediction
  pooled <- if (is.matrix(first)) {
    matrix(NA_real_, rows, ncol(first), dimnames = list(NULL, colnames(first)))
  } else {
    rep(NA_real_, rows)
  }
  for (result in results) {
    if (is.matrix(pooled)) {
      pooled[result$held_out, ] <- result$prediction
    } else {
      pooled[result$held_out] <- result$prediction
    }
  }
  pooled
}

# Data frame: a row per measure, its mean and standard deviation over the folds, then its
# value in each.
summarise_folds <- function(metrics, response) {
  summary <- task_of(response)$summary
  values <- vapply(metrics, summary, summary(metrics[[1]]))
  dimnames(values) <- list(rownames(values), NULL)
  values <- values[order(rownames(values)), , drop = FALSE]
  values[!is.finite(values)] <- NaN
  columns <- lapply(seq_along(metrics), function(k) unname(values[, k]))
  names(columns) <- sprintf("cv_%d_valid", seq_along(metrics))
  summary <- c(
    list(
      mean = unname(rowMeans(values, na.rm = TRUE)),
      sd = unname(apply(values, 1, stats::sd, na.rm = TRUE))
    ),
    columns
  )
  structure(summary, class = "data.frame", row.names = rownames(values))
}
