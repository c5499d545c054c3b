# The numbers of a model file: a tensor for each matrix and each long vector, named by its
# place in the model, and one for all short ones of a kind.

long_vector <- 64

new_store <- function() {
  store <- new.env(parent = emptyenv())
  store$tensors <- list()
  store$pools <- list(double = list(), integer = list())
  store$filled <- c(double = 0, integer = 0)
  # Where the numbers went: the name of a tensor, or where in the pool of their kind.
  store$put <- function(x, path) {
    if (is.matrix(x) || length(x) >= long_vector) {
      store$tensors[[path]] <- tensor_of(x)
      return(path)
    }
    kind <- if (is.double(x)) "double" else "integer"
    from <- store$filled[[kind]]
    store$pools[[kind]] <- c(store$pools[[kind]], list(x))
    store$filled[[kind]] <- from + length(x)
    c(from, length(x))
  }
  store
}

# All tensors of a full store, the pools last.
stored_tensors <- function(store) {
  pools <- lapply(store$pools, function(parts) tensor_of(unlist(parts)))
  names(pools) <- c("numbers", "integers")
  c(store$tensors, pools[store$filled > 0])
}

# Rows of a matrix one after another, as other readers expect them; single precision where
# that loses nothing.
tensor_of <- function(x) {
  shape <- dim(x) %||% length(x)
  x <- as.vector(if (is.matrix(x)) t(x) else x)
  if (!is.double(x)) {
    return(list(dtype = "I32", shape = shape, bytes = to_bytes(as.integer(x), 4)))
  }
  single <- to_bytes(x, 4)
  if (identical(to_bytes(readBin(single, "double", length(x), 4, endian = "little"), 8),
    to_bytes(x, 8))) {
    list(dtype = "F32", shape = shape, bytes = single)
  } else {
    list(dtype = "F64", shape = shape, bytes = to_bytes(x, 8))
  }
}

to_bytes <- function(x, size) {
  writeBin(x, raw(), size = size, endian = "little")
}

dtype_sizes <- c(I32 = 4, F32 = 4, F64 = 8)

# A function(tensor, type) that finds what store$put() has put away.
#   table: of the header, by name list(dtype, shape, data_offsets); bytes: the blocks
tensor_reader <- function(table, bytes) {
  values <- function(name) {
    entry <- table[[name]]
    shape <- as.numeric(unlist(entry$shape))
    range <- as.numeric(unlist(entry$data_offsets))
    count <- prod(shape)
    size <- dtype_sizes[[entry$dtype]]
    stopifnot(
      length(range) == 2, range[1] >= 0, range[2] <= length(bytes),
      range[2] - range[1] == count * size
    )
    what <- if (entry$dtype == "I32") "integer" else "double"
    block <- bytes[seq_len(count * size) + range[1]]
    x <- readBin(block, what, count, size, endian = "little")
    if (length(shape) == 2) as.vector(matrix(x, shape[1], shape[2], byrow = TRUE)) else x
  }
  pools <- list(double = NULL, integer = NULL)
  function(tensor, type) {
    tensor <- unlist(tensor)
    x <- if (is.character(tensor)) {
      values(tensor)
    } else {
      kind <- if (type == "double") "double" else "integer"
      if (tensor[2] > 0 && is.null(pools[[kind]])) {
        pools[[kind]] <<- values(if (kind == "double") "numbers" else "integers")
      }
      stopifnot(tensor[1] >= 0, sum(tensor) <= length(pools[[kind]]))
      pools[[kind]][seq_len(tensor[2]) + tensor[1]]
    }
    storage.mode(x) <- type
    x
  }
}
