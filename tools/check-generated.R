# Generates man/, NAMESPACE, the order of files in DESCRIPTION and the Rcpp exports
# anew in a copy and compares them with the repository. Exits with status 1 and names
# the stale files when they differ: `make document` brings them up to date.

if (!requireNamespace("roxygen2", quietly = TRUE)) {
  cat("check-generated: skipped, roxygen2 is not installed\n")
  quit(save = "no")
}

source(file.path("tools", "document.R"))

copy <- file.path(tempfile("generated-"), "feedforward")
dir.create(copy, recursive = TRUE)
sources <- c("DESCRIPTION", "NAMESPACE", "R", "man", "src", "data", "inst")
invisible(file.copy(sources[file.exists(sources)], copy, recursive = TRUE))

note <- read.dcf("DESCRIPTION", "RoxygenNote")[[1]]
compare_manual <- utils::packageVersion("roxygen2") == note
if (!compare_manual) {
  cat(
    "check-generated: man and NAMESPACE were made by roxygen2 ", note, ", here is ",
    format(utils::packageVersion("roxygen2")), ": only the Rcpp exports are compared\n",
    sep = ""
  )
}
document(copy, manual = compare_manual)

generated <- function(root) {
  pages <- list.files(file.path(root, "man"), pattern = "\\.Rd$")
  fixed <- c("DESCRIPTION", "NAMESPACE", "R/RcppExports.R", "src/RcppExports.cpp")
  files <- c(fixed, if (length(pages) > 0) file.path("man", pages))
  files[file.exists(file.path(root, files))]
}
content <- function(root, file) {
  path <- file.path(root, file)
  if (file.exists(path)) readLines(path, warn = FALSE) else NULL
}
files <- union(generated("."), generated(copy))
is_stale <- vapply(files, function(file) {
  !identical(content(".", file), content(copy, file))
}, NA)
stale <- files[is_stale]

if (length(stale) > 0) {
  cat("check-generated: not current, run `make document`:\n")
  cat(paste0("  ", stale, "\n"), sep = "")
  quit(save = "no", status = 1)
}
cat("check-generated: man, NAMESPACE and the Rcpp exports are current\n")
