#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/scheduling/solver/explain/analysis.h"
#include "services/scheduling/solver/testing/builders.h"
#include "services/scheduling/solver/testing/random_problem.h"

namespace soutenance::scheduling::solver {
namespace {

using testing::ADefence;
using testing::APerson;
using testing::ARoom;
using testing::Arrange;
using testing::ASmallProblem;
using testing::At;
using testing::Build;
using testing::Hours;

// A timetable in which every rule is broken.
ProblemSpec EverythingGoesWrong() {
  ProblemSpec spec = ASmallProblem();
  spec.buffer_minutes = 15;
  spec.travel_minutes = 45;
  spec.persons = {
      APerson(
          {.key = "ana", .name = "Ana Ruiz", .blocked = {Hours(11, 12)}, .max_per_day = 3, .max_total = 4}),
      APerson({.key = "bo", .name = "Bo Chen", .if_needed = {Hours(9, 10)}})};
  spec.rooms = {ARoom({.key = "b12",
                       .name = "B12",
                       .site = "Nord",
                       .capacity = 10,
                       .open = {Hours(9, 16), Hours(9, 17, 1)}}),
                ARoom({.key = "curie", .name = "Amphi Curie", .site = "Sud", .capacity = 1})};
  const auto add = [&](const char* key, const char* label,
                       const std::vector<std::string>& people) -> DefenceSpec& {
    spec.defences.push_back(ADefence(key, people));
    spec.defences.back().label = label;
    return spec.defences.back();
  };
  add("lea", "Léa Martin", {"ana", "bo"});
  add("tom", "Tom Petit", {"ana", "cy"}).allowed = {Hours(9, 17, 1)};
  DefenceSpec& zoe = add("zoe", "Zoé Aubry", {"ana", "dan"});
  zoe.capacity = 12;
  zoe.equipment = {"video"};
  zoe.pin = {.day = 1, .time = At(10), .room = "b12", .jurors = {"bo"}, .mode = Mode::kVideo};
  add("eve", "Ève Noir", {"bo", "eve"}).reference = ReferenceSpec{At(9), "curie"};
  DefenceSpec& max = add("max", "Max Blanc", {"ana", "fay"});
  max.seats.push_back(testing::AnOpenSeat("president", {"fay"}));
  max.seats.back().candidates[0].cost = 4;
  max.seats.back().candidates.push_back({.person = "ana"});
  add("ida", "Ida Roux", {"ana", "gus"});
  add("uma", "Uma Vert", {"ana", "hal"});
  spec.now = At(9, 10);  // Eve's defence has begun
  for (DefenceSpec& defence : spec.defences) defence.seats[0].role = "supervisor";
  std::swap(spec.defences[1].seats[0].role, spec.defences[1].seats[1].role);  // Cy, not Ana
  RoleSpec supervisor{.name = "supervisor", .absence_cost = 5, .change_cost = 7, .load = {}, .combined = {}};
  supervisor.load = {{.low = 2, .high = 3, .cost = 4}};
  supervisor.combined = {{.role = "president", .cost = 2}};
  spec.roles = {supervisor, RoleSpec{.name = "president", .load = {}, .combined = {}}};
  for (const char* rule : {"role_absence", "block_continuity", "role_load", "combined_roles"}) {
    testing::SetRule(spec, rule, RuleLevel::kSoft);
  }
  for (const char* rule :
       {"squared_load", "squared_days", "subject_coverage", "nearness", "quick_room_change"}) {
    testing::SetRule(spec, rule, RuleLevel::kSoft2);
  }
  spec.persons[0].role_limits = {{.role = "supervisor", .max_per_day = 1, .max_total = 3}};
  spec.persons[0].nearness = {2, 1};
  spec.persons[0].room_change = {5, 3};
  spec.defences[0].subjects = {"Algèbre"};
  for (const char* rule :
       {"hours", "room_pause", "short_pause", "room_topics", "mixed_cohorts", "mixed_holders", "rooms_used",
        "jury_size", "waits", "person_pause", "day_continuity", "topic_rooms"}) {
    testing::SetRule(spec, rule, RuleLevel::kSoft3);
  }
  spec.early = {{.time = At(9, 30), .cost = 2}};
  spec.pauses = {{.begins = {At(9, 30), At(9, 45)}, .least_minutes = 30, .wanted_minutes = 60},
                 {.begins = {At(11, 0, 1), At(12, 0, 1)}, .least_minutes = 30, .wanted_minutes = 600}};
  spec.defences[0].cohort = "MSc";
  spec.defences[1].cohort = "BSc";
  spec.roles[0].mix_cost = 6;
  spec.roles[0].day_change_cost = 3;
  testing::SetRule(spec, "back_to_back", RuleLevel::kSoft);
  testing::SetRule(spec, "seat_cost", RuleLevel::kSoft);
  for (std::size_t i = 0; i < spec.defences.size(); ++i) spec.defences[i].topic = i % 2 == 0 ? "IA" : "Web";
  testing::SetRule(spec, "room_gaps", RuleLevel::kSoft);
  testing::SetRule(spec, "topic_changes", RuleLevel::kSoft);
  testing::SetRule(spec, "topic_blocks", RuleLevel::kSoft);
  testing::SetRule(spec, "room_days", RuleLevel::kSoft);
  testing::SetRule(spec, "room_day_limit", RuleLevel::kHard, 0, 3);
  testing::SetRule(spec, "room_break", RuleLevel::kHard, 0, 360);
  testing::SetRule(spec, "room_block_load", RuleLevel::kHard, 0, 1);
  return spec;
}

std::string Print(const Analysis& analysis) {
  std::string text;
  for (const RuleAnalysis& rule : analysis.rules) {
    absl::StrAppend(&text, std::string(LineOf(rule.rule).name), " ", rule.points, "\n");
    for (const MatchLine& line : rule.matches) {
      absl::StrAppend(&text, "  ", line.points, "\n    ", line.sentence.fr, "\n    ", line.sentence.en, "\n");
    }
  }
  // So that a person sees them: U+00A0 and U+202F.
  return absl::StrReplaceAll(text, {{"\u00a0", "~"}, {"\u202f", "^"}});
}

TEST(MatchSentence, TellsEveryRuleInBothLanguages) {
  const Problem problem = Build(EverythingGoesWrong());
  const Timetable timetable = Arrange(problem, {{"lea", At(9), "b12"},
                                                {"tom", At(9, 30), "b12"},
                                                {"zoe", At(11, 0), "curie"},
                                                {"eve", At(9, 50, 1), "b12"},
                                                {"max", At(15, 30), "b12", {"fay"}},
                                                {"ida", At(9, 0, 1), "curie"}});
  const std::string path = absl::StrCat(SOUTENANCE_GOLDEN_FOLDER, "/every_rule.txt");
  std::stringstream expected;
  expected << std::ifstream(path).rdbuf();
  const std::string actual = Print(Analyse(timetable));
  EXPECT_EQ(actual, expected.str()) << "If the change is wanted, write the new text to " << path;
  if (actual != expected.str()) std::ofstream(::testing::TempDir() + "every_rule.txt") << actual;
}

TEST(MatchSentence, IsASentenceForEveryMatchOfRandomTimetables) {
  std::map<RuleId, int> seen;
  for (uint64_t seed = 1; seed <= 120; ++seed) {
    SCOPED_TRACE(seed);
    testing::Chance chance(seed);
    const Problem problem = testing::RandomProblem(seed, {.open_seats = seed % 2 == 1});
    for (const RuleAnalysis& rule : Analyse(testing::RandomTimetable(chance, problem)).rules) {
      for (const MatchLine& line : rule.matches) {
        EXPECT_EQ(line.sentence.fr.back(), '.');
        EXPECT_EQ(line.sentence.en.back(), '.');
        EXPECT_THAT(line.sentence.fr, ::testing::Not(::testing::HasSubstr("  ")));
        EXPECT_THAT(line.sentence.en, ::testing::Not(::testing::HasSubstr("  ")));
        ++seen[rule.rule];
      }
    }
  }
  EXPECT_EQ(seen.size(), static_cast<std::size_t>(kRuleCount));
}

TEST(Analyse, AddsUpToTheScoreAndTellsTheDearestFirst) {
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    testing::Chance chance(seed);
    const Problem problem = testing::RandomProblem(seed);
    const Timetable timetable = testing::RandomTimetable(chance, problem);
    const Analysis analysis = Analyse(timetable);
    Score sum;
    for (const RuleAnalysis& rule : analysis.rules) {
      int64_t points = 0;
      for (const MatchLine& line : rule.matches) points += line.points;
      EXPECT_EQ(points, rule.points);
      EXPECT_TRUE(std::is_sorted(rule.matches.begin(), rule.matches.end(),
                                 [](const MatchLine& a, const MatchLine& b) { return a.points > b.points; }));
      sum.Add(rule.level, rule.points);
    }
    EXPECT_EQ(sum, analysis.score);
  }
}

}  // namespace
}  // namespace soutenance::scheduling::solver
