# The same network in plain R: slow, short, in double, written from the formulas
# and sharing nothing with the package. It is the truth that the compiled code is
# compared with; test-reference.R shows that it deserves that.
#
# network: list(weights, biases, activation, output). weights[[l]] is units x inputs,
#   biases[[l]] a vector; a hidden Maxout layer has rows 2u - 1 and 2u for the two
#   channels of unit u. activation is Tanh, Rectifier or Maxout, output softmax or
#   linear. Without hidden layers there is one matrix.
# target: list(y, weights, offset); y holds classes from 0, or numbers, a matrix of them
#   for several outputs; weights and offset (link scale) may be NULL.
# masks: list, one rows x units matrix (or NULL) for the inputs and for each hidden
#   layer: 0 for a dropped unit, 1 for a kept one.

reference_activate <- function(z, activation) {
  if (activation == "Tanh") {
    return(list(value = tanh(z), slope = 1 - tanh(z)^2))
  }
  if (activation == "Rectifier") {
    return(list(value = z * (z > 0), slope = (z > 0) + 0))
  }
  first <- seq(1, ncol(z), by = 2)
  wins <- z[, first, drop = FALSE] >= z[, first + 1, drop = FALSE]
  slope <- z
  slope[, first] <- wins
  slope[, first + 1] <- !wins
  list(value = ifelse(wins, z[, first], z[, first + 1]), slope = slope)
}

# activations[[l]] feeds layer l; slopes[[l]] is d activation / d z of hidden layer l.
reference_forward <- function(network, x, offset = NULL, masks = NULL) {
  depth <- length(network$weights)
  mask_of <- function(layer, columns) {
    if (length(masks) < layer || is.null(masks[[layer]])) {
      return(matrix(1, nrow(x), columns))
    }
    masks[[layer]]
  }
  activations <- list(x * mask_of(1, ncol(x)))
  slopes <- list()
  for (l in seq_len(depth)) {
    z <- activations[[l]] %*% t(network$weights[[l]]) +
      rep(network$biases[[l]], each = nrow(x))
    if (l < depth) {
      unit <- reference_activate(z, network$activation)
      mask <- mask_of(l + 1, ncol(unit$value))
      channels <- ncol(z) / ncol(mask)
      activations[[l + 1]] <- unit$value * mask
      slopes[[l]] <- unit$slope * mask[, rep(seq_len(ncol(mask)), each = channels)]
    }
  }
  link <- if (is.null(offset)) z else z + offset
  list(activations = activations, slopes = slopes, link = unname(link))
}

reference_softmax <- function(link) {
  e <- exp(link - apply(link, 1, max))
  e / rowSums(e)
}

# value: one loss per row; delta: d loss / d link, rows x outputs.
reference_loss <- function(link, y, loss, settings = list()) {
  if (loss %in% c("CrossEntropy", "Quadratic")) {
    p <- reference_softmax(link)
    t <- outer(y, seq_len(ncol(link)) - 1, "==") + 0
    if (loss == "CrossEntropy") {
      return(list(value = -log(rowSums(p * t)), delta = p - t))
    }
    e <- p - t
    return(list(value = rowSums(e^2) / 2, delta = p * (e - rowSums(p * e))))
  }
  f <- link
  e <- f - y
  power <- settings$tweedie_power
  alpha <- settings$quantile_alpha
  d <- settings$huber_delta
  capped <- function(v) pmin(exp(v), 1e19)
  pair <- switch(loss,
    gaussian = list(e^2, 2 * e),
    laplace = list(abs(e), ifelse(e > 0, 1, -1)),
    quantile = list(
      ifelse(e < 0, -alpha * e, (1 - alpha) * e), ifelse(e < 0, -alpha, 1 - alpha)
    ),
    huber = list(
      ifelse(abs(e) <= d, e^2, (2 * abs(e) - d) * d),
      ifelse(abs(e) <= d, 2 * e, 2 * d * sign(e))
    ),
    poisson = list(2 * (capped(f) - y * f), 2 * (capped(f) - y)),
    gamma = list(2 * (f + y * capped(-f)), 2 * (1 - y * capped(-f))),
    tweedie = list(
      2 * (capped(f * (2 - power)) / (2 - power) -
        y * capped(f * (1 - power)) / (1 - power)),
      2 * (capped(f * (2 - power)) - y * capped(f * (1 - power)))
    )
  )
  list(value = rowSums(pair[[1]]), delta = pair[[2]])
}

# loss = (1 / rows) sum w_i loss_i + l1 sum |w| + (l2 / 2) sum w^2 and its gradient;
# biases carry no penalty. active[[l]]: the units (channels) whose delta is not 0 in
# some row; touched: where the part of the gradient that comes from the rows is not 0.
reference_gradient <- function(network, x, target, loss, settings = list(),
                               masks = NULL) {
  l1 <- if (is.null(settings$l1)) 0 else settings$l1
  l2 <- if (is.null(settings$l2)) 0 else settings$l2
  w <- if (is.null(target$weights)) rep(1, nrow(x)) else target$weights
  pass <- reference_forward(network, x, target$offset, masks)
  output <- reference_loss(pass$link, target$y, loss, settings)
  delta <- output$delta * w / nrow(x)
  depth <- length(network$weights)
  result <- list(
    weights = list(), biases = list(), touched = list(), active = list(),
    input_square = list()
  )
  for (l in depth:1) {
    data <- t(delta) %*% pass$activations[[l]]
    dimnames(data) <- NULL
    result$weights[[l]] <- data + l1 * sign(network$weights[[l]]) +
      l2 * network$weights[[l]]
    result$biases[[l]] <- colSums(delta)
    result$input_square[[l]] <- mean(pass$activations[[l]]^2)
    result$touched[[l]] <- data != 0
    result$touched[[depth + l]] <- colSums(delta) != 0
    result$active[[l]] <- colSums(delta != 0) > 0
    if (l > 1) {
      back <- delta %*% network$weights[[l]]
      channels <- ncol(pass$slopes[[l - 1]]) / ncol(back)
      delta <- back[, rep(seq_len(ncol(back)), each = channels), drop = FALSE] *
        pass$slopes[[l - 1]]
    }
  }
  weights <- unlist(network$weights)
  result$loss <- mean(w * output$value) + l1 * sum(abs(weights)) +
    l2 / 2 * sum(weights^2)
  result
}
