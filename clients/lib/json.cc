#include "clients/lib/json.h"

#include <google/protobuf/message.h>
#include <google/protobuf/util/json_util.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "clients/lib/display_text.h"

namespace soutenance::clients {

std::string ToJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  std::string json;
  // Fails only for Any with an unknown type, of which the contract has none.
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  if (!status.ok()) return absl::StrCat("{}\n");
  return json;
}

absl::Status FromJson(absl::string_view json, google::protobuf::Message& message) {
  const auto status = google::protobuf::util::JsonStringToMessage(
      google::protobuf::StringPiece(json.data(), json.size()), &message);
  if (status.ok()) return absl::OkStatus();
  const auto sentence = status.message();
  return absl::InvalidArgumentError(absl::string_view(sentence.data(), sentence.size()));
}

std::string JsonQuoted(absl::string_view text) {
  // Bytes that are not UTF-8 would make the whole document unreadable.
  const std::string readable = IsUtf8(text) ? std::string(text) : Printable(text);
  std::string quoted = "\"";
  for (const char c : readable) {
    if (c == '"' || c == '\\') {
      absl::StrAppend(&quoted, "\\", absl::string_view(&c, 1));
    } else if (c == '\n') {
      quoted += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      absl::StrAppendFormat(&quoted, "\\u%04x", static_cast<unsigned char>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

JsonObject& JsonObject::Text(absl::string_view name, absl::string_view value) {
  return value.empty() ? *this : Raw(name, JsonQuoted(value));
}

JsonObject& JsonObject::Raw(absl::string_view name, absl::string_view json) {
  members_.push_back(absl::StrCat(JsonQuoted(name), ":", json));
  return *this;
}

std::string JsonObject::Done() const { return absl::StrCat("{", absl::StrJoin(members_, ","), "}"); }

std::string JsonArray(const std::vector<std::string>& elements) {
  return absl::StrCat("[", absl::StrJoin(elements, ","), "]");
}

}  // namespace soutenance::clients
