#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "services/assignment/compose/check/check.h"
#include "services/assignment/compose/testing/small_problems.h"
#include "services/assignment/compose/witness/shortage.h"

namespace soutenance::assignment::compose {
namespace {

constexpr uint32_t kProblems = 1'000;

// Only some theses of a problem.
ProblemSpec Only(const ProblemSpec& spec, const std::vector<int>& theses) {
  ProblemSpec only = spec;
  only.theses.clear();
  for (const int t : theses) only.theses.push_back(spec.theses[static_cast<size_t>(t)]);
  return only;
}

bool CanAllBeSeated(const ProblemSpec& spec, const std::vector<int>& theses) {
  return testing::TryEverything(*Problem::Create(Only(spec, theses))).unseated == 0;
}

int CountJuries(const Problem& problem, int thesis) {
  int count = 0;
  ForEachJury(problem, thesis, [&](const std::vector<int>&) { ++count; });
  return count;
}

// Counts again, naively.
void ExpectTrue(const Problem& problem, const Shortage& shortage) {
  if (shortage.kind == Shortage::Kind::kNoJury) {
    EXPECT_EQ(CountJuries(problem, shortage.theses.front()), 0);
    return;
  }
  if (shortage.kind == Shortage::Kind::kTogether) {
    EXPECT_FALSE(CanAllBeSeated(problem.spec(), shortage.theses));
    for (size_t i = 0; i < shortage.theses.size(); ++i) {
      std::vector<int> fewer = shortage.theses;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      EXPECT_TRUE(CanAllBeSeated(problem.spec(), fewer)) << "without " << shortage.theses[i];
    }
    return;
  }
  Value needed = 0;
  for (size_t i = 0; i < shortage.theses.size(); ++i) {
    Value least = std::numeric_limits<Value>::max();
    ForEachJury(problem, shortage.theses[i], [&](const std::vector<int>& seating) {
      Value taken = 0;
      for (size_t s = 0; s < seating.size(); ++s) {
        for (const Shortage::Place& place : shortage.places) {
          const bool counts =
              place.person == seating[s] &&
              (place.role < 0 || place.role == problem.thesis(shortage.theses[i]).open[s].role);
          if (counts) taken += place.weight;
        }
      }
      least = std::min(least, taken);
    });
    EXPECT_EQ(shortage.least[i], least);
    needed += least;
  }
  Value offered = 0;
  for (const Shortage::Place& place : shortage.places) {
    EXPECT_EQ(place.places,
              std::min(problem.theses(), place.role < 0 ? problem.Places(place.person)
                                                        : problem.PlacesInRole(place.person, place.role)));
    offered += place.weight * place.places;
  }
  EXPECT_EQ(shortage.needed, needed);
  EXPECT_EQ(shortage.offered, offered);
  EXPECT_GT(needed, offered);
}

TEST(Shortages, AreFoundExactlyWhereNotAllCanBeSeatedAndAreTrue) {
  int with[3] = {0, 0, 0};
  for (uint32_t seed = 0; seed < kProblems; ++seed) {
    SCOPED_TRACE(seed);
    const Problem problem = testing::RandomProblem(seed);
    const Shortages shortages = FindShortages(problem);
    EXPECT_TRUE(shortages.is_complete);
    EXPECT_EQ(shortages.all.empty(), testing::TryEverything(problem).unseated == 0);
    ProblemSpec spec = problem.spec();
    for (const Shortage& shortage : shortages.all) {
      ++with[static_cast<int>(shortage.kind)];
      ExpectTrue(*Problem::Create(spec), shortage);
      EXPECT_FALSE(Sentence(problem, shortage).empty());
      if (shortage.kind == Shortage::Kind::kNoJury) continue;
      // The next one is true once this one was helped.
      for (const Shortage::Step& step : shortage.way_out) spec = After(spec, step);
      EXPECT_TRUE(shortage.way_out.empty() || CanAllBeSeated(spec, shortage.theses));
    }
  }
  EXPECT_GT(with[0], 0);
  EXPECT_GT(with[1], 0);
}

TEST(Shortages, OfOneThesisAreHelpedByLiftingARule) {
  int lifted = 0;
  for (uint32_t seed = 0; seed < kProblems; ++seed) {
    SCOPED_TRACE(seed);
    const Problem problem = testing::RandomProblem(seed);
    for (const Shortage& shortage : FindShortages(problem).all) {
      for (const Shortage::Step& step : shortage.way_out) {
        if (step.kind != Shortage::Step::Kind::kLiftRule) continue;
        ++lifted;
        EXPECT_GT(CountJuries(*Problem::Create(After(problem.spec(), step)), step.thesis), 0);
      }
    }
  }
  EXPECT_GT(lifted, 20);
}

// Nine theses that need somebody who knows networks, and three such people with two places each.
Problem NetworksAreScarce() {
  ProblemSpec spec{.roles = {"examiner"}};
  for (int p = 0; p < 12; ++p) {
    const bool knows = p < 3;
    spec.people.push_back(
        {.key = knows ? "network" + std::to_string(p) : "other" + std::to_string(p), .most = knows ? 2 : 20});
  }
  spec.rules.push_back({.key = "networks", .text = "at least one external in networks", .least = 1});
  for (int p = 0; p < 12; ++p) spec.rules[0].weights.push_back(p < 3 ? 1 : 0);
  for (int t = 0; t < 14; ++t) {
    ThesisSpec thesis{.key = "t" + std::to_string(t)};
    SeatSpec seat{.role = 0};
    for (int p = 0; p < 12; ++p) seat.candidates.push_back({p, 10});
    thesis.open = {seat, seat};
    if (t < 9) thesis.rules = {0};
    spec.theses.push_back(thesis);
  }
  return *Problem::Create(std::move(spec));
}

TEST(Shortages, SaysInWordsWhoIsMissing) {
  const Problem problem = NetworksAreScarce();
  const Shortages shortages = FindShortages(problem);
  ASSERT_EQ(shortages.all.size(), 1u);
  EXPECT_EQ(
      Sentence(problem, shortages.all[0]),
      "9 theses need 9 seats held by 3 people who have 6 places: network0 (2), network1 (2), network2 (2); 1 "
      "for each of t0, t1, t2, t3, t4, t5, t6, t7 and 1 more; because of: at least one external in networks");
  int by = 0;
  for (const Shortage::Step& step : shortages.all[0].way_out) by += step.by;
  EXPECT_EQ(by, 3);
}

TEST(Shortages, AreTrueWheneverItIsAskedToStop) {
  const Problem problem = NetworksAreScarce();
  bool was_cut_short = false;
  for (int asked = 0; asked < 40; ++asked) {
    SCOPED_TRACE(asked);
    int left = asked;
    const Shortages shortages = FindShortages(problem, [&left] { return left-- <= 0; });
    was_cut_short = was_cut_short || !shortages.is_complete;
    for (const Shortage& shortage : shortages.all) {
      ExpectTrue(problem, shortage);
      ProblemSpec spec = problem.spec();
      for (const Shortage::Step& step : shortage.way_out) spec = After(spec, step);
      EXPECT_TRUE(shortage.way_out.empty() || FindShortages(*Problem::Create(spec)).all.empty());
    }
  }
  EXPECT_TRUE(was_cut_short);
}

}  // namespace
}  // namespace soutenance::assignment::compose
