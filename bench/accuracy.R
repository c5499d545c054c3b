# Test metrics of the fitted models beside the figures that H2O, PyTorch and
# scikit-learn reached on the same data, which the shared golden folder holds.
#
#   Rscript bench/accuracy.R [task ...]    from the top of the repository
#
# Environment: SEEDS (in place of each task's own number), THREADS. Raw figures:
# bench/results/accuracy-<task>.csv. rows/s is the speed of training alone.

source("bench/common.R")
source("bench/data.R")

# ---- Figures to compare with ----------------------------------------------------

golden_figures <- function(file) {
  path <- shared_file("golden", file)
  read_once(path, function() utils::read.csv(path))
}

# Mean over the runs of one case of H2O; arguments = NULL takes all its runs.
h2o_figure <- function(task, column, arguments = NULL) {
  figures <- golden_figures("h2o-figures.csv")
  chosen <- figures$task == task
  if (!is.null(arguments)) chosen <- chosen & figures$arguments == arguments
  stopifnot(any(chosen))
  mean(figures[[column]][chosen])
}

peer_figure <- function(tool, task, mini_batch, epochs, column) {
  figures <- golden_figures("peer-figures.csv")
  chosen <- figures$tool == tool & figures$task == task &
    figures$optimizer == "adam" & figures$mini_batch == mini_batch &
    figures$epochs == epochs
  stopifnot(sum(chosen) == 1)
  figures[[column]][chosen]
}

# A bar: our mean is to be at least or at most this. beside = TRUE only sets the figure
# beside ours.
at_least <- function(value) list(value = value, sign = 1, beside = FALSE)
at_most <- function(value) list(value = value, sign = -1, beside = FALSE)
beside <- function(value) list(value = value, sign = -1, beside = TRUE)

# ---- The cases ------------------------------------------------------------------

# A case is one setting of a task. bars: metric -> bar.
a_case <- function(make, setting, arguments, seeds, bars) {
  list(
    make = make, setting = setting, arguments = arguments, seeds = seeds, bars = bars
  )
}

# H2O's README settings for MNIST, as its figures were measured.
readme_arguments <- list(
  hidden = c(128, 64), activation = "RectifierWithDropout",
  hidden_dropout_ratios = c(0.3, 0.2), input_dropout_ratio = 0.2, l1 = 1e-4, l2 = 1e-4,
  adaptive_rate = FALSE, rate = 0.005, rate_annealing = 1e-6, momentum_start = 0.9,
  momentum_ramp = 1e6, momentum_stable = 0.99, epochs = 10, stopping_rounds = 0
)

# Found on a tenth of the training rows held out, see bench/README.md.
insurance_arguments <- list(
  optimizer = "adam", mini_batch_size = 500, rate = 0.005, epochs = 15,
  weight_averaging_decay = 0.999, stopping_rounds = 0, overwrite_with_best_model = FALSE
)

# Functions, since figures and data are read only for the tasks asked for.
cases <- list(
  airline = function() {
    scored <- list(score_each_iteration = TRUE)
    list(
      a_case(airline_task, "10-10, 5 epochs", scored, 20,
        list(AUC = at_least(0.719), logloss = at_most(0.617))
      ),
      a_case(airline_task, "the same, replicas = 1", c(scored, replicas = 1), 20,
        list(AUC = at_least(0.719), logloss = at_most(0.617))
      )
    )
  },
  benchm = function() {
    once <- list(epochs = 1, stopping_rounds = 0, score_duty_cycle = 0)
    list(
      a_case(benchm_task, "200-200, 1 epoch", once, 3, list(
        AUC = at_least(h2o_figure("benchm 200-200 1 epoch", "test_AUC"))
      )),
      a_case(benchm_task, "200-200, 1 epoch, replicas = 1", c(once, replicas = 1), 3,
        list(AUC = at_least(h2o_figure("benchm 200-200 1 epoch", "test_AUC")))
      ),
      a_case(benchm_task, "defaults, 10 epochs", list(), 3, list(
        AUC = at_least(h2o_figure("benchm defaults", "test_AUC"))
      ))
    )
  },
  california = function() {
    best <- h2o_figure("california", "test_RMSE", "reproducible=True")
    list(
      a_case(california_task, "defaults", list(), 3,
        list(RMSE = at_most(round(best, 2)))
      )
    )
  },
  covtype = function() {
    best <- h2o_figure("covtype20k defaults reproducible", "test_logloss")
    list(
      a_case(covtype_task, "defaults", list(), 3,
        list(logloss = at_most(round(best, 2)), error = beside(NA))
      )
    )
  },
  freMTPL2 = function() {
    list(
      a_case(insurance_task, "20 Tanh, Adam", insurance_arguments, 5,
        # A generalised linear model with banded factors, published.
        list(deviance_x100 = at_most(32.17))
      ),
      a_case(insurance_task, "20 Tanh, H2O's defaults", list(), 2, list(
        deviance_x100 = beside(h2o_figure(
          "freMTPL2 offset deviance x100 (on ClaimNb, per policy)",
          "test_mean_residual_deviance"
        ))
      ))
    )
  },
  `mnist-adam` = function() {
    adam <- list(optimizer = "adam", mini_batch_size = 128, epochs = 5)
    size <- function(hidden, name) {
      a_case(mnist_scaled_task, paste(name, "Adam 128, 5 epochs"),
        c(adam, list(
          hidden = hidden, stopping_rounds = 0, overwrite_with_best_model = FALSE,
          score_duty_cycle = 0
        )), 3,
        list(
          error = beside(
            peer_figure("torch", paste("mnist", name), 128, 5, "test_error")
          ),
          logloss = beside(
            peer_figure("torch", paste("mnist", name), 128, 5, "test_logloss")
          )
        )
      )
    }
    list(size(c(128, 64), "128-64"), size(c(200, 200), "200-200"))
  },
  mnist = function() {
    once <- list(epochs = 1, stopping_rounds = 0, score_duty_cycle = 0)
    bar <- function(task) {
      list(
        per_class_error = at_most(h2o_figure(task, "test_mean_per_class_error")),
        logloss = beside(h2o_figure(task, "test_logloss"))
      )
    }
    list(
      a_case(mnist_task, "128-64, README settings, 10 epochs", readme_arguments, 1,
        bar("mnist 128-64 readme 10 epochs")
      ),
      a_case(mnist_task, "128-64, README settings, 10 epochs, replicas = 1",
        c(readme_arguments, replicas = 1), 1, bar("mnist 128-64 readme 10 epochs")
      ),
      a_case(mnist_task, "128-64, 1 epoch", c(once, list(hidden = c(128, 64))), 1,
        bar("mnist 128-64 1 epoch")
      ),
      a_case(mnist_task, "200-200, 1 epoch", once, 1, bar("mnist 200-200 1 epoch")),
      a_case(mnist_task, "200-200, defaults", list(), 1, bar("mnist defaults 10 epochs"))
    )
  }
)

# ---- The table ------------------------------------------------------------------

measure_cases <- function(name) {
  chosen <- cases[[name]]()
  fits <- list()
  for (case in chosen) {
    for (seed in seq_len(numbers_set("SEEDS", case$seeds))) {
      fits[[length(fits) + 1]] <- local({
        case <- case
        seed <- seed
        function() fit_once(case$make(seed), case$setting, case$arguments, seed)
      })
    }
  }
  rows <- collect_fits(fits, sprintf("accuracy-%s.csv", name))
  lines <- lapply(chosen, function(case) {
    lines_of(rows[rows$setting == case$setting, ], case)
  })
  lines <- do.call(rbind, lines)
  if (name == "airline") rbind(lines, replica_lines(rows, chosen)) else lines
}

lines_of <- function(rows, case) {
  speed <- format(round(stats::median(rows$rows_per_second)), big.mark = ",")
  lines <- lapply(names(case$bars), function(metric) {
    table_line(
      case, nrow(rows), rows$replicas[[1]], metric, rows[[metric]], case$bars[[metric]],
      speed
    )
  })
  do.call(rbind, lines)
}

# What default replicas cost, split by split.
replica_lines <- function(rows, chosen) {
  many <- rows[rows$setting == chosen[[1]]$setting, ]
  one <- rows[rows$setting == chosen[[2]]$setting, ]
  case <- list(setting = "difference of the two")
  bars <- list(AUC = at_least(-0.002), logloss = at_most(0.003))
  do.call(rbind, lapply(names(bars), function(metric) {
    gaps <- many[[metric]] - one[[metric]][match(many$seed, one$seed)]
    table_line(case, nrow(many), many$replicas[[1]], metric, gaps, bars[[metric]], "")
  }))
}

table_line <- function(case, seeds, replicas, metric, values, bar, speed) {
  mean <- mean(values)
  met <- if (bar$sign * (mean - bar$value) >= 0 || is.na(bar$value)) "yes" else "no"
  data.frame(
    setting = case$setting, replicas = replicas, seeds = seeds, metric = metric,
    mean = format_figure(mean), sd = format_figure(stats::sd(values)),
    bar = if (is.na(bar$value)) {
      ""
    } else {
      paste(if (bar$beside) "(=)" else if (bar$sign > 0) ">=" else "<=",
        format_figure(bar$value)
      )
    },
    met = if (bar$beside) "" else met, `rows/s` = speed, check.names = FALSE
  )
}

main <- function(names) {
  if (!all(names %in% names(cases))) {
    stop("Tasks are ", toString(names(cases)), ".", call. = FALSE)
  }
  print_machine()
  tables <- lapply(names, function(name) {
    # What takes long is seen as soon as it is there; the whole table comes last.
    table <- cbind(task = name, measure_cases(name))
    if (length(names) > 1) print_table(table, name)
    table
  })
  print_table(do.call(rbind, tables), "Accuracy; (=): a figure beside ours, no bar")
}

tasks <- commandArgs(trailingOnly = TRUE)
main(if (length(tasks) > 0) tasks else names(cases))
