#include "services/assignment/world_check.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/assignment/jury_rules.h"
#include "services/base/status.h"

namespace soutenance::assignment {

absl::StatusOr<std::map<std::string, ThesisFacts>> FindTheses(const ThesisLookup& theses,
                                                              const std::vector<Entry>& entries) {
  std::set<std::string> ids;
  for (const Entry& entry : entries) ids.insert(entry.jury->thesis);
  return theses.Find(ids);
}

absl::Status CheckReferences(const PeopleLookup& people, const std::map<std::string, ThesisFacts>& known,
                             const std::vector<Entry>& entries, std::vector<FieldViolation>& problems) {
  std::set<std::string> named;
  for (const Entry& entry : entries) {
    for (const Seat& seat : entry.jury->seats) named.insert(seat.person);
  }
  std::set<std::string> known_people;
  if (!named.empty()) {
    ASSIGN_OR_RETURN(known_people, people.KnownPeople(named));
  }
  for (const auto& [at, jury] : entries) {
    const auto thesis = known.find(jury->thesis);
    if (thesis != known.end() && thesis->second.programme != jury->programme) {
      problems.push_back({.field = absl::StrCat(at, ".programme"),
                          .description = absl::StrCat("is ", jury->programme, "; ", jury->ThesisName(),
                                                      " belongs to ", thesis->second.programme)});
    }
    for (std::size_t i = 0; i < jury->seats.size(); ++i) {
      const std::string& person = jury->seats[i].person;
      if (known_people.count(person) > 0) continue;
      problems.push_back(
          {.field = absl::StrCat(at, ".seats[", i, "].person"),
           .description = absl::StrCat("there is no ", person,
                                       " in the directory; create it first, or correct the name")});
    }
  }
  return absl::OkStatus();
}

absl::Status CheckRules(const std::map<std::string, ThesisFacts>& known, const std::vector<Entry>& entries) {
  std::vector<PreconditionViolation> broken;
  for (const Entry& entry : entries) {
    const auto thesis = known.find(entry.jury->thesis);
    if (thesis != known.end()) AppendBrokenRules(*entry.jury, thesis->second, broken);
  }
  return broken.empty() ? absl::OkStatus() : JuryRuleBroken(std::move(broken));
}

std::vector<Seating> SeatingsIn(const std::map<std::string, ThesisFacts>& known,
                                const std::vector<Entry>& entries) {
  std::vector<Seating> seatings;
  for (const Entry& entry : entries) {
    const auto thesis = known.find(entry.jury->thesis);
    if (thesis == known.end()) continue;
    for (Seating& seating : SeatingsOf(*entry.jury, thesis->second)) seatings.push_back(std::move(seating));
  }
  return seatings;
}

}  // namespace soutenance::assignment
