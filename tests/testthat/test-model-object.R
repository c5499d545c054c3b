test_that("a model is a plain list of its parts, of the class of its kind", {
  model <- fake_model("binomial")
  expect_s3_class(model, c("deeplearning_binomial", "deeplearning"), exact = TRUE)
  expect_type(model, "list")
  pointers <- rapply(unclass(model), is.environment, how = "unlist")
  expect_false(any(pointers))
  copy <- unserialize(serialize(model, NULL))
  expect_identical(copy, model)
})

test_that("the layer table has H2O's columns, types and empty places", {
  made <- fake_network("binomial")
  arguments <- list(
    activation = "TanhWithDropout", input_dropout_ratio = 0.2,
    hidden_dropout_ratios = c(0.5, 0.25), l1 = 1e-5, l2 = 0
  )
  layers <- list(mean_rate = 1:3, rate_rms = 4:6, momentum = c(0, 0, 0.9))
  table <- layer_table(made$shape, arguments, made$weights, made$biases, layers)
  expect_named(table, c(
    "layer", "units", "type", "dropout", "l1", "l2", "mean_rate", "rate_rms",
    "momentum", "mean_weight", "weight_rms", "mean_bias", "bias_rms"
  ))
  expect_identical(table$type, c("Input", "TanhDropout", "TanhDropout", "Softmax"))
  expect_identical(table$units, c(4L, 3L, 2L, 2L))
  expect_equal(table$dropout, c(20, 50, 25, NA))
  expect_true(all(is.na(table[1, -(1:4)])))
  expect_equal(table$momentum, c(NA, 0, 0, 0.9))
  w <- made$weights[[2]]
  expect_equal(table$mean_weight[[3]], sum(w) / length(w))
  # Over the number of weights, not one less.
  expect_equal(table$weight_rms[[3]]^2, sum(w^2) / length(w) - mean(w)^2)
  linear <- layer_table(
    fake_network("regression", numeric())$shape,
    list(activation = "Rectifier", input_dropout_ratio = 0, l1 = 0, l2 = 0),
    list(matrix(1:4 / 2, 1)), list(3), list(mean_rate = 1, rate_rms = 0, momentum = 0)
  )
  expect_identical(linear$type, c("Input", "Linear"))
  expect_identical(linear$bias_rms, c(NA, 0))
})

test_that("means of H2O's weights are H2O's, spreads as far as its roots go", {
  model <- readRDS(test_path("fixtures", "golden.rds"))$models[["binomial-tanh"]]
  network <- list(
    inputs = 24, hidden = c(6, 4), activation = "Tanh", outputs = 2, output = "softmax"
  )
  arguments <- list(activation = "Tanh", input_dropout_ratio = 0, l1 = 0, l2 = 0)
  none <- list(mean_rate = c(0, 0, 0), rate_rms = c(0, 0, 0), momentum = c(0, 0, 0))
  table <- layer_table(network, arguments, model$weights, model$biases, none)[-1, ]
  # H2O 3.46.0.12's "Status of Neuron Layers" of this model.
  expect_equal(
    table$mean_weight, c(-0.05239850818502, -0.06705069464320, 0.99348018411546),
    tolerance = 1e-7
  )
  expect_equal(
    table$mean_bias, c(0.00212171111756, -0.04219811134483, 0),
    tolerance = 1e-7
  )
  # H2O takes a root that is off by up to 4 %.
  expect_equal(
    table$weight_rms, c(0.247030973434448, 0.465857863426208, 1.61893939971924),
    tolerance = 0.04
  )
  expect_equal(
    table$bias_rms, c(0.0611936300992966, 0.128550112247467, 0.18804806470871),
    tolerance = 0.04
  )
})
