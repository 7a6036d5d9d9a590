#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "services/base/status.h"
#include "services/host/hosted_checks.h"
#include "services/host/kill_points.h"
#include "services/host/module_builders.h"
#include "services/host/receipt_key.h"
#include "services/host/system_uptime.h"
#include "services/runtime/worker.h"
#include "services/submissions/checks/checks_met.h"
#include "services/submissions/drafts.h"
#include "services/submissions/milestones.h"
#include "services/submissions/outages.h"
#include "services/submissions/problem_bank.h"
#include "services/submissions/reviews/reader_seats.h"
#include "services/submissions/reviews/reviews.h"
#include "services/submissions/reviews/reviews_rendered.h"
#include "services/submissions/rpc/draft_service.h"
#include "services/submissions/rpc/jury_check_grpc.h"
#include "services/submissions/rpc/jury_lookup_grpc.h"
#include "services/submissions/rpc/outage_service.h"
#include "services/submissions/rpc/people_lookup_grpc.h"
#include "services/submissions/rpc/problem_service.h"
#include "services/submissions/rpc/review_service.h"
#include "services/submissions/rpc/statement_service.h"
#include "services/submissions/rpc/submissions_service.h"
#include "services/submissions/statements/statements.h"
#include "services/submissions/statements/statements_made.h"
#include "services/submissions/submissions.h"
#include "services/submissions/thesis_lives.h"
#include "storage/files/content_store.h"
#include "storage/files/file_system.h"
#include "storage/open.h"
#include "storage/sql/check_store.h"
#include "storage/sql/draft_store.h"
#include "storage/sql/review_store.h"
#include "storage/sql/statement_store.h"
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
  std::unique_ptr<storage::files::TextStore> texts;
  submissions::receipts::SigningKey key;
};

class HostedSubmissions final : public Hosted {
 public:
  HostedSubmissions(const Parts& parts, Foundations foundations)
      : log_(parts.log),
        foundations_(std::move(foundations)),
        store_(*foundations_.database),
        draft_store_(*foundations_.database),
        review_store_(*foundations_.database),
        statement_store_(*foundations_.database),
        killed_store_(WithKillPoints(draft_store_, kill_points_)),
        killed_contents_(WithKillPoints(*foundations_.contents, kill_points_)),
        people_(parts.peers, parts.calls),
        juries_(parts.peers, parts.calls),
        readers_(juries_, review_store_, parts.clock),
        jury_check_(parts.peers, parts.calls),
        reviewer_check_(parts.peers, parts.calls),
        submissions_(store_, people_, parts.clock, readers_, &jury_check_),
        reviews_rendered_(review_store_, parts.clock),
        statements_made_(statement_store_),
        check_store_(*foundations_.database),
        checks_met_(check_store_),
        lives_({.store = store_,
                .people = people_,
                .juries = readers_,
                .clock = parts.clock,
                .conditions = {&reviews_rendered_, &statements_made_, &checks_met_}}),
        bank_(store_, people_, parts.clock),
        milestones_(draft_store_, parts.clock),
        outages_({.store = draft_store_,
                  .key = foundations_.key,
                  .institution = parts.config.institution,
                  .clock = parts.clock,
                  .uptime = uptime_}),
        drafts_({.store = kill_points_.armed() ? *killed_store_ : draft_store_,
                 .contents = kill_points_.armed() ? *killed_contents_ : *foundations_.contents,
                 .key = foundations_.key,
                 .institution = parts.config.institution,
                 .clock = parts.clock,
                 .outages = &outages_,
                 .on_received = [this] { checks_.Wake(); },
                 .juries = readers_},
                LimitsOf(parts.config)),
        reviews_(review_store_, *foundations_.contents, people_, reviewer_check_, parts.clock),
        statements_(statement_store_, parts.clock),
        checks_(parts,
                {.database = *foundations_.database,
                 .contents = *foundations_.contents,
                 .drafts = drafts_,
                 .milestones = milestones_},
                std::move(foundations_.texts)),
        service_(submissions_, lives_, parts.calls),
        problem_service_(bank_, parts.calls),
        draft_service_(milestones_, drafts_, parts.calls),
        review_service_(reviews_, parts.clock, parts.calls),
        statement_service_(statements_, parts.calls),
        outage_service_(outages_, parts.calls),
        worker_("uploads", 1, parts.log),
        heart_("heartbeat", 1, parts.log) {
    // Before anybody can be judged: it ends the outage from which this start recovers.
    Beat();
  }

  ~HostedSubmissions() override { Stop(); }

  std::vector<runtime::NamedService> services() override {
    return {{submissions::v1::SubmissionsService::service_full_name(), &service_},
            {submissions::v1::DraftService::service_full_name(), &draft_service_},
            {submissions::v1::ReviewService::service_full_name(), &review_service_},
            {submissions::v1::StatementService::service_full_name(), &statement_service_},
            {submissions::v1::OutageService::service_full_name(), &outage_service_},
            checks_.service(),
            {submissions::v1::ProblemService::service_full_name(), &problem_service_}};
  }

  void Resume() override {
    // The queue is empty, so the job is taken.
    worker_.Submit([this](std::stop_token stop) { CollectGarbage(stop); }).IgnoreError();
    heart_
        .Submit([this](std::stop_token stop) {
          Repeat(stop, submissions::Outages::kBeatEvery, [this] { Beat(); });
        })
        .IgnoreError();
    checks_.Resume();
  }
  void Stop() override {
    checks_.Stop();
    worker_.Stop();
    heart_.Stop();
  }

 private:
  // Calls `work` now and then every `pause`, until it is told to stop.
  template <typename Work>
  static void Repeat(const std::stop_token& stop, absl::Duration pause, Work work) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
      work();
      std::condition_variable_any().wait_for(lock, stop, absl::ToChronoSeconds(pause), [] { return false; });
    }
  }

  void Beat() {
    if (const absl::Status status = outages_.Beat(); !status.ok()) {
      log_.Event(runtime::LogLevel::kWarning, "no_heartbeat", {{"error", std::string(status.message())}});
    }
  }

  // At the start, because an earlier process may have left something, and then once in a while.
  void CollectGarbage(const std::stop_token& stop) {
    Repeat(stop, kCollectEvery, [this] {
      if (const absl::Status status = drafts_.CollectGarbage(); !status.ok()) {
        log_.Event(runtime::LogLevel::kWarning, "garbage_not_collected",
                   {{"error", std::string(status.message())}});
      }
    });
  }

  const runtime::Log& log_;
  Foundations foundations_;
  storage::sql::SubmissionStore store_;
  storage::sql::DraftStore draft_store_;
  storage::sql::ReviewStore review_store_;
  storage::sql::StatementStore statement_store_;
  KillPoints kill_points_;
  const std::unique_ptr<submissions::DraftStore> killed_store_;
  const std::unique_ptr<submissions::ContentStore> killed_contents_;
  submissions::PeopleLookupGrpc people_;
  submissions::JuryLookupGrpc juries_;
  submissions::ReaderSeats readers_;
  submissions::JuryCheckGrpc jury_check_;
  submissions::ReviewerCheckGrpc reviewer_check_;
  submissions::Submissions submissions_;
  submissions::ReviewsRendered reviews_rendered_;
  submissions::StatementsMade statements_made_;
  storage::sql::CheckStore check_store_;
  submissions::ChecksMet checks_met_;
  submissions::Lives lives_;
  submissions::ProblemBank bank_;
  submissions::Milestones milestones_;
  const SystemUptime uptime_;
  submissions::Outages outages_;
  submissions::Drafts drafts_;
  submissions::Reviews reviews_;
  submissions::Statements statements_;
  HostedChecks checks_;
  submissions::SubmissionsService service_;
  submissions::ProblemService problem_service_;
  submissions::DraftService draft_service_;
  submissions::ReviewService review_service_;
  submissions::StatementService statement_service_;
  submissions::OutageService outage_service_;
  runtime::Worker worker_;
  runtime::Worker heart_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Hosted>> BuildSubmissions(const Parts& parts) {
  ASSIGN_OR_RETURN(std::unique_ptr<storage::sql::Database> database,
                   storage::OpenServiceDatabase(parts.config.store, "submissions"));
  // Files are always in the data folder, also beside PostgreSQL.
  ASSIGN_OR_RETURN(
      std::unique_ptr<storage::files::ContentStore> contents,
      storage::files::ContentStore::Open(storage::files::PosixFileSystem(), parts.config.data_dir));
  ASSIGN_OR_RETURN(std::unique_ptr<storage::files::TextStore> texts,
                   storage::files::TextStore::Open(storage::files::PosixFileSystem(), parts.config.data_dir));
  ASSIGN_OR_RETURN(submissions::receipts::SigningKey key, OpenReceiptKey(parts.config.data_dir));
  return std::make_unique<HostedSubmissions>(
      parts, Foundations{std::move(database), std::move(contents), std::move(texts), std::move(key)});
}

}  // namespace soutenance::host
