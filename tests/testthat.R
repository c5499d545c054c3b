library(testthat)
library(feedforward)

test_check("feedforward")
