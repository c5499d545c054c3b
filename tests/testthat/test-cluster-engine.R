# Engines: duties where shards lie, in this process, on workers, on ranks.

add_duties <- function() {
  duties <- get("shard_duties", asNamespace("feedforward"))
  duties$test_add <- function(shop, x) {
    shop$sum <- (if (is.null(shop$sum)) 0 else shop$sum) + x
  }
  duties$test_sum <- function(shop, argument) list(shop$sum, argument)
  duties$test_fail <- function(shop, x) {
    if (x == 3) stop("no third") else if (x == 30) {
      getFromNamespace("abort_input", "feedforward")("Column `a` has no 30.")
    }
  }
  TRUE
}
environment(add_duties) <- globalenv()

shops_are_kept <- function(engine, shards) {
  engine$each("test_add", as.list(seq_len(shards)))
  engine$each("test_add", as.list(10 * seq_len(shards)))
  expect_identical(
    engine$each("test_sum"), lapply(seq_len(shards), function(s) list(11 * s, NULL))
  )
  expect_identical(engine$each("test_sum", as.list(letters[seq_len(shards)])),
    lapply(seq_len(shards), function(s) list(11 * s, letters[[s]]))
  )
}

test_that("each() keeps a shop for every shard, here and on workers, until close()", {
  add_duties()
  here <- new_engine(NULL, 3)
  shops_are_kept(here, 3)
  expect_identical(here$place, c(1, 1, 1))
  skip_on_cran()
  workers <- local_workers(2)
  parallel::clusterCall(workers, add_duties)
  for (shards in c(1, 2, 5)) {
    engine <- new_engine(workers, shards)
    other <- new_engine(workers, 2)
    other$each("test_add", list(100, 200))
    shops_are_kept(engine, shards)
    expect_identical(other$each("test_sum"), list(list(100, NULL), list(200, NULL)))
    expect_identical(engine$size, min(2, shards))
    engine$close()
    other$close()
  }
  left <- function() length(get("workplace", asNamespace("feedforward"))$shops)
  environment(left) <- globalenv()
  expect_identical(parallel::clusterCall(workers, left), list(0L, 0L))
})

test_that("an error of a duty names worker and shards; data errors stay what they are", {
  add_duties()
  skip_on_cran()
  workers <- local_workers(2)
  parallel::clusterCall(workers, add_duties)
  engine <- new_engine(workers, 4)
  told <- expect_error(engine$each("test_fail", as.list(1:4)),
    "Worker 2 (shards 3, 4): no third.",
    fixed = TRUE, class = "feedforward_worker_error"
  )
  expect_identical(told$shard, 3:4)
  told <- expect_error(engine$each("test_fail", list(1, 1, 1, 30)),
    "^Column `a` has no 30.$",
    class = "feedforward_input_error"
  )
  expect_identical(told$worker, 2L)
  # It goes on.
  expect_identical(engine$each("test_fail", as.list(rep(1, 4))), vector("list", 4))
  engine$close()
  expect_identical(parallel::clusterCall(workers, function() 7), list(7, 7))
})

test_that("ranks end with the same values, and an error reaches all before any waits", {
  skip_if_no_mpi()
  found <- on_ranks(2, bquote(local({
    (.(add_duties))()
    engine <- feedforward:::new_engine("mpi", 3)
    engine$each("test_add", list(1, 2, 3))
    list(
      engine$each("test_sum"), engine$place,
      tryCatch(engine$each("test_fail", list(1, 2, 3)), error = function(e) e$message),
      tryCatch(engine$each("test_fail", list(1, 30, 1)), error = class)[[1]],
      engine$each("test_sum")[[3]]
    )
  })))
  expect_type(found, "list")
  for (rank in found) {
    expect_identical(rank, list(
      list(list(1, NULL), list(2, NULL), list(3, NULL)), c(1, 1, 2),
      "Rank 1 (shard 3): no third.", "feedforward_input_error", list(3, NULL)
    ))
  }
})
