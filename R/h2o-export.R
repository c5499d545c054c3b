#' @include h2o-import.R
NULL

# Frames into files.

#' @rdname h2o.importFile
#' @export
h2o.exportFile <- function(data, path, force = FALSE, sep = ",", compression = NULL,
                           parts = 1, header = TRUE, quote_header = TRUE, ...) {
  check_file_name(path)
  if (file.exists(path) && !isTRUE(force)) {
    abort_file(sprintf("%s is there already: `force = TRUE`.", shorten(path)))
  }
  if (!is.null(compression) || !identical(as.numeric(parts), 1)) {
    refuse_options(compression = compression, parts = if (parts != 1) parts)
  }
  columns <- lapply(bare_frame(read_h2o_frame(data)), field_texts)
  if (isTRUE(quote_header)) names(columns) <- quoted(names(columns))
  data.table::fwrite(
    columns, path,
    sep = sep, col.names = header, quote = FALSE, na = "", showProgress = FALSE
  )
  invisible(path)
}

# Fields as they are written: text in quotation marks, numbers with as many digits as they
# need to come back the same.
field_texts <- function(column) {
  if (inherits(column, "POSIXct")) {
    texts <- format(column, "%Y-%m-%dT%H:%M:%OS3Z", tz = "UTC")
    return(sub(".000Z", "Z", texts, fixed = TRUE))
  }
  if (is.factor(column) || is.character(column)) {
    return(quoted(as.character(column)))
  }
  if (!is.double(column)) {
    return(column)
  }
  texts <- as.character(column)
  inexact <- which(suppressWarnings(as.numeric(texts)) != column)
  texts[inexact] <- sprintf("%.17g", column[inexact])
  texts
}

quoted <- function(text) {
  ifelse(is.na(text), NA, paste0("\"", gsub("\"", "\"\"", text, fixed = TRUE), "\""))
}

#' @rdname h2o.importFile
#' @export
h2o.downloadCSV <- function(data, filename) h2o.exportFile(data, filename, force = TRUE)

#' @rdname h2o.importFile
#' @export
h2o.save_frame <- function(x, dir, force = TRUE) {
  x <- read_h2o_frame(x, "x")
  if (!dir.exists(dir)) dir.create(dir, recursive = TRUE)
  file <- store_file(dir, frame_id(x), "frame")
  if (file.exists(file) && !isTRUE(force)) {
    abort_file(sprintf("%s is there already: `force = TRUE`.", shorten(file)))
  }
  write_whole(stored_bytes("frame", frame_id(x), bare_frame(x)), file)
  invisible(file)
}

#' @rdname h2o.importFile
#' @export
h2o.load_frame <- function(frame_id, dir, force = TRUE) {
  frame <- read_stored(store_file(dir, check_id(frame_id, "frame_id"), "frame"))
  if (is.null(frame)) abort_file(sprintf("%s holds no frame %s.", shorten(dir), frame_id))
  register_frame(frame, frame_id)
}
