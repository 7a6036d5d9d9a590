#include "services/submissions/deadline.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "services/submissions/milestone.h"

namespace soutenance::submissions {
namespace {

const absl::Duration kTick = absl::Microseconds(1);

// Deadlines around both changes of hour in Paris, of every year for which the rule is known: every half hour
// of the night, the missing hour, both turns of the repeated one, and a microsecond around each limit.
// Nothing but the order of instants decides.
TEST(Deadline, IsTheSameInTheNightsWhenTheHourChanges) {
  absl::TimeZone paris;
  ASSERT_TRUE(absl::LoadTimeZone("Europe/Paris", &paris));
  int changes = 0;
  for (int year = 2020; year <= 2037; ++year) {
    absl::Time after = absl::FromCivil(absl::CivilDay(year, 1, 1), paris);
    absl::TimeZone::CivilTransition change;
    while (paris.NextTransition(after, &change)) {
      const absl::Time instant = absl::FromCivil(absl::CivilSecond(change.from), paris);
      const absl::Time moment = paris.At(change.from).trans;
      if (absl::ToCivilYear(moment, paris).year() != year) break;
      ++changes;
      for (int minutes = -180; minutes <= 180; minutes += 30) {
        const absl::Time due = moment + absl::Minutes(minutes);
        const Milestone milestone{.due = due, .grace_minutes = 60, .hard = due + absl::Hours(3)};
        const Limits limits = milestone.LimitsWith(std::nullopt);
        EXPECT_EQ(limits.Judge(due - kTick).Text(), "on_time");
        EXPECT_EQ(limits.Judge(due).Text(), "on_time");
        EXPECT_EQ(limits.Judge(due + kTick).Text(), "grace 1 min");
        EXPECT_EQ(limits.Judge(due + absl::Minutes(60)).Text(), "grace 60 min");
        EXPECT_EQ(limits.Judge(due + absl::Minutes(60) + kTick).Text(), "late 61 min");
        EXPECT_TRUE(limits.IsOpenAt(due + absl::Hours(3)));
        EXPECT_FALSE(limits.IsOpenAt(due + absl::Hours(3) + kTick));
      }
      after = std::max(instant, moment) + absl::Hours(1);
    }
  }
  EXPECT_EQ(changes, 36);
}

TEST(Deadline, IsLaterWithAnExtensionAndNeverEarlier) {
  const absl::Time due = absl::FromUnixSeconds(1'800'000'000);
  const Milestone milestone{.due = due, .grace_minutes = 30, .hard = due + absl::Hours(1)};
  EXPECT_EQ(milestone.LimitsWith(due - absl::Hours(1)).due, due);
  const Limits limits = milestone.LimitsWith(due + absl::Hours(5));
  EXPECT_TRUE(limits.extended);
  EXPECT_EQ(limits.Judge(due + absl::Hours(5)).Text(), "on_time");
  EXPECT_EQ(limits.Judge(due + absl::Hours(5) + absl::Minutes(30)).Text(), "grace 30 min");
  EXPECT_FALSE(limits.IsOpenAt(due + absl::Hours(5) + absl::Minutes(30) + kTick));
}

TEST(Deadline, IsReadInItsZone) {
  const absl::Time instant = absl::FromUnixMicros(1'811'887'199'123'456);
  EXPECT_EQ(InstantText(instant), "2027-06-01T21:59:59.123456Z");
  EXPECT_EQ(CivilText(instant, "Europe/Paris"), "2027-06-01 23:59:59 (Europe/Paris)");
  const absl::Time twice = absl::FromUnixSeconds(1'824'942'600);
  EXPECT_EQ(CivilText(twice, "Europe/Paris"), "2027-10-31 02:30:00 CEST (Europe/Paris)");
  EXPECT_EQ(CivilText(twice + absl::Hours(1), "Europe/Paris"), "2027-10-31 02:30:00 CET (Europe/Paris)");
}

TEST(Deadline, PrefersWhatIsBetterForTheStudent) {
  const Punctuality on_time{.verdict = Verdict::kOnTime},
      grace{.verdict = Verdict::kGrace, .late_minutes = 9},
      late{.verdict = Verdict::kLate, .late_minutes = 3};
  EXPECT_EQ(Better(late, grace), grace);
  EXPECT_EQ(Better(on_time, late), on_time);
  EXPECT_EQ(Better(late, {.verdict = Verdict::kLate, .late_minutes = 2}).late_minutes, 2);
}

}  // namespace
}  // namespace soutenance::submissions
