// soutenanced: hosts the modules of Soutenance that its configuration names.

#include <malloc.h>
#include <pthread.h>
#include <signal.h>

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "services/base/clock.h"
#include "services/host/config.h"
#include "services/host/host.h"
#include "services/host/modules.h"

namespace soutenance::host {
namespace {

constexpr int kDone = 0;
constexpr int kRefused = 1;
constexpr int kUsage = 2;

int Complain(const absl::Status& status, int code) {
  std::cerr << "soutenanced: " << status.message() << std::endl;
  return code;
}

// Pieces of uploads have a quarter of a mebibyte. As it comes, malloc gives their memory back to the system
// after each, and asks for it again with the next: a seventh of the processor time of an upload. It may keep
// two mebibytes in each of its few arenas. And Debian's Abseil looks for cycles in the order of gRPC's locks
// whenever one is taken, which is of use where a debug build is.
void TuneLibraries() {
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  mallopt(M_TRIM_THRESHOLD, 2 << 20);
#ifdef NDEBUG
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
#endif
}

// Every thread inherits the mask of the thread that starts it: the signals that stop the server are blocked
// before there is a second thread, so that only WaitForStop receives them.
sigset_t BlockStopSignals() {
  signal(SIGPIPE, SIG_IGN);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

void WaitForStop(const sigset_t& signals) {
  int signal = 0;
  while (sigwait(&signals, &signal) != 0) {
  }
}

int Serve(const Config& config) {
  TuneLibraries();
  const sigset_t stop_signals = BlockStopSignals();
  const SystemClock clock;
  absl::StatusOr<std::unique_ptr<Host>> host = Host::Start(config, AllModules(), clock);
  if (!host.ok()) return Complain(host.status(), kRefused);
  // The only line on standard output: whoever started the server may wait for it.
  std::cout << "soutenanced: " << (*host)->Describe() << std::endl;
  WaitForStop(stop_signals);
  (*host)->Stop();
  return kDone;
}

int Main(const std::vector<std::string>& arguments) {
  const absl::StatusOr<CommandLine> line = ReadCommandLine(arguments);
  if (!line.ok()) return Complain(line.status(), kUsage);
  switch (line->action) {
    case CommandLine::Action::kPrint:
      std::cout << line->text;
      return kDone;
    case CommandLine::Action::kCheckConfig: {
      const absl::Status status = CheckConfig(line->config, AllModules());
      if (!status.ok()) return Complain(status, kUsage);
      std::cout << "soutenanced: the configuration is correct\n";
      return kDone;
    }
    case CommandLine::Action::kServe:
      return Serve(line->config);
  }
  return kUsage;
}

}  // namespace
}  // namespace soutenance::host

int main(int argc, char** argv) {
  return soutenance::host::Main(std::vector<std::string>(argv + 1, argv + argc));
}
