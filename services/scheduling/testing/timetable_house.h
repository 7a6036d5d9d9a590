#ifndef SOUTENANCE_SERVICES_SCHEDULING_TESTING_TIMETABLE_HOUSE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_TESTING_TIMETABLE_HOUSE_H_

#include <deque>
#include <memory>
#include <stop_token>
#include <string>

#include "absl/status/statusor.h"
#include "services/scheduling/facts.h"
#include "services/scheduling/run_queue.h"
#include "services/scheduling/runs.h"
#include "services/scheduling/testing/fake_lookups.h"
#include "services/scheduling/testing/samples.h"
#include "services/scheduling/timetables.h"
#include "storage/sql/campaign_store.h"
#include "storage/sql/database.h"
#include "storage/sql/timetable_store.h"
#include "tests/testing/fake_clock.h"

namespace soutenance::scheduling::testing {

// A queue whose jobs a test does when it wants.
class ManualQueue : public RunQueue {
 public:
  absl::Status Submit(Job job) override;

  // Does the jobs that wait; a job that is queued meanwhile, too. Returns how many there were.
  int DoAll(std::stop_token stop = {});

  std::size_t size_max = 8;
  std::deque<Job> jobs;
};

// The timetables half of the scheduling service with everything it needs: the stores on one SQLite database,
// the other services as `facts` say. What a test changes in `theses`, `juries` and `directory` is what is
// gathered next.
class House {
 public:
  // At a database in memory, or at that of another house: then `facts` are not written.
  explicit House(const CampaignFacts& facts, Runs::Solver solver = nullptr,
                 const std::string& uri = "sqlite::memory:");

  // Replaces the settings and the answers of the campaign.
  void SetCampaign(const Campaign& campaign);
  void SetAvailability(const std::string& person, std::vector<AvailabilityPeriod> periods);
  void AddDefence(const CampaignFacts& facts);  // what of it is new: defences, theses, juries, people

  // Computes a timetable with `parameters`, which get a limit of moves if they have none, and returns it.
  // Fails the test if it does not succeed.
  TimetableView Compute(RunParameters parameters = {});

  // The same, published.
  TimetableView Published();

  absl::StatusOr<TimetableView> Get(int number, const Caller& caller = Staff()) const;
  absl::StatusOr<TimetableView> Publish(int number, bool allow_incomplete = false);

  soutenance::testing::FakeClock clock{absl::FromUnixSeconds(1'800'000'000)};
  FakeTheses theses;
  FakeJuries juries;
  FakeDirectory directory;
  std::unique_ptr<storage::sql::Database> database;
  storage::sql::CampaignStore campaigns;
  storage::sql::TimetableStore store;
  ManualQueue queue;
  Runs runs;
  Timetables timetables;

 private:
  FactSources Sources() const { return {campaigns, theses, juries, directory}; }
};

// The name of timetable `number` of "campaigns/m2", and what is asked for it.
TimetableReference Number(int number);

// A request key of the staff.
RequestKey Once(const std::string& request_id, const std::string& fingerprint = "f");

// The placement of a thesis; fails the test if there is none.
const PlacementView& PlacementOf(const TimetableView& timetable, const std::string& thesis);

// "2027-06-14T09:00 rooms/a", or "-" if it is unplaced.
std::string PlaceText(const TimetableView& timetable, const std::string& thesis);

Place At(const std::string& start, const std::string& room);

// Facts of ACampaign with rooms a and b and the defences 1 to 3: Léa (jury Bob and Ana), Max (Bob), Zoé
// (Eve).
CampaignFacts ThreeDefences();

}  // namespace soutenance::scheduling::testing

#endif  // SOUTENANCE_SERVICES_SCHEDULING_TESTING_TIMETABLE_HOUSE_H_
