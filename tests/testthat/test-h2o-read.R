# Files as users have them: damaged, ragged, mixed, and written by us and read again.

local_lines <- function(..., name = "rows.csv", env = parent.frame()) {
  folder <- withr::local_tempdir(.local_envir = env)
  file <- file.path(folder, name)
  writeLines(enc2utf8(c(...)), file, useBytes = TRUE)
  file
}

types_of <- function(frame) unlist(h2o.getTypes(frame))

plain <- function(frame) as.data.frame(frame)

test_that("what is damaged, empty or no text is refused by its name, not half read", {
  folder <- withr::local_tempdir()
  whole <- file.path(folder, "whole.csv.gz")
  con <- gzfile(whole, "wb")
  writeLines(c("a,b", paste(1:5000, sqrt(1:5000), sep = ",")), con)
  close(con)
  expect_identical(dim(h2o.importFile(whole)), c(5000L, 2L))
  bytes <- readBin(whole, "raw", 1e6)
  refused <- function(bytes, name, words) {
    file <- file.path(folder, name)
    writeBin(bytes, file)
    error <- expect_error(h2o.importFile(file), class = "feedforward_file_error")
    expect_match(error$message, name, fixed = TRUE)
    expect_match(error$message, words)
  }
  refused(bytes[seq_len(length(bytes) %/% 2)], "half.csv.gz", "end is missing")
  refused(as.raw(1:50), "no.zip", "no zip archive")
  refused(raw(), "nothing.csv", "empty")
  refused(as.raw(c(97, 0, 98, 0, 10, 0)), "wide.csv", "UTF-16")
  # Two archives in one are one file.
  twice <- file.path(folder, "twice.csv.gz")
  writeBin(c(bytes, bytes), twice)
  expect_gt(nrow(h2o.importFile(twice)), 9999)
})

test_that("lines need not be of one length, and comments and blank lines are none", {
  ragged <- local_lines("a,b,c", "1,2", "3,4,5,6", "", "7,8,9")
  expect_warning(frame <- h2o.importFile(ragged), "1 line with more fields",
    class = "feedforward_file_warning"
  )
  expect_identical(
    plain(frame), data.frame(a = c(1L, 3L, 7L), b = c(2L, 4L, 8L), c = c(NA, 5L, 9L))
  )
  commented <- local_lines("# made by hand", "a,b", "1,x", "2,x")
  expect_identical(names(h2o.importFile(commented)), c("a", "b"))
  expect_identical(nrow(h2o.importFile(local_lines("a,b", "1,2\r", "3,4\r"))), 2L)
  quoted <- h2o.importFile(local_lines("t", "\"a b, c\"", "\"d e\"", "\"f, g h\""))
  expect_identical(plain(quoted)$t, c("a b, c", "d e", "f, g h"))
})

test_that("the majority decides what a column is", {
  read <- function(...) h2o.importFile(local_lines("x,y", paste0(c(...), ",1")))["x"]
  numbers <- read(1:20, "oops")
  expect_identical(types_of(numbers), "int")
  expect_identical(plain(numbers)$x, c(1:20, NA) + 0)
  expect_identical(types_of(read(1:3, rep(c("u", "v"), 3))), "enum")
  expect_identical(types_of(read(paste0("id", 1:30))), "string")
  expect_identical(types_of(read("b", "B", "a", "b", "b")), "enum")
  expect_identical(levels(plain(read("b", "B", "a", "b", "b"))$x), c("B", "a", "b"))
  times <- read("2020-01-01", "2020-02-30", "2020-03-01")
  expect_identical(types_of(times), "time")
  expect_identical(
    plain(times)$x, as.POSIXct(c("2020-01-01", NA, "2020-03-01"), tz = "UTC")
  )
  mixed <- read("01-Jan-20", "2020-01-02 10:00:01.500", "02-feb-1999")
  expect_equal(
    as.numeric(plain(mixed)$x),
    as.numeric(as.POSIXct(
      c("2020-01-01 00:00:00", "2020-01-02 10:00:01.5", "1999-02-02 00:00:00"),
      tz = "UTC"
    ))
  )
  expect_identical(types_of(read("25:00", "a", "b")), "string")
})

test_that("types that are asked for are made of what the file spells", {
  file <- local_lines("id,day,flag", "007,2020-01-01,true", "010,x,false")
  frame <- plain(h2o.importFile(file, col.types = c("string", "string", "enum")))
  expect_identical(frame$id, c("007", "010"))
  expect_identical(frame$day, c("2020-01-01", "x"))
  expect_identical(levels(frame$flag), c("false", "true"))
  named <- list(by.col.name = c("id", "day"), types = c("enum", "numeric"))
  frame <- suppressWarnings(plain(h2o.importFile(file, col.types = named)))
  expect_identical(levels(frame$id), c("007", "010"))
  expect_identical(frame$day, c(NA_real_, NA_real_))
  placed <- plain(h2o.importFile(file, col.types = list(by.col.idx = 2, types = "time")))
  expect_identical(is.na(placed$day), c(FALSE, TRUE))
  for (bad in list(
    "nonsense", c("int", "int"), list(by.col.name = "no", types = "int")
  )) {
    expect_error(h2o.importFile(file, col.types = bad),
      class = "feedforward_argument_error"
    )
  }
  gaps <- plain(h2o.importFile(file, na.strings = list("007", "x", NULL)))
  expect_identical(gaps$id, c(NA, 10))
  expect_error(h2o.importFile(file, na.strings = list("x")),
    class = "feedforward_argument_error"
  )
})

test_that("options that do nothing are refused", {
  file <- local_lines("a", "1")
  for (option in list(
    list(partition_by = "a"), list(decrypt_tool = "x"), list(force_col_types = TRUE),
    list(custom_non_data_line_markers = "%"), list(escapechar = "!")
  )) {
    expect_error(do.call(h2o.importFile, c(file, option)), names(option),
      class = "feedforward_argument_error"
    )
  }
})

test_that("what is written comes back the same", {
  data <- data.frame(
    text = c("a\"b", "c,d", "line\nbreak", "; x", "\u00e9"),
    number = c(pi, 1e-300, NA, 1 / 3, 123456789.123456789), whole = c(1:4, NA),
    time = as.POSIXct(
      c("2020-01-01 10:00:01", NA, rep("2020-06-01 00:00:00", 3)), tz = "UTC"
    ),
    kind = factor(c("u", "v", "u", NA, "u"))
  )
  file <- withr::local_tempfile(fileext = ".csv")
  for (sep in c(",", ";", "\t")) {
    h2o.exportFile(as.h2o(data), file, force = TRUE, sep = sep)
    expect_identical(plain(h2o.importFile(file)), data)
  }
  expect_error(h2o.exportFile(as.h2o(data), file), class = "feedforward_file_error")
  expect_error(h2o.exportFile(as.h2o(data), file, force = TRUE, parts = 3),
    class = "feedforward_argument_error"
  )
})

test_that("files of a folder must agree in their columns", {
  folder <- withr::local_tempdir()
  put <- function(name, ...) writeLines(c(...), file.path(folder, name))
  put("p1.csv", "a,b", "1,x", "2,x")
  put("p2.csv", "b,a", "y,3", "y,4")
  both <- plain(h2o.importFile(folder))
  expect_identical(both$a, 1:4)
  expect_identical(levels(both$b), c("x", "y"))
  put("p2.csv", "a", "2")
  expect_error(h2o.importFile(folder), "p2.csv.*other columns",
    class = "feedforward_file_error"
  )
})
