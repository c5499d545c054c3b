// Level 0, words. The one check of a run's options; R has already checked in the user's
// words.
#include "words/options.h"

#include <stdexcept>

namespace feedforward {
namespace {

void require(bool holds, const char* name, const std::string& value,
             const std::string& wanted) {
  if (holds) return;
  throw std::invalid_argument(std::string("option '") + name + "' is " + value +
                              ", must be " + wanted);
}

struct Checker {
  void number(const char* name, double value, const Range& range) const {
    require(range.holds(value), name, std::to_string(value), range.words);
  }
  void count(const char* name, std::size_t value, const Range& range) const {
    require(range.holds(static_cast<double>(value)), name, std::to_string(value),
            range.words);
  }
  void numbers(const char* name, const std::vector<double>& values,
               const Range& range) const {
    for (double value : values) number(name, value, range);
  }
  template <class E, std::size_t N>
  void choice(const char*, E value, const Named<E> (&table)[N]) const {
    name_of(table, value);
  }
  // Any will do here.
  void flag(const char*, bool) const {}
  void seed(const char*, std::uint64_t) const {}
  void inputs(const char*, const std::vector<int>&) const {}
  void text(const char*, const std::string&) const {}
};

}  // namespace

void check_options(const Options& options, std::size_t hidden_layers) {
  const Checker checker;
  visit_options(options, checker);
  require(options.part < options.parts, "part", std::to_string(options.part),
          "below parts");
  const std::size_t ratios = options.hidden_dropout_ratios.size();
  require(ratios == hidden_layers, "hidden_dropout_ratios",
          std::to_string(ratios) + " numbers", "one number per hidden layer");
}

}  // namespace feedforward
