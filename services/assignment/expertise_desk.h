#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_EXPERTISE_DESK_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_EXPERTISE_DESK_H_

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/assignment/assignment_store.h"
#include "services/assignment/expertise/expertise.h"
#include "services/assignment/expertise_facts.h"
#include "services/assignment/expertise_store.h"
#include "services/base/caller.h"
#include "services/base/clock.h"
#include "services/base/mutation.h"
#include "services/base/page.h"

namespace soutenance::assignment {

// How well one person knows what one thesis is about.
struct PersonExpertise {
  std::string thesis;  // id
  std::string person;  // "people/{id}"
  double score = 0;    // what counts
  expertise::Expertise computed;
  int texts_count = 0;
  std::optional<ExpertiseOverride> overruled_by;
  std::vector<ExpertiseOverride> history;  // only from GetExpertise
};

// The scores of a programme's theses by some people at one moment. Safe for concurrent use.
class ExpertiseTable {
 public:
  static constexpr std::size_t kReasonsMax = 5;

  // REQUIRES: Look was asked about `person`, and `thesis` (id) is of the programme.
  PersonExpertise Of(const std::string& thesis, const std::string& person) const;
  bool HasThesis(const std::string& thesis) const { return thesis_numbers_.count(thesis) > 0; }
  bool Knows(const std::string& person) const { return person_numbers_.count(person) > 0; }

 private:
  friend class ExpertiseDesk;
  std::unique_ptr<expertise::Expertises> scores_;
  std::map<std::string, std::size_t> thesis_numbers_;
  std::map<std::string, std::size_t> person_numbers_;
  std::map<std::string, int> texts_counts_;  // by person
  std::map<std::pair<std::string, std::string>, std::size_t>
      own_texts_;  // which text of a person is the thesis
  std::map<std::pair<std::string, std::string>, ExpertiseOverride> overrides_;  // by thesis and person
};

// The use cases about expertise; expertise.proto says what each does and refuses. Callers have passed the
// call pipeline. Safe for concurrent use. All return what the stores and the other services return when they
// cannot be reached: UNAVAILABLE.
class ExpertiseDesk {
 public:
  // All must outlive it. `juries` tells who read and judged what.
  ExpertiseDesk(ExpertiseStore& store, const AssignmentStore& juries, const ExpertiseFacts& facts,
                const Clock& clock)
      : store_(store), juries_(juries), facts_(facts), clock_(clock) {}

  // All scores of the theses of `programme` ("programmes/{id}") by `people`, without asking who wants to
  // know: what proposals are made of. Who is not known to the directory is left out. The texts of a person
  // are what they wrote themselves, and the theses of this programme that they supervise or judge, but never
  // the thesis in question: nobody is an expert of a thesis because they sit on its jury.
  absl::StatusOr<ExpertiseTable> Look(const std::string& programme,
                                      const std::set<std::string>& people) const;

  // Best first; `people` empty: everybody who supervises a thesis or sits on a jury of the programme. `after`
  // is the id of the last person seen.
  absl::StatusOr<Page<PersonExpertise>> ListExpertise(const Caller& caller, const std::string& thesis,
                                                      const std::set<std::string>& people,
                                                      const PageRequest& page) const;
  absl::StatusOr<PersonExpertise> GetExpertise(const Caller& caller, const std::string& thesis,
                                               const std::string& person) const;
  // `wanted` says thesis, person, score and reason.
  absl::StatusOr<PersonExpertise> Override(const Caller& caller, const ExpertiseOverride& wanted,
                                           const Mutation& mutation);

 private:
  // The programme of a thesis that `caller` may ask about.
  absl::StatusOr<std::string> ProgrammeFor(const Caller& caller, const std::string& thesis,
                                           const std::string& name) const;
  absl::StatusOr<ExpertiseTable> LookAt(const std::vector<ThesisText>& theses,
                                        const std::vector<Jury>& juries,
                                        const std::set<std::string>& people) const;
  absl::StatusOr<std::vector<Jury>> JuriesOf(const std::string& programme) const;

  ExpertiseStore& store_;
  const AssignmentStore& juries_;
  const ExpertiseFacts& facts_;
  const Clock& clock_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_EXPERTISE_DESK_H_
