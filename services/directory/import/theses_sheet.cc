#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/directory/import/sheets.h"

namespace soutenance::directory::import_folder {
namespace {

enum Column {
  kId,
  kTitle,
  kAuthors,
  kSupervisor,
  kCompanyTutor,
  kConfidential,
  kDuration,
  kEquipment,
  kLanguage
};

constexpr size_t kAuthorsMax = 2;
constexpr int kDurationMinutesMin = 5;
constexpr int kDurationMinutesMax = 480;

void CheckPeople(const ThesisRow& thesis, RowReader& row) {
  if (thesis.authors.size() > kAuthorsMax) {
    row.Refuse(kAuthors, "authors_too_many",
               {absl::StrCat("a thesis has at most ", kAuthorsMax, " authors"),
                absl::StrCat("un mémoire a au plus ", kAuthorsMax, " auteurs")});
  }
  const auto is_author = [&](const std::string& person) {
    return !person.empty() &&
           std::find(thesis.authors.begin(), thesis.authors.end(), person) != thesis.authors.end();
  };
  if (is_author(thesis.supervisor)) {
    row.Refuse(
        kSupervisor, "author_supervises",
        {"an author cannot supervise their own thesis", "un auteur ne peut pas encadrer son propre mémoire"});
  }
  if (is_author(thesis.company_tutor)) {
    row.Refuse(kCompanyTutor, "author_tutors",
               {"an author cannot be the company tutor of their own thesis",
                "un auteur ne peut pas être tuteur de son propre mémoire"});
  }
}

}  // namespace

std::vector<ThesisRow> ReadTheses(const Sheet& sheet, Folder& folder) {
  const std::vector<Choice<absl::string_view>> languages = {{{"fr", "fr"}, "fr"},
                                                            {{"en", "en"}, "en"},
                                                            {{"french", "francais"}, "fr"},
                                                            {{"english", "anglais"}, "en"}};
  std::vector<ThesisRow> theses;
  theses.reserve(static_cast<size_t>(sheet.table().row_count()));
  for (int i = 0; i < sheet.table().row_count(); ++i) {
    RowReader row(sheet, i, folder.problems);
    ThesisRow thesis;
    thesis.line = row.line();
    thesis.id = row.Id(kId);
    RefuseRepeatedId(row, kId, thesis.id, folder.theses);
    thesis.title = row.Text(kTitle);
    thesis.authors = ReadReferences(row, kAuthors, folder.people, folder.problems);
    thesis.supervisor = ReadReference(row, kSupervisor, folder.people, folder.problems);
    thesis.company_tutor = ReadReference(row, kCompanyTutor, folder.people, folder.problems);
    thesis.confidential = row.YesNo(kConfidential);
    thesis.duration_minutes = row.Number(kDuration, kDurationMinutesMin, kDurationMinutesMax);
    thesis.equipment = row.Words(kEquipment);
    thesis.language = std::string(row.OneOf(kLanguage, languages, absl::string_view("fr")));
    CheckPeople(thesis, row);
    folder.theses.Add({.id = thesis.id, .label = "", .line = thesis.line});
    theses.push_back(std::move(thesis));
  }
  return theses;
}

}  // namespace soutenance::directory::import_folder
