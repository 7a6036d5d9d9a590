#include "services/scheduling/defence.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/base/id.h"
#include "services/base/status.h"
#include "services/scheduling/resource_names.h"

namespace soutenance::scheduling {
namespace {

constexpr std::size_t kEquipmentMax = 20;
constexpr std::size_t kEquipmentBytesMax = 63;

bool IsEquipment(absl::string_view word) {
  return !word.empty() && word.size() <= kEquipmentBytesMax &&
         std::all_of(word.begin(), word.end(), [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return absl::ascii_islower(byte) || absl::ascii_isdigit(byte) || c == '_' || c == '-';
         });
}

}  // namespace

std::string DefenceName(absl::string_view campaign, absl::string_view thesis) {
  return absl::StrCat(campaign, "/defences/", IdOf(thesis));
}

absl::StatusOr<DefenceKey> ParseDefenceName(absl::string_view name) {
  ASSIGN_OR_RETURN(const NestedName parts, ParseNestedName(name, "campaigns", "defences"));
  return DefenceKey{.campaign = parts.parent, .thesis = absl::StrCat("theses/", parts.id)};
}

void CheckDefence(const Defence& defence, absl::string_view path, std::vector<FieldViolation>& problems) {
  const auto refuse = [&](absl::string_view field, const std::string& why) {
    problems.push_back({.field = absl::StrCat(path, field), .description = why});
  };
  if (const absl::Status name = ParseName(defence.thesis, "theses").status(); !name.ok()) {
    refuse("thesis", std::string(name.message()));
  }
  const int minutes = defence.duration_minutes;
  if (minutes != 0 && (minutes < kDefenceMinutesMin || minutes > kDefenceMinutesMax)) {
    refuse("duration_minutes", absl::StrCat(minutes, " is not between ", kDefenceMinutesMin, " and ",
                                            kDefenceMinutesMax, ", nor 0 for the campaign's"));
  }
  CheckSeats(defence.seats, absl::StrCat(path, "seats"), problems);
  if (std::string why = ProblemOfTopic(defence.topic); !why.empty()) refuse("topic", why);
  if (defence.equipment.size() > kEquipmentMax) {
    refuse("equipment", absl::StrCat("has ", defence.equipment.size(), " words; at most ", kEquipmentMax,
                                     " are possible"));
  }
  for (std::size_t i = 0; i < defence.equipment.size(); ++i) {
    if (IsEquipment(defence.equipment[i])) continue;
    refuse(absl::StrCat("equipment[", i, "]"),
           absl::StrCat("\"", absl::Utf8SafeCEscape(defence.equipment[i]),
                        "\" is not a lower-case word without accent, such as video"));
  }
}

void Normalise(Defence& defence) {
  std::sort(defence.equipment.begin(), defence.equipment.end());
  defence.equipment.erase(std::unique(defence.equipment.begin(), defence.equipment.end()),
                          defence.equipment.end());
  Normalise(defence.seats);
}

}  // namespace soutenance::scheduling
