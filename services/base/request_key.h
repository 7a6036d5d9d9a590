#ifndef SOUTENANCE_SERVICES_BASE_REQUEST_KEY_H_
#define SOUTENANCE_SERVICES_BASE_REQUEST_KEY_H_

#include <string>

namespace soutenance {

// What makes a mutating call the same call as an earlier one. A client that did not get the answer sends the
// request again with the same `request_id`; the service then returns the first result and does nothing.
struct RequestKey {
  std::string request_id;   // chosen by the client, 1 to 63 characters; empty: the call is not protected
  std::string account;      // who asks: ids of different accounts never meet
  std::string method;       // "directory.CreateRoom"
  std::string fingerprint;  // digest of the request's content; the same id with another content is refused

  bool IsProtected() const { return !request_id.empty(); }
};

}  // namespace soutenance

#endif  // SOUTENANCE_SERVICES_BASE_REQUEST_KEY_H_
