# A small frame with a part for every role, and the ways to resolve it.

small_frame <- data.frame(
  a = c(1, 2, 3, 4, 5, 6), b = factor(c("u", "v", "u", "v", "u", "v")),
  y = c(1.5, 2.5, 1, 4, 2, 7), k = factor(c("p", "q", "p", "q", "p", "q")),
  w = c(1, 2, 0, 1, 1, 1), o = c(0, 0.5, -1, 0, 0, 0)
)

resolve <- function(x = c("a", "b"), y = "y", frame = small_frame, ...,
                    validation = NULL) {
  resolve_frame(x, y, frame, check_arguments(list(...)), validation)
}

# Any y, even one that data.frame() would not take.
with_y <- function(y, frame = small_frame) {
  frame$y <- NULL
  structure(c(unclass(frame), list(y = y)), class = "data.frame", row.names = 1:6)
}
