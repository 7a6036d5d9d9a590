#include "absl/strings/str_cat.h"
#include "services/directory/import/sheets.h"

namespace soutenance::directory::import_folder {
namespace {

enum Column { kFrom, kTo, kKind };

constexpr size_t kPeriodsMax = 400;

}  // namespace

std::vector<CalendarPeriod> ReadCalendar(const Sheet& sheet, Folder& folder) {
  const std::vector<Choice<PeriodKind>> kinds = {{{"school", "ecole"}, PeriodKind::kSchool},
                                                 {{"company", "entreprise"}, PeriodKind::kCompany}};
  std::vector<CalendarPeriod> periods;
  for (int i = 0; i < sheet.table().row_count(); ++i) {
    RowReader row(sheet, i, folder.problems);
    if (periods.size() == kPeriodsMax) {
      row.Refuse(kFrom, "periods_too_many",
                 {absl::StrCat("a calendar has at most ", kPeriodsMax, " periods"),
                  absl::StrCat("un calendrier a au plus ", kPeriodsMax, " périodes")});
      break;
    }
    CalendarPeriod period;
    period.line = row.line();
    const std::optional<absl::CivilDay> first = row.Day(kFrom);
    const std::optional<absl::CivilDay> last = row.Day(kTo);
    period.kind = row.OneOf(kKind, kinds, PeriodKind::kSchool);
    if (first && last) {
      period.first = *first;
      period.last = *last;
      if (*last < *first) {
        row.Refuse(kTo, "days_reversed",
                   {"the last day is before the first", "le dernier jour précède le premier"});
      }
      for (const CalendarPeriod& other : periods) {
        if (other.last < period.first || period.last < other.first) continue;
        row.Refuse(kFrom, "period_overlaps",
                   {absl::StrCat("the period overlaps that of line ", other.line),
                    absl::StrCat("la période chevauche celle de la ligne ", other.line)});
        break;
      }
      periods.push_back(period);
    }
  }
  return periods;
}

}  // namespace soutenance::directory::import_folder
