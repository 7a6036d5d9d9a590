#include "services/directory/checks.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/id.h"
#include "services/sheets/text.h"

namespace soutenance::directory {

void CheckText(absl::string_view text, Presence presence, std::size_t characters_max, std::string field,
               std::vector<FieldViolation>& problems) {
  if (text.empty()) {
    if (presence == Presence::kRequired) problems.push_back({std::move(field), "is required"});
    return;
  }
  if (!sheets::IsUtf8(text)) {
    problems.push_back({std::move(field), "is not valid UTF-8"});
  } else if (sheets::Trimmed(text).empty()) {
    problems.push_back({std::move(field), "consists of spaces only"});
  } else if (sheets::HasControlCharacter(text) || text.find_first_of("\t\r\n") != absl::string_view::npos) {
    problems.push_back({std::move(field), "contains a line end or another control character"});
  } else if (const std::size_t count = sheets::CharacterCount(text); count > characters_max) {
    problems.push_back(
        {std::move(field), absl::StrCat("has ", count, " characters; at most ", characters_max)});
  }
}

void CheckIdField(absl::string_view id, std::string field, std::vector<FieldViolation>& problems) {
  if (const absl::Status status = CheckId(id); !status.ok()) {
    problems.push_back({std::move(field), std::string(status.message())});
  }
}

void CheckCount(int64_t number, int64_t max, std::string field, std::vector<FieldViolation>& problems) {
  if (number >= 0 && number <= max) return;
  problems.push_back({std::move(field), absl::StrCat("is ", number, "; expected 0 to ", max)});
}

}  // namespace soutenance::directory
