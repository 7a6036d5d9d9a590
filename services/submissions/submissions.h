#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_SUBMISSIONS_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_SUBMISSIONS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/caller.h"
#include "services/base/change.h"
#include "services/base/clock.h"
#include "services/base/mutation.h"
#include "services/base/page.h"
#include "services/submissions/jury_check.h"
#include "services/submissions/jury_lookup.h"
#include "services/submissions/people_lookup.h"
#include "services/submissions/submission_store.h"
#include "services/submissions/thesis.h"
#include "services/submissions/thesis_fields.h"

namespace soutenance::submissions {

// Which theses are asked for.
struct ThesisQuery {
  static constexpr std::size_t kIdsMax = 1000;

  PageRequest page;
  std::string programme;             // "programmes/msi": only those of it; empty: of all
  std::vector<std::string> ids;      // if not empty, only these, in their order, each once; at most kIdsMax
  std::vector<std::string> authors;  // if not empty, only theses of one of them; `ids` is empty then
  std::string cohort;                // "programmes/msi/cohorts/2027", or empty: of all
  States states;                     // if not empty, only those in one of these
  std::string text;  // if not empty, only those in whose texts, as the caller sees them, it is

  static constexpr std::size_t kTextBytesMax = 200;
};

// A change of some fields of one thesis.
struct ThesisUpdate {
  Thesis values;                    // `id` says which; only `fields` are read
  std::vector<ThesisField> fields;  // what changes
  std::optional<int64_t> version;   // refused if the thesis has another one now
};

// The end of a thesis before its defence.
struct ThesisWithdrawal {
  std::string id;
  std::string reason;  // required, at most kReasonBytesMax
  std::optional<int64_t> version;

  static constexpr std::size_t kReasonBytesMax = 2000;
};

// The use cases about theses, with every rule and refusal. Callers have passed the call pipeline: they have
// one of the method's roles somewhere; here it is decided what they may do to which thesis. Safe for
// concurrent use.
//
// All return what the store and, where noted, the directory return when they cannot be reached: UNAVAILABLE.
// Those with a Mutation return INVALID_ARGUMENT, reason REQUEST_ID_REUSED, for the id of another request.
class Submissions {
 public:
  // All must outlive it. `jury_check` null: no jury has anything against a change.
  Submissions(SubmissionStore& store, const PeopleLookup& people, const Clock& clock,
              const JuryLookup& juries = NoJuries(), const JuryCheck* jury_check = nullptr)
      : store_(store), people_(people), clock_(clock), juries_(juries), jury_check_(jury_check) {}

  // NOT_FOUND, reason THESIS_NOT_FOUND, if there is none or `caller` may not know of it.
  absl::StatusOr<Thesis> GetThesis(const Caller& caller, absl::string_view id) const;

  // The theses that `caller` may know of, by id or in the order asked for; what is unknown or hidden is left
  // out. Every page but the last is full, so that its size says nothing about what is hidden.
  absl::StatusOr<Page<Thesis>> ListTheses(const Caller& caller, const ThesisQuery& query) const;

  // Asks the directory. INVALID_ARGUMENT, reason FIELD_INVALID, names every field that CheckThesis refuses,
  // or that names somebody or something the directory does not know. PERMISSION_DENIED if `caller` does not
  // run the programme. ALREADY_EXISTS, reason THESIS_EXISTS.
  absl::StatusOr<Thesis> CreateThesis(const Caller& caller, const Thesis& thesis, const Mutation& mutation);

  // Asks the directory about the references that change. NOT_FOUND; PERMISSION_DENIED if `caller` does not
  // run both the programme it has and the one it gets, or, reason FIELD_NOT_YOURS, is an author and changes
  // what authors may not change, or not any more; ABORTED, reason STALE_ETAG; INVALID_ARGUMENT as for
  // CreateThesis. If it changes who wrote, supervises or tutors the thesis or its programme, asks the juries:
  // FAILED_PRECONDITION as JuryCheck; reason JURY_LEFT_BEHIND, if the thesis has moved to another programme
  // and its jury could not be taken along: naming the programme once more does it. An update that changes
  // nothing leaves the version as it is.
  absl::StatusOr<Thesis> UpdateThesis(const Caller& caller, const ThesisUpdate& update,
                                      const Mutation& mutation);

  // NOT_FOUND, PERMISSION_DENIED, ABORTED; INVALID_ARGUMENT without a reason. Withdrawing again changes
  // nothing: the first reason stays. FAILED_PRECONDITION, reason THESIS_STATE, once it has been defended.
  absl::StatusOr<Thesis> WithdrawThesis(const Caller& caller, const ThesisWithdrawal& withdrawal,
                                        const Mutation& mutation);

  // Creates or replaces all of `theses`, or none. Where they are in their life stays; so do a level that
  // agrees with the given one on who is confidential, and abstract and keywords if none are given. Called by
  // a person, asks the directory; a service is believed: an import has checked the people, who do not exist
  // yet while it only validates. INVALID_ARGUMENT lists every field of every entry that cannot be accepted,
  // "theses[3].title", and a name that comes twice. PERMISSION_DENIED as for CreateThesis and UpdateThesis;
  // ALREADY_EXISTS, reason THESIS_EXISTS, if an id is taken by a thesis that `caller` may not know of. Asks
  // the juries as UpdateThesis, but not about `juries_follow` (ids): a service sets their juries next.
  absl::StatusOr<ChangeList> BatchUpsertTheses(const Caller& caller, const std::vector<Thesis>& theses,
                                               const Mutation& mutation,
                                               const std::set<std::string>& juries_follow = {});

 private:
  // FAILED_PRECONDITION, reason JURY_LEFT_BEHIND, if their juries are in another programme still.
  absl::Status TakeJuriesAlong(const std::vector<Thesis>& theses) const;

  SubmissionStore& store_;
  const PeopleLookup& people_;
  const Clock& clock_;
  const JuryLookup& juries_;
  const JuryCheck* const jury_check_;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_SUBMISSIONS_H_
