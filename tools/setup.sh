#!/usr/bin/env bash
# Installs what the package needs to be built and tested, and nothing that is
# there already. Debian's ready-built packages are taken where this is Debian's R
# and we may install; what is still missing then comes from the CRAN mirror that R
# is set to. Safe to run again: with everything in place it takes a second.
set -euo pipefail

# The Imports and LinkingTo of DESCRIPTION, and what runs the tests.
required="Rcpp RcppParallel cli data.table rlang jsonlite Matrix testthat withr"
# Tests, vignettes, documentation and checks that do without them are skipped.
optional="knitr rmarkdown roxygen2 nnet ggplot2 tibble codetools mirai"

say() { printf 'setup: %s\n' "$*"; }

if ! command -v Rscript > /dev/null; then
  say "R is not installed; install it first (Debian: r-base-dev)." >&2
  exit 1
fi

# The last line only: a user's profile may print lines of its own.
missing() {
  Rscript -e '
    wanted <- commandArgs(TRUE)
    there <- vapply(wanted, function(name) nzchar(system.file(package = name)), NA)
    cat("", wanted[!there], fill = 1000)
  ' "$@" | tail -n 1 | xargs
}

# How to run a command as root: nothing for root itself, else sudo where it does
# not ask for a password (a set-up must not wait for an answer).
as_root=""
may_install=no
if [ "$(id -u)" -eq 0 ]; then
  may_install=yes
elif command -v sudo > /dev/null && sudo -n true 2> /dev/null; then
  may_install=yes
  as_root="sudo"
fi

# Debian's R packages serve Debian's R only; another R would not see them.
debian_r=no
if command -v apt-get > /dev/null && dpkg -s r-base-core > /dev/null 2>&1 &&
  [ "$(R RHOME)" = /usr/lib/R ]; then
  debian_r=yes
fi

# MPI comes with Debian in seconds; elsewhere it is for who has it.
with_mpi=no
if [ "$may_install" = yes ] && [ "$debian_r" = yes ]; then
  with_mpi=yes
  optional="$optional Rmpi"
fi

# Lists of names are split into words on purpose from here on.
# shellcheck disable=SC2086
absent=$(missing $required $optional)
programs=""
for program in pandoc clang-format; do
  command -v "$program" > /dev/null || programs="$programs $program"
done
if [ "$with_mpi" = yes ] && ! command -v mpirun > /dev/null; then
  programs="$programs openmpi-bin libopenmpi-dev"
fi
if [ -z "$absent$programs" ]; then
  say "everything needed is there."
  exit 0
fi

known_to_apt() { apt-cache show "$1" > /dev/null 2>&1; }

apt_install() {
  $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@" > /dev/null 2>&1
}

if [ "$may_install" = yes ] && [ "$debian_r" = yes ]; then
  wanted="$programs"
  for name in $absent; do
    wanted="$wanted r-cran-$(printf '%s' "$name" | tr '[:upper:]' '[:lower:]')"
  done
  # A machine fresh from its image has no package lists, or old ones.
  refreshed=no
  for name in $wanted; do
    if [ "$refreshed" = no ] && ! known_to_apt "$name"; then
      say "refreshing Debian's package lists"
      $as_root apt-get update -qq > /dev/null 2>&1 || true
      refreshed=yes
    fi
  done
  available=""
  for name in $wanted; do
    if known_to_apt "$name"; then available="$available $name"; fi
  done
  if [ -n "$available" ]; then
    say "installing from Debian:$available"
    # shellcheck disable=SC2086
    if ! apt_install $available; then
      [ "$refreshed" = yes ] || $as_root apt-get update -qq > /dev/null 2>&1 || true
      apt_install $available || say "Debian did not install all of them"
    fi
  fi
  # shellcheck disable=SC2086
  absent=$(missing $required $optional)
fi

if [ -n "$absent" ]; then
  say "installing from CRAN: $absent"
  # Not --vanilla: the mirror may be set in the site's or the user's profile.
  # shellcheck disable=SC2016,SC2086
  Rscript -e '
    wanted <- commandArgs(TRUE)
    if (identical(unname(getOption("repos")["CRAN"]), "@CRAN@")) {
      utils::chooseCRANmirror(graphics = FALSE, ind = 1)
    }
    library_path <- .libPaths()[[1]]
    if (file.access(library_path, 2) != 0) {
      library_path <- strsplit(Sys.getenv("R_LIBS_USER"), .Platform$path.sep)[[1]][[1]]
      dir.create(library_path, recursive = TRUE, showWarnings = FALSE)
    }
    options(timeout = max(600, getOption("timeout")))
    utils::install.packages(
      wanted, lib = library_path, quiet = TRUE,
      Ncpus = max(1L, parallel::detectCores(), na.rm = TRUE)
    )
  ' $absent || true
fi

# shellcheck disable=SC2086
lacking=$(missing $optional)
if [ -n "$lacking" ]; then say "going on without the optional $lacking"; fi
command -v pandoc > /dev/null || say "going on without pandoc: vignettes are not built"
command -v clang-format > /dev/null ||
  say "going on without clang-format: the layout of C++ is not checked"
# shellcheck disable=SC2086
lacking=$(missing $required)
if [ -n "$lacking" ]; then
  say "could not install $lacking." >&2
  case " $lacking " in
    *" RcppParallel "*) say "RcppParallel from CRAN needs cmake to build." >&2 ;;
  esac
  exit 1
fi
say "done."
