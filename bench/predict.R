# Prediction: benchm-ml, 200-200, 658 one-hot inputs. Rows per second for 100,000 rows
# and milliseconds for one, through predict(); and what the core takes of it.
#
#   R_LIBS=build/library Rscript bench/predict.R [--repeats=5] [--threads=2]

source("bench/speed-tools.R")

# Data frame what, rows, seconds (medians of one call), rows_per_second.
measure_prediction <- function(repeats = 5, threads = 2) {
  task <- benchm_task()
  model <- fit_plainly(task, list(hidden = c(200, 200), epochs = 0.2))
  many <- task$test
  one <- many[1, ]
  other <- model
  other$biases[[1]] <- -other$biases[[1]]
  # Levels that training did not see are known.
  quietly <- function(...) suppressWarnings(predict(model, ...))
  encode <- function(frame) {
    columns <- suppressWarnings(feedforward:::new_columns(model$encoding, frame))
    feedforward:::encode_rows(model$encoding, columns, nrow(frame))
  }
  through_core <- function(rows, threads) {
    feedforward:::network_predict(
      rows, NULL, model$network, model$weights, model$biases, threads
    )
  }
  rows_many <- encode(many)
  result <- rbind(
    timed_call("predict(), all rows", nrow(many), repeats, function() {
      quietly(many, threads = threads)
    }),
    timed_call("predict(), all rows, one thread", nrow(many), repeats, function() {
      quietly(many, threads = 1)
    }),
    timed_call("encoding alone, all rows", nrow(many), repeats, function() encode(many)),
    timed_call("core, all rows, weights handed over", nrow(many), repeats, function() {
      through_core(rows_many, threads)
    }),
    timed_call("predict(), one row", 1, repeats, function() quietly(one, threads = 1),
      times = 200
    ),
    timed_call("predict(), one row of two models in turn", 2, repeats, function() {
      quietly(one, threads = 1)
      suppressWarnings(predict(other, one, threads = 1))
    }, times = 100),
    core_calls()
  )
  save_result(result, "predict.csv")
}

timed_call <- function(what, rows, repeats, work, times = 1) {
  work()
  runs <- time_runs(function() for (i in seq_len(times)) work(), repeats)
  seconds <- stats::median(runs) / times
  data.frame(
    what = what, rows = rows, milliseconds = 1e3 * seconds,
    rows_per_second = rows / seconds
  )
}

# What the core takes with its weights ready, as a server would hold them.
core_calls <- function() {
  program <- build_program("predict-core", with_core = TRUE)
  if (is.na(program)) {
    return(NULL)
  }
  runs <- utils::read.csv(text = system2(program, stdout = TRUE))
  data.frame(
    what = c("core without R, one row", "core without R, all rows, one thread"),
    rows = runs$rows, milliseconds = 1e3 * runs$seconds,
    rows_per_second = runs$rows / runs$seconds
  )
}

main_predict <- function() {
  options <- script_options(list(repeats = 5, threads = 2))
  print_bench_machine(options$threads)
  table <- measure_prediction(options$repeats, options$threads)
  table$milliseconds <- signif(table$milliseconds, 3)
  table$rows_per_second <- count_text(table$rows_per_second)
  print_markdown(table, "Prediction, benchm-ml 200-200")
}

if (sys.nframe() == 0) main_predict()
