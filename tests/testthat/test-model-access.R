test_that("layers out of range are refused, and the range is told", {
  model <- fake_model("binomial")
  for (layer in list(0, 4, 1.5, NA, "1", 1:2, NULL)) {
    expect_error(
      weights(model, layer), "between 1 and 3",
      class = "feedforward_argument_error"
    )
    expect_error(biases(model, layer), class = "feedforward_argument_error")
  }
  expect_error(
    weights(model, lyer = 2), "`lyer`",
    class = "feedforward_argument_error"
  )
  expect_error(score_history(model, 3), class = "feedforward_argument_error")
})
