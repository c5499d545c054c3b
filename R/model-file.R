#' Save a model to a file, and load it
#'
#' `save_model()` writes a model into one file that outlives versions of R and of this
#' package and that other languages can read; `load_model()` reads it back: the same
#' model, which predicts the same bits.
#'
#' @section The file:
#' It is a [safetensors](https://github.com/huggingface/safetensors) file: eight bytes
#' with the length of a header in JSON, the header, then blocks of numbers
#' (little-endian). The weights of layer 1 are the tensor `weights.1`, units in rows and
#' inputs in columns; its biases are `biases.1`. `__metadata__` holds `format`
#' ("feedforward"), `format_version`, the `version` of the package, a `checksum` (MD5 of
#' the whole file with 32 zeros in its place) and `model`, the rest of the model as a
#' tree in JSON.
#'
#' The file is written beside its place, brought to the disk and renamed: after a crash
#' there is the old file or the new one. Reading it evaluates nothing. A model that was
#' trained with a formula such as `y ~ log(a)` computes its columns again when it
#' predicts; if a file asks there for functions other than those of arithmetic and the
#' usual ones of formulas, `load_model()` refuses it unless `trust` is `TRUE`.
#'
#' @param model A model that [deeplearning()] has trained.
#' @param file Path of the file; a folder that is there.
#' @param overwrite May a file that is there be replaced?
#' @param trust May the columns that the model's formula makes be computed with any
#'   function? Only for files from people you trust.
#' @return `save_model()` returns `file`, invisibly; `load_model()` a model.
#'
#' Errors have the class `feedforward_file_error`: a file that cannot be written or read,
#' is damaged, or comes from a later version.
#' @examples
#' model <- deeplearning(Species ~ ., iris, hidden = 5, epochs = 5, seed = 1)
#' file <- tempfile(fileext = ".safetensors")
#' save_model(model, file)
#' same <- load_model(file)
#' identical(predict(model, iris), predict(same, iris))
#' unlink(file)
#' @export
save_model <- function(model, file, overwrite = TRUE) {
  if (!inherits(model, "deeplearning")) abort_no_model(model, "model")
  check_file_name(if (!missing(file)) file)
  if (!isTRUE(overwrite) && file.exists(file)) {
    abort_file(sprintf("%s is there already: `overwrite = TRUE`.", shorten(file)))
  }
  write_whole(model_bytes(model), file)
  invisible(file)
}

#' @rdname save_model
#' @export
load_model <- function(file, trust = FALSE) {
  check_file_name(if (!missing(file)) file)
  bytes <- read_whole(file)
  damaged <- function(e) {
    abort_file(sprintf(
      "%s is no file of save_model(), or it is damaged: %s.", shorten(file),
      sub("[.]$", "", conditionMessage(e))
    ))
  }
  model <- tryCatch(model_from(bytes),
    feedforward_file_error = function(e) stop(e), error = damaged
  )
  tryCatch(
    {
      check_shown(model)
      check_model(model)
    },
    feedforward_error = damaged
  )
  if (!isTRUE(trust)) check_trust(model, file)
  model
}

check_file_name <- function(file) {
  if (!rlang::is_string(file) || !nzchar(file)) {
    abort_argument(sprintf("`file` must be the path of a file, not %s.", shorten(file)))
  }
}

# ---- Bytes ----------------------------------------------------------------------

file_format <- "1"
no_checksum <- strrep("0", 32)
# The header begins so, which finds the checksum before anything is read of it.
header_start <- "{\"__metadata__\":{\"checksum\":\""

model_bytes <- function(model) {
  store <- new_store()
  tree <- jsonlite::toJSON(tree_of(model, "", store),
    auto_unbox = TRUE, null = "null", na = "null", digits = NA
  )
  tensors <- stored_tensors(store)
  ends <- cumsum(vapply(tensors, function(tensor) length(tensor$bytes), 0))
  table <- Map(function(tensor, end) {
    list(
      dtype = tensor$dtype, shape = I(tensor$shape),
      data_offsets = c(end - length(tensor$bytes), end)
    )
  }, tensors, ends)
  metadata <- list(
    checksum = no_checksum, format = "feedforward", format_version = file_format,
    version = model$version, model = as.character(tree)
  )
  header <- charToRaw(jsonlite::toJSON(
    c(list(`__metadata__` = metadata), table), auto_unbox = TRUE, digits = NA
  ))
  # Blocks begin at multiples of eight bytes; spaces may end the header.
  header <- c(header, rep(charToRaw(" "), -length(header) %% 8))
  bytes <- c(
    to_bytes(as.integer(c(length(header), 0)), 4), header,
    unlist(lapply(tensors, `[[`, "bytes"), use.names = FALSE)
  )
  bytes[checksum_at()] <- charToRaw(checksum_of(bytes))
  bytes
}

checksum_at <- function() 8 + nchar(header_start) + 1:32

model_from <- function(bytes) {
  if (length(bytes) < max(checksum_at())) stop("it is too short")
  start <- seq_len(nchar(header_start)) + 8
  if (!identical(bytes[start], charToRaw(header_start))) stop("it begins otherwise")
  told <- rawToChar(bytes[checksum_at()])
  bytes[checksum_at()] <- charToRaw(no_checksum)
  if (!identical(checksum_of(bytes), told)) stop("its checksum is another")
  size <- readBin(bytes[1:4], "integer", 1, 4, endian = "little")
  text <- rawToChar(bytes[seq_len(size) + 8])
  Encoding(text) <- "UTF-8"
  header <- jsonlite::fromJSON(text, simplifyVector = FALSE)
  metadata <- header$`__metadata__`
  if (!identical(metadata$format_version, file_format)) {
    abort_file(sprintf(
      "The file has format %s, and this version of feedforward reads %s: update it.",
      shorten(metadata$format_version), file_format
    ))
  }
  tree <- jsonlite::fromJSON(metadata$model, simplifyVector = FALSE)
  value_of(tree, tensor_reader(header[-1], bytes[-seq_len(size + 8)]))
}

# ---- Trust ----------------------------------------------------------------------

# What the columns of a formula may be computed with, whoever wrote the file.
harmless_functions <- c(
  "+", "-", "*", "/", "^", "%%", "%/%", "(", ":", "<", ">", "<=", ">=", "==", "!=", "!",
  "&", "|", "&&", "||", "[", "[[", "$", "c", "list", "I", "ifelse", "is.na", "%in%",
  "factor", "as.factor", "ordered", "as.numeric", "as.integer", "as.character",
  "as.logical", "cut", "findInterval", "pmin", "pmax", "min", "max", "mean", "median",
  "sd", "var", "sum", "abs", "sign", "sqrt", "exp", "log", "log1p", "log2", "log10",
  "expm1", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "floor",
  "ceiling", "round", "trunc", "signif", "poly", "polym", "ns", "bs", "scale", "::",
  "splines", "stats", "base", "nchar", "substr", "paste", "paste0", "toupper", "tolower",
  "months", "weekdays", "format", "as.Date", "difftime", "interaction", "structure",
  "matrix", "cbind", "offset"
)

check_trust <- function(model, file) {
  called <- unlist(lapply(model$derived, function(entry) {
    setdiff(all.names(entry$call), all.vars(entry$call))
  }))
  other <- setdiff(called, harmless_functions)
  if (length(other) > 0) {
    abort_file(sprintf(
      "The model in %s computes columns with %s. %s", shorten(file), list_names(other),
      "If you trust whoever wrote it, load_model(file, trust = TRUE)."
    ))
  }
}
