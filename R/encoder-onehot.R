#' @include encoder-record.R
NULL

# A factor (text, logical) becomes one input per level and one, the last, for a missing
# value: never expanded, the input at work is 1. Without `use_all_factor_levels` the first
# level has none.
#   fact: levels; shares (of the rows that train); seen (how many of them occur); missing
#     (a count)
#   group: columns, by decreasing number of levels; levels; shares; starts (the first
#     input of each, from 0); missing_seen; all_levels
onehot_encoder <- new_encoder(
  name = "onehot",
  fact = function(column, class, weights) {
    levels <- learn_levels(column, class)
    coded <- level_codes(column, class, levels)
    seen <- tabulate(coded$codes, length(coded$map))[!is.na(coded$map)]
    list(
      class = class, levels = levels,
      shares = level_shares(coded, length(levels), weights),
      missing = length(column) - sum(seen), seen = sum(seen > 0)
    )
  },
  missing = function(fact) fact$seen == 0,
  constant = function(fact) fact$seen <= 1,
  problem = function(fact, name, standardize) NULL,
  group = function(facts, arguments) {
    # A radix sort keeps ties in frame order.
    facts <- facts[order(
      -vapply(facts, function(fact) length(fact$levels), 0L),
      method = "radix"
    )]
    group <- list(
      columns = names(facts),
      levels = lapply(facts, `[[`, "levels"),
      shares = lapply(facts, `[[`, "shares"),
      missing_seen = vapply(facts, function(fact) fact$missing > 0, NA),
      all_levels = isTRUE(arguments[["use_all_factor_levels"]])
    )
    ends <- cumsum(level_inputs(group) + 1L)
    group$starts <- stats::setNames(c(0L, ends)[seq_along(facts)], names(facts))
    group
  },
  sizes = function(group) level_inputs(group) + 1L,
  input_names = function(group) {
    shown <- if (group$all_levels) group$levels else lapply(group$levels, `[`, -1)
    names <- Map(function(column, levels) {
      paste0(column, ".", c(levels, "missing(NA)"))
    }, group$columns, shown)
    unlist(names, use.names = FALSE)
  },
  # An unseen level then adds nothing at prediction.
  unused = function(group) unname(missing_inputs(group)[!group$missing_seen]),
  moments = function(group) {
    shares <- lapply(group$shares, function(shares) {
      c(if (group$all_levels) shares else shares[-1], 1 - sum(shares))
    })
    shares <- unlist(shares, use.names = FALSE)
    list(mean = shares, square = shares)
  },
  units = function(group) {
    inputs <- sum(level_inputs(group) + 1L)
    list(means = numeric(inputs), scales = rep(1, inputs))
  },
  plan = function(group, source) onehot_plan(group, source),
  fit = function(group, k, column, class, trained) {
    fit_levels(group, k, column, class, trained)
  },
  empty = function(group, k, n) as_factor(rep(NA_integer_, n), group$levels[[k]])
)

# coded: level_codes() of the rows that train
level_shares <- function(coded, n_levels, weights) {
  level <- coded$map[as.integer(coded$codes)]
  if (is.null(weights)) {
    return(tabulate(level, n_levels) / length(level))
  }
  known <- which(!is.na(level))
  class_totals(level[known] - 1L, weights[known], n_levels) / sum(weights)
}

# Inputs of each column's levels.
level_inputs <- function(group) {
  sizes <- as.integer(lengths(group$levels))
  if (group$all_levels) sizes else pmax(sizes - 1L, 0L)
}

# The input of the missing value of each column, from 0: the last of its block.
missing_inputs <- function(group) {
  group$starts + level_inputs(group)
}

onehot_plan <- function(group, source) {
  at <- match(group$columns, source$names)
  missing <- missing_inputs(group)
  lapply(seq_along(at), function(k) {
    column <- source_column(source, at[k])
    levels <- group$levels[[k]]
    coded <- level_codes(column, column_class(column), levels)
    inputs <- group$starts[[k]] + seq_along(levels) - 1L
    if (!group$all_levels) {
      inputs <- inputs - 1L
      # -1 is no input.
      inputs[seq_len(min(1, length(inputs)))] <- -1L
    }
    map <- inputs[coded$map]
    map[is.na(coded$map)] <- missing[[k]]
    list(
      column = coded$codes,
      plan = list(kind = "codes", map = map, missing = missing[[k]])
    )
  })
}

fit_levels <- function(group, k, column, class, trained) {
  levels <- group$levels[[k]]
  coded <- level_codes(column, class, levels)
  if (class == "character") {
    novel <- unique(column[is.na(coded$codes) & !is.na(column)])
    column <- as_factor(coded$codes, levels)
  } else {
    if (!is.factor(column)) {
      column <- as_factor(coded$codes, c("FALSE", "TRUE"))
    }
    # Levels that only stand in the list of levels harm nobody.
    novel <- if (anyNA(coded$map)) {
      occurs <- tabulate(coded$codes, length(coded$map)) > 0
      levels(column)[occurs & is.na(coded$map)]
    }
  }
  if (length(novel) == 0) {
    return(list(column = column))
  }
  novel <- utf8(novel[!is.na(novel)])
  if (length(novel) > 0 && trained == "ordered") {
    return(list(problem = sprintf(
      "The ordered factor %s has levels that training did not see: %s.",
      quote_name(group$columns[[k]]), list_levels(list(novel))
    )))
  }
  list(column = column, novel = novel)
}
