#' @include h2o-frame-rows.R
NULL

#' Words of text, and how alike two texts are
#'
#' `h2o.tokenize()` puts every word into a row of its own, with a missing value after the
#' last of each row. `h2o.stringdist()` compares texts row by row: 1 for the same, 0 for
#' nothing in common. `h2o.entropy()` gives the Shannon entropy of the characters, in
#' bits.
#'
#' @param x,y Frames of text or categories; for `h2o.tokenize()` of text.
#' @param split Regular expression of what stands between words.
#' @param method "lv": edits (Levenshtein) as a share of the shorter text; "lcs": share
#'   of the shorter text in common pieces of at least two characters; "qgram": share of
#'   common pairs of characters; "jaccard": common words among all; "jw": Jaro-Winkler;
#'   "soundex": .9 where the codes agree.
#' @param compare_empty Compare with empty text, too? The result is missing otherwise.
#' @return A frame.
#' @examples
#' x <- as.h2o(c("Martha", "Dwayne", "Dixon"))
#' y <- as.h2o(c("Marhta", "Duane", "Dicksonx"))
#' h2o.stringdist(x, y, method = "jw")
#' h2o.tokenize(as.character(as.h2o(c("one two", "three"))), " ")
#' h2o.entropy(x)
#' @export
h2o.tokenize <- function(x, split) {
  x <- read_h2o_frame(x, "x")
  check_pattern(split, "split")
  check_words(x, "x", "text")
  words <- lapply(bare_frame(x), function(text) {
    lapply(strsplit(text, split), function(parts) if (length(parts) > 0) parts else "")
  })
  rows <- do.call(Map, c(list(c), unname(words)))
  new_frame(list(C1 = unlist(lapply(rows, function(row) c(row[!is.na(row)], NA)))))
}

check_words <- function(x, argument, kinds = c("text", "categories")) {
  wrong <- which(!vapply(bare_frame(x), column_kind, "") %in% kinds)
  if (length(wrong) > 0) {
    abort_input(sprintf(
      "The column %s of `%s` must hold %s: as.character() makes it so.",
      quote_name(names(x)[[wrong[[1]]]]), argument, paste(kinds, collapse = " or ")
    ))
  }
}

#' @rdname h2o.tokenize
#' @export
h2o.stringdist <- function(x, y, method = c(
                             "lv", "lcs", "qgram", "jaccard", "jw", "soundex"
                           ), compare_empty = TRUE) {
  x <- read_h2o_frame(x, "x")
  y <- read_h2o_frame(y, "y")
  likeness <- text_likeness[[choose_one(method, names(text_likeness), "method")]]
  compare_empty <- check_argument(rule_flag(), "compare_empty", compare_empty)
  check_words(x, "x")
  check_words(y, "y")
  if (!identical(dim(x), dim(y))) {
    abort_input(sprintf(
      "`x` and `y` must be of one size, not %d by %d and %d by %d.", nrow(x), ncol(x),
      nrow(y), ncol(y)
    ))
  }
  columns <- Map(function(a, b) {
    one_by_one(as.character(a), as.character(b), likeness, compare_empty)
  }, bare_frame(x), bare_frame(y))
  names(columns) <- paste0("C", seq_along(columns))
  new_frame(columns, rows = nrow(x))
}

one_by_one <- function(a, b, likeness, compare_empty) {
  known <- !is.na(a) & !is.na(b) & (compare_empty | nzchar(a) & nzchar(b))
  result <- rep(NA_real_, length(a))
  result[known] <- mapply(function(a, b) {
    if (a == b) {
      return(1)
    }
    if (nzchar(a) && nzchar(b)) likeness(a, b) else 0
  }, a[known], b[known], USE.NAMES = FALSE) |> as.numeric()
  result
}

characters <- function(text) strsplit(text, "")[[1]]

# Of two different texts, neither of them empty.
text_likeness <- list(
  lv = function(a, b) {
    sizes <- sort(nchar(c(a, b)))
    # Lengths so different are nothing alike.
    if (sizes[[1]] <= sizes[[2]] / 2) {
      return(0)
    }
    1 - min(utils::adist(a, b), sizes[[1]]) / sizes[[1]]
  },
  lcs = function(a, b) {
    a <- characters(a)
    b <- characters(b)
    # Which piece is taken first depends on the order of the two.
    mean(c(common_pieces(a, b), common_pieces(b, a))) / min(length(a), length(b))
  },
  qgram = function(a, b) {
    pairs <- lapply(c(a, b), function(text) {
      unique(substring(text, seq_len(nchar(text) - 1), seq_len(nchar(text) - 1) + 1))
    })
    smaller <- min(lengths(pairs))
    if (smaller == 0) 0 else length(intersect(pairs[[1]], pairs[[2]])) / smaller
  },
  jaccard = function(a, b) {
    words <- strsplit(trimws(c(a, b)), " +")
    common <- sum(words[[1]] %in% words[[2]])
    common / (sum(lengths(words)) - common)
  },
  jw = function(a, b) jaro_winkler(characters(a), characters(b)),
  soundex = function(a, b) if (soundex(a) == soundex(b)) 0.9 else 0
)

# How many characters of `a` lie in pieces of at least two that `b` has, too, the longest
# cut out of both first.
common_pieces <- function(a, b) {
  longest <- c(size = 0, a = 0, b = 0)
  run <- integer(length(b))
  for (i in seq_along(a)) {
    run <- ifelse(b == a[[i]], c(0, utils::head(run, -1)) + 1, 0)
    if (max(run, 0) > longest[["size"]]) {
      longest <- c(size = max(run), a = i, b = which.max(run))
    }
  }
  size <- longest[["size"]]
  if (size < 2) {
    return(0)
  }
  cut <- function(text, end) text[-seq(end - size + 1, end)]
  size + common_pieces(cut(a, longest[["a"]]), cut(b, longest[["b"]]))
}

jaro_winkler <- function(a, b) {
  if (length(a) > length(b)) {
    return(jaro_winkler(b, a))
  }
  # Characters match within half the length of the longer text, each once.
  reach <- length(b) %/% 2
  matches <- integer()
  for (i in seq_along(a)) {
    near <- setdiff(which(b == a[[i]]), matches)
    near <- near[near >= i - reach & near < i + reach]
    if (length(near) > 0) matches <- c(matches, near[[1]])
  }
  common <- length(matches)
  if (common == 0) {
    return(0)
  }
  turned <- sum(diff(matches) < 0)
  score <- mean(c(common / length(a), common / length(b), (common - turned) / common))
  first <- seq_len(min(4, length(a)))
  prefix <- sum(cumprod(a[first] == b[first]))
  score + prefix * (1 - score) / 10
}

# The first character and the codes of the next three consonants that do not repeat the
# code before them.
soundex <- function(text) {
  text <- characters(text)
  later <- tolower(text[-1])
  later <- later[later %in% letters]
  codes <- strsplit("01230120022455012623010202", "")[[1]][match(later, letters)]
  new <- codes != "0" & codes != c("0", utils::head(codes, -1))[seq_along(codes)]
  paste0(text[[1]], substr(paste0(paste(codes[new], collapse = ""), "000"), 1, 3))
}

#' @rdname h2o.tokenize
#' @export
h2o.entropy <- function(x) {
  x <- read_h2o_frame(x, "x")
  check_words(x, "x")
  map_frame(x, function(column) {
    texts <- unique(as.character(column))
    bits <- vapply(strsplit(texts, ""), function(parts) {
      share <- tabulate(match(parts, parts)) / length(parts)
      -sum(share[share > 0] * log2(share[share > 0]))
    }, 0)
    bits[is.na(texts)] <- NA
    bits[match(as.character(column), texts)]
  })
}
