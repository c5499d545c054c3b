# Where the time of a fit goes. The clock decides nothing but `max_runtime_secs`, a
# positive `score_interval` and what is shown.

#   started: elapsed seconds of the process when the fit began; start_time: the same on
#     the wall
#   earlier, trained: seconds of the runs that this one goes on from, and of those
#   training overhead: seconds not spent training; scoring_began, scoring_took: of the
#   last scoring
new_clock <- function() {
  clock <- new.env(parent = emptyenv())
  clock$started <- elapsed()
  clock$start_time <- Sys.time()
  clock$earlier <- 0
  clock$trained <- 0
  clock$overhead <- 0
  clock$scoring_began <- -Inf
  clock$scoring_took <- 0
  clock
}

# Seconds since the fit began.
clock_seconds <- function(clock) {
  elapsed() - clock$started
}

# Seconds of all runs so far, and those of them spent training.
history_seconds <- function(clock) {
  clock$earlier + clock_seconds(clock)
}

training_seconds <- function(clock) {
  clock$trained + clock_seconds(clock) - clock$overhead
}

resume_clock <- function(clock, earlier, trained) {
  clock$earlier <- earlier
  clock$trained <- trained
}

# All until now was preparation.
begin_training <- function(clock) {
  clock$overhead <- clock_seconds(clock)
}

begin_scoring <- function(clock) {
  clock$scoring_began <- elapsed()
}

end_scoring <- function(clock) {
  clock$scoring_took <- since_scoring(clock)
  clock$overhead <- clock$overhead + clock$scoring_took
}

# Seconds since the last scoring began, Inf if there was none.
since_scoring <- function(clock) {
  elapsed() - clock$scoring_began
}
