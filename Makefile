# The words everyone uses. `make help` lists them.
#
# Everything made here goes to build/ (and demo-output/); R's own compile flags are
# left as they are.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

RSCRIPT := Rscript
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
LIBRARY := $(CURDIR)/build/library
INSTALLED := build/installed
# R with the package as it stands in this folder, before any other copy of it.
WITH_LIBRARY := R_LIBS="$(LIBRARY)$${R_LIBS:+:$$R_LIBS}"

# What an installation depends on. Folders are listed too: a deleted file shows in
# the time of its folder alone. src is left out of that, as compiling writes into it.
HEADERS := $(shell find src -name '*.h' 2>/dev/null)
SOURCES := DESCRIPTION $(wildcard NAMESPACE demo/*) \
  $(shell find R data inst man -not -name '.*' 2>/dev/null) \
  $(shell find src -name '*.cpp' -o -name '*.h' -o -name 'Makevars*' 2>/dev/null)

.PHONY: help setup install demo test check-generated check bench bench-quality \
  bench-crash bench-cluster bench-examples cluster-checks \
  core sanitize document format clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' \
	  $(firstword $(MAKEFILE_LIST))

setup: ## install what is missing from Debian or CRAN
	@bash tools/setup.sh

install: $(INSTALLED) ## build the package into build/library

# R's makefiles do not know which source includes which header.
build/headers: $(HEADERS)
	@mkdir -p build
	@find src -name '*.o' -delete
	@touch $@

$(INSTALLED): $(SOURCES) build/headers | setup
	@mkdir -p "$(LIBRARY)"
	@echo "install: building into build/library, log in build/install.log"
	@MAKEFLAGS="-j$(JOBS)" R CMD INSTALL --library="$(LIBRARY)" . \
	  > build/install.log 2>&1 || { cat build/install.log; exit 1; }
	@touch $@

demo: setup install ## train on the airline data, draw demo-output/airline-delays.png
	@$(WITH_LIBRARY) $(RSCRIPT) demo/airline-delays.R

test: setup install ## run the tests (FILTER=name for some of them)
	@$(WITH_LIBRARY) $(RSCRIPT) tools/run-tests.R "$(FILTER)"

check-generated: setup ## are generated files current, rooms and layout kept?
	@status=0; for check in generated rooms layout; do \
	  $(RSCRIPT) tools/check-$$check.R || status=1; \
	done; exit $$status

check: setup build/headers ## R CMD build, then R CMD check --as-cran
	@mkdir -p build/check
	@rm -rf build/check/*
	cd build/check && R CMD build ../..
	cd build/check && MAKEFLAGS="-j$(JOBS)" _R_CHECK_FORCE_SUGGESTS_=false \
	  R CMD check --as-cran --no-manual feedforward_*.tar.gz

bench: setup install ## time training and prediction
	$(WITH_LIBRARY) $(RSCRIPT) bench/speed.R

bench-quality: setup install ## measure how good the fitted models are
	$(WITH_LIBRARY) $(RSCRIPT) bench/quality.R

bench-crash: setup install ## kill -9 while checkpoints are written
	$(WITH_LIBRARY) $(RSCRIPT) bench/crash.R

cluster-checks: setup install ## prove many machines: 1000 cuts of rows, 100 faults, MPI
	@FEEDFORWARD_CUTS=1000 FEEDFORWARD_FAULTS=100 $(WITH_LIBRARY) $(RSCRIPT) \
	  tools/run-tests.R "data-survey|data-shards|train-(shards|workers|mpi|loss)|cluster"

bench-cluster: setup install ## quality and speed of many shards, with a plot
	$(WITH_LIBRARY) $(RSCRIPT) bench/cluster.R

bench-examples: setup install ## H2O's worked examples, with its figures
	$(WITH_LIBRARY) $(RSCRIPT) bench/examples.R

# src/core with no R on the include path: it must neither need nor find any.
CORE_SOURCES := $(shell find src/core -name '*.cpp' 2>/dev/null) tools/core-selfcheck.cpp
CORE_CXX ?= g++
CORE_FLAGS := -std=c++17 -Wall -Wextra -Isrc -Isrc/core -MMD -MP

# $(call selfcheck,NAME,FLAGS): objects and program in build/NAME.
define selfcheck
build/$(1)/%.o: %.cpp
	@mkdir -p $$(@D)
	$$(CORE_CXX) $$(CORE_FLAGS) $(2) -c $$< -o $$@

build/$(1)/selfcheck: $$(CORE_SOURCES:%.cpp=build/$(1)/%.o)
	$$(CORE_CXX) $(2) $$^ -pthread -o $$@

-include $$(CORE_SOURCES:%.cpp=build/$(1)/%.d)
endef

SANITIZE_FLAGS := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
  -fno-sanitize-recover=all

$(eval $(call selfcheck,core,-O2))
$(eval $(call selfcheck,sanitize,$(SANITIZE_FLAGS)))

core: setup ## compile src/core without R and run its self-check
	@$(MAKE) -j$(JOBS) build/core/selfcheck
	./build/core/selfcheck

sanitize: setup ## the same with the address and undefined-behaviour sanitizers
	@$(MAKE) -j$(JOBS) build/sanitize/selfcheck
	./build/sanitize/selfcheck

document: setup ## make man/, NAMESPACE and the Rcpp exports
	@$(RSCRIPT) -e 'source("tools/document.R"); document()'

format: ## lay the C++ out by .clang-format
	@if command -v clang-format > /dev/null; then \
	  find src tools \( -name '*.cpp' -o -name '*.h' \) -not -name 'RcppExports.cpp' \
	    -print0 | xargs -0 -r clang-format -i; \
	else echo "format: clang-format is not installed, nothing done"; fi

clean: ## remove everything made here
	@rm -rf build demo-output src/*.so src/*.dll
	@find src -name '*.o' -delete
