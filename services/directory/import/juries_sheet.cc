#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "services/directory/import/sheets.h"

namespace soutenance::directory::import_folder {
namespace {

enum Column { kThesis, kPerson, kRole, kMode };

constexpr int kSeatsMax = 12;

struct JurySoFar {
  int seats = 0;
  int president_line = 0;
};

const std::vector<Choice<JuryRole>>& Roles() {
  static const auto* const roles = new std::vector<Choice<JuryRole>>{
      {{"president", "president"}, JuryRole::kPresident},
      {{"supervisor", "encadrant"}, JuryRole::kSupervisor},
      {{"reviewer", "rapporteur"}, JuryRole::kReviewer},
      {{"examiner", "examinateur"}, JuryRole::kExaminer},
      {{"company_tutor", "tuteur_entreprise"}, JuryRole::kCompanyTutor},
      {{"guest", "invite"}, JuryRole::kGuest},
  };
  return *roles;
}

}  // namespace

std::vector<JuryRow> ReadJuries(const Sheet& sheet, Folder& folder) {
  const std::vector<Choice<Attendance>> modes = {{{"on_site", "sur place"}, Attendance::kOnSite},
                                                 {{"remote", "visio"}, Attendance::kRemote}};
  std::vector<JuryRow> juries;
  juries.reserve(static_cast<size_t>(sheet.table().row_count()));
  absl::flat_hash_map<std::string, int> line_of_seat;  // by thesis and person
  absl::flat_hash_map<std::string, JurySoFar> jury_of;
  for (int i = 0; i < sheet.table().row_count(); ++i) {
    RowReader row(sheet, i, folder.problems);
    JuryRow seat;
    seat.line = row.line();
    seat.thesis = ReadReference(row, kThesis, folder.theses, folder.problems);
    seat.person = ReadReference(row, kPerson, folder.people, folder.problems);
    seat.role = row.OneOf(kRole, Roles(), JuryRole::kExaminer);
    seat.attendance = row.OneOf(kMode, modes, Attendance::kOnSite);
    if (row.ok()) {
      const auto [first, added] =
          line_of_seat.try_emplace(absl::StrCat(seat.thesis, "\n", seat.person), seat.line);
      if (!added) {
        row.Refuse(kPerson, "juror_repeated",
                   {absl::StrCat("this person already sits on this jury on line ", first->second),
                    absl::StrCat("cette personne siège déjà à ce jury, ligne ", first->second)});
      }
      JurySoFar& jury = jury_of[seat.thesis];
      if (++jury.seats == kSeatsMax + 1) {
        row.Refuse(kThesis, "jury_too_large",
                   {absl::StrCat("a jury has at most ", kSeatsMax, " members"),
                    absl::StrCat("un jury a au plus ", kSeatsMax, " membres")});
      }
      if (seat.role == JuryRole::kPresident && jury.president_line > 0) {
        row.Refuse(kRole, "president_repeated",
                   {absl::StrCat("this jury already has a president on line ", jury.president_line),
                    absl::StrCat("ce jury a déjà un président, ligne ", jury.president_line)});
      } else if (seat.role == JuryRole::kPresident) {
        jury.president_line = seat.line;
      }
    }
    juries.push_back(std::move(seat));
  }
  return juries;
}

}  // namespace soutenance::directory::import_folder
