# Sections of the help page of deeplearning() on how it works.

#' @rdname deeplearning
#' @name deeplearning
#' @section Rounds and replicas:
#' With more than one replica (`replicas`), copies of the network train side by side on
#' different rows. After `averaging_interval` rows each, a round, they are averaged in a
#' fixed order, and the average moves on with a momentum that makes up for the averaging
#' (block momentum with a look-ahead, after Chen and Huo 2016). Replicas are part of the
#' model, like the seed; threads only carry them. With mini-batches one replica is used
#' and the threads share the work of each batch.
#'
#' @section Shards and clusters:
#' `shards = n` deals the rows to n runs, each with its own replicas, optimizer's state
#' and order of rows. After `exchange_interval` rows of each, and at the end of each
#' epoch, their weights are averaged by block momentum in the order of the shards, one
#' level above replicas; everything is scored on the average. Shards are part of the
#' model.
#'
#' `cluster = parallel::makePSOCKcluster(hosts)` has them carried by the workers, on
#' this or other machines. Rows go there once; then only weights travel, as
#' single-precision numbers. Which worker carries which shard, and how many there are,
#' changes no bit, and without a cluster the same model is trained here. Encoding,
#' scoring and stopping are done here, so the rows must fit here as well. What must
#' agree is checked before: the version of the package, the byte order, and whether the
#' processors have fused multiply-add.
#'
#' `cluster = "mpi"` in a script that `mpirun -np 4 Rscript train.R` (or srun) starts has
#' the ranks carry them (package Rmpi). Every rank runs the same script on the same rows,
#' with a `seed`, and ends with the same model; `max_runtime_secs` and `score_interval`,
#' which look at a clock, are refused.
#'
#' An exchange over sockets takes 0.05 to 0.1 seconds whatever the network: workers pay
#' where training an `exchange_interval` of rows takes longer than that; several shards
#' on a worker use its threads. And each shard must have rows enough: some 30,000 rows
#' trained for each copy of the network (`shards` times `replicas`), or quality is lost,
#' of which `feedforward_shards_warning` tells (`bench/quality.R` in the sources).
#'
#' A worker that ends, fails or does not answer within `worker_timeout` stops the training
#' with an error of class `feedforward_worker_error`: its fields `worker`, `shard`,
#' `exchange` and `reason` say where, `model` is the model of the last exchange. With
#' `on_worker_loss = "resume"` the other workers go on, to the same model, and a
#' `feedforward_worker_warning` tells; when none is left the error comes.
#'
#' @section Reproducibility:
#' The same call with the same seed gives the same model, bit for bit, on 1, 2, 4 or 8
#' threads. `seed = -1` draws one number from R's generator, so [set.seed()] repeats it;
#' any other seed leaves R's generator untouched. By default no decision looks at the
#' clock: which iterations are scored follows from counted operations. Only
#' `max_runtime_secs`, a positive `score_interval` and interrupts depend on the machine.
#' The weights depend neither on `train_samples_per_iteration` nor on when the network is
#' scored, apart from what early stopping and the choice of the best model decide by it
#' (and Huber's threshold, which follows the residuals).
#'
#' @section Going on with a model:
#' `checkpoint = model` (or the path of a file of [save_model()]) goes on where the
#' model's training ended: 5 epochs and then `epochs = 10` are 10 epochs at once, bit
#' for bit, if the rows are the same, as far as early stopping and the choice of the
#' best model do not decide otherwise (and Huber's threshold, which moves at scorings).
#' `epochs` counts from the beginning, in passes over the rows there are now. What is
#' not given is as it was, arguments as well as the columns of a frame. Other rows will
#' do; columns, levels, classes, means and scales stay those learned first, and a level
#' or class that is unknown is an error. What gives the optimizer's state its meaning
#' cannot change; every argument says below whether it can. Without that state
#' (`keep_state = FALSE`, or training that diverged) the weights go on and the optimizer
#' begins anew, with a warning of class `feedforward_restart_warning`.
#'
#' With `export_checkpoints_dir` the model is written to a file while it trains, so that a
#' run that was killed goes on from its last scoring. Writing takes at most a twentieth of
#' the time.
#'
#' @section Cross-validation:
#' With `nfolds` (or `fold_column`) a model is trained for every fold on the rows of the
#' others, and judged on its own; early stopping and the best model look at the rows held
#' out, as in H2O, so the figures are a little too good. Levels, means and scales are
#' those of a fold's own training rows (what calls in a formula take from the rows is
#' taken from all). Then the model itself is trained on all rows. Without a
#' `validation_frame` it trains for the mean of the folds' best `epochs` and keeps its
#' last weights, unless both `stopping_rounds = 0` and `overwrite_with_best_model =
#' FALSE` ask for `epochs` as given. Folds train side by side, one on each thread;
#' threads change no bit.
#'
#' The model's `cross_validation` lists `metrics` of all rows held out together (also
#' `performance(model, xval = TRUE)`), `summary` (a data frame: mean, standard deviation
#' and folds), the best `epochs` and `histories` of the folds and, if asked for, `models`,
#' `predictions` and `folds`. `max_runtime_secs` is shared among folds and model.
#' Autoencoders have no folds.
#'
#' @section Scoring and early stopping:
#' After an iteration of `train_samples_per_iteration` rows the network may be scored:
#' ten iterations spread evenly over the run always are, others when scoring has become
#' cheap next to the training since (`score_duty_cycle`). A scoring computes the metrics
#' of up to `score_training_samples` training rows, always the same, and of the
#' validation rows, and adds a row to [score_history()].
#' Training stops early when the best of the last `stopping_rounds` moving averages of
#' `stopping_metric`, each over `stopping_rounds` scorings, does not beat the one before
#' them by more than `stopping_tolerance`, relative to it. By default the
#' best weights seen at a scoring are returned.
#'
#' @section Differences from h2o.deeplearning:
#' * Factor levels keep R's order, so the positive class is the second level.
#' * `shuffle_training_data` is TRUE and `score_interval` 0 by default.
#' * Observation weights multiply the loss, scaled to mean 1; H2O samples rows by them.
#' * `mini_batch_size` is real, and `optimizer` offers Adam, AdamW, RMSprop and Adagrad.
#' * ADADELTA and SGD start from H2O's weights and biases; the optimizers that H2O does
#'   not have start from zero biases and without H2O's wider output layer.
#' * Momentum ramps up while training, and Nesterov's gradient looks ahead.
#' * Huber's threshold follows the residuals; H2O's stays at one standard deviation.
#' * Offsets act whatever their sign.
#' * Dropout of inputs is made up for at prediction as that of hidden units is, and each
#'   layer has masks of its own.
#' * Missing numbers are the training mean in prediction as in training.
#' * After a time limit the last state is scored and the best weights are returned.
#' * Diverged training returns the best weights scored before, with a warning.
#' * AUC is exact. `mean_per_class_error` is the mean over the classes that the rows hold.
#' * `regression_stop` counts in variances of the response where that is below 1.
#' * A `checkpoint` goes on as if there had been no end, bit for bit, keeps its scaling,
#'   and hands on what is not given anew.
#' * Random folds are of even size, Stratified ones really stratified; the main model
#'   trains for the mean of the folds' best epochs, not of all they trained.
#' * Autoencoders, class balancing and encodings other than one-hot are not offered yet.
#'
#' @section Data:
#' Predictors are used in the order of the frame, factors first. Constant columns are
#' dropped with a warning, also those that vary by rounding only. Text becomes a factor
#' whose levels are sorted by bytes; dates and times count milliseconds since 1970,
#' durations seconds. Infinite predictors are an error. Levels that appear only in new
#' data, or in training only in rows that do not train, are taken for missing ones.
#'
#' What other packages wrap around a column goes, whatever its role: `integer64`, labelled
#' vectors, one-column matrices and frames. A text matrix whose columns hold numbers gives
#' numbers, with a warning. All matrices of package Matrix are taken.
#'
#' A response is classes (a factor, text, logical values) or numbers up to 1e120 in size;
#' dates and times are refused. A class without a row that trains is left out, with a
#' warning.
#'
#' @section Errors and warnings:
#' All errors have the class `feedforward_error` and one of `feedforward_argument_error`
#' (an argument has a value it cannot have; all problems are told at once),
#' `feedforward_input_error` (the data cannot be used), `feedforward_resource_error`
#' (memory would not or did not suffice), `feedforward_unstable_error` (training diverged
#' before the network was ever scored; its field `model` lists weights, biases and history
#' as they were then). Warnings have the class `feedforward_warning` and one of their own,
#' among them `feedforward_unstable_warning` (earlier weights are returned),
#' `feedforward_constant_warning` (a constant predicts the training rows better),
#' `feedforward_time_limit_warning` and `feedforward_interrupted_warning`. An interrupt is
#' R's own condition `interrupt`.
NULL
