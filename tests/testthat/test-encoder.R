test_that("each encoder is a whole record", {
  fields <- names(formals(new_encoder))
  for (name in names(encoders)) {
    expect_setequal(names(encoders[[name]]), fields)
    expect_identical(encoders[[name]]$name, name)
    for (field in setdiff(fields, "name")) {
      expect_type(encoders[[name]][[field]], "closure")
    }
  }
})

test_that("each class of columns has an encoder, and one only", {
  columns <- list(
    1:3, c(1, 2), TRUE, "a", factor("a"), factor("a", ordered = TRUE), Sys.Date(),
    Sys.time(), as.difftime(1, units = "secs")
  )
  for (column in columns) {
    encoder <- encoder_for(column_class(column))
    expect_true(encoder$name %in% names(encoders))
  }
})

test_that("what an encoder says of its columns fits together", {
  encoding <- learn(mixed)
  expect_setequal(names(encoding$groups), unique(encoding$encoders))
  for (name in names(encoding$groups)) {
    encoder <- encoders[[name]]
    group <- encoding$groups[[name]]
    sizes <- encoder$sizes(group)
    expect_length(sizes, length(group$columns))
    expect_type(sizes, "integer")
    expect_setequal(group$columns, names(which(encoding$encoders == name)))
    expect_length(encoder$input_names(group), sum(sizes))
    expect_true(all(encoder$unused(group) %in% (seq_len(sum(sizes)) - 1L)))
    # What it calls ready is what fit() would let through as it is.
    columns <- mixed[group$columns]
    ready <- encoder$ready(
      group, seq_along(columns), columns, encoding$classes[group$columns], nrow(mixed), 1L
    )
    expect_type(ready, "logical")
    expect_length(ready, length(columns))
    for (k in which(ready)) {
      fitted <- encoder$fit(group, k, columns[[k]], column_class(columns[[k]]))
      expect_identical(fitted, list(column = columns[[k]]))
    }
    for (plan in encoder$plan(group, column_source(mixed))) {
      expect_setequal(names(plan), c("column", "plan"))
    }
    for (k in seq_along(group$columns)) {
      # Missing values of its kind are fit to be replayed, and its own rows are.
      empty <- encoder$empty(group, k, 4)
      expect_true(all(is_missing(empty)) && length(empty) == 4)
      for (column in list(empty, mixed[[group$columns[[k]]]])) {
        fitted <- encoder$fit(group, k, column, column_class(column))
        expect_null(fitted$problem)
        expect_identical(length(fitted$column), length(column))
      }
    }
  }
  expect_identical(sum(input_blocks(encoding)), encoding$inputs)
  expect_length(encoding$input_names, encoding$inputs)
})
