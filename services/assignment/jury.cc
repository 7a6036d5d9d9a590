#include "services/assignment/jury.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/id.h"
#include "services/base/record.h"

namespace soutenance::assignment {
namespace {

// Without the collection in front: "people/ana" is "ana".
absl::string_view LastPart(absl::string_view name) { return name.substr(name.rfind('/') + 1); }

// "ana (president), bob (guest, remote)". On site goes without saying.
std::string ForPerson(const std::vector<Seat>& seats) {
  return absl::StrJoin(seats, ", ", [](std::string* out, const Seat& seat) {
    absl::StrAppend(out, LastPart(seat.person), " (", SeatRoleName(seat.role),
                    seat.mode == Seat::Mode::kRemote ? ", remote)" : ")");
  });
}

void CheckName(absl::string_view name, absl::string_view collection, const std::string& field,
               std::vector<FieldViolation>& problems) {
  const absl::Status status = ParseName(name, collection).status();
  if (!status.ok()) problems.push_back({.field = field, .description = std::string(status.message())});
}

}  // namespace

absl::string_view SeatRoleName(Seat::Role role) {
  switch (role) {
    case Seat::Role::kPresident:
      return "president";
    case Seat::Role::kSupervisor:
      return "supervisor";
    case Seat::Role::kReviewer:
      return "reviewer";
    case Seat::Role::kExaminer:
      return "examiner";
    case Seat::Role::kCompanyTutor:
      return "company_tutor";
    case Seat::Role::kGuest:
      return "guest";
  }
  return "";
}

absl::string_view SeatModeName(Seat::Mode mode) {
  switch (mode) {
    case Seat::Mode::kOnSite:
      return "on_site";
    case Seat::Mode::kRemote:
      return "remote";
  }
  return "";
}

std::string Jury::Name() const { return absl::StrCat("theses/", thesis, "/jury"); }

std::string Jury::ThesisName() const { return absl::StrCat("theses/", thesis); }

bool Jury::Seats(absl::string_view person) const {
  return !person.empty() && std::any_of(seats.begin(), seats.end(), [&](const Seat& seat) {
    return absl::string_view(seat.person) == person;
  });
}

std::string Jury::Serialize() const {
  RecordWriter out;
  out.Text(thesis).Integer(version).Text(programme);
  for (const Seat& seat : seats) {
    out.Text(seat.person).Integer(static_cast<int>(seat.role)).Integer(static_cast<int>(seat.mode));
  }
  return out.bytes();
}

absl::StatusOr<Jury> Jury::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  Jury jury;
  jury.thesis = in.Text();
  jury.version = in.Integer();
  jury.programme = in.Text();
  while (!in.IsAtEnd()) {
    Seat seat{.person = in.Text()};
    seat.role = static_cast<Seat::Role>(in.Integer());
    seat.mode = static_cast<Seat::Mode>(in.Integer());
    jury.seats.push_back(std::move(seat));
  }
  if (!in.IsComplete()) return absl::DataLossError("the bytes are not a jury");
  return jury;
}

absl::Status JuryExists(absl::string_view thesis) {
  const std::string name = absl::StrCat("theses/", thesis, "/jury");
  return Error(absl::StatusCode::kAlreadyExists, absl::StrCat(name, " exists already"),
               {.reason = "JURY_EXISTS", .metadata = {{"name", name}}});
}

void CheckJury(const Jury& jury, absl::string_view at, std::vector<FieldViolation>& problems) {
  CheckName(jury.programme, "programmes", absl::StrCat(at, ".programme"), problems);
  if (jury.seats.size() > Jury::kSeatsMax) {
    problems.push_back(
        {.field = absl::StrCat(at, ".seats"),
         .description = absl::StrCat("has ", jury.seats.size(), " entries; a jury has at most ",
                                     Jury::kSeatsMax, " seats")});
  }
  std::map<absl::string_view, std::size_t> first_of_person;
  for (std::size_t i = 0; i < jury.seats.size(); ++i) {
    const std::string& person = jury.seats[i].person;
    const std::string field = absl::StrCat(at, ".seats[", i, "].person");
    CheckName(person, "people", field, problems);
    if (const auto [first, is_new] = first_of_person.try_emplace(person, i); !is_new) {
      problems.push_back({.field = field,
                          .description = absl::StrCat(person, " sits twice, first as seats[", first->second,
                                                      "]; give each person one seat")});
    }
  }
}

std::vector<Change::Field> Differences(const Jury& before, const Jury& after) {
  std::vector<Change::Field> differences;
  if (before.programme != after.programme) {
    differences.push_back({.name = "programme",
                           .before = std::string(LastPart(before.programme)),
                           .after = std::string(LastPart(after.programme))});
  }
  if (before.seats != after.seats) {
    differences.push_back(
        {.name = "seats", .before = ForPerson(before.seats), .after = ForPerson(after.seats)});
  }
  return differences;
}

}  // namespace soutenance::assignment
