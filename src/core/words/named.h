// Level 0, words. Members of an enum by the names that users know them by: one table
// each, beside the enum, to read and to tell.
#ifndef FEEDFORWARD_NAMED_H
#define FEEDFORWARD_NAMED_H

#include <cstddef>
#include <stdexcept>
#include <string>

namespace feedforward {

template <class E>
struct Named {
  const char* name;
  E value;
};

// what: of which it is the name, for the error that lists the names there are.
template <class E, std::size_t N>
E value_named(const Named<E> (&table)[N], const std::string& name,
              const std::string& what) {
  std::string names;
  for (const Named<E>& member : table) {
    if (name == member.name) return member.value;
    names += std::string(names.empty() ? "" : ", ") + member.name;
  }
  throw std::invalid_argument(what + " is '" + name + "', must be one of " + names);
}

template <class E, std::size_t N>
const char* name_of(const Named<E> (&table)[N], E value) {
  for (const Named<E>& member : table) {
    if (value == member.value) return member.name;
  }
  throw std::invalid_argument("a member of an enum has no name");
}

}  // namespace feedforward

#endif
