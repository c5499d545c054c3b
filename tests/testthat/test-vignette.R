# The vignette for users of H2O has a row for every argument.

test_that("coming-from-h2o names every argument of h2o.deeplearning once", {
  path <- test_path("..", "..", "vignettes", "coming-from-h2o.Rmd")
  skip_if_not(file.exists(path), "the vignette's source")
  rows <- grep("^\\| `[a-z_0-9]+` \\|", readLines(path), value = TRUE)
  named <- sub("^\\| `([a-z_0-9]+)` \\|.*", "\\1", rows)
  named <- named[!startsWith(named, "h2o")]
  expect_identical(named[!duplicated(named)], named)
  expect_setequal(named, vapply(h2o_arguments, `[[`, "", "name"))
})

test_that("coming-from-h2o names every function of the drop-in layer, and no other", {
  path <- test_path("..", "..", "vignettes", "coming-from-h2o.Rmd")
  skip_if_not(file.exists(path), "the vignette's source")
  lines <- readLines(path)
  start <- match("## Functions", lines)
  rows <- grep("^\\|", lines[seq(start, match("## Slots", lines))], value = TRUE)
  first <- vapply(strsplit(rows, "|", fixed = TRUE), `[[`, "", 2)
  found <- gregexpr("(?<=`)h2o[.][A-Za-z0-9_]+", first, perl = TRUE)
  named <- unlist(regmatches(first, found))
  expect_identical(named[duplicated(named)], character())
  exported <- grep("^h2o[.]", getNamespaceExports("feedforward"), value = TRUE)
  expect_setequal(named, exported)
})
