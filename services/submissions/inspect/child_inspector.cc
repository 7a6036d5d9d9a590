#include "services/submissions/inspect/child_inspector.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <thread>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/submissions/inspect/report.h"

namespace soutenance::submissions::inspect {
namespace {

// All that a report may be: the text, and lines before it.
constexpr std::size_t kReportBytesMax = Inspection::kTextBytesMax + (256 << 10);
constexpr absl::Duration kLookAround = absl::Milliseconds(100);
constexpr int kNice = 10;
constexpr int kOutOfMemory = 3;
constexpr int kNoSandbox = 4;
constexpr int kCannotRun = 127;  // what the child of posix_spawn ends with if there is no such program

absl::Status Missing(const std::string& program, absl::string_view why) {
  return Error(absl::StatusCode::kUnavailable, absl::StrCat(program, " cannot look at files: ", why),
               {.reason = "INSPECTOR_MISSING", .metadata = {{"program", program}}});
}

// How a child ended and what it said.
struct Ended {
  std::string said;
  int status = 0;
  bool timed_out = false;
  bool said_too_much = false;
  bool stopped = false;
};

class Child {
 public:
  // Starts a child and returns when it has ended. `input` becomes its standard input.
  static absl::StatusOr<Ended> Run(const std::string& program, int input, absl::Duration time_max,
                                   const std::stop_token& stop) {
    ASSIGN_OR_RETURN(Child child, Start(program, input));
    return child.Watch(time_max, stop);
  }

 private:
  static absl::StatusOr<Child> Start(const std::string& program, int input) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return Missing(program, std::strerror(errno));
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    // Signals as at the start of a program, whatever this thread blocks.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    sigset_t all;
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    std::string name = program;
    char* const arguments[] = {name.data(), nullptr};
    char* const environment[] = {nullptr};
    Child child;
    const int error =
        posix_spawn(&child.pid_, program.c_str(), &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    child.output_ = ends[0];
    if (error == 0) return child;
    close(ends[0]);
    return Missing(program, std::strerror(error));
  }

  Ended Watch(absl::Duration time_max, const std::stop_token& stop) {
    Ended ended;
    const absl::Time end = absl::Now() + time_max;
    while (Listen(ended)) {
      ended.stopped = stop.stop_requested();
      ended.timed_out = absl::Now() >= end;
      if (ended.stopped || ended.timed_out || ended.said_too_much) {
        kill(pid_, SIGKILL);
        break;
      }
    }
    close(output_);
    while (waitpid(pid_, &ended.status, 0) < 0 && errno == EINTR) {
    }
    return ended;
  }

  // Takes what it says now; false at the end.
  bool Listen(Ended& ended) const {
    pollfd waiting{output_, POLLIN, 0};
    if (poll(&waiting, 1, static_cast<int>(absl::ToInt64Milliseconds(kLookAround))) <= 0) return true;
    char bytes[65536];
    const ssize_t read = ::read(output_, bytes, sizeof bytes);
    if (read < 0) return errno == EINTR;
    ended.said.append(bytes, static_cast<std::size_t>(read));
    ended.said_too_much = ended.said.size() > kReportBytesMax;
    return read > 0;
  }

  pid_t pid_ = 0;
  int output_ = -1;
};

// Runs a child behind whoever submits, from its first instruction on: to load its libraries takes longer than
// to look at a small file. A thread cannot take back a priority that it gave up, so it is one of its own.
absl::StatusOr<Ended> RunBehind(const std::string& program, int input, absl::Duration time_max,
                                const std::stop_token& stop) {
  absl::StatusOr<Ended> ended = absl::UnknownError("the child was not started");
  std::thread([&] {
    setpriority(PRIO_PROCESS, 0, kNice);  // of this thread, and of what it starts
    ended = Child::Run(program, input, time_max, stop);
  }).join();
  return ended;
}

// Why a child did not come to its end. A limit that the system enforces is no crash.
absl::string_view ReasonOf(const Ended& ended) {
  if (ended.timed_out) return "INSPECTION_TIMED_OUT";
  if (ended.said_too_much) return "INSPECTION_TOO_LARGE";
  if (WIFSIGNALED(ended.status)) {
    return WTERMSIG(ended.status) == SIGXCPU || WTERMSIG(ended.status) == SIGKILL ? "INSPECTION_TIMED_OUT"
                                                                                  : "INSPECTION_CRASHED";
  }
  return WEXITSTATUS(ended.status) == kOutOfMemory ? "INSPECTION_TOO_LARGE" : "INSPECTION_CRASHED";
}

}  // namespace

absl::StatusOr<Inspection> ChildInspector::Inspect(const ContentId& content, std::stop_token stop) {
  ASSIGN_OR_RETURN(const int input, open_(content.sha256));
  const absl::Cleanup close_input = [input] { close(input); };
  ASSIGN_OR_RETURN(const Ended ended, RunBehind(program_, input, time_max_, stop));
  if (ended.stopped) return absl::CancelledError("the server is stopping");
  const bool exited = WIFEXITED(ended.status);
  if (exited && WEXITSTATUS(ended.status) == kNoSandbox)
    return Missing(program_, "the system grants it no sandbox");
  if (exited && WEXITSTATUS(ended.status) == kCannotRun) return Missing(program_, "it cannot be started");
  ReadReport report = ParseReport(ended.said);
  if (!report.complete || ended.said_too_much) {
    report.inspection.findings.push_back(
        {report.stage.empty() ? "file_type" : report.stage, std::string(ReasonOf(ended)), ""});
  }
  return std::move(report.inspection);
}

}  // namespace soutenance::submissions::inspect
