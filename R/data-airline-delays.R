#' Departure delays of flights from Houston in 2011
#'
#' A random sample of 50,000 commercial domestic flights that left Houston's two
#' airports in 2011, for predicting whether a flight leaves late (`IsDepDelayed`) or
#' by how much (`DepDelay`). The columns have the names of the airline data in H2O's
#' examples.
#'
#' H2O's airline examples predict `IsDepDelayed` from eight columns, `Year` among
#' them. Here there is one year only, so `Year` has nothing to say and `CRSDepTime`,
#' the scheduled time of departure, stands in its place:
#' `Origin`, `Dest`, `UniqueCarrier`, `DayOfWeek`, `Month`, `Distance`, `FlightNum`
#' and `CRSDepTime`, all of them known before the flight leaves.
#'
#' **A leak:** `IsDepDelayed` is made from `DepDelay`, so `DepDelay` must never be a
#' predictor of it, nor the other way round. Each is the response of its own task:
#' leave the other out.
#'
#' Cancelled flights are not among the rows, since they have no departure. There are
#' no missing values. The rows are in the order of their scheduled departures.
#'
#' @format A data frame with 50,000 rows and 11 columns:
#' \describe{
#'   \item{Month}{Month of the scheduled departure, a factor with the levels `1`
#'     (January) to `12`.}
#'   \item{DayofMonth}{Day of the month, an integer from 1 to 31.}
#'   \item{DayOfWeek}{Day of the week, a factor with the levels `1` (Monday) to `7`
#'     (Sunday).}
#'   \item{CRSDepTime}{Scheduled local time of departure as an integer in the form
#'     hhmm: 1405 is 14:05. It is not in the source and was worked out as actual
#'     departure less delay. (CRS: computer reservation system.)}
#'   \item{UniqueCarrier}{Code of the airline, a factor with 15 levels.}
#'   \item{FlightNum}{Flight number, an integer from 1 to 7240.}
#'   \item{Origin}{Airport of departure, a factor with the levels `HOU` (Hobby) and
#'     `IAH` (Intercontinental).}
#'   \item{Dest}{Airport of destination, a factor with 114 levels.}
#'   \item{Distance}{Distance between the airports in miles, an integer from 127 to
#'     3904.}
#'   \item{DepDelay}{Departure delay in minutes, an integer from -23 to 970; negative
#'     for a flight that left early.}
#'   \item{IsDepDelayed}{Whether the flight left late (`DepDelay` above 0), a factor
#'     with the levels `NO` and `YES`. `YES` for 48.8 % of the rows.}
#' }
#' @source The R package \pkg{hflights} 0.1 (Hadley Wickham, 2013; licence CC0), made
#'   from the on-time performance data of the United States Bureau of Transportation
#'   Statistics. The script `data-raw/airline_delays.R` in the source repository draws
#'   the sample, with a fixed seed.
#' @keywords datasets
#' @examples
#' str(airline_delays)
#'
#' # Flights late in the day leave late more often.
#' hour <- airline_delays$CRSDepTime %/% 100
#' round(tapply(airline_delays$IsDepDelayed == "YES", hour, mean), 2)
"airline_delays"
