# Frames: what stays one, what drops, what is the same as on the data frame.

columns_of <- function(frame) unclass(as.list(as.data.frame(frame)))

test_that("columns, rows and arithmetic stay frames; single cells are values", {
  frame <- as.h2o(iris)
  expect_s3_class(frame$Species, "H2OFrame")
  expect_s3_class(frame[["Species"]], "H2OFrame")
  expect_s3_class(frame[, 1], "H2OFrame")
  expect_s3_class(frame[1:2, 1], "H2OFrame")
  expect_identical(frame[1, 1], 5.1)
  expect_identical(nrow(frame[, 1]), 150L)
  expect_identical(dim(frame$Species[1:3, ]), c(3L, 1L))
  expect_identical(frame[, 1][7, 1], 4.6)
  expect_identical(names(frame[-5]), names(iris)[-5])
  expect_identical(names(frame[, -c(1, 2)]), names(iris)[3:5])
  two <- c("Species", "Sepal.Width")
  expect_identical(names(frame[, two]), two)
  expect_identical(frame[1, "Species"], factor("setosa", levels(iris$Species)))
  expect_identical(columns_of(frame$Sepal.Length[2:3])[[1]], c(4.9, 4.7))
  expect_identical(dim(frame$Sepal.Length[-1]), c(149L, 1L))
  expect_identical(names(frame$Sepal.L), "Sepal.Length")
  expect_null(frame$Sepal)
  expect_identical(order(frame$Sepal.Length), order(iris$Sepal.Length))
  expect_null(frame$Nothing)
  expect_error(frame["Nothing"], class = "feedforward_input_error", regexp = "Nothing")
  expect_error(frame[9], class = "feedforward_input_error")
  expect_error(frame[151, ], class = "feedforward_input_error")
  expect_error(frame[c(TRUE, FALSE), ], class = "feedforward_input_error")
  plain <- as.data.frame(frame)
  expect_identical(class(plain), "data.frame")
  expect_identical(plain, iris, ignore_attr = TRUE)
})

test_that("conditions choose rows, and a missing one chooses none", {
  frame <- as.h2o(data.frame(a = c(1, NA, 3, 4), g = factor(c("x", "y", NA, "x"))))
  expect_identical(columns_of(frame[frame$a > 2, "a"])$a, c(3, 4))
  expect_identical(columns_of(frame[frame$g == "x", "a"])$a, c(1, 4))
  expect_identical(columns_of(frame[!(frame$g == "x"), "a"])$a, NA_real_)
  expect_identical(columns_of(frame[frame$a >= 1 & frame$a < 4, ])$a, c(1, 3))
  expect_identical(columns_of(frame[is.na(frame$a), ])$g, factor("y", c("x", "y")))
  expect_identical(nrow(frame[frame$a > 9, ]), 0L)
  expect_identical(columns_of(frame$a == 1)[[1]], c(1L, NA, 0L, 0L))
  expect_identical(columns_of(-frame$a)[[1]], c(-1, NA, -3, -4))
  expect_identical(columns_of(2 - frame$a)[[1]], c(1, NA, -1, -2))
  expect_identical(columns_of(frame["a"] + frame["a"])$a, c(2, NA, 6, 8))
  expect_identical(columns_of(frame$a %% 2)[[1]], c(1, NA, 1, 0))
  expect_true(all(is.na(columns_of(frame$g + 1)[[1]])))
  expect_identical(columns_of(log(frame$a))[[1]], log(c(1, NA, 3, 4)))
  expect_identical(columns_of(round(frame$a / 3, 1))[[1]], round(c(1, NA, 3, 4) / 3, 1))
  expect_error(frame$a + as.h2o(1:3), class = "feedforward_input_error")
})

test_that("summaries are numbers", {
  frame <- as.h2o(iris)
  expect_equal(mean(frame$Sepal.Length), mean(iris$Sepal.Length))
  expect_equal(sum(frame$Species == "setosa"), 50)
  expect_equal(max(frame$Sepal.Length), 7.9)
  expect_equal(range(frame[1:4]), range(iris[1:4]))
  expect_equal(median(frame$Sepal.Width), median(iris$Sepal.Width))
  expect_false(any(is.na(frame)))
  expect_identical(levels(frame$Species), levels(iris$Species))
  expect_identical(as.vector(frame$Species), as.character(iris$Species))
  expect_equal(
    mean((frame$Sepal.Length - frame$Sepal.Width)^2),
    mean((iris$Sepal.Length - iris$Sepal.Width)^2)
  )
})

test_that("assignment changes the variable, not the frame it came from", {
  frame <- as.h2o(iris, "iris.hex")
  other <- frame
  other$Sepal.Length <- 1
  other$twice <- other$Sepal.Width * 2
  other["Species"] <- as.character(other["Species"])
  other[["Petal.Width"]] <- NULL
  other[1:2, "Sepal.Width"] <- 0
  other[other$Petal.Length > 6, "Petal.Length"] <- 6
  expect_equal(mean(frame$Sepal.Length), mean(iris$Sepal.Length))
  expect_identical(as.data.frame(h2o.getFrame("iris.hex")), iris, ignore_attr = TRUE)
  plain <- as.data.frame(other)
  expect_identical(plain$Sepal.Length, rep(1, 150))
  expect_identical(plain$twice, iris$Sepal.Width * 2)
  expect_identical(plain$Species, as.character(iris$Species))
  expect_null(plain$Petal.Width)
  expect_identical(plain$Sepal.Width[1:3], c(0, 0, 3.2))
  expect_identical(max(plain$Petal.Length), 6)
  names(other)[names(other) == "twice"] <- "double"
  colnames(other)[1] <- "length"
  expect_identical(
    names(other), c("length", "Sepal.Width", "Petal.Length", "Species", "double")
  )
  other[, ncol(other) + 1] <- other$length > 0
  expect_identical(names(other)[[6]], "C6")
  other[is.na(other)] <- 0
  other$double[3] <- -1
  expect_identical(other$double[3, 1], -1)
  gaps <- as.h2o(data.frame(a = c(1, NA), b = c(NA, 2)))
  gaps[is.na(gaps)] <- 9
  expect_identical(columns_of(gaps), list(a = c(1, 9), b = c(9, 2)))
  expect_error(gaps$c <- 1:3, class = "feedforward_input_error")
  h2o.shutdown()
})

test_that("lists of frames stay lists of frames", {
  frame <- as.h2o(iris)
  both <- c(frame, frame)
  expect_type(both, "list")
  expect_length(both, 2)
  expect_s3_class(both[[2]], "H2OFrame")
  expect_length(list(frame, frame[1:2]), 2)
  expect_identical(sapply(both, nrow), c(150L, 150L))
})

test_that("columns have the types that H2O would guess", {
  frame <- as.h2o(data.frame(
    flag = c(TRUE, FALSE, NA), few = c("b", "a", "b"), id = c("x1", "x2", "x3"),
    day = as.Date("2020-01-31") + 0:2, whole = 1:3
  ))
  plain <- as.data.frame(frame)
  expect_identical(plain$flag, factor(c(TRUE, FALSE, NA)))
  expect_identical(plain$few, factor(c("b", "a", "b")))
  expect_type(plain$id, "character")
  expect_s3_class(plain$day, "POSIXct")
  expect_identical(plain$whole, 1:3)
  expect_identical(names(as.h2o(matrix(1:4, 2))), c("C1", "C2"))
  expect_identical(as.data.frame(as.h2o(c(3, 4)))[[1]], c(3, 4))
  expect_identical(as.data.frame(as.numeric(as.h2o(factor(c("10", "2")))))[[1]], c(10, 2))
  expect_identical(as.data.frame(as.numeric(as.h2o(factor(c("b", "a")))))[[1]], c(1, 0))
  sparse <- Matrix::Matrix(c(0, 1, 0, 2), 2, sparse = TRUE)
  expect_identical(unname(as.matrix(as.h2o(sparse))), matrix(c(0, 1, 0, 2), 2))
})

test_that("printing shows six rows and the size", {
  lines <- capture.output(print(as.h2o(iris)))
  expect_length(lines, 9)
  expect_identical(trimws(lines[[9]]), "[150 rows x 5 columns]")
  expect_identical(trimws(tail(capture.output(as.h2o(1)), 1)), "[1 row x 1 column]")
  expect_identical(class(head(as.h2o(iris), 2)), "data.frame")
})
