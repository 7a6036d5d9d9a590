#ifndef SOUTENANCE_CLIENTS_LIB_JSON_H_
#define SOUTENANCE_CLIENTS_LIB_JSON_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace google::protobuf {
class Message;
}

namespace soutenance::clients {

// `message` in protobuf's JSON form, indented, with a line end: camelCase names, values that are unset or
// zero left out, 64-bit integers as texts. What --json prints.
std::string ToJson(const google::protobuf::Message& message);

// Reads protobuf's JSON form into `message`; both camelCase and snake_case names are accepted, unknown ones
// are refused. INVALID_ARGUMENT with what is wrong.
absl::Status FromJson(absl::string_view json, google::protobuf::Message& message);

// `text` as a JSON text in quotes.
std::string JsonQuoted(absl::string_view text);

// Writes the few documents that are not messages, such as errors, in the order in which members are added.
//   JsonObject().Text("code", "ABORTED").Raw("details", "[]").Done()
class JsonObject {
 public:
  // Adds a member; left out if `value` is empty.
  JsonObject& Text(absl::string_view name, absl::string_view value);
  // Adds a member whose value is JSON already.
  JsonObject& Raw(absl::string_view name, absl::string_view json);
  // The object.
  std::string Done() const;

 private:
  std::vector<std::string> members_;
};

// The array of `elements`, each of which is JSON already.
std::string JsonArray(const std::vector<std::string>& elements);

}  // namespace soutenance::clients

#endif  // SOUTENANCE_CLIENTS_LIB_JSON_H_
