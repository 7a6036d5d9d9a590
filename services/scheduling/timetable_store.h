#ifndef SOUTENANCE_SERVICES_SCHEDULING_TIMETABLE_STORE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_TIMETABLE_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/page.h"
#include "services/base/request_key.h"
#include "services/scheduling/stored_facts.h"
#include "services/scheduling/timetable_record.h"
#include "services/scheduling/timetable_run.h"

namespace soutenance::scheduling {

// PORT: remembers runs, timetables and the facts behind them. Campaigns are told by resource name.
//
// What is read: methods that return an optional return nothing if there is no such thing.
class TimetableReader {
 public:
  virtual ~TimetableReader() = default;

  virtual absl::StatusOr<std::optional<TimetableRun>> FindRun(const RunKey& key) const = 0;
  // Oldest first. Page::next and PageRequest::after are numbers in decimal.
  virtual absl::StatusOr<Page<TimetableRun>> ListRuns(absl::string_view campaign,
                                                      const PageRequest& page) const = 0;
  // Those that are queued or running, of all campaigns, oldest first.
  virtual absl::StatusOr<std::vector<TimetableRun>> UnfinishedRuns() const = 0;

  virtual absl::StatusOr<std::optional<TimetableRecord>> FindTimetable(const TimetableKey& key) const = 0;
  // Oldest first, without placements and calendar; only the one that is published if `published_only`. Pages
  // as ListRuns.
  virtual absl::StatusOr<Page<TimetableRecord>> ListTimetables(absl::string_view campaign,
                                                               bool published_only,
                                                               const PageRequest& page) const = 0;
  // Their numbers.
  virtual absl::StatusOr<std::optional<int>> PublishedTimetable(absl::string_view campaign) const = 0;
  virtual absl::StatusOr<std::optional<int>> LatestTimetable(absl::string_view campaign) const = 0;

  virtual absl::StatusOr<std::optional<StoredFacts>> FindFacts(absl::string_view id) const = 0;

  // The result of an earlier call with this key, if any; INVALID_ARGUMENT, reason REQUEST_ID_REUSED. Does
  // nothing if the key is not protected.
  virtual absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const = 0;
};

// What is written.
class TimetableWriter : public TimetableReader {
 public:
  // The number that the next run or timetable of `campaign` gets. Given once, also if what has it is deleted.
  virtual absl::StatusOr<int> NextRunNumber(absl::string_view campaign) = 0;
  virtual absl::StatusOr<int> NextTimetableNumber(absl::string_view campaign) = 0;

  virtual absl::Status InsertRun(const TimetableRun& run) = 0;
  // Replaces it. NOT_FOUND, reason RUN_NOT_FOUND.
  virtual absl::Status UpdateRun(const TimetableRun& run) = 0;
  // Does nothing if there is no such run.
  virtual absl::Status DeleteRun(const RunKey& key) = 0;

  // Version 1, whatever `version` of the argument.
  virtual absl::Status InsertTimetable(const TimetableRecord& timetable) = 0;
  // Replaces it; the stored version becomes `timetable.version` + 1. ABORTED, reason STALE_ETAG, unless
  // `timetable.version` is the stored version. Afterwards the campaign tells which timetable is published.
  virtual absl::Status UpdateTimetable(const TimetableRecord& timetable) = 0;
  // ABORTED, reason STALE_ETAG, unless `version` is the stored version.
  virtual absl::Status DeleteTimetable(const TimetableKey& key, int64_t version) = 0;

  // Does nothing if there are such facts already.
  virtual absl::Status PutFacts(const StoredFacts& facts) = 0;
  // Removes facts that neither a run nor a timetable was made from.
  virtual absl::Status RemoveUnusedFacts() = 0;

  // Both do nothing if the key is not protected.
  virtual absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) = 0;
  virtual absl::Status ForgetRequest(const RequestKey& key) = 0;
};

// Safe for concurrent use. Do not start a Write or Read inside another one, nor inside one of the
// CampaignStore of the same database.
class TimetableStore {
 public:
  virtual ~TimetableStore() = default;

  // Runs `work` in one transaction that excludes other writers: commits if it returns OK, otherwise rolls
  // back and returns its error. May run `work` twice, so it must build its results from nothing and have no
  // other effect. UNAVAILABLE, reason STORE_BUSY, if the database stays busy.
  virtual absl::Status Write(absl::FunctionRef<absl::Status(TimetableWriter&)> work) = 0;

  // Runs `look` on one consistent snapshot.
  virtual absl::Status Read(absl::FunctionRef<absl::Status(const TimetableReader&)> look) const = 0;
};

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_TIMETABLE_STORE_H_
