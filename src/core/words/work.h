// Level 0, words. How work is measured, in multiply-adds, and the budgets it is cut by.
// No budget decides a bit of a result.
#ifndef FEEDFORWARD_WORK_H
#define FEEDFORWARD_WORK_H

#include <cstddef>

namespace feedforward {

// What a task may take between two looks at the monitor: about a tenth of a second.
constexpr double kSliceWork = 5e8;
// Below it, calling threads together costs more than they save.
constexpr double kWorthThreads = 2e6;

// Forward, a row meets each weight once; then come its error and its step.
inline double prediction_work(std::size_t weights, std::size_t rows) {
  return static_cast<double>(weights) * static_cast<double>(rows);
}
inline double training_work(std::size_t weights, std::size_t rows) {
  return 3.0 * prediction_work(weights, rows);
}

}  // namespace feedforward

#endif
