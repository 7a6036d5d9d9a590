#ifndef SOUTENANCE_TESTS_TESTING_PROCESS_H_
#define SOUTENANCE_TESTS_TESTING_PROCESS_H_

#include <sys/types.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace soutenance::testing {

// A child process, started with posix_spawn (gRPC does not survive a fork), whose standard output can be read
// line by line. Its standard error goes to a file. The destructor kills and reaps it. Not safe for concurrent
// use.
class Process {
 public:
  struct Options {
    std::vector<std::string> arguments;              // arguments[0] is the binary's path
    std::map<std::string, std::string> environment;  // added to the test's own
    std::string error_file;                          // appended to; empty: the test's own standard error
  };

  // Fails if the binary cannot be started.
  static absl::StatusOr<std::unique_ptr<Process>> Start(const Options& options);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // Returns the next line of standard output, without its end. DEADLINE_EXCEEDED after `limit`, OUT_OF_RANGE
  // at the end.
  absl::StatusOr<std::string> ReadLine(absl::Duration limit);
  // Reads standard output to its end.
  std::string ReadAll();

  pid_t pid() const { return pid_; }
  void Signal(int signal) const;
  // Waits until the process has ended and returns its exit code, or 128 plus the number of the signal that
  // ended it.
  int Wait();

 private:
  Process(pid_t pid, int output) : pid_(pid), output_(output) {}

  pid_t pid_;
  int output_;  // read end of the pipe; owned
  std::string buffer_;
  int exit_code_ = -1;
};

// A fresh folder below the test's temporary folder, short enough for a Unix socket inside; removed by the
// destructor.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace soutenance::testing

#endif  // SOUTENANCE_TESTS_TESTING_PROCESS_H_
