# Long and wide tables, ranks within groups, words and time zones.
library(h2o)
h2o.init()
wide <- as.h2o(data.frame(id = 1:3, a = c(1, NA, 3), b = 4:6))
long <- h2o.melt(wide, id_vars = "id", skipna = TRUE)
stopifnot(nrow(long) == 5, identical(names(long), c("id", "variable", "value")))
stopifnot(dim(h2o.pivot(long, index = "id", column = "variable", value = "value")) == 3)
cars <- as.h2o(mtcars)
ranked <- h2o.rank_within_group_by(
  cars,
  group_by_cols = c("cyl"), sort_cols = c("mpg"), ascending = c(FALSE),
  new_col_name = "rank", sort_cols_sorted = FALSE
)
best <- ranked[ranked$rank == 1, ]
stopifnot(identical(as.vector(best$mpg), c(33.9, 21.4, 19.2)))
h2o.str(cars)
x <- as.h2o(c("Martha", "Dwayne", "Dixon"))
y <- as.character(as.h2o(c("Marhta", "Duane", "Dicksonx")))
likeness <- h2o.stringdist(x, y, method = "jw")
stopifnot(abs(likeness[1, 1] - 0.961) < 1e-3)
words <- h2o.tokenize(as.character(as.h2o(c("to be or", "not to be"))), " ")
stopifnot(nrow(words) == 8)
h2o.entropy(x)
h2o.setTimezone("Etc/UTC")
stopifnot(h2o.getTimezone() == "UTC", nrow(h2o.listTimezones()) > 0)
h2o.shutdown(prompt = FALSE)
