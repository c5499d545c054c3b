// The core's Executor on RcppParallel. The only file that knows RcppParallel exists.
#ifndef FEEDFORWARD_BINDINGS_EXECUTOR_H
#define FEEDFORWARD_BINDINGS_EXECUTOR_H

#include <Rcpp.h>
// RcppParallel's matrix view, of no use here, derives from std::iterator, of which C++17
// compilers warn; its include guard keeps it out.
#define __RCPP_PARALLEL_RMATRIX__
#include <RcppParallel.h>

#include <algorithm>
#include <exception>
#include <functional>
#include <thread>
#include <vector>

#ifndef _WIN32
#include <unistd.h>
#endif

#include "words/crew.h"
#include "words/executor.h"

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

  void run(std::size_t n_tasks, const std::function<void(std::size_t)>& task) override {
    if (threads_ == 1 || n_tasks < 2) return Executor::run(n_tasks, task);
    if (crew_) return crew_->run(n_tasks, task);
    hold([&] { crew_->run(n_tasks, task); });
  }

  // One parallelFor carries all the run()s inside `work`: each of its tasks joins a crew,
  // the first of them leads. None waits for one that was never started.
  void hold(const std::function<void()>& work) override {
    if (threads_ == 1 || crew_) return work();
    Crew crew;
    crew_ = &crew;
    Members members(crew, work);
    RcppParallel::parallelFor(0, threads_, members, 1, static_cast<int>(threads_));
    crew_ = nullptr;
    crew.rethrow();
  }

  // Called when the library is loaded, so that a fork is told from its parent.
  static void remember_process() { is_forked(); }

 private:
  struct Members : public RcppParallel::Worker {
    Members(Crew& c, const std::function<void()>& w) : crew(c), work(w) {}
    void operator()(std::size_t begin, std::size_t end) override {
      for (; begin < end; ++begin) crew.join(work);
    }
    Crew& crew;
    const std::function<void()>& work;
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
  Crew* crew_ = nullptr;
};

#endif
