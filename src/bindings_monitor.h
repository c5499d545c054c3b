// The core's Monitor on R's interrupt and a clock.
#ifndef FEEDFORWARD_BINDINGS_MONITOR_H
#define FEEDFORWARD_BINDINGS_MONITOR_H

#include <Rcpp.h>

#include <chrono>

#include "words/monitor.h"

// For threads that may not speak to R.
class ClockMonitor : public feedforward::Monitor {
 public:
  explicit ClockMonitor(double seconds)
      : end_(Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                std::chrono::duration<double>(seconds))) {}
  Answer ask() override { return Clock::now() >= end_ ? Answer::kPause : Answer::kGoOn; }

 private:
  using Clock = std::chrono::steady_clock;
  const Clock::time_point end_;
};

class RMonitor : public feedforward::Monitor {
 public:
  // Pauses after `seconds`; none when it is not positive.
  explicit RMonitor(double seconds) : seconds_(seconds), start_(now()), looked_(start_) {}

  Answer ask() override {
    const double t = now();
    if (t - looked_ >= kLookEvery) {
      looked_ = t;
      if (!R_ToplevelExec(check, this) || error_ != R_NilValue) return Answer::kInterrupt;
    }
    return seconds_ > 0 && t - start_ >= seconds_ ? Answer::kPause : Answer::kGoOn;
  }

  // Hands on the error that R had in store: a time limit of setTimeLimit().
  void raise() const {
    if (error_ != R_NilValue) Rcpp::Function("stop")(error_);
  }

 private:
  static constexpr double kLookEvery = 0.05;
  static double now() {
    using Clock = std::chrono::steady_clock;
    return std::chrono::duration<double>(Clock::now().time_since_epoch()).count();
  }
  // R leaves this by a long jump when Ctrl-C was pressed; no C++ frame lies in its way.
  static void check(void* self) { R_tryCatchError(look, nullptr, keep, self); }
  static SEXP look(void*) {
    R_CheckUserInterrupt();
    return R_NilValue;
  }
  static SEXP keep(SEXP error, void* self) {
    static_cast<RMonitor*>(self)->error_ = error;
    return R_NilValue;
  }

  const double seconds_, start_;
  double looked_;
  Rcpp::RObject error_ = R_NilValue;
};

#endif
