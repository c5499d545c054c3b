// The core's Executor on RcppParallel. The only file that knows RcppParallel exists.
#ifndef FEEDFORWARD_BINDINGS_EXECUTOR_H
#define FEEDFORWARD_BINDINGS_EXECUTOR_H

// RcppParallel.h last: TBB and R define macros of the same name.
#include <Rcpp.h>
#include <RcppParallel.h>

#include <algorithm>
#include <exception>
#include <thread>
#include <vector>

#ifndef _WIN32
#include <unistd.h>
#endif

#include "executor.h"

class ParallelExecutor : public feedforward::Executor {
 public:
  // No more threads than cores: TBB would print a warning of its own for each that is
  // asked for beyond them.
  explicit ParallelExecutor(int threads)
      : threads_(is_forked() || threads < 1
                     ? 1
                     : std::min<std::size_t>(
                           static_cast<std::size_t>(threads),
                           std::max(1u, std::thread::hardware_concurrency()))) {}

  std::size_t width() const override { return threads_; }

  // One task per index, grain 1. An exception that left a task would be lost by
  // RcppParallel's own backend, so each is kept and the first by index rethrown here.
  void run(std::size_t n_tasks, const std::function<void(std::size_t)>& task) override {
    if (threads_ == 1 || n_tasks < 2) return Executor::run(n_tasks, task);
    Tasks tasks(task, n_tasks);
    RcppParallel::parallelFor(0, n_tasks, tasks, 1, static_cast<int>(threads_));
    for (const std::exception_ptr& error : tasks.errors) {
      if (error) std::rethrow_exception(error);
    }
  }

 private:
  struct Tasks : public RcppParallel::Worker {
    Tasks(const std::function<void(std::size_t)>& t, std::size_t n) : task(t), errors(n) {}
    void operator()(std::size_t begin, std::size_t end) override {
      for (std::size_t i = begin; i < end; ++i) {
        try {
          task(i);
        } catch (...) {
          errors[i] = std::current_exception();
        }
      }
    }
    const std::function<void(std::size_t)>& task;
    std::vector<std::exception_ptr> errors;
  };

  // Threads do not survive a fork: in a child (parallel::mclapply) all work is serial.
  static bool is_forked() {
#ifdef _WIN32
    return false;
#else
    static const pid_t loaded_by = getpid();
    return getpid() != loaded_by;
#endif
  }

  const std::size_t threads_;

 public:
  // Called when the library is loaded, so that a fork is told from its parent.
  static void remember_process() { is_forked(); }
};

#endif
