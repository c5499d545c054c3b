#' @include encoder-record.R
NULL

# A factor (text, logical) becomes one input per level and one, the last, for a missing
# value: never expanded, the input at work is 1. Without `use_all_factor_levels` the first
# level has none. A level without a training row has an input that is never trained: in
# new rows it is unseen.
#   facts: levels; absent (positions of those without a row); shares (of the rows that
#     train); missing (a count)
#   group: columns, by decreasing number of levels; levels; absent; shares; starts (the
#     first input of each, from 0); missing_seen; all_levels; places: see level_places()
onehot_encoder <- new_encoder(
  name = "onehot",
  facts = function(survey) {
    levels <- survey$ask("levels")
    rows <- survey$ask("counts", levels)
    list(
      columns = survey$names, classes = survey$classes, levels = levels,
      absent = lapply(rows, function(n) which(n == 0)),
      shares = level_shares(survey, levels, rows, survey$n), rows = rows,
      response = if (survey$sorts) {
        survey$ask("means", levels)
      } else {
        vector("list", length(levels))
      },
      missing = survey$n - vapply(rows, sum, 0)
    )
  },
  missing = function(facts) levels_seen(facts) == 0,
  constant = function(facts) levels_seen(facts) <= 1,
  problems = function(facts, standardize, rows) rep(NA, length(facts$columns)),
  group = function(facts, arguments) {
    # A radix sort keeps ties in frame order.
    facts <- lapply(facts, `[`, order(-lengths(facts$levels), method = "radix"))
    group <- list(
      columns = facts$columns,
      levels = facts$levels,
      absent = facts$absent,
      shares = facts$shares,
      missing_seen = facts$missing > 0,
      all_levels = isTRUE(arguments[["use_all_factor_levels"]])
    )
    group$places <- level_places(facts, arguments)
    group$starts <- first_inputs(group)
    group
  },
  sizes = function(group) level_inputs(group) + 1L,
  input_names = function(group) {
    shown <- group$places$names %||% group$levels
    if (!group$all_levels) shown <- lapply(shown, `[`, -1)
    names <- Map(function(column, levels) {
      paste0(column, ".", c(levels, "missing(NA)"))
    }, group$places$titles %||% group$columns, shown)
    unlist(names, use.names = FALSE)
  },
  # An unseen level then adds nothing at prediction.
  unused = function(group) unseen_inputs(group),
  moments = function(group) {
    shares <- lapply(seq_along(group$shares), function(k) {
      shares <- shares_of_places(group, k)
      c(if (group$all_levels) shares else shares[-1], 1 - sum(shares))
    })
    shares <- unlist(shares, use.names = FALSE)
    list(mean = shares, square = shares)
  },
  units = function(group) {
    inputs <- sum(level_inputs(group) + 1L)
    list(means = numeric(inputs), scales = rep(1, inputs))
  },
  repeated = function(values, units, sizes) {
    values <- pmax(values, 0)
    ends <- cumsum(sizes)
    for (k in seq_along(sizes)) {
      at <- seq_len(sizes[[k]]) + ends[[k]] - sizes[[k]]
      total <- rowSums(values[, at, drop = FALSE])
      values[, at] <- values[, at] / ifelse(total > 0, total, 1)
    }
    values
  },
  plan = function(group, source) onehot_plan(group, source),
  ready = function(group, k, columns, classes, n, threads) logical(length(columns)),
  fit = function(group, k, column, class) fit_levels(group, k, column, class),
  empty = function(group, k, n) as_factor(rep(NA_integer_, n), group$levels[[k]]),
  sound = function(group) levels_are_sound(group)
)

levels_are_sound <- function(group) {
  n <- length(group$columns)
  each <- function(x, test) {
    is.list(x) && length(x) == n && identical(names(x), group$columns) &&
      all(vapply(x, test, NA))
  }
  each(group$levels, function(x) is_text(x) && anyDuplicated(x) == 0) &&
    each(group$absent, is.integer) &&
    all(mapply(function(absent, levels) all(absent %in% seq_along(levels)),
      group$absent, group$levels)) &&
    is.logical(group$missing_seen) && length(group$missing_seen) == n &&
    !anyNA(group$missing_seen) && rlang::is_bool(group$all_levels) &&
    places_are_sound(group) && identical(group$starts, first_inputs(group))
}

shares_of_places <- function(group, k) {
  shares <- group$shares[[k]]
  if (is.null(group$places)) {
    return(shares)
  }
  class_totals(group$places$places[[k]], shares, length(group$places$names[[k]]))
}

# Of the rows, or of their weights.
level_shares <- function(survey, levels, rows, n) {
  if (is.null(survey$weight_exponent)) {
    return(lapply(rows, `/`, n))
  }
  lapply(survey$ask("weights", levels), function(sums) {
    grid_value(sums) / survey$total_weight
  })
}

levels_seen <- function(facts) {
  lengths(facts$levels) - lengths(facts$absent)
}

# Inputs of each column's levels.
level_inputs <- function(group) {
  sizes <- as.integer(lengths(group$places$names %||% group$levels))
  if (group$all_levels) sizes else pmax(sizes - 1L, 0L)
}

first_inputs <- function(group) {
  ends <- cumsum(level_inputs(group) + 1L)
  stats::setNames(c(0L, ends)[seq_along(group$columns)], group$columns)
}

# The input of the missing value of each column, from 0: the last of its block.
missing_inputs <- function(group) {
  group$starts + level_inputs(group)
}

# The input of each level of column k, -1 for none.
inputs_of_levels <- function(group, k) {
  place <- group$places$places[[k]] %||% (seq_along(group$levels[[k]]) - 1L)
  input_of_place(group, k, place)
}

input_of_place <- function(group, k, place) {
  if (group$all_levels) {
    return(group$starts[[k]] + place)
  }
  ifelse(place == 0L, -1L, group$starts[[k]] + place - 1L)
}

unseen_inputs <- function(group) {
  levels <- lapply(which(lengths(group$absent) > 0), function(k) {
    inputs <- inputs_of_levels(group, k)
    setdiff(inputs[group$absent[[k]]], inputs[-group$absent[[k]]])
  })
  unseen <- c(unlist(levels), missing_inputs(group)[!group$missing_seen])
  unname(sort(unseen[unseen >= 0]))
}

# level_codes() without the levels that training did not see.
seen_codes <- function(group, k, column, class) {
  coded <- level_codes(column, class, group$levels[[k]])
  absent <- group$absent[[k]]
  if (length(absent) > 0) coded$map[coded$map %in% absent] <- NA
  coded
}

onehot_plan <- function(group, source) {
  at <- match(group$columns, source$names)
  missing <- missing_inputs(group)
  lapply(seq_along(at), function(k) {
    column <- source_column(source, at[k])
    coded <- seen_codes(group, k, column, column_class(column))
    map <- inputs_of_levels(group, k)[coded$map]
    map[is.na(coded$map)] <- unseen_input(group, k, missing[[k]])
    list(
      column = coded$codes,
      plan = list(kind = "codes", map = map, missing = missing[[k]])
    )
  })
}

# Where levels go that training did not see.
unseen_input <- function(group, k, missing) {
  rest <- group$places$rest[k]
  if (is.null(rest) || is.na(rest)) missing else input_of_place(group, k, rest)
}

fit_levels <- function(group, k, column, class) {
  coded <- seen_codes(group, k, column, class)
  if (class == "character") {
    novel <- unique(column[is.na(coded$map[coded$codes])])
    known <- group$levels[[k]]
    if (!is.na(group$places$rest[k] %||% NA)) {
      # Other text than a missing one.
      coded$codes[is.na(coded$codes) & !is.na(column)] <- length(known) + 1L
      known <- c(known, "\001other")
    }
    column <- as_factor(coded$codes, known)
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
  # A place for all others makes them known.
  if (!is.na(group$places$rest[k] %||% NA)) novel <- NULL
  list(column = column, novel = utf8(novel[!is.na(novel)]))
}
