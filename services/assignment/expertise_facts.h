#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_EXPERTISE_FACTS_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_EXPERTISE_FACTS_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/assignment/expertise/expertise.h"

namespace soutenance::assignment {

// What a thesis is about.
struct ThesisText {
  std::string id;
  std::string programme;  // "programmes/{id}"
  std::string supervisor;
  expertise::Text text;
};

// PORT: the texts of theses and people. Asks for this service itself: a score does not depend on who looks.
// What it returns is only shown to those who run the programme. UNAVAILABLE, reason PEER_DOWN. Safe for
// concurrent use.
class ExpertiseFacts {
 public:
  virtual ~ExpertiseFacts() = default;

  // The programme of the thesis `id`; empty if there is no such thesis.
  virtual absl::StatusOr<std::string> ProgrammeOf(const std::string& id) const = 0;
  // The theses of a programme, by id.
  virtual absl::StatusOr<std::vector<ThesisText>> ThesesIn(const std::string& programme) const = 0;
  // What those of `people` ("people/{id}") who exist wrote about what they know.
  virtual absl::StatusOr<std::map<std::string, expertise::PersonTexts>> People(
      const std::set<std::string>& people) const = 0;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_EXPERTISE_FACTS_H_
