#include "services/scheduling/testing/fake_lookups.h"

#include <set>

#include "services/base/status.h"

namespace soutenance::scheduling::testing {
namespace {

template <typename T>
absl::StatusOr<std::vector<T>> Found(const std::map<std::string, T>& known,
                                     absl::Span<const std::string> names, const absl::Status& failure) {
  if (!failure.ok()) return failure;
  std::vector<T> found;
  for (const std::string& name : std::set<std::string>(names.begin(), names.end())) {
    const auto entry = known.find(name);
    if (entry != known.end()) found.push_back(entry->second);
  }
  return found;
}

template <typename T>
absl::StatusOr<std::optional<T>> FoundOne(const std::map<std::string, T>& known, absl::string_view name,
                                          const absl::Status& failure) {
  if (!failure.ok()) return failure;
  const auto entry = known.find(std::string(name));
  return entry == known.end() ? std::optional<T>() : std::optional<T>(entry->second);
}

}  // namespace

absl::StatusOr<std::vector<PersonFacts>> FakeDirectory::People(absl::Span<const std::string> names) const {
  return Found(people, names, failure);
}

absl::StatusOr<std::vector<RoomFacts>> FakeDirectory::Rooms(absl::Span<const std::string> names) const {
  return Found(rooms, names, failure);
}

absl::StatusOr<std::optional<ProgrammeFacts>> FakeDirectory::Programme(absl::string_view name) const {
  return FoundOne(programmes, name, failure);
}

absl::StatusOr<std::optional<CohortFacts>> FakeDirectory::Cohort(absl::string_view name) const {
  return FoundOne(cohorts, name, failure);
}

absl::StatusOr<std::vector<ThesisFacts>> FakeTheses::Theses(absl::Span<const std::string> names) const {
  return Found(theses, names, failure);
}

absl::StatusOr<std::vector<JuryFacts>> FakeJuries::Juries(absl::Span<const std::string> theses) const {
  return Found(juries, theses, failure);
}

absl::StatusOr<ChangeList> FakeJuries::SetJuries(absl::Span<const JuryToSet> set, absl::string_view,
                                                 bool validate_only) {
  RETURN_IF_ERROR(failure);
  ChangeList changes;
  for (const JuryToSet& jury : set) {
    changes.Add({.kind = Change::Kind::kUpdated, .resource = jury.thesis + "/jury"});
    if (!validate_only) juries[jury.thesis] = {.thesis = jury.thesis, .seats = jury.seats};
  }
  return changes;
}

}  // namespace soutenance::scheduling::testing
