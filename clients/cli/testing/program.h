#ifndef SOUTENANCE_CLIENTS_CLI_TESTING_PROGRAM_H_
#define SOUTENANCE_CLIENTS_CLI_TESTING_PROGRAM_H_

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "clients/lib/testing/fake_server.h"
#include "tests/testing/process.h"

namespace soutenance::cli::testing {

// How a run of the program ended.
struct Outcome {
  int exit_code = -1;
  std::string out;
  std::string err;
};

// The program `soutenance` in an environment of its own: an empty home, no variables of ours, English, and a
// server of canned answers. Not safe for concurrent use.
class Program {
 public:
  Program();

  clients::testing::FakeServer& server() { return server_; }
  const std::string& folder() const { return folder_.path(); }

  // Added to the environment of what follows.
  void Set(const std::string& variable, const std::string& value) { environment_[variable] = value; }

  // Runs "soutenance ARGUMENTS" to its end.
  Outcome Run(const std::vector<std::string>& arguments);
  // Starts it, for tests that do something meanwhile.
  std::unique_ptr<soutenance::testing::Process> Start(const std::vector<std::string>& arguments);
  // What a process started with Start has written to standard error so far.
  std::string Errors() const;

  // Writes a file in folder() and returns its path.
  std::string Write(const std::string& name, const std::string& content) const;
  std::string Read(const std::string& path) const;

  const std::map<std::string, std::string>& environment() const { return environment_; }
  // Path of the binary under test.
  static std::string Binary();

 private:
  soutenance::testing::TemporaryFolder folder_;
  clients::testing::FakeServer server_;
  std::map<std::string, std::string> environment_;
};

// The program at a terminal of its own, 80 cells wide.
class TerminalProgram {
 public:
  TerminalProgram(const Program& program, const std::vector<std::string>& arguments);
  ~TerminalProgram();
  TerminalProgram(const TerminalProgram&) = delete;
  TerminalProgram& operator=(const TerminalProgram&) = delete;

  // Reads until `text` has been shown; false if it is not within ten seconds.
  bool WaitFor(const std::string& text);
  void Type(const std::string& keys);
  // Waits for the end; returns the exit code.
  int Wait();
  // Everything shown so far.
  const std::string& shown() const { return shown_; }

 private:
  bool ReadSome(absl::Duration limit);

  int terminal_ = -1;
  pid_t pid_ = -1;
  std::string shown_;
};

}  // namespace soutenance::cli::testing

#endif  // SOUTENANCE_CLIENTS_CLI_TESTING_PROGRAM_H_
