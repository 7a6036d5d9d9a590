#ifndef SOUTENANCE_CLIENTS_CLI_INTERRUPT_H_
#define SOUTENANCE_CLIENTS_CLI_INTERRUPT_H_

#include <csignal>

// Ctrl-C while something long runs.
namespace soutenance::cli {

// Set by SIGINT while an InterruptGuard lives.
inline volatile std::sig_atomic_t interrupted = 0;

// While it lives, a first SIGINT only sets `interrupted`; a second one ends the program as usual.
class InterruptGuard {
 public:
  InterruptGuard() {
    interrupted = 0;
    std::signal(SIGINT, [](int signal) {
      interrupted = 1;
      std::signal(signal, SIG_DFL);
    });
  }
  ~InterruptGuard() {
    std::signal(SIGINT, SIG_DFL);
    interrupted = 0;
  }
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
};

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_INTERRUPT_H_
