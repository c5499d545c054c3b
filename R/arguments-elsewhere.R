# What other packages call our arguments and their values. Nothing of it is accepted; it
# tells what was meant. Keys are in lower case, without dots and underscores.

# Names that mean an argument of ours.
names_elsewhere <- c(
  lr = "rate", learningrate = "rate", learnrate = "rate", eta = "rate", alpha = "rate",
  size = "hidden", units = "hidden", nodes = "hidden", neurons = "hidden",
  layers = "hidden", hiddenlayers = "hidden", hiddenlayersizes = "hidden",
  hiddenunits = "hidden",
  maxit = "epochs", maxiter = "epochs", iter = "epochs", iterations = "epochs",
  rounds = "epochs", nrounds = "epochs", nepochs = "epochs", numepochs = "epochs",
  decay = "l2", lambda = "l2", penalty = "l2", regularization = "l2",
  dropout = "hidden_dropout_ratios", dropoutrate = "hidden_dropout_ratios",
  batch = "mini_batch_size", batchsize = "mini_batch_size",
  momentum = "momentum_start", act = "activation", actfct = "activation",
  optim = "optimizer", solver = "optimizer", algorithm = "optimizer",
  family = "distribution", objective = "loss", criterion = "loss",
  metric = "stopping_metric", evalmetric = "stopping_metric",
  patience = "stopping_rounds", earlystopping = "stopping_rounds",
  earlystoppingrounds = "stopping_rounds", tol = "stopping_tolerance",
  scale = "standardize", normalize = "standardize",
  validation = "validation_frame", validationdata = "validation_frame",
  valid = "validation_frame", testdata = "validation_frame", newdata = "data",
  train = "training_frame", traindata = "training_frame", df = "training_frame",
  naaction = "missing_values_handling", wts = "initial_weights",
  cv = "nfolds", folds = "nfolds", nfold = "nfolds", kfold = "nfolds",
  ncores = "threads", cores = "threads", nthread = "threads", nthreads = "threads",
  njobs = "threads", workers = "threads", trace = "verbose", verbosity = "verbose",
  randomstate = "seed", randomseed = "seed", importance = "variable_importances"
)

# Names for which we have another way.
ways_elsewhere <- c(
  subset = "Choose the rows of the data beforehand, as with subset().",
  weights = "Weights are a column: `weights_column = \"its name\"`.",
  weight = "Weights are a column: `weights_column = \"its name\"`.",
  caseweights = "Weights are a column: `weights_column = \"its name\"`.",
  offset = paste(
    "Write offset() into the formula, or name the column:",
    "`offset_column = \"its name\"`."
  ),
  contrasts = "Factors need none: each level has an input.",
  linout = "A numeric response asks for regression, a factor for classification.",
  validationsplit = "Give the rows to judge by as `validation_frame`."
)

# Choices that mean one of ours, whatever the argument: the choices tell which.
values_elsewhere <- list(
  relu = "Rectifier", rectifiedlinear = "Rectifier", hyperbolictangent = "Tanh",
  normal = "gaussian", binomial = "bernoulli",
  mse = c("MSE", "Quadratic"), squared = "Quadratic", l2 = "Quadratic",
  mae = c("MAE", "Absolute"), l1 = "Absolute", crossentropy = "CrossEntropy",
  accuracy = "misclassification", error = "misclassification", prauc = "AUCPR",
  mean = "MeanImputation", omit = "Skip", naomit = "Skip",
  glorot = "UniformAdaptive", xavier = "UniformAdaptive",
  probs = "prob", probability = "prob", probabilities = "prob", raw = "response",
  numeric = "response", label = "class", labels = "class"
)

# A further sentence on an argument that there is not, or "".
name_hint <- function(name, known) {
  word <- key_elsewhere(name)
  if (word %in% names(ways_elsewhere)) {
    return(paste0(" ", ways_elsewhere[[word]]))
  }
  meant <- if (word %in% names(names_elsewhere)) names_elsewhere[[word]] else name
  did_you_mean(meant, known)
}

# What `value` means among `choices`, or NULL.
value_elsewhere <- function(value, choices) {
  meant <- intersect(values_elsewhere[[key_elsewhere(value)]], choices)
  if (length(meant) > 0) meant[[1]]
}

key_elsewhere <- function(text) {
  gsub("[._ ]", "", lower_case(encodeString(enc2utf8_safely(text))))
}
