#' @include h2o-frame.R
NULL

#' Read and write files as H2O does
#'
#' Reading goes through [data.table::fread()]: plain, gzip and zip files, addresses of the
#' web; a folder, or a folder with a `pattern`, is all its files, one after another.
#'
#' What is not said is guessed: whether there is a header, what parts the columns, and the
#' types. As in H2O the majority of a column's values decides: where they are numbers, or
#' times (2020-01-31, 2020-01-31 10:00:01.5, 31-Jan-2020), what is none is missing; text
#' of which at least 95 in 100 values differ stays text, other text becomes a factor with
#' its levels in the order of their bytes. Unlike in H2O a 0 among text is a level, not a
#' missing value. Columns without a name are called C1, C2, .... Blank lines are left out,
#' fields that a line lacks are missing, and those beyond the columns are dropped, with a
#' warning.
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
#' @param na.strings What stands for a missing value, beside the empty field and NA: for
#'   all columns, or a list with an element for each.
#' @param skipped_columns Positions of columns to leave out.
#' @param pattern Regular expression that the names of a folder's files match.
#' @param quotechar The character around text, `"` if `NULL`.
#' @param escapechar,decrypt_tool,force_col_types,partition_by Not offered: other values
#'   than the default are errors.
#' @param custom_non_data_line_markers Not offered either.
#' @param progressBar,parse_type Not used.
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
  refuse_options(
    decrypt_tool = decrypt_tool, partition_by = partition_by,
    force_col_types = if (!isFALSE(force_col_types)) force_col_types,
    custom_non_data_line_markers = custom_non_data_line_markers,
    escapechar = if (!escapechar %in% c("", "\\")) escapechar
  )
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
    decrypt_tool = decrypt_tool, force_col_types = force_col_types,
    escapechar = escapechar,
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

refuse_options <- function(...) {
  given <- list(...)
  given <- given[!vapply(given, is.null, NA)]
  if (length(given) > 0) {
    abort_argument(sprintf(
      "%s is not offered: leave it out, and prepare the file beforehand.",
      list_names(names(given))
    ))
  }
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
  frame <- read_frame_files(
    data$files[[1]], header, sep, na.strings, col.names, col.types, rows = 1000
  )
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
  refuse_options(
    decrypt_tool = decrypt_tool,
    force_col_types = if (!isFALSE(force_col_types)) force_col_types
  )
  frame <- read_frame_files(
    data$files, header, sep, na.strings, col.names, col.types, quotechar
  )
  if (!is.null(skipped_columns)) frame <- frame[-skipped_columns]
  stem <- id_of_file(data$files)
  register_frame(frame, destination_frame, stem)
}
