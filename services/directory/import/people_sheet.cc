#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "services/directory/import/sheets.h"
#include "services/sheets/text.h"

namespace soutenance::directory::import_folder {
namespace {

enum Column { kId, kFamilyName, kGivenName, kEmail, kOrganisation, kMaxPerDay, kMaxTotal };

constexpr int kDefencesMax = 1000;

// Two rows with the same names may be two people, or one person under two identifiers.
void WarnAboutHomonyms(const std::vector<PersonRow>& people, const Sheet& sheet, Problems& problems) {
  absl::flat_hash_map<std::string, const PersonRow*> by_name;
  for (size_t i = 0; i < people.size(); ++i) {
    const PersonRow& person = people[i];
    if (person.family_name.empty() || person.given_name.empty()) continue;
    const auto [first, added] = by_name.try_emplace(
        absl::StrCat(Folded(person.family_name), "\n", Folded(person.given_name)), &person);
    if (added || first->second->id == person.id) continue;
    const PersonRow& other = *first->second;
    RowReader(sheet, static_cast<int>(i), problems)
        .Warn(kFamilyName, "person_homonym",
              {absl::StrCat(person.given_name, " ", person.family_name, " is also on line ", other.line, " (",
                            other.id, "); if both are one person, keep one row"),
               absl::StrCat(person.given_name, " ", person.family_name, " figure aussi ligne ", other.line,
                            " (", other.id, ") ; s'il s'agit de la même personne, ne gardez qu'une ligne")});
  }
}

}  // namespace

void RefuseRepeatedId(RowReader& row, int column, absl::string_view id, const References& references) {
  const References::Entry* const other = id.empty() ? nullptr : references.FindId(id);
  if (other == nullptr) return;
  row.Refuse(column, "id_repeated",
             {absl::StrCat("this identifier is already that of line ", other->line),
              absl::StrCat("cet identifiant est déjà celui de la ligne ", other->line)});
}

std::vector<PersonRow> ReadPeople(const Sheet& sheet, Folder& folder) {
  std::vector<PersonRow> people;
  people.reserve(static_cast<size_t>(sheet.table().row_count()));
  for (int i = 0; i < sheet.table().row_count(); ++i) {
    RowReader row(sheet, i, folder.problems);
    PersonRow person;
    person.line = row.line();
    person.id = row.Id(kId);
    RefuseRepeatedId(row, kId, person.id, folder.people);
    person.family_name = row.Text(kFamilyName);
    person.given_name = row.Text(kGivenName);
    person.email = row.Email(kEmail);
    const References::Entry* const same_email =
        person.email.empty() ? nullptr : folder.people.FindEmail(person.email);
    if (same_email != nullptr) {
      row.Refuse(
          kEmail, "email_repeated",
          {absl::StrCat("this address is already that of ", same_email->id, " on line ", same_email->line),
           absl::StrCat("cette adresse est déjà celle de ", same_email->id, ", ligne ", same_email->line)});
    }
    person.organisation = row.Text(kOrganisation);
    person.max_per_day = row.Number(kMaxPerDay, 1, kDefencesMax);
    person.max_total = row.Number(kMaxTotal, 1, kDefencesMax);
    folder.people.Add({.id = person.id,
                       .label = OnOneLine(absl::StrCat(person.given_name, " ", person.family_name)),
                       .email = person.email,
                       .line = person.line});
    people.push_back(std::move(person));
  }
  WarnAboutHomonyms(people, sheet, folder.problems);
  return people;
}

}  // namespace soutenance::directory::import_folder
