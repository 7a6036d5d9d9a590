#include "services/directory/import/cross_checks.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"

namespace soutenance::directory::import_folder {
namespace {

class CrossChecks {
 public:
  CrossChecks(const ImportBatch& batch, const FileNames& files, Problems& problems)
      : batch_(batch), files_(files), problems_(problems) {
    for (const ThesisRow& thesis : batch.theses) thesis_by_id_.try_emplace(thesis.id, &thesis);
  }

  void Run() {
    CheckSeats();
    WarnAboutThesesWithoutJury();
    WarnAboutDays();
    WarnAboutEquipment();
    WarnAboutDurations();
    WarnAboutCompanyWeeks();
  }

 private:
  void CheckSeats();
  void WarnAboutThesesWithoutJury();
  void WarnAboutDays();
  void WarnAboutEquipment();
  void WarnAboutDurations();
  void WarnAboutCompanyWeeks();
  void WarnIfOutside(absl::CivilDay day, SheetKind kind, int line);

  Place At(SheetKind kind, int line) const {
    const auto file = files_.find(kind);
    return {.file = file == files_.end() ? "" : file->second, .line = line};
  }

  const ImportBatch& batch_;
  const FileNames& files_;
  Problems& problems_;
  absl::flat_hash_map<std::string, const ThesisRow*> thesis_by_id_;
};

void CrossChecks::CheckSeats() {
  for (const JuryRow& seat : batch_.juries) {
    const auto found = thesis_by_id_.find(seat.thesis);
    if (found == thesis_by_id_.end() || seat.person.empty()) continue;
    const ThesisRow& thesis = *found->second;
    const Place place = At(SheetKind::kJuries, seat.line);
    if (std::find(thesis.authors.begin(), thesis.authors.end(), seat.person) != thesis.authors.end()) {
      problems_.AddError(
          "author_on_jury", place, seat.person,
          {absl::StrCat("an author of thesis ", thesis.id, " cannot sit on its jury"),
           absl::StrCat("un auteur du mémoire ", thesis.id, " ne peut pas siéger à son jury")});
    }
    if (seat.role == JuryRole::kSupervisor && !thesis.supervisor.empty() &&
        seat.person != thesis.supervisor) {
      problems_.AddWarning("supervisor_differs", place, seat.person,
                           {absl::StrCat("the supervisor of thesis ", thesis.id, " is ", thesis.supervisor),
                            absl::StrCat("l'encadrant du mémoire ", thesis.id, " est ", thesis.supervisor)});
    }
    if (seat.role == JuryRole::kCompanyTutor && !thesis.company_tutor.empty() &&
        seat.person != thesis.company_tutor) {
      problems_.AddWarning(
          "company_tutor_differs", place, seat.person,
          {absl::StrCat("the company tutor of thesis ", thesis.id, " is ", thesis.company_tutor),
           absl::StrCat("le tuteur en entreprise du mémoire ", thesis.id, " est ", thesis.company_tutor)});
    }
  }
}

void CrossChecks::WarnAboutThesesWithoutJury() {
  if (files_.count(SheetKind::kJuries) == 0) return;
  absl::flat_hash_set<std::string> judged;
  for (const JuryRow& seat : batch_.juries) judged.insert(seat.thesis);
  for (const ThesisRow& thesis : batch_.theses) {
    if (thesis.id.empty() || judged.contains(thesis.id)) continue;
    problems_.AddWarning(
        "jury_missing", At(SheetKind::kTheses, thesis.line), thesis.id,
        {"this thesis has no jury; its defence would only gather those who must attend",
         "ce mémoire n'a pas de jury ; sa soutenance ne réunirait que ceux qui doivent y être"});
  }
}

void CrossChecks::WarnIfOutside(absl::CivilDay day, SheetKind kind, int line) {
  const std::vector<absl::CivilDay>& days = batch_.campaign.days;
  if (day == absl::CivilDay() || std::binary_search(days.begin(), days.end(), day)) return;
  problems_.AddWarning("day_outside_campaign", At(kind, line), absl::FormatCivilTime(day),
                       {"this is not one of the days of the campaign; the row has no effect",
                        "ce jour n'est pas un jour de la campagne ; la ligne est sans effet"});
}

void CrossChecks::WarnAboutDays() {
  if (batch_.campaign.days.empty()) return;
  for (const AvailabilityRow& row : batch_.availability)
    WarnIfOutside(row.day, SheetKind::kAvailability, row.line);
  if (!batch_.openings) return;
  for (const OpeningRow& row : *batch_.openings) WarnIfOutside(row.day, SheetKind::kOpenings, row.line);
}

void CrossChecks::WarnAboutEquipment() {
  std::set<std::string> equipment;
  for (const RoomRow& room : batch_.rooms) equipment.insert(room.equipment.begin(), room.equipment.end());
  for (const ThesisRow& thesis : batch_.theses) {
    for (const std::string& item : thesis.equipment) {
      if (equipment.count(item) > 0) continue;
      problems_.AddWarning("equipment_nowhere", At(SheetKind::kTheses, thesis.line), item,
                           {"no room has this equipment", "aucune salle n'a cet équipement"});
    }
  }
  const auto remote = std::find_if(batch_.juries.begin(), batch_.juries.end(), [](const JuryRow& seat) {
    return seat.attendance == Attendance::kRemote;
  });
  if (remote != batch_.juries.end() && !batch_.rooms.empty() && equipment.count("video") == 0) {
    problems_.AddWarning("equipment_nowhere", At(SheetKind::kJuries, remote->line), "video",
                         {"a juror is remote and no room has the equipment video",
                          "un juré est en visio et aucune salle n'a l'équipement video"});
  }
}

void CrossChecks::WarnAboutDurations() {
  int longest = 0;
  for (const MinuteSpan& window : batch_.campaign.hours) longest = std::max(longest, window.to - window.from);
  if (longest == 0) return;
  const auto warn = [&](Place place, int minutes) {
    if (minutes <= longest) return;
    problems_.AddWarning(
        "duration_too_long", std::move(place), absl::StrCat(minutes),
        {absl::StrCat("a defence this long fits into no opening window; the longest has ", longest,
                      " minutes"),
         absl::StrCat("une soutenance aussi longue n'entre dans aucune plage ; la plus longue dure ", longest,
                      " minutes")});
  };
  warn(At(SheetKind::kCampaign, 0), batch_.campaign.duration_minutes);
  for (const ThesisRow& thesis : batch_.theses) {
    warn(At(SheetKind::kTheses, thesis.line), thesis.duration_minutes.value_or(0));
  }
}

void CrossChecks::WarnAboutCompanyWeeks() {
  if (!batch_.calendar) return;
  for (const CalendarPeriod& period : *batch_.calendar) {
    if (period.kind != PeriodKind::kCompany) continue;
    const std::vector<absl::CivilDay>& days = batch_.campaign.days;
    const auto day = std::lower_bound(days.begin(), days.end(), period.first);
    if (day == days.end() || *day > period.last) continue;
    problems_.AddWarning(
        "day_in_company", At(SheetKind::kCalendar, period.line), absl::FormatCivilTime(*day),
        {"this day of the campaign lies in a company period; no defence will be placed on it",
         "ce jour de la campagne est en période d'entreprise ; aucune soutenance n'y sera placée"});
  }
}

}  // namespace

void CheckAcrossFiles(const ImportBatch& batch, const FileNames& files, Problems& problems) {
  CrossChecks(batch, files, problems).Run();
}

}  // namespace soutenance::directory::import_folder
