#ifndef SOUTENANCE_CLIENTS_LIB_CONNECTION_H_
#define SOUTENANCE_CLIENTS_LIB_CONNECTION_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "clients/lib/language.h"
#include "clients/lib/server_address.h"

namespace google::protobuf {
class Message;
}

namespace soutenance::clients {

// How a client talks to a server.
struct ConnectionOptions {
  ServerAddress server;
  std::string token;                                 // bearer token; empty: none is sent
  Language language = Language::kEnglish;            // of the sentences about the connection itself
  absl::Duration time_max;                           // of one call; zero: as the contract says
  absl::Duration retry_time_max = absl::Seconds(4);  // how long an unavailable server is asked again
  std::function<void()> on_wait;  // before each wait for an unavailable server; may be null
};

// The one way from a client to a server: every call has a deadline, carries the token and a request id, and
// is tried again with backoff while the server is UNAVAILABLE, if that can do no harm. Methods are found in
// the contract by the type of their request, so that calling one is
//
//   pb::GetRoomRequest request;
//   request.set_name("rooms/a101");
//   ASSIGN_OR_RETURN(const pb::Room room, connection.Call<pb::Room>(std::move(request)));
//
// Errors are those of the method, with the facts of services/base/error.h and the request id (failure.h).
// UNAVAILABLE with reason SERVER_UNREACHABLE if nobody answers; INVALID_ARGUMENT with reason
// REQUEST_TOO_LARGE for more than 16 MiB, which is not sent. Safe for concurrent use.
class Connection {
 public:
  // Does not connect yet.
  explicit Connection(ConnectionOptions options);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Calls the method that takes `request`. Gives a mutating request a fresh request_id if it has none.
  template <typename Response, typename Request>
  absl::StatusOr<Response> Call(Request request) {
    Response response;
    if (absl::Status status = CallUntyped(request, response); !status.ok()) return status;
    return response;
  }

  // Calls a list method page by page and returns all of it in one response without a page token.
  template <typename Response, typename Request>
  absl::StatusOr<Response> List(Request request) {
    Response all;
    if (request.page_size() == 0) request.set_page_size(kPageSize);
    do {
      Response page;
      if (absl::Status status = CallUntyped(request, page); !status.ok()) return status;
      request.set_page_token(page.next_page_token());
      all.MergeFrom(page);
    } while (!request.page_token().empty());
    all.clear_next_page_token();
    return all;
  }

  // Whether a follower wants more.
  enum class Next { kGoOn, kStop };
  // How a stream is followed.
  struct Follower {
    std::function<Next()> on_message;  // after each message, which is then in the `message` given to Follow
    std::function<Next()> on_tick;     // every kTick while nothing comes; may be null
    absl::Duration reconnect_time_max = absl::Seconds(60);
  };
  // Calls the streaming method that takes `request` and reads each of its messages into `message`, until the
  // stream ends or the follower stops. A stream that breaks because the server is UNAVAILABLE is begun again;
  // so is one that has reached its longest time.
  absl::Status Follow(const google::protobuf::Message& request, google::protobuf::Message& message,
                      const Follower& follower);

  // Calls the method that takes a stream of `message` and sends what `next` puts into it, until it returns
  // false. Not tried again: who sends knows where to go on.
  absl::Status Send(google::protobuf::Message& message, google::protobuf::Message& response,
                    const std::function<bool()>& next);

  // What grpc.health.v1.Health says about `service` (a full name; empty: the whole server).
  enum class Health { kServing, kNotServing, kUnknownService };
  absl::StatusOr<Health> CheckHealth(absl::string_view service);

  static constexpr int kPageSize = 500;
  static constexpr absl::Duration kTick = absl::Milliseconds(100);

 private:
  struct Channel;  // hides gRPC's headers, which are slow to compile

  // INVALID_ARGUMENT, reason REQUEST_TOO_LARGE, if no server takes so much at once.
  absl::Status CheckSize(const google::protobuf::Message& request) const;
  absl::Status CallUntyped(google::protobuf::Message& request, google::protobuf::Message& response);

  const ConnectionOptions options_;
  const std::unique_ptr<Channel> channel_;
};

}  // namespace soutenance::clients

#endif  // SOUTENANCE_CLIENTS_LIB_CONNECTION_H_
