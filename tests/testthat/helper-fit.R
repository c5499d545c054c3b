# Trainings small enough to be many.

# Of so few steps that a constant may still be better, which is no matter here.
few_steps <- function(...) {
  withCallingHandlers(
    deeplearning(...),
    feedforward_constant_warning = function(w) invokeRestart("muffleWarning")
  )
}

quick_fit <- function(...) {
  few_steps(..., hidden = 4, epochs = 3, seed = 1)
}

same_network <- function(a, b) {
  expect_identical(lapply(a$weights, unname), lapply(b$weights, unname))
  expect_identical(lapply(a$biases, unname), lapply(b$biases, unname))
}

# 1200 rows of two classes that a line nearly parts, with a factor and an idle column.
two_classes <- function(n = 1200) {
  i <- seq_len(n)
  data <- data.frame(
    a = sin(i), b = cos(1.7 * i), group = factor(c("u", "v", "w"))[i %% 3 + 1]
  )
  score <- data$a + data$b + 0.3 * (data$group == "v") + 0.2 * sin(31 * i)
  data$class <- factor(ifelse(score > 0, "yes", "no"))
  data$number <- score
  data
}
