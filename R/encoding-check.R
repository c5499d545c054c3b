# An encoding is part of a model, which anyone may edit: is it one that learn_encoding()
# could have made? Lengths that do not fit would be read beyond an end, and numbers that
# are none predicted from.

# Names of the fields that are not what they should be.
encoding_flaws <- function(encoding) {
  used <- encoding$predictors
  if (!is_text(used) || length(used) == 0 || anyDuplicated(used) > 0) {
    return("predictors")
  }
  of_each <- function(x, choices) {
    is_text(x) && length(x) == length(used) && all(x %in% choices)
  }
  classes <- encoding$classes
  if (!of_each(classes, names(column_families))) {
    return("classes")
  }
  kinds <- unique(classes)
  categorical <- unique(vapply(categorical_encoders, `[[`, "", "name"))
  factors <- if (is_text(encoding$encoders)) intersect(encoding$encoders, categorical)
  numeric <- unname(vapply(numeric_encoders, `[[`, "", "name"))
  numbers <- if (is_text(encoding$encoders)) intersect(encoding$encoders, numeric)
  encoder <- vapply(kinds, function(class) {
    c(if (holds_classes(class)) factors else numbers, "")[[1]]
  }, "")
  sound <- c(
    offered = is_text(encoding$offered) && all(used %in% encoding$offered),
    positional = rlang::is_bool(encoding$positional),
    types = of_each(encoding$types, c("factor", "numeric")) &&
      all((column_families[classes] == "factor") == (encoding$types == "factor")),
    encoders = of_each(encoding$encoders, encoder) &&
      all(encoding$encoders == encoder[match(classes, kinds)]),
    sparse = rlang::is_bool(encoding$sparse)
  )
  if (!all(sound)) {
    return(names(sound)[!sound])
  }
  if (!groups_fit(encoding$groups, used, encoding$encoders)) {
    return("groups")
  }
  inputs <- sum(input_blocks(encoding))
  sound <- c(
    inputs = is.numeric(encoding$inputs) && isTRUE(encoding$inputs == inputs),
    input_names = is_text(encoding$input_names) && length(encoding$input_names) == inputs,
    unused = is.numeric(encoding$unused) &&
      all(encoding$unused %in% (seq_len(inputs) - 1))
  )
  names(sound)[!sound]
}

groups_fit <- function(groups, used, of_column) {
  present <- intersect(names(encoders), of_column)
  is.list(groups) && identical(names(groups), present) &&
    all(vapply(present, function(name) {
      group <- groups[[name]]
      is.list(group) && is_text(group$columns) &&
        anyDuplicated(group$columns) == 0 &&
        setequal(group$columns, used[of_column == name]) &&
        isTRUE(encoders[[name]]$sound(group))
    }, NA))
}
