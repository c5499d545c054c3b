# A model as a tree that JSON can hold, and back. Numbers go to a store of tensors
# (model-file-tensors.R); code goes as the tree that it is, so that nothing is parsed, and
# nothing evaluated, when it is read.

# A node: list(type, items or value or tensor, attributes). path: names the tensors.
tree_of <- function(x, path, store) {
  node <- if (is.null(x)) {
    list(type = "null")
  } else if (is.symbol(x)) {
    list(type = "symbol", value = as.character(x))
  } else if (is.call(x) || is.pairlist(x) || is.list(x)) {
    type <- if (is.call(x)) "call" else if (is.pairlist(x)) "pairlist" else "list"
    items <- as.list(unclass(x))
    steps <- names(items) %||% rep("", length(items))
    steps[steps == ""] <- seq_along(items)[steps == ""]
    list(type = type, items = unname(Map(function(item, step) {
      tree_of(item, paste0(path, if (nzchar(path)) ".", step), store)
    }, items, steps)), names = if (type != "list") I(names(items) %||% character()))
  } else if (is.character(x)) {
    list(type = "character", items = I(unname(enc2utf8(as.character(x)))))
  } else if (typeof(x) %in% c("double", "integer", "logical")) {
    list(type = typeof(x), tensor = I(store$put(bare_numbers(x), path)))
  } else {
    abort_internal(paste("A model holds a", typeof(x), "at", path))
  }
  more <- attributes_of(x)
  if (length(more) > 0) {
    node$attributes <- Map(tree_of, more, paste0(path, ".", names(more)), list(store))
  }
  node
}

bare_numbers <- function(x) {
  shape <- if (is.matrix(x)) dim(x)
  attributes(x) <- NULL
  dim(x) <- shape
  x
}

# What belongs to a value beside its content. Environments belong to nobody's file.
attributes_of <- function(x) {
  if (is.null(x) || is.symbol(x)) {
    return(NULL)
  }
  more <- attributes(x)
  if (is.pairlist(x)) more$names <- NULL
  more[!names(more) %in% c(".Environment", "srcref", "srcfile", "wholeSrcref")]
}

# The value of a node. take(tensor, type): its numbers.
value_of <- function(node, take) {
  if (node$type == "symbol") {
    return(if (nzchar(node$value)) as.name(node$value) else quote(expr = ))
  }
  items <- function() lapply(node$items, value_of, take = take)
  x <- switch(node$type,
    null = NULL,
    list = items(),
    pairlist = ,
    call = {
      parts <- items()
      names(parts) <- unlist(node$names)
      if (node$type == "call") as.call(parts) else as.pairlist(parts)
    },
    character = vapply(node$items, function(s) s %||% NA_character_, ""),
    integer = ,
    logical = ,
    double = take(node$tensor, node$type),
    stop("a node of no type that is known")
  )
  more <- lapply(node$attributes, value_of, take = take)
  # Names and sizes before the class, which may look at them.
  for (name in c(setdiff(names(more), "class"), intersect(names(more), "class"))) {
    attr(x, name) <- more[[name]]
  }
  x
}
