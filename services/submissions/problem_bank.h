#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_PROBLEM_BANK_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_PROBLEM_BANK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/caller.h"
#include "services/base/clock.h"
#include "services/base/mutation.h"
#include "services/base/page.h"
#include "services/submissions/people_lookup.h"
#include "services/submissions/problem.h"
#include "services/submissions/submission_store.h"

namespace soutenance::submissions {

// Which problems are asked for.
struct ProblemQuery {
  static constexpr std::size_t kTextBytesMax = 200;
  static constexpr int kPageSizeMax = 500;  // problems are long: that many fit into a message

  PageRequest page;
  std::string programme;               // "programmes/msi", or empty: of all
  std::vector<Problem::State> states;  // if not empty, only those in one of these
  std::string owner;                   // "people/eve", or empty
  std::string text;  // if not empty, only those in whose texts, as the caller sees them, it is
};

// A change of some fields of one problem.
struct ProblemUpdate {
  Problem values;  // `id` says which; only `fields` are read
  std::vector<ProblemField> fields;
  std::optional<int64_t> version;
};

// Which wish: the id of the problem, and the student ("people/ana").
struct WishKey {
  std::string problem;
  std::string student;
};

// How a wish becomes a thesis.
struct WishAcceptance {
  WishKey wish;
  std::string thesis_id;
  std::string supervisor;  // "people/sam"; empty: the problem's
  std::string cohort;      // of the thesis, or empty
};

// The use cases about the bank of problems, with every rule and refusal. Safe for concurrent use. All return
// what the store and, where noted, the directory return when they cannot be reached: UNAVAILABLE. Those with
// a Mutation return INVALID_ARGUMENT, reason REQUEST_ID_REUSED, for the id of another request. A problem of a
// programme with which `caller` has nothing to do is NOT_FOUND, reason PROBLEM_NOT_FOUND.
class ProblemBank {
 public:
  // All must outlive it.
  ProblemBank(SubmissionStore& store, const PeopleLookup& people, const Clock& clock)
      : store_(store), people_(people), clock_(clock) {}

  absl::StatusOr<Problem> Get(const Caller& caller, absl::string_view id) const;
  // By id. Every page but the last is full.
  absl::StatusOr<Page<Problem>> List(const Caller& caller, const ProblemQuery& query) const;

  // Asks the directory. INVALID_ARGUMENT; PERMISSION_DENIED, reason NOT_AN_OFFERER, unless `caller` teaches,
  // tutors or keeps companies in the programme, or runs it; reason NOT_THE_OWNER for another owner than the
  // caller's person, unless they run the programme or keep its companies; ALREADY_EXISTS.
  absl::StatusOr<Problem> Offer(const Caller& caller, const Problem& problem, const Mutation& mutation);
  // NOT_FOUND; PERMISSION_DENIED, reason NOT_THE_OWNER; ABORTED, reason STALE_ETAG; FAILED_PRECONDITION,
  // reason PROBLEM_TAKEN.
  absl::StatusOr<Problem> Update(const Caller& caller, const ProblemUpdate& update, const Mutation& mutation);
  // Waiting wishes are declined.
  absl::StatusOr<Problem> Close(const Caller& caller, absl::string_view id,
                                const std::optional<int64_t>& version, const Mutation& mutation);

  // `given` has problem, partner, motivation, rank. PERMISSION_DENIED, reason NOT_A_STUDENT;
  // FAILED_PRECONDITION, reason PROBLEM_NOT_OFFERED, WISH_DECIDED; INVALID_ARGUMENT.
  absl::StatusOr<Wish> MakeWish(const Caller& caller, const Wish& given, const Mutation& mutation);
  // NOT_FOUND, reason WISH_NOT_FOUND, also for somebody else's; FAILED_PRECONDITION, reason WISH_DECIDED.
  absl::StatusOr<Wish> CancelWish(const Caller& caller, const WishKey& key, const Mutation& mutation);
  absl::StatusOr<std::vector<Wish>> ListWishes(const Caller& caller, absl::string_view problem) const;

  // PERMISSION_DENIED, reason NOT_THE_OWNER; FAILED_PRECONDITION, reason PROBLEM_NOT_OFFERED, WISH_DECIDED;
  // ALREADY_EXISTS, reason THESIS_EXISTS; INVALID_ARGUMENT.
  absl::StatusOr<Wish> Accept(const Caller& caller, const WishAcceptance& acceptance,
                              const Mutation& mutation);
  absl::StatusOr<Wish> Decline(const Caller& caller, const WishKey& key, const std::string& reason,
                               const Mutation& mutation);

 private:
  SubmissionStore& store_;
  const PeopleLookup& people_;
  const Clock& clock_;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_PROBLEM_BANK_H_
