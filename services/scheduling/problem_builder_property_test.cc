#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "absl/strings/str_cat.h"
#include "services/scheduling/problem_builder.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/testing/samples.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling {
namespace {

// Makes legal facts of every kind, many of them at the edge: what other services do not know, days without
// hours in common, pins on what has gone.
class RandomFacts {
 public:
  explicit RandomFacts(unsigned seed) : random_(seed) {}

  CampaignFacts Make() {
    CampaignFacts facts{.campaign = MakeCampaign()};
    for (const std::string& room : facts.campaign.rooms) {
      if (!Chance(5)) facts.rooms[room] = MakeRoom(room, facts.campaign);
    }
    const int people = Below(8) + 1;
    for (int i = 0; i < people; ++i) {
      const std::string name = absl::StrCat("people/", i);
      if (!Chance(4)) {
        facts.people[name] = {.name = name,
                              .display_name = Chance(3) ? "" : absl::StrCat("Personne ", i),
                              .per_day_max = Below(3),
                              .per_campaign_max = Below(3)};
      }
      if (Chance(2)) facts.availabilities[name] = MakeAnswer(name, facts.campaign);
    }
    const int theses = Below(7);
    for (int i = 0; i < theses; ++i) AddThesis(i, people, facts);
    if (Chance(2)) facts.cohort = MakeCohort(facts.campaign);
    return facts;
  }

  std::vector<BasePlacement> MakeBase(const Campaign& campaign) {
    std::vector<BasePlacement> base;
    for (int i = 0; i < 8; ++i) {
      if (Chance(2)) continue;
      BasePlacement placement{.thesis = absl::StrCat("theses/", i),
                              .room = absl::StrCat("rooms/", Below(5)),
                              .pin_day = Chance(2),
                              .pin_time = Chance(2),
                              .pin_room = Chance(2)};
      if (!Chance(4)) {
        placement.start = absl::CivilMinute(SomeDay(campaign)) + Below(1440);
      } else if (Chance(2)) {
        placement.pinned_start = absl::CivilMinute(SomeDay(campaign)) + Below(1440);
        placement.pinned_room = absl::StrCat("rooms/", Below(5));
      }
      base.push_back(std::move(placement));
    }
    return base;
  }

 private:
  // 0 to n - 1, the same on every machine.
  int Below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  // Once in n times.
  bool Chance(int n) { return Below(n) == 0; }

  // Mostly one of the campaign's, sometimes before, between or after.
  absl::CivilDay SomeDay(const Campaign& campaign) {
    return campaign.days.front() + Below(static_cast<int>(campaign.days.back() - campaign.days.front()) + 5) -
           2;
  }

  Campaign MakeCampaign() {
    Campaign campaign = testing::ACampaign();
    campaign.days.clear();
    absl::CivilDay day = absl::CivilDay(2027, 3, 26) + Below(3);  // around a change of clocks
    const int days = Below(5) + 1;
    for (int i = 0; i < days; ++i, day += Below(3) + 1) campaign.days.push_back(day);
    campaign.hours.clear();
    MinuteOfDay from = Chance(3) ? 0 : Below(600);
    do {
      const MinuteOfDay to = Chance(4) ? kEndOfDay : std::min(kEndOfDay, from + 1 + Below(400));
      campaign.hours.push_back({.from = from, .to = to});
      from = to + Below(60);
    } while (from < kEndOfDay - 1 && !Chance(3));
    campaign.grid_minutes = 5 + Below(60);
    campaign.duration_minutes = 5 + Below(120);
    campaign.buffer_minutes = Below(30);
    campaign.travel_minutes = Below(90);
    campaign.silent_policy = static_cast<SilentPolicy>(1 + Below(3));
    campaign.rooms.clear();
    for (int i = Below(4); i > 0; --i) campaign.rooms.push_back(absl::StrCat("rooms/", i));
    if (Chance(2)) campaign.rules = {{.rule = "gaps", .level = solver::RuleLevel::kStrong, .weight = 3}};
    return campaign;
  }

  RoomFacts MakeRoom(const std::string& name, const Campaign& campaign) {
    RoomFacts room{.name = name, .title = Chance(4) ? "" : name, .capacity_seats = Below(6)};
    if (Chance(2)) room.equipment = {"video"};
    for (int i = Below(3); i > 0; --i) {
      const MinuteOfDay from = Below(kEndOfDay);
      room.openings.push_back({.date = SomeDay(campaign),
                               .from = from,
                               .to = from + 1 + Below(kEndOfDay - from),
                               .is_open = Chance(2)});
    }
    return room;
  }

  Availability MakeAnswer(const std::string& person, const Campaign& campaign) {
    Availability answer{.campaign = campaign.name, .person = person, .version = 1};
    for (int i = Below(5); i > 0; --i) {
      const MinuteOfDay from = Chance(3) ? 0 : Below(kEndOfDay);
      answer.periods.push_back({.date = SomeDay(campaign),
                                .from = from,
                                .to = Chance(3) ? kEndOfDay : from + 1 + Below(kEndOfDay - from),
                                .answer = static_cast<Answer>(1 + Below(3))});
    }
    Normalise(answer);
    return answer;
  }

  void AddThesis(int id, int people, CampaignFacts& facts) {
    const std::string name = absl::StrCat("theses/", id);
    facts.defences.push_back({.campaign = facts.campaign.name,
                              .thesis = name,
                              .version = 1,
                              .duration_minutes = Chance(3) ? 5 + Below(475) : 0});
    if (Chance(6)) return;
    ThesisFacts& thesis = facts.theses[name];
    thesis = {.name = name, .is_withdrawn = Chance(6)};
    for (int i = Below(3); i > 0; --i) thesis.authors.push_back(absl::StrCat("people/", Below(people)));
    if (Chance(4)) return;
    JuryFacts& jury = facts.juries[name];
    for (int i = Below(5); i > 0; --i) {
      jury.seats.push_back({.person = absl::StrCat("people/", Below(people)), .is_remote = Chance(3)});
    }
  }

  CohortFacts MakeCohort(const Campaign& campaign) {
    CohortFacts cohort{.name = "programmes/msi/cohorts/2027"};
    for (int i = Below(3); i > 0; --i) {
      const absl::CivilDay first = SomeDay(campaign);
      cohort.calendar.push_back({.first = first, .last = first + Below(4), .is_school = Chance(2)});
    }
    return cohort;
  }

  std::mt19937 random_;
};

TEST(BuildProblemProperty, LegalFactsAlwaysMakeALegalProblem) {
  int with_defences = 0;
  for (unsigned seed = 1; seed <= 2'000; ++seed) {
    RandomFacts random(seed);
    const CampaignFacts facts = random.Make();
    std::vector<FieldViolation> problems;
    CheckSettings(facts.campaign, "", problems);
    ASSERT_TRUE(problems.empty()) << "seed " << seed << ": " << problems[0].field << " "
                                  << problems[0].description;

    const auto problem = solver::Problem::Create(BuildProblem(facts, random.MakeBase(facts.campaign)));
    ASSERT_THAT(problem.status(), soutenance::testing::IsOk()) << "seed " << seed;
    ASSERT_EQ(problem->DefenceCount(), static_cast<int>(facts.DefendedTheses().size())) << "seed " << seed;
    with_defences += problem->DefenceCount() > 0 ? 1 : 0;
  }
  EXPECT_GT(with_defences, 1'000) << "the random facts say too little";
}

}  // namespace
}  // namespace soutenance::scheduling
