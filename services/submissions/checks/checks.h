#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_CHECKS_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_CHECKS_H_

#include <cstdint>
#include <stop_token>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
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

// The use cases about checks of versions. Checks never stand in the way of a version: they are done after it
// was received, and say what they say. Who may see a version may see what was found in it; Drafts decides.
// Safe for concurrent use, CheckNext by one thread.
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
  // FAILED_PRECONDITION, reason TEXT_MISSING.
  absl::StatusOr<DraftComparison> Compare(const Caller& caller, absl::string_view thesis, int64_t number,
                                          int64_t other) const;

  // NOT_FOUND, reason MILESTONE_NOT_FOUND. For the second also INVALID_ARGUMENT and PERMISSION_DENIED.
  absl::StatusOr<CheckPolicy> GetPolicy(const Caller& caller, const MilestoneKey& milestone) const;
  absl::StatusOr<CheckPolicy> SetPolicy(const Caller& caller, const CheckPolicy& policy,
                                        const Mutation& mutation);

  // Looks at the version that is pending for longest; false if none is. For a worker in the background. After
  // an error the version is still pending.
  absl::StatusOr<bool> CheckNext(std::stop_token stop);

 private:
  absl::StatusOr<Inspection> Inspect(const ContentId& id, std::stop_token stop);
  absl::StatusOr<JudgedChecks> Judged(const Draft& draft) const;
  absl::StatusOr<std::string> TextOf(const Draft& draft, bool& cut_off) const;

  const Parts parts_;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_CHECKS_H_
