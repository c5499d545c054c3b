// Level 0, words. What the core asks of threads. The default runs tasks one after
// another.
#ifndef FEEDFORWARD_EXECUTOR_H
#define FEEDFORWARD_EXECUTOR_H

#include <cstddef>
#include <functional>

namespace feedforward {

class Executor {
 public:
  virtual ~Executor() = default;
  // Runs task(0) .. task(n_tasks - 1), each once, in any order and on any thread, and
  // returns when all are done. Rethrows the exception of the lowest failed index.
  virtual void run(std::size_t n_tasks, const std::function<void(std::size_t)>& task) {
    for (std::size_t i = 0; i < n_tasks; ++i) task(i);
  }
  // Runs `work`, on any thread, and keeps the others at hand while it lasts: run() inside
  // it starts no threads, so that it pays for tasks of microseconds.
  virtual void hold(const std::function<void()>& work) { work(); }

  // How many tasks can run at once; may steer how work is cut, never a result.
  virtual std::size_t width() const { return 1; }
};

}  // namespace feedforward

#endif
