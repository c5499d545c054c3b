# Training speed against H2O, scikit-learn, PyTorch and a plain loop, in one table.
#
#   make bench
#   R_LIBS=build/library Rscript bench/speed.R [--only=WORD,...] [--quick]
#     [--no-peers] [--no-roofline] [--repeats=3] [--budget=20] [--threads=2]
#
# --only keeps cases whose id or task holds one of the words (calls: from call to model,
# predictions); --quick is a smoke test
# with a tenth of the epochs, whose figures mean nothing; --budget: seconds of training
# after which a case is not repeated again. Nothing else should run on the machine.
# Results go to bench/results/ as csv, too.

source("bench/speed-tools.R")
source("bench/speed-cases.R")
source("bench/speed-peers.R")
source("bench/speed-roofline.R")
source("bench/speed-table.R")
source("bench/speed-kernels.R")
source("bench/predict.R")
source("bench/startup.R")

options <- script_options(list(
  only = character(), quick = FALSE, no_peers = FALSE, no_roofline = FALSE, repeats = 3,
  budget = 20, threads = 2
))
if (options$quick) results_folder <- file.path(results_folder, "quick")

# ---- Our side -------------------------------------------------------------------

run_rate_case <- function(case) {
  task <- bench_task(case$task)
  arguments <- case$arguments
  if (options$quick) {
    arguments$epochs <- arguments$epochs / if (case$id == "prostate") 100 else 10
  }
  threads <- min(case$threads, options$threads)
  runs <- NULL
  spent <- 0
  for (seed in seq_len(if (options$quick) 1 else options$repeats)) {
    run <- time_fits(task, arguments, seed, threads)
    runs <- rbind(runs, run)
    spent <- spent + run$call_seconds
    say(sprintf(
      "%s, seed %d: %.0f rows/s, %s %.4f, %s", case$title, seed, run$rows_per_second,
      case$quality, run[[case$quality]], run$status
    ))
    if (spent > options$budget) break
  }
  cbind(case = case$id, runs)
}

# Seconds of training until the metric on the test rows first reaches each target,
# median over seeds; scored after every epoch, as the others are.
run_time_case <- function(case) {
  task <- bench_task(case$task)
  task$arguments$epochs <- NULL
  runs <- NULL
  for (name in names(case$settings)) {
    for (seed in seq_len(if (options$quick) 1 else options$repeats)) {
      arguments <- utils::modifyList(task$arguments, case$settings[[name]])
      arguments$epochs <- if (options$quick) 1 else case$epochs
      path <- metric_path(task, arguments, case$metric, seed)
      reached <- vapply(case$targets, function(target) {
        first_reached(path$seconds, path$value, target, case$metric)
      }, 0)
      best <- if (higher_is_better(case$metric)) max(path$value) else min(path$value)
      say(sprintf(
        "%s, %s, seed %d: %s s; best %.4f after %.1f s", case$title, name, seed,
        paste(format(reached, digits = 3), collapse = ", "), best, max(path$seconds)
      ))
      runs <- rbind(runs, data.frame(
        case = case$id, setting = name, seed = seed, metric = case$metric,
        target = case$targets, seconds = reached
      ))
    }
  }
  runs
}

metric_path <- function(task, arguments, metric, seed) {
  arguments <- utils::modifyList(arguments, list(
    score_each_iteration = TRUE, train_samples_per_iteration = 0,
    max_runtime_secs = if (options$quick) 2 else options$budget
  ))
  call <- as.call(c(
    list(
      quote(deeplearning), quote(task$x), quote(task$y), quote(task$train),
      validation_frame = quote(task$test), seed = seed, threads = options$threads,
      progress = FALSE
    ),
    utils::modifyList(without_scoring, arguments)
  ))
  history <- score_history(suppressWarnings(eval(call)))[-1, ]
  column <- paste0("validation_", switch(metric,
    AUC = "auc", error = "classification_error", tolower(metric)
  ))
  speed <- history$training_speed
  data.frame(seconds = history$samples / speed, value = history[[column]])
}

# Inf where it never is.
first_reached <- function(seconds, values, target, metric) {
  there <- if (higher_is_better(metric)) values >= target else values <= target
  if (any(there, na.rm = TRUE)) seconds[[which(there)[[1]]]] else Inf
}

# ---- All of it ------------------------------------------------------------------

wanted <- function(cases) {
  Filter(function(case) {
    length(options$only) == 0 ||
      any(vapply(options$only, grepl, NA, x = paste(case$id, case$task)))
  }, cases)
}

main <- function() {
  rates <- wanted(rate_cases())
  times <- wanted(time_cases())
  began <- proc.time()[["elapsed"]]
  print_bench_machine(options$threads)
  plain <- plain_loop(if (options$quick) 1 else options$repeats)
  scale <- plain / plain_loop_there
  if (is.na(scale)) scale <- 1
  cat(sprintf(
    "plain loop: %s rows/s here, %s where H2O ran: H2O's figures times %.2f\n",
    count_text(plain), count_text(plain_loop_there), scale
  ))
  roofline <- if (!options$no_roofline) measure_roofline()

  peers <- NULL
  if (!options$no_peers) {
    networks <- unique(unlist(lapply(c(rates, times), `[[`, "peers")))
    if (length(networks) > 0) {
      peers <- rbind(
        run_python_peers(networks, options$threads, options$quick),
        run_r_peers(networks, options$quick)
      )
    }
    if (!is.null(peers)) save_result(peers, "peers.csv")
  }

  rate_runs <- lapply(rates, run_rate_case)
  time_runs <- lapply(times, run_time_case)
  if (length(rates) > 0) save_result(do.call(rbind, rate_runs), "speed-rates.csv")
  if (length(times) > 0) save_result(do.call(rbind, time_runs), "speed-times.csv")
  table <- rbind(
    do.call(rbind, Map(function(case, runs) {
      rate_row(case, runs, peers, plain, scale)
    }, rates, rate_runs)),
    do.call(rbind, Map(function(case, runs) {
      time_rows(case, runs, peers, scale)
    }, times, time_runs)),
    if (length(wanted(list(list(id = "calls", task = "predict")))) > 0) call_rows(scale)
  )
  save_result(table, "speed.csv")
  print_markdown(table, paste(
    "Speed: rows per second while training, or seconds of training to a test metric;",
    "medians. / H2O, / other: how many times as fast we are. A time's bar is the best",
    "other where none was set. met \"scaled\": after the bar was multiplied by the plain",
    "loop's rate here over its rate where the bars were set."
  ))
  if (!is.null(roofline)) print_roofline(rates, rate_runs, roofline)
  batches <- Filter(function(case) grepl("^mnist-.*-adam$", case$id), rates)
  if (length(batches) > 0) {
    sets <- kernel_table(batches, if (options$quick) 1 else options$repeats)
    save_result(sets, "speed-kernels.csv")
    print_markdown(sets, "Kernel sets on one thread, Adam with mini-batches of 128")
  }
  drift <- plain_loop(1) / plain
  cat(sprintf("\nThe plain loop at the end: %.0f %% of its first rate.\n", 100 * drift))
  if (isTRUE(abs(drift - 1) > 0.1)) {
    cat("Something else ran on the machine: do not trust these figures.\n")
  }
  say(sprintf("%.0f minutes", (proc.time()[["elapsed"]] - began) / 60))
}

print_roofline <- function(rates, runs, roofline) {
  promised <- c("airline-200", "benchm", "mnist-200", "covtype")
  by_row <- Filter(function(case) case$id %in% promised, rates)
  if (length(by_row) > 0) {
    shares <- do.call(rbind, lapply(by_row, row_share, roofline, options$quick))
    save_result(shares, "roofline-rows.csv")
    shares$of_dense <- sprintf("%.0f %%", 100 * shares$of_dense)
    shares$of_sparse <- sprintf("%.0f %%", 100 * shares$of_sparse)
    print_markdown(shares, paste(
      "Row by row, one thread, one replica: share of the dense peak and of the sparse",
      "minimum (bar: 60 % of the latter for airline, MNIST, covtype)"
    ))
  }
  batches <- vapply(rates, function(case) grepl("-adam$", case$id), NA)
  if (any(batches)) {
    shares <- do.call(rbind, Map(function(case, runs) {
      batch_share(case, stats::median(runs$rows_per_second), roofline)
    }, rates[batches], runs[batches]))
    save_result(shares, "roofline-batches.csv")
    shares$of_peak <- sprintf("%.0f %%", 100 * shares$of_peak)
    print_markdown(
      shares, "Mini-batches: share of the multiply-adds that the threads can do"
    )
  }
}

if (sys.nframe() == 0) main()
