#include "services/submissions/thesis_fields.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace soutenance::submissions {
namespace {

// Without the collections in front: "programmes/msi/cohorts/2027" is "2027".
absl::string_view LastPart(absl::string_view name) { return name.substr(name.rfind('/') + 1); }

std::string InstantText(const std::optional<absl::Time>& time) {
  return time ? absl::FormatTime(absl::RFC3339_full, *time, absl::UTCTimeZone()) : "";
}

std::string ForPerson(const Thesis& thesis, ThesisField field) {
  switch (field) {
    case ThesisField::kTitle:
      return thesis.title;
    case ThesisField::kAuthors:
      return absl::StrJoin(thesis.authors, ", ", [](std::string* out, const std::string& author) {
        absl::StrAppend(out, LastPart(author));
      });
    case ThesisField::kSupervisor:
      return std::string(LastPart(thesis.supervisor));
    case ThesisField::kCompanyTutor:
      return std::string(LastPart(thesis.company_tutor));
    case ThesisField::kProgramme:
      return std::string(LastPart(thesis.programme));
    case ThesisField::kCohort:
      return std::string(LastPart(thesis.cohort));
    case ThesisField::kConfidential:
      return IsConfidential(thesis.level) ? "yes" : "no";
    case ThesisField::kLanguage:
      return thesis.language;
    case ThesisField::kAbstract:
      return thesis.abstract;
    case ThesisField::kKeywords:
      return absl::StrJoin(thesis.keywords, ", ");
    case ThesisField::kLevel:
      return std::string(ConfidentialityName(thesis.level));
    case ThesisField::kConfidentialUntil:
      return InstantText(thesis.confidential_until);
    case ThesisField::kEmbargoUntil:
      return InstantText(thesis.embargo_until);
  }
  return "";
}

}  // namespace

absl::string_view FieldName(ThesisField field) {
  switch (field) {
    case ThesisField::kTitle:
      return "title";
    case ThesisField::kAuthors:
      return "authors";
    case ThesisField::kSupervisor:
      return "supervisor";
    case ThesisField::kCompanyTutor:
      return "company_tutor";
    case ThesisField::kProgramme:
      return "programme";
    case ThesisField::kCohort:
      return "cohort";
    case ThesisField::kConfidential:
      return "confidential";
    case ThesisField::kLanguage:
      return "language";
    case ThesisField::kAbstract:
      return "abstract";
    case ThesisField::kKeywords:
      return "keywords";
    case ThesisField::kLevel:
      return "level";
    case ThesisField::kConfidentialUntil:
      return "confidential_until_time";
    case ThesisField::kEmbargoUntil:
      return "embargo_until_time";
  }
  return "";
}

void Copy(ThesisField field, const Thesis& from, Thesis& to) {
  switch (field) {
    case ThesisField::kTitle:
      to.title = from.title;
      break;
    case ThesisField::kAuthors:
      to.authors = from.authors;
      break;
    case ThesisField::kSupervisor:
      to.supervisor = from.supervisor;
      break;
    case ThesisField::kCompanyTutor:
      to.company_tutor = from.company_tutor;
      break;
    case ThesisField::kProgramme:
      to.programme = from.programme;
      break;
    case ThesisField::kCohort:
      to.cohort = from.cohort;
      break;
    case ThesisField::kConfidential:
      if (IsConfidential(to.level) != IsConfidential(from.level)) to.level = from.level;
      break;
    case ThesisField::kLanguage:
      to.language = from.language;
      break;
    case ThesisField::kAbstract:
      to.abstract = from.abstract;
      break;
    case ThesisField::kKeywords:
      to.keywords = from.keywords;
      break;
    case ThesisField::kLevel:
      to.level = from.level;
      break;
    case ThesisField::kConfidentialUntil:
      to.confidential_until = from.confidential_until;
      break;
    case ThesisField::kEmbargoUntil:
      to.embargo_until = from.embargo_until;
      break;
  }
}

std::vector<Change::Field> Differences(const Thesis& before, const Thesis& after) {
  std::vector<Change::Field> differences;
  const bool is_told_by_level = IsConfidential(before.level) == IsConfidential(after.level);
  for (const ThesisField field : kThesisFields) {
    if (field == ThesisField::kLevel && !is_told_by_level) continue;
    std::string was = ForPerson(before, field);
    std::string is = ForPerson(after, field);
    if (was == is) continue;
    differences.push_back(
        {.name = std::string(FieldName(field)), .before = std::move(was), .after = std::move(is)});
  }
  return differences;
}

}  // namespace soutenance::submissions
