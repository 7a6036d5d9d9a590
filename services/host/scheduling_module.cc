#include <thread>
#include <utility>

#include "services/base/status.h"
#include "services/host/module_builders.h"
#include "services/runtime/worker.h"
#include "services/scheduling/campaigns.h"
#include "services/scheduling/facts.h"
#include "services/scheduling/rpc/campaign_service.h"
#include "services/scheduling/rpc/directory_lookup_grpc.h"
#include "services/scheduling/rpc/jury_lookup_grpc.h"
#include "services/scheduling/rpc/jury_writer_grpc.h"
#include "services/scheduling/rpc/thesis_lookup_grpc.h"
#include "services/scheduling/rpc/timetable_service.h"
#include "services/scheduling/run_queue.h"
#include "services/scheduling/runs.h"
#include "services/scheduling/timetables.h"
#include "storage/open.h"
#include "storage/sql/campaign_store.h"
#include "storage/sql/timetable_store.h"

namespace soutenance::host {
namespace {

// RunQueue on a worker: one run is computed at a time, with the threads it asks for.
class WorkerQueue final : public scheduling::RunQueue {
 public:
  explicit WorkerQueue(runtime::Worker& worker) : worker_(worker) {}
  absl::Status Submit(Job job) override { return worker_.Submit(std::move(job)); }

 private:
  runtime::Worker& worker_;
};

int Cores() {
  const unsigned cores = std::thread::hardware_concurrency();
  return cores == 0 ? 1 : static_cast<int>(cores);
}

class HostedScheduling final : public Hosted {
 public:
  HostedScheduling(const Parts& parts, std::unique_ptr<storage::sql::Database> database)
      : database_(std::move(database)),
        campaign_store_(*database_),
        timetable_store_(*database_),
        theses_(parts.peers, parts.calls),
        juries_(parts.peers, parts.calls),
        directory_(parts.peers, parts.calls),
        jury_writer_(parts.peers, parts.calls),
        facts_{.store = campaign_store_, .theses = theses_, .juries = juries_, .directory = directory_},
        worker_("runs", static_cast<size_t>(parts.config.run_queue_max), parts.log),
        queue_(worker_),
        campaigns_({.store = campaign_store_,
                    .theses = theses_,
                    .juries = juries_,
                    .directory = directory_,
                    .clock = parts.clock}),
        runs_({.store = timetable_store_, .facts = facts_, .queue = queue_, .clock = parts.clock},
              {.cores = Cores()}),
        timetables_(
            {.store = timetable_store_, .facts = facts_, .juries = jury_writer_, .clock = parts.clock},
            {.calendar_domain = parts.config.calendar_domain}),
        campaign_service_(campaigns_, parts.calls),
        timetable_service_(runs_, timetables_, parts.calls) {}

  // The worker's jobs use what is destroyed before it.
  ~HostedScheduling() override { worker_.Stop(); }

  std::vector<runtime::NamedService> services() override {
    return {{scheduling::v1::CampaignService::service_full_name(), &campaign_service_},
            {scheduling::v1::TimetableService::service_full_name(), &timetable_service_}};
  }

  // Runs that an earlier process left keep their facts, so they may begin before other modules answer.
  absl::Status Start() override { return runs_.RecoverAtStart(); }
  void Stop() override { worker_.Stop(); }

 private:
  const std::unique_ptr<storage::sql::Database> database_;
  storage::sql::CampaignStore campaign_store_;
  storage::sql::TimetableStore timetable_store_;
  scheduling::ThesisLookupGrpc theses_;
  scheduling::JuryLookupGrpc juries_;
  scheduling::DirectoryLookupGrpc directory_;
  scheduling::JuryWriterGrpc jury_writer_;
  const scheduling::FactSources facts_;
  runtime::Worker worker_;
  WorkerQueue queue_;
  scheduling::Campaigns campaigns_;
  scheduling::Runs runs_;
  scheduling::Timetables timetables_;
  scheduling::CampaignService campaign_service_;
  scheduling::TimetableService timetable_service_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Hosted>> BuildScheduling(const Parts& parts) {
  ASSIGN_OR_RETURN(std::unique_ptr<storage::sql::Database> database,
                   storage::OpenServiceDatabase(parts.config.store, "scheduling"));
  return std::make_unique<HostedScheduling>(parts, std::move(database));
}

}  // namespace soutenance::host
