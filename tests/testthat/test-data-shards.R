# Rows that lie in parts: the model is that of the rows, however they are cut and whoever
# holds them.

scattered_rows_of <- function(n = 1201) {
  data <- two_classes(n)
  data$a[7] <- NA
  data$size <- exp(5 * data$b)
  data$weight <- 1 + (seq_len(n) %% 7) / 3
  data$offset <- sin(seq_len(n)) / 10
  data$day <- as.Date("2024-01-01") + seq_len(n) %% 500
  data
}

# The rows in so many pieces, as files; their paths.
as_files <- function(data, pieces, env = parent.frame()) {
  folder <- withr::local_tempdir(.local_envir = env)
  ends <- round(nrow(data) * (seq_len(pieces) / pieces)^1.5)
  starts <- c(0, ends)[seq_len(pieces)]
  vapply(seq_len(pieces), function(p) {
    file <- file.path(folder, sprintf("part-%d.rds", p))
    saveRDS(data[(starts[[p]] + 1):ends[[p]], ], file)
    file
  }, "")
}

on_shards <- function(source, ..., y = "class", epochs = 2,
                      x = c("a", "b", "group", "size", "day")) {
  suppressWarnings(deeplearning(
    x = x, y = y, training_frame = source, hidden = c(6, 5), epochs = epochs, seed = 4,
    exchange_interval = 100, stopping_rounds = 0, ...
  ))
}

from_files <- function(files, shards = length(files)) {
  shard_files(files, read = readRDS, shards = shards)
}

timeless <- function(metrics) metrics[names(metrics) != "scoring_time"]

clockless <- function(model) {
  history <- model$scoring_history
  history[!names(history) %in% c("timestamp", "duration", "training_speed")]
}

test_that("the model does not depend on how files are cut, nor on who reads them", {
  skip_on_cran()
  data <- scattered_rows_of()
  workers <- local_workers(2)
  settings <- list(
    list(), list(optimizer = "adam", mini_batch_size = 16),
    list(activation = "RectifierWithDropout", weights_column = "weight"),
    list(weight_averaging_share = 0, offset_column = "offset", y = "size",
      x = c("a", "group")),
    list(missing_values_handling = "Skip", sparse = TRUE),
    list(balance_classes = TRUE), list(categorical_encoding = "Eigen"),
    list(autoencoder = TRUE, y = NULL, x = c("a", "group"))
  )
  for (setting in settings) {
    fit <- function(pieces, ...) {
      source <- from_files(as_files(data, pieces), shards = 3)
      do.call(on_shards, c(list(source), setting, list(...)))
    }
    whole <- fit(1)
    for (other in list(fit(8), fit(3, cluster = workers), fit(8, cluster = workers))) {
      same_network(other, whole)
      expect_identical(other$encoding, whole$encoding)
      expect_identical(timeless(other$training_metrics), timeless(whole$training_metrics))
      expect_identical(clockless(other), clockless(whole))
    }
  }
})

test_that("what is learned of rows in shards is what a data frame teaches", {
  data <- scattered_rows_of()
  here <- on_shards(data, shards = 3)
  for (balance in c(TRUE, FALSE)) {
    there <- on_shards(from_files(as_files(data, 3)), force_load_balance = balance)
    expect_identical(there$encoding, here$encoding)
    expect_identical(there$arguments$shards, 3)
  }
})

test_that("metrics of rows in shards are those of performance() on the whole", {
  skip_on_cran()
  data <- scattered_rows_of()
  source <- from_files(as_files(data, 3))
  workers <- local_workers(2)
  for (size in c(0, 300)) {
    model <- on_shards(source,
      cluster = workers, validation_frame = from_files(as_files(data, 2)),
      score_training_samples = size, score_validation_samples = 0
    )
    whole <- performance(model, data)
    for (name in c("AUC", "pr_auc", "logloss", "thresholds_and_metric_scores",
      "gains_lift_table")) {
      expect_identical(model$validation_metrics[[name]], whole[[name]])
      if (size == 0) expect_identical(model$training_metrics[[name]], whole[[name]])
    }
  }
  # A frame here judges shards there, and the other way.
  by_frame <- on_shards(source, validation_frame = data, score_validation_samples = 0)
  by_shards <- on_shards(source,
    validation_frame = source, score_validation_samples = 0
  )
  expect_identical(
    timeless(by_frame$validation_metrics), timeless(by_shards$validation_metrics)
  )
  plain <- on_shards(data, validation_frame = source, score_validation_samples = 0)
  expect_identical(
    plain$validation_metrics$AUC,
    on_shards(data, validation_frame = data, score_validation_samples = 0)$
      validation_metrics$AUC
  )
})

test_that("a run on shards goes on elsewhere, on files that are cut otherwise", {
  skip_on_cran()
  data <- scattered_rows_of()
  workers <- local_workers(2)
  here <- environment()
  source <- function(pieces) from_files(as_files(data, pieces, here), shards = 4)
  whole <- on_shards(source(1), epochs = 4, overwrite_with_best_model = FALSE)
  half <- on_shards(source(4), overwrite_with_best_model = FALSE)
  more <- suppressWarnings(deeplearning(
    y = "class", training_frame = source(3), checkpoint = half, epochs = 4,
    cluster = workers
  ))
  same_network(more, whole)
})

test_that("parts agree on classes and levels where they can, and say where they cannot", {
  data <- scattered_rows_of()
  parts <- split(data, rep(1:3, length.out = nrow(data)))
  fit <- function(change) {
    changed <- change(parts)
    on_shards(
      shard_by(function(shard, shards) changed[[shard]], 3), force_load_balance = FALSE
    )
  }
  same <- fit(identity)
  expect_identical(same$encoding$groups$onehot$levels$group, c("u", "v", "w"))
  unlike <- fit(function(parts) {
    parts[[1]]$group <- as.character(parts[[1]]$group)
    parts[[2]]$group <- factor(parts[[2]]$group, c("w", "v", "u"))
    parts[[2]] <- parts[[2]][rev(names(data))]
    parts[[3]]$b <- NA
    parts
  })
  expect_identical(unlike$encoding$groups$onehot$levels$group, c("u", "v", "w"))
  expect_identical(unlike$encoding$groups$number$means[["a"]],
    same$encoding$groups$number$means[["a"]])
  expect_identical(unlike$encoding$classes[["b"]], "numeric")

  problem <- function(change) {
    expect_error(fit(change), class = "feedforward_input_error")$message
  }
  expect_match(
    problem(function(parts) {
      parts[[2]]$a <- as.character(parts[[2]]$a)
      parts
    }),
    "`a` is a number in shard 1 and text in shard 2"
  )
  expect_match(
    problem(function(parts) {
      parts[[3]]$b <- NULL
      parts[[3]]$more <- 1
      parts
    }),
    "shard 3 has other columns than shard 1: it lacks `b`, it has `more` besides"
  )
  expect_match(
    problem(function(parts) {
      parts[[2]] <- parts[[2]][0, ]
      parts
    }),
    "`shard 2` must have more than 0 rows"
  )
  expect_match(
    problem(function(parts) {
      parts[[1]]$class <- NA
      parts
    }),
    "No row of `shard 1` has a response"
  )
  expect_match(
    problem(function(parts) {
      parts[[2]]$a[1] <- Inf
      parts
    }),
    "`a` has 1 infinite value"
  )
  failing <- shard_by(function(shard, shards) stop("no such disk"), 2)
  expect_match(
    expect_error(on_shards(failing), class = "feedforward_input_error")$message,
    "shard 1 cannot be read: no such disk"
  )
})

test_that("sources say what they are and refuse what they are not", {
  files <- as_files(scattered_rows_of(), 3)
  expect_output(print(from_files(files)), "3 shards: `part-1.rds`, `part-2.rds`")
  expect_output(print(from_files(files, 2)), "2 shards: `part-1.rds to part-2.rds`")
  expect_output(print(shard_here(mtcars)), "one shard a rank")
  for (bad in list(
    quote(shard_files(character())), quote(shard_files(1)),
    quote(shard_files(files, read = "fread")), quote(shard_files(files, shards = 0)),
    quote(shard_by(1, 2)), quote(shard_by(identity, 1.5)), quote(shard_here(1)),
    quote(shard_dataset(1))
  )) {
    expect_error(eval(bad), class = "feedforward_argument_error")
  }
  source <- from_files(files)
  expect_error(on_shards(source, shards = 2), "`training_frame` comes in 3 shards",
    class = "feedforward_argument_error"
  )
  expect_error(on_shards(source, keep_data = TRUE), "`keep_data`")
  expect_error(on_shards(source, nfolds = 3), "Cross-validation")
  expect_error(
    on_shards(source, categorical_encoding = "SortByResponse"), "all rows in one place"
  )
  # One shard is a data frame.
  one <- on_shards(from_files(files, 1))
  same_network(one, on_shards(scattered_rows_of()))
})

test_that("Parquet files are shards in the order of their paths", {
  skip_if_not_installed("nanoparquet")
  data <- scattered_rows_of()
  folder <- withr::local_tempdir()
  part <- seq_len(nrow(data)) > 500
  for (p in 1:2) {
    nanoparquet::write_parquet(
      data[part == (p == 2), ], file.path(folder, sprintf("part-%d.parquet", p))
    )
  }
  source <- shard_dataset(folder)
  expect_output(print(source), "2 shards: `part-1.parquet`, `part-2.parquet`")
  same_network(on_shards(source), on_shards(shard_by(function(shard, shards) {
    data[part == (shard == 2), ]
  }, 2)))
  expect_error(shard_dataset(character()), class = "feedforward_argument_error")
})

test_that("three workers of 40,000 rows each score a third each, and stop as one would", {
  skip_on_cran()
  node <- function(shard, shards) {
    flights <- data.frame(
      hour = rep(0:23, length.out = 40000) + shard / 10,
      carrier = factor(rep(letters[1:7], length.out = 40000))
    )
    flights$late <- factor(ifelse(
      sin(flights$hour / 4) + (flights$carrier == "b") + cos(seq_len(40000)) > .7,
      "yes", "no"
    ))
    flights
  }
  scored <- NULL
  whole <- joint_duties$outputs
  withr::defer(joint_duties$outputs <- whole)
  joint_duties$outputs <- function(shops, arguments, seconds) {
    scored <<- lengths(lapply(arguments, `[[`, "index"))
    whole(shops, arguments, seconds)
  }
  fit <- function(cluster) {
    deeplearning(
      y = "late", training_frame = shard_by(node, 3), hidden = c(10, 10), epochs = 50,
      seed = 1, score_training_samples = 10000, stopping_rounds = 5,
      stopping_metric = "logloss", stopping_tolerance = .01, score_interval = 0,
      score_duty_cycle = 1, cluster = cluster
    )
  }
  alone <- fit(NULL)
  expect_identical(sort(scored), c(3333L, 3333L, 3334L))
  expect_identical(alone$stopped_by, "stopping_metric")
  history <- alone$scoring_history$training_logloss
  n <- length(history)
  # No better than the five before, and that for the first time.
  means <- stats::filter(history, rep(1 / 5, 5), sides = 1)
  worse <- which(means[-(1:5)] > .99 * means[seq_len(n - 5)])
  expect_lte(n - 5, max(worse))
  together <- fit(local_workers(3))
  same_network(together, alone)
  expect_identical(together$scoring_history$samples, alone$scoring_history$samples)
})
