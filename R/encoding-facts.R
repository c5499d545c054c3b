# What training must know of the columns: range, mean, spread, levels, missing values. By
# name of encoder a list of vectors and lists with one element per column
# (encoder-record.R).

# All problems are thrown together, in the order of the columns.
# how: list(standardize, categorical: a value of `categorical_encoding`, y: the response
# of the frame's rows as numbers, or NULL)
learn_columns <- function(source, how, rows = NULL, weights = NULL,
                          names = source$names, threads = 1L) {
  if (!is.null(weights)) {
    weights <- if (is.null(rows)) weights else weights[rows]
    # Ones are no weights: the same bits.
    weights <- if (all(weights == 1)) NULL else as.double(weights)
  }
  how$numeric <- how$numeric %||% "standard"
  plain <- how$numeric == "standard"
  if (!plain) check_one_place(source, how)
  learned <- if (source$kind == "sparse") {
    all_numbers(names, "numeric", learn_sparse(source, names, rows, weights))
  } else if (source$kind == "scattered") {
    learn_scattered(source, names, rows, weights, how)
  } else if (plain && is_number_matrix(source) && is.null(rows) && is.null(weights)) {
    classes <- rep(plain_classes[[typeof(source$data)]], length(names))
    survey <- survey_here(source$data, names, classes, threads = threads)
    list(facts = list(number = number_encoder$facts(survey)))
  } else {
    columns <- source_columns(source, match(names, source$names))
    learn_list(stats::setNames(columns, names), rows, weights, threads, how)
  }
  problems <- c(
    learned$problems, ask_of_facts(learned$facts, "problems", how$standardize, rows)
  )[names]
  if (!all(is.na(problems))) {
    abort_input(unname(problems[!is.na(problems)]))
  }
  learned$facts
}

# list(facts, problems: sentences by name of the column)
learn_list <- function(columns, rows, weights, threads, how = list()) {
  # What a column is, is a matter of the whole of it, not of the rows that train.
  classes <- vapply(columns, column_class, "")
  known <- !is.na(classes)
  if (!is.null(rows)) columns[known] <- lapply(columns[known], `[`, rows)
  judged <- !classes %in% c("logical", "integer", "numeric")
  problems <- unlist(Map(
    column_problem, columns[judged], names(columns)[judged], classes[judged]
  ))
  y <- pick_rows(how$y, rows)
  learn_by_encoder(names(columns), classes, problems, how, function(mine, key) {
    survey_here(
      columns[mine], names(columns)[mine], unname(classes[mine]), weights, threads, y
    )
  })
}

# Quantiles are of all rows.
check_one_place <- function(source, how) {
  if (source$kind %in% c("sparse", "scattered")) {
    scales <- how$numeric %in% c("robust", "quantile")
    name <- if (scales) "scaling" else "numeric_embedding"
    abort_argument(sprintf(
      "`%s` = \"%s\" is for data frames and dense matrices, not for %s.", name,
      how$numeric, if (source$kind == "sparse") "a dgCMatrix" else "rows in shards"
    ))
  }
}

# Rows in shards: the same, asked of those who hold them.
learn_scattered <- function(source, names, rows, weights, how) {
  if (!is.null(how$y)) {
    abort_input(paste(
      "`categorical_encoding` = \"SortByResponse\" needs all rows in one place: give a",
      "data frame, or choose another."
    ))
  }
  columns <- source$data[names]
  classes <- attr(columns, "classes")
  own <- rows_in_shards(columns, rows)
  sizes <- attr(columns, "sizes")
  counted <- if (is.null(rows)) sizes else lengths(own)
  # Of the rows that count.
  ends <- cumsum(counted)
  weighted <- survey_weights(weights)
  ask_shards(columns, "survey", lapply(seq_along(sizes), function(s) {
    list(
      rows = own[[s]], exponent = weighted$weight_exponent,
      weights = weights[seq_len(counted[[s]]) + ends[[s]] - counted[[s]]]
    )
  }))
  on.exit(ask_shards(columns, "survey"))
  told <- ask_shards(columns, "judge", rep(list(classes), length(sizes)))
  problems <- unlist(told)
  learn_by_encoder(
    names, classes, problems[!duplicated(names(problems))], how, function(mine, key) {
      classes <- unname(classes[mine])
      survey_parts(names[mine], classes, counted, function(pass, ...) {
        order <- list(
          key = key, names = names[mine], classes = classes, pass = pass,
          arguments = list(...)
        )
        ask_shards(columns, "ask", rep(list(order), length(sizes)))
      }, weights)
    }
  )
}

# survey: function(mine: places of columns, key: a name for them)
learn_by_encoder <- function(names, classes, problems, how, survey) {
  fit <- !names %in% names(problems)
  kinds <- unique(classes[fit])
  encoder <- vapply(kinds, function(class) {
    encoder_for(class, how$categorical %||% "AUTO", how$numeric %||% "standard")$name
  }, "")
  used <- encoder[match(classes, kinds)]
  facts <- lapply(stats::setNames(nm = unique(encoder)), function(name) {
    asked <- survey(which(fit & used == name), name)
    encoders[[name]]$facts(c(asked, list(settings = how$settings)))
  })
  list(facts = facts, problems = problems)
}

all_numbers <- function(names, class, facts) {
  facts <- c(list(columns = names, classes = rep(class, length(names))), facts)
  list(facts = stats::setNames(list(facts), number_encoder$name))
}

# What encoders say of their columns' facts, by name of the column.
ask_of_facts <- function(facts, what, ...) {
  unlist(lapply(names(facts), function(name) {
    answers <- encoders[[name]][[what]](facts[[name]], ...)
    stats::setNames(answers, facts[[name]]$columns)
  }))
}

# The facts of these columns only.
keep_facts <- function(facts, names) {
  facts <- lapply(facts, function(table) {
    lapply(table, `[`, table$columns %in% names)
  })
  Filter(function(table) length(table$columns) > 0, facts)
}
