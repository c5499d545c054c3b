test_that("numbers go there and back, offset included", {
  y <- c(3, 5, 10)
  for (distribution in c("gaussian", "huber")) {
    response <- respond(y, distribution)
    link <- matrix(encode_target(response, y))
    expect_equal(decode_response(response, link), y)
    expect_equal(decode_response(response, link, type = "link"), y)
    offset <- c(-1, 0, 2)
    expect_equal(decode_response(response, link, offset), y + offset)
    # Inside the network the offset is added to f.
    inside <- link + encode_offset(response, offset)
    expect_equal(decode_response(response, inside), y + offset)
  }
  response <- respond(y, "poisson")
  f <- matrix(c(0, 1, 2000))
  offset <- c(-1, 0.5, 0)
  expect_equal(decode_response(response, f), c(1, exp(1), 1e19))
  expect_equal(decode_response(response, f, offset), c(exp(-1), exp(1.5), 1e19))
  expect_equal(decode_response(response, f, offset, "link"), c(-1, 1.5, 2000))
  expect_equal(encode_offset(response, offset), offset)
  expect_null(encode_offset(response, NULL))
  expect_equal(decode_response(response, matrix(-2000)), 0)
})
