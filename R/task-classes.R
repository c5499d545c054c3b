# What the tasks of two and of more classes have in common.

# The fields of new_task() that do not differ between them.
new_classes_task <- function(...) {
  new_task(
    describe = function(n_outputs) paste0(n_outputs, "-class classification"),
    output = "softmax", outputs = function(n_classes, inputs) n_classes,
    target = "classes",
    complete_loss = complete_classes_loss, core_loss = function(response) response$loss,
    average = function(response, links) log_mean_exp(lapply(links, log_softmax)),
    types = c("response", "class", "prob", "link"),
    deviance = function(metrics) 2 * metrics$logloss,
    start = function(response, rows, settings) 0,
    stopping_metric = "logloss",
    good_enough = c(classification_stop = "misclassification"),
    unit = function(actual, weights) 1,
    constant = function(response, part, settings) constant_classes(response, part),
    ...
  )
}

# Measures that stop training on classes, however many there are.
classes_stop_on <- c(
  "logloss", "MSE", "RMSE", "AUC", "AUCPR", "misclassification", "mean_per_class_error"
)

complete_classes_loss <- function(loss, distribution, n_classes) {
  of_class <- sprintf(
    "the response is a factor of %s, which asks for classification",
    count_of(n_classes, "level")
  )
  losses <- losses_of(classes = TRUE)
  if (!loss %in% losses) {
    return(list(problem = sprintf(
      "`loss = \"%s\"` is for regression, but %s. Use %s, or a numeric response.",
      loss, of_class, paste0("\"", losses[-1], "\"", collapse = " or ")
    )))
  }
  if (!distribution %in% c("AUTO", distributions_of(classes = TRUE))) {
    return(list(problem = sprintf(
      paste(
        "`distribution = \"%s\"` is for regression, but %s.",
        "Use \"AUTO\", or a numeric response."
      ),
      distribution, of_class
    )))
  }
  if (distribution != "AUTO" && distributions[[distribution]]$classes < n_classes) {
    return(list(problem = sprintf(
      "`distribution = \"%s\"` needs two classes, but %s. Use \"%s\".",
      distribution, of_class, default_distribution(n_classes)
    )))
  }
  if (distribution == "AUTO") {
    distribution <- default_distribution(n_classes)
  }
  list(
    distribution = distribution,
    loss = if (loss == "Automatic") distributions[[distribution]]$loss else loss
  )
}

# The first distribution that tells so many classes apart.
default_distribution <- function(n_classes) {
  Find(
    function(name) distributions[[name]]$classes >= n_classes,
    distributions_of(classes = TRUE)
  )
}

# What predicting the shares of the classes comes to. Those of all rows, for with many
# classes the shares in a sample would fit the sample.
constant_classes <- function(response, part) {
  shares_in <- function(rows) {
    weights <- rows$weights %||% rep(1, rows$n)
    class_totals(rows$actual, weights, length(response$levels)) / sum(weights)
  }
  predicted <- shares_in(part)
  met <- shares_in(part$sample)
  predicted[met == 0] <- 1
  if (response$loss == "Quadratic") {
    c(MSE = sum(met * (1 - predicted)^2))
  } else {
    c(logloss = -sum(met * log(predicted)))
  }
}

# The logarithms of softmax, which are finite where that is 0.
log_softmax <- function(link) {
  link <- link - link[cbind(seq_len(nrow(link)), largest_in_rows(link))]
  link - log(rowSums(exp(link)))
}

# Probabilities, rows x classes.
decode_classes <- function(response, link, calibration) {
  probability <- calibrated_rows(calibration, corrected_link(response, link))
  dimnames(probability) <- list(NULL, response$levels)
  probability
}

# Where classes were balanced in training: as if they had not been.
corrected_link <- function(response, link) {
  if (is.null(response$correction)) {
    return(link)
  }
  sweep(link, 2, log(response$correction), `+`)
}

decode_activations <- function(response, link) {
  dimnames(link) <- list(NULL, response$levels)
  link
}

# codes: from 1, NA for none.
class_factor <- function(response, codes) {
  structure(
    unname(as.integer(codes)),
    levels = response$levels,
    class = c(if (response$ordered) "ordered", "factor")
  )
}
