test_that("rows go to the core with columns in input order", {
  seen <- NULL
  local_replaced(rows_build = function(...) seen <<- list(...))
  encoding <- learn(mixed)
  encode_rows(encoding, mixed, 5, keep = c(4L, 1L))
  plan <- encoding_plan(encoding, mixed)
  expect_identical(seen, list(plan$columns, plan$plan, 5, c(4L, 1L), FALSE, 1L))
})

test_that("the core computes what the plan says", {
  core_rows <- function(encoding, columns, n, keep = NULL) {
    inputs <- encoding$inputs
    network <- list(
      inputs = inputs, hidden = integer(), activation = "Tanh", outputs = inputs,
      output = "softmax", kept = 1
    )
    # Without hidden layers and with these weights a network returns its inputs.
    rows <- encode_rows(encoding, columns, n, keep)
    network_predict(rows, NULL, network, list(diag(inputs)), list(numeric(inputs)), 1L)
  }
  for (all in c(TRUE, FALSE)) {
    for (sparse in c(TRUE, FALSE)) {
      for (standardize in c(TRUE, FALSE)) {
        encoding <- learn(
          mixed,
          use_all_factor_levels = all, sparse = sparse, standardize = standardize
        )
        x <- unname(expand(encoding, mixed))
        expect_equal(core_rows(encoding, mixed, 5), x, tolerance = 1e-6)
        expect_equal(core_rows(encoding, mixed, 5, c(4L, 1L)), x[c(4, 1), ],
          tolerance = 1e-6
        )
      }
    }
  }
  other <- transform(mixed, f3 = factor(f3, c("a", "zz", "c", "b")), l = as.numeric(l))
  expect_equal(
    core_rows(encoding, new_columns(encoding, other), 5), x,
    tolerance = 1e-6
  )
  example <- sparse_example()
  for (standardize in c(TRUE, FALSE)) {
    encoding <- suppressWarnings(learn(example$sparse, standardize = standardize))
    expect_equal(
      core_rows(encoding, example$sparse, 20, 3:20),
      unname(expand(encoding, example$dense))[3:20, ],
      tolerance = 1e-6
    )
  }
})
