test_that("variables are what a call takes from around it", {
  expect_equal(
    variables_of(quote(f(a, b$c, x[, 1], d@e, stats::sd(g), sapply(h, log)))),
    c("a", "b", "x", "d", "g", "h", "log")
  )
  expect_equal(
    variables_of(quote(f(function(v, k = d) {
      w <- v
      for (i in w) u <- i
      u + w + k + e
    }))),
    c("d", "e")
  )
  expect_equal(variables_of(quote({
    a <- b
    a^2
  })), "b")
  expect_equal(variables_of(quote(quote(a))), character())
  replaced <- replace_variables(quote(c(c, p = c, b$c)), function(name) {
    if (name == "c") 3 else as.name(name)
  })
  expect_equal(replaced, quote(c(3, p = 3, b$c)))
})

test_that("plain code has no environments and is the same code", {
  code <- parse(text = "f(x[, 1], function(v) v^2, b = -a + c)", keep.source = TRUE)[[1]]
  expect_identical(plain_code(code), quote(f(x[, 1], function(v) v^2, b = -a + c)),
    ignore_srcref = TRUE
  )
  expect_lt(length(serialize(plain_code(code), NULL)), 600)
  formula <- bquote(f(.(y ~ x + z), data = .(iris)))
  plain <- plain_code(formula, function(value) as.name("<value>"))
  expect_identical(plain, quote(f(y ~ x + z, data = `<value>`)))
})

test_that("sums of thousands of terms are taken apart and put together", {
  sum <- Reduce(function(a, b) call("+", a, b), lapply(paste0("v", 1:5000), as.name))
  apart <- split_sum(sum)
  expect_identical(apart$first, quote(v1))
  expect_identical(apart$others[[4999]], quote(v5000))
  expect_identical(plain_code(sum), sum)
  expect_identical(split_sum(quote(a - (b + c)))$others, list(quote((b + c))))
})
