#include "services/assignment/jury_bulk_problems.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace soutenance::assignment {

using sheets::Place;
using sheets::Sentence;
using sheets::Severity;

BulkProblem Refusal(const std::string& thesis, const Place& place, std::string kind, std::string found,
                    Sentence sentence) {
  return {.problem = {.severity = Severity::kError,
                      .kind = std::move(kind),
                      .place = place,
                      .found = std::move(found),
                      .sentence = std::move(sentence)},
          .thesis = thesis};
}

BulkProblem ThesisUnknown(const std::string& thesis, const Place& place) {
  return Refusal(
      thesis, place, "thesis_unknown", thesis,
      {absl::StrCat("there is no theses/", thesis, "; create it first, or correct the identifier"),
       absl::StrCat("il n'y a pas de theses/", thesis, " ; créez-le d'abord, ou corrigez l'identifiant")});
}

BulkProblem NotYours(const std::string& thesis, const Place& place, const std::string& programme) {
  return Refusal(thesis, place, "programme_not_run", thesis,
                 {absl::StrCat("you do not run ", programme, ", to which this thesis belongs; ask its staff"),
                  absl::StrCat("vous ne gérez pas ", programme,
                               ", dont relève ce mémoire ; adressez-vous à ses gestionnaires")});
}

}  // namespace soutenance::assignment
