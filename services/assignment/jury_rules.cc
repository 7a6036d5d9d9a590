#include "services/assignment/jury_rules.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"

namespace soutenance::assignment {

void AppendAuthorsOnJury(const Jury& jury, const ThesisFacts& thesis,
                         std::vector<PreconditionViolation>& broken) {
  std::vector<absl::string_view> sitting;
  for (const Seat& seat : jury.seats) {
    if (thesis.IsAuthor(seat.person)) sitting.push_back(seat.person);
  }
  if (sitting.empty()) return;
  broken.push_back({.type = "author_on_jury",
                    .subject = jury.Name(),
                    .description = absl::StrCat("an author of ", jury.ThesisName(),
                                                " cannot sit on its jury; give the seat to somebody else: ",
                                                absl::StrJoin(sitting, ", "))});
}

void AppendBrokenRules(const Jury& jury, const ThesisFacts& thesis,
                       std::vector<PreconditionViolation>& broken) {
  AppendAuthorsOnJury(jury, thesis, broken);
}

absl::Status JuryRuleBroken(std::vector<PreconditionViolation> broken) {
  std::string sentence = broken.front().description;
  if (broken.size() > 1) absl::StrAppend(&sentence, " (and ", broken.size() - 1, " more)");
  return Error(absl::StatusCode::kFailedPrecondition, sentence,
               {.reason = "JURY_RULE_BROKEN",
                .metadata = {{"jury", broken.front().subject}, {"rule", broken.front().type}},
                .preconditions = std::move(broken)});
}

}  // namespace soutenance::assignment
