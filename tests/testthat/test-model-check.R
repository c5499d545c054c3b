test_that("a sound model passes, each damage is named", {
  for (kind in c("binomial", "multinomial", "regression")) {
    expect_identical(model_problems(fake_model(kind)), character())
  }
  expect_identical(model_problems(fake_model("regression", numeric())), character())
  expect_identical(
    model_problems(fake_model("binomial", c(2, 3), "Maxout")), character()
  )
  sound <- fake_model("binomial")
  damage <- function(...) {
    parts <- list(...)
    model <- sound
    model[names(parts)] <- parts
    model
  }
  damage_network <- function(...) {
    damage(network = utils::modifyList(sound$network, list(...)))
  }
  expect_problem <- function(model, text) {
    expect_error(check_model(model), text, class = "feedforward_input_error")
  }
  expect_problem(damage(weights = NULL), "lacks its weights")
  expect_problem(damage(weights = sound$weights[-3]), "2 weight matrices")
  cut <- sound$weights
  cut[[2]] <- cut[[2]][, -1]
  expect_problem(damage(weights = cut), "layer 2 are 2 x 2; the network needs 2 x 3")
  text <- sound$weights
  text[[1]][] <- "0"
  expect_problem(damage(weights = text), "layer 1 are no matrix of numbers")
  short <- sound$biases
  short[[1]] <- short[[1]][-1]
  expect_problem(damage(biases = short), "biases of layer 1 are 2; .* 3 numbers")
  expect_problem(damage_network(inputs = 1e9), "encoding makes 4 inputs")
  expect_problem(damage_network(inputs = -1), "no valid layer sizes")
  expect_problem(damage_network(activation = "Sigmoid"), "unknown activation")
  expect_problem(damage_network(outputs = 3L), "needs 2 outputs")
})

test_that("weights that are not finite refuse to predict", {
  model <- fake_model("binomial")
  model$weights[[2]][1, 1] <- NaN
  expect_error(
    predict(model, fake_data()), "not finite",
    class = "feedforward_unstable_error"
  )
})
