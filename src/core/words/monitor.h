// Level 0, words. Asked between slices of work, on the calling thread, whether to go on.
#ifndef FEEDFORWARD_MONITOR_H
#define FEEDFORWARD_MONITOR_H

namespace feedforward {

class Monitor {
 public:
  enum class Answer { kGoOn, kPause, kInterrupt };
  virtual ~Monitor() = default;
  virtual Answer ask() { return Answer::kGoOn; }
};

}  // namespace feedforward

#endif
