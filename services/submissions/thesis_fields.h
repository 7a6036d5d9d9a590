#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_THESIS_FIELDS_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_THESIS_FIELDS_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "services/base/change.h"
#include "services/submissions/thesis.h"

namespace soutenance::submissions {

// The fields that people fill in. Their names are those of the contract.
enum class ThesisField {
  kTitle,
  kAuthors,
  kSupervisor,
  kCompanyTutor,
  kProgramme,
  kCohort,
  kConfidential,
  kLanguage,
  kAbstract,
  kKeywords,
  kLevel,
  kConfidentialUntil,
  kEmbargoUntil,
};

inline constexpr ThesisField kThesisFields[] = {
    ThesisField::kTitle,        ThesisField::kAuthors,   ThesisField::kSupervisor,
    ThesisField::kCompanyTutor, ThesisField::kProgramme, ThesisField::kCohort,
    ThesisField::kConfidential, ThesisField::kLanguage,  ThesisField::kAbstract,
    ThesisField::kKeywords,     ThesisField::kLevel,     ThesisField::kConfidentialUntil,
    ThesisField::kEmbargoUntil,
};

// "company_tutor".
absl::string_view FieldName(ThesisField field);

// Gives `field` of `to` the value that it has in `from`. "confidential" is a word about the level: a level
// with which it agrees already stays.
void Copy(ThesisField field, const Thesis& from, Thesis& to);

// The filled-in fields in which `after` differs from `before`, as a person would read them: people and
// programmes by their ids, yes and no. The level is told once, not by both of its words.
std::vector<Change::Field> Differences(const Thesis& before, const Thesis& after);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_THESIS_FIELDS_H_
