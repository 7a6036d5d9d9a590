#include "services/scheduling/solver/exact/paths.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/scheduling/solver/exact/path_model.h"
#include "services/scheduling/solver/exact/path_pricing.h"
#include "services/scheduling/solver/testing/builders.h"
#include "services/scheduling/solver/testing/random_problem.h"

namespace soutenance::scheduling::solver {
namespace {

using testing::ADefence;
using testing::APerson;
using testing::ARoom;
using testing::ASmallProblem;
using testing::Build;
using testing::Hours;

const std::atomic<bool> kGoOn = false;

// A day from 9 to 17 and rooms that are open for so many hours of it, each behind the last one.
ProblemSpec WithRoomsOpenFor(const std::vector<int>& hours) {
  ProblemSpec spec = ASmallProblem();
  spec.opening = {Hours(9, 17)};
  spec.grid_minutes = 60;
  spec.rooms.clear();
  for (std::size_t i = 0; i < hours.size(); ++i) {
    spec.rooms.push_back(ARoom({.key = absl::StrCat("b", i), .open = {Hours(9, 9 + hours[i])}}));
  }
  return spec;
}

// What has been proven of everything at once.
struct Proven {
  explicit Proven(const ProblemSpec& spec)
      : problem(Build(spec)), rules(problem), candidates(problem, rules), graph(problem, candidates) {
    EXPECT_TRUE(graph.ListArcs(100'000));
    for (const std::vector<DefenceId>& part : PathGraph::PartsOf(graph)) {
      const PathGraph paths(graph, part);
      PathModel model(paths, problem, problem.DefenceCount(), {absl::Now() + absl::Seconds(20), &kGoOn});
      model.Tighten(0);
      gain += model.Complete().bound;
    }
  }

  const Problem problem;
  const RuleSet rules;
  const Candidates candidates;
  Graph graph;
  int64_t gain = 0;
};

TEST(PathModel, KnowsHowLongRoomsAreOpen) {
  // Ana's four defences could all follow on each other, were there a room for four hours.
  ProblemSpec spec = WithRoomsOpenFor({2, 2});
  for (int i = 0; i < 4; ++i) spec.defences.push_back(ADefence(absl::StrCat("d", i), {"ana"}));
  EXPECT_EQ(Proven(spec).gain, 2);
  spec.rooms.back().open = {Hours(9, 13)};
  EXPECT_EQ(Proven(spec).gain, 3);
}

TEST(PathModel, KnowsThatWhoHasMoreThanADayComesAgain) {
  ProblemSpec spec = WithRoomsOpenFor({8, 8});
  spec.opening.push_back(Hours(9, 17, 1));
  for (RoomSpec& room : spec.rooms) room.open.push_back(Hours(9, 17, 1));
  for (int i = 0; i < 9; ++i) spec.defences.push_back(ADefence(absl::StrCat("d", i), {"ana"}));
  EXPECT_EQ(Proven(spec).gain, 7);
}

TEST(PathModel, KnowsThatChainsComeBackToNoDefence) {
  // Three people who meet in pairs: a circle of three, of which a chain has two steps.
  ProblemSpec spec = WithRoomsOpenFor({8});
  spec.defences = {ADefence("d0", {"ana", "bo"}), ADefence("d1", {"bo", "cy"}),
                   ADefence("d2", {"cy", "ana"})};
  EXPECT_EQ(Proven(spec).gain, 2);
}

TEST(PathModel, KnowsWhatHasNoTimeTogether) {
  // Bo can come in the morning, Cy in the afternoon: what Ana does with both is not together.
  ProblemSpec spec = WithRoomsOpenFor({8});
  spec.defences = {ADefence("d0", {"ana", "bo"}), ADefence("d1", {"ana", "cy"})};
  EXPECT_EQ(Proven(spec).gain, 1);
  spec.persons = {APerson({.key = "bo", .blocked = {Hours(11, 17)}}),
                  APerson({.key = "cy", .blocked = {Hours(9, 14)}})};
  EXPECT_EQ(Proven(spec).gain, 0);
}

// All paths, one node after the other, with what they are worth by the definition of prices.
struct Naive {
  const PathGraph& graph;
  const PathPricing::Prices& prices;
  std::map<std::vector<int>, int64_t> most = {};  // worth by nodes, ascending
  std::map<std::vector<int>, Path> widest = {};   // of what is worth more than `above`

  int64_t WorthOf(const Path& path) const {
    int64_t worth = path.gain * PathPricing::kUnit - prices.of_length[path.nodes.size()];
    for (const int node : path.nodes) worth -= prices.of_node[static_cast<std::size_t>(node)];
    for (std::size_t i = 1; i < path.nodes.size(); ++i) {
      for (const auto& [set, price] : prices.of_set) {
        if (set.Has(path.nodes[i - 1]) && set.Has(path.nodes[i])) worth -= price;
      }
    }
    return worth;
  }

  void Follow(const Path& path, int64_t above) {
    if (path.nodes.size() > 1) {
      std::vector<int> nodes = path.nodes;
      std::sort(nodes.begin(), nodes.end());
      const int64_t worth = WorthOf(path);
      const auto [at, is_new] = most.try_emplace(nodes, worth);
      at->second = std::max(at->second, worth);
      const auto found = widest.find(nodes);
      if (worth > above && (found == widest.end() || found->second.gain < path.gain)) widest[nodes] = path;
    }
    if (static_cast<int>(path.nodes.size()) == graph.longest()) return;
    for (const PathGraph::Step& step : graph.steps(path.nodes.back())) {
      if (std::count(path.nodes.begin(), path.nodes.end(), step.to) > 0) continue;
      Path longer{path.nodes, path.gain + step.gain};
      longer.nodes.push_back(step.to);
      Follow(longer, above);
    }
  }
};

TEST(PathPricing, FindsWhatLookingAtEveryPathFinds) {
  int found_in_all = 0;
  for (uint64_t seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE(seed);
    testing::Chance chance(seed);
    ProblemSpec spec = WithRoomsOpenFor({8, 5});
    for (int i = 0; i < 7; ++i) {
      spec.defences.push_back(ADefence(
          absl::StrCat("d", i), {absl::StrCat("a", chance.Below(3)), absl::StrCat("b", chance.Below(3))}));
    }
    const Proven of(spec);
    for (const std::vector<DefenceId>& part : PathGraph::PartsOf(of.graph)) {
      const PathGraph graph(of.graph, part);
      PathPricing::Prices prices;
      const auto price = [&] { return static_cast<int64_t>(chance.Below(PathPricing::kUnit)); };
      for (int node = 0; node < graph.size(); ++node) prices.of_node.push_back(price());
      for (int length = 0; length <= graph.longest(); ++length) prices.of_length.push_back(price() / 4);
      Bits set;
      for (int node = 0; node < graph.size(); node += 2) set.Add(node);
      prices.of_set.push_back({set, price()});

      const int64_t above = -PathPricing::kUnit / 2;
      Naive naive{graph, prices};
      for (int node = 0; node < graph.size(); ++node) naive.Follow({{node}, 0}, above);
      const PathPricing pricing(graph, prices);
      const PathPricing::Found found = pricing.Search(above, 1'000'000);
      EXPECT_TRUE(found.is_complete);
      EXPECT_EQ(found.paths.size(), naive.widest.size());
      for (const auto& [worth, path] : found.paths) {
        std::vector<int> nodes = path.nodes;
        std::sort(nodes.begin(), nodes.end());
        EXPECT_EQ(worth, naive.WorthOf(path));
        EXPECT_EQ(path.gain, naive.widest[nodes].gain);
      }
      int64_t most = 0;
      for (const auto& [nodes, worth] : naive.most) most = std::max(most, worth);
      EXPECT_GE(pricing.WorthAtMost(), most);
      found_in_all += static_cast<int>(found.paths.size());
    }
  }
  EXPECT_GT(found_in_all, 1'000);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
