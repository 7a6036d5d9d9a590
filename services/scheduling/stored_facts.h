#ifndef SOUTENANCE_SERVICES_SCHEDULING_STORED_FACTS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_STORED_FACTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/scheduling/problem_builder.h"

namespace soutenance::scheduling {

// The facts behind timetables, kept so that a timetable can be computed again, shown and explained without
// asking anybody. Runs and timetables that were made from the same facts share them.
struct StoredFacts {
  std::string id;              // digest of the rest
  std::string problem_text;    // the exact problem: solver/io/problem_text.h
  std::string problem_digest;  // SHA-256 of the text, in hexadecimal
  std::string cast_text;       // who and where, for people: cast.h
  std::string base_text;       // the placements that the problem refers to: WriteBase

  friend bool operator==(const StoredFacts&, const StoredFacts&) = default;
};

// SHA-256 in hexadecimal.
std::string DigestOf(absl::string_view bytes);

// Puts the parts together and computes digest and id.
StoredFacts MakeStoredFacts(std::string problem_text, std::string cast_text, std::string base_text);

// The placements of a base timetable as bytes, and back. DATA_LOSS if `text` does not come from WriteBase.
std::string WriteBase(const std::vector<BasePlacement>& base);
absl::StatusOr<std::vector<BasePlacement>> ParseBase(absl::string_view text);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_STORED_FACTS_H_
