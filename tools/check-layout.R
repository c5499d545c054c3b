# Holds the sources to their layout: files of src/core name their level, include from the
# levels above only and nothing of R; lines, files and functions keep their lengths; C++
# looks as .clang-format says. Exits with status 1 and lists the faults, or prints one
# line.
#
#   Rscript tools/check-layout.R [FOLDER]    FOLDER: the top of the package

# The folders of src/core. A file includes from its own and from those before it.
core_levels <- c(
  "words", "kernels", "data", "formulas", "network", "learning", "runs"
)

# What the core must not include.
of_r <- "^(R|S|Rinternals|Rmath|Rversion|Rdefines|Rcpp\\w*|cpp11)(\\.hp*)?(/|$)|^R_ext/"

most_columns <- 90
most_lines <- 300

# A longer R function says why in a comment above it, after these words.
most_function_lines <- 60
excuse <- "In one piece:"

# The version .clang-format was made with; others lay out some lines differently.
clang_format_version <- "14"

main <- function(arguments) {
  setwd(c(arguments, ".")[[1]])
  files <- source_files()
  texts <- lapply(
    stats::setNames(nm = files), readLines, warn = FALSE, encoding = "UTF-8"
  )
  core <- texts[startsWith(files, "src/core/")]
  cpp <- grep("\\.(cpp|h)$", files, value = TRUE)
  formatted <- has_clang_format()
  faults <- c(
    each(core, level_fault), each(core, include_faults),
    each(texts, line_faults), each(texts[grepl("^(R|src)/", files)], file_fault),
    each(texts[startsWith(files, "R/")], function_faults),
    if (formatted) format_faults(cpp)
  )
  if (length(faults) > 0) {
    cat("check-layout:\n", paste0("  ", faults, "\n"), sep = "")
    return(1)
  }
  skipped <- sprintf(" (C++ not compared: no clang-format %s)", clang_format_version)
  cat(
    "check-layout: ", length(files), " files keep their layout",
    if (!formatted) skipped, "\n",
    sep = ""
  )
  0
}

# What people write. Files that Rcpp and testthat write look as they like.
source_files <- function() {
  files <- c(
    list.files(c("R", "tests/testthat", "bench"), "\\.R$", full.names = TRUE),
    list.files("tools", full.names = TRUE),
    list.files("src", "\\.(cpp|h)$", full.names = TRUE, recursive = TRUE)
  )
  files[!basename(files) %in% c("RcppExports.R", "RcppExports.cpp")]
}

# The faults of all files. find(file, text) returns any number of them.
each <- function(texts, find) {
  unlist(Map(find, names(texts), texts), use.names = FALSE)
}

# "file:line: what", for any number of lines.
at_lines <- function(file, lines, what) {
  if (length(lines) > 0) sprintf("%s:%d: %s", file, as.integer(lines), what)
}

level_fault <- function(file, text) {
  folder <- basename(dirname(file))
  level <- match(folder, core_levels)
  if (is.na(level)) {
    return(sprintf(
      "%s: there is no level \"%s\": list it in `core_levels` of tools/check-layout.R",
      file, folder
    ))
  }
  begin <- sprintf("// Level %d, %s.", level - 1L, folder)
  if (!isTRUE(startsWith(text[1], begin))) {
    at_lines(file, 1, sprintf("the first line does not begin with \"%s\"", begin))
  }
}

include_faults <- function(file, text) {
  form <- "^\\s*#\\s*include\\s*([<\"])([^>\"]*)[>\"].*$"
  lines <- grep(form, text)
  target <- sub(form, "\\2", text[lines])
  quoted <- sub(form, "\\1", text[lines]) == "\""
  foreign <- grepl(of_r, target)
  own <- match(basename(dirname(file)), core_levels)
  level <- match(dirname(target), core_levels)
  lost <- quoted & !foreign & !file.exists(file.path("src/core", target))
  c(
    at_lines(file, lines[foreign], "the core includes nothing of R"),
    at_lines(file, lines[lost], "there is no such file, seen from src/core"),
    at_lines(
      file, lines[!lost & !is.na(level) & !is.na(own) & level > own],
      "an include points to a level below"
    )
  )
}

line_faults <- function(file, text) {
  width <- nchar(text, "chars", allowNA = TRUE)
  long <- which(is.na(width) | width > most_columns)
  at_lines(file, long, sprintf("more than %d columns", most_columns))
}

file_fault <- function(file, text) {
  if (length(text) > most_lines) {
    sprintf("%s: %d lines, more than %d", file, length(text), most_lines)
  }
}

function_faults <- function(file, text) {
  tokens <- utils::getParseData(parse(file, keep.source = TRUE, encoding = "UTF-8"))
  keyword <- tokens$token %in% c("FUNCTION", "'\\\\'")
  functions <- tokens[tokens$id %in% tokens$parent[keyword], ]
  lines <- functions$line2 - functions$line1 + 1
  excused <- vapply(functions$line1, is_excused, NA, text = text)
  long <- functions[lines > most_function_lines & !excused, ]
  at_lines(file, long$line1, sprintf(
    "a function of more than %d lines; if it must be, say why above it: \"# %s ...\"",
    most_function_lines, excuse
  ))
}

# Does the comment that ends above the line hold an excuse?
is_excused <- function(line, text) {
  above <- text[seq_len(line - 1)]
  comment <- rev(cumprod(rev(grepl("^\\s*#", above))) == 1)
  any(grepl(excuse, above[comment], fixed = TRUE))
}

has_clang_format <- function() {
  if (!nzchar(Sys.which("clang-format"))) {
    return(FALSE)
  }
  told <- paste(system2("clang-format", "--version", stdout = TRUE), collapse = " ")
  sub(".*version ([0-9]+).*", "\\1", told) == clang_format_version
}

# A file that differs counts once, at its first line that does.
format_faults <- function(files) {
  told <- suppressWarnings(system2(
    "clang-format", c("--dry-run", "--Werror", shQuote(files)),
    stdout = TRUE, stderr = TRUE
  ))
  form <- "^(.*):([0-9]+):[0-9]+: error: .*\\[-Wclang-format-violations\\]$"
  found <- grep(form, told, value = TRUE)
  file <- sub(form, "\\1", found)
  first <- !duplicated(file)
  line <- sub(form, "\\2", found)
  at_lines(file[first], line[first], "not laid out by .clang-format: `make format`")
}

quit(save = "no", status = main(commandArgs(trailingOnly = TRUE)))
