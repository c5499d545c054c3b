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

# ---- Anything may be edited -----------------------------------------------------------

# What a careless or a hostile hand could make of a part, by name.
edits_of <- function(part) {
  edits <- list(
    nothing = NULL, missing = NA, text = "zz", large = 1e300, numbers = -1:3,
    list = list(), `function` = mean
  )
  if (!is.atomic(part) && !is.list(part) || length(part) == 0) {
    return(edits)
  }
  edits <- c(edits, list(
    cut = part[-1], twice = c(part, part), unnamed = unname(part)
  ))
  first <- function(value) {
    if (is.list(part)) part[1] <- list(value) else part[1] <- value
    part
  }
  values <- if (is.list(part)) {
    list(NULL, "a")
  } else if (is.numeric(part)) {
    list(NaN, 1e300, -7)
  } else if (is.character(part)) {
    list(NA, "other", "\xff")
  } else {
    list(NA)
  }
  c(edits, lapply(values, first))
}

# Where each part lies that is no data frame, lists included.
paths_of <- function(part) {
  inside <- if (is.list(part) && !is.data.frame(part)) {
    lapply(seq_along(part), function(i) {
      lapply(paths_of(part[[i]]), function(path) c(i, path))
    })
  }
  c(list(integer()), unlist(inside, recursive = FALSE))
}

edit_at <- function(part, path, value) {
  if (length(path) == 0) {
    return(value)
  }
  part[path[[1]]] <- list(edit_at(part[[path[[1]]]], path[-1], value))
  part
}

test_that("an edited model predicts finite numbers or says that it was changed", {
  skip_on_cran()
  data <- fake_data()
  data$off <- 0
  number <- fake_model("regression", 2, arguments = list(offset_column = "off"))
  number$derived <- list(
    `sqrt(size)` = list(
      name = "sqrt(size)", role = "predictor", term = quote(sqrt(size)),
      call = quote(sqrt(size)), needs = "size", columns = "sqrt(size)"
    )
  )
  expect_sound <- function(model, ...) {
    got <- tryCatch(
      suppressWarnings(
        c(as.numeric(predict(model, data)), performance(model, data)$MSE),
        "feedforward_warning"
      ),
      feedforward_error = function(e) 0, error = identity
    )
    if (!is.numeric(got) || !all(is.finite(got))) {
      fail(paste("edited", deparse(c(...)), collapse = " "))
    }
  }
  expect_sound_parts <- function(model, parts) {
    for (name in parts) {
      for (path in paths_of(model[[name]])) {
        path <- c(match(name, names(model)), path)
        part <- Reduce(function(x, i) x[[i]], path, unclass(model))
        for (edit in edits_of(part)) {
          edited <- edit_at(unclass(model), path, edit)
          expect_sound(structure(edited, class = class(model)), name, path, edit)
        }
      }
    }
  }
  expect_sound_parts(number, c(
    "kind", "encoding", "response", "network", "weights", "biases", "derived"
  ))
  expect_sound_parts(fake_model("binomial", 2), c("response", "default_threshold"))
  for (name in names(number$arguments)) {
    for (edit in edits_of(number$arguments[[name]])) {
      edited <- number
      edited$arguments[name] <- list(edit)
      expect_sound(edited, name, edit)
    }
  }
  succeed()
})

test_that("a model edited in what is shown is refused by name, any part of it", {
  model <- quick_fit(Sepal.Length ~ ., iris)
  optional <- c("validation_metrics", "variable_importances")
  for (part in setdiff(names(shown_parts), optional)) {
    for (value in list(NULL, 1:3, list(), "x")) {
      edited <- model
      edited[part] <- list(value)
      if (isTRUE(shown_parts[[part]](value))) next
      for (show in list(print, function(x) print(summary(x)), plot)) {
        expect_error(show(edited), part, class = "feedforward_input_error", fixed = TRUE)
      }
    }
  }
})

test_that("generics about models say what they want", {
  for (ask in list(performance, varimp, score_history, biases)) {
    expect_error(ask(1), "must be a model", class = "feedforward_argument_error")
  }
})
