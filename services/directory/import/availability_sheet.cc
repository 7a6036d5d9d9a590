#include <string>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "services/directory/import/sheets.h"

namespace soutenance::directory::import_folder {
namespace {

enum Column { kPerson, kDay, kFrom, kTo, kAnswer };

constexpr int kPeriodsMax = 1000;

}  // namespace

std::vector<AvailabilityRow> ReadAvailability(const Sheet& sheet, Folder& folder) {
  const std::vector<Choice<Answer>> answers = {{{"yes", "oui"}, Answer::kYes},
                                               {{"if_needed", "si_besoin"}, Answer::kIfNeeded},
                                               {{"no", "non"}, Answer::kNo}};
  std::vector<AvailabilityRow> rows;
  rows.reserve(static_cast<size_t>(sheet.table().row_count()));
  // A "no" inside a "yes" is a lunch break; only one and the same span cannot be both.
  absl::flat_hash_map<std::tuple<std::string, absl::CivilDay, int, int>, AvailabilityRow> by_span;
  absl::flat_hash_map<std::string, int> period_count;
  for (int i = 0; i < sheet.table().row_count(); ++i) {
    RowReader row(sheet, i, folder.problems);
    AvailabilityRow answer;
    answer.line = row.line();
    answer.person = ReadReference(row, kPerson, folder.people, folder.problems);
    answer.day = row.Day(kDay).value_or(absl::CivilDay());
    answer.span = row.Span(kFrom, kTo, true).value_or(kWholeDay);
    answer.answer = row.OneOf(kAnswer, answers, Answer::kYes);
    if (row.ok()) {
      const auto [first, added] = by_span.try_emplace(
          std::make_tuple(answer.person, answer.day, answer.span.from, answer.span.to), answer);
      if (!added && first->second.answer != answer.answer) {
        row.Refuse(
            kAnswer, "answer_contradictory",
            {absl::StrCat("line ", first->second.line, " gives another answer for the same person and hours"),
             absl::StrCat("la ligne ", first->second.line,
                          " donne une autre réponse pour la même personne et les mêmes heures")});
      }
      if (++period_count[answer.person] == kPeriodsMax + 1) {
        row.Refuse(kPerson, "answers_too_many",
                   {absl::StrCat("a person has at most ", kPeriodsMax, " rows"),
                    absl::StrCat("une personne a au plus ", kPeriodsMax, " lignes")});
      }
    }
    rows.push_back(std::move(answer));
  }
  return rows;
}

}  // namespace soutenance::directory::import_folder
