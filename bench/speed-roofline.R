# How near to what the machine can do: the two loops of roofline.cpp, the weights that a
# training row cannot do without, and the share of both that we reach.

# Data frame kind, size, value, or NULL where it cannot be measured.
measure_roofline <- function() {
  program <- build_program("roofline", c(
    "-O3", "-march=native", "-fno-math-errno", "-fopenmp-simd"
  ))
  if (is.na(program)) {
    return(NULL)
  }
  roofline <- utils::read.csv(text = system2(program, stdout = TRUE))
  say(
    "peak of one and two threads: ", peak_gflops(roofline, 1), " and ",
    peak_gflops(roofline, 2), " GFLOP/s; a weight in L2: ",
    loop_cost(roofline, "dot", 5e5), " ns to read, ",
    loop_cost(roofline, "adadelta", 5e5), " ns to update"
  )
  save_result(roofline, "roofline.csv")
}

# Of threads together; more than were measured are taken for as many of the last.
peak_gflops <- function(roofline, threads) {
  known <- roofline[roofline$kind == "peak", ]
  same <- known$size == threads
  if (any(same)) known$value[same] else threads * known$value[known$size == 1]
}

# Nanoseconds per weight of a loop at a working set, between the sizes measured.
loop_cost <- function(roofline, kind, bytes) {
  known <- roofline[roofline$kind == kind, ]
  stats::approx(log(known$size), known$value, log(bytes), rule = 2)$y
}

# ---- Counting the work of a row -------------------------------------------------

lanes <- 16

# Of each row of a logical matrix: how many columns lie in blocks of 16 with a TRUE.
in_active_blocks <- function(active) {
  if (ncol(active) %% lanes != 0) {
    more <- lanes - ncol(active) %% lanes
    active <- cbind(active, matrix(FALSE, nrow(active), more))
  }
  blocks <- array(active, c(nrow(active), lanes, ncol(active) / lanes))
  lanes * rowSums(apply(blocks, c(1, 3), any))
}

# Means over rows of the weights that a forward pass reads (F) and a backward pass with
# its update touches (U), in blocks of 16, for the better of the two layouts of each
# layer: inputs or units side by side. Only with Rectifier can units be idle.
count_blocks <- function(model, task, roofline, rows = 500) {
  chosen <- with_seed(1, sample.int(nrow(task$train), min(rows, nrow(task$train))))
  a <- expand_rows(model$encoding, task$train[chosen, , drop = FALSE])
  weights <- model$weights
  bytes <- 12 * sum(lengths(weights))
  read <- loop_cost(roofline, "dot", bytes)
  update <- loop_cost(roofline, "adadelta", bytes)
  rectifier <- model$network$activation == "Rectifier"
  total <- c(F = 0, U = 0, ns = 0)
  for (layer in seq_along(weights)) {
    z <- a %*% t(weights[[layer]]) + rep(model$biases[[layer]], each = nrow(a))
    output <- layer == length(weights)
    from <- a != 0
    to <- if (output || !rectifier) z == z else z > 0
    padded <- lanes * ceiling(ncol(to) / lanes)
    by_input <- c(
      F = mean(rowSums(from)) * padded,
      U = mean(rowSums(from) * in_active_blocks(to))
    )
    by_unit <- c(
      F = mean(in_active_blocks(from)) * ncol(to),
      U = mean(rowSums(to) * in_active_blocks(from))
    )
    costs <- c(sum(by_input * c(read, update)), sum(by_unit * c(read, update)))
    best <- if (costs[[1]] <= costs[[2]]) by_input else by_unit
    total <- total + c(best, ns = min(costs))
    if (!output) {
      a <- if (rectifier) pmax(z, 0) else tanh(z)
    }
  }
  total
}

# ---- Shares ---------------------------------------------------------------------

# Per-row training with ADADELTA, one thread, one replica: the cases whose shares are
# promised. The work is the mean over four moments of the run.
row_share <- function(case, roofline, quick = FALSE) {
  task <- bench_task(case$task)
  arguments <- utils::modifyList(task$arguments, case$arguments)
  arguments$replicas <- 1
  if (quick) arguments$epochs <- arguments$epochs / 10
  epochs <- arguments$epochs
  speed <- training_speed(fit_plainly(task, arguments, threads = 1))
  work <- rowMeans(vapply(c(1, 3, 5, 7) / 8, function(part) {
    arguments$epochs <- part * epochs
    count_blocks(fit_plainly(task, arguments), task, roofline)
  }, c(F = 0, U = 0, ns = 0)))
  weights <- sum(lengths(fit_plainly(task, utils::modifyList(
    arguments, list(epochs = 0)
  ))$weights))
  dense_ns <- weights * (
    loop_cost(roofline, "dot", 12 * weights) +
      loop_cost(roofline, "adadelta", 12 * weights)
  )
  data.frame(
    case = case$title, weights = weights, forward = round(work[["F"]]),
    update = round(work[["U"]]), rows_per_second = speed,
    dense_limit = round(1e9 / dense_ns), sparse_limit = round(1e9 / work[["ns"]]),
    of_dense = speed * dense_ns / 1e9, of_sparse = speed * work[["ns"]] / 1e9
  )
}

# Mini-batches: multiply-adds of forward, gradient and error as if nothing were zero,
# against the peak of the threads. The first layer has no error to carry back; one-hot
# inputs count once per factor.
batch_share <- function(case, rows_per_second, roofline) {
  task <- bench_task(case$task)
  encoding <- learned_encoding(task)
  hidden <- utils::modifyList(task$arguments, case$arguments)$hidden
  y <- task$train[[task$y]]
  from <- c(length(encoding$predictors), hidden)
  to <- c(hidden, if (is.factor(y)) nlevels(y) else 1)
  flops <- 2 * (3 * sum(from * to) - from[[1]] * to[[1]])
  peak <- if (is.null(roofline)) NA else peak_gflops(roofline, case$threads)
  gflops <- rows_per_second * flops / 1e9
  data.frame(
    case = case$title, flops_per_row = flops, rows_per_second = rows_per_second,
    gflops = round(gflops, 1), of_peak = gflops / peak
  )
}
