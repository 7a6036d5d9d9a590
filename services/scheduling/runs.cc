#include "services/scheduling/runs.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/scheduling/campaign_access.h"
#include "services/scheduling/fresh_facts.h"
#include "services/scheduling/transactions.h"

namespace soutenance::scheduling {
namespace {

// How often a follower that waits is asked whether it is still there.
constexpr absl::Duration kFollowSlice = absl::Milliseconds(250);

// How long Cancel waits for the run: a search stops within 50 ms, the check and the transaction follow.
constexpr absl::Duration kCancelWaitMax = absl::Seconds(2);

absl::Status NoSuchBase(absl::string_view name) {
  return Error(absl::StatusCode::kNotFound, absl::StrCat("there is no timetable ", name, " to start from"),
               {.reason = "TIMETABLE_NOT_FOUND", .metadata = {{"timetable", std::string(name)}}});
}

absl::Status BaseOfAnotherCampaign(const Runs::Request& request) {
  return InvalidFields({{.field = "parameters.base_timetable",
                         .description = absl::StrCat(request.parameters.base_timetable,
                                                     " is not a timetable of ", request.campaign)}});
}

absl::StatusOr<std::optional<int>> NumberOf(const TimetableReader& reader,
                                            const TimetableReference& reference) {
  switch (reference.kind) {
    case TimetableReference::Kind::kNumber:
      return reference.number;
    case TimetableReference::Kind::kPublished:
      return reader.PublishedTimetable(reference.campaign);
    case TimetableReference::Kind::kLatest:
      return reader.LatestTimetable(reference.campaign);
  }
  return std::nullopt;
}

// When it is matters to a run if the campaign asks for a notice, or if some of what it starts from has begun.
// Otherwise the same facts give the same problem at any time.
FactsMoment WhenItIs(const Campaign& campaign, const std::vector<BasePlacement>& from, absl::Time now) {
  FactsMoment moment{.now = WallTime(campaign, now)};
  moment.counts_notice = std::any_of(campaign.rules.begin(), campaign.rules.end(),
                                     [](const RuleSetting& setting) {
                                       return setting.rule == "notice" &&
                                              setting.level != solver::RuleLevel::kOff &&
                                              setting.parameter.value_or(0) > 0;
                                     }) ||
                         std::any_of(from.begin(), from.end(), [&](const BasePlacement& placement) {
                           return placement.start && *placement.start < *moment.now;
                         });
  return moment;
}

}  // namespace

// A run that could be created, and its facts.
struct Runs::Prepared {
  TimetableRun run;
  StoredFacts facts;
};

Runs::Runs(const Parts& parts, Options options)
    : store_(parts.store),
      facts_(parts.facts),
      queue_(parts.queue),
      clock_(parts.clock),
      options_(std::move(options)) {}

absl::StatusOr<Campaign> Runs::CampaignForStaff(const Caller& caller, absl::string_view name) const {
  std::optional<Campaign> campaign;
  RETURN_IF_ERROR(facts_.store.Read([&](const CampaignReader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(campaign, reader.FindCampaign(name));
    return absl::OkStatus();
  }));
  if (!campaign) return NotFound("campaign", name);
  RETURN_IF_ERROR(CheckStaff(caller, *campaign));
  return *std::move(campaign);
}

absl::StatusOr<TimetableRun> Runs::Find(const RunKey& key) const {
  ASSIGN_OR_RETURN(std::optional<TimetableRun> run,
                   ReadFrom(store_, [&](const TimetableReader& reader) { return reader.FindRun(key); }));
  if (!run) return NotFound("run", RunName(key));
  // What is stored is up to a second old.
  if (run->state == RunState::kRunning) {
    const std::optional<RunProgress> progress = live_.ProgressOf(key);
    if (progress) run->progress = progress;
  }
  return *std::move(run);
}

absl::StatusOr<std::optional<TimetableRecord>> Runs::FindBase(const Request& request) const {
  const std::string& name = request.parameters.base_timetable;
  TimetableReference reference{.campaign = request.campaign, .kind = TimetableReference::Kind::kPublished};
  if (!name.empty()) {
    ASSIGN_OR_RETURN(reference, ParseTimetableName(name));
    if (reference.campaign != request.campaign) return BaseOfAnotherCampaign(request);
  }
  const auto find = [&](const TimetableReader& reader) -> absl::StatusOr<std::optional<TimetableRecord>> {
    ASSIGN_OR_RETURN(const std::optional<int> number, NumberOf(reader, reference));
    if (!number) return std::nullopt;
    return reader.FindTimetable({request.campaign, *number});
  };
  ASSIGN_OR_RETURN(std::optional<TimetableRecord> base, ReadFrom(store_, find));
  if (!base && !name.empty()) return NoSuchBase(name);
  return base;
}

absl::StatusOr<Runs::Prepared> Runs::Prepare(const Caller& caller, const Campaign& campaign,
                                             const Request& request) const {
  std::vector<FieldViolation> problems;
  CheckRunParameters(request.parameters, "parameters.", problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  Prepared prepared;
  TimetableRun& run = prepared.run;
  run.key.campaign = request.campaign;
  run.parameters = request.parameters;
  run.account = caller.account;
  run.created = clock_.Now();
  ASSIGN_OR_RETURN(const std::optional<TimetableRecord> base, FindBase(request));
  std::vector<BasePlacement> from;
  if (base) {
    run.base = base->key.number;
    run.parameters.base_timetable = TimetableName(base->key);
    from = BaseOf(*base);
  }
  ASSIGN_OR_RETURN(FreshFacts fresh,
                   GatherFreshFacts(facts_, request.campaign, from, WhenItIs(campaign, from, run.created)));
  RETURN_IF_ERROR(CheckReady(*fresh.problem, request.campaign));
  prepared.facts = std::move(fresh.stored);
  run.facts = prepared.facts.id;
  return prepared;
}

absl::StatusOr<TimetableRun> Runs::Create(const Caller& caller, const Request& request) {
  ASSIGN_OR_RETURN(const Campaign campaign, CampaignForStaff(caller, request.campaign));
  ASSIGN_OR_RETURN(
      const std::optional<std::string> first,
      ReadFrom(store_, [&](const TimetableReader& reader) { return reader.FindRequest(request.request); }));
  if (first) return FindByName(*first);
  ASSIGN_OR_RETURN(const Prepared prepared, Prepare(caller, campaign, request));
  if (request.validate_only) return prepared.run;
  bool is_new = false;
  const auto insert = [&](TimetableWriter& writer) -> absl::StatusOr<std::string> {
    ASSIGN_OR_RETURN(std::optional<std::string> meanwhile, writer.FindRequest(request.request));
    is_new = !meanwhile;
    if (meanwhile) return *std::move(meanwhile);
    TimetableRun run = prepared.run;
    ASSIGN_OR_RETURN(run.key.number, writer.NextRunNumber(request.campaign));
    RETURN_IF_ERROR(writer.PutFacts(prepared.facts));
    RETURN_IF_ERROR(writer.InsertRun(run));
    RETURN_IF_ERROR(writer.RememberRequest(request.request, RunName(run.key), run.created));
    return RunName(run.key);
  };
  ASSIGN_OR_RETURN(const std::string name, WriteTo(store_, insert));
  if (is_new) RETURN_IF_ERROR(EnqueueNew(name, request.request));
  return FindByName(name);
}

absl::Status Runs::EnqueueNew(absl::string_view name, const RequestKey& request) {
  ASSIGN_OR_RETURN(const RunKey key, ParseRunName(name));
  absl::Status queued = Enqueue(key);
  if (queued.ok()) return queued;
  // As if it had never been asked for, so that the caller may try again under the same request id.
  const absl::Status undone = store_.Write([&](TimetableWriter& writer) -> absl::Status {
    RETURN_IF_ERROR(writer.DeleteRun(key));
    RETURN_IF_ERROR(writer.RemoveUnusedFacts());
    return writer.ForgetRequest(request);
  });
  return undone.ok() ? queued : undone;
}

absl::StatusOr<TimetableRun> Runs::FindByName(absl::string_view name) const {
  ASSIGN_OR_RETURN(const RunKey key, ParseRunName(name));
  return Find(key);
}

absl::Status Runs::Enqueue(const RunKey& key) {
  return queue_.Submit([this, key](std::stop_token stop) {
    // It fails only if the store does, and then nobody can be told: the run is taken up at the next start.
    Execute(key, std::move(stop)).IgnoreError();
  });
}

absl::StatusOr<TimetableRun> Runs::Get(const Caller& caller, const RunKey& key) const {
  ASSIGN_OR_RETURN(const Campaign campaign, CampaignForStaff(caller, key.campaign));
  return Find(key);
}

absl::StatusOr<Page<TimetableRun>> Runs::List(const Caller& caller, absl::string_view campaign,
                                              const PageRequest& page) const {
  ASSIGN_OR_RETURN(const Campaign known, CampaignForStaff(caller, campaign));
  return ReadFrom(store_, [&](const TimetableReader& reader) { return reader.ListRuns(campaign, page); });
}

absl::Status Runs::Follow(const Caller& caller, const RunKey& key, absl::FunctionRef<bool()> stopped,
                          absl::FunctionRef<bool(const TimetableRun&)> send) const {
  ASSIGN_OR_RETURN(const Campaign campaign, CampaignForStaff(caller, key.campaign));
  std::optional<TimetableRun> sent;
  LiveRuns::Follower follower;
  while (true) {
    live_.Look(follower);
    ASSIGN_OR_RETURN(TimetableRun run, Find(key));
    if (sent != run) {
      if (!send(run)) return absl::OkStatus();
      if (run.IsFinished()) return absl::OkStatus();
      sent = std::move(run);
    }
    while (!live_.Wait(follower, kFollowSlice)) {
      if (stopped()) return absl::CancelledError("the caller went away or its time is over; follow again");
    }
    if (stopped()) return absl::CancelledError("the caller went away or its time is over; follow again");
  }
}

absl::StatusOr<TimetableRun> Runs::WaitUntilFinished(const RunKey& key) const {
  const absl::Duration slice = absl::Milliseconds(100);
  for (absl::Duration waited; waited < kCancelWaitMax; waited += slice) {
    LiveRuns::Follower follower;
    live_.Look(follower);
    ASSIGN_OR_RETURN(TimetableRun run, Find(key));
    if (run.IsFinished()) return run;
    live_.Wait(follower, slice);
  }
  return Find(key);
}

absl::StatusOr<TimetableRun> Runs::Cancel(const Caller& caller, const RunKey& key,
                                          const RequestKey& request) {
  ASSIGN_OR_RETURN(const Campaign campaign, CampaignForStaff(caller, key.campaign));
  const auto ask = [&](TimetableWriter& writer) -> absl::StatusOr<TimetableRun> {
    ASSIGN_OR_RETURN(std::optional<TimetableRun> run, writer.FindRun(key));
    if (!run) return NotFound("run", RunName(key));
    ASSIGN_OR_RETURN(const std::optional<std::string> first, writer.FindRequest(request));
    if (first) return *std::move(run);
    RETURN_IF_ERROR(writer.RememberRequest(request, RunName(key), clock_.Now()));
    if (run->IsFinished()) return *std::move(run);
    if (run->state == RunState::kRunning) {
      run->cancel_requested = true;
    } else {
      RETURN_IF_ERROR(scheduling::Cancel(*run, 0, clock_.Now()));
    }
    RETURN_IF_ERROR(writer.UpdateRun(*run));
    return *std::move(run);
  };
  ASSIGN_OR_RETURN(TimetableRun run, WriteTo(store_, ask));
  live_.Announce(run);
  if (run.state != RunState::kRunning) return run;
  if (live_.RequestStop(key)) return WaitUntilFinished(key);
  // Nobody executes it: the store failed when its end was to be written.
  RETURN_IF_ERROR(Change(
      key, [&](TimetableWriter&, TimetableRun& lost) { return scheduling::Cancel(lost, 0, clock_.Now()); }));
  return Find(key);
}

absl::Status Runs::Change(const RunKey& key,
                          absl::FunctionRef<absl::Status(TimetableWriter&, TimetableRun&)> change) {
  const auto apply = [&](TimetableWriter& writer) -> absl::StatusOr<TimetableRun> {
    ASSIGN_OR_RETURN(std::optional<TimetableRun> run, writer.FindRun(key));
    if (!run) return NotFound("run", RunName(key));
    if (run->IsFinished()) return *std::move(run);
    RETURN_IF_ERROR(change(writer, *run));
    RETURN_IF_ERROR(writer.UpdateRun(*run));
    return *std::move(run);
  };
  ASSIGN_OR_RETURN(const TimetableRun run, WriteTo(store_, apply));
  live_.Announce(run);
  return absl::OkStatus();
}

}  // namespace soutenance::scheduling
