#ifndef SOUTENANCE_SERVICES_DIRECTORY_IMPORT_VALUES_H_
#define SOUTENANCE_SERVICES_DIRECTORY_IMPORT_VALUES_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/directory/import/batch.h"

// What may stand in a cell. Each function returns no value for a text that is not what it reads; an empty
// text is never a value, except for ParseYesNo. Case, accents and surrounding spaces do not matter.
namespace soutenance::directory::import_folder {

// "2027-06-14" or "14/06/2027", years 2000 to 2199. Days that do not exist are refused.
std::optional<absl::CivilDay> ParseDay(absl::string_view text);

// Minutes since midnight: "09:30", "9:30", "9h30", "9 h 30", "9h", "09:30:00"; "24:00" is the end of the day.
std::optional<int> ParseTimeOfDay(absl::string_view text);

// oui, non, yes, no, x, 1, 0, vrai, faux, true, false; empty is no.
std::optional<bool> ParseYesNo(absl::string_view text);

// A whole number without sign, at most 9 digits.
std::optional<int> ParseNumber(absl::string_view text);

// The parts between `|`, trimmed; empty parts are left out.
std::vector<std::string> SplitValues(absl::string_view text);

// Days separated by `|`, each a day or a span "2027-06-14..2027-06-18", which stands for its Mondays to
// Fridays (at most 366 days long). Ascending, without repetition.
std::optional<std::vector<absl::CivilDay>> ParseDays(absl::string_view text);

// "09:00-12:30|13:30-18:00": ascending and disjoint once sorted; windows that overlap are refused.
std::optional<std::vector<MinuteSpan>> ParseHours(absl::string_view text);

// "2027", or a school year "2026-2027" (also with a slash), which is 2027; the second year follows the first.
std::optional<int> ParseYear(absl::string_view text);

// "off", "hard", "strong 20", "soft 5", "soft_2 5" to "soft_6 5" (also in French: "non", "dur", "fort 20",
// "souple_2 5"); without a number the weight is 0. A second number is the parameter: "soft 5 30". A colon
// does as well as a space. The rule's name and line are left empty.
std::optional<RuleSetting> ParseRuleStrength(absl::string_view text);

// Whether `text` has the form of an e-mail address: one @, something before it, a domain with a dot after it,
// no spaces.
bool LooksLikeEmail(absl::string_view text);

}  // namespace soutenance::directory::import_folder

#endif  // SOUTENANCE_SERVICES_DIRECTORY_IMPORT_VALUES_H_
