# Files in and out.

csv <- function(lines, ext = ".csv", env = parent.frame()) {
  path <- withr::local_tempfile(fileext = ext, .local_envir = env)
  writeLines(lines, path)
  path
}

plain <- function(frame) unclass(as.list(as.data.frame(frame)))

test_that("types are guessed as H2O guesses them", {
  path <- csv(c(
    "whole,real,class,id,day,flag,gap",
    "1,1.5,b,x1,2020-01-31,TRUE,",
    "2,NA,a,x2,2020-02-01,FALSE,",
    "3,2.25,b,x3,2020-02-02,TRUE,"
  ))
  frame <- h2o.importFile(path, destination_frame = "types.hex")
  columns <- plain(frame)
  expect_identical(columns$whole, 1:3)
  expect_identical(columns$real, c(1.5, NA, 2.25))
  expect_identical(columns$class, factor(c("b", "a", "b")))
  expect_identical(columns$id, c("x1", "x2", "x3"))
  expect_equal(columns$day, as.POSIXct("2020-01-31", tz = "UTC") + 86400 * (0:2))
  expect_identical(columns$flag, factor(c("TRUE", "FALSE", "TRUE")))
  lower <- h2o.importFile(csv(c("flag", "true", "false", "true")))
  expect_identical(plain(lower)$flag, factor(c("true", "false", "true")))
  expect_true(all(is.na(columns$gap)))
  expect_identical(h2o.getId(frame), "types.hex")
  expect_identical(
    h2o.getTypes(frame)[1:6], list("int", "real", "enum", "string", "time", "enum")
  )
  expect_identical(dim(h2o.getFrame("types.hex")), c(3L, 7L))
  h2o.shutdown()
})

test_that("headers, separators, names, types and missing values can be said", {
  path <- csv(c("1;x;-9", "2;y;3", "3;x;4"))
  frame <- h2o.importFile(path, sep = ";")
  expect_named(frame, c("C1", "C2", "C3"))
  frame <- h2o.importFile(path, col.names = c("a", "b", "c"), na.strings = "-9")
  expect_identical(plain(frame)$c, c(NA, 3L, 4L))
  frame <- h2o.importFile(path, col.types = c("enum", "String", "Numeric"))
  expect_identical(plain(frame)$C1, factor(1:3))
  expect_identical(plain(frame)$C2, c("x", "y", "x"))
  frame <- h2o.importFile(path, col.types = list(by.col.name = "C1", types = "factor"))
  expect_true(is.factor(plain(frame)$C1))
  frame <- h2o.importFile(path, skipped_columns = 2)
  expect_named(frame, c("C1", "C3"))
  expect_error(
    h2o.importFile(path, col.types = c("enum", "numeric")),
    class = "feedforward_argument_error"
  )
  expect_error(
    h2o.importFile(path, col.types = rep("number", 3)),
    class = "feedforward_argument_error"
  )
  expect_error(
    h2o.importFile(path, col.names = "a"),
    class = "feedforward_argument_error"
  )
  headed <- csv(c("1,2", "3,4"))
  expect_identical(names(h2o.importFile(headed, header = TRUE)), c("1", "2"))
  expect_identical(nrow(h2o.importFile(headed, header = FALSE)), 2L)
})

test_that("packed files, folders and patterns are read", {
  folder <- withr::local_tempdir()
  for (k in 1:3) {
    connection <- gzfile(file.path(folder, sprintf("part-%d.csv.gz", k)), "w")
    writeLines(c("a,b", sprintf("%d,u", k)), connection)
    close(connection)
  }
  writeLines("other", file.path(folder, "readme.txt"))
  expect_identical(plain(h2o.importFile(folder, pattern = "gz$"))$a, 1:3)
  expect_identical(plain(h2o.importFolder(folder, pattern = "part-2"))$a, 2L)
  expect_identical(plain(h2o.importFile(file.path(folder, "part-3.csv.gz")))$a, 3L)
  skip_if(Sys.which("zip") == "")
  withr::with_dir(folder, {
    writeLines(c("a,b", "7,z"), "inside.csv")
    utils::zip("packed.zip", "inside.csv", flags = "-q")
  })
  expect_identical(plain(h2o.importFile(file.path(folder, "packed.zip")))$a, 7L)
})

test_that("what cannot be read is told", {
  expect_error(h2o.importFile("no-such-file.csv"), class = "feedforward_file_error")
  expect_error(h2o.importFile(3), class = "feedforward_argument_error")
  expect_error(suppressWarnings(h2o.importFile(csv(character()))),
    class = "feedforward_file_error"
  )
})

test_that("frames go into files and back", {
  local_h2o()
  frame <- as.h2o(iris)
  path <- withr::local_tempfile(fileext = ".csv")
  h2o.exportFile(frame, path)
  expect_error(h2o.exportFile(frame, path), class = "feedforward_file_error")
  h2o.downloadCSV(frame, path)
  expect_identical(as.data.frame(h2o.importFile(path)), iris, ignore_attr = TRUE)
  handle <- h2o.importFile(path, parse = FALSE)
  setup <- h2o.parseSetup(handle)
  expect_identical(setup$column_names, names(iris))
  expect_identical(setup$column_types, c(rep("real", 4), "enum"))
  expect_identical(nrow(h2o.parseRaw(handle, destination_frame = "raw")), 150L)
  folder <- withr::local_tempdir()
  kept <- h2o.assign(frame, "kept")
  h2o.save_frame(kept, folder)
  h2o.removeAll()
  expect_identical(as.data.frame(h2o.load_frame("kept", folder)), as.data.frame(frame))
})

test_that("quotation marks, letters beyond ASCII and names that come twice are read", {
  quoted <- h2o.importFile(csv(c("a,b", "\"x, y\",1", "\"he said \"\"no\"\"\",2")))
  expect_identical(plain(quoted)$a, c("x, y", "he said \"no\""))
  expect_named(h2o.importFile(csv(c("a,a", "1,2", "3,4"))), c("a", "a1"))
  words <- c("\u00e9", "\u00fc", "\u00e9")
  path <- withr::local_tempfile(fileext = ".csv")
  for (encoding in c("UTF-8", "latin1")) {
    bytes <- unlist(lapply(c("n", words), function(word) {
      c(charToRaw(iconv(word, "UTF-8", encoding)), as.raw(10))
    }))
    writeBin(bytes, path)
    expect_identical(as.character(plain(h2o.importFile(path))$n), words)
  }
})

test_that("one column of text with blanks, odd paths and parts of other types are read", {
  one <- h2o.importFile(csv(c("\"a\"", "\" x\"", "\"y z\"", "\" x\"")))
  expect_identical(as.character(plain(one)$a), c(" x", "y z", " x"))
  expect_identical(plain(h2o.importFile(csv(c("a b", "1 2", "3 4"))))$b, c(2L, 4L))
  folder <- withr::local_tempdir()
  writeLines(c("a,b", "1,2"), file.path(folder, "we [1].csv"))
  expect_identical(plain(h2o.importFile(file.path(folder, "we [1].csv")))$b, 2L)
  writeLines(c("a,b", "2020-01-01,x"), file.path(folder, "we [2].csv"))
  expect_identical(nrow(h2o.importFolder(folder)), 2L)
  lasting <- as.h2o(data.frame(d = as.difftime(1:2, units = "days")))
  expect_identical(plain(lasting)$d, c(1, 2))
})
