#' @include h2o-frame.R
NULL

#' Read and write files as H2O does
#'
#' Reading goes through [data.table::fread()]: plain, gzip and zip files, addresses of the
#' web; a folder, or a folder with a `pattern`, is all its files, one after another.
#'
#' What is not said is guessed: whether there is a header, what parts the columns, and the
#' types. Text of which nearly all values differ stays text, other text becomes a factor
#' with its levels in the order of their bytes; dates and times become times. Columns
#' without a name are called C1, C2, ....
#'
#' @param path Path of a file or a folder, several paths, or an address of the web.
#' @param destination_frame Id of the frame; made up of the file's name if `""`.
#' @param parse FALSE gives a handle for `h2o.parseSetup()` and `h2o.parseRaw()`.
#' @param header Is the first line a header? `NA` guesses.
#' @param sep What parts the columns; `""` guesses.
#' @param col.names Names of the columns.
#' @param col.types Types: one for each column, or `list(by.col.name = , types = )` or
#'   `list(by.col.idx = , types = )`. "numeric", "real", "int", "enum", "factor",
#'   "string", "time", in any case; `NULL` or "unknown" guesses.
#' @param na.strings What stands for a missing value, beside the empty field and NA.
#' @param skipped_columns Positions of columns to leave out.
#' @param pattern Regular expression that the names of a folder's files match.
#' @param quotechar,escapechar A character around text; not used beyond `"`.
#' @param decrypt_tool,force_col_types,custom_non_data_line_markers Not used.
#' @param partition_by,progressBar,parse_type Not used.
#' @param data A frame; for the parse functions a handle of `h2o.importFile(parse =
#'   FALSE)`.
#' @param chunk_size,blocking Not used.
#' @param force May a file that is there be replaced?
#' @param compression,parts Not used.
#' @param quote_header Put names between quotation marks?
#' @param filename Path of the file to write.
#' @param frame_id Id of a frame.
#' @param x A frame.
#' @param dir Folder.
#' @param ... Not used.
#' @return A frame. `h2o.parseSetup()`: a list with `column_names`, `column_types`,
#'   `destination_frame` and so on. `h2o.exportFile()`, `h2o.downloadCSV()` and
#'   `h2o.save_frame()`: the path, invisibly.
#' @section Errors:
#' `feedforward_file_error` for a file that is not there, is empty or cannot be read.
#' @examples
#' file <- tempfile(fileext = ".csv")
#' h2o.exportFile(as.h2o(iris), file)
#' frame <- h2o.importFile(file, destination_frame = "iris.hex")
#' h2o.describe(frame)
#' unlink(file)
#' @export
h2o.importFile <- function(path, destination_frame = "", parse = TRUE, header = NA,
                           sep = "", col.names = NULL, col.types = NULL,
                           na.strings = NULL, decrypt_tool = NULL,
                           skipped_columns = NULL, force_col_types = FALSE,
                           custom_non_data_line_markers = NULL, partition_by = NULL,
                           quotechar = NULL, escapechar = "", pattern = "") {
  handle <- new_handle(path, pattern)
  if (!isTRUE(parse)) {
    return(handle)
  }
  h2o.parseRaw(handle,
    destination_frame = destination_frame, header = header, sep = sep,
    col.names = col.names, col.types = col.types, na.strings = na.strings,
    skipped_columns = skipped_columns, quotechar = quotechar
  )
}

#' @rdname h2o.importFile
#' @export
h2o.uploadFile <- function(path, destination_frame = "", parse = TRUE, header = NA,
                           sep = "", col.names = NULL, col.types = NULL,
                           na.strings = NULL, progressBar = FALSE, parse_type = NULL,
                           decrypt_tool = NULL, skipped_columns = NULL,
                           force_col_types = FALSE, quotechar = NULL,
                           escapechar = "\\") {
  h2o.importFile(path,
    destination_frame = destination_frame, parse = parse, header = header, sep = sep,
    col.names = col.names, col.types = col.types, na.strings = na.strings,
    skipped_columns = skipped_columns, quotechar = quotechar
  )
}

#' @rdname h2o.importFile
#' @export
h2o.importFolder <- function(path, pattern = "", destination_frame = "", parse = TRUE,
                             header = NA, sep = "", col.names = NULL, col.types = NULL,
                             na.strings = NULL, ...) {
  h2o.importFile(path,
    destination_frame = destination_frame, parse = parse, header = header, sep = sep,
    col.names = col.names, col.types = col.types, na.strings = na.strings,
    pattern = pattern
  )
}

# Files that are known to be there, not read yet.
new_handle <- function(path, pattern = "") {
  if (!is.character(path) || length(path) == 0 || anyNA(path) || any(!nzchar(path))) {
    abort_argument(sprintf(
      "`path` must be the path of a file or a folder, not %s.%s", shorten(path),
      if (identical(path, "")) {
        " system.file() gives that for what is not there, such as H2O's own data."
      } else {
        ""
      }
    ))
  }
  files <- unlist(lapply(path, function(one) {
    if (is_web(one)) {
      one
    } else if (dir.exists(one)) {
      list.files(one, if (nzchar(pattern)) pattern, full.names = TRUE)
    } else if (file.exists(one)) {
      one
    } else {
      Sys.glob(one)
    }
  }))
  files <- files[is_web(files) | !dir.exists(files)]
  if (length(files) == 0) {
    abort_file(sprintf(
      "There is no file %s (working directory: %s).", shorten(path), shorten(getwd())
    ))
  }
  structure(list(files = files), class = "h2o_handle")
}

is_web <- function(path) grepl("^(https?|ftp|file)://", path)

#' @rdname h2o.importFile
#' @export
h2o.parseSetup <- function(data, pattern = "", destination_frame = "", header = NA,
                           sep = "", col.names = NULL, col.types = NULL,
                           na.strings = NULL, skipped_columns = NULL, ...) {
  if (is.character(data)) data <- new_handle(data, pattern)
  few <- read_files(data$files[[1]], header, sep, na.strings, rows = 1000)
  frame <- typed_columns(few, col.names, col.types)
  made_up <- identical(destination_frame, "")
  id <- if (made_up) id_of_file(data$files) else destination_frame
  list(
    destination_frame = id, source_frames = data$files,
    column_names = names(frame), column_types = unname(frame_types(frame)),
    number_columns = length(frame), check_header = if (isTRUE(header)) 1 else -1,
    separator = sep, na_strings = na.strings, skipped_columns = skipped_columns,
    parse_type = "CSV"
  )
}

#' @rdname h2o.importFile
#' @export
h2o.parseRaw <- function(data, pattern = "", destination_frame = "", header = NA,
                         sep = "", col.names = NULL, col.types = NULL, na.strings = NULL,
                         blocking = FALSE, parse_type = NULL, chunk_size = NULL,
                         decrypt_tool = NULL, skipped_columns = NULL,
                         force_col_types = FALSE, quotechar = NULL, ...) {
  if (is.character(data)) data <- new_handle(data, pattern)
  read <- read_files(data$files, header, sep, na.strings, quotechar = quotechar)
  frame <- typed_columns(read, col.names, col.types)
  if (!is.null(skipped_columns)) frame <- frame[-skipped_columns]
  stem <- id_of_file(data$files)
  register_frame(frame, destination_frame, stem)
}

id_of_file <- function(files) {
  name <- sub("[.](gz|zip|bz2)$", "", basename(files[[1]]))
  gsub("[^A-Za-z0-9_]", "_", name)
}

# A data.table's columns as a plain data frame.
read_files <- function(files, header, sep, na.strings, rows = Inf, quotechar = NULL) {
  parts <- lapply(files, function(file) {
    tryCatch(
      read_one_file(file, header, sep, na.strings, rows, quotechar %||% "\""),
      error = function(e) {
        abort_file(sprintf("%s cannot be read: %s", shorten(file), conditionMessage(e)))
      }
    )
  })
  several <- length(parts) > 1
  data <- as.data.frame(if (several) bind_parts(parts) else parts[[1]])
  if (length(data) == 0) {
    abort_file(sprintf("%s has no columns: is it empty?", shorten(files)))
  }
  data
}

# One file's text may be another's number: then all of it is text.
bind_parts <- function(parts) {
  classes <- function(name) unique(lapply(parts, function(part) class(part[[name]])))
  for (name in names(parts[[1]])) {
    if (length(classes(name)) > 1 && any(vapply(parts, function(part) {
      is.character(part[[name]]) || is.object(part[[name]])
    }, NA))) {
      parts <- lapply(parts, function(part) {
        part[[name]] <- as.character(part[[name]])
        part
      })
    }
  }
  data.table::rbindlist(parts, fill = TRUE)
}

read_one_file <- function(file, header, sep, na.strings, rows, quote) {
  unpacked <- unpack_file(file)
  if (!identical(unpacked, file)) on.exit(unlink(dirname(unpacked), recursive = TRUE))
  header <- if (is.na(header)) "auto" else isTRUE(as.logical(header))
  arguments <- list(
    header = header, sep = if (identical(sep, "")) guess_separator(unpacked) else sep,
    quote = quote,
    na.strings = unique(c("NA", "", unlist(na.strings))), nrows = rows,
    showProgress = FALSE, data.table = FALSE, integer64 = "double",
    stringsAsFactors = FALSE
  )
  read <- function(...) do.call(data.table::fread, c(list(unpacked, ...), arguments))
  data <- read()
  if (length(data) == 0) {
    return(data)
  }
  # true and false are categories, spelt as in the file.
  flags <- which(vapply(data, function(x) is.logical(x) && !all(is.na(x)), NA))
  if (length(flags) > 0) data <- read(colClasses = list(character = unname(flags)))
  text <- vapply(data, is.character, NA)
  data[text] <- lapply(data[text], plain_text)
  unnamed <- grepl("^V[0-9]+$", names(data))
  if (all(unnamed)) names(data) <- paste0("C", seq_along(data))
  names(data) <- distinct_names(plain_text(names(data)))
  data
}

# A file of one column has no separator, and blanks within its text are none.
guess_separator <- function(file) {
  if (is_web(file)) {
    return("auto")
  }
  first <- suppressWarnings(readLines(file, 1, warn = FALSE))
  bare <- gsub("\"[^\"]*\"", "", first, useBytes = TRUE)
  if (any(grepl("[,;|\t ]", bare, useBytes = TRUE))) "auto" else ","
}

# Quotation marks are doubled within quotation marks; bytes that are no UTF-8 are Latin-1.
plain_text <- function(text) {
  text <- gsub("\"\"", "\"", text, fixed = TRUE, useBytes = TRUE)
  fine <- validUTF8(text)
  Encoding(text) <- "UTF-8"
  text[!fine] <- iconv(text[!fine], "latin1", "UTF-8")
  text
}

# Archives are unpacked here: fread() would ask programs of the system, or a package.
unpack_file <- function(file) {
  packed <- regmatches(file, regexpr("[.](zip|gz|bz2|xz)$", file))
  if (length(packed) == 0 || is_web(file)) {
    return(file)
  }
  folder <- tempfile("unpacked-")
  dir.create(folder)
  if (packed == ".zip") {
    return(utils::unzip(file, exdir = folder)[[1]])
  }
  # Opens what bzip2 and xz have packed as well.
  from <- gzfile(file, "rb")
  on.exit(close(from))
  target <- file.path(folder, sub("[.][a-z0-9]+$", "", basename(file)))
  to <- file(target, "wb")
  on.exit(close(to), add = TRUE)
  while (length(bytes <- readBin(from, "raw", 2^22)) > 0) writeBin(bytes, to)
  target
}
