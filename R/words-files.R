# Files: written whole or not at all.

# Puts the bytes into the file: beside it first, then to the disk, then in its place. Who
# kills the process leaves the file as it was or as it is to be. A link stays one, and a
# file keeps its mode.
write_whole <- function(bytes, path) {
  force(bytes)
  if (!Sys.readlink(path) %in% c("", NA)) path <- normalizePath(path)
  remove_leftovers(path)
  beside <- tempfile(sprintf(".%s-%d-", basename(path), Sys.getpid()), dirname(path))
  on.exit(unlink(beside))
  written <- tryCatch(
    {
      writeBin(bytes, beside)
      if (file.exists(path)) Sys.chmod(beside, file.mode(path), use_umask = FALSE)
      file_sync(beside) && file.rename(beside, path)
    },
    error = function(e) FALSE, warning = function(w) FALSE
  )
  if (!written) {
    abort_file(sprintf(
      "`file` = %s cannot be written. Is its folder there, may it be written to, %s",
      shorten(path), "and is there room on the disk?"
    ))
  }
  file_sync(dirname(path))
  invisible(path)
}

# What killed processes left beside the path: their number tells, and a minute's age, for
# the folder may be shared by machines.
remove_leftovers <- function(path) {
  start <- sprintf(".%s-", basename(path))
  left <- list.files(dirname(path), all.files = TRUE)
  left <- left[startsWith(left, start)]
  process <- sub("-.*", "", substring(left, nchar(start) + 1))
  process <- suppressWarnings(as.integer(process))
  left <- file.path(dirname(path), left)[!is.na(process)]
  process <- process[!is.na(process)]
  old <- difftime(Sys.time(), file.mtime(left), units = "secs") > 60
  unlink(left[old & !tools::pskill(process, 0)])
}

read_whole <- function(path) {
  size <- file.size(path)
  if (is.na(size) || dir.exists(path)) {
    abort_file(sprintf("There is no file %s.", shorten(path)))
  }
  unread <- function(condition) {
    abort_file(sprintf("The file %s cannot be read.", shorten(path)))
  }
  tryCatch(readBin(path, "raw", size), error = unread, warning = unread)
}

# MD5 in 32 digits: it finds damage, not forgery.
checksum_of <- function(bytes) {
  path <- tempfile("checksum-")
  on.exit(unlink(path))
  writeBin(bytes, path)
  unname(tools::md5sum(path))
}
