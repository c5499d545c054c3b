# kill -9 at random moments of writing a checkpoint: the file must be the one before or
# the one after, never a part of it.
#
#   make bench-crash                KILLS=200 by default

source("bench/common.R")

kills <- numbers_set("KILLS", 200)
folder <- tempfile("crash-")
dir.create(folder)
path <- file.path(folder, "model.safetensors")
fit <- function(seed) {
  deeplearning(IsDepDelayed ~ . - DepDelay, airline_delays[1:2000, ],
    hidden = c(100, 100), epochs = 1, seed = seed, model_id = paste0("m", seed))
}
models <- lapply(1:2, fit)
save_model(models[[1]], path)
seen <- character()
for (k in seq_len(kills)) {
  child <- parallel::mcparallel({
    repeat for (model in models) save_model(model, path)
  })
  Sys.sleep(stats::runif(1, 0.02, 0.2))
  tools::pskill(child$pid, tools::SIGKILL)
  suppressWarnings(parallel::mccollect(child))
  model <- load_model(path)
  known <- vapply(models, identical, NA, model)
  if (!any(known)) stop("A file that nobody wrote after kill ", k, ".", call. = FALSE)
  seen <- c(seen, model$model_id)
}
left <- list.files(folder, all.files = TRUE, no.. = TRUE)
cat(sprintf(
  "%d kills: every file whole (%s), %d leftovers before the next save\n", kills,
  paste(names(table(seen)), table(seen), collapse = ", "), length(left) - 1
))
Sys.setFileTime(file.path(folder, left), Sys.time() - 3600)
save_model(models[[1]], path)
cat("after it:", toString(list.files(folder, all.files = TRUE, no.. = TRUE)), "\n")
