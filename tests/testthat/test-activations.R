test_that("each activation is a whole record that can be asked for, twice", {
  choices <- activation_choices()
  expect_identical(anyDuplicated(choices), 0L)
  for (name in names(activations)) {
    expect_named(activations[[name]], "channels")
    expect_true(activations[[name]]$channels %in% 1:2)
    for (choice in c(name, paste0(name, "WithDropout"))) {
      expect_true(choice %in% choices)
      expect_identical(training_arguments$activation$rule$accept(choice), choice)
      expect_identical(plain_activation(choice), name)
    }
  }
  expect_length(choices, 2 * length(activations))
})

test_that("dropout is asked for by the name of the activation", {
  expect_true(uses_dropout(list(activation = "MaxoutWithDropout")))
  expect_false(uses_dropout(list(activation = "Maxout")))
})

test_that("each activation trains, with and without dropout, and predicts", {
  data <- two_classes(300)
  for (choice in activation_choices()) {
    model <- deeplearning(
      number ~ a + b + group, data,
      hidden = c(12, 6), epochs = 30, seed = 1, activation = choice,
      hidden_dropout_ratios = if (endsWith(choice, "WithDropout")) c(0.1, 0.1)
    )
    expect_identical(model$network$activation, plain_activation(choice))
    expect_gt(stats::cor(predict(model, data), data$number), 0.9, label = choice)
    # A matrix has a row for each channel.
    channels <- activations[[plain_activation(choice)]]$channels
    expect_identical(nrow(weights(model, 1)), as.integer(12 * channels))
  }
})
