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
