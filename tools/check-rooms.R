# Holds R/ to the order of its rooms: no function uses one of a room below its own, no
# name is defined twice, and what only its table may know by name is named there alone.
# Exits with status 1 and lists the faults, or prints one line.
#
#   Rscript tools/check-rooms.R [--dead] [FOLDER]
#     --dead    also lists names that nothing in R/, tests/ and NAMESPACE uses
#     FOLDER    the top of the package, by default where we are

# The first word of a file's name is its room. A room uses itself and the rooms above it;
# rooms of one line are on one level. A new room gets its place here.
room_levels <- list(
  "words",
  c(
    "network", "activations", "optimizers", "distributions", "measures", "calibrators",
    "conformity"
  ),
  "measure",
  "task",
  "arguments",
  "cluster",
  "data",
  c("encoding", "encoder"),
  "model",
  "train",
  "explain",
  "trust",
  "deeplearning",
  "grid",
  c("bridge", "zzz"),
  "h2o"
)

# Above all rooms, and free to name what they document.
outside <- c("RcppExports.R", "feedforward-package.R")

# The one file of R/ where a string may stand.
owners <- c(
  regression = "task-regression.R", binomial = "task-binomial.R",
  multinomial = "task-multinomial.R",
  adadelta = "optimizers.R", sgd = "optimizers.R", adam = "optimizers.R",
  adamw = "optimizers.R", rmsprop = "optimizers.R", adagrad = "optimizers.R"
)

main <- function(arguments) {
  if (!requireNamespace("codetools", quietly = TRUE)) {
    cat("check-rooms: skipped, codetools is not installed\n")
    return(0)
  }
  folder <- c(setdiff(arguments, "--dead"), ".")[[1]]
  paths <- list.files(file.path(folder, "R"), "\\.R$", full.names = TRUE)
  if (length(paths) == 0) {
    cat("check-rooms: there is no R file in ", folder, "/R\n", sep = "")
    return(1)
  }
  definitions <- do.call(rbind, lapply(paths, read_definitions))
  tokens <- do.call(rbind, lapply(paths, read_tokens))
  if ("--dead" %in% arguments) {
    list_dead(dead_names(folder, definitions, tokens))
  }
  faults <- c(
    unknown_rooms(basename(paths)), defined_twice(definitions),
    calls_below(definitions, tokens), strings_out_of_place(tokens)
  )
  if (length(faults) > 0) {
    cat("check-rooms:\n", paste0("  ", faults, "\n"), sep = "")
    return(1)
  }
  cat("check-rooms: ", length(paths), " files keep the order of the rooms\n", sep = "")
  0
}

# A row per top-level expression: file, name (NA if it assigns nothing), first and last
# line, and the code.
read_definitions <- function(path) {
  expressions <- parse(path, keep.source = TRUE, encoding = "UTF-8")
  if (length(expressions) == 0) {
    return(NULL)
  }
  lines <- vapply(attr(expressions, "srcref"), function(ref) ref[c(1, 3)], integer(2))
  data.frame(
    file = basename(path),
    name = vapply(expressions, assigned_name, ""),
    first = lines[1, ], last = lines[2, ],
    code = I(as.list(expressions))
  )
}

assigned_name <- function(expression) {
  assigns <- is.call(expression) && length(expression) == 3 &&
    as.character(expression[[1]])[1] %in% c("<-", "=", "<<-")
  target <- if (assigns) expression[[2]]
  if (is.symbol(target) || is.character(target)) as.character(target) else NA_character_
}

# Names and strings of a file: file, line, kind, text.
read_tokens <- function(path) {
  data <- utils::getParseData(parse(path, keep.source = TRUE, encoding = "UTF-8"))
  kinds <- c(
    SYMBOL = "name", SYMBOL_FUNCTION_CALL = "name", SPECIAL = "name",
    STR_CONST = "string"
  )
  data <- data[data$token %in% names(kinds), ]
  if (is.null(data) || nrow(data) == 0) {
    return(NULL)
  }
  data.frame(
    file = basename(path), line = data$line1, kind = unname(kinds[data$token]),
    text = gsub("^[\"'`]|[\"'`]$", "", data$text)
  )
}

room_of <- function(files) {
  sub("[-.].*", "", files)
}

# From 1 at the top; 0: outside the rooms; NA: unknown.
level_of <- function(files) {
  level <- rep(seq_along(room_levels), lengths(room_levels))
  found <- level[match(room_of(files), unlist(room_levels))]
  ifelse(files %in% outside, 0, found)
}

unknown_rooms <- function(files) {
  unknown <- files[is.na(level_of(files))]
  sprintf(
    "R/%s: there is no room \"%s\": list it in `room_levels` of tools/check-rooms.R",
    unknown, room_of(unknown)
  )
}

defined_twice <- function(definitions) {
  named <- definitions[!is.na(definitions$name), ]
  again <- named[duplicated(named$name), ]
  before <- named[match(again$name, named$name), ]
  sprintf(
    "R/%s:%d: `%s` is defined in R/%s as well", again$file, again$first, again$name,
    before$file
  )
}

calls_below <- function(definitions, tokens) {
  defined <- definitions[!is.na(definitions$name), ]
  # The definition that each name in the code may stand for.
  owner <- defined[match(tokens$text, defined$name), ]
  below <- tokens$kind == "name" & !tokens$file %in% outside &
    level_of(owner$file) > level_of(tokens$file)
  faults <- lapply(which(below), function(i) {
    token <- tokens[i, ]
    user <- definitions[
      definitions$file == token$file & definitions$first <= token$line &
        definitions$last >= token$line,
    ][1, ]
    # Or for an argument or a local variable.
    if (token$text %in% global_names(user$code[[1]])) {
      sprintf(
        "R/%s:%d: %s uses `%s` of R/%s: the room \"%s\" is below \"%s\"",
        token$file, token$line, describe(user$name), token$text, owner$file[i],
        room_of(owner$file[i]), room_of(token$file)
      )
    }
  })
  unlist(faults)
}

# As the body of a function, so that code that runs at load time counts as well.
global_names <- function(code) {
  wrapped <- function() NULL
  body(wrapped) <- code
  codetools::findGlobals(wrapped)
}

describe <- function(name) {
  if (is.na(name)) "code at the top level" else sprintf("`%s`", name)
}

strings_out_of_place <- function(tokens) {
  owner <- unname(owners[tokens$text])
  astray <- tokens$kind == "string" & !is.na(owner) & tokens$file != owner &
    !tokens$file %in% outside
  sprintf(
    "R/%s:%d: \"%s\" belongs to R/%s, which the others ask", tokens$file[astray],
    tokens$line[astray], tokens$text[astray], owner[astray]
  )
}

# Rows of `definitions` whose name occurs nowhere else, be it as a string.
dead_names <- function(folder, definitions, tokens) {
  tests <- list.files(
    file.path(folder, "tests"), "\\.R$",
    full.names = TRUE, recursive = TRUE
  )
  elsewhere <- c(
    unlist(lapply(tests, function(path) read_tokens(path)$text)),
    exported_names(folder), evaluated_names(folder),
    ".onLoad", ".onAttach", ".onUnload"
  )
  unused <- vapply(seq_len(nrow(definitions)), function(i) {
    one <- definitions[i, ]
    inside <- tokens$file == one$file & tokens$line >= one$first & tokens$line <= one$last
    !is.na(one$name) && !one$name %in% elsewhere &&
      all(inside[tokens$text == one$name])
  }, NA)
  definitions[unused, ]
}

# Exports, and S3 methods as generic.class.
exported_names <- function(folder) {
  path <- file.path(folder, "NAMESPACE")
  if (!file.exists(path)) {
    return(NULL)
  }
  lines <- gsub("[\"` ]", "", readLines(path, warn = FALSE))
  entries <- sub("^(export|S3method)\\((.*)\\)$", "\\2", lines)
  gsub(",", ".", entries, fixed = TRUE)
}

# What roxygen2 evaluates stands in comments.
evaluated_names <- function(folder) {
  paths <- list.files(file.path(folder, "R"), "\\.R$", full.names = TRUE)
  lines <- unlist(lapply(paths, readLines, warn = FALSE))
  lines <- grep("^#'.*(@eval|`r )", lines, value = TRUE)
  unlist(strsplit(lines, "[^A-Za-z0-9._]+"))
}

list_dead <- function(dead) {
  if (nrow(dead) == 0) {
    cat("check-rooms: every name is used\n")
  } else {
    cat("check-rooms: nothing uses\n")
    cat(sprintf("  R/%s:%d: `%s`\n", dead$file, dead$first, dead$name), sep = "")
  }
}

quit(save = "no", status = main(commandArgs(trailingOnly = TRUE)))
