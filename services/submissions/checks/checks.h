#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_CHECKS_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_CHECKS_H_

#include <cstdint>
#include <optional>
#include <set>
#include <stop_token>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "services/base/caller.h"
#include "services/base/clock.h"
#include "services/base/mutation.h"
#include "services/base/page.h"
#include "services/submissions/checks/check_store.h"
#include "services/submissions/checks/compare_texts.h"
#include "services/submissions/checks/draft_checks.h"
#include "services/submissions/checks/inspector.h"
#include "services/submissions/drafts.h"
#include "services/submissions/milestones.h"

namespace soutenance::submissions {

// What differs between two versions.
struct DraftComparison {
  TextComparison texts;
  bool cut_off = false;  // what comes after the kept text of one of them was not compared
};

// One finding of one version.
struct FindingKey {
  std::string thesis;  // the id
  int64_t number = 0;
  std::string reason;  // "PDF_JAVASCRIPT"
};

// The use cases about checks of versions. Checks never stand in the way of a version: they are done after it
// was received, and say what they say. Who may see a version may see what was found in it; Drafts decides.
// Safe for concurrent use.
//
// All return what the stores return when they cannot be reached: UNAVAILABLE, or RESOURCE_EXHAUSTED. Those
// with a Mutation return INVALID_ARGUMENT, reason REQUEST_ID_REUSED, for the id of another request. A version
// that `caller` may not see is NOT_FOUND, reason THESIS_NOT_FOUND or DRAFT_NOT_FOUND.
class Checks {
 public:
  // What it works with. All must outlive it; `scanner` is null if none is configured.
  struct Parts {
    CheckStore& store;
    TextStore& texts;
    const ContentStore& contents;
    const Drafts& drafts;
    const Milestones& milestones;
    Inspector& inspector;
    VirusScanner* scanner;
    const Clock& clock;
  };

  explicit Checks(const Parts& parts) : parts_(parts) {}

  absl::StatusOr<JudgedChecks> Get(const Caller& caller, absl::string_view thesis, int64_t number) const;
  absl::StatusOr<Page<JudgedChecks>> List(const Caller& caller, absl::string_view thesis,
                                          const PageRequest& page) const;
  // Makes it pending again. PERMISSION_DENIED, reason ROLE_NOT_ALLOWED, if `caller` does not run the
  // programme.
  absl::StatusOr<JudgedChecks> Recheck(const Caller& caller, absl::string_view thesis, int64_t number,
                                       const Mutation& mutation);
  // Accepts the finding with the reason `finding.reason`, or takes that back: as it is now, and with a reason
  // that is not empty. PERMISSION_DENIED as Recheck; INVALID_ARGUMENT; NOT_FOUND, reason FINDING_NOT_FOUND,
  // OVERRIDE_NOT_FOUND; FAILED_PRECONDITION, reason CHECKS_PENDING, FINDING_NOT_RED, FINDING_FINAL;
  // ALREADY_EXISTS, reason OVERRIDE_EXISTS.
  absl::StatusOr<JudgedChecks> Override(const Caller& caller, const FindingKey& finding,
                                        const std::string& why, const Mutation& mutation);
  absl::StatusOr<JudgedChecks> WithdrawOverride(const Caller& caller, const FindingKey& finding,
                                                const std::string& why, const Mutation& mutation);
  // FAILED_PRECONDITION, reason TEXT_MISSING.
  absl::StatusOr<DraftComparison> Compare(const Caller& caller, absl::string_view thesis, int64_t number,
                                          int64_t other) const;

  // NOT_FOUND, reason MILESTONE_NOT_FOUND. For the second also INVALID_ARGUMENT and PERMISSION_DENIED.
  absl::StatusOr<CheckPolicy> GetPolicy(const Caller& caller, const MilestoneKey& milestone) const;
  absl::StatusOr<CheckPolicy> SetPolicy(const Caller& caller, const CheckPolicy& policy,
                                        const Mutation& mutation);

  // Looks at the version that is pending for longest, among those of theses of which none is being looked at:
  // several callers at a time look at several theses, and somebody who submits a hundred versions keeps one
  // of them busy, not all. False if there is none. For workers in the background. After an error the version
  // is still pending; what is being looked at is known to this process only, so that nothing can be left
  // behind.
  absl::StatusOr<bool> CheckNext(std::stop_token stop);

 private:
  absl::StatusOr<Inspection> Inspect(const ContentId& id, std::stop_token stop);
  absl::StatusOr<JudgedChecks> Decide(const Caller& caller, const FindingKey& finding,
                                      FindingDecision decision, const Mutation& mutation);
  absl::StatusOr<JudgedChecks> Judged(const Caller& caller, const Draft& draft) const;
  absl::StatusOr<std::string> TextOf(const Draft& draft, bool& cut_off) const;

  // Takes the next one, so that no other caller does; Release gives its thesis back.
  absl::StatusOr<std::optional<CheckStore::Pending>> Take() ABSL_LOCKS_EXCLUDED(mutex_);
  void Release(const std::string& thesis) ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status Check(const CheckStore::Pending& draft, std::stop_token stop);

  const Parts parts_;
  absl::Mutex mutex_;
  std::set<std::string> in_hand_ ABSL_GUARDED_BY(mutex_);  // theses
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_CHECKS_H_
