// Level 5, learning.
#include "learning/learner.h"

#include <limits>

namespace feedforward {

bool trains_by_row(const Options& options) {
  return options.mini_batch_size == 1 && steps_lazily(options);
}

bool limits_norms(const Options& options) {
  return options.max_w2 < std::numeric_limits<float>::max();
}

std::unique_ptr<Learner> make_learner(const Setting& setting) {
  return trains_by_row(setting.options) ? make_row_learner(setting)
                                        : make_batch_learner(setting);
}

}  // namespace feedforward
