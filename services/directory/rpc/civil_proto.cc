#include "services/directory/rpc/civil_proto.h"

#include "absl/strings/str_format.h"
#include "services/directory/import/values.h"

namespace soutenance::directory {

// The readers of spreadsheets accept more forms than the contract, which knows one of each.

std::optional<absl::CivilDay> DateFromProto(absl::string_view text) {
  const bool has_form = text.size() == 10 && text[4] == '-' && text[7] == '-';
  return has_form ? import_folder::ParseDay(text) : std::nullopt;
}

std::optional<int> TimeFromProto(absl::string_view text) {
  const bool has_form = text.size() == 5 && text[2] == ':';
  return has_form ? import_folder::ParseTimeOfDay(text) : std::nullopt;
}

std::string DateToProto(absl::CivilDay day) { return absl::FormatCivilTime(day); }

std::string TimeToProto(int minutes) { return absl::StrFormat("%02d:%02d", minutes / 60, minutes % 60); }

}  // namespace soutenance::directory
