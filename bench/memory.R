# Peak memory: for each case a fresh R process makes the data, notes how much memory it
# holds, trains, and notes the peak. What training added stands beside the size of the
# data and of the model, and beside what the package promises (estimate_memory()).
#
#   R_LIBS=build/library Rscript bench/memory.R [--only=WORD,...]
# Linux only: the figures are those of /proc/self/status.

source("bench/speed-tools.R")

adam <- list(optimizer = "adam")

# In the parent: the table. In a child (--case=NAME --data=FILE): one case, a line of csv.
memory_cases <- list(
  benchm = list(
    title = "benchm-ml, 200-200, H2O's settings",
    task = function() benchm_task(), arguments = list(hidden = c(200, 200), epochs = 0.5)
  ),
  `benchm-adam` = list(
    title = "benchm-ml, 200-200, Adam",
    task = function() benchm_task(),
    arguments = c(list(hidden = c(200, 200), epochs = 0.5), adam)
  ),
  airline = list(
    title = "1,000,000 airline rows, 10-10, H2O's settings",
    task = function() repeated_task(airline_task(), 1e6),
    arguments = list(hidden = c(10, 10), epochs = 0.5)
  ),
  insurance = list(
    title = "freMTPL2, 20 Tanh, H2O's settings",
    task = function() insurance_task(), arguments = list(epochs = 0.5)
  ),
  mnist = list(
    title = "MNIST, 200-200, Adam",
    task = function() mnist_scaled_task(),
    arguments = c(list(hidden = c(200, 200), epochs = 0.5), adam)
  ),
  wide = list(
    title = "california, 2000-2000, H2O's settings, 1 replica",
    task = function() california_task(),
    arguments = list(hidden = c(2000, 2000), epochs = 0.01, replicas = 1)
  ),
  replicas = list(
    title = "california, 1000-1000, H2O's settings, 8 replicas",
    task = function() california_task(),
    arguments = list(hidden = c(1000, 1000), epochs = 0.05, replicas = 8)
  ),
  `wide-adam` = list(
    title = "california, 4000-4000, Adam",
    task = function() california_task(),
    arguments = c(list(hidden = c(4000, 4000), epochs = 0.02), adam)
  ),
  long = list(
    title = "5,000,000 rows x 10, numbers", task = function() drawn_task(5e6, 0),
    arguments = list(hidden = 10, epochs = 0.1)
  ),
  `long-classes` = list(
    title = "5,000,000 rows x 10, two classes", task = function() drawn_task(5e6, 2),
    arguments = list(hidden = 10, epochs = 0.1)
  ),
  `long-scored` = list(
    title = "2,000,000 rows x 10, two classes, all scored",
    task = function() drawn_task(2e6, 2),
    arguments = list(hidden = 10, epochs = 0.1, score_training_samples = 0)
  ),
  `classes-scored` = list(
    title = "500,000 rows, 20 classes, all scored",
    task = function() drawn_task(5e5, 20),
    arguments = list(hidden = 10, epochs = 0.1, score_training_samples = 0)
  ),
  `numbers-scored` = list(
    title = "2,000,000 rows x 10, numbers, all scored",
    task = function() drawn_task(2e6, 0),
    arguments = list(hidden = 10, epochs = 0.1, score_training_samples = 0)
  ),
  classes = list(
    title = "50,000 rows, 2,000 classes", task = function() drawn_task(5e4, 2000),
    arguments = list(hidden = 50, epochs = 0.2)
  ),
  areas = list(
    title = "50,000 rows, 500 classes, MACRO_OVR", task = function() drawn_task(5e4, 500),
    arguments = list(hidden = 50, epochs = 0.2, auc_type = "MACRO_OVR")
  )
)

# Ten columns of noise, a number (classes = 0) or so many classes as response.
drawn_task <- function(rows, classes) {
  data <- as.data.frame(matrix(stats::rnorm(10 * rows), rows))
  y <- data$V1 + stats::rnorm(rows)
  data$y <- if (classes == 0) y else factor(ceiling(classes * rank(y) / rows))
  list(
    name = "drawn", train = data, x = paste0("V", 1:10), y = "y", arguments = list()
  )
}

repeated_task <- function(task, rows) {
  drawn <- with_seed(1, sample.int(nrow(task$train), rows, replace = TRUE))
  task$train <- task$train[drawn, ]
  attr(task$train, "row.names") <- seq_len(rows)
  task
}

# Bytes of a line of /proc/self/status.
process_memory <- function(field) {
  line <- grep(paste0("^", field, ":"), readLines("/proc/self/status"), value = TRUE)
  1024 * as.numeric(gsub("[^0-9]", "", line))
}

# Sets the peak back to what is held now, where the kernel lets a process do that.
reset_peak <- function() {
  invisible(gc(full = TRUE))
  tryCatch(writeLines("5", "/proc/self/clear_refs"), error = function(e) NULL,
    warning = function(w) NULL
  )
  invisible(NULL)
}

# The data come from a file, so that the process holds nothing of how they were made.
run_memory_case <- function(case, path) {
  task <- readRDS(path)
  arguments <- utils::modifyList(task$arguments, case$arguments)
  # What a first fit of the session loads is no part of it.
  small <- list(
    name = "small", train = datasets::iris, x = names(datasets::iris)[1:4], y = "Species"
  )
  fit_plainly(small, list(hidden = 2, epochs = 0.1))
  reset_peak()
  before <- process_memory("VmRSS")
  start <- process_memory("VmHWM")
  model <- fit_plainly(task, arguments)
  peak <- process_memory("VmHWM")
  promised <- feedforward:::estimate_memory(
    model$training_rows, length(model$encoding$predictors), model$network,
    model$arguments
  )
  data.frame(
    case = case$title,
    data = as.numeric(utils::object.size(task$train[c(task$x, task$y)])),
    model = length(serialize(model, NULL)), before = before,
    reset = start < before + 2^20, peak = peak, added = peak - before,
    promised = promised
  )
}

in_mib <- function(bytes) {
  formatC(bytes / 2^20, format = "f", digits = 1, big.mark = ",")
}

main_memory <- function() {
  options <- script_options(list(
    only = character(), case = character(), data = character()
  ))
  if (length(options$case) > 0) {
    line <- run_memory_case(memory_cases[[options$case]], options$data)
    return(utils::write.csv(line, row.names = FALSE))
  }
  print_bench_machine(2)
  names <- names(memory_cases)
  if (length(options$only) > 0) {
    names <- names[vapply(names, function(name) {
      any(vapply(options$only, grepl, NA, x = name))
    }, NA)]
  }
  rscript <- file.path(R.home("bin"), "Rscript")
  libraries <- paste0("R_LIBS=", paste(.libPaths(), collapse = .Platform$path.sep))
  table <- do.call(rbind, lapply(names, function(name) {
    say(memory_cases[[name]]$title)
    path <- tempfile("task-", fileext = ".rds")
    on.exit(unlink(path))
    saveRDS(memory_cases[[name]]$task(), path, compress = FALSE)
    rm(list = ls(files_read), envir = files_read)
    output <- system2(rscript,
      c("bench/memory.R", paste0("--case=", name), paste0("--data=", path)),
      stdout = TRUE, env = libraries
    )
    utils::read.csv(text = output)
  }))
  save_result(table, "memory.csv")
  shown <- data.frame(
    case = table$case, `data, MiB` = in_mib(table$data),
    `model, MiB` = in_mib(table$model), `before, MiB` = in_mib(table$before),
    `peak, MiB` = in_mib(table$peak), `added by training, MiB` = in_mib(table$added),
    `promised, MiB` = in_mib(table$promised),
    kept = ifelse(table$added <= table$promised, "yes", "NO"), check.names = FALSE
  )
  print_markdown(shown, "Peak memory of training, each case in a fresh process")
  if (!all(table$reset)) {
    cat("\nIn some cases the peak could not be reset: it is that of reading the data.\n")
  }
}

if (sys.nframe() == 0) main_memory()
