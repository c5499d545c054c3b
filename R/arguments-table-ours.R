#' @include arguments-record.R arguments-presets.R optimizers.R
NULL

# The arguments that h2o.deeplearning does not have.
own_arguments <- list(
  argument("preset", "h2o", rule_choice(names(presets)),
    "What fills in arguments that are not given: \"h2o\" nothing, for the defaults are
      H2O's; \"fast\" those of a good model in seconds; \"best\" those of an accurate one
      in minutes: bins for numbers, the average of several networks, trained until
      `validation_share` of the rows gains no more. The model says what was filled in.",
    restart = "fixed"),
  argument("optimizer", "auto",
    rule_choice(c("auto", names(optimizers))),
    "Optimizer; \"auto\" follows `adaptive_rate`, a name overrides it. Not in H2O,
      as are all arguments from here on.", core = TRUE, restart = "fixed"),
  argument("beta1", 0.9, rule_number(from = 0, below = 1),
    "Decay of the running mean of gradients, for Adam and AdamW.", core = TRUE,
    restart = "fixed"),
  argument("beta2", 0.999, rule_number(from = 0, below = 1),
    "Decay of the running mean of squared gradients, for Adam and AdamW.", core = TRUE,
    restart = "fixed"),
  argument("weight_decay", 0.01, rule_number(from = 0),
    "Share of each weight taken off per step and unit of rate, for AdamW alone.",
    core = TRUE),
  argument("replicas", "auto", rule_auto(rule_whole(1, 1024)),
    "Copies of the network that train side by side on different rows and are
      averaged. They are part of the model, threads are not. \"auto\" is 1 with
      mini-batches, momentum, `shards` or below 10,000 rows, else 4.", core = TRUE,
    restart = "fixed"),
  argument("scaling", "standard", rule_choice(c("standard", "robust", "quantile")),
    "How a number is scaled under `standardize`: \"standard\" by mean and deviation;
      \"robust\" by its quartiles, values far out bent towards 3 (Holzmueller, Grinsztajn
      and Steinwart 2024); \"quantile\" to the normal distribution's quantile of the same
      rank. Learned of the training rows.", restart = "fixed"),
  argument("numeric_embedding", "none",
    rule_choice(c("none", "piecewise_linear", "periodic")),
    "Several inputs for each number, in place of `scaling` (Gorishniy, Rubachev and
      Babenko 2022). \"piecewise_linear\": one for each of `embedding_size` bins with as
      many training rows each, 0 below it, 1 above, the share of the bin that is passed
      within. \"periodic\": cos and sin of 2 pi c z for `embedding_size` frequencies c, z
      by mean and deviation; other than in the paper they are not trained. A missing
      number counts as the mean; beyond the training rows bins end.", restart = "fixed"),
  argument("embedding_size", 32, rule_whole(2, 1024),
    "Bins or frequencies of `numeric_embedding`; fewer bins where a number has fewer
      values.", restart = "fixed"),
  argument("embedding_scale", 0.3, rule_number(above = 0),
    "Deviation of the frequencies of \"periodic\".", restart = "fixed"),
  argument("validation_share", 0, rule_number(from = 0, below = 1),
    "Share of the training rows, of each class alike, that is held out and judged by as a
      `validation_frame` would be, where there is none and no folds. Which rows depends
      on `seed` alone.", restart = "fixed"),
  argument("members", 1, rule_whole(1, 1000),
    "Networks of the same shape, each with a start and an order of rows of its own, that
      train side by side; predictions are the averages of theirs (of probabilities, of
      numbers), and so is what is scored and stopped by (Lakshminarayanan, Pritzel and
      Blundell 2017). Training takes as many times longer. Not for autoencoders, `shards`
      and what looks into one network.", restart = "fixed"),
  argument("averaging_interval", "auto", rule_auto(rule_whole(1)),
    "Rows that a replica trains between two averages, rounded up to whole
      mini-batches; \"auto\" is 200 for more than 20,000 weights on 100,000 rows or more,
      else 100.", core = TRUE),
  argument("shards", "auto", rule_auto(rule_whole(1, 1024)),
    "Parts that the rows are dealt to, each trained as a run of its own with its
      `replicas`; their weights are averaged after `exchange_interval` rows of each. The
      bits depend on it. \"auto\" is the number of workers of `cluster`, 1 without. Pays
      where machines share the work: on one machine more `replicas` do as well.",
    restart = "fixed"),
  argument("exchange_interval", "auto", rule_auto(rule_whole(1)),
    "Rows that a shard trains between two exchanges of weights; exchanges end with
      epochs, too. \"auto\" depends on rows, network and
      `target_ratio_comm_to_comp`.", restart = "fixed"),
  argument("cluster", NULL, rule_cluster(),
    "Workers that carry the shards: of [cluster_local()] (this machine),
      [parallel::makePSOCKcluster()] (machines by ssh) or [cluster_mirai()] (ssh,
      schedulers, encryption), or \"mpi\" or [cluster_mpi()]: the ranks of `mpirun -np 4
      Rscript train.R`. Which one carries which, and how many there are, changes no bit.
      NULL trains them here, one after another. Each needs this version of the package.",
    restart = "new"),
  argument("worker_timeout", 600, rule_number(above = 0),
    "Seconds to wait for a worker. One that does not answer by then counts as lost, as
      does one that ends or fails.", restart = "new"),
  argument("on_worker_loss", "error", rule_choice(c("error", "resume")),
    "\"error\": a worker that is lost stops the training with a
      `feedforward_worker_error`, whose field `model` holds the model so far. \"resume\":
      the other workers take its shards, with a warning, and train again what was trained
      since the last scoring, for which this process keeps the state of every shard at
      scorings (see `keep_state` for its size): the same bits as if nothing had happened.
      Not for MPI, where all ranks end together.", restart = "new"),
  argument("weight_averaging_decay", 0, rule_number(from = 0, below = 1),
    "Decay of a moving average of the weights over rounds, which is then what is
      scored and returned, in place of `weight_averaging_share`; 0 is off. A round is
      `averaging_interval` rows of each replica.", core = TRUE, restart = "fixed"),
  argument("weight_averaging_share", 0.05, rule_number(from = 0, below = 1),
    "The weights that are scored and returned are a moving average over this share of
      the rows trained so far; 0 is the last weights. Training goes on from the last
      ones.", core = TRUE, restart = "fixed"),
  argument("keep_state", TRUE, rule_flag(),
    "Keep in the model what a restart from it (`checkpoint`) needs to go on as if there
      had been no end: replicas, averages and the optimizer's state, some 8 bytes times
      the number of weights times `replicas` times 1 (SGD) to 3 (ADADELTA, Adam), and 3
      times for averages. FALSE leaves it out.", restart = "new"),
  argument("keep_data", FALSE, rule_flag(),
    "Keep the training data in the model, for [fitted()], [residuals()] and plots of
      residuals.", restart = "new"),
  argument("threads", NULL, rule_optional(rule_whole(1, Inf)),
    "Threads to train with; they change the speed and nothing else. NULL is option
      `feedforward.threads`, else 1 in a child of parallel::mclapply(), else the
      environment variable RCPP_PARALLEL_NUM_THREADS, else the cores there are, at most
      OMP_THREAD_LIMIT and OMP_NUM_THREADS of them. At most 512, and at most 2 under R
      CMD check. A forked child works on one thread whatever it is told.",
    restart = "new"),
  argument("interrupt", "error", rule_choice(c("error", "keep")),
    "What an interrupt by the user does: \"error\" drops the training, \"keep\"
      returns the model so far with a warning.", restart = "new"),
  argument("progress", NULL, rule_optional(rule_flag()),
    "Show a progress bar; NULL shows one in interactive sessions.", restart = "new")
)
