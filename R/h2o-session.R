#' @include h2o-classes.R
NULL

#' Start and stop the drop-in layer
#'
#' There is no server: `h2o.init()` puts what scripts call on frames but base R has no
#' methods for (`as.factor()`, `ifelse()`, `%in%`, `apply()`, `sd()` and a few more) on
#' the search path, in an environment of its own, sets the number of threads, and prints
#' a short table. On anything but frames those functions are base R's. `h2o.shutdown()`
#' takes all of it away and forgets what the session's registry holds; a store's folder
#' stays.
#'
#' Everything else here is accepted so that scripts run, and has nothing to do.
#'
#' @param nthreads How many threads train and predict, -1 for all: sets option
#'   `feedforward.threads`.
#' @param cluster As in [deeplearning()]: the workers that [h2o.deeplearning()] trains on
#'   from now on, until `h2o.shutdown()`.
#' @param store Path of a folder in which frames, models and grids live under their ids,
#'   for all sessions that name it; also option `feedforward.store` or the environment
#'   variable `FEEDFORWARD_STORE`. Without it they live in the session.
#' @param ip,port,name,startH2O,forceDL,enable_assertions,license
#'   Of a server that is not there: ignored.
#' @param max_mem_size,min_mem_size,ice_root,log_dir,log_level
#'   The same.
#' @param strict_version_check,proxy,https,cacert,insecure,username,password
#'   The same.
#' @param use_spnego,cookies,context_path,ignore_config,extra_classpath
#'   The same.
#' @param jvm_custom_args,bind_to_localhost,telemetry,config
#'   The same.
#' @param prompt,file,enabled,dirname,filename Ignored.
#' @param message Text to show.
#' @param expr Code to run with or without lines of progress.
#' @param ... Ignored.
#' @return `h2o.init()`, `h2o.connect()` and `h2o.getConnection()`: an `H2OConnection`,
#'   invisibly. `h2o.clusterIsUp()`: `TRUE`. `h2o.clusterStatus()`: a data frame.
#'   `h2o.getVersion()`: the version of this package. `h2o.no_progress()` and
#'   `h2o.show_progress()`: the value of `expr`.
#' @examples
#' h2o.init(nthreads = 2)
#' frame <- as.h2o(iris)
#' frame$Species %in% c("setosa", "virginica")
#' h2o.shutdown(prompt = FALSE)
#' @export
h2o.init <- function(ip = "localhost", port = 54321, name = NA_character_,
                     startH2O = TRUE, forceDL = FALSE, enable_assertions = TRUE,
                     license = NULL, nthreads = -1, max_mem_size = NULL,
                     min_mem_size = NULL, ice_root = tempdir(), log_dir = NA_character_,
                     log_level = NA_character_, strict_version_check = TRUE,
                     proxy = NA_character_, https = FALSE, cacert = NA_character_,
                     insecure = FALSE, username = NA_character_,
                     password = NA_character_, use_spnego = FALSE,
                     cookies = NA_character_, context_path = NA_character_,
                     ignore_config = FALSE, extra_classpath = NULL,
                     jvm_custom_args = NULL, bind_to_localhost = TRUE,
                     telemetry = NULL, store = NULL, cluster = NULL, ...) {
  # -2, with which older scripts asked for H2O's own default, is all as well.
  one <- apply_rule(rule_whole(-2), "nthreads", nthreads)
  problems <- c(one$problem, if (!is.null(store) && !rlang::is_string(store)) {
    sprintf("`store` must be the path of a folder, not %s.", shorten(store))
  })
  if (length(problems) > 0) {
    abort_argument(problems)
  }
  if (!missing(nthreads)) {
    registry$threads_before <- list(getOption("feedforward.threads"))
    options(feedforward.threads = if (nthreads > 0) as.integer(nthreads))
  }
  cluster <- apply_rule(rule_cluster(), "cluster", cluster)
  if (!is.null(cluster$problem)) abort_argument(cluster$problem)
  registry$cluster <- cluster$value
  # The folder is the same wherever the session goes later.
  if (!is.null(store)) registry$folder <- whole_path(store)
  attach_frame_functions()
  h2o.clusterInfo()
  invisible(h2o.getConnection())
}

whole_path <- function(path) {
  path <- path.expand(path)
  if (grepl("^(/|\\\\|[A-Za-z]:)", path)) path else file.path(getwd(), path)
}

#' @rdname h2o.init
#' @export
h2o.connect <- function(ip = "localhost", port = 54321, strict_version_check = TRUE,
                        proxy = NA_character_, https = FALSE, cacert = NA_character_,
                        insecure = FALSE, username = NA_character_,
                        password = NA_character_, use_spnego = FALSE,
                        cookies = NA_character_, context_path = NA_character_,
                        config = NULL, ...) {
  attach_frame_functions()
  invisible(h2o.getConnection())
}

#' @rdname h2o.init
#' @export
h2o.getConnection <- function() {
  methods::new("H2OConnection",
    ip = "localhost", port = 54321, name = "feedforward", proxy = NA_character_,
    https = FALSE, cacert = NA_character_, insecure = FALSE, username = NA_character_,
    password = NA_character_, use_spnego = FALSE, cookies = NA_character_,
    context_path = NA_character_, mutable = NULL
  )
}

setMethod("show", "H2OConnection", function(object) {
  cat("Connection of feedforward: this session, ", store_folder() %||% "without a store",
    "\n",
    sep = ""
  )
})

#' @rdname h2o.init
#' @export
h2o.shutdown <- function(prompt = FALSE) {
  detach_frame_functions()
  if (!is.null(registry$threads_before)) {
    options(feedforward.threads = registry$threads_before[[1]])
  }
  registry$threads_before <- NULL
  registry$folder <- NULL
  registry$cluster <- NULL
  rm(list = ls(registry$objects), envir = registry$objects)
  invisible()
}

#' @rdname h2o.init
#' @export
h2o.clusterInfo <- function() {
  status <- h2o.clusterStatus()
  cat("feedforward: the session itself, no server\n\n")
  lines <- c(
    `Version` = status$version, `Threads` = status$num_threads,
    `R version` = as.character(getRversion()), `Store` = status$store
  )
  cat(sprintf("    %-12s %s\n", paste0(names(lines), ":"), lines), "\n", sep = "")
  invisible(status)
}

#' @rdname h2o.init
#' @export
h2o.clusterStatus <- function() {
  data.frame(
    h2o = "feedforward", healthy = TRUE, version = h2o.getVersion(),
    num_threads = resolve_threads(), store = store_folder() %||% "this session"
  )
}

#' @rdname h2o.init
#' @export
h2o.clusterIsUp <- function(...) TRUE

#' @rdname h2o.init
#' @export
h2o.getVersion <- function(...) as.character(utils::packageVersion("feedforward"))

#' @rdname h2o.init
#' @export
h2o.versionIsSame <- function(...) TRUE

#' @rdname h2o.init
#' @export
h2o.no_progress <- function(expr) switch_progress(FALSE, missing(expr), expr)

#' @rdname h2o.init
#' @export
h2o.show_progress <- function(expr) switch_progress(TRUE, missing(expr), expr)

# For the time that `expr` takes, or from now on.
switch_progress <- function(shown, for_good, expr) {
  before <- registry$progress
  registry$progress <- shown
  if (for_good) {
    return(invisible())
  }
  on.exit(registry$progress <- before)
  expr
}

#' @rdname h2o.init
#' @export
h2o.startLogging <- function(file) invisible()

#' @rdname h2o.init
#' @export
h2o.stopLogging <- function() invisible()

#' @rdname h2o.init
#' @export
h2o.clearLog <- function() invisible()

#' @rdname h2o.init
#' @export
h2o.logAndEcho <- function(message) {
  cat(message, "\n", sep = "")
  invisible(message)
}

#' @rdname h2o.init
#' @export
h2o.downloadAllLogs <- function(dirname = ".", filename = NULL, ...) invisible()

#' @rdname h2o.init
#' @export
h2o.set_telemetry <- function(enabled) invisible()
