# What scripts call on frames though base and stats have no methods for it. h2o.init()
# puts these functions on the search path, in an environment of their own, and
# h2o.shutdown() takes it away; library(feedforward) alone shows nothing of them. On
# anything but a frame each calls the function it stands before, with the arguments as
# they came.

# A function of base that looks at its first argument first. Nothing is a frame that is
# not an object, which is cheap to ask.
before <- function(base, ours) {
  force(base)
  force(ours)
  function(x, ...) if (is.object(x) && is_frame(x)) ours(x, ...) else base(x, ...)
}

# The same of two arguments, of which either may be the frame.
before_two <- function(base, ours) {
  force(base)
  force(ours)
  function(x, y) {
    objects <- is.object(x) || is.object(y)
    if (objects && (is_frame(x) || is_frame(y))) ours(x, y) else base(x, y)
  }
}

attached_functions <- function() {
  c(list(
    as.factor = before(base::as.factor, function(x) h2o.asfactor(x)),
    is.factor = before(base::is.factor, function(x) all_columns(x, is.factor)),
    is.character = before(base::is.character, function(x) all_columns(x, is.character)),
    sd = before(stats::sd, function(x, na.rm = FALSE) h2o.sd(x, na.rm)),
    var = before(stats::var, function(x, ...) h2o.var(x, ...)),
    cor = before(stats::cor, function(x, ...) h2o.cor(x, ...)),
    `%*%` = before_two(base::`%*%`, function(x, y) frame_product(x, y)),
    day = before_next("day", h2o.day),
    dayOfWeek = before_next("dayOfWeek", h2o.dayOfWeek),
    hour = before_next("hour", h2o.hour), month = before_next("month", h2o.month),
    week = before_next("week", h2o.week), year = before_next("year", h2o.year)
  ), attached_with_names())
}

# Before whatever function of that name comes after ours on the search path, data.table's
# for instance.
before_next <- function(name, ours) {
  force(ours)
  function(x, ...) {
    ours_at <- attached_place()
    after <- if (!is_frame(x) && !identical(ours_at, emptyenv())) {
      get0(name, parent.env(ours_at), mode = "function")
    }
    if (is.null(after)) ours(x, ...) else after(x, ...)
  }
}

# Functions whose arguments are called otherwise.
attached_with_names <- function() {
  plain_in <- base::`%in%`
  plain_ifelse <- base::ifelse
  plain_apply <- base::apply
  is_one <- function(x) is.object(x) && is_frame(x)
  list(
    `%in%` = function(x, table) {
      if (is.object(x) && is_frame(x)) h2o_in(x, table) else plain_in(x, table)
    },
    ifelse = function(test, yes, no) {
      if (is_one(test)) h2o.ifelse(test, yes, no) else plain_ifelse(test, yes, no)
    },
    # A function given by its name is looked for where apply() was called.
    apply = function(X, MARGIN, FUN, ..., simplify = TRUE) {
      FUN <- match.fun(FUN)
      if (is_one(X)) {
        frame_apply(X, MARGIN, FUN, ...)
      } else {
        plain_apply(X, MARGIN, FUN, ..., simplify = simplify)
      }
    }
  )
}

attached_name <- "feedforward:h2o"

attached_place <- function() {
  if (attached_name %in% search()) as.environment(attached_name) else emptyenv()
}

attach_frame_functions <- function() {
  if (!attached_name %in% search()) {
    # On the user's word, h2o.init(), and taken away again by h2o.shutdown().
    base::attach(
      list2env(attached_functions()),
      name = attached_name, warn.conflicts = FALSE
    )
  }
  invisible()
}

detach_frame_functions <- function() {
  if (attached_name %in% search()) {
    detach(attached_name, character.only = TRUE)
  }
  invisible()
}

all_columns <- function(x, is) {
  flags <- vapply(bare_frame(x), is, NA)
  all(flags)
}

h2o_in <- function(x, table) {
  table <- if (is_frame(table)) unlist(lapply(table, as.character)) else table
  map_frame(x, function(column) {
    if (is.factor(column)) column <- as.character(column)
    as.integer(column %in% table)
  })
}

frame_product <- function(x, y) {
  as_quiet_frame(as.matrix(bare_frame(x)) %*% as.matrix(bare_frame(y)))
}

# Over the columns, or the rows, of a frame: each is given as a frame, as to a function in
# H2O's own language, and what comes back makes the columns, or the rows, of a frame.
frame_apply <- function(x, margin, fun, ...) {
  if (length(margin) != 1 || !margin %in% 1:2) {
    abort_argument(sprintf(
      "`MARGIN` must be 1, each row, or 2, each column, not %s.", shorten(margin)
    ))
  }
  if (margin == 2) {
    values <- lapply(seq_along(x), function(j) value_of_frame(fun(x[j], ...)))
    names(values) <- names(x)
    return(new_frame(values))
  }
  # Each of these alone is of columns; here it is of the row.
  row_functions <- list(
    mean = base::mean, median = stats::median, max = base::max, min = base::min,
    sum = base::sum, range = base::range, sd = stats::sd
  )
  called <- c(row_functions, sd = get0("sd", attached_place(), inherits = FALSE))
  known <- names(called)[vapply(called, identical, NA, fun)]
  if (length(known) > 0) {
    rows <- numbers_of_frame(x)
    values <- lapply(seq_len(nrow(rows)), function(i) {
      row_functions[[known[[1]]]](rows[i, ], ...)
    })
    return(as_quiet_frame(unname(do.call(rbind, values))))
  }
  values <- lapply(seq_len(frame_rows(x)), function(i) {
    unlist(lapply(value_of_frame(fun(x[i, ], ...)), number_or_text))
  })
  as_quiet_frame(unname(do.call(rbind, values)))
}

number_or_text <- function(x) if (is.factor(x)) as.character(x) else x

value_of_frame <- function(value) {
  if (is_frame(value)) unlist(lapply(bare_frame(value), number_or_text)) else value
}
