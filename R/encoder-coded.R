#' @include encoder-record.R encoder-onehot.R encoder-number.R
NULL

# Factors that become numbers: each level stands for one number or several, which are then
# treated as numbers are. What a level stands for is learned once; a level that training
# did not see is missing.
#   name; code: function(levels, shares): a matrix, levels x numbers
#   suffixes: function(numbers): of the inputs' names
#   missing: what a missing value stands for, NA: the mean
#   facts: levels; absent; shares; missing (a count); codes
#   group: columns; levels; absent; codes; means, scales, impute, spreads (lists of
#     vectors, one number per input)
new_coded_encoder <- function(name, code, suffixes, missing = NA_real_) {
  new_encoder(
    name = name,
    facts = function(survey) {
      facts <- onehot_encoder$facts(survey)
      facts$codes <- Map(code, facts$levels, facts$shares)
      facts
    },
    missing = onehot_encoder$missing, constant = onehot_encoder$constant,
    problems = onehot_encoder$problems,
    group = function(facts, arguments) coded_group(facts, arguments, missing),
    sizes = function(group) lengths(group$means),
    input_names = function(group) {
      unlist(Map(function(column, numbers) {
        paste0(column, suffixes(length(numbers)))
      }, group$columns, group$means), use.names = FALSE)
    },
    unused = function(group) integer(),
    moments = function(group) {
      spreads <- unlist(group$spreads, use.names = FALSE)
      list(mean = 0 * spreads, square = spreads^2)
    },
    units = function(group) {
      lapply(group[c("means", "scales")], unlist, use.names = FALSE)
    },
    repeated = number_encoder$repeated,
    plan = function(group, source) coded_plan(group, source),
    ready = onehot_encoder$ready, fit = onehot_encoder$fit, empty = onehot_encoder$empty,
    sound = function(group) coded_is_sound(group)
  )
}

coded_group <- function(facts, arguments, missing) {
  moments <- Map(function(codes, shares, unknown, rows) {
    coded_moments(codes, shares, unknown, sum(rows), missing, arguments)
  }, facts$codes, facts$shares, facts$missing, facts$rows)
  part <- function(name) stats::setNames(lapply(moments, `[[`, name), facts$columns)
  list(
    columns = facts$columns, levels = facts$levels, absent = facts$absent,
    codes = facts$codes, means = part("mean"), scales = part("scale"),
    impute = part("impute"), spreads = part("spread")
  )
}

# Over the rows that train: of those that are known, or of all where a missing value
# stands for a number, too.
coded_moments <- function(codes, shares, unknown, known, missing, arguments) {
  if (!is.na(missing)) {
    codes <- rbind(codes, missing)
    shares <- c(shares, 1 - sum(shares))
    known <- known + unknown
  }
  shares <- shares / sum(shares)
  mean <- colSums(codes * shares)
  centred <- sweep(codes, 2, mean)
  sd <- sqrt(colSums(centred^2 * shares) * known / max(known - 1, 1))
  seen <- shares > 0
  facts <- list(
    mean = mean, sd = sd, low = apply(codes[seen, , drop = FALSE], 2, min),
    high = apply(codes[seen, , drop = FALSE], 2, max)
  )
  input <- input_of_numbers(
    facts, isTRUE(arguments[["standardize"]]), isTRUE(arguments[["autoencoder"]])
  )
  list(
    mean = as.double(input$means), scale = as.double(input$scales),
    impute = as.double(if (is.na(missing)) mean else rep(missing, length(mean))),
    spread = as.double(sd * input$scales)
  )
}

coded_plan <- function(group, source) {
  at <- match(group$columns, source$names)
  columns <- lapply(seq_along(at), function(k) {
    column <- source_column(source, at[k])
    coded <- seen_codes(group, k, column, column_class(column))
    level <- coded$map[as.integer(coded$codes)]
    codes <- group$codes[[k]]
    lapply(seq_len(ncol(codes)), function(j) codes[level, j])
  })
  columns <- unlist(columns, recursive = FALSE)
  flat <- function(name) unlist(group[[name]], use.names = FALSE)
  list(list(column = columns, plan = list(
    kind = "numbers", from = numeric(length(columns)), mean = flat("means"),
    scale = flat("scales"), impute = flat("impute")
  )))
}

coded_is_sound <- function(group) {
  numbers <- group[c("means", "scales", "impute", "spreads")]
  named <- c(list(group$levels, group$absent), numbers)
  all(vapply(named, function(x) identical(names(x), group$columns), NA)) &&
    all(mapply(function(codes, levels, absent, means, scales, impute, spreads) {
      is_text(levels) && is.integer(absent) && all(absent %in% seq_along(levels)) &&
        is.double(codes) && is.matrix(codes) && nrow(codes) == length(levels) &&
        all(is.finite(codes)) &&
        all(vapply(list(means, scales, impute, spreads), function(x) {
          is.double(x) && length(x) == ncol(codes) && all(is.finite(x))
        }, NA))
    }, group$codes, group$levels, group$absent, group$means, group$scales, group$impute,
    group$spreads))
}

# ---- The members ------------------------------------------------------------------

# The number of the level, from 1, in binary digits, the lowest first; a missing value is
# 0.
binary_encoder <- new_coded_encoder(
  "binary",
  code = function(levels, shares) {
    digits <- 1 + floor(log2(max(length(levels), 1)))
    outer(seq_along(levels), 2^(seq_len(digits) - 1), function(k, p) (k %/% p) %% 2)
  },
  suffixes = function(numbers) paste0(":", seq_len(numbers) - 1),
  missing = 0
)

# The whole number that a level's text is, if all are; else the number of the level, from
# 0.
label_encoder <- new_coded_encoder(
  "label",
  code = function(levels, shares) {
    whole <- all(grepl("^ *-?[0-9]{1,9} *$", levels))
    cbind(if (whole) as.double(levels) else seq_along(levels) - 1)
  },
  suffixes = function(numbers) ""
)

# The leading eigenvector of the levels' covariance, each divided by the root of its
# share. Of a column with more levels than can be decomposed the most frequent ones.
most_decomposed_levels <- 1024
eigen_encoder <- new_coded_encoder(
  "eigen",
  code = function(levels, shares) cbind(eigen_codes(shares)),
  suffixes = function(numbers) ".Eigen"
)

eigen_codes <- function(shares) {
  codes <- numeric(length(shares))
  used <- utils::head(order(-shares, method = "radix"), most_decomposed_levels)
  used <- sort(used[shares[used] > 0])
  root <- sqrt(shares[used] / sum(shares[used]))
  vector <- eigen(diag(1, length(root)) - root %o% root, symmetric = TRUE)$vectors[, 1]
  # A vector and its negative are the same: the largest is positive.
  codes[used] <- vector * sign(vector[which.max(abs(vector))])
  codes
}
