# What shards cost and bring: test metrics at equal rows for 1 to 64 shards, by the rule
# of this package (block momentum) beside plain averages (H2O's), averages in turn without
# waiting (asynchronous) and sums in turn (Downpour SGD); what the package warns of; the
# time model beside what two workers of this machine spend on exchanges; and a plot.
#
#   Rscript bench/cluster.R [task ...]     from the top of the repository
#
# Environment: SEEDS (5), SHARDS ("1,2,4,8,16,32,64"), METHODS (a|b). Raw figures go
# to bench/results/cluster-<task>.csv, where a run that was cut off goes on.

source("bench/common.R")
source("bench/data.R")

tasks <- list(
  benchm = list(make = benchm_task, metric = "AUC", arguments = list(epochs = 3)),
  `covtype-adam` = list(
    make = covtype_task, metric = "logloss",
    arguments = list(epochs = 30, optimizer = "adam", mini_batch_size = 32)
  ),
  adult = list(make = adult_task, metric = "AUC", arguments = list(epochs = 5))
)

# How the weights that came of each shard make the next ones. Those that wait for all
# take the weights of all; the others those of one shard, in turn, which began where the
# weights stood a turn earlier.
#   ends: of each shard, or of one; begins: where they began
methods <- list(
  `block momentum` = function(shards) list(shards = shards),
  `plain average` = list(waits = TRUE, next_weights = function(w, ends, begins, shards) {
    Reduce(`+`, ends) / shards
  }),
  asynchronous = list(waits = FALSE, next_weights = function(w, ends, begins, shards) {
    w + (ends[[1]] - w) / shards
  }),
  Downpour = list(waits = FALSE, next_weights = function(w, ends, begins, shards) {
    w + ends[[1]] - begins[[1]]
  })
)

ours <- asNamespace("feedforward")

# The network trained by another rule than the package's: its weights on the test rows.
train_by_rule <- function(rule, task, arguments, shards, seed) {
  given <- c(
    list(x = task$x, y = task$y, training_frame = task$train, seed = seed,
      shards = shards, validation_frame = task$test, threads = 1,
      weight_averaging_share = 0, progress = FALSE),
    utils::modifyList(task$arguments, arguments)
  )
  request <- list(
    call = quote(deeplearning()), form = "frame", given = given, opened = new.env()
  )
  prepared <- suppressWarnings(ours$prepare_fit(ours$read_request(request)))
  trainers <- lapply(prepared$shards, ours$shard_trainer, NULL)
  rows <- vapply(prepared$shards, `[[`, 0, "n")
  exchanges <- ceiling(
    prepared$arguments$epochs * max(rows) / prepared$arguments$exchange_interval
  )
  shape <- trainers[[1]]$weights()
  w <- ours$flatten_parameters(shape)
  begins <- rep(list(w), shards)
  done <- numeric(shards)
  train <- function(s, k) {
    trainers[[s]]$set_weights(ours$unflatten_parameters(begins[[s]], shape))
    goal <- ceiling(prepared$arguments$epochs * rows[[s]] * k / exchanges)
    if (goal > done[[s]]) {
      done[[s]] <<- done[[s]] + trainers[[s]]$run(goal - done[[s]], Inf, 1)$rows
    }
    ours$flatten_parameters(trainers[[s]]$weights())
  }
  for (k in seq_len(exchanges)) {
    if (rule$waits) {
      w <- rule$next_weights(w, lapply(seq_len(shards), train, k), begins, shards)
      begins <- rep(list(w), shards)
    } else {
      for (s in seq_len(shards)) {
        w <- rule$next_weights(w, list(train(s, k)), begins[s], shards)
        begins[[s]] <- w
      }
    }
    if (!all(is.finite(w)) || max(abs(w)) > 1e15) {
      return(NA)
    }
  }
  parameters <- ours$unflatten_parameters(w, shape)
  part <- prepared$validation
  link <- ours$network_predict(
    part$rows, NULL, prepared$network, parameters$weights, parameters$biases, 1L
  )
  metrics <- suppressWarnings(ours$compute_metrics(
    prepared$response, ours$decode_response(prepared$response, link, part$offset),
    part$actual, part$weights, prepared$arguments,
    tables = FALSE
  ))
  metrics[[task$metric]]
}

measure_one <- function(method, task, arguments, shards, seed) {
  warned <- FALSE
  seconds <- system.time(value <- if (is.function(methods[[method]])) {
    arguments <- c(arguments, shards = shards, threads = 1, seed = seed)
    model <- withCallingHandlers(
      do.call(deeplearning, c(
        list(task$x, task$y, task$train, progress = FALSE),
        utils::modifyList(task$arguments, arguments)
      )),
      warning = function(w) {
        warned <<- warned || inherits(w, "feedforward_shards_warning")
        invokeRestart("muffleWarning")
      }
    )
    suppressWarnings(performance(model, task$test))[[task$metric]]
  } else {
    train_by_rule(methods[[method]], task, arguments, shards, seed)
  })[["elapsed"]]
  data.frame(
    task = task$name, method = method, shards = shards, seed = seed, value = value,
    warned = warned, seconds = seconds
  )
}

measure_cluster <- function(name, seeds, counts, chosen) {
  path <- file.path("bench", "results", sprintf("cluster-%s.csv", name))
  dir.create(dirname(path), showWarnings = FALSE, recursive = TRUE)
  rows <- if (file.exists(path)) utils::read.csv(path)
  for (seed in seq_len(seeds)) {
    task <- tasks[[name]]$make(seed)
    task$name <- name
    task$metric <- tasks[[name]]$metric
    for (shards in counts) {
      for (method in chosen) {
        there <- rows$method == method & rows$shards == shards & rows$seed == seed
        # One shard meets nobody.
        if (any(there) || (shards == 1 && method != chosen[[1]])) next
        rows <- rbind(rows, measure_one(
          method, task, tasks[[name]]$arguments, shards, seed
        ))
        utils::write.csv(rows, path, row.names = FALSE)
      }
    }
  }
  rows
}

# Mean difference to one shard, in units of what the metric itself varies by over seeds.
show_quality <- function(rows, metric) {
  one <- rows[rows$shards == 1, ]
  rows$gap <- rows$value - one$value[match(rows$seed, one$seed)]
  cells <- stats::aggregate(
    cbind(gap, warned) ~ method + shards, rows[rows$shards > 1, ], mean,
    na.action = stats::na.pass
  )
  cat(sprintf(
    "\n%s of one shard: %.4f, sd over seeds %.4f; differences to it:\n",
    metric, mean(one$value), stats::sd(one$value)
  ))
  table <- stats::reshape(
    cells[c("method", "shards", "gap")], idvar = "shards", timevar = "method",
    direction = "wide"
  )
  names(table) <- sub("gap.", "", names(table), fixed = TRUE)
  ours <- cells[cells$method == names(methods)[[1]], ]
  table$warned <- ours$warned[match(table$shards, ours$shards)] > 0
  print(format(table, digits = 2), row.names = FALSE)
  invisible(cells)
}

# Share of the time that exchanges take with two workers here, and by the time model.
show_time <- function() {
  cluster <- cluster_local(2)
  on.exit(close(cluster))
  task <- benchm_task(1)
  cat("\nExchanges between 2 workers of this machine (benchm, 200-200):\n")
  for (interval in c(2000, 10000, 50000)) {
    share <- NA
    withCallingHandlers(
      suppressWarnings(deeplearning(task$x, task$y, task$train,
        epochs = 3, seed = 1, cluster = cluster, exchange_interval = interval,
        progress = TRUE, threads = 1
      )),
      feedforward_exchange_message = function(m) {
        share <<- m$share
        invokeRestart("muffleMessage")
      }
    )
    cat(sprintf("  every %6d rows: %4.1f %% of the time\n", interval, 100 * share))
  }
  print(cluster_sitrep(cluster))
}

draw_quality <- function(all, file) {
  grDevices::png(file, 1500, 500, res = 110)
  on.exit(grDevices::dev.off())
  graphics::par(mfrow = c(1, length(all)), mar = c(4, 4, 3, 1))
  # Of Okabe and Ito, told apart by everybody, and by their symbols.
  colours <- c("#000000", "#0072B2", "#D55E00", "#009E73")
  for (name in names(all)) {
    rows <- all[[name]]
    means <- stats::aggregate(value ~ method + shards, rows, mean)
    one <- mean(rows$value[rows$shards == 1])
    spread <- stats::sd(rows$value[rows$shards == 1])
    if (is.na(spread)) spread <- 0
    # Downpour leaves every scale.
    shown <- means$value[means$method != "Downpour"]
    plot(range(means$shards), range(shown, one + c(-1, 1) * 3 * spread),
      type = "n", log = "x", xaxt = "n", xlab = "shards, at equal rows",
      ylab = tasks[[name]]$metric, main = name
    )
    graphics::axis(1, sort(unique(means$shards)))
    graphics::abline(h = one + c(-1, 0, 1) * spread, lty = c(3, 1, 3), col = "grey60")
    for (k in seq_along(methods)) {
      of <- means[means$method == names(methods)[[k]], ]
      graphics::lines(of$shards, of$value, type = "b", pch = k, col = colours[[k]])
    }
  }
  graphics::legend("bottomleft", names(methods),
    pch = seq_along(methods), col = colours, bty = "n"
  )
}

main <- function(names) {
  if (length(names) == 0) names <- names(tasks)
  seeds <- numbers_set("SEEDS", 5)
  counts <- numbers_set("SHARDS", c(1, 2, 4, 8, 16, 32, 64))
  picked <- Sys.getenv("METHODS")
  chosen <- names(methods)
  if (nzchar(picked)) chosen <- strsplit(picked, "|", fixed = TRUE)[[1]]
  all <- list()
  for (name in names) {
    cat(sprintf("\n== %s\n", name))
    all[[name]] <- measure_cluster(name, seeds, counts, chosen)
    show_quality(all[[name]], tasks[[name]]$metric)
  }
  draw_quality(all, file.path("bench", "results", "cluster.png"))
  cat("\nThe plot is bench/results/cluster.png.\n")
  show_time()
}

main(commandArgs(trailingOnly = TRUE))
