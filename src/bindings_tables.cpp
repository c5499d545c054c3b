// What the core's tables list, for tests: R has tables of the same families.
#include <Rcpp.h>

#include <algorithm>

#include "learning/optimizer.h"

using namespace feedforward;

namespace {

// Of any rule the optimizer may choose.
std::size_t most_states(const Optimizer& optimizer) {
  Options plain{}, moving{};
  moving.momentum_start = moving.momentum_stable = 0.5;
  std::size_t most = 0;
  for (const Options& options : {plain, moving}) {
    const Rule rule = optimizer.rule(options);
    most = std::max(most, find_kernels("auto").rule(rule).states);
  }
  return most;
}

std::string name_of(Start start) {
  switch (start) {
    case Start::kPlain:
      return "plain";
    case Start::kRaised:
      return "raised";
  }
  return "";
}

}  // namespace

// One row per optimizer: its name, whether fast_mode is for it, from what it starts and
// how many states it keeps of each weight at most.
// [[Rcpp::export(rng = false)]]
Rcpp::DataFrame optimizer_table() {
  std::vector<std::string> name, start;
  std::vector<bool> lazy;
  std::vector<int> states;
  for (const Optimizer& optimizer : optimizers()) {
    name.push_back(optimizer.name);
    lazy.push_back(optimizer.may_be_lazy);
    start.push_back(name_of(optimizer.start));
    states.push_back(static_cast<int>(most_states(optimizer)));
  }
  return Rcpp::DataFrame::create(Rcpp::Named("name") = name, Rcpp::Named("lazy") = lazy,
                                 Rcpp::Named("start") = start,
                                 Rcpp::Named("states") = states);
}
