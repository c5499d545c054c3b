# The model written to a file while it trains: `export_checkpoints_dir`. A process that is
# killed leaves the file of the last time, from which `checkpoint` goes on.

# Where the model goes: NULL, or a path in a folder that can be written to; found out
# before training, not after hours of it.
export_path <- function(arguments, model_id) {
  folder <- arguments$export_checkpoints_dir
  if (is.null(folder)) {
    return(NULL)
  }
  path <- file.path(folder, paste0(
    gsub("[^A-Za-z0-9._-]", "_", model_id), ".safetensors"
  ))
  if (!leads(arguments$cluster)) {
    return(path)
  }
  dir.create(folder, showWarnings = FALSE, recursive = TRUE)
  if (!dir.exists(folder) || file.access(folder, 2) != 0 || dir.exists(path)) {
    abort_file(sprintf(
      "`export_checkpoints_dir` = %s is no folder that can be written to.",
      shorten(folder)
    ))
  }
  path
}

# path: of export_path(); build: function(parts), the model; cluster: its ranks build it
# together, and one writes
new_export <- function(path, build, cluster) {
  if (is.null(path)) {
    return(NULL)
  }
  export <- new.env(parent = emptyenv())
  export$path <- path
  export$build <- build
  export$cluster <- cluster
  export$ended <- -Inf
  export$took <- 0
  export
}

# Writing takes at most a twentieth of the time; it changes no bit.
export_now <- function(run) {
  export <- run$export
  if (is.null(export)) {
    return(invisible())
  }
  due <- elapsed() - export$ended >= 20 * export$took
  if (!as_lead_says(export$cluster, due)) {
    return(invisible())
  }
  began <- elapsed()
  parts <- withCallingHandlers(
    trained_parts(run, is_restored(run)),
    feedforward_metric_warning = function(w) invokeRestart("muffleWarning")
  )
  write_export(export, export$build(parts))
  export$ended <- elapsed()
  export$took <- export$ended - began
}

# A disk that has filled up must not cost the training.
write_export <- function(export, model) {
  tryCatch(
    if (leads(export$cluster)) write_whole(model_bytes(model), export$path),
    feedforward_file_error = function(e) {
      warn_feedforward(conditionMessage(e), "feedforward_file_warning")
    }
  )
}
