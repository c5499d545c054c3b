#' @include arguments-record.R activations.R distributions.R measure-areas.R task.R
NULL

# The arguments of h2o.deeplearning, in its order.
h2o_arguments <- list(
argument("x", , NULL,
    "Predictors: names or positions of columns of `training_frame`; if missing, all
      columns but `y` and those of weights and offset. Their order is always that of
      the frame. Or the predictors themselves: a data frame, a numeric matrix or a
      `dgCMatrix`.", restart = "new"),
  argument("y", , NULL,
    "Response: name or position of a column of `training_frame`, or a vector with one
      value per row where `x` holds the predictors themselves. A factor, a logical or
      a character vector asks for classification, a number for regression.",
    restart = "new"),
  argument("training_frame", , NULL,
    "Data frame (tibble, data.table) to train on. Rows without a response and rows of
      weight 0 do not train.", restart = "new"),
  argument("model_id", NULL, rule_optional(rule_text()),
    "Name of the model, shown when it is printed; made up if NULL.", restart = "new"),
  argument("validation_frame", NULL, NULL,
    "Data frame with the same columns, or `list(x = , y = )` where `x` and `y` hold
      the data; used for scoring, early stopping, the choice of the best model and the
      label threshold, never for training.", restart = "new"),
  argument("nfolds", 0, rule_folds(),
    "Number of folds of cross-validation, 2 or more; 0 is none. See
      *Cross-validation*.", restart = "fixed"),
  argument("keep_cross_validation_models", TRUE, rule_flag(),
    "Keep the models of the folds, in `cross_validation$models`."),
  argument("keep_cross_validation_predictions", FALSE, rule_flag(),
    "Keep what the model of its fold predicts for each row of the frame, in
      `cross_validation$predictions`."),
  argument("keep_cross_validation_fold_assignment", FALSE, rule_flag(),
    "Keep the fold of each row of the frame, in `cross_validation$folds`."),
  argument("fold_assignment", "AUTO",
    rule_choice(c("AUTO", "Random", "Modulo", "Stratified")),
    "How rows are dealt into folds: Random by the seed, in folds of even size; Modulo
      by their number in the frame; Stratified by the seed, each class evenly. AUTO is
      Random."),
  argument("fold_column", NULL, rule_column(),
    "Column whose values name the fold of each row, in place of `nfolds`; no
      predictor. Where `x` holds the predictors themselves, a numeric vector will do."),
  argument("ignore_const_cols", TRUE, rule_flag(),
    "Leave out predictors that are constant or entirely missing, with a warning.",
    restart = "fixed"),
  argument("score_each_iteration", FALSE, rule_flag(),
    "Score after every iteration, whatever `score_interval` and `score_duty_cycle`
      say."),
  argument("weights_column", NULL, rule_column(),
    "Column of observation weights, finite numbers of at least 0. Scaled to mean 1
      over the rows that train, they multiply the loss: weight 2 counts like the row
      twice, weight 0 like no row, and only their ratios matter. Where `x` holds the
      predictors themselves, a numeric vector of weights will do."),
  argument("offset_column", NULL, rule_column(),
    "Column of offsets, added to the network's output before the inverse link;
      regression only. Under the identity link offsets are in units of the response."),
  argument("balance_classes", FALSE, rule_flag(),
    "Classification: train rows of rare classes several times an epoch, so that all
      classes are as frequent as the largest. Predicted probabilities are brought back
      to the shares there were; training metrics are of the balanced rows."),
  argument("class_sampling_factors", NULL, rule_factors(),
    "With `balance_classes`: how often rows of each class are trained, in the order of
      levels, in place of what makes them equal; .5 is half of them."),
  argument("max_after_balance_size", 5, rule_number(above = 0),
    "With `balance_classes`: rows after balancing at most, as a multiple of those
      before; all are scaled down."),
  argument("checkpoint", NULL, rule_any("NULL, a model or the path of a model file"),
    "Model to go on training, or the path of a file of [save_model()]; see *Going on
      with a model*.", restart = "new"),
  argument("pretrained_autoencoder", NULL,
    rule_any("NULL, an autoencoder or the path of its file"),
    "Autoencoder whose hidden layers to start from. `hidden` and `activation` must be
      its own; inputs are encoded and scaled as it has learned.", restart = "new"),
  argument("overwrite_with_best_model", TRUE, rule_flag(),
    "Return the best weights seen at any scoring, judged by `stopping_metric` on the
      validation frame, else on the training rows scored; FALSE returns the last."),
  argument("use_all_factor_levels", TRUE, rule_flag(),
    "Give every level of a factor an input of its own; FALSE gives none to the first
      level.", restart = "fixed"),
  argument("standardize", TRUE, rule_flag(),
    "Bring numeric predictors, and the response under the identity link, to mean 0 and
      standard deviation 1. Predictions are always in units of the response.",
    restart = "fixed"),
  argument("activation", "Rectifier",
    rule_choice(activation_choices()),
    "Activation of the hidden units. Those with dropout drop units of the hidden
      layers by `hidden_dropout_ratios`. A Maxout unit is the larger of two sums.",
    restart = "fixed"),
  argument("hidden", c(200, 200), rule_hidden(),
    "Units of each hidden layer; `numeric()` is a linear model.", restart = "fixed"),
  argument("epochs", 10, rule_number(from = 0),
    "Passes over the training rows, fractions allowed; 0 returns the initial network.
      With a `checkpoint` its passes count.", core = TRUE, restart = "new"),
  argument("train_samples_per_iteration", -2, rule_whole(-2, 2^53),
    "Training rows of an iteration, after which scoring is considered: 0 and -1 one
      pass, -2 chosen from rows, weights and epochs. It changes no weight."),
  argument("target_ratio_comm_to_comp", 0.05, rule_number(from = 0),
    "Share of the time that exchanges between `shards` may take, by nominal speeds."),
  argument("seed", -1, rule_seed(),
    "Seed of all that is random, up to 64 bit. -1 draws one number from R's generator,
      so that `set.seed()` repeats a training; any other seed leaves R's generator
      untouched. The same seed gives the same model on any number of threads."),
  argument("adaptive_rate", TRUE, rule_flag(),
    "With `optimizer = \"auto\"`: TRUE is ADADELTA, FALSE stochastic gradient descent
      with `rate` and momentum.", restart = "fixed"),
  argument("rho", 0.99, rule_number(from = 0, below = 1),
    "Decay of the running mean of squared gradients, for ADADELTA and RMSprop; must be
      above 0 where it is used.", core = TRUE, restart = "fixed"),
  argument("epsilon", 1e-8, rule_number(from = 0, below = 1),
    "Small number that keeps ADADELTA, Adam, RMSprop and Adagrad from dividing by
      zero; must be above 0 where it is used. 1e-10 for Adagrad unless given.",
    core = TRUE, restart = "fixed"),
  argument("rate", 0.005, rule_number(above = 0),
    "Learning rate of all optimizers but ADADELTA. Unless given it is 0.001 for Adam,
      AdamW and RMSprop, and 0.01 for Adagrad.", core = TRUE, restart = "fixed"),
  argument("rate_annealing", 1e-6, rule_number(from = 0),
    "The rate is divided by 1 + `rate_annealing` times the rows trained so far. 0 for
      Adam, AdamW, RMSprop and Adagrad unless given.", core = TRUE, restart = "fixed"),
  argument("rate_decay", 1, rule_number(above = 0),
    "Layer l learns with the rate times `rate_decay` to the power l - 1.",
    core = TRUE, restart = "fixed"),
  argument("momentum_start", 0, rule_number(from = 0, below = 1),
    "Momentum at the beginning, for stochastic gradient descent.",
    core = TRUE, restart = "fixed"),
  argument("momentum_ramp", 1e6, rule_number(from = 0),
    "Rows over which momentum moves from `momentum_start` to `momentum_stable`; at 0
      it stays at the first.", core = TRUE, restart = "fixed"),
  argument("momentum_stable", 0, rule_number(from = 0, below = 1),
    "Momentum after the ramp.", core = TRUE, restart = "fixed"),
  argument("nesterov_accelerated_gradient", TRUE, rule_flag(),
    "Take the gradient where momentum is about to carry the weights; FALSE is the
      heavy ball.", core = TRUE, restart = "fixed"),
  argument("input_dropout_ratio", 0, rule_number(from = 0, below = 1),
    "Share of inputs dropped for each training row, with any activation.", core = TRUE),
  argument("hidden_dropout_ratios", NULL, rule_ratios(),
    "Share of units dropped in each hidden layer, for activations with dropout; NULL
      is 0.5 for each. At prediction what such a layer passes on is multiplied by the
      share kept.", core = TRUE),
  argument("l1", 0, rule_number(from = 0),
    "Penalty on absolute weights; biases are free.", core = TRUE),
  argument("l2", 0, rule_number(from = 0),
    "Penalty on squared weights; biases are free.", core = TRUE),
  argument("max_w2", 3.4028235e38, rule_number(above = 0, infinite = TRUE),
    "Largest sum of squared weights into a unit; beyond it they are scaled back.",
    core = TRUE),
  argument("initial_weight_distribution", "UniformAdaptive",
    rule_choice(c("UniformAdaptive", "Uniform", "Normal")),
    "Distribution of the first weights. UniformAdaptive is uniform with a width that
      follows the sizes of the two layers it joins.", core = TRUE),
  argument("initial_weight_scale", 1, rule_number(from = 0, to = 3.4028235e38),
    "Half the width of Uniform, standard deviation of Normal.", core = TRUE),
  argument("initial_weights", NULL, rule_layers("matrices or data frames"),
    "Weights to start from, one matrix or data frame per layer, output layer included:
      units in rows, their inputs in columns; Maxout has two rows per unit. A layer of
      NULL starts at random. May be given without `initial_biases`.",
    core = TRUE, restart = "new"),
  argument("initial_biases", NULL, rule_layers("vectors or data frames of one column"),
    "Biases to start from, one vector per layer, output layer included. May be given
      without `initial_weights`.", core = TRUE, restart = "new"),
  argument("loss", "Automatic",
    rule_choice(unique(c(losses_of(classes = TRUE), losses_of(classes = FALSE)))),
    "Loss to minimise. Classification knows CrossEntropy and Quadratic, regression
      Quadratic, Huber, Absolute and Quantile. Automatic follows `distribution`; a
      loss that contradicts it is an error."),
  argument("distribution", "AUTO",
    rule_choice(c("AUTO", names(distributions))),
    "Distribution of the response, which sets loss, link and deviance. AUTO follows
      the response and `loss`. Poisson, gamma and tweedie use the log link; poisson
      and tweedie need a response of at least 0, gamma one above 0.", restart = "fixed"),
  argument("quantile_alpha", 0.5, rule_number(from = 0, to = 1),
    "Quantile to predict, for the quantile distribution.",
    core = TRUE, restart = "fixed"),
  argument("tweedie_power", 1.5, rule_number(above = 1, below = 2),
    "Variance power of the tweedie distribution.", core = TRUE, restart = "fixed"),
  argument("huber_alpha", 0.9, rule_number(from = 0, to = 1),
    "Quantile of the absolute residuals beyond which the Huber loss is linear.",
    restart = "fixed"),
  argument("score_interval", 0, rule_number(from = 0),
    "Least number of seconds between scorings. A positive value makes early stopping
      depend on the machine; H2O's default is 5."),
  argument("score_training_samples", 10000, rule_whole(0, 2^53),
    "Training rows scored each time, about; 0 is all. By default fewer where there are
      more than 100 classes."),
  argument("score_validation_samples", 0, rule_whole(0, 2^53),
    "Rows of the validation frame scored each time, about; 0 is all."),
  argument("score_duty_cycle", 0.1, rule_number(from = 0, to = 1),
    "Largest share of scoring in the work of training, counted in operations, not by
      the clock; 0 scores at the start and the end only."),
  argument("classification_stop", 0, rule_number(from = -1, to = 1),
    "Stop when the classification error on the training rows scored is at most this;
      -1 never."),
  argument("regression_stop", 1e-6, rule_number(from = -1),
    "Stop when the mean squared error on the training rows scored is at most this,
      times the smaller of 1 and the variance of the response; -1 never."),
  argument("stopping_rounds", 5, rule_whole(0),
    "Early stopping looks at moving averages of this many scorings; 0 never stops
      early."),
  argument("stopping_metric", "AUTO",
    rule_choice(c("AUTO", stopping_metrics, "custom", "custom_increasing")),
    "Metric of early stopping and of the best model. AUTO is logloss for
      classification and deviance for regression. AUC and AUCPR with more than two
      classes need `auc_type`."),
  argument("stopping_tolerance", 0, rule_number(from = 0, below = 1),
    "Relative improvement below which training stops early."),
  argument("max_runtime_secs", 0, rule_number(from = 0),
    "Seconds after which training ends, with a warning; 0 is no limit.", restart = "new"),
  argument("score_validation_sampling", "Uniform",
    rule_choice(c("Uniform", "Stratified")),
    "How rows of the validation frame are sampled for scoring. Stratified keeps the
      shares of the classes."),
  argument("diagnostics", TRUE, rule_flag(),
    "Statistics of the layers are always kept; has nothing to do here."),
  argument("fast_mode", TRUE, rule_flag(),
    "With ADADELTA and stochastic gradient descent, leave a weight, its penalty and
      its optimizer state alone while its input or its unit is zero; FALSE is the
      textbook update. The other optimizers always do the textbook update.", core = TRUE),
  argument("force_load_balance", TRUE, rule_flag(),
    "Cut rows of [shard_files()] anew so that shards differ by one at most.",
    restart = "fixed"),
  argument("variable_importances", TRUE, rule_flag(),
    "Compute variable importances by Gedeon's method."),
  argument("replicate_training_data", TRUE, rule_flag(),
    "All rows of a frame go to each of `shards`; FALSE deals them.", restart = "fixed"),
  argument("single_node_mode", FALSE, rule_flag(),
    "Leave the workers of `cluster` alone and train in this session.", restart = "new"),
  argument("shuffle_training_data", TRUE, rule_flag(),
    "Visit the rows of every epoch in a new random order; FALSE keeps the order of the
      frame. H2O's default is FALSE.", core = TRUE),
  argument("missing_values_handling", "MeanImputation",
    rule_choice(c("MeanImputation", "Skip")),
    "What a missing predictor does in training: MeanImputation replaces a number by
      the mean and gives a factor an input of its own, Skip leaves the row out.
      Predictions always impute."),
  argument("quiet_mode", FALSE, rule_flag(),
    "Shortens H2O's log; has nothing to do here."),
  argument("autoencoder", FALSE, rule_flag(),
    "Learn to repeat the predictors instead of a response: no `y`, or a formula `~
      predictors`. See [anomaly()].", restart = "fixed"),
  argument("sparse", FALSE, rule_flag(),
    "Keep only non-zero numbers in memory. Results are those of the dense form within
      rounding.", restart = "fixed"),
  argument("col_major", FALSE, rule_flag(),
    "A way of storing weights that H2O gave up; has nothing to do here.",
    restart = "fixed"),
  argument("average_activation", 0, rule_number(),
    "Mean activation that `sparsity_beta` draws the hidden units of an autoencoder
      to.", core = TRUE, restart = "fixed"),
  argument("sparsity_beta", 0, rule_number(from = 0),
    "Strength of sparsity in an autoencoder: to the gradient of the bias of each
      hidden unit is added this times the distance of its mean activation (a moving
      average over some thousand rows) from `average_activation`.",
    core = TRUE, restart = "fixed"),
  argument("max_categorical_features", 2147483647, rule_whole(1),
    "Largest number of inputs for the levels of factors. Beyond it each column gets
      its share; its most frequent levels keep half of that, others are hashed
      together.", restart = "fixed"),
  argument("reproducible", FALSE, rule_flag(),
    "Train one replica only. Every training repeats anyway, given the seed."),
  argument("export_weights_and_biases", FALSE, rule_flag(),
    "The model always holds its weights and biases; has nothing to do here."),
  argument("mini_batch_size", 1, rule_whole(1),
    "Rows per step. The gradient is the mean over them. 128 for Adam, AdamW, RMSprop
      and Adagrad unless given; never more than the training rows.", core = TRUE),
  argument("categorical_encoding", "AUTO",
    rule_choice(
      c("AUTO", "OneHotInternal", "Binary", "Eigen", "LabelEncoder", "SortByResponse",
        "EnumLimited"), refused = c("Enum", "OneHotExplicit")),
    "How factors become inputs, learned once: OneHotInternal (AUTO), an input for each
      level; SortByResponse the same, in the order of the mean response; EnumLimited,
      the ten most frequent levels and one for all others; Binary, the digits of the
      level's number; LabelEncoder, that number; Eigen, one number from the levels'
      covariance.", restart = "fixed"),
  argument("elastic_averaging", FALSE, rule_flag(),
    "With two or more `replicas`: after a round draw each towards a moving average of
      their mean, which is the model, instead of starting all from their mean (after
      Zhang, Choromanska and LeCun 2015).", core = TRUE),
  argument("elastic_averaging_moving_rate", 0.9, rule_number(above = 0, to = 1),
    "Weight of the newest mean in that moving average.", core = TRUE),
  argument("elastic_averaging_regularization", 0.001, rule_number(from = 0, to = 1),
    "Share of its distance from the average that a replica gives up per row trained.",
    core = TRUE),
  argument("export_checkpoints_dir", NULL, rule_optional(rule_text()),
    "Folder that receives the model while it trains, after scorings, as
      `<model_id>.safetensors`: see [save_model()] and `checkpoint`. It is made if it
      is not there.", restart = "new"),
  argument("auc_type", "AUTO",
    rule_choice(c("AUTO", "NONE", names(area_averages))),
    "Average that makes one AUC of those of more than two classes, one class against
      the rest (OVR) or pairs of classes (OVO); AUTO and NONE compute none."),
  argument("custom_metric_func", NULL, rule_function(),
    "A metric of the user: a function of `actual` (a factor or numbers), `predicted`
      (as [predict.deeplearning()] gives it) and `weights` (one per row) that returns
      one number. It stands in the history and the metrics as `custom`, and stops
      training by `stopping_metric = \"custom\"` (lower is better) or
      `\"custom_increasing\"`. The model does not keep it.", restart = "new"),
  argument("gainslift_bins", -1, rule_whole(-1, 1e4),
    "Groups of the gains and lift table: -1 is H2O's 16, 0 no table."),
  argument("verbose", FALSE, rule_flag(),
    "Print the scoring history while training.", restart = "new")
)
