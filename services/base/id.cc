#include "services/base/id.h"

#include <sys/random.h>

#include <array>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"

namespace soutenance {
namespace {

bool IsIdCharacter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return absl::ascii_isalnum(byte) || c == '.' || c == '_' || c == '~' || c == '-';
}

absl::Status Refuse(absl::string_view id, absl::string_view why) {
  return Error(absl::StatusCode::kInvalidArgument, absl::StrCat("\"", absl::Utf8SafeCEscape(id), "\" ", why),
               {.reason = "ID_INVALID", .metadata = {{"id", std::string(id)}}});
}

}  // namespace

absl::Status CheckId(absl::string_view id) {
  if (id.empty()) return Refuse(id, "is empty; an identifier has 1 to 63 characters");
  if (id.size() > kIdBytesMax) return Refuse(id, "is too long; an identifier has 1 to 63 characters");
  for (const char c : id) {
    if (!IsIdCharacter(c)) {
      return Refuse(id,
                    "has a character that an identifier may not have; letters without accent, digits and . _ "
                    "~ - may stand in it");
    }
  }
  if (id == "." || id == "..") return Refuse(id, "is not an identifier");
  return absl::OkStatus();
}

absl::StatusOr<std::string> ParseName(absl::string_view name, absl::string_view collection) {
  const std::string prefix = absl::StrCat(collection, "/");
  if (!absl::StartsWith(name, prefix)) {
    return Error(
        absl::StatusCode::kInvalidArgument,
        absl::StrCat("\"", absl::Utf8SafeCEscape(name), "\" is not a name of the form ", prefix, "{id}"),
        {.reason = "NAME_INVALID", .metadata = {{"name", std::string(name)}}});
  }
  const absl::string_view id = name.substr(prefix.size());
  RETURN_IF_ERROR(CheckId(id));
  return std::string(id);
}

std::string NewId() {
  constexpr char kAlphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
  // Not std::random_device: making one asks the processor what it is, which takes 100 us in a virtual
  // machine.
  std::array<unsigned char, 16> random = {};
  // The kernel gives up to 256 bytes at once and without fail, once it has started.
  if (getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size())) std::abort();
  std::string id;
  id.reserve(26);
  unsigned bits = 0;
  int available = 0;
  for (const unsigned char byte : random) {
    bits = (bits << 8) | byte;
    for (available += 8; available >= 5;) {
      available -= 5;
      id.push_back(kAlphabet[(bits >> available) & 31]);
    }
  }
  id.push_back(kAlphabet[(bits << (5 - available)) & 31]);
  return id;
}

}  // namespace soutenance
