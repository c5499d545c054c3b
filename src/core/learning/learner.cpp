// Level 5, learning.
#include "learning/learner.h"

namespace feedforward {

bool trains_by_row(const Options& options) {
  return options.mini_batch_size == 1 && Schedule(options).lazy();
}

std::unique_ptr<Learner> make_learner(const Task& task) {
  return trains_by_row(task.options) ? make_row_learner(task) : make_batch_learner(task);
}

}  // namespace feedforward
