# Memory: what there is, and what becomes of it running out.

# Memory that ran out in the middle of `code`, in R or in C++, becomes an error that tells
# what was needed (bytes, looked at only then; NULL if nobody knows).
tell_of_memory <- function(code, needed = NULL) {
  withCallingHandlers(code, error = function(e) {
    if (!is_out_of_memory(e)) {
      return()
    }
    available <- available_memory()
    told <- c(
      if (!is.null(needed)) paste("about", format_gib(needed), "GiB are needed"),
      if (!is.na(available)) paste(format_gib(available), "GiB are available now")
    )
    abort_resource(
      paste0(
        "Memory ran out (", paste(c(conditionMessage(e), told), collapse = "; "),
        "). Free some, use fewer rows, predictors or units, or lift the limit of the ",
        "process."
      ),
      needed = needed, available = available
    )
  })
}

is_out_of_memory <- function(e) {
  if (inherits(e, "std::bad_alloc") || inherits(e, "feedforward_error")) {
    return(inherits(e, "std::bad_alloc"))
  }
  forms <- c(
    "cannot allocate vector of size %0.1f Gb", "cannot allocate vector of length %lld",
    "cannot allocate memory block of size %0.1f Gb", "memory exhausted (limit reached?)"
  )
  starts <- sub("%.*", "", vapply(forms, gettext, "", domain = "R"))
  any(startsWith(conditionMessage(e), starts))
}

# Bytes that can be had without swapping, NA where the system does not say.
available_memory <- function(file = "/proc/meminfo") {
  lines <- tryCatch(readLines(file), error = function(e) "", warning = function(w) "")
  line <- grep("^MemAvailable:", lines, value = TRUE)
  kilobytes <- suppressWarnings(as.numeric(gsub("[^0-9]", "", line)))
  if (length(kilobytes) == 1 && !is.na(kilobytes)) kilobytes * 1024 else NA_real_
}
