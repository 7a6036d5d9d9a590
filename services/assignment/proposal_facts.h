#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_PROPOSAL_FACTS_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_PROPOSAL_FACTS_H_

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/assignment/jury.h"
#include "services/assignment/profile.h"
#include "services/assignment/thesis_lookup.h"

namespace soutenance::assignment {

// What is between a thesis and somebody who could judge it.
struct PairFacts {
  enum class Conflict { kNone, kQuestion, kConflict };

  Conflict conflict = Conflict::kNone;
  double expertise = 0;            // 0 to 1
  std::vector<std::string> words;  // that count most for it
};

// PORT: conflicts of interest and expertise, as proposals ask for them: for very many pairs at one moment.
// Safe for concurrent use.
class ProposalFacts {
 public:
  // Safe for concurrent use.
  class Table {
   public:
    virtual ~Table() = default;
    // REQUIRES: Look was asked about both.
    virtual PairFacts Of(const ThesisFacts& thesis, const std::string& person, Seat::Role role) const = 0;
  };

  virtual ~ProposalFacts() = default;

  // About the theses, all of `programme` ("programmes/msi"), and `people` ("people/ana"), of whom some have
  // `profiles`.
  virtual absl::StatusOr<std::unique_ptr<Table>> Look(const std::string& programme,
                                                      const std::vector<ThesisFacts>& theses,
                                                      const std::vector<Profile>& profiles,
                                                      const std::set<std::string>& people) const = 0;
};

// From keywords of theses and texts of profiles alone, with authors as the only conflict.
class FactsFromProfiles final : public ProposalFacts {
 public:
  absl::StatusOr<std::unique_ptr<Table>> Look(const std::string& programme,
                                              const std::vector<ThesisFacts>& theses,
                                              const std::vector<Profile>& profiles,
                                              const std::set<std::string>& people) const override;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_PROPOSAL_FACTS_H_
