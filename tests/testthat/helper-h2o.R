# For the drop-in layer: nothing of it outlives a test.

# Models, frames and functions on the search path are gone at the end of the test.
local_h2o <- function(env = parent.frame()) {
  utils::capture.output(h2o.init(nthreads = 2))
  withr::defer(h2o.shutdown(prompt = FALSE), envir = env)
}

# A frame of two classes, cheap to train on.
cars_frame <- function() {
  as.h2o(transform(mtcars, am = factor(am), cyl = factor(cyl), gear = factor(gear)))
}

quick_h2o <- function(..., hidden = c(5, 4), epochs = 20, seed = 1) {
  suppressWarnings(h2o.deeplearning(...,
    hidden = hidden, epochs = epochs, seed = seed, threads = 1
  ))
}

# The prostate table of H2O's examples, as a frame; skips where it is not at hand.
prostate_frame <- function() {
  data <- utils::read.csv(shared_path("data", "small", "prostate.csv"))
  classes <- c("RACE", "DPROS", "DCAPS", "CAPSULE")
  data[classes] <- lapply(data[classes], factor)
  as.h2o(data)
}

# What H2O's client printed for a call, from ../shared/golden/r-client.
client_lines <- function(file, call) {
  lines <- readLines(shared_path("golden", "r-client", file))
  start <- match(paste(">", call), lines)
  stopifnot(!is.na(start))
  end <- c(which(startsWith(lines, "> ")), length(lines) + 1)
  lines <- lines[seq(start + 1, min(end[end > start]) - 1)]
  sub("^  ", "", lines)
}

# Printed lines without what depends on the numbers trained: numbers, widths, blank lines.
shape_of <- function(lines) {
  lines <- lines[!grepl("^[.]{3} [0-9]+ more lines?$", lines)]
  lines <- gsub("(DeepLearning_model_R|RTMP_sid)_[0-9a-f_<n>]+", "<id>", lines)
  lines <- gsub("[a-z]+_sid_[0-9a-f_]+", "<id>", lines)
  lines <- gsub("[0-9.]+ (KB|MB|bytes)", "<size>", lines)
  lines <- gsub("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}", "<time>", lines)
  lines <- gsub("-?[0-9][0-9,]*([.][0-9]+)?(e[-+][0-9]+)?", "#", lines)
  lines <- gsub("\\s+", " ", trimws(lines))
  lines <- gsub("\\bNaN\\b|\\bNA\\b", "#", lines)
  lines[nzchar(lines)]
}

# Wide tables are wrapped by width; the same width as in the recording.
print_wide <- function(code, width = 110) {
  withr::local_options(width = width, digits = 7)
  utils::capture.output(code)
}
