#include "bindings_options.h"

#include <stdexcept>

using namespace feedforward;

namespace {

// Fills each option from the element of its name. What it may be, check_options() knows.
struct OptionReader {
  void number(const char* name, double& field, const Range&) {
    field = list.number(name);
  }
  void count(const char* name, std::size_t& field, const Range&) {
    field = list.count(name);
  }
  void numbers(const char* name, std::vector<double>& field, const Range&) {
    field = list.all<double>(name);
  }
  template <class E, std::size_t N>
  void choice(const char* name, E& field, const Named<E> (&table)[N]) {
    field = value_named(table, list.text(name), std::string("option '") + name + "'");
  }
  void flag(const char* name, bool& field) { field = list.flag(name); }
  void seed(const char* name, std::uint64_t& field) {
    field = read_seed(Rcpp::NumericVector(list.get(name)));
  }
  void inputs(const char* name, std::vector<int>& field) { field = list.all<int>(name); }
  void text(const char* name, std::string& field) { field = list.text(name); }

  Reader& list;
};

}  // namespace

std::uint64_t read_seed(const Rcpp::NumericVector& words) {
  const auto word = [&](R_xlen_t i) {
    if (!(words[i] >= 0) || words[i] > 4294967295.0) {
      throw std::invalid_argument("a word of the seed is not in [0, 2^32)");
    }
    return static_cast<std::uint64_t>(words[i]);
  };
  if (words.size() != 1 && words.size() != 2) {
    throw std::invalid_argument("a seed has one or two words");
  }
  return words.size() == 1 ? word(0) : word(0) | word(1) << 32;
}

Loss read_loss(const std::string& name) {
  return value_named(kLossNames, name, "the loss");
}

Options read_options(Reader& list) {
  OptionReader reader{list};
  Options options;
  visit_options(options, reader);
  return options;
}

Shape read_shape(const Rcpp::List& network, std::size_t coded_inputs,
                 std::size_t numeric_inputs) {
  Reader r(network, "network");
  Shape shape;
  shape.coded_inputs = coded_inputs;
  shape.numeric_inputs = numeric_inputs;
  if (r.count("inputs") != shape.inputs()) {
    throw std::invalid_argument("the rows do not have the inputs of the network");
  }
  for (double units : r.all<double>("hidden")) {
    if (!(units >= 1)) throw std::invalid_argument("a hidden layer has no unit");
    shape.hidden.push_back(static_cast<std::size_t>(units));
  }
  shape.activation =
      value_named(kActivationNames, r.text("activation"), "the activation");
  shape.outputs = r.count("outputs");
  if (shape.outputs < 1) throw std::invalid_argument("the network has no output");
  shape.output = value_named(kOutputNames, r.text("output"), "the output");
  shape.kept = r.all<double>("kept");
  if (!shape.kept.empty() && shape.kept.size() != shape.layers()) {
    throw std::invalid_argument("'kept' must have one share per layer");
  }
  for (double kept : shape.kept) {
    if (!(kept > 0 && kept <= 1)) throw std::invalid_argument("'kept' is not in (0, 1]");
  }
  r.finish();
  return shape;
}

template <class T>
TargetsOf<T> read_targets(const Rcpp::List& list) {
  Reader r(list, "target");
  const std::string kind = r.text("kind");
  const SEXP y = r.get("y");
  TargetsOf<T> t;
  if (kind == "classes") {
    t.classes = Rcpp::as<std::vector<std::int32_t>>(y);
  } else if (kind == "numbers") {
    const std::vector<T> by_output = Rcpp::as<std::vector<T>>(y);
    t.outputs = Rf_isMatrix(y) ? static_cast<std::size_t>(Rf_ncols(y)) : 1;
    if (t.outputs == 0) throw std::invalid_argument("the target has no number");
    t.numbers.resize(by_output.size());
    const std::size_t rows = by_output.size() / t.outputs;
    for (std::size_t k = 0; k < t.outputs; ++k) {
      for (std::size_t i = 0; i < rows; ++i) {
        t.numbers[i * t.outputs + k] = by_output[k * rows + i];
      }
    }
  } else if (kind != "inputs") {
    throw std::invalid_argument("unknown kind of target '" + kind + "'");
  }
  t.weights = r.all<T>("weights");
  t.offsets = r.all<T>("offset");
  r.finish();
  return t;
}

template TargetsOf<float> read_targets(const Rcpp::List&);
template TargetsOf<double> read_targets(const Rcpp::List&);
