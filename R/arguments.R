#' @include conditions.R arguments-rules.R
NULL

# Every training argument, once: name, default, rule, help, group. The signature of
# deeplearning(), its help page and the checks all come from this table. The first 91 are
# those of h2o.deeplearning in its order; ours follow.
#
# An argument of `available = FALSE` stands in the signature for H2O's sake; any value
# but its default is an error. Those without a rule hold data: they are judged where the
# data are (check-frame.R) and are no part of what check_arguments() returns.

argument <- function(name, default, rule, group, help, available = TRUE) {
  list(
    name = name,
    default = if (missing(default)) quote(expr = ) else substitute(default),
    rule = rule,
    group = group,
    help = help,
    available = available
  )
}

training_arguments <- list(
  argument("x", , NULL, "data",
    "Predictors: names or positions of columns of `training_frame`; if missing, all
      columns but `y` and those of weights and offset. Their order is always that of
      the frame. Or the predictors themselves: a data frame, a numeric matrix or a
      `dgCMatrix`."),
  argument("y", , NULL, "data",
    "Response: name or position of a column of `training_frame`, or a vector with one
      value per row where `x` holds the predictors themselves. A factor, a logical or
      a character vector asks for classification, a number for regression."),
  argument("training_frame", , NULL, "data",
    "Data frame (tibble, data.table) to train on. Rows without a response and rows of
      weight 0 do not train."),
  argument("model_id", NULL, rule_optional(rule_text()), "data",
    "Name of the model, shown when it is printed; made up if NULL."),
  argument("validation_frame", NULL, NULL, "data",
    "Data frame with the same columns, used for scoring, early stopping, the choice of
      the best model and the label threshold, never for training."),
  argument("nfolds", 0, rule_whole(0), "cross-validation",
    "Number of folds of cross-validation; 0 is none.", available = FALSE),
  argument("keep_cross_validation_models", TRUE, rule_flag(), "cross-validation",
    "Keep the models of the folds.", available = FALSE),
  argument("keep_cross_validation_predictions", FALSE, rule_flag(), "cross-validation",
    "Keep the predictions for the rows held out.", available = FALSE),
  argument("keep_cross_validation_fold_assignment", FALSE, rule_flag(),
    "cross-validation",
    "Keep the fold of each row.", available = FALSE),
  argument("fold_assignment", "AUTO",
    rule_choice(c("AUTO", "Random", "Modulo", "Stratified")),
    "cross-validation",
    "How rows are dealt into folds.", available = FALSE),
  argument("fold_column", NULL, rule_column(), "cross-validation",
    "Column that holds the fold of each row.", available = FALSE),
  argument("ignore_const_cols", TRUE, rule_flag(), "preparation",
    "Leave out predictors that are constant or entirely missing, with a warning."),
  argument("score_each_iteration", FALSE, rule_flag(), "scoring",
    "Score after every iteration, whatever `score_interval` and `score_duty_cycle`
      say."),
  argument("weights_column", NULL, rule_column(), "data",
    "Column of observation weights, finite numbers of at least 0. They multiply the
      loss: weight 2 counts like the row twice, weight 0 like no row. Where `x`
      holds the predictors themselves, a numeric vector of weights will do."),
  argument("offset_column", NULL, rule_column(), "data",
    "Column of offsets, added to the network's output before the inverse link;
      regression only. Under the identity link offsets are in units of the
      response."),
  argument("balance_classes", FALSE, rule_flag(), "balance",
    "Over- and under-sample rows so that classes become equally frequent.",
      available = FALSE),
  argument("class_sampling_factors", NULL, rule_any(), "balance",
    "Sampling ratio of each class, in the order of levels.", available = FALSE),
  argument("max_after_balance_size", 5, rule_number(above = 0), "balance",
    "Largest number of rows after balancing, as a multiple of those before.",
      available = FALSE),
  argument("checkpoint", NULL, rule_any(), "restart",
    "Model to go on training.", available = FALSE),
  argument("pretrained_autoencoder", NULL, rule_any(), "restart",
    "Autoencoder whose hidden layers to start from.", available = FALSE),
  argument("overwrite_with_best_model", TRUE, rule_flag(), "scoring",
    "Return the best weights seen at any scoring, judged by `stopping_metric` on the
      validation frame, else on the training rows scored; FALSE returns the last."),
  argument("use_all_factor_levels", TRUE, rule_flag(), "preparation",
    "Give every level of a factor an input of its own; FALSE gives none to the first
      level."),
  argument("standardize", TRUE, rule_flag(), "preparation",
    "Bring numeric predictors, and the response under the identity link, to mean 0
      and standard deviation 1. Predictions are always in units of the response."),
  argument("activation", "Rectifier",
    rule_choice(c(
      "Tanh", "TanhWithDropout", "Rectifier", "RectifierWithDropout", "Maxout",
      "MaxoutWithDropout"
    )), "network",
    "Activation of the hidden units. Those with dropout drop units of the hidden
      layers by `hidden_dropout_ratios`. A Maxout unit is the larger of two sums."),
  argument("hidden", c(200, 200), rule_hidden(), "network",
    "Units of each hidden layer; `numeric()` is a linear model."),
  argument("epochs", 10, rule_number(from = 0), "training",
    "Passes over the training rows, fractions allowed; 0 returns the initial
      network."),
  argument("train_samples_per_iteration", -2, rule_whole(-2, 2^53), "scoring",
    "Training rows of an iteration, after which scoring is considered: 0 and -1 one
      pass, -2 chosen from rows, weights and epochs. It changes no weight."),
  argument("target_ratio_comm_to_comp", 0.05, rule_number(from = 0), "nothing",
    "Tunes the network traffic of an H2O cluster; has nothing to do here."),
  argument("seed", -1, rule_seed(), "training",
    "Seed of all that is random, up to 64 bit. -1 draws one number from R's
      generator, so that `set.seed()` repeats a training; any other seed leaves R's
      generator untouched. The same seed gives the same model on any number of
      threads."),
  argument("adaptive_rate", TRUE, rule_flag(), "optimizer",
    "With `optimizer = \"auto\"`: TRUE is ADADELTA, FALSE stochastic gradient
      descent with `rate` and momentum."),
  argument("rho", 0.99, rule_number(from = 0, below = 1), "optimizer",
    "Decay of the running mean of squared gradients, for ADADELTA and RMSprop; must
      be above 0 where it is used."),
  argument("epsilon", 1e-8, rule_number(from = 0, below = 1), "optimizer",
    "Small number that keeps ADADELTA, Adam, RMSprop and Adagrad from dividing by
      zero; must be above 0 where it is used. 1e-10 for Adagrad unless given."),
  argument("rate", 0.005, rule_number(above = 0), "optimizer",
    "Learning rate of all optimizers but ADADELTA. Unless given it is 0.001 for
      Adam, AdamW and RMSprop, and 0.01 for Adagrad."),
  argument("rate_annealing", 1e-6, rule_number(from = 0), "optimizer",
    "The rate is divided by 1 + `rate_annealing` times the rows trained so far. 0
      for Adam, AdamW, RMSprop and Adagrad unless given."),
  argument("rate_decay", 1, rule_number(above = 0), "optimizer",
    "Layer l learns with the rate times `rate_decay` to the power l - 1."),
  argument("momentum_start", 0, rule_number(from = 0, below = 1), "optimizer",
    "Momentum at the beginning, for stochastic gradient descent."),
  argument("momentum_ramp", 1e6, rule_number(from = 0), "optimizer",
    "Rows over which momentum moves from `momentum_start` to `momentum_stable`; at 0
      it stays at the first."),
  argument("momentum_stable", 0, rule_number(from = 0, below = 1), "optimizer",
    "Momentum after the ramp."),
  argument("nesterov_accelerated_gradient", TRUE, rule_flag(), "optimizer",
    "Take the gradient where momentum is about to carry the weights; FALSE is the
      heavy ball."),
  argument("input_dropout_ratio", 0, rule_number(from = 0, below = 1), "regularization",
    "Share of inputs dropped for each training row, with any activation."),
  argument("hidden_dropout_ratios", NULL, rule_ratios(), "regularization",
    "Share of units dropped in each hidden layer, for activations with dropout; NULL
      is 0.5 for each. Kept units are scaled up in training, so nothing is rescaled
      at prediction."),
  argument("l1", 0, rule_number(from = 0), "regularization",
    "Penalty on absolute weights; biases are free."),
  argument("l2", 0, rule_number(from = 0), "regularization",
    "Penalty on squared weights; biases are free."),
  argument("max_w2", 3.4028235e38, rule_number(above = 0, infinite = TRUE),
    "regularization",
    "Largest sum of squared weights into a unit; beyond it they are scaled back."),
  argument("initial_weight_distribution", "UniformAdaptive",
    rule_choice(c("UniformAdaptive", "Uniform", "Normal")), "network",
    "Distribution of the first weights. UniformAdaptive is uniform with a width that
      follows the sizes of the two layers it joins."),
  argument("initial_weight_scale", 1, rule_number(from = 0, to = 3.4028235e38), "network",
    "Half the width of Uniform, standard deviation of Normal."),
  argument("initial_weights", NULL, rule_layers("matrices or data frames"), "network",
    "Weights to start from, one matrix or data frame per layer, output layer
      included: units in rows, their inputs in columns; Maxout has two rows per
      unit. A layer of NULL starts at random. May be given without
      `initial_biases`."),
  argument("initial_biases", NULL, rule_layers("vectors or data frames of one column"),
    "network",
    "Biases to start from, one vector per layer, output layer included. May be given
      without `initial_weights`."),
  argument("loss", "Automatic",
    rule_choice(c(
      "Automatic", "CrossEntropy", "Quadratic", "Huber", "Absolute", "Quantile"
    )), "loss",
    "Loss to minimise. Classification knows CrossEntropy and Quadratic, regression
      Quadratic, Huber, Absolute and Quantile. Automatic follows `distribution`; a
      loss that contradicts it is an error."),
  argument("distribution", "AUTO",
    rule_choice(c(
      "AUTO", "bernoulli", "multinomial", "gaussian", "poisson", "gamma", "tweedie",
      "laplace", "quantile", "huber"
    )), "loss",
    "Distribution of the response, which sets loss, link and deviance. AUTO follows
      the response and `loss`. Poisson, gamma and tweedie use the log link; poisson
      and tweedie need a response of at least 0, gamma one above 0."),
  argument("quantile_alpha", 0.5, rule_number(from = 0, to = 1), "loss",
    "Quantile to predict, for the quantile distribution."),
  argument("tweedie_power", 1.5, rule_number(above = 1, below = 2), "loss",
    "Variance power of the tweedie distribution."),
  argument("huber_alpha", 0.9, rule_number(from = 0, to = 1), "loss",
    "Quantile of the absolute residuals beyond which the Huber loss is linear."),
  argument("score_interval", 0, rule_number(from = 0), "scoring",
    "Least number of seconds between scorings. A positive value makes early stopping
      depend on the machine; H2O's default is 5."),
  argument("score_training_samples", 10000, rule_whole(0, 2^53),
    "scoring",
    "Training rows scored each time, about; 0 is all."),
  argument("score_validation_samples", 0, rule_whole(0, 2^53),
    "scoring",
    "Rows of the validation frame scored each time, about; 0 is all."),
  argument("score_duty_cycle", 0.1, rule_number(from = 0, to = 1), "scoring",
    "Largest share of scoring in the work of training, counted in operations, not by
      the clock; 0 scores at the start and the end only."),
  argument("classification_stop", 0, rule_number(from = -1, to = 1), "stopping",
    "Stop when the classification error on the training rows scored is at most this;
      -1 never."),
  argument("regression_stop", 1e-6, rule_number(from = -1), "stopping",
    "Stop when the mean squared error on the training rows scored is at most this,
      in squared units of the response; -1 never."),
  argument("stopping_rounds", 5, rule_whole(0), "stopping",
    "Early stopping looks at moving averages of this many scorings; 0 never stops
      early."),
  argument("stopping_metric", "AUTO",
    rule_choice(
      c(
        "AUTO", "deviance", "logloss", "MSE", "RMSE", "MAE", "RMSLE", "AUC", "AUCPR",
        "lift_top_group", "misclassification", "mean_per_class_error"
      ),
      later = c("custom", "custom_increasing")
    ), "stopping",
    "Metric of early stopping and of the best model. AUTO is logloss for
      classification and deviance for regression. AUC and AUCPR with more than two
      classes need `auc_type`."),
  argument("stopping_tolerance", 0, rule_number(from = 0, below = 1), "stopping",
    "Relative improvement below which training stops early."),
  argument("max_runtime_secs", 0, rule_number(from = 0), "stopping",
    "Seconds after which training ends, with a warning; 0 is no limit."),
  argument("score_validation_sampling", "Uniform",
    rule_choice(c("Uniform", "Stratified")),
    "scoring",
    "How rows of the validation frame are sampled for scoring. Stratified keeps the
      shares of the classes."),
  argument("diagnostics", TRUE, rule_flag(), "nothing",
    "Statistics of the layers are always kept; has nothing to do here."),
  argument("fast_mode", TRUE, rule_flag(), "optimizer",
    "With ADADELTA and stochastic gradient descent, leave a weight, its penalty and
      its optimizer state alone while its input or its unit is zero; FALSE is the
      textbook update. The other optimizers always do the textbook update."),
  argument("force_load_balance", TRUE, rule_flag(), "nothing",
    "Splits the data of an H2O cluster; has nothing to do here."),
  argument("variable_importances", TRUE, rule_flag(), "scoring",
    "Compute variable importances by Gedeon's method."),
  argument("replicate_training_data", TRUE, rule_flag(), "nothing",
    "Copies the data to each node of an H2O cluster; has nothing to do on one
      machine."),
  argument("single_node_mode", FALSE, rule_flag(), "nothing",
    "Trains on one node of an H2O cluster; has nothing to do on one machine."),
  argument("shuffle_training_data", TRUE, rule_flag(), "training",
    "Visit the rows of every epoch in a new random order; FALSE keeps the order of
      the frame. H2O's default is FALSE."),
  argument("missing_values_handling", "MeanImputation",
    rule_choice(c("MeanImputation", "Skip")),
    "preparation",
    "What a missing predictor does in training: MeanImputation replaces a number by
      the mean and gives a factor an input of its own, Skip leaves the row out.
      Predictions always impute."),
  argument("quiet_mode", FALSE, rule_flag(), "nothing",
    "Shortens H2O's log; has nothing to do here."),
  argument("autoencoder", FALSE, rule_flag(), "autoencoder",
    "Learn to reproduce the predictors instead of a response.", available = FALSE),
  argument("sparse", FALSE, rule_flag(), "preparation",
    "Keep only non-zero numbers in memory. Results are those of the dense form
      within rounding."),
  argument("col_major", FALSE, rule_flag(), "nothing",
    "A storage form that H2O gave up.", available = FALSE),
  argument("average_activation", 0, rule_number(), "autoencoder",
    "Mean activation aimed at in a sparse autoencoder.", available = FALSE),
  argument("sparsity_beta", 0, rule_number(), "autoencoder",
    "Strength of sparsity in an autoencoder.", available = FALSE),
  argument("max_categorical_features", 2147483647, rule_whole(1), "preparation",
    "Largest number of inputs for factors, enforced by hashing.", available =
      FALSE),
  argument("reproducible", FALSE, rule_flag(), "training",
    "Train one replica only. Every training repeats anyway, given the seed."),
  argument("export_weights_and_biases", FALSE, rule_flag(), "nothing",
    "The model always holds its weights and biases; has nothing to do here."),
  argument("mini_batch_size", 1, rule_whole(1), "training",
    "Rows per step. The gradient is the mean over them. 128 for Adam, AdamW, RMSprop
      and Adagrad unless given; never more than the training rows."),
  argument("categorical_encoding", "AUTO",
    rule_choice(
      c("AUTO", "OneHotInternal"),
      later = c(
        "Enum", "OneHotExplicit", "Binary", "Eigen", "LabelEncoder", "SortByResponse",
        "EnumLimited"
      )
    ), "preparation",
    "How factors become inputs. Both choices give each level an input."),
  argument("elastic_averaging", FALSE, rule_flag(), "elastic averaging",
    "Pull replicas towards their moving average.", available = FALSE),
  argument("elastic_averaging_moving_rate", 0.9, rule_number(from = 0, to = 1),
    "elastic averaging",
    "Weight of the newest average.", available = FALSE),
  argument("elastic_averaging_regularization", 0.001, rule_number(from = 0),
    "elastic averaging",
    "Strength of the pull.", available = FALSE),
  argument("export_checkpoints_dir", NULL, rule_optional(rule_text()), "restart",
    "Directory that receives finished models.", available = FALSE),
  argument("auc_type", "AUTO",
    rule_choice(c(
      "AUTO", "NONE", "MACRO_OVR", "WEIGHTED_OVR", "MACRO_OVO", "WEIGHTED_OVO"
    )), "scoring",
    "Average that makes one AUC of those of more than two classes, one class against
      the rest (OVR) or pairs of classes (OVO); AUTO and NONE compute none."),
  argument("custom_metric_func", NULL, rule_any(), "scoring",
    "A metric of the user.", available = FALSE),
  argument("gainslift_bins", -1, rule_whole(-1), "scoring",
    "Groups of the gains and lift table: -1 is H2O's 16, 0 no table."),
  argument("verbose", FALSE, rule_flag(), "progress",
    "Print the scoring history while training."),
  argument("optimizer", "auto",
    rule_choice(c("auto", "adadelta", "sgd", "adam", "adamw", "rmsprop", "adagrad")),
    "optimizer",
    "Optimizer; \"auto\" follows `adaptive_rate`, a name overrides it. Not in H2O,
      as are all arguments from here on."),
  argument("beta1", 0.9, rule_number(from = 0, below = 1), "optimizer",
    "Decay of the running mean of gradients, for Adam and AdamW."),
  argument("beta2", 0.999, rule_number(from = 0, below = 1), "optimizer",
    "Decay of the running mean of squared gradients, for Adam and AdamW."),
  argument("weight_decay", 0.01, rule_number(from = 0), "optimizer",
    "Share of each weight taken off per step and unit of rate, for AdamW alone."),
  argument("replicas", "auto", rule_auto(rule_whole(1, 1024)), "training",
    "Copies of the network that train side by side on different rows and are
      averaged. They are part of the model, threads are not. \"auto\" is 1 with
      mini-batches, with momentum or below 10,000 rows, else 8."),
  argument("averaging_interval", "auto", rule_auto(rule_whole(1)), "training",
    "Rows that a replica trains between two averages, rounded up to whole
      mini-batches; \"auto\" is 500 for more than 20,000 weights on 100,000 rows or more,
      else 100."),
  argument("weight_averaging_decay", 0, rule_number(from = 0, below = 1), "training",
    "Decay of a moving average of the weights over rounds, which is then what is
      scored and returned; 0 is off. A round is `averaging_interval` rows of each replica:
      a decay that suits one replica is slow with eight."),
  argument("threads", NULL, rule_optional(rule_whole(1, Inf)), "progress",
    "Threads to train with; they change the speed and nothing else. NULL is option
      `feedforward.threads`, else the environment variable
      RCPP_PARALLEL_NUM_THREADS, else OMP_THREAD_LIMIT, else the cores there are. At
      most 512, and at most 2 under R CMD check."),
  argument("interrupt", "error", rule_choice(c("error", "keep")), "progress",
    "What an interrupt by the user does: \"error\" drops the training, \"keep\"
      returns the model so far with a warning."),
  argument("progress", NULL, rule_optional(rule_flag()), "progress",
    "Show a progress bar; NULL shows one in interactive sessions.")
)

names(training_arguments) <- vapply(training_arguments, `[[`, "", "name")

# The defaults as a list of values, without the arguments that hold data.
default_values <- function() {
  defaults <- default_arguments(without = data_arguments())
  lapply(as.list(defaults), eval, envir = baseenv())
}

data_arguments <- function() {
  names(Filter(function(argument) is.null(argument$rule), training_arguments))
}

# The formals of deeplearning(): a pairlist in the order of the table, without the names
# in `without`.
default_arguments <- function(without = character()) {
  chosen <- setdiff(names(training_arguments), without)
  as.pairlist(lapply(training_arguments[chosen], `[[`, "default"))
}

# Lines "@param name text" for roxygen: meaning, then range and default.
argument_docs <- function(names = NULL, without = character()) {
  if (is.null(names)) names <- names(training_arguments)
  vapply(training_arguments[setdiff(names, without)], document_argument, "",
    USE.NAMES = FALSE
  )
}

document_argument <- function(argument) {
  help <- gsub("\\s+", " ", argument$help)
  range <- if (!is.null(argument$rule)) sprintf("Value: %s.", argument$rule$wanted)
  default <- if (!identical(argument$default, quote(expr = ))) {
    sprintf("Default: `%s`.", paste(deparse(argument$default), collapse = " "))
  }
  if (!argument$available) {
    range <- "Not offered in this version; anything but the default is an error."
  }
  paste(c("@param", argument$name, help, range, default), collapse = " ")
}
