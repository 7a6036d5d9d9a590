#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "services/base/status.h"
#include "services/host/kill_points.h"
#include "services/host/module_builders.h"
#include "services/host/receipt_key.h"
#include "services/runtime/worker.h"
#include "services/submissions/drafts.h"
#include "services/submissions/milestones.h"
#include "services/submissions/rpc/draft_service.h"
#include "services/submissions/rpc/jury_check_grpc.h"
#include "services/submissions/rpc/people_lookup_grpc.h"
#include "services/submissions/rpc/submissions_service.h"
#include "services/submissions/submissions.h"
#include "storage/files/content_store.h"
#include "storage/files/file_system.h"
#include "storage/open.h"
#include "storage/sql/draft_store.h"
#include "storage/sql/submission_store.h"

namespace soutenance::host {
namespace {

constexpr absl::Duration kCollectEvery = absl::Minutes(10);

submissions::DraftLimits LimitsOf(const Config& config) {
  return {.file_bytes_max = int64_t{config.upload_mib_max} << 20,
          .account_bytes_max = int64_t{config.account_mib_max} << 20,
          .programme_bytes_max = int64_t{config.programme_mib_max} << 20};
}

// What must exist before the module can be built.
struct Foundations {
  std::unique_ptr<storage::sql::Database> database;
  std::unique_ptr<storage::files::ContentStore> contents;
  submissions::receipts::SigningKey key;
};

class HostedSubmissions final : public Hosted {
 public:
  HostedSubmissions(const Parts& parts, Foundations foundations)
      : log_(parts.log),
        foundations_(std::move(foundations)),
        store_(*foundations_.database),
        draft_store_(*foundations_.database),
        killed_store_(WithKillPoints(draft_store_, kill_points_)),
        killed_contents_(WithKillPoints(*foundations_.contents, kill_points_)),
        people_(parts.peers, parts.calls),
        juries_(parts.peers, parts.calls),
        submissions_(store_, people_, parts.clock, &juries_),
        milestones_(draft_store_, parts.clock),
        drafts_({.store = kill_points_.armed() ? *killed_store_ : draft_store_,
                 .contents = kill_points_.armed() ? *killed_contents_ : *foundations_.contents,
                 .key = foundations_.key,
                 .institution = parts.config.institution,
                 .clock = parts.clock},
                LimitsOf(parts.config)),
        service_(submissions_, parts.calls),
        draft_service_(milestones_, drafts_, parts.calls),
        worker_("uploads", 1, parts.log) {}

  ~HostedSubmissions() override { worker_.Stop(); }

  std::vector<runtime::NamedService> services() override {
    return {{submissions::v1::SubmissionsService::service_full_name(), &service_},
            {submissions::v1::DraftService::service_full_name(), &draft_service_}};
  }

  void Resume() override {
    // The queue is empty, so the job is taken.
    worker_.Submit([this](std::stop_token stop) { CollectGarbage(stop); }).IgnoreError();
  }
  void Stop() override { worker_.Stop(); }

 private:
  // At the start, because an earlier process may have left something, and then once in a while.
  void CollectGarbage(const std::stop_token& stop) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
      if (const absl::Status status = drafts_.CollectGarbage(); !status.ok()) {
        log_.Event(runtime::LogLevel::kWarning, "garbage_not_collected",
                   {{"error", std::string(status.message())}});
      }
      std::condition_variable_any().wait_for(lock, stop, absl::ToChronoSeconds(kCollectEvery),
                                             [] { return false; });
    }
  }

  const runtime::Log& log_;
  const Foundations foundations_;
  storage::sql::SubmissionStore store_;
  storage::sql::DraftStore draft_store_;
  KillPoints kill_points_;
  const std::unique_ptr<submissions::DraftStore> killed_store_;
  const std::unique_ptr<submissions::ContentStore> killed_contents_;
  submissions::PeopleLookupGrpc people_;
  submissions::JuryCheckGrpc juries_;
  submissions::Submissions submissions_;
  submissions::Milestones milestones_;
  submissions::Drafts drafts_;
  submissions::SubmissionsService service_;
  submissions::DraftService draft_service_;
  runtime::Worker worker_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Hosted>> BuildSubmissions(const Parts& parts) {
  ASSIGN_OR_RETURN(std::unique_ptr<storage::sql::Database> database,
                   storage::OpenServiceDatabase(parts.config.store, "submissions"));
  // Files are always in the data folder, also beside PostgreSQL.
  ASSIGN_OR_RETURN(
      std::unique_ptr<storage::files::ContentStore> contents,
      storage::files::ContentStore::Open(storage::files::PosixFileSystem(), parts.config.data_dir));
  ASSIGN_OR_RETURN(submissions::receipts::SigningKey key, OpenReceiptKey(parts.config.data_dir));
  return std::make_unique<HostedSubmissions>(
      parts, Foundations{std::move(database), std::move(contents), std::move(key)});
}

}  // namespace soutenance::host
