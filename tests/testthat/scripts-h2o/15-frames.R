# What users do to frames before they train.
library(h2o)
h2o.init()
fr <- as.h2o(iris, destination_frame = "iris.hex")
print(dim(fr))
colnames(fr)[5] <- "class"
names(fr)[names(fr) == "Sepal.Length"] <- "sl"
fr$ratio <- fr$sl / fr$Sepal.Width
fr$zero <- fr$sl * 0
fr$zero <- NULL
fr$long <- ifelse(fr$Petal.Length > 4, 1, 0)
fr$kind <- ifelse(fr$class %in% c("setosa", "virginica"), "a", "b")
fr$kind <- as.factor(fr$kind)
stopifnot(is.factor(fr$kind), h2o.nlevels(fr$kind) == 2, sum(fr$long) == 84)
few <- fr[!(fr$class %in% c("setosa")), ]
stopifnot(nrow(few) == 100)
few <- fr[fr$class == "virginica" & fr$sl > 7, c("sl", "class")]
stopifnot(nrow(few) == 12, ncol(few) == 2)
stopifnot(fr[1, 1] == 5.1, nrow(fr[, 1]) == 150, nrow(fr$sl[1:3, ]) == 3)
x <- fr[-5]
stopifnot(ncol(x) == ncol(fr) - 1)
both <- h2o.cbind(fr["sl"], fr["class"])
twice <- h2o.rbind(both, both)
stopifnot(nrow(twice) == 300)
m <- as.matrix(fr[, 2:4])
v <- as.vector(fr$class)
stopifnot(is.matrix(m), is.character(v))
apply(fr[2:4], 2, mean)
h2o.quantile(fr$sl)
sd(fr$sl)
var(fr$sl)
cor(fr$sl, fr$Sepal.Width)
h2o.table(fr$class)
unique(fr$class)
h2o.hist(fr$sl, plot = FALSE)
log(fr$sl)
round(fr$sl)
h2o.levels(fr$class)
fr$class <- h2o.relevel(fr$class, "virginica")
stopifnot(h2o.levels(fr$class)[1] == "virginica")
copy <- fr
copy$sl <- 1
stopifnot(mean(fr$sl) > 5)
h2o.assign(fr, "kept")
stopifnot("kept" %in% h2o.ls()$key)
h2o.rm("kept")
merged <- h2o.merge(as.h2o(data.frame(k = 1:3, a = 4:6)), as.h2o(data.frame(k = 2:4, b = 7:9)))
stopifnot(nrow(merged) == 2)
