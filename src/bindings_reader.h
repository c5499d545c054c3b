// Reads a list by name and, in the end, insists that all of it was read.
#ifndef FEEDFORWARD_BINDINGS_READER_H
#define FEEDFORWARD_BINDINGS_READER_H

#include <Rcpp.h>

#include <cmath>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>

class Reader {
 public:
  // what: the list's name in errors.
  Reader(const Rcpp::List& list, const std::string& what) : list_(list), what_(what) {
    if (list.size() == 0) return;
    const SEXP names = list.names();
    if (Rf_isNull(names)) throw std::invalid_argument(what_ + " has no names");
    const Rcpp::CharacterVector all(names);
    for (R_xlen_t i = 0; i < all.size(); ++i) {
      left_[Rcpp::as<std::string>(all[i])] = i;
    }
  }

  SEXP get(const char* name) {
    const auto found = left_.find(name);
    if (found == left_.end()) {
      throw std::invalid_argument(what_ + " lacks '" + name + "'");
    }
    const SEXP value = list_[found->second];
    left_.erase(found);
    return value;
  }
  double number(const char* name) { return Rcpp::as<double>(get(name)); }
  bool flag(const char* name) { return Rcpp::as<bool>(get(name)); }
  std::string text(const char* name) { return Rcpp::as<std::string>(get(name)); }
  std::uint64_t count(const char* name) { return to_count(number(name), name); }
  // NULL gives none.
  template <class T>
  std::vector<T> all(const char* name) {
    const SEXP values = get(name);
    return Rf_isNull(values) ? std::vector<T>() : Rcpp::as<std::vector<T>>(values);
  }
  void finish() const {
    if (left_.empty()) return;
    throw std::invalid_argument(what_ + " has unknown element '" + left_.begin()->first +
                                "'");
  }

  std::uint64_t to_count(double value, const char* name) const {
    if (!(value >= 0) || value > 9e15 || value != std::floor(value)) {
      throw std::invalid_argument(what_ + " '" + name + "' is not a count");
    }
    return static_cast<std::uint64_t>(value);
  }

 private:
  const Rcpp::List list_;
  const std::string what_;
  std::map<std::string, R_xlen_t> left_;
};

#endif
