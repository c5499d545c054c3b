#' @include encoder-number.R
NULL

# Numbers that enter otherwise than by mean and deviation: through a curve learned of the
# training rows (`scaling`), or as several inputs (`numeric_embedding`).
#   name; learn: function(quantiles, facts, settings): the map of a column, a list of
#     numbers; probabilities: function(settings), of the quantiles that it asks for
#   map: function(x, map): rows x inputs, the slow reference of what plan() tells the core
#   plan: function(map): what the core is told, beside what a missing number counts as
#   suffixes: function(map): of the inputs' names
#   sound: function(map): could it be of learn()?
#   facts: of the number encoder; maps; moments
#   group: columns; of the number encoder all else; maps; moments
new_mapped_encoder <- function(name, learn, probabilities, map, plan, suffixes, sound) {
  sizes <- function(group) {
    vapply(group$maps, function(map) length(suffixes(map)), 0L, USE.NAMES = FALSE)
  }
  new_encoder(
    name = name,
    facts = function(survey) mapped_facts(survey, learn, probabilities, map),
    missing = number_encoder$missing, constant = number_encoder$constant,
    problems = number_encoder$problems,
    group = function(facts, arguments) {
      c(
        number_encoder$group(facts, arguments),
        lapply(facts[c("maps", "moments")], stats::setNames, facts$columns)
      )
    },
    sizes = sizes,
    input_names = function(group) {
      unlist(Map(function(column, map) paste0(column, suffixes(map)), group$columns,
        group$maps
      ), use.names = FALSE)
    },
    unused = function(group) integer(),
    moments = function(group) {
      list(
        mean = unlist(lapply(group$moments, `[[`, "mean"), use.names = FALSE),
        square = unlist(lapply(group$moments, `[[`, "square"), use.names = FALSE)
      )
    },
    # No input is a multiple of the number.
    units = function(group) list(means = numeric(), scales = numeric()),
    repeated = function(values, units, sizes) abort_internal("Embedded numbers repeat."),
    plan = function(group, source) {
      at <- match(group$columns, source$names)
      Map(function(j, k) {
        list(
          column = plain_numbers(list(source_column(source, j)))[[1]],
          plan = c(plan(group$maps[[k]]), list(impute = group$impute[[k]]))
        )
      }, at, seq_along(at))
    },
    ready = number_encoder$ready, fit = number_encoder$fit, empty = number_encoder$empty,
    sound = function(group) {
      number_encoder$sound(group) && identical(names(group$maps), group$columns) &&
        identical(names(group$moments), group$columns) &&
        all(vapply(group$maps, function(map) isTRUE(sound(map)), NA))
    }
  )
}

mapped_facts <- function(survey, learn, probabilities, map) {
  facts <- number_encoder$facts(survey)
  settings <- survey$settings
  quantiles <- survey$ask("each", function(x, weights) {
    column_quantiles(x, probabilities(settings), weights)
  })
  facts$maps <- lapply(seq_along(facts$columns), function(k) {
    learn(quantiles[[k]], lapply(facts, `[[`, k), settings)
  })
  facts$moments <- survey$ask("each", function(x, weights, learned) {
    moments_of(map(x[!is.na(x)], learned), weights[!is.na(x)])
  }, facts$maps)
  facts
}

# Quantiles of a column's known numbers; as if rows were repeated by their weights, which
# are raised where they sum to less than the rows.
column_quantiles <- function(x, probabilities, weights = NULL) {
  known <- !is.na(x)
  if (!any(known)) {
    return(rep(NA_real_, length(probabilities)))
  }
  if (is.null(weights)) {
    return(stats::quantile(x[known], probabilities, names = FALSE))
  }
  order <- order(x[known])
  x <- x[known][order]
  weights <- weights[known][order]
  ends <- cumsum(weights) * max(1, length(x) / sum(weights))
  place <- probabilities * (ends[[length(ends)]] - 1)
  value <- function(place) x[pmin(findInterval(place, ends) + 1, length(x))]
  low <- value(floor(place))
  low + (place - floor(place)) * (value(floor(place) + 1) - low)
}

# Mean and mean square of each input.
moments_of <- function(inputs, weights) {
  if (length(weights) == 0) weights <- rep(1, nrow(inputs))
  total <- max(sum(weights), tiny)
  list(
    mean = colSums(inputs * weights) / total, square = colSums(inputs^2 * weights) / total
  )
}

# ---- Curves ------------------------------------------------------------------------

# Linear between knots, constant beyond. map: list(knots: increasing; values: knots x
# inputs)
follow_curves <- function(x, map) {
  vapply(seq_len(ncol(map$values)), function(j) {
    if (length(map$knots) == 1) {
      rep(map$values[[1, j]], length(x))
    } else {
      stats::approx(map$knots, map$values[, j], x, rule = 2)$y
    }
  }, numeric(length(x)))
}

curves_are_sound <- function(map) {
  is.double(map$knots) && all(is.finite(map$knots)) && all(diff(map$knots) > 0) &&
    is.double(map$values) && is.matrix(map$values) && ncol(map$values) > 0 &&
    nrow(map$values) == length(map$knots) && all(is.finite(map$values))
}

new_curves_encoder <- function(name, learn, probabilities, suffixes) {
  new_mapped_encoder(
    name, learn, probabilities,
    map = function(x, map) matrix(follow_curves(x, map), length(x)),
    plan = function(map) c(list(kind = "curves"), map),
    suffixes = suffixes, sound = curves_are_sound
  )
}

# One at least, for a column without a value.
distinct_knots <- function(quantiles) {
  knots <- unique(quantiles[!is.na(quantiles)])
  if (length(knots) > 0) knots else 0
}

# Normal scores: the quantile p of the training rows becomes that of the normal
# distribution, rows of one value the mean of their probabilities.
quantile_encoder <- new_curves_encoder(
  "quantile",
  learn = function(quantiles, facts, settings) {
    p <- seq(0, 1, length.out = length(quantiles))
    knots <- distinct_knots(quantiles)
    middle <- vapply(split(p, match(quantiles, knots, 1)), mean, 0, USE.NAMES = FALSE)
    least <- 1 / (2 * length(quantiles))
    list(
      knots = knots,
      values = cbind(stats::qnorm(pmin(pmax(middle, least), 1 - least)))
    )
  },
  probabilities = function(settings) seq(0, 1, length.out = 1001),
  suffixes = function(map) ""
)

# Bins with as many rows each: an input is 0 below its bin, 1 above, and the share of the
# bin that is passed within it.
bins_encoder <- new_curves_encoder(
  "piecewise_linear",
  learn = function(quantiles, facts, settings) {
    knots <- distinct_knots(quantiles)
    bins <- max(1, length(knots) - 1)
    list(
      knots = knots,
      values = 1 * outer(seq_along(knots), seq_len(bins), function(k, bin) k > bin)
    )
  },
  probabilities = function(settings) seq(0, 1, length.out = settings$embedding_size + 1),
  suffixes = function(map) paste0(".", seq_len(ncol(map$values)))
)

# ---- Formulas ----------------------------------------------------------------------

# By the quartiles, and bent where it is far out: z / sqrt(1 + (z / 3)^2).
robust_encoder <- new_mapped_encoder(
  "robust",
  learn = function(quantiles, facts, settings) {
    quantiles[is.na(quantiles)] <- 0
    width <- quantiles[[3]] - quantiles[[1]]
    # A normal distribution's deviation is that of mean and deviation.
    scale <- if (width > 0) 2 * stats::qnorm(0.75) / width else 1 / facts$sd
    list(centre = quantiles[[2]], scale = if (is.finite(scale)) scale else 1)
  },
  probabilities = function(settings) c(0.25, 0.5, 0.75),
  map = function(x, map) {
    z <- (x - map$centre) * map$scale
    cbind(z / sqrt(1 + (z / 3)^2))
  },
  plan = function(map) c(list(kind = "bent"), map),
  suffixes = function(map) "",
  sound = function(map) {
    numbers <- unlist(map[c("centre", "scale")])
    is.double(numbers) && length(numbers) == 2 && all(is.finite(numbers)) &&
      numbers[[2]] > 0
  }
)

# cos and sin of 2 pi c z, z by mean and deviation. The c are quantiles of a normal
# distribution, which as a set are what a draw is on average.
periodic_encoder <- new_mapped_encoder(
  "periodic",
  learn = function(quantiles, facts, settings) {
    k <- settings$embedding_size
    list(
      centre = facts$mean, scale = 1 / (if (facts$sd > 0) facts$sd else 1),
      frequencies = settings$embedding_scale *
        stats::qnorm((k + seq_len(k) - 0.5) / (2 * k))
    )
  },
  probabilities = function(settings) numeric(),
  map = function(x, map) {
    angle <- 2 * pi * outer((x - map$centre) * map$scale, map$frequencies)
    waves <- cbind(cos(angle), sin(angle))
    waves[, as.vector(rbind(seq_len(ncol(angle)), ncol(angle) + seq_len(ncol(angle)))),
      drop = FALSE
    ]
  },
  plan = function(map) c(list(kind = "waves"), map),
  suffixes = function(map) {
    paste0(rep(c(".cos", ".sin"), length(map$frequencies)),
      rep(seq_along(map$frequencies), each = 2)
    )
  },
  sound = function(map) {
    numbers <- unlist(map[c("centre", "scale", "frequencies")])
    is.double(numbers) && length(map$frequencies) > 0 && all(is.finite(numbers))
  }
)

# By the values of `scaling` and `numeric_embedding`.
numeric_encoders <- list(
  standard = number_encoder, robust = robust_encoder, quantile = quantile_encoder,
  piecewise_linear = bins_encoder, periodic = periodic_encoder
)
