# Training in plain R: the rules of helper-reference.R's network, step by step.

reference_options <- function(...) {
  defaults <- list(
    optimizer = "adadelta", rho = 0.99, epsilon = 1e-8, rate = 0.005,
    rate_annealing = 1e-6, rate_decay = 1, momentum_start = 0, momentum_ramp = 1e6,
    momentum_stable = 0, nesterov = TRUE, beta1 = 0.9, beta2 = 0.999,
    weight_decay = 0.01, fast_mode = TRUE, max_w2 = Inf, mini_batch_size = 1,
    replicas = 1, averaging_interval = 100, weight_averaging_decay = 0,
    weight_averaging_share = 0, loss = "gaussian",
    settings = list(huber_delta = 1, quantile_alpha = 0.5, tweedie_power = 1.5)
  )
  given <- list(...)
  stopifnot(all(names(given) %in% names(defaults)))
  utils::modifyList(defaults, given)
}

# One step of one array. a and b are the two state arrays a rule may use, started at 0.
reference_rule <- function(w, g, a, b, o, rate, momentum, step, decay, square = 1) {
  switch(o$optimizer,
    sgd = {
      a <- momentum * a - rate * g
      w <- w + a
    },
    adadelta = {
      a <- o$rho * a + (1 - o$rho) * square * g^2
      h <- sqrt((b + o$epsilon) / (a + o$epsilon))
      b <- o$rho * b + (1 - o$rho) * square * (h * g)^2
      w <- w - h * g
    },
    adam = ,
    adamw = {
      a <- o$beta1 * a + (1 - o$beta1) * g
      b <- o$beta2 * b + (1 - o$beta2) * g^2
      mean <- a / (1 - o$beta1^step)
      square <- b / (1 - o$beta2^step)
      if (o$optimizer == "adamw") w <- w - rate * decay * w
      w <- w - rate * mean / (sqrt(square) + o$epsilon)
    },
    rmsprop = {
      a <- o$rho * a + (1 - o$rho) * g^2
      w <- w - rate * g / (sqrt(a) + o$epsilon)
    },
    adagrad = {
      a <- a + g^2
      w <- w - rate * g / (sqrt(a) + o$epsilon)
    }
  )
  list(w = w, a = a, b = b)
}

reference_momentum <- function(o, s) {
  share <- if (o$momentum_ramp > 0) min(1, s / o$momentum_ramp) else 0
  o$momentum_start + (o$momentum_stable - o$momentum_start) * share
}

reference_shrink <- function(weights, max_w2, active) {
  square <- rowSums(weights^2)
  scale <- ifelse(active & square > max_w2, sqrt(max_w2 / square), 1)
  weights * scale
}

# One step on the rows of one mini-batch. arrays: weights, then biases, as one list;
# state: list(a, b, step); s: rows trained before this batch.
reference_step <- function(arrays, state, network, x, target, o, s, masks = NULL) {
  depth <- length(arrays) / 2
  momentum <- if (o$optimizer == "sgd") reference_momentum(o, s) else 0
  ahead <- arrays
  if (o$optimizer == "sgd" && o$nesterov) {
    ahead <- Map(function(w, v) w + momentum * v, arrays, state$a)
  }
  network$weights <- ahead[seq_len(depth)]
  network$biases <- ahead[depth + seq_len(depth)]
  gradient <- reference_gradient(network, x, target, o$loss, o$settings, masks)
  g <- c(gradient$weights, gradient$biases)
  lazy <- o$fast_mode && o$optimizer %in% c("sgd", "adadelta")
  state$step <- state$step + 1
  for (i in seq_along(arrays)) {
    layer <- if (i > depth) i - depth else i
    rate <- o$rate * o$rate_decay^(layer - 1) / (1 + o$rate_annealing * s) *
      (1 - momentum)
    decay <- if (i > depth) 0 else o$weight_decay
    # ADADELTA's averages of a bias see the mean squared gradient of its unit's weights.
    square <- if (i > depth) gradient$input_square[[layer]] else 1
    new <- reference_rule(
      arrays[[i]], g[[i]], state$a[[i]], state$b[[i]], o, rate, momentum, state$step,
      decay, square
    )
    touched <- if (lazy) gradient$touched[[i]] else rep(TRUE, length(arrays[[i]]))
    arrays[[i]][touched] <- new$w[touched]
    state$a[[i]][touched] <- new$a[touched]
    state$b[[i]][touched] <- new$b[touched]
    if (i <= depth && is.finite(o$max_w2)) {
      active <- if (lazy) gradient$active[[i]] else TRUE
      arrays[[i]] <- reference_shrink(arrays[[i]], o$max_w2, active)
    }
  }
  list(arrays = arrays, state = state)
}

# Whole training. order(epoch), epoch = 0, 1, ...: a permutation of the rows 0..N-1.
# masks(epoch, rows): the masks of those rows (0..N-1), or NULL. Returns the network.
reference_train <- function(network, x, target, o, epochs, order = NULL, masks = NULL) {
  n <- nrow(x)
  if (is.null(order)) order <- function(epoch) seq_len(n) - 1
  take <- function(rows) {
    y <- if (is.matrix(target$y)) target$y[rows, , drop = FALSE] else target$y[rows]
    list(y = y, weights = target$weights[rows], offset = target$offset[rows])
  }
  depth <- length(network$weights)
  arrays <- unname(c(network$weights, network$biases))
  zero <- lapply(arrays, function(a) a * 0)
  states <- rep(list(list(a = zero, b = zero, step = 0)), o$replicas)
  interval <- ceiling(o$averaging_interval / o$mini_batch_size) * o$mini_batch_size
  start <- arrays
  pace <- zero
  moving <- NULL
  trained <- 0
  for (epoch in seq_len(epochs) - 1) {
    waiting <- order(epoch) + 1
    while (length(waiting) > 0) {
      round <- utils::head(waiting, o$replicas * interval)
      waiting <- utils::tail(waiting, -length(round))
      size <- min(interval, ceiling(length(round) / o$replicas))
      blocks <- split(round, (seq_along(round) - 1) %/% size)
      copies <- list()
      for (r in seq_along(blocks)) {
        at <- list(arrays = start, state = states[[r]])
        done <- 0
        batches <- split(blocks[[r]], (seq_along(blocks[[r]]) - 1) %/% o$mini_batch_size)
        for (batch in batches) {
          at <- reference_step(
            at$arrays, at$state, network, x[batch, , drop = FALSE], take(batch), o,
            trained + done, if (!is.null(masks)) masks(epoch, batch - 1)
          )
          done <- done + length(batch)
        }
        states[[r]] <- at$state
        copies[[r]] <- at$arrays
      }
      trained <- trained + length(round)
      if (o$replicas == 1) {
        arrays <- start <- copies[[1]]
      } else {
        share <- lengths(blocks) / length(round)
        block_momentum <- 1 - 1 / o$replicas
        for (i in seq_along(arrays)) {
          mean <- Reduce(`+`, Map(function(copy, p) copy[[i]] * p, copies, share))
          pace[[i]] <- block_momentum * pace[[i]] + mean - start[[i]]
          arrays[[i]] <- arrays[[i]] + pace[[i]]
          if (i <= depth && is.finite(o$max_w2)) {
            arrays[[i]] <- reference_shrink(arrays[[i]], o$max_w2, TRUE)
          }
          start[[i]] <- arrays[[i]] + block_momentum * pace[[i]]
        }
      }
      keep <- o$weight_averaging_decay
      moving <- if (is.null(moving)) {
        arrays
      } else {
        Map(function(old, new) keep * old + (1 - keep) * new, moving, arrays)
      }
    }
  }
  result <- if (o$weight_averaging_decay > 0) moving else arrays
  network$weights <- result[seq_len(depth)]
  network$biases <- result[depth + seq_len(depth)]
  network
}

# A network with uniform weights in (-1, 1) and biases that keep Rectifiers alive.
reference_network <- function(inputs, hidden, outputs, activation, output) {
  sizes <- c(inputs, hidden, outputs)
  channels <- if (activation == "Maxout") 2 else 1
  weights <- biases <- list()
  for (l in seq_along(sizes)[-1]) {
    rows <- sizes[l] * if (l < length(sizes)) channels else 1
    weights[[l - 1]] <- matrix(stats::runif(rows * sizes[l - 1], -1, 1), rows)
    biases[[l - 1]] <- stats::runif(rows, -0.2, 0.6)
  }
  list(weights = weights, biases = biases, activation = activation, output = output)
}
