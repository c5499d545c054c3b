#' @include h2o-import.R
NULL

# Files into columns, each by data.table's fread().

id_of_file <- function(files) {
  name <- sub("[.](gz|zip|bz2)$", "", basename(files[[1]]))
  gsub("[^A-Za-z0-9_]", "_", name)
}

# A frame of all these files. Columns whose type is given are read as they are spelt.
read_frame_files <- function(files, header, sep, na.strings, col.names = NULL,
                             col.types = NULL, quotechar = NULL, rows = Inf) {
  read <- function(spelt = NULL) {
    read_files(files, header, sep, na.strings, rows, quotechar %||% "\"", spelt)
  }
  data <- read(if (is.list(na.strings)) TRUE)
  types <- wanted_types(col.types, names_wanted(col.names, data))
  spelt <- which(!is.na(types) & !vapply(data, is.character, NA))
  numbers <- types[spelt] %in% c("numeric", "real", "int", "double") &
    vapply(data[spelt], is.numeric, NA) & !vapply(data[spelt], is.object, NA)
  if (!all(numbers)) data <- read(spelt[!numbers])
  typed_columns(column_gaps(data, na.strings), col.names, col.types)
}

# What stands for missing values in each column.
column_gaps <- function(data, na.strings) {
  if (!is.list(na.strings)) {
    return(data)
  }
  if (length(na.strings) != length(data)) {
    abort_argument(sprintf(
      "`na.strings` is a list of %d, and the file has %s.", length(na.strings),
      count_of(length(data), "column")
    ))
  }
  for (j in seq_along(data)) data[[j]][data[[j]] %in% unlist(na.strings[[j]])] <- NA
  data
}

# spelt: columns to read as text, TRUE for all
read_files <- function(files, header, sep, na.strings, rows, quote, spelt) {
  parts <- lapply(files, function(file) {
    tryCatch(
      read_one_file(file, header, sep, na.strings, rows, quote, spelt),
      error = function(e) {
        abort_file(sprintf("%s cannot be read: %s", shorten(file), conditionMessage(e)))
      }
    )
  })
  if (length(parts) > 1) as.data.frame(bind_parts(parts, files)) else parts[[1]]
}

# One file's text may be another's number: then all of it is text.
bind_parts <- function(parts, files) {
  names <- names(parts[[1]])
  other <- !vapply(parts, function(part) setequal(names(part), names), NA)
  if (any(other)) {
    abort_file(sprintf(
      "%s has other columns than %s: %s, not %s.", shorten(files[other][[1]]),
      shorten(files[[1]]), list_names(names(parts[other][[1]])), list_names(names)
    ))
  }
  for (name in names) {
    classes <- unique(lapply(parts, function(part) class(part[[name]])))
    spelt <- vapply(parts, function(part) {
      is.character(part[[name]]) || is.object(part[[name]])
    }, NA)
    if (length(classes) > 1 && any(spelt)) {
      parts <- lapply(parts, function(part) {
        part[[name]] <- as.character(part[[name]])
        part
      })
    }
  }
  data.table::rbindlist(parts, use.names = TRUE)
}

read_one_file <- function(file, header, sep, na.strings, rows, quote, spelt = NULL) {
  if (!is_web(file) && file.size(file) == 0) stop("it is empty")
  unpacked <- unpack_file(file)
  if (!identical(unpacked, file)) on.exit(unlink(dirname(unpacked), recursive = TRUE))
  check_text(unpacked)
  top <- top_of_file(unpacked)
  header <- if (is.na(header)) "auto" else isTRUE(as.logical(header))
  if (identical(sep, "")) sep <- guess_separator(top)
  arguments <- list(
    header = header, sep = sep, quote = quote, fill = TRUE, blank.lines.skip = TRUE,
    na.strings = unique(c("NA", "", if (!is.list(na.strings)) na.strings)), nrows = rows,
    skip = if (isTRUE(top$comments > 0)) top$comments else "__auto__",
    showProgress = FALSE, data.table = FALSE, integer64 = "double",
    stringsAsFactors = FALSE
  )
  read <- function(...) read_strictly(c(list(unpacked, ...), arguments))
  data <- read()
  if (length(data) == 0) stop("it has no columns")
  # true and false are categories, spelt as in the file.
  flags <- which(vapply(data, function(x) is.logical(x) && !all(is.na(x)), NA))
  if (isTRUE(spelt)) spelt <- seq_along(data)
  again <- union(unname(flags), spelt)
  if (length(again) > 0) data <- read(colClasses = list(character = again))
  text <- vapply(data, is.character, NA)
  data[text] <- lapply(data[text], plain_text, lines = identical(sep, "\n"))
  data <- without_surplus(data, top, sep, header, file)
  if (all(grepl("^V[0-9]+$", names(data)))) names(data) <- paste0("C", seq_along(data))
  names(data) <- distinct_names(plain_text(names(data), identical(sep, "\n")))
  data
}

# fread() warns of what it guessed, and of rows that it gave up: that is an error.
read_strictly <- function(arguments) {
  withCallingHandlers(do.call(data.table::fread, arguments), warning = function(w) {
    said <- conditionMessage(w)
    if (grepl("Stopped early|Discarded single-line footer", said)) {
      stop(sub("[.] Expected.*", "", said), call. = FALSE)
    }
    invokeRestart("muffleWarning")
  })
}

# Fields beyond those that the header names.
without_surplus <- function(data, top, sep, header, shown) {
  if (isFALSE(header) || is.null(top) || length(data) < 2) {
    return(data)
  }
  filled <- rev(grepl("^V[0-9]+$", names(data)))
  surplus <- if (all(filled)) 0 else match(FALSE, filled) - 1
  if (surplus == 0) {
    return(data)
  }
  first <- data.table::fread(text = c(top$first, ""), sep = sep, header = FALSE)
  kept <- length(first)
  if (kept >= length(data)) {
    return(data)
  }
  lines <- rowSums(!is.na(data[-seq_len(kept)])) > 0
  warn_feedforward(
    sprintf(
      "%s has %s with more fields than the %d that its header names; they are dropped.",
      shorten(shown), count_of(sum(lines), "line"), kept
    ),
    class = "feedforward_file_warning"
  )
  data[seq_len(kept)]
}

# A file of one column has no separator, and blanks within its text are none.
guess_separator <- function(top) {
  bare <- gsub("\"[^\"]*\"", "", top$first, useBytes = TRUE)
  if (is.null(top) || grepl("[,;|\t ]", bare, useBytes = TRUE)) "auto" else "\n"
}

# list(comments: lines at the top that begin with # and have fewer fields than the line
# after them; first: that line), NULL of what lies in the web
top_of_file <- function(file) {
  if (is_web(file)) {
    return(NULL)
  }
  lines <- suppressWarnings(readLines(file, 100, warn = FALSE))
  marked <- startsWith(lines, "#")
  count <- if (all(marked)) 0 else match(FALSE, marked) - 1
  fields <- lengths(regmatches(lines, gregexpr("[,;|\t]", lines, useBytes = TRUE)))
  if (any(fields[seq_len(count)] >= fields[[count + 1]])) count <- 0
  list(comments = count, first = lines[[count + 1]])
}

check_text <- function(file) {
  if (!is_web(file) && any(readBin(file, "raw", 65536) == 0)) {
    stop("it is no text, or text in UTF-16: it holds bytes of 0")
  }
}

# Quotation marks are doubled within quotation marks; bytes that are no UTF-8 are Latin-1.
# lines: fields are whole lines, with the quotation marks around them
plain_text <- function(text, lines = FALSE) {
  if (lines) text <- sub("^\"(.*)\"\r?$", "\\1", text, useBytes = TRUE)
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
    files <- suppressWarnings(utils::unzip(file, exdir = folder))
    if (length(files) == 0) stop("it is no zip archive, or damaged")
    return(files[[1]])
  }
  target <- file.path(folder, sub("[.][a-z0-9]+$", "", basename(file)))
  size <- unpack_stream(file, target)
  # The archive ends with the size of what it holds, of its last part, if there are
  # several: more than came out means that the end is lost.
  if (packed == ".gz" && size %% 2^32 < told_size(file)) stop("its end is missing")
  target
}

unpack_stream <- function(file, target) {
  # Opens what bzip2 and xz have packed as well.
  from <- gzfile(file, "rb")
  on.exit(close(from))
  to <- file(target, "wb")
  on.exit(close(to), add = TRUE)
  size <- 0
  while (length(bytes <- readBin(from, "raw", 2^22)) > 0) {
    writeBin(bytes, to)
    size <- size + length(bytes)
  }
  size
}

told_size <- function(file) {
  packed <- file(file, "rb")
  on.exit(close(packed))
  # What is packed otherwise under this name is read all the same.
  if (!identical(readBin(packed, "raw", 2), as.raw(c(0x1f, 0x8b)))) {
    return(0)
  }
  seek(packed, file.size(file) - 4)
  sum(as.numeric(readBin(packed, "raw", 4)) * 256^(0:3))
}
