# Makes tests/testthat/fixtures/steps.json and golden.rds from the measured models of
# H2O 3.46.0.12 that lie beside the project. Run from the package root:
#   Rscript data-raw/fixtures.R path/to/golden
golden <- commandArgs(trailingOnly = TRUE)[1]
stopifnot(dir.exists(golden))
fixtures <- file.path("tests", "testthat", "fixtures")
for (helper in c("reference", "reference-training", "fixtures", "golden")) {
  source(file.path("tests", "testthat", sprintf("helper-%s.R", helper)))
}

read <- function(...) {
  jsonlite::fromJSON(file.path(golden, ...), simplifyVector = FALSE)
}
as_rows <- function(rows) do.call(rbind, lapply(rows, function(row) unlist(row)))

# Steps ------------------------------------------------------------------------
# Only arguments that differ between the cases are kept. Where our rules depart from
# H2O's, the end is the one computed for our rules, or the argument is changed so that
# both mean the same.
keep <- c(
  "hidden", "epochs", "activation", "distribution", "loss", "quantile_alpha",
  "tweedie_power", "adaptive_rate", "rho", "epsilon", "rate", "rate_annealing",
  "rate_decay", "momentum_start", "momentum_stable", "l1", "l2", "max_w2"
)

step_case <- function(folder) {
  steps <- read(folder, "steps.json")
  train <- utils::read.csv(file.path(golden, folder, "train.csv"))
  arguments <- steps$params[intersect(keep, names(steps$params))]
  arguments$hidden <- unlist(arguments$hidden)
  if (is.null(arguments$activation)) arguments$activation <- "Rectifier"
  if (folder == "steps-Tanh-k-Quadratic") {
    # With two classes the whole Jacobian is twice the diagonal that H2O uses.
    arguments$rate <- arguments$rate / 2
  }
  if (folder == "steps-momentum") {
    # What H2O calls Nesterov is the heavy ball.
    arguments$nesterov_accelerated_gradient <- FALSE
  }
  case <- list(
    case = folder, end = "H2O", response = steps$response,
    train = train, arguments = arguments,
    start_weights = lapply(steps$start_weights, as_rows),
    start_biases = lapply(steps$start_biases, unlist),
    end_weights = lapply(steps$end_weights, as_rows),
    end_biases = lapply(steps$end_biases, unlist)
  )
  if (is.null(steps$end_weights_our_rules)) case else by_our_rules(case, steps, as_rows)
}

# Where our rules differ from H2O's: ADADELTA's by the tests' slow reference (H2O's with
# exact roots, whose own end stays beside it), others by a replay kept with the figures.
by_our_rules <- function(case, steps, as_rows) {
  case$end <- "our rules"
  if (!case$arguments$adaptive_rate) {
    case$end_weights <- lapply(steps$end_weights_our_rules, as_rows)
    case$end_biases <- lapply(steps$end_biases_our_rules, unlist)
    return(case)
  }
  case[c("h2o_weights", "h2o_biases")] <- case[c("end_weights", "end_biases")]
  plain <- jsonlite::fromJSON(
    jsonlite::toJSON(case, digits = NA, auto_unbox = TRUE),
    simplifyVector = FALSE
  )
  plain <- read_steps(plain)
  problem <- steps_problem(plain)
  given <- plain$arguments
  end <- reference_train(
    problem$network, problem$x, list(y = problem$y),
    do.call(reference_options, c(
      list(loss = problem$loss), given[intersect(names(given), c("rho", "epsilon"))]
    )),
    given$epochs
  )
  case$end_weights <- lapply(end$weights, function(w) unname(split(w, row(w))))
  case$end_biases <- end$biases
  case
}

folders <- sort(basename(Sys.glob(file.path(golden, "steps-*"))))
text <- vapply(folders, function(folder) {
  as.character(jsonlite::toJSON(step_case(folder), digits = 9, auto_unbox = TRUE))
}, "")
writeLines(c("[", paste(text, collapse = ",\n"), "]"), file.path(fixtures, "steps.json"))

# Models -----------------------------------------------------------------------
read_data <- function(folder, file) {
  data <- utils::read.csv(file.path(golden, folder, file), na.strings = c("", "NA"))
  text <- vapply(data, is.character, NA)
  data[text] <- lapply(data[text], function(v) {
    factor(v, levels = sort(unique(v), method = "radix"))
  })
  data
}

# H2O writes the two channels of a Maxout layer element by element: the flat, row-major
# sequence holds channel 1 and 2 of unit 1 and input 1, then of input 2, and so on, whatever
# the matrix looks like. Ours has one row per channel: unit 1 channel 1, unit 1 channel 2.
split_channels <- function(m) {
  flat <- as.vector(t(m))
  odd <- seq(1, length(flat), by = 2)
  first <- matrix(flat[odd], ncol = ncol(m), byrow = TRUE)
  second <- matrix(flat[odd + 1], ncol = ncol(m), byrow = TRUE)
  result <- m
  result[seq(1, nrow(m), by = 2), ] <- first
  result[seq(2, nrow(m), by = 2), ] <- second
  result
}

number_facts <- function(model, field) {
  values <- unlist(model[[field]])
  names <- utils::tail(unlist(model$weights[[1]]$columns), length(values))
  if (!is.null(values)) stats::setNames(values, names)
}

model_case <- function(folder) {
  model <- read(folder, "model.json")
  p <- model$params
  list(
    response = model$response,
    arguments = list(
      activation = p$activation, hidden = as.numeric(unlist(p$hidden)),
      distribution = p$distribution, standardize = p$standardize,
      use_all_factor_levels = p$use_all_factor_levels,
      input_dropout_ratio = p$input_dropout_ratio,
      hidden_dropout_ratios = unlist(p$hidden_dropout_ratios),
      weights_column = if (folder == "binomial-weights") "Weight",
      offset_column = if (grepl("-offset$", folder)) "Off"
    ),
    weights = lapply(seq_along(model$weights), function(l) {
      w <- model$weights[[l]]
      rows <- as_rows(w$rows)
      dimnames(rows) <- list(NULL, unlist(w$columns))
      if (grepl("Maxout", p$activation) && l < length(model$weights)) {
        rows <- split_channels(rows)
      }
      rows
    }),
    biases = lapply(model$biases, unlist),
    # (x - mean) * scale of the numeric predictors; NULL when not standardised.
    means = number_facts(model, "normsub"), scales = number_facts(model, "normmul"),
    response_mean = model$normrespsub[[1]], response_scale = model$normrespmul[[1]],
    levels = if (model$model_category != "Regression") {
      unlist(utils::tail(model$domains, 1))
    },
    predictions = if (model$model_category == "Regression") {
      unlist(model$predictions$rows)
    } else {
      values <- as_rows(lapply(model$predictions$rows, function(row) row[-1]))
      colnames(values) <- unlist(model$predictions$columns[-1])
      values
    },
    labels = if (model$model_category != "Regression") {
      vapply(model$predictions$rows, function(row) row[[1]], "")
    },
    default_threshold = model$default_threshold
  )
}

folders <- basename(dirname(Sys.glob(file.path(golden, "*", "model.json"))))
folders <- setdiff(
  folders, c(
    "autoencoder", "crossvalidation", "binomial-balance",
    grep("^encoding-", folders, value = TRUE)
  )
)
# Several models share their rows: each frame is stored once.
frames <- list()
share <- function(frame) {
  same <- vapply(frames, identical, NA, frame)
  if (any(same)) return(which(same)[1])
  frames[[length(frames) + 1]] <<- frame
  length(frames)
}
models <- lapply(stats::setNames(nm = folders), function(folder) {
  model <- model_case(folder)
  model$train <- share(read_data(folder, "train.csv"))
  model$new <- share(read_data(folder, "new.csv"))
  model
})
saveRDS(
  list(frames = frames, models = models), file.path(fixtures, "golden.rds"),
  version = 2, compress = "xz"
)
