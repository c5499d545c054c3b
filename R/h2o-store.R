# Where frames, models and grids live under their ids: in this session, and where the user
# named a folder, in that folder, for all sessions that name it. There each is a file of
# its own, in the format of save_model(), that is replaced as a whole.

registry <- new.env(parent = emptyenv())
registry$objects <- new.env(parent = emptyenv())
registry$folder <- NULL
registry$count <- 0

# Kinds of what is stored, with how each becomes the plain lists and vectors that a file
# holds, and back.
stored_kinds <- list(
  frame = list(
    is = function(x) is_frame(x),
    pack = function(x) structure(bare_frame(x), id = NULL),
    unpack = function(x, id) new_frame(x, id)
  ),
  model = list(
    is = function(x) methods::is(x, "H2OModel"),
    pack = function(x) native_model(x),
    unpack = function(x, id) wrap_model(x)
  ),
  grid = list(
    is = function(x) methods::is(x, "H2OGrid"),
    pack = function(x) grid_parts(x),
    unpack = function(x, id) do.call(methods::new, c("H2OGrid", x))
  ),
  segments = list(
    is = function(x) is.data.frame(x),
    pack = identity,
    unpack = function(x, id) x
  )
)

kind_of <- function(object) {
  for (kind in names(stored_kinds)) {
    if (stored_kinds[[kind]]$is(object)) {
      return(kind)
    }
  }
  abort_internal("Only frames, models and grids have a place in the store.")
}

# The folder of the store, NULL for none: that of h2o.init(), the option, the environment
# variable.
store_folder <- function() {
  folder <- registry$folder %||% getOption("feedforward.store") %||%
    Sys.getenv("FEEDFORWARD_STORE")
  if (!rlang::is_string(folder)) {
    abort_argument(sprintf(
      "options(feedforward.store) must be the path of a folder, not %s.", shorten(folder)
    ))
  }
  if (!nzchar(folder)) {
    return(NULL)
  }
  made <- dir.exists(folder) ||
    dir.create(folder, showWarnings = FALSE, recursive = TRUE) || dir.exists(folder)
  if (!made) {
    abort_file(sprintf("The folder %s of the store cannot be made.", shorten(folder)))
  }
  normalizePath(folder)
}

# ids may hold any character; a file's name may not.
store_file <- function(folder, id, kind) {
  name <- utils::URLencode(enc2utf8(id), reserved = TRUE, repeated = TRUE)
  # A leading dot would hide the file.
  name <- sub("^[.]", "%2E", name)
  if (nchar(name, "bytes") > 200) {
    abort_argument(sprintf(
      "The id %s is too long for the store: at most 200 characters.", shorten(id)
    ))
  }
  file.path(folder, paste0(name, ".", kind))
}

check_id <- function(id, argument = "id") {
  if (!rlang::is_string(id) || is.na(id) || !nzchar(id)) {
    abort_argument(sprintf(
      "`%s` must be the id of a frame or a model, not %s.", argument, shorten(id)
    ))
  }
  id
}

# Keeps `object` under `id`, in place of whatever was there.
store_put <- function(id, object) {
  check_id(id)
  kind <- kind_of(object)
  folder <- store_folder()
  if (is.null(folder)) {
    assign(id, object, envir = registry$objects)
    return(invisible(object))
  }
  file <- store_file(folder, id, kind)
  packed <- stored_kinds[[kind]]$pack(object)
  write_whole(stored_bytes(kind, id, packed), file)
  others <- setdiff(store_file(folder, id, names(stored_kinds)), file)
  unlink(others)
  remember(id, object, file)
  invisible(object)
}

stored_bytes <- function(kind, id, packed) {
  model_bytes(list(
    version = as.character(utils::packageVersion("feedforward")), kind = kind, id = id,
    object = packed
  ))
}

store_has <- function(id) {
  folder <- store_folder()
  if (is.null(folder)) {
    return(exists(id, envir = registry$objects, inherits = FALSE))
  }
  any(file.exists(store_file(folder, id, names(stored_kinds))))
}

# What this session has read or written, with the state of the file it knows.
remember <- function(id, object, file) {
  entry <- list(object = object, seen = file_state(file), file = file)
  assign(paste0("file:", id), entry, envir = registry$objects)
}

file_state <- function(file) {
  info <- file.info(file, extra_cols = FALSE)
  c(info$size, as.numeric(info$mtime))
}

# The object of `id`, or NULL.
store_get <- function(id) {
  folder <- store_folder()
  if (is.null(folder)) {
    return(get0(id, registry$objects, inherits = FALSE))
  }
  for (kind in names(stored_kinds)) {
    file <- store_file(folder, id, kind)
    if (!file.exists(file)) next
    entry <- get0(paste0("file:", id), registry$objects, inherits = FALSE)
    if (identical(entry$file, file) && identical(entry$seen, file_state(file))) {
      return(entry$object)
    }
    object <- read_stored(file)
    if (is.null(object)) next
    remember(id, object, file)
    return(object)
  }
  NULL
}

# NULL where another session has taken the file away in the meantime.
read_stored <- function(file) {
  bytes <- tryCatch(read_whole(file), feedforward_file_error = function(e) {
    if (file.exists(file)) stop(e)
    NULL
  })
  if (is.null(bytes)) {
    return(NULL)
  }
  stored <- tryCatch(model_from(bytes),
    feedforward_file_error = function(e) stop(e),
    error = function(e) {
      abort_file(sprintf(
        "%s is damaged, or no file of this store: %s.", shorten(file),
        sub("[.]$", "", conditionMessage(e))
      ))
    }
  )
  stored_kinds[[stored$kind]]$unpack(stored$object, stored$id)
}

# Ids with their kinds, by name.
store_list <- function() {
  folder <- store_folder()
  if (is.null(folder)) {
    ids <- ls(registry$objects, sorted = TRUE)
    ids <- ids[!startsWith(ids, "file:")]
    kinds <- vapply(ids, function(id) kind_of(registry$objects[[id]]), "")
    return(data.frame(id = ids, kind = unname(kinds)))
  }
  kinds <- names(stored_kinds)
  files <- list.files(folder, sprintf("[.](%s)$", paste(kinds, collapse = "|")))
  ids <- utils::URLdecode(sub("[.][a-z]+$", "", files))
  Encoding(ids) <- "UTF-8"
  data.frame(id = ids, kind = sub(".*[.]", "", files))
}

store_remove <- function(ids) {
  folder <- store_folder()
  for (id in ids) {
    if (!is.null(folder)) unlink(store_file(folder, id, names(stored_kinds)))
    forget <- intersect(c(id, paste0("file:", id)), ls(registry$objects))
    rm(list = forget, envir = registry$objects)
  }
}

# An id as H2O makes them: of this session, and never made before in it.
new_id <- function(stem) {
  registry$count <- registry$count + 1
  sprintf("%s_sid_%s_%d", stem, session_mark(), registry$count)
}

# Four letters and figures that tell sessions apart; R's generator is not asked.
session_mark <- function() {
  if (!identical(registry$process, Sys.getpid())) {
    registry$process <- Sys.getpid()
    seconds <- as.numeric(Sys.time())
    registry$mark <- sprintf(
      "%04x", (Sys.getpid() * 7919 + floor(seconds * 1000)) %% 65536
    )
  }
  registry$mark
}
