#ifndef SOUTENANCE_TESTS_SYSTEM_DEPLOYMENT_H_
#define SOUTENANCE_TESTS_SYSTEM_DEPLOYMENT_H_

#include <grpcpp/channel.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/base/clock.h"
#include "services/host/host.h"
#include "tests/testing/process.h"

namespace soutenance::system_test {

// How the system runs. Tests are written once and run on each.
enum class Shape { kInProcess, kOneBinary, kBinaryPerService };

// The whole system, in a temporary folder of its own: in this process, in one soutenanced behind a Unix
// socket, or in four that call each other. Not safe for concurrent use.
class Deployment {
 public:
  // `store`: "postgresql://..." for all services; empty: SQLite files in the data folders. Ends the test
  // program with a message if the system does not start.
  explicit Deployment(Shape shape, std::string store = "");
  ~Deployment();
  Deployment(const Deployment&) = delete;
  Deployment& operator=(const Deployment&) = delete;

  // A channel to whoever hosts `module`: "scheduling". Valid until the deployment stops.
  std::shared_ptr<grpc::Channel> ChannelTo(const std::string& module) const;

  // The token that the first start wrote.
  const std::string& administrator_token() const { return administrator_token_; }

  // The data folder of the process that hosts `module`.
  std::string DataDir(const std::string& module) const;

  // Ends all processes at once, as a power cut would (kill -9). REQUIRES: not in process.
  void Kill();
  // Ends them in order. Returns the exit code of each process; 0 in process.
  std::vector<int> Stop();
  // Starts again on what was written.
  void Start();

 private:
  struct Unit {
    std::string name;                   // "all" or the module
    std::vector<std::string> services;  // empty: all
  };
  std::string AddressOf(const Unit& unit) const;
  std::vector<std::string> Arguments(const Unit& unit) const;
  const Unit& UnitOf(const std::string& module) const;
  void StartProcesses();
  void StartInProcess();
  void ReadToken();

  const Shape shape_;
  const std::string store_;
  const SystemClock clock_;
  testing::TemporaryFolder folder_;
  std::vector<Unit> units_;
  std::vector<std::unique_ptr<testing::Process>> processes_;
  std::unique_ptr<host::Host> host_;
  std::map<std::string, std::shared_ptr<grpc::Channel>> channels_;  // by unit
  std::string administrator_token_;
};

}  // namespace soutenance::system_test

#endif  // SOUTENANCE_TESTS_SYSTEM_DEPLOYMENT_H_
