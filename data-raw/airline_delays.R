# Makes data/airline_delays.rda from the CRAN package hflights (CC0), which holds
# every commercial flight that left Houston (IAH and HOU) in 2011.
#
# Run from the top of the repository, with hflights installed:
#   Rscript data-raw/airline_delays.R
# The package itself never needs hflights: the result is shipped.

flights <- hflights::hflights

# A cancelled flight has no departure, so it has no delay to learn from.
flights <- flights[!is.na(flights$DepTime) & !is.na(flights$DepDelay), ]

# hflights leaves out the scheduled time. It is the actual time less the delay,
# around the clock: a flight due at 23:50 that left at 00:20 is 30 minutes late.
clock_minutes <- flights$DepTime %/% 100L * 60L + flights$DepTime %% 100L
scheduled <- (clock_minutes - flights$DepDelay) %% 1440L
flights$CRSDepTime <- scheduled %/% 60L * 100L + scheduled %% 60L

# Carrier and flight number only settle the order of flights due at one time, so
# that the order of the rows does not hang on the order within hflights.
in_time_order <- order(
  flights$Month, flights$DayofMonth, flights$CRSDepTime,
  flights$UniqueCarrier, flights$FlightNum, flights$Dest, flights$DepTime,
  method = "radix"
)
flights <- flights[in_time_order, ]

set.seed(
  2011,
  kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection"
)
flights <- flights[sort(sample.int(nrow(flights), 50000L)), ]

as_sorted_factor <- function(x) factor(x, levels = sort(unique(x), method = "radix"))

airline_delays <- data.frame(
  Month = factor(flights$Month, levels = 1:12),
  DayofMonth = as.integer(flights$DayofMonth),
  DayOfWeek = factor(flights$DayOfWeek, levels = 1:7),
  CRSDepTime = as.integer(flights$CRSDepTime),
  UniqueCarrier = as_sorted_factor(flights$UniqueCarrier),
  FlightNum = as.integer(flights$FlightNum),
  Origin = as_sorted_factor(flights$Origin),
  Dest = as_sorted_factor(flights$Dest),
  Distance = as.integer(flights$Distance),
  DepDelay = as.integer(flights$DepDelay),
  IsDepDelayed = factor(flights$DepDelay > 0L, labels = c("NO", "YES"))
)
rownames(airline_delays) <- NULL

stopifnot(
  !anyNA(airline_delays),
  nrow(airline_delays) == 50000L,
  airline_delays$CRSDepTime %% 100L < 60L,
  # Schedules keep to multiples of five minutes. Were the times worked out wrongly, one
  # in five would.
  mean(airline_delays$CRSDepTime %% 5L == 0L) > 0.5
)

save(
  airline_delays,
  file = file.path("data", "airline_delays.rda"), compress = "xz", version = 2
)
