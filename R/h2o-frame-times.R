#' @include h2o-frame-text.R
NULL

# Times: their parts, and times of parts and of text.

# A part of the time of each row.
time_part <- function(x, part) {
  map_frame(read_h2o_frame(x, "x"), function(column) {
    if (!inherits(column, "POSIXct")) {
      abort_input("Parts of dates need a column of times; as.Date(x, format) makes one.")
    }
    part(as.POSIXlt(column, tz = "UTC"))
  })
}

#' @rdname h2o.text
#' @export
h2o.year <- function(x) time_part(x, function(time) time$year + 1900)

#' @rdname h2o.text
#' @export
h2o.month <- function(x) time_part(x, function(time) time$mon + 1L)

#' @rdname h2o.text
#' @export
h2o.week <- function(x) time_part(x, function(time) as.integer(format(time, "%V")))

#' @rdname h2o.text
#' @export
h2o.day <- function(x) time_part(x, function(time) time$mday)

#' @rdname h2o.text
#' @export
h2o.hour <- function(x) time_part(x, function(time) time$hour)

#' @rdname h2o.text
#' @export
h2o.dayOfWeek <- function(x) {
  days <- c("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
  time_part(x, function(time) factor(days[(time$wday + 6) %% 7 + 1], days))
}

#' @rdname h2o.text
#' @export
h2o.mktime <- function(year = 1970, month = 0, day = 0, hour = 0, minute = 0,
                       second = 0, msec = 0) {
  parts <- list(
    year = year, month = month, day = day, hour = hour, minute = minute,
    second = second, msec = msec
  )
  parts <- Map(read_time_part, parts, names(parts), time_part_limits[names(parts)])
  rows <- max(lengths(parts))
  if (!all(lengths(parts) %in% c(1, rows))) {
    abort_input(sprintf(
      "The parts have different numbers of rows: %s.", shorten(unname(lengths(parts)))
    ))
  }
  days <- sprintf(
    "%04.0f-%02.0f-%02.0f", parts$year, parts$month + 1, parts$day + 1
  )
  days <- as.Date(days, format = "%Y-%m-%d")
  missing <- Reduce(`|`, lapply(parts, is.na))
  wrong <- which(is.na(days) & !missing)
  if (length(wrong) > 0) {
    at <- function(part) rep_len(part, rows)[[wrong[[1]]]]
    abort_argument(sprintf(
      "There is no `day` %.0f in `month` %.0f of %.0f, both counted from 0.",
      at(parts$day), at(parts$month), at(parts$year)
    ))
  }
  seconds <- 3600 * parts$hour + 60 * parts$minute + parts$second
  new_frame(list(name = 1000 * (86400 * as.numeric(days) + seconds) + parts$msec))
}

# The least and the largest value of each; the length of the month is looked at later.
time_part_limits <- list(
  year = c(0, 9999), month = c(0, 11), day = c(0, 30), hour = c(0, 23),
  minute = c(0, 59), second = c(0, 59), msec = c(0, 999)
)

# Whole numbers; what comes after the point is dropped.
read_time_part <- function(part, name, limits) {
  part <- as_values(part, name)
  if (!is.numeric(part) || is.object(part)) {
    abort_argument(sprintf("`%s` must be numbers, not %s.", name, shorten(part)))
  }
  part <- trunc(as.numeric(part))
  wrong <- which(part < limits[[1]] | part > limits[[2]])
  if (length(wrong) > 0) {
    abort_argument(sprintf(
      "`%s` must be from %s to %s, not %s.", name, format_number(limits[[1]]),
      format_number(limits[[2]]), format_number(part[[wrong[[1]]]])
    ))
  }
  part
}

#' @rdname h2o.columns
#' @export
h2o.as_date <- function(x, format) {
  format <- check_argument(rule_text(), "format", format)
  x <- read_h2o_frame(x, "x")
  for (name in names(x)[flags_of(x, is.numeric)]) {
    abort_input(sprintf(
      "The column %s holds numbers: dates are read from text or categories.",
      quote_name(name)
    ))
  }
  # strptime() takes what the format lacks from today; here it is the first of January
  # of 1970.
  lacks <- vapply(c("yYDFcxC", "mbBhjDFcx", "dejDFcx"), function(codes) {
    !grepl(sprintf("%%[EO]?[%s]", codes), format)
  }, NA)
  format <- paste(c(c("%Y", "%m", "%d")[lacks], format), collapse = " ")
  first <- paste(c(c("1970", "01", "01")[lacks], ""), collapse = " ")
  map_frame(x, function(column) {
    as.POSIXct(strptime(paste0(first, as_text(column)), format, tz = "UTC"))
  })
}

#' Times
#'
#' Times are kept in UTC, whatever the session's time zone; there is no other choice.
#'
#' @param tz "UTC", or another name of it.
#' @return `h2o.getTimezone()` and `h2o.setTimezone()`: the name; `h2o.listTimezones()`: a
#'   frame with the column `Timezones`.
#' @examples
#' h2o.getTimezone()
#' @export
h2o.getTimezone <- function() "UTC"

#' @rdname h2o.getTimezone
#' @export
h2o.setTimezone <- function(tz) {
  if (!is_one_of(tz, utc_names)) {
    abort_argument(sprintf(
      "`tz` must be UTC, in which times are kept, not %s: convert times before as.h2o().",
      shorten(tz)
    ))
  }
  invisible("UTC")
}

utc_names <- c("UTC", "Etc/UTC", "GMT", "Etc/GMT", "UCT", "Etc/UCT", "Zulu", "Etc/Zulu")

#' @rdname h2o.getTimezone
#' @export
h2o.listTimezones <- function() new_frame(list(Timezones = utc_names))
