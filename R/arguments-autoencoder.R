# What an autoencoder's arguments may be together, and what only it may have.
autoencoder_problems <- function(values, given) {
  if (!values$autoencoder) {
    idle <- intersect(given, c("sparsity_beta", "average_activation"))
    idle <- Filter(function(name) values[[name]] != 0, idle)
    return(sprintf(
      "`%s` is for autoencoders: `autoencoder = TRUE`, or leave it out.", idle
    ))
  }
  maxout <- startsWith(values$activation, "Maxout")
  aim <- values$average_activation
  tanh <- startsWith(values$activation, "Tanh")
  fits <- if (tanh) abs(aim) < 1 else aim > 0
  c(
    if (maxout) {
      "`activation`: an autoencoder's outputs cannot be Maxout. Use \"Tanh\"."
    },
    if (values$sparsity_beta > 0 && !maxout && !fits) {
      sprintf(
        "`average_activation` = %s: %s units have a mean %s.", format_number(aim),
        values$activation, if (tanh) "between -1 and 1" else "above 0"
      )
    },
    if (values$nfolds > 0 || !is.null(values$fold_column)) {
      "An autoencoder has no folds: leave out `nfolds` and `fold_column`."
    },
    if (!is.null(values$offset_column)) {
      "`offset_column` is for regression; an autoencoder has no response."
    },
    if (values$balance_classes) {
      "`balance_classes` is for classification; an autoencoder has no response."
    },
    if (!is.null(values$pretrained_autoencoder)) {
      "`pretrained_autoencoder` is for models with a response; here use `checkpoint`."
    },
    if (values$categorical_encoding == "SortByResponse") {
      "`categorical_encoding`: an autoencoder has no response to sort by."
    },
    if (!is.null(values$custom_metric_func)) {
      "`custom_metric_func` judges predictions; an autoencoder has no response."
    },
    if (length(values$hidden) == 0) {
      "`hidden` is empty: an autoencoder needs a layer."
    }
  )
}
