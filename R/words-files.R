# Files: written whole or not at all.

# Puts the bytes into the file: beside it first, then to the disk, then in its place. Who
# kills the process leaves the file as it was or as it is to be.
write_whole <- function(bytes, path) {
  force(bytes)
  beside <- tempfile(paste0(".", basename(path), "-"), dirname(path))
  on.exit(unlink(beside))
  written <- tryCatch(
    {
      writeBin(bytes, beside)
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
