# Which input each level of a factor lights, where it is not one of its own in the order
# of the levels: levels sorted by the response, rare ones together, or as many inputs as
# the user allows.
#
# places: by column, the place of each level among the column's inputs, from 0; names: of
# the inputs, by column; rest: by column, the place of levels that training did not see,
# or NA for that of missing values; titles: of the columns

# facts: of onehot_encoder. NULL where every level has its own place.
level_places <- function(facts, arguments) {
  places <- switch(arguments[["categorical_encoding"]] %||% "AUTO",
    SortByResponse = sorted_places(facts),
    EnumLimited = limited_places(facts)
  )
  most <- arguments[["max_categorical_features"]] %||% Inf
  sizes <- if (is.null(places)) lengths(facts$levels) else lengths(places$names)
  if (sum(sizes) > most) hashed_places(facts, sizes, most) else places
}

# By increasing mean response; levels without a row come last.
sorted_places <- function(facts) {
  orders <- lapply(facts$response, function(mean) {
    order(is.na(mean), mean, method = "radix")
  })
  list(
    places = lapply(orders, function(order) match(seq_along(order), order) - 1L),
    names = Map(`[`, facts$levels, orders), rest = rep(NA_integer_, length(orders)),
    titles = facts$columns
  )
}

most_limited_levels <- 10

# The ten levels that most rows have, and at least two; all others are "other".
limited_places <- function(facts) {
  many <- lengths(facts$levels) > most_limited_levels
  kept <- Map(function(shares, rows, many) {
    if (!many) {
      return(seq_along(shares))
    }
    frequent <- utils::head(order(-shares, method = "radix"), most_limited_levels)
    sort(frequent[rows[frequent] > 1])
  }, facts$shares, facts$rows, many)
  list(
    places = Map(function(levels, kept) {
      place <- match(seq_along(levels), kept) - 1L
      ifelse(is.na(place), length(kept), place)
    }, facts$levels, kept),
    names = Map(function(levels, kept, many) {
      c(levels[kept], if (many) "other")
    }, facts$levels, kept, many),
    rest = ifelse(many, lengths(kept), NA_integer_),
    titles = ifelse(
      many, sprintf("%s.top_%d_levels", facts$columns, most_limited_levels), facts$columns
    )
  )
}

# Columns share the inputs there may be by their sizes. Of each column the levels with
# most rows keep half of its inputs for themselves; others go by a hash of their text.
hashed_places <- function(facts, sizes, most) {
  room <- pmax(1, floor(sizes * most / sum(sizes)))
  made <- Map(function(levels, shares, room) {
    if (length(levels) <= room) {
      return(list(place = seq_along(levels) - 1L, names = levels))
    }
    own <- sort(utils::head(order(-shares, method = "radix"), room %/% 2))
    place <- match(seq_along(levels), own) - 1L
    hashed <- length(own) + hash_text(levels) %% (room - length(own))
    place[is.na(place)] <- hashed[is.na(place)]
    # A bucket without a level is no input.
    used <- sort(unique(place))
    names <- c(levels[own], sprintf("hash%d", seq_len(room - length(own))))
    list(place = match(place, used) - 1L, names = names[used + 1])
  }, facts$levels, facts$shares, room)
  list(
    places = lapply(made, `[[`, "place"), names = lapply(made, `[[`, "names"),
    rest = rep(NA_integer_, length(made)), titles = facts$columns
  )
}

# The same on any machine: a polynomial of the code points.
hash_text <- function(texts) {
  vapply(texts, function(text) {
    Reduce(function(hash, code) (hash * 131 + code) %% 2^31, utf8ToInt(text), 7)
  }, 0, USE.NAMES = FALSE)
}

places_are_sound <- function(group) {
  places <- group$places
  if (is.null(places)) {
    return(TRUE)
  }
  n <- length(group$columns)
  all(lengths(list(
    places$places, places$names, places$rest, places$titles
  )) == n) && is.list(places$places) && is.list(places$names) &&
    all(mapply(function(place, names, levels, rest) {
      is.integer(place) && length(place) == length(levels) && is_text(names) &&
        all(place >= 0 & place < length(names)) &&
        (is.na(rest) || (rest >= 0 && rest < length(names)))
    }, places$places, places$names, group$levels, places$rest))
}
