# How the cost of training grows with rows, inputs, width, replicas, threads and the size
# of mini-batches: a table, the power that fits, and bench/results/scaling.png.
#
#   R_LIBS=build/library Rscript bench/scaling.R [--only=rows,inputs,width,replicas,
#     threads,batch] [--seconds=1] [--repeats=3] [--threads=2] [--quick]
#
# --seconds: about how long each fit trains. The data are made here.

source("bench/speed-tools.R")

options <- script_options(list(
  only = character(), seconds = 1, repeats = 3, quick = FALSE, threads = 2
))
if (options$quick) results_folder <- file.path(results_folder, "quick")

# ---- Data -----------------------------------------------------------------------

# Two factors with half of `levels` each, five numbers, two classes that depend on them.
made_task <- function(rows, levels = 300, numbers = 5) {
  data <- with_seed(1, {
    each <- max(2, levels %/% 2)
    factors <- lapply(1:2, function(i) {
      # Every level occurs, or it would be no input.
      codes <- c(seq_len(min(each, rows)), sample.int(each, max(0, rows - each), TRUE))
      structure(codes, levels = paste0("l", seq_len(each)), class = "factor")
    })
    x <- c(factors, lapply(seq_len(numbers), function(i) stats::rnorm(rows)))
    names(x) <- c("f1", "f2", if (numbers > 0) paste0("n", seq_len(numbers)))
    score <- sin(as.integer(x$f1)) + cos(as.integer(x$f2))
    if (numbers > 0) score <- score + x$n1^2
    noise <- stats::rlogis(rows)
    c(x, list(y = factor(ifelse(score + noise > stats::median(score), "b", "a"))))
  })
  attr(data, "row.names") <- seq_len(rows)
  class(data) <- "data.frame"
  new_task("made", data, data[1:100, ], setdiff(names(data), "y"), "y")
}

# Numbers alone: `inputs` of them.
dense_task <- function(rows, inputs) {
  x <- with_seed(1, matrix(stats::rnorm(rows * inputs), rows))
  data <- as.data.frame(x)
  data$y <- factor(ifelse(x[, 1] + x[, 2]^2 > 1, "b", "a"))
  new_task("dense", data, data[1:100, ], setdiff(names(data), "y"), "y")
}

# ---- One point ------------------------------------------------------------------

# Rows per second, median of several fits of about options$seconds each. Two trials find
# how many rows that is. Whole epochs where they are in reach, for what an epoch costs
# once (its row order) is paid by all of its rows. epochs: instead of all that.
measure_point <- function(task, arguments, threads = options$threads, epochs = NULL) {
  rows <- nrow(task$train)
  speed_over <- function(epochs, seed = 1) {
    gc(verbose = FALSE)
    training_speed(fit_plainly(task, c(arguments, list(epochs = epochs)), seed, threads))
  }
  few <- max(300, 4 * arguments$mini_batch_size)
  if (options$quick) {
    return(speed_over(few / rows))
  }
  if (is.null(epochs)) {
    more <- max(few, 0.2 * options$seconds * speed_over(few / rows))
    epochs <- max(few, options$seconds * speed_over(min(2, more / rows))) / rows
    if (epochs > 0.3) epochs <- min(20, max(1, round(epochs)))
  }
  stats::median(vapply(seq_len(options$repeats), function(seed) {
    speed_over(epochs, seed)
  }, 0))
}

# ---- Sweeps ---------------------------------------------------------------------

adam <- list(optimizer = "adam", mini_batch_size = 128)
small <- list(hidden = c(50, 50))

# values: what grows; curves: list(name = function(value) rows per second); cost:
# seconds per row as a function of speed and value, for the fitted power.
sweeps <- list(
  rows = list(
    title = "rows (50-50, 300 one-hot inputs), one epoch",
    values = c(1e4, 3e4, 1e5, 3e5, 1e6),
    curves = list(
      # A million rows trained whatever their number: units die, and rows get cheaper.
      `H2O's settings` = function(n) {
        measure_point(made_task(n), small, epochs = 1e6 / n)
      },
      `Adam 128` = function(n) {
        measure_point(made_task(n), c(small, adam), epochs = 1e6 / n)
      }
    ),
    cost = function(speed, value) value / speed, unit = "seconds an epoch"
  ),
  inputs = list(
    title = "one-hot inputs (50-50, 100,000 rows)",
    values = c(10, 100, 1000, 1e4, 1e5),
    curves = list(
      `H2O's settings` = function(n) measure_point(made_task(1e5, n, 0), small),
      `H2O's settings, 1 replica` = function(n) {
        measure_point(made_task(1e5, n, 0), c(small, list(replicas = 1)))
      },
      `Adam 128` = function(n) measure_point(made_task(1e5, n, 0), c(small, adam))
    )
  ),
  width = list(
    title = "width of two hidden layers (50 numbers in)",
    values = c(10, 32, 100, 316, 1000, 2048, 4096),
    curves = list(
      `H2O's settings, 1 replica` = function(n) {
        measure_point(dense_task(10000, 50), list(hidden = c(n, n), replicas = 1))
      },
      `Adam 128` = function(n) {
        measure_point(dense_task(10000, 50), c(list(hidden = c(n, n)), adam))
      }
    )
  ),
  replicas = list(
    title = "replicas (200-200, 300 one-hot inputs)",
    values = c(1, 2, 4, 8, 16),
    curves = list(
      `two threads` = function(n) {
        measure_point(made_task(1e5), list(hidden = c(200, 200), replicas = n))
      },
      `one thread` = function(n) {
        measure_point(made_task(1e5), list(hidden = c(200, 200), replicas = n), 1)
      }
    )
  ),
  threads = list(
    title = "threads (200-200, 300 one-hot inputs)",
    values = c(1, 2),
    curves = list(
      `8 replicas` = function(n) {
        measure_point(made_task(1e5), list(hidden = c(200, 200), replicas = 8), n)
      },
      `Adam 128` = function(n) {
        measure_point(made_task(1e5), c(list(hidden = c(200, 200)), adam), n)
      },
      `Adam 128, 500 numbers` = function(n) {
        measure_point(dense_task(20000, 500), c(list(hidden = c(200, 200)), adam), n)
      }
    )
  ),
  batch = list(
    title = "rows of a mini-batch (200-200)",
    values = c(1, 4, 16, 32, 64, 128, 256, 512, 1024),
    curves = list(
      `Adam, 300 one-hot inputs` = function(n) {
        measure_point(made_task(1e5), list(
          hidden = c(200, 200), optimizer = "adam", mini_batch_size = n
        ))
      },
      `Adam, 500 numbers` = function(n) {
        measure_point(dense_task(20000, 500), list(
          hidden = c(200, 200), optimizer = "adam", mini_batch_size = n
        ))
      }
    )
  )
)

run_sweep <- function(name) {
  sweep <- sweeps[[name]]
  values <- sweep$values
  if (options$quick) values <- values[values <= 1e4]
  table <- do.call(rbind, lapply(names(sweep$curves), function(curve) {
    speed <- vapply(values, function(value) {
      speed <- sweep$curves[[curve]](value)
      say(sprintf("%s %s, %s: %.0f rows/s", name, format(value), curve, speed))
      speed
    }, 0)
    cost <- if (is.null(sweep$cost)) 1 / speed else sweep$cost(speed, values)
    data.frame(
      sweep = name, curve = curve, value = values, rows_per_second = speed, cost = cost,
      # Over all values, and over the last three, where fixed costs show less.
      exponent = growth_exponent(values, cost),
      exponent_end = growth_exponent(utils::tail(values, 3), utils::tail(cost, 3))
    )
  }))
  print_markdown(
    data.frame(
      curve = table$curve, value = table$value,
      `rows/s` = count_text(table$rows_per_second),
      `us a row` = signif(1e6 / table$rows_per_second, 3), check.names = FALSE
    ),
    sweep$title
  )
  for (curve in unique(table$curve)) {
    first <- table[table$curve == curve, ][1, ]
    cat(sprintf(
      "%s: cost grows with the power %.2f, %.2f over the last three\n",
      curve, first$exponent, first$exponent_end
    ))
  }
  table
}

# ---- Plot -----------------------------------------------------------------------

colours <- c("#1b6ca8", "#c0392b", "#2e7d32")

plot_sweep <- function(table) {
  name <- table$sweep[[1]]
  curves <- unique(table$curve)
  sweep <- sweeps[[name]]
  unit <- if (is.null(sweep$unit)) "microseconds a row" else sweep$unit
  cost <- if (is.null(sweep$cost)) 1e6 * table$cost else table$cost
  # Room for the legend above the curves.
  room <- exp(0.35 * diff(log(range(cost))) + 0.1)
  graphics::plot(range(table$value), range(cost) * c(1, room),
    log = "xy", type = "n", xlab = name, ylab = unit, main = sweep$title,
    cex.main = 0.95, las = 1
  )
  graphics::grid(equilogs = FALSE, col = "grey85", lty = 1)
  for (i in seq_along(curves)) {
    of_curve <- table$curve == curves[[i]]
    graphics::lines(table$value[of_curve], cost[of_curve],
      type = "o", pch = 19, cex = 0.8, lwd = 2, col = colours[[i]]
    )
  }
  exponents <- vapply(curves, function(curve) {
    table$exponent_end[table$curve == curve][[1]]
  }, 0)
  graphics::legend("topleft",
    sprintf("%s: power %.2f", curves, exponents),
    col = colours[seq_along(curves)], lwd = 2, pch = 19, bty = "n", cex = 0.85
  )
}

plot_sweeps <- function(tables, path) {
  rows <- ceiling(length(tables) / 3)
  grDevices::png(path, width = 1500, height = 460 * rows, res = 110)
  on.exit(grDevices::dev.off())
  base::options(scipen = 9)
  graphics::par(
    mfrow = c(rows, min(3, length(tables))), mar = c(4.5, 5, 2.5, 1), mgp = c(3.3, 0.7, 0)
  )
  for (table in tables) plot_sweep(table)
}

main_scaling <- function() {
  print_bench_machine(options$threads)
  names <- names(sweeps)
  if (length(options$only) > 0) names <- intersect(names, options$only)
  tables <- lapply(names, run_sweep)
  save_result(do.call(rbind, tables), "scaling.csv")
  path <- file.path(results_folder, "scaling.png")
  plot_sweeps(tables, path)
  cat("\nThe plot is in ", path, ". Load at the end: ", load_average(), "\n", sep = "")
}

if (sys.nframe() == 0) main_scaling()
