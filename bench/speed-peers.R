# The other tools on the same rows: scikit-learn and PyTorch through speed-peers.py, and
# the networks of R's packages where they are installed. Results are data frames with
# the columns of peers.csv.

# networks: names of peer_networks(). NULL where Python or its numpy is missing.
run_python_peers <- function(networks, threads, quick = FALSE) {
  python <- Sys.getenv("PYTHON", "/usr/bin/python3")
  there <- file.exists(python) &&
    system2(python, c("-c", shQuote("import numpy")), stdout = FALSE, stderr = FALSE) == 0
  if (!there) {
    say("no Python with numpy (python3-numpy): scikit-learn and PyTorch are skipped")
    return(NULL)
  }
  folder <- tempfile("peers-")
  dir.create(folder)
  on.exit(unlink(folder, recursive = TRUE))
  jobs <- lapply(networks, function(name) peer_job(name, folder, quick))
  # Numbers of one element stay lists of one.
  jsonlite::write_json(jobs, file.path(folder, "jobs.json"),
    auto_unbox = TRUE, digits = NA
  )
  runs <- lapply(unique(c(1, threads)), function(threads) {
    say("scikit-learn and PyTorch on ", length(jobs), " networks, threads: ", threads)
    results <- file.path(folder, paste0("peers-", threads))
    failed <- system2(python, c("bench/speed-peers.py", folder, threads, results))
    if (failed != 0) {
      say("speed-peers.py failed: scikit-learn and PyTorch are skipped")
      return(NULL)
    }
    products <- utils::read.csv(paste0(results, ".products"))
    save_result(products, sprintf("products-%d.csv", threads))
    utils::read.csv(results)
  })
  do.call(rbind, runs)
}

# What speed-peers.py must know of a network; its data are written once.
peer_job <- function(name, folder, quick) {
  network <- peer_networks()[[name]]
  task <- bench_task(network$data)
  about <- write_dense_task(task, network$data, folder)
  plans <- list()
  for (tool in names(network$batches)) {
    for (batch in network$batches[[tool]]) {
      plans <- c(plans, list(list(
        tool = tool, batch = min(batch, nrow(task$train)),
        seeds = if (quick) 1 else network$seeds,
        epochs = if (quick) min(network$epochs, 2) else network$epochs,
        limit = if (quick) 1 else network$limit
      )))
    }
  }
  c(about, list(
    name = name, data = network$data, hidden = network$hidden,
    activation = network$activation, plans = unique(plans), goals = peer_goals(name)
  ))
}

# Once the last target of every case that asks for its time is reached, a run can end.
peer_goals <- function(network) {
  asking <- Filter(function(case) case$peers == network, time_cases())
  lapply(asking, function(case) {
    list(metric = case$metric, value = utils::tail(case$targets, 1))
  })
}

write_dense_task <- function(task, name, folder) {
  encoding <- learned_encoding(task)
  # Inputs for missing values that no row has only slow the others down.
  used <- setdiff(seq_len(encoding$inputs), encoding$unused + 1)
  y <- task$train[[task$y]]
  kind <- if (is.factor(y)) {
    "classes"
  } else if (identical(task$arguments$distribution, "poisson")) {
    "counts"
  } else {
    "numbers"
  }
  path <- function(...) file.path(folder, paste0(name, "-", ...))
  if (!file.exists(path("train-y"))) {
    for (part in c("train", "test")) {
      rows <- task[[part]]
      y <- rows[[task$y]]
      y <- if (is.factor(y)) as.integer(y) - 1 else as.double(y)
      write_floats(y, path(part, "-y"))
      write_inputs(encoding, rows, used, path(part, "-x"))
      offset <- task$arguments$offset_column
      if (!is.null(offset)) write_floats(rows[[offset]], path(part, "-offset"))
    }
  }
  list(
    kind = kind, inputs = length(used),
    classes = if (kind == "classes") nlevels(task$train[[task$y]]) else 0
  )
}

write_floats <- function(x, path, append = FALSE) {
  connection <- file(path, if (append) "ab" else "wb")
  on.exit(close(connection))
  writeBin(as.double(x), connection, size = 4, endian = "little")
}

# Rows after rows, some thousands at a time.
write_inputs <- function(encoding, rows, used, path) {
  starts <- seq(1, nrow(rows), by = 5000)
  for (start in starts) {
    some <- rows[seq(start, min(start + 4999, nrow(rows))), , drop = FALSE]
    write_floats(t(expand_rows(encoding, some)[, used, drop = FALSE]), path, start > 1)
  }
}

# ---- R's packages ---------------------------------------------------------------

# Small networks on the small tasks: these tools have no mini-batches (nnet, neuralnet)
# or are meant for little data. rows_per_second counts rows x passes over the data.
run_r_peers <- function(networks, quick = FALSE) {
  wanted <- intersect(c("airline-10", "prostate", "iris", "california"), networks)
  runs <- lapply(wanted, function(name) {
    network <- peer_networks()[[name]]
    task <- bench_task(network$data)
    data <- dense_parts(task)
    do.call(rbind, lapply(Filter(is_installed, names(r_peers)), function(tool) {
      run_r_peer(tool, name, network, task, data, quick)
    }))
  })
  missing <- Filter(function(tool) !is_installed(tool), names(r_peers))
  if (length(missing) > 0) {
    say("not installed, skipped: ", paste(missing, collapse = ", "))
  }
  do.call(rbind, runs)
}

is_installed <- function(tool) {
  requireNamespace(tool, quietly = TRUE)
}

dense_parts <- function(task) {
  encoding <- learned_encoding(task)
  used <- setdiff(seq_len(encoding$inputs), encoding$unused + 1)
  x <- expand_rows(encoding, task$train)[, used, drop = FALSE]
  y <- task$train[[task$y]]
  colnames(x) <- paste0("x", seq_len(ncol(x)))
  center <- if (is.factor(y)) 0 else mean(y)
  scale <- if (is.factor(y)) 1 else stats::sd(y)
  target <- if (is.factor(y)) {
    diag(nlevels(y))[as.integer(y), , drop = FALSE]
  } else {
    cbind((y - center) / scale)
  }
  test <- expand_rows(encoding, task$test)[, used, drop = FALSE]
  colnames(test) <- colnames(x)
  list(
    x = x, y = target, classes = is.factor(y), test_x = test,
    test_y = task$test[[task$y]], center = center, scale = scale
  )
}

# Where a tool has no number of passes it would take minutes, which tells nothing.
run_r_peer <- function(tool, name, network, task, data, quick) {
  passes <- if (quick) 2 else r_peers[[tool]]$passes[[name]]
  if (is.null(passes)) {
    return(NULL)
  }
  seconds <- system.time(
    output <- tryCatch(
      with_seed(1, r_peers[[tool]]$train(
        data, network$hidden, passes, network$activation
      )),
      error = function(e) {
        say(tool, " on ", name, ": ", conditionMessage(e))
        NULL
      }
    )
  )[["elapsed"]]
  if (is.null(output)) {
    return(NULL)
  }
  rate <- nrow(data$x) * passes / seconds
  say(sprintf(
    "%s, %s: %d passes, %.2f s, %.0f rows/s", tool, name, passes, seconds, rate
  ))
  cbind(
    data.frame(
      tool = tool, task = name, batch = NA, threads = 1, seed = 1, epoch = passes,
      seconds = seconds, rows_per_second = rate
    ),
    output_metrics(output(data$test_x), data)
  )
}

output_metrics <- function(output, data) {
  metrics <- data.frame(AUC = NA, logloss = NA, error = NA, RMSE = NA, deviance_x100 = NA)
  output <- as.matrix(output)
  if (!data$classes) {
    residual <- output[, 1] * data$scale + data$center - data$test_y
    metrics$RMSE <- sqrt(mean(residual^2))
    return(metrics)
  }
  codes <- as.integer(data$test_y)
  if (ncol(output) == 1) output <- cbind(1 - output, output)
  chosen <- pmax(output[cbind(seq_along(codes), codes)], 1e-15)
  metrics$logloss <- -mean(log(chosen))
  metrics$error <- mean(max.col(output, "first") != codes)
  if (ncol(output) == 2) {
    ranks <- rank(output[, 2])
    n1 <- sum(codes == 2)
    n0 <- sum(codes == 1)
    metrics$AUC <- (sum(ranks[codes == 2]) - n1 * (n1 + 1) / 2) / (n1 * n0)
  }
  metrics
}

# train(data, hidden, passes, activation) returns a function of new rows. passes: by
# network, only where the tool can be expected to finish.
r_peers <- list(
  # One hidden layer of the same first width, all rows at once (BFGS).
  nnet = list(
    passes = list(`airline-10` = 10, prostate = 2000, iris = 100, california = 200),
    train = function(data, hidden, passes, activation) {
      units <- min(hidden[[1]], 20)
      fit <- nnet::nnet(data$x, data$y,
        size = units, maxit = passes, MaxNWts = 1e6, softmax = data$classes,
        linout = !data$classes, trace = FALSE, abstol = 0, reltol = 0
      )
      function(x) stats::predict(fit, x)
    }
  ),
  ANN2 = list(
    passes = list(`airline-10` = 5, prostate = 200, iris = 100, california = 10),
    train = function(data, hidden, passes, activation) {
      y <- if (data$classes) max.col(data$y) else data$y[, 1]
      fit <- ANN2::neuralnetwork(data$x, y,
        hidden.layers = hidden, regression = !data$classes, standardize = FALSE,
        loss.type = if (data$classes) "log" else "squared",
        activ.functions = if (activation == "Tanh") "tanh" else "relu",
        optim.type = "adam", learn.rates = 1e-3, n.epochs = passes,
        batch.size = min(128, nrow(data$x)), val.prop = 0, verbose = FALSE,
        random.seed = 1
      )
      function(x) {
        prediction <- stats::predict(fit, x)
        if (data$classes) prediction$probabilities else prediction$predictions
      }
    }
  ),
  RSNNS = list(
    passes = list(`airline-10` = 5, prostate = 200, iris = 100, california = 5),
    train = function(data, hidden, passes, activation) {
      fit <- RSNNS::mlp(data$x, data$y,
        size = hidden, maxit = passes, linOut = !data$classes,
        learnFuncParams = c(0.1, 0)
      )
      function(x) {
        output <- stats::predict(fit, x)
        # Logistic outputs need not sum to one.
        if (data$classes) output / pmax(rowSums(output), 1e-12) else output
      }
    }
  ),
  # Resilient propagation on all rows at once, in plain R.
  neuralnet = list(
    passes = list(iris = 100, prostate = 500),
    train = function(data, hidden, passes, activation) {
      y <- data$y
      colnames(y) <- paste0("y", seq_len(ncol(y)))
      terms <- paste(
        paste(colnames(y), collapse = " + "), "~",
        paste(colnames(data$x), collapse = " + ")
      )
      # Where the steps run out it returns a network without weights, and warns.
      fit <- suppressWarnings(neuralnet::neuralnet(
        stats::as.formula(terms), data.frame(y, data$x),
        hidden = pmin(hidden, 20), stepmax = passes, threshold = 1e-12,
        linear.output = !data$classes
      ))
      function(x) {
        if (is.null(fit$weights)) {
          return(matrix(NA_real_, nrow(x), ncol(y)))
        }
        stats::predict(fit, x)
      }
    }
  )
)
