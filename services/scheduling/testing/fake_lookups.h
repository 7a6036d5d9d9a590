#ifndef SOUTENANCE_SERVICES_SCHEDULING_TESTING_FAKE_LOOKUPS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_TESTING_FAKE_LOOKUPS_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/scheduling/directory_lookup.h"
#include "services/scheduling/jury_lookup.h"
#include "services/scheduling/jury_writer.h"
#include "services/scheduling/thesis_lookup.h"

// The other services as a test says they are. `failure`, if set, is what every question gets for an answer.
// Not safe for concurrent changes.
namespace soutenance::scheduling::testing {

class FakeDirectory : public DirectoryLookup {
 public:
  // A person who is called `display_name`.
  void AddPerson(const std::string& name, const std::string& display_name) {
    people[name] = {.name = name, .display_name = display_name};
  }
  void AddRoom(RoomFacts room) { rooms[room.name] = std::move(room); }

  absl::StatusOr<std::vector<PersonFacts>> People(absl::Span<const std::string> names) const override;
  absl::StatusOr<std::vector<RoomFacts>> Rooms(absl::Span<const std::string> names) const override;
  absl::StatusOr<std::optional<ProgrammeFacts>> Programme(absl::string_view name) const override;
  absl::StatusOr<std::optional<CohortFacts>> Cohort(absl::string_view name) const override;

  std::map<std::string, PersonFacts> people;
  std::map<std::string, RoomFacts> rooms;
  std::map<std::string, ProgrammeFacts> programmes;
  std::map<std::string, CohortFacts> cohorts;
  absl::Status failure;
};

class FakeTheses : public ThesisLookup {
 public:
  void Add(ThesisFacts thesis) { theses[thesis.name] = std::move(thesis); }

  absl::StatusOr<std::vector<ThesisFacts>> Theses(absl::Span<const std::string> names) const override;

  std::map<std::string, ThesisFacts> theses;
  absl::Status failure;
};

class FakeJuries : public JuryLookup, public JuryWriter {
 public:
  void Add(JuryFacts jury) { juries[jury.thesis] = std::move(jury); }

  absl::StatusOr<std::vector<JuryFacts>> Juries(absl::Span<const std::string> theses) const override;
  // Counts each jury as updated.
  absl::StatusOr<ChangeList> SetJuries(absl::Span<const JuryToSet> set, absl::string_view request_id,
                                       bool validate_only) override;

  std::map<std::string, JuryFacts> juries;
  absl::Status failure;
};

}  // namespace soutenance::scheduling::testing

#endif  // SOUTENANCE_SERVICES_SCHEDULING_TESTING_FAKE_LOOKUPS_H_
