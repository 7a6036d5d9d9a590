#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_OUTAGES_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_OUTAGES_H_

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/caller.h"
#include "services/base/clock.h"
#include "services/base/mutation.h"
#include "services/base/page.h"
#include "services/submissions/draft_store.h"
#include "services/submissions/outage.h"
#include "services/submissions/receipts/signing_key.h"

namespace soutenance::submissions {

// PORT: what tells signs of life apart when somebody sets the clock. Safe for concurrent use.
class Uptime {
 public:
  virtual ~Uptime() = default;
  // Another text after each start of the machine.
  virtual std::string Boot() const = 0;
  // Time since then, that of sleep included.
  virtual absl::Duration SinceBoot() const = 0;
};

// Finds outages and keeps them, with the rules of programmes. Safe for concurrent use. All return what the
// store returns when it cannot be reached: UNAVAILABLE.
class Outages {
 public:
  // What it works with. All must outlive it.
  struct Parts {
    DraftStore& store;
    const receipts::SigningKey& key;
    const std::string& institution;
    const Clock& clock;
    const Uptime& uptime;
  };
  // How often Beat is to be called.
  static constexpr absl::Duration kBeatEvery = absl::Seconds(15);

  explicit Outages(const Parts& parts) : parts_(parts) {}

  // Leaves a sign of life, through the commit that versions go through, and notes the outage that it ends, if
  // any.
  absl::Status Beat();

  // The same, unless there was a sign a short while ago: called before anything is judged, so that an outage
  // of which nobody knows yet, as one of the database alone, makes nobody late.
  absl::Status CatchUp();

  // The latest first.
  absl::StatusOr<Page<Outage>> List(const PageRequest& page) const;

  absl::StatusOr<OutageRule> Rule(absl::string_view programme) const;
  // INVALID_ARGUMENT names every field that may not be so; PERMISSION_DENIED if `caller` does not run the
  // programme; ABORTED, reason STALE_ETAG, if the rule has not the version `version`, unless that is nothing.
  absl::StatusOr<OutageRule> Update(const Caller& caller, const OutageRule& rule,
                                    std::optional<int64_t> version, const Mutation& mutation);

 private:
  const Parts parts_;
  std::mutex mutex_;
  std::optional<Pulse> last_;  // guarded by mutex_; of this process
};

// What a thesis has to keep for `milestone`, with the latest extension of its authors and the outages that
// count.
absl::StatusOr<Limits> LimitsFor(const DraftStore::Reader& reader, const Milestone& milestone,
                                 std::optional<absl::Time> extended_until);

// The outages that move the due time of these limits.
absl::StatusOr<std::vector<CountedOutage>> OutagesCountedFor(const DraftStore::Reader& reader,
                                                             const Milestone& milestone,
                                                             std::optional<absl::Time> extended_until);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_OUTAGES_H_
