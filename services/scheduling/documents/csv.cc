#include "services/scheduling/documents/csv.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "services/base/status.h"
#include "services/scheduling/documents/arrangement.h"
#include "services/scheduling/documents/words.h"

namespace soutenance::scheduling::documents {
namespace {

using Cells = std::vector<std::string>;

// Appends one line. Quotes only the cells that need it, as RFC 4180 allows.
void AppendRow(std::string& csv, const Cells& cells, char separator) {
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) csv.push_back(separator);
    const std::string& cell = cells[i];
    const bool has_edge_space = !cell.empty() && (cell.front() == ' ' || cell.back() == ' ');
    if (!has_edge_space && cell.find_first_of(std::string("\"\r\n\t") + separator) == std::string::npos) {
      csv += cell;
      continue;
    }
    csv.push_back('"');
    for (const char c : cell) csv.append(c == '"' ? 2 : 1, c);
    csv.push_back('"');
  }
  csv += "\r\n";
}

// A spreadsheet takes a cell that begins like this for a formula, and would run it.
std::string Disarmed(const std::string& text) {
  const bool is_formula = !text.empty() && std::string("=+-@\t\r").find(text.front()) != std::string::npos;
  return is_formula ? "'" + text : text;
}

template <typename Person>
std::string NamesOf(const std::vector<Person>& people, absl::string_view separator) {
  return absl::StrJoin(people, separator,
                       [](std::string* out, const Person& person) { out->append(person.name); });
}

// "09/06/2027 14:30"
std::string FrenchTime(absl::CivilMinute time) {
  return absl::StrFormat("%02d/%02d/%04d %02d:%02d", time.day(), time.month(), time.year(), time.hour(),
                         time.minute());
}

// 75 minutes are "1,25".
std::string FrenchHours(int minutes) {
  std::string hours = absl::StrFormat("%d,%02d", minutes / 60, (minutes % 60 * 100 + 30) / 60);
  while (hours.back() == '0') hours.pop_back();
  if (hours.back() == ',') hours.pop_back();
  return hours;
}

std::string FrenchJury(const std::vector<DocumentJuror>& jury) {
  return absl::StrJoin(jury, ", ", [](std::string* out, const DocumentJuror& juror) {
    absl::StrAppend(out, juror.name, " (", RoleWord(juror.role, Language::kFrench),
                    juror.is_remote ? ", visio)" : ")");
  });
}

std::string HumanFrench(const TimetableDocument& document, const Arrangement& arrangement) {
  std::string csv = "\xef\xbb\xbf";
  AppendRow(csv,
            {"Identifiant", "Statut", "Début", "Fin", "Durée (heures)", "Salle", "Site", "Étudiants", "Titre",
             "Huis clos", "Jury", "Motif"},
            ';');
  for (const ArrangedDay& day : arrangement.days) {
    for (const PlacedDefence* d : day.defences) {
      AppendRow(csv,
                {Disarmed(d->id), d->status == DefenceStatus::kCancelled ? "annulée" : "confirmée",
                 FrenchTime(d->start), FrenchTime(EndOf(*d, arrangement.zone)),
                 FrenchHours(d->duration_minutes), Disarmed(d->room_name), Disarmed(d->site),
                 Disarmed(NamesOf(d->students, ", ")), d->is_closed ? "" : Disarmed(d->title),
                 d->is_closed ? "oui" : "non", Disarmed(FrenchJury(d->jury)), ""},
                ';');
    }
  }
  for (const UnplacedDefence& d : document.unplaced) {
    AppendRow(csv,
              {Disarmed(d.id), "sans créneau", "", "", "", "", "", Disarmed(NamesOf(d.students, ", ")),
               d.is_closed ? "" : Disarmed(d.title), d.is_closed ? "oui" : "non",
               Disarmed(FrenchJury(d.jury)), Disarmed(d.reason)},
              ';');
  }
  return csv;
}

absl::string_view MachineRole(JuryRole role) {
  switch (role) {
    case JuryRole::kPresident:
      return "president";
    case JuryRole::kSupervisor:
      return "supervisor";
    case JuryRole::kReviewer:
      return "reviewer";
    case JuryRole::kExaminer:
      return "examiner";
    case JuryRole::kCompanyTutor:
      return "company_tutor";
    case JuryRole::kGuest:
      return "guest";
  }
  return "";
}

std::string MachineStudents(const std::vector<DocumentStudent>& students) {
  return absl::StrJoin(students, "|",
                       [](std::string* out, const DocumentStudent& student) { out->append(student.person); });
}

std::string MachineJury(const std::vector<DocumentJuror>& jury) {
  return absl::StrJoin(jury, "|", [](std::string* out, const DocumentJuror& juror) {
    absl::StrAppend(out, juror.person, ":", MachineRole(juror.role), juror.is_remote ? ":remote" : "");
  });
}

// "2027-06-14T14:30:00+02:00"
std::string MachineTime(absl::Time time, absl::TimeZone zone) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%S%Ez", time, zone);
}

std::string Machine(const TimetableDocument& document, const Arrangement& arrangement) {
  std::string csv;
  AppendRow(csv,
            {"defence", "status", "start", "end", "duration_minutes", "room", "room_name", "site", "students",
             "student_names", "title", "closed", "jury", "jury_names", "uid", "sequence", "reason"},
            ',');
  for (const ArrangedDay& day : arrangement.days) {
    for (const PlacedDefence* d : day.defences) {
      const absl::Time start = absl::FromCivil(d->start, arrangement.zone);
      const absl::Time end = start + absl::Minutes(d->duration_minutes);
      AppendRow(
          csv,
          {d->id, d->status == DefenceStatus::kCancelled ? "cancelled" : "confirmed",
           MachineTime(start, arrangement.zone), MachineTime(end, arrangement.zone),
           absl::StrCat(d->duration_minutes), d->room, d->room_name, d->site, MachineStudents(d->students),
           NamesOf(d->students, "|"), d->is_closed ? "" : d->title, d->is_closed ? "true" : "false",
           MachineJury(d->jury), NamesOf(d->jury, "|"), d->uid, absl::StrCat(d->sequence), ""},
          ',');
    }
  }
  for (const UnplacedDefence& d : document.unplaced) {
    AppendRow(csv,
              {d.id, "unplaced", "", "", "", "", "", "", MachineStudents(d.students),
               NamesOf(d.students, "|"), d.is_closed ? "" : d.title, d.is_closed ? "true" : "false",
               MachineJury(d.jury), NamesOf(d.jury, "|"), "", "", d.reason},
              ',');
  }
  return csv;
}

}  // namespace

absl::StatusOr<std::string> RenderCsv(const TimetableDocument& document, CsvFlavour flavour) {
  ASSIGN_OR_RETURN(const Arrangement arrangement, Arrange(document));
  switch (flavour) {
    case CsvFlavour::kHumanFrench:
      return HumanFrench(document, arrangement);
    case CsvFlavour::kMachine:
      return Machine(document, arrangement);
  }
  return std::string();
}

}  // namespace soutenance::scheduling::documents
