#include "services/assignment/loads.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/error.h"
#include "services/base/id.h"
#include "services/base/programme_roles.h"
#include "services/base/record.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

using Reader = LoadStore::Reader;
using Writer = LoadStore::Writer;

bool RunsSomething(const Caller& caller) {
  return RunsEveryProgramme(caller) || !ProgrammesRunBy(caller).empty();
}

// "ana (president), bob (examiner)".
std::string SeatsText(const std::vector<HeldSeat>& seats) {
  std::vector<std::string> words;
  for (const HeldSeat& seat : seats) {
    words.push_back(
        absl::StrCat(seat.person.substr(seat.person.rfind('/') + 1), " (", SeatRoleName(seat.role), ")"));
  }
  return absl::StrJoin(words, ", ");
}

std::string YearText(const std::vector<HeldSeat>& seats) {
  return seats.empty() ? "" : absl::StrCat(seats.front().year);
}

// The seats of `jury` that were held; counts those that were not.
std::vector<HeldSeat> HeldOn(const Jury& jury, const std::vector<Invitation>& invitations, int year,
                             absl::Time now, int& left_out) {
  std::vector<HeldSeat> held;
  for (const Seat& seat : jury.seats) {
    const bool is_refused =
        std::any_of(invitations.begin(), invitations.end(), [&](const Invitation& invitation) {
          return invitation.thesis == jury.thesis && invitation.person == seat.person &&
                 AsOf(invitation, &jury, now).IsRefused();
        });
    if (is_refused) {
      ++left_out;
      continue;
    }
    held.push_back({.thesis = jury.thesis,
                    .person = seat.person,
                    .programme = jury.programme,
                    .year = year,
                    .role = seat.role});
  }
  std::sort(held.begin(), held.end(),
            [](const HeldSeat& a, const HeldSeat& b) { return a.person < b.person; });
  return held;
}

void AddChange(const Jury& jury, const std::vector<HeldSeat>& before, const std::vector<HeldSeat>& after,
               ChangeList& changes) {
  if (before == after) {
    changes.AddUnchanged();
    return;
  }
  Change change{.kind = before.empty() ? Change::Kind::kCreated : Change::Kind::kUpdated,
                .resource = jury.Name(),
                .label = jury.thesis};
  if (after.empty()) change.kind = Change::Kind::kRemoved;
  if (change.kind == Change::Kind::kUpdated) {
    if (YearText(before) != YearText(after)) {
      change.fields.push_back({.name = "year", .before = YearText(before), .after = YearText(after)});
    }
    if (SeatsText(before) != SeatsText(after)) {
      change.fields.push_back({.name = "seats", .before = SeatsText(before), .after = SeatsText(after)});
    }
  }
  changes.Add(std::move(change));
}

absl::Status CheckYear(int year, int this_year) {
  if (year <= this_year && year >= this_year - LoadCorrection::kYearsMax) return absl::OkStatus();
  return InvalidFields(
      {{.field = "year",
        .description = absl::StrCat("is ", year, "; expected ", this_year - LoadCorrection::kYearsMax, " to ",
                                    this_year)}});
}

}  // namespace

std::string RecordedJuries::Serialize() const {
  RecordWriter out;
  out.Text(juries.Serialize()).Integer(seats).Integer(left_out);
  return out.bytes();
}

absl::StatusOr<RecordedJuries> RecordedJuries::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  RecordedJuries result;
  const std::string juries = in.Text();
  result.seats = static_cast<int>(in.Integer());
  result.left_out = static_cast<int>(in.Integer());
  if (!in.IsComplete()) return absl::DataLossError("a stored record of juries cannot be read");
  ASSIGN_OR_RETURN(result.juries, ChangeList::Parse(juries));
  return result;
}

absl::StatusOr<std::vector<Load>> Loads::AllLoads() const {
  std::vector<std::string> people;
  std::vector<SeatCount> seats;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(people, reader.PeopleWithProfile());
    ASSIGN_OR_RETURN(seats, reader.CountStanding(""));
    ASSIGN_OR_RETURN(const std::vector<SeatCount> past, reader.CountPast(""));
    seats.insert(seats.end(), past.begin(), past.end());
    return absl::OkStatus();
  }));
  return Compare(people, seats, YearOf(clock_.Now()));
}

absl::StatusOr<Load> Loads::GetLoad(const Caller& caller, const std::string& person) const {
  const bool is_own = !caller.person.empty() && caller.person == person;
  if (is_own || RunsSomething(caller)) {
    ASSIGN_OR_RETURN(std::vector<Load> loads, AllLoads());
    for (Load& load : loads) {
      if (load.person == person) return std::move(load);
    }
    // Nothing is a load too.
    if (is_own) {
      Load load{.person = person};
      load.mean = loads.empty() ? 0 : loads.front().mean;
      return load;
    }
  }
  return NotFound("load", absl::StrCat(person, "/load"));
}

absl::StatusOr<Page<Load>> Loads::ListLoads(const Caller& caller, const PageRequest& page) const {
  Page<Load> list;
  if (!RunsSomething(caller)) return list;
  ASSIGN_OR_RETURN(std::vector<Load> loads, AllLoads());
  for (Load& load : loads) {
    if (load.person <= page.after) continue;
    if (list.items.size() == static_cast<std::size_t>(page.size)) {
      list.next = list.items.back().person;
      break;
    }
    list.items.push_back(std::move(load));
  }
  return list;
}

absl::StatusOr<RecordedJuries> Loads::RecordHeld(const Caller& caller, const HeldJuries& held,
                                                 const Mutation& mutation) {
  RETURN_IF_ERROR(CheckRunsProgramme(caller, held.programme));
  const absl::Time now = clock_.Now();
  RETURN_IF_ERROR(CheckYear(held.year, YearOf(now)));
  ASSIGN_OR_RETURN(std::optional<RecordedJuries> first, FindFirstResult<RecordedJuries>(store_, mutation));
  if (first) return *std::move(first);
  ASSIGN_OR_RETURN(const std::vector<ThesisFacts> theses, theses_.Visible(held.programme));
  std::vector<std::string> ids;
  for (const ThesisFacts& thesis : theses) {
    if (thesis.is_withdrawn || (!held.cohort.empty() && thesis.cohort != held.cohort)) continue;
    ids.push_back(thesis.id);
  }
  return Once<RecordedJuries>(
      store_, mutation, now, [&](const Reader& reader, Writer* writer) -> absl::StatusOr<RecordedJuries> {
        RecordedJuries result;
        ASSIGN_OR_RETURN(const std::vector<Jury> juries, reader.juries().FindAll(ids));
        ASSIGN_OR_RETURN(const std::vector<Invitation> invitations, reader.ListInvitations(ids));
        ASSIGN_OR_RETURN(const std::vector<HeldSeat> recorded, reader.FindHeld(ids));
        std::map<std::string, std::vector<HeldSeat>> before;
        for (const HeldSeat& seat : recorded) before[seat.thesis].push_back(seat);
        std::map<std::string, std::vector<Invitation>> invited;
        for (const Invitation& invitation : invitations) invited[invitation.thesis].push_back(invitation);
        for (const Jury& jury : juries) {
          const std::vector<HeldSeat> after =
              HeldOn(jury, invited[jury.thesis], held.year, now, result.left_out);
          result.seats += static_cast<int>(after.size());
          AddChange(jury, before[jury.thesis], after, result.juries);
          if (writer != nullptr && before[jury.thesis] != after) {
            RETURN_IF_ERROR(writer->PutHeld(jury.thesis, after, now));
          }
        }
        return result;
      });
}

absl::StatusOr<ChangeList> Loads::Correct(const Caller& caller,
                                          const std::vector<LoadCorrection>& corrections,
                                          const Mutation& mutation) {
  const absl::Time now = clock_.Now();
  std::vector<FieldViolation> problems;
  for (std::size_t i = 0; i < corrections.size(); ++i) {
    CheckCorrection(corrections[i], YearOf(now), absl::StrCat("corrections[", i, "]"), problems);
  }
  if (!problems.empty()) return InvalidFields(std::move(problems));
  std::set<std::string> people;
  for (const LoadCorrection& correction : corrections) {
    RETURN_IF_ERROR(CheckRunsProgramme(caller, correction.programme));
    people.insert(correction.person);
  }
  ASSIGN_OR_RETURN(std::optional<ChangeList> first, FindFirstResult<ChangeList>(store_, mutation));
  if (first) return *std::move(first);
  ASSIGN_OR_RETURN(const std::set<std::string> known, people_.KnownPeople(people));
  for (std::size_t i = 0; i < corrections.size(); ++i) {
    if (known.count(corrections[i].person) > 0) continue;
    problems.push_back(
        {.field = absl::StrCat("corrections[", i, "].person"),
         .description = absl::StrCat(corrections[i].person, " is nobody the directory knows")});
  }
  if (!problems.empty()) return InvalidFields(std::move(problems));
  return Once<ChangeList>(
      store_, mutation, now, [&](const Reader& reader, Writer* writer) -> absl::StatusOr<ChangeList> {
        ChangeList changes;
        for (const std::string& person : people) {
          ASSIGN_OR_RETURN(const std::vector<SeatCount> past, reader.CountPast(person));
          int before = 0;
          for (const SeatCount& seats : past) before += seats.count;
          int after = before;
          for (const LoadCorrection& correction : corrections) {
            if (correction.person == person) after += correction.count;
          }
          changes.Add(
              {.kind = Change::Kind::kUpdated,
               .resource = absl::StrCat(person, "/load"),
               .label = person.substr(person.rfind('/') + 1),
               .fields = {
                   {.name = "past_count", .before = absl::StrCat(before), .after = absl::StrCat(after)}}});
        }
        if (writer == nullptr) return changes;
        for (const LoadCorrection& correction : corrections) {
          RETURN_IF_ERROR(writer->AddCorrection(correction, caller.account, now));
        }
        return changes;
      });
}

}  // namespace soutenance::assignment
