// Level 0, words. Threads that work through many small batches of tasks together, without
// being started anew for each. Knows neither R nor RcppParallel.
#ifndef FEEDFORWARD_CREW_H
#define FEEDFORWARD_CREW_H

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <stdexcept>
#include <thread>
#include <vector>

// The first thread to join leads: it does the work, and calls run() for tasks. The others
// take tasks until the work is done. A task is taken by whoever is free, so it does not
// matter how many threads ever join; but the leader takes from the front and the others
// from the back, so that in batch after batch the same cores meet the same data.
// Exceptions come home: those of tasks through run(), that of the work through rethrow().
class Crew {
 public:
  void join(const std::function<void()>& work) {
    if (led_.exchange(true)) return help();
    try {
      work();
    } catch (...) {
      failure_ = std::current_exception();
    }
    done_.store(true, std::memory_order_release);
  }

  // Leader only. Rethrows the exception of the lowest failed index.
  void run(std::size_t n_tasks, const std::function<void(std::size_t)>& task) {
    if (n_tasks > kMost) throw std::invalid_argument("too many tasks at once");
    task_ = &task;
    errors_.assign(n_tasks, nullptr);
    finished_.store(0, std::memory_order_relaxed);
    const std::uint64_t batch = (state_.load(std::memory_order_relaxed) >> 40) + 1;
    state_.store(batch << 40 | std::uint64_t{n_tasks} << 20, std::memory_order_release);
    while (take_one(true)) {
    }
    for (unsigned spins = 0; finished_.load(std::memory_order_acquire) < n_tasks;) {
      wait(&spins);
    }
    for (const std::exception_ptr& error : errors_) {
      if (error) std::rethrow_exception(error);
    }
  }

  void rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  static constexpr std::uint64_t kMost = (std::uint64_t{1} << 20) - 1;

  void help() {
    for (unsigned spins = 0; !done_.load(std::memory_order_acquire);) {
      if (take_one(false)) {
        spins = 0;
      } else {
        wait(&spins);
      }
    }
  }

  // Takes a task of the batch in hand, if one is left, from the front or the back. The
  // batch cannot end while the task is under way, so what belongs to it stays.
  bool take_one(bool from_front) {
    std::uint64_t state = state_.load(std::memory_order_acquire);
    std::uint64_t next, rest;
    do {
      const std::uint64_t front = state & kMost, back = state >> 20 & kMost;
      if (front >= back) return false;
      next = from_front ? front : back - 1;
      rest = from_front ? state + 1 : state - (std::uint64_t{1} << 20);
    } while (!state_.compare_exchange_weak(state, rest, std::memory_order_acq_rel,
                                           std::memory_order_acquire));
    try {
      (*task_)(next);
    } catch (...) {
      errors_[next] = std::current_exception();
    }
    finished_.fetch_add(1, std::memory_order_release);
    return true;
  }

  // Busy for the microseconds that a task is late, then polite.
  static void wait(unsigned* spins) {
    if (++*spins < 4000) {
#if defined(__x86_64__) || defined(__i386__)
      __builtin_ia32_pause();
#endif
    } else {
      std::this_thread::yield();
    }
  }

  std::atomic<bool> led_{false}, done_{false};
  std::exception_ptr failure_;
  // Number of the batch, end and start of the tasks that are left: 24, 20 and 20 bits.
  std::atomic<std::uint64_t> state_{0};
  std::atomic<std::size_t> finished_{0};
  const std::function<void(std::size_t)>* task_ = nullptr;
  std::vector<std::exception_ptr> errors_;
};

#endif
