#include "services/scheduling/testing/timetable_house.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/scheduling/campaign_time.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling::testing {
namespace {

std::unique_ptr<storage::sql::Database> Open(const std::string& uri) {
  auto database = storage::sql::Database::Open(uri, {.service = "scheduling"});
  if (database.ok()) return *std::move(database);
  ADD_FAILURE() << database.status();
  std::abort();
}

}  // namespace

absl::Status ManualQueue::Submit(Job job) {
  if (jobs.size() >= size_max) {
    return Error(absl::StatusCode::kResourceExhausted, "the queue is full; try again later",
                 {.reason = "QUEUE_FULL"});
  }
  jobs.push_back(std::move(job));
  return absl::OkStatus();
}

int ManualQueue::DoAll(std::stop_token stop) {
  int done = 0;
  for (; !jobs.empty(); ++done) {
    const Job job = std::move(jobs.front());
    jobs.pop_front();
    job(stop);
  }
  return done;
}

House::House(const CampaignFacts& facts, Runs::Solver solver, const std::string& uri)
    : database(Open(uri)),
      campaigns(*database),
      store(*database),
      runs({.store = store, .facts = Sources(), .queue = queue, .clock = clock},
           {.cores = 2, .solver = std::move(solver)}),
      timetables({.store = store, .facts = Sources(), .juries = juries, .clock = clock},
                 {.calendar_domain = "example.org"}) {
  theses.theses = facts.theses;
  juries.juries = facts.juries;
  directory.people = facts.people;
  directory.rooms = facts.rooms;
  if (facts.programme) directory.programmes[facts.programme->name] = *facts.programme;
  if (facts.cohort) directory.cohorts[facts.cohort->name] = *facts.cohort;
  EXPECT_OK(campaigns.Write([&](CampaignWriter& writer) -> absl::Status {
    const auto known = writer.FindCampaign(facts.campaign.name);
    if (!known.ok() || *known) return known.status();
    absl::Status done = writer.InsertCampaign(facts.campaign);
    for (const Defence& defence : facts.defences) done.Update(writer.PutDefence(defence).status());
    for (const auto& [person, answer] : facts.availabilities)
      done.Update(writer.PutAvailability(answer).status());
    return done;
  }));
}

void House::SetCampaign(const Campaign& campaign) {
  EXPECT_OK(campaigns.Write([&](CampaignWriter& writer) -> absl::Status {
    const auto known = writer.FindCampaign(campaign.name);
    if (!known.ok()) return known.status();
    Campaign changed = campaign;
    changed.version = (*known)->version;
    return writer.UpdateCampaign(changed);
  }));
}

void House::SetAvailability(const std::string& person, std::vector<AvailabilityPeriod> periods) {
  EXPECT_OK(campaigns.Write([&](CampaignWriter& writer) {
    return writer.PutAvailability({.campaign = "campaigns/m2", .person = person, .periods = periods})
        .status();
  }));
}

void House::AddDefence(const CampaignFacts& facts) {
  theses.theses.insert(facts.theses.begin(), facts.theses.end());
  juries.juries.insert(facts.juries.begin(), facts.juries.end());
  directory.people.insert(facts.people.begin(), facts.people.end());
  EXPECT_OK(campaigns.Write([&](CampaignWriter& writer) {
    absl::Status done;
    for (const Defence& defence : facts.defences) done.Update(writer.PutDefence(defence).status());
    return done;
  }));
}

TimetableView House::Compute(RunParameters parameters) {
  if (parameters.moves_max == 0) parameters.moves_max = 2000;
  parameters.threads = 1;
  const auto run = runs.Create(Staff(), {.campaign = "campaigns/m2", .parameters = parameters});
  EXPECT_OK(run.status());
  if (!run.ok()) return {};
  queue.DoAll();
  const auto ended = runs.Get(Staff(), run->key);
  EXPECT_OK(ended.status());
  EXPECT_EQ(ended->state, RunState::kSucceeded) << ended->error;
  const auto timetable = Get(ended->timetable);
  EXPECT_OK(timetable.status());
  return timetable.ok() ? *timetable : TimetableView{};
}

TimetableView House::Published() {
  const TimetableView draft = Compute();
  const auto published = Publish(draft.timetable.key.number);
  EXPECT_OK(published.status());
  return published.ok() ? *published : TimetableView{};
}

absl::StatusOr<TimetableView> House::Get(int number, const Caller& caller) const {
  return timetables.Get(caller, Number(number));
}

absl::StatusOr<TimetableView> House::Publish(int number, bool allow_incomplete) {
  return timetables.Publish(Staff(), {.timetable = Number(number), .allow_incomplete = allow_incomplete});
}

TimetableReference Number(int number) { return {.campaign = "campaigns/m2", .number = number}; }

RequestKey Once(const std::string& request_id, const std::string& fingerprint) {
  return {
      .request_id = request_id, .account = "accounts/staff", .method = "Test", .fingerprint = fingerprint};
}

const PlacementView& PlacementOf(const TimetableView& timetable, const std::string& thesis) {
  for (const PlacementView& placement : timetable.placements) {
    if (placement.thesis == thesis) return placement;
  }
  ADD_FAILURE() << "no placement of " << thesis;
  static const PlacementView none;
  return none;
}

std::string PlaceText(const TimetableView& timetable, const std::string& thesis) {
  const PlacementView& placement = PlacementOf(timetable, thesis);
  if (!placement.place) return "-";
  return absl::StrCat(MomentText(placement.place->start), " ", placement.place->room);
}

Place At(const std::string& start, const std::string& room) { return {.start = Moment(start), .room = room}; }

CampaignFacts ThreeDefences() {
  CampaignFacts facts = SmallFacts();
  facts.campaign.rooms.push_back("rooms/b");
  facts.rooms["rooms/b"] = {.name = "rooms/b", .title = "B 204", .site = "Nord", .capacity_seats = 30};
  testing::AddDefence(facts, "2", "max", {"people/bob"});
  testing::AddDefence(facts, "3", "zoe", {"people/eve"});
  return facts;
}

}  // namespace soutenance::scheduling::testing
