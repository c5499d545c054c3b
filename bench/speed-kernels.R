# Every kernel set that this processor has on one thread: rows per second, and what share
# the training makes of the rate that its matrix products reach alone (kernels.cpp).

# A case's rate with each set, in turn.
kernel_rates <- function(case, sets, repeats) {
  task <- bench_task(case$task)
  vapply(sets, function(set) {
    old <- options(feedforward.kernels = set)
    on.exit(options(old))
    stats::median(vapply(seq_len(repeats), function(seed) {
      time_fits(task, case$arguments, seed, threads = 1)$rows_per_second
    }, 0))
  }, 0)
}

# GFLOP/s of the product and of the gradient, by set and by the shape of the product.
product_rates <- function() {
  program <- build_program("kernels", with_core = TRUE)
  if (is.na(program)) {
    return(NULL)
  }
  lines <- grep(" product ", system2(program, stdout = TRUE), value = TRUE)
  form <- "^(\\S+) +product +(\\d+) x +(\\d+) x +(\\d+): +([0-9.]+).* ([0-9.]+)$"
  parts <- do.call(rbind, regmatches(lines, regexec(form, lines)))
  data.frame(
    set = parts[, 2], shape = paste(parts[, 3], parts[, 4], parts[, 5]),
    gflops = (as.numeric(parts[, 6]) + as.numeric(parts[, 7])) / 2
  )
}

# On standardised pixels, none of which is 0. The products of a hidden layer on a
# mini-batch of 128 stand for all of a network's.
kernel_table <- function(cases, repeats) {
  sets <- setdiff(feedforward:::available_kernels(), "baseline")
  products <- product_rates()
  rows <- lapply(cases, function(case) {
    case$task <- "mnist"
    rates <- kernel_rates(case, sets, repeats)
    shape <- paste(c(128, case$arguments$hidden), collapse = " ")
    alone <- vapply(sets, function(set) {
      same <- products$set == set & products$shape == shape
      if (any(same)) products$gflops[same] else NA
    }, 0)
    shares <- vapply(sets, function(set) batch_share(case, rates[[set]], NULL)$gflops, 0)
    say(case$title, ": ", paste(sets, count_text(rates), collapse = ", "))
    data.frame(
      case = case$title, set = sets, rows_per_second = rates, gflops = shares,
      products_alone = alone, share = sprintf("%.0f %%", 100 * shares / alone)
    )
  })
  do.call(rbind, rows)
}
