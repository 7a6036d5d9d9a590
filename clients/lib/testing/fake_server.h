#ifndef SOUTENANCE_CLIENTS_LIB_TESTING_FAKE_SERVER_H_
#define SOUTENANCE_CLIENTS_LIB_TESTING_FAKE_SERVER_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "tests/testing/process.h"

namespace soutenance::clients::testing {

// One canned answer: messages, then the status. A unary method has one message or an error.
struct Answer {
  std::vector<std::string> messages;  // serialised
  absl::Status status = absl::OkStatus();
  enum class End {
    kFinish,
    kHold,  // keeps the stream open until FakeServer::Release
  } end = End::kFinish;
};

// A server with every method of every service, on a real Unix socket, that answers what a test told it.
// Methods are called by their short names, which are unique in the contract ("GetRoom"). What nobody told it
// is UNIMPLEMENTED.
//   FakeServer server;
//   server.Answers("GetRoom", room);
//   ... client calls "unix:..." ...
//   EXPECT_EQ(server.Requests<pb::GetRoomRequest>("GetRoom")[0].name(), "rooms/a101");
// Safe for concurrent use.
class FakeServer {
 public:
  // One call as it came in.
  struct Received {
    std::string request;  // serialised
    std::map<std::string, std::string> metadata;
  };

  // Listens in a folder of its own.
  FakeServer();
  // Listens at `socket_path`, which a test stops and starts again.
  explicit FakeServer(const std::string& socket_path);
  ~FakeServer();
  FakeServer(const FakeServer&) = delete;
  FakeServer& operator=(const FakeServer&) = delete;

  // "unix:/tmp/.../s.sock"
  const std::string& address() const { return address_; }

  // Adds an answer of `method`; the last one is given again and again.
  void Answers(absl::string_view method, Answer answer);
  void Answers(absl::string_view method, const google::protobuf::Message& message) {
    Answers(method, {.messages = {message.SerializeAsString()}});
  }
  void Refuses(absl::string_view method, const absl::Status& status) { Answers(method, {.status = status}); }
  // Runs `action` when `method` is called, before it is answered.
  void Before(absl::string_view method, std::function<void()> action);
  // Writes `message` to every held stream of `method` and ends it.
  void Release(absl::string_view method, const google::protobuf::Message& message);

  // What grpc.health.v1.Health answers for `service`.
  void SetServing(const std::string& service, bool serving);

  std::vector<Received> Calls(absl::string_view method) const;
  template <typename Request>
  std::vector<Request> Requests(absl::string_view method) const {
    std::vector<Request> requests;
    for (const Received& call : Calls(method)) {
      requests.emplace_back().ParseFromString(call.request);
    }
    return requests;
  }

 private:
  class Service;
  class Reactor;

  soutenance::testing::TemporaryFolder folder_;
  std::string address_;
  std::unique_ptr<Service> service_;
};

}  // namespace soutenance::clients::testing

#endif  // SOUTENANCE_CLIENTS_LIB_TESTING_FAKE_SERVER_H_
