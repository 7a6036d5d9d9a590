#include "services/submissions/reference_check.h"

#include <map>
#include <set>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "services/base/status.h"

namespace soutenance::submissions {
namespace {

FieldViolation Unknown(const std::string& field, const std::string& name) {
  return {.field = field,
          .description =
              absl::StrCat("there is no ", name, " in the directory; create it first, or correct the name")};
}

}  // namespace

void ReferenceCheck::Add(std::string at, const Thesis& thesis, const Thesis* stored) {
  if (stored == nullptr || thesis.authors != stored->authors) {
    for (std::size_t i = 0; i < thesis.authors.size(); ++i) {
      people_.push_back({absl::StrCat(at, ".authors[", i, "]"), thesis.authors[i]});
    }
  }
  if (stored == nullptr || thesis.supervisor != stored->supervisor) {
    people_.push_back({absl::StrCat(at, ".supervisor"), thesis.supervisor});
  }
  if (!thesis.company_tutor.empty() && (stored == nullptr || thesis.company_tutor != stored->company_tutor)) {
    people_.push_back({absl::StrCat(at, ".company_tutor"), thesis.company_tutor});
  }
  if (stored == nullptr || thesis.programme != stored->programme) {
    programmes_.push_back({absl::StrCat(at, ".programme"), thesis.programme});
  }
  if (!thesis.cohort.empty() && (stored == nullptr || thesis.cohort != stored->cohort)) {
    cohorts_.push_back({absl::StrCat(at, ".cohort"), thesis.cohort});
  }
}

absl::Status ReferenceCheck::Run(const PeopleLookup& people, std::vector<FieldViolation>& problems) const {
  std::set<std::string> named;
  for (const Reference& reference : people_) named.insert(reference.name);
  if (!named.empty()) {
    ASSIGN_OR_RETURN(const std::set<std::string> known, people.KnownPeople(named));
    for (const Reference& reference : people_) {
      if (known.count(reference.name) == 0) problems.push_back(Unknown(reference.field, reference.name));
    }
  }
  // Many theses share one programme and few cohorts: each is asked about once.
  const auto ask = [&](const std::vector<Reference>& references,
                       absl::FunctionRef<absl::StatusOr<bool>(const std::string&)> exists) -> absl::Status {
    std::map<std::string, bool> answers;
    for (const Reference& reference : references) {
      const auto [answer, is_new] = answers.try_emplace(reference.name, false);
      if (is_new) {
        ASSIGN_OR_RETURN(answer->second, exists(reference.name));
      }
      if (!answer->second) problems.push_back(Unknown(reference.field, reference.name));
    }
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(ask(programmes_, [&](const std::string& name) { return people.HasProgramme(name); }));
  return ask(cohorts_, [&](const std::string& name) { return people.HasCohort(name); });
}

}  // namespace soutenance::submissions
