# Rules of single arguments. A rule is list(wanted, accept): `wanted` says in words what
# the value must be, in messages and on the help page; `accept(value)` returns the value
# in the form in which it is stored, or refuse().

new_rule <- function(wanted, accept) list(wanted = wanted, accept = accept)

# `advice` is a further sentence for the message.
refuse <- function(advice = NULL) {
  structure(list(advice = advice), class = "feedforward_refusal")
}

is_refusal <- function(x) inherits(x, "feedforward_refusal")

# Applies the rule of `name`: list(value) when it is good, list(problem) when not.
apply_rule <- function(rule, name, value) {
  stored <- rule$accept(value)
  if (!is_refusal(stored)) {
    return(list(value = stored))
  }
  problem <- sprintf(
    "%s must be %s, not %s.", quote_name(name), rule$wanted, shorten(value)
  )
  list(problem = paste(c(problem, stored$advice), collapse = " "))
}

rule_flag <- function() {
  new_rule("TRUE or FALSE", function(value) {
    if (is.logical(value) && length(value) == 1 && !is.na(value)) value[[1]] else refuse()
  })
}

# One number. `above` and `below` are open ends, `from` and `to` closed ones.
rule_number <- function(from = -Inf, to = Inf, above = -Inf, below = Inf,
                        infinite = FALSE) {
  wanted <- paste0("a number", range_words(from, to, above, below))
  new_rule(if (infinite) paste0(wanted, ", or Inf") else wanted, function(value) {
    if (!is_bare_number(value)) {
      return(refuse())
    }
    value <- as.numeric(value)
    inside <- value >= from && value <= to && value > above && value < below
    if (value == Inf) inside <- infinite
    if (inside && value > -Inf) value else refuse()
  })
}

rule_whole <- function(from, to = 2147483647) {
  wanted <- paste0("a whole number", range_words(from, if (to < 2147483647) to else Inf))
  new_rule(wanted, function(value) {
    good <- is_bare_number(value) && value == trunc(value) && value >= from && value <= to
    if (good) as.numeric(value) else refuse()
  })
}

range_words <- function(from = -Inf, to = Inf, above = -Inf, below = Inf) {
  show <- format_number
  if (from > -Inf && to < Inf) {
    return(sprintf(" from %s to %s", show(from), show(to)))
  }
  low <- if (above > -Inf) paste("above", show(above))
  if (from > -Inf) low <- paste("of at least", show(from))
  high <- if (below < Inf) paste("below", show(below))
  if (to < Inf) high <- paste("of at most", show(to))
  ends <- paste(c(low, high), collapse = " and ")
  if (nzchar(ends)) paste0(" ", ends) else ""
}

# One of `values`, matched without regard to case. `refused` are those that H2O's network
# refuses, too.
rule_choice <- function(values, refused = character()) {
  wanted <- paste("one of", paste0("\"", values, "\"", collapse = ", "))
  new_rule(wanted, function(value) {
    if (!is.character(value) || length(value) != 1 || is.na(value)) {
      return(refuse())
    }
    if (same_text(value, values) > 0) {
      return(values[[same_text(value, values)]])
    }
    if (same_text(value, refused) > 0) {
      return(refuse("H2O's network refuses that choice, too: take \"OneHotInternal\"."))
    }
    near <- value_elsewhere(value, values) %||% nearest_name(value, values)
    refuse(if (!is.null(near)) sprintf("Did you mean \"%s\"?", near))
  })
}

# One of `choices` for an argument of another function than deeplearning(); the whole
# vector (a default not touched) means the first.
choose_one <- function(value, choices, name) {
  if (identical(value, choices)) {
    return(choices[[1]])
  }
  check_argument(rule_choice(choices), name, value)
}

# The value of an argument of such a function as its rule stores it.
check_argument <- function(rule, name, value) {
  checked <- apply_rule(rule, name, value)
  if (!is.null(checked$problem)) {
    abort_argument(checked$problem)
  }
  checked$value
}

# NULL or what `rule` asks for.
rule_optional <- function(rule) {
  new_rule(paste("NULL or", rule$wanted), function(value) {
    if (is.null(value)) NULL else rule$accept(value)
  })
}

# "auto" or what `rule` asks for.
rule_auto <- function(rule) {
  new_rule(paste("\"auto\" or", rule$wanted), function(value) {
    auto <- is.character(value) && length(value) == 1 && same_text(value, "auto") > 0
    if (auto) "auto" else rule$accept(value)
  })
}

rule_text <- function() {
  new_rule("a string", function(value) {
    good <- is.character(value) && length(value) == 1 && !is.na(value) && nzchar(value)
    if (good) as.character(value) else refuse()
  })
}

# A column, looked up when the data are there. In the call with `x` and `y` as data, a
# numeric vector gives the values themselves, so its length is not judged here.
rule_cluster <- function() {
  wanted <- paste(
    "NULL, a cluster of cluster_local(), cluster_mirai(), cluster_mpi() or",
    "parallel::makePSOCKcluster(), or \"mpi\""
  )
  new_rule(wanted, function(value) {
    if (inherits(value, "miraiCluster")) {
      refuse("Its nodes are not tied to processes; those of cluster_mirai() are.")
    } else if (is.null(value) || identical(value, "mpi") || is_cluster(value)) {
      value
    } else {
      refuse()
    }
  })
}

is_cluster <- function(value) {
  inherits(value, c("mirai_workers", "feedforward_mpi")) ||
    inherits(value, "cluster") && length(value) > 0 &&
      all(vapply(unclass(value), function(node) inherits(node$con, "sockconn"), NA))
}

rule_column <- function() {
  new_rule("NULL or the name or position of a column", function(value) {
    if (is.null(value)) {
      return(NULL)
    }
    name <- is.character(value) && length(value) == 1 && !is.na(value)
    if (name || (is.numeric(value) && length(value) > 0)) value else refuse()
  })
}

rule_folds <- function() {
  new_rule("0 or a whole number of at least 2", function(value) {
    good <- is_bare_number(value) && value == trunc(value) && value >= 0 &&
      value != 1 && value <= 2147483647
    if (good) as.numeric(value) else refuse("One fold would leave no row to train on.")
  })
}

rule_factors <- function() {
  new_rule("NULL or numbers above 0, one per class", function(value) {
    if (is.null(value) || (is.numeric(value) && length(value) > 0 && !anyNA(value) &&
      all(value == 0))) {
      return(NULL)
    }
    good <- is.numeric(value) && !is.object(value) && length(value) > 0 &&
      all(is.finite(value)) && all(value > 0)
    if (good) as.numeric(value) else refuse()
  })
}

rule_function <- function() {
  new_rule("NULL or a function", function(value) {
    if (is.null(value) || is.function(value)) value else refuse()
  })
}

rule_hidden <- function() {
  new_rule("a vector of whole numbers of at least 1", function(value) {
    if (is.numeric(value) && !is.object(value) && length(dim(value)) == 0) {
      if (length(value) == 0) {
        return(numeric())
      }
      if (all(is.finite(value)) && all(value == trunc(value)) && all(value >= 1)) {
        if (all(value <= 2147483647)) {
          return(as.numeric(value))
        }
        return(refuse("The largest layer is 2147483647 units."))
      }
    }
    refuse("For a model without a hidden layer use `hidden = numeric()`.")
  })
}

rule_ratios <- function() {
  wanted <- "NULL or numbers of at least 0 and below 1, one per hidden layer"
  new_rule(wanted, function(value) {
    if (is.null(value)) {
      return(NULL)
    }
    good <- is.numeric(value) && !is.object(value) && !anyNA(value) &&
      all(value >= 0) && all(value < 1)
    if (good) as.numeric(value) else refuse("Each is the share of units to drop.")
  })
}

# Weights or biases to start from; dimensions are judged when the inputs are known.
rule_layers <- function(entries) {
  wanted <- sprintf("NULL or a list of %s, NULL entries allowed", entries)
  new_rule(wanted, function(value) {
    if (is.null(value) || (is.list(value) && !is.data.frame(value))) value else refuse()
  })
}

rule_any <- function(wanted = "NULL") new_rule(wanted, function(value) value)

# Up to 64 bit. Doubles hold whole numbers exactly only up to 2^53; larger seeds come as
# strings and are kept as such.
rule_seed <- function() {
  new_rule("a whole number, as a string of digits if beyond 2^53", function(value) {
    if (is.character(value) && length(value) == 1 && !is.na(value)) {
      if (is.null(seed_words(value))) {
        return(refuse("Strings hold digits, from -2^63 to 2^63 - 1."))
      }
      # -1 asks for a random seed, however it is written.
      return(if (grepl("^\\s*-0*1\\s*$", value)) -1 else trimws(value))
    }
    if (!is_bare_number(value) || value != trunc(value)) {
      return(refuse(
        if (inherits(value, "integer64")) "Give it as a string, as.character(seed)."
      ))
    }
    if (abs(value) > 2^53) {
      return(refuse("Digits beyond 2^53 are lost in a number; give the seed in quotes."))
    }
    as.numeric(value)
  })
}

# The two's complement of a seed as c(low, high), two whole numbers from 0 to 2^32 - 1;
# NULL if it does not fit into 64 bit.
seed_words <- function(seed) {
  text <- if (is.character(seed)) trimws(seed) else sprintf("%.0f", seed)
  if (!grepl("^[-+]?[0-9]+$", text)) {
    return(NULL)
  }
  negative <- startsWith(text, "-")
  digits <- sub("^0+", "", sub("^[-+]", "", text))
  if (nchar(digits) > 19) {
    return(NULL)
  }
  low <- 0
  high <- 0
  # Horner's rule on two words; no step exceeds 2^53.
  for (digit in utf8ToInt(digits) - 48) {
    low <- low * 10 + digit
    high <- high * 10 + low %/% 2^32
    low <- low %% 2^32
  }
  most <- if (negative) high > 2^31 || (high == 2^31 && low > 0) else high >= 2^31
  if (most) {
    return(NULL)
  }
  if (negative && (low > 0 || high > 0)) {
    # Minus n is the complement of n - 1.
    borrow <- low == 0
    low <- if (borrow) 0 else 2^32 - low
    high <- (2^32 - high - !borrow) %% 2^32
  }
  c(low, high)
}
