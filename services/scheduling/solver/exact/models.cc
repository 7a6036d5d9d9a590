#include "services/scheduling/solver/exact/models.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace soutenance::scheduling::solver {
namespace {

// One column for each position, and the rows of y.
void AddPositions(const Graph& graph, int64_t gain, Mip* mip) {
  std::vector<Graph::Use> uses;
  for (std::size_t i = 0; i < graph.positions().size(); ++i) {
    uses.push_back({mip->AddColumn(gain), static_cast<int>(i)});
  }
  ForEachId<DefenceId>(graph.problem().DefenceCount(), [&](DefenceId id) {
    std::vector<Mip::Term> terms;
    for (int i = graph.FirstOf(id); i < graph.EndOf(id); ++i) terms.push_back({i, 1});
    if (terms.size() > 1) mip->AddAtMost(std::move(terms), 1);
  });
  graph.AddSharedRows(uses, mip);
}

std::vector<RoomId> RoomsOf(const Graph& graph, const Run& run) {
  std::vector<RoomId> rooms(graph.position(run.front()).rooms.begin(),
                            graph.position(run.front()).rooms.end());
  for (const int i : run) {
    const absl::Span<const RoomId> own = graph.position(i).rooms;
    std::erase_if(rooms, [&](RoomId room) { return !std::binary_search(own.begin(), own.end(), room); });
  }
  return rooms;
}

}  // namespace

Placements WithRooms(const Graph& graph, std::vector<Run> runs) {
  const Problem& problem = graph.problem();
  Placements placements(problem.defences().size());
  std::vector<std::vector<Interval>> taken(problem.rooms().size());
  const auto place = [&](const Run& run) {
    const Interval time{graph.position(run.front()).start,
                        graph.position(run.back()).end + problem.buffer_minutes()};
    for (const RoomId room : RoomsOf(graph, run)) {
      std::vector<Interval>& own = taken[Index(room)];
      if (std::any_of(own.begin(), own.end(), [&](const Interval& other) { return other.Overlaps(time); }))
        continue;
      own.push_back(time);
      for (const int i : run) {
        placements[Index(graph.position(i).defence)] = Placement{graph.position(i).start, room};
      }
      return true;
    }
    return false;
  };
  // By start, as interval graphs are coloured with the fewest rooms.
  std::sort(runs.begin(), runs.end(), [&](const Run& a, const Run& b) {
    return std::pair(graph.position(a.front()).start, a.front()) <
           std::pair(graph.position(b.front()).start, b.front());
  });
  std::vector<int> left;
  for (const Run& run : runs) {
    if (!place(run)) left.insert(left.end(), run.begin(), run.end());
  }
  for (const int i : left) place({i});
  return placements;
}

MostPlaced::MostPlaced(const Graph& graph) { AddPositions(graph, 1, &mip_); }

std::vector<Run> MostPlaced::Runs(const Mip::Answer& answer) const {
  std::vector<Run> runs;
  for (std::size_t i = 0; i < answer.chosen.size(); ++i) {
    if (answer.chosen[i]) runs.push_back({static_cast<int>(i)});
  }
  return runs;
}

ChainModel::ChainModel(const Graph& graph, int placed) : graph_(graph) {
  AddPositions(graph, 0, &mip_);
  std::vector<Mip::Term> all;
  for (int i = 0; i < mip_.columns(); ++i) all.push_back({i, 1});
  mip_.AddRow(std::move(all), placed, graph.problem().DefenceCount());
  std::vector<std::vector<Mip::Term>> out(graph.positions().size());
  std::vector<std::vector<Mip::Term>> in(graph.positions().size());
  for (const Graph::Arc& arc : graph.arcs()) {
    const int column = mip_.AddColumn(arc.gain);
    out[static_cast<std::size_t>(arc.from)].push_back({column, 1});
    in[static_cast<std::size_t>(arc.to)].push_back({column, 1});
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (std::vector<Mip::Term>* terms : {&out[i], &in[i]}) {
      if (terms->empty()) continue;
      terms->push_back({static_cast<int>(i), -1});
      mip_.AddAtMost(std::move(*terms), 0);
    }
  }
  AddPresence();
}

void ChainModel::AddPresence() {
  const Problem& problem = graph_.problem();
  const auto day_of = [&](int position) { return graph_.position(position).start / kMinutesPerDay; };
  struct OfDay {
    std::vector<int> positions;
    std::vector<Mip::Term> arcs;
  };
  std::map<std::pair<PersonId, int>, OfDay> days;
  for (const Person& person : problem.persons()) {
    if (person.defences.size() < 2) continue;
    const auto id = static_cast<PersonId>(&person - problem.persons().data());
    for (const DefenceId defence : person.defences) {
      for (int i = graph_.FirstOf(defence); i < graph_.EndOf(defence); ++i)
        days[{id, day_of(i)}].positions.push_back(i);
    }
  }
  int column = static_cast<int>(graph_.positions().size());
  for (const Graph::Arc& arc : graph_.arcs()) {
    const Defence& to = problem.defence(graph_.position(arc.to).defence);
    for (const Attendee& attendee : problem.defence(graph_.position(arc.from).defence).attendees) {
      const bool attends_both =
          std::any_of(to.attendees.begin(), to.attendees.end(),
                      [&](const Attendee& other) { return other.person == attendee.person; });
      if (attends_both) days[{attendee.person, day_of(arc.from)}].arcs.push_back({column, 1});
    }
    ++column;
  }
  for (auto& [key, day] : days) {
    if (day.arcs.empty()) continue;
    const int comes = mip_.AddColumn(0);
    std::vector<Mip::Term> terms = std::move(day.arcs);
    // By defence: at most one of its positions of the day is taken.
    std::map<DefenceId, std::vector<Mip::Term>> of_defence;
    for (const int i : day.positions) {
      terms.push_back({i, -1});
      of_defence[graph_.position(i).defence].push_back({i, 1});
    }
    terms.push_back({comes, 1});
    mip_.AddAtMost(std::move(terms), 0);
    for (auto& [defence, taken] : of_defence) {
      taken.push_back({comes, -1});
      mip_.AddAtMost(std::move(taken), 0);
    }
  }
}

Mip ChainModel::Around(const Placements& placements, const std::vector<bool>& free,
                       std::vector<int>* numbers) const {
  std::vector<bool> kept(static_cast<std::size_t>(mip_.columns()), true);
  const std::size_t count = graph_.positions().size();
  for (std::size_t i = 0; i < count; ++i) {
    const Graph::Position& at = graph_.positions()[i];
    const std::optional<Placement>& now = placements[Index(at.defence)];
    kept[i] = free[Index(at.defence)] || (now && now->start == at.start);
  }
  for (std::size_t e = 0; e < graph_.arcs().size(); ++e) {
    const Graph::Arc& arc = graph_.arcs()[e];
    kept[count + e] = kept[static_cast<std::size_t>(arc.from)] && kept[static_cast<std::size_t>(arc.to)];
  }
  return mip_.Only(kept, numbers);
}

std::vector<Run> ChainModel::Runs(const Mip::Answer& answer) const {
  const std::size_t count = graph_.positions().size();
  std::vector<int> next(count, -1);
  std::vector<bool> is_followed(count, false);
  for (std::size_t e = 0; e < graph_.arcs().size(); ++e) {
    if (!answer.chosen[count + e]) continue;
    const Graph::Arc& arc = graph_.arcs()[e];
    next[static_cast<std::size_t>(arc.from)] = arc.to;
    is_followed[static_cast<std::size_t>(arc.to)] = true;
  }
  std::vector<Run> runs;
  for (std::size_t i = 0; i < count; ++i) {
    if (!answer.chosen[i] || is_followed[i]) continue;
    Run run;
    for (int at = static_cast<int>(i); at >= 0; at = next[static_cast<std::size_t>(at)]) run.push_back(at);
    runs.push_back(std::move(run));
  }
  return runs;
}

LinkModel::LinkModel(const Graph& graph) : graph_(graph) {
  std::map<DefenceId, std::vector<Mip::Term>> by_defence;
  std::map<std::pair<DefenceId, DefenceId>, int> column_of;
  for (const Graph::Pair& pair : graph.pairs()) {
    const int column = mip_.AddColumn(pair.gain);
    by_defence[pair.a].push_back({column, 1});
    by_defence[pair.b].push_back({column, 1});
    column_of[{pair.a, pair.b}] = column;
  }
  for (auto& [defence, terms] : by_defence) mip_.AddAtMost(std::move(terms), 2);
  const int64_t longest = graph.LongestChain();
  for (const Person& person : graph.problem().persons()) {
    std::vector<Mip::Term> terms;
    for (std::size_t i = 0; i < person.defences.size(); ++i) {
      for (std::size_t j = i + 1; j < person.defences.size(); ++j) {
        const auto found = column_of.find({person.defences[i], person.defences[j]});
        if (found != column_of.end()) terms.push_back({found->second, 1});
      }
    }
    const auto own = static_cast<int64_t>(person.defences.size());
    if (!terms.empty()) mip_.AddAtMost(std::move(terms), own - (own + longest - 1) / longest);
  }
  AddTriangles();
}

// No three defences are all next to each other.
void LinkModel::AddTriangles() {
  constexpr int kTrianglesMax = 20'000;
  std::map<DefenceId, std::map<DefenceId, int>> later;  // column by the two defences
  for (std::size_t e = 0; e < graph_.pairs().size(); ++e) {
    later[graph_.pairs()[e].a][graph_.pairs()[e].b] = static_cast<int>(e);
  }
  int count = 0;
  for (const auto& [a, of_a] : later) {
    for (const auto& [b, ab] : of_a) {
      for (const auto& [c, bc] : later[b]) {
        const auto ac = of_a.find(c);
        if (ac == of_a.end() || ++count > kTrianglesMax) continue;
        mip_.AddAtMost({{ab, 1}, {bc, 1}, {ac->second, 1}}, 2);
      }
    }
  }
}

void LinkModel::CutSet(const Path& set, int64_t most) {
  Path sorted = set;
  std::sort(sorted.begin(), sorted.end());
  std::vector<Mip::Term> terms;
  for (std::size_t e = 0; e < graph_.pairs().size(); ++e) {
    const Graph::Pair& pair = graph_.pairs()[e];
    if (std::binary_search(sorted.begin(), sorted.end(), pair.a) &&
        std::binary_search(sorted.begin(), sorted.end(), pair.b)) {
      terms.push_back({static_cast<int>(e), 1});
    }
  }
  mip_.AddAtMost(std::move(terms), most);
}

// Grows a set from each defence, always by the one with the most links into it.
bool LinkModel::CutFraction(const std::vector<double>& values) {
  constexpr double kViolation = 0.02;
  const std::size_t count = graph_.problem().defences().size();
  const int64_t longest = graph_.LongestChain();
  std::vector<std::vector<std::pair<std::size_t, double>>> near(count);
  for (std::size_t e = 0; e < values.size(); ++e) {
    if (values[e] < 1e-6) continue;
    const Graph::Pair& pair = graph_.pairs()[e];
    near[Index(pair.a)].push_back({Index(pair.b), values[e]});
    near[Index(pair.b)].push_back({Index(pair.a), values[e]});
  }
  std::set<Path> cuts;
  for (std::size_t first = 0; first < count; ++first) {
    std::vector<double> pull(count, 0);
    std::vector<bool> inside(count, false);
    Path set;
    Path worst;
    double within = 0;
    double most_violated = kViolation;
    std::size_t next = first;
    while (static_cast<int64_t>(set.size()) < 3 * longest + 1) {
      within += pull[next];
      inside[next] = true;
      set.push_back(static_cast<DefenceId>(next));
      for (const auto& [other, value] : near[next]) pull[other] += value;
      const auto size = static_cast<int64_t>(set.size());
      const double violation = within - static_cast<double>(size - (size + longest - 1) / longest);
      if (violation > most_violated) {
        most_violated = violation;
        worst = set;
      }
      next = count;
      for (std::size_t i = 0; i < count; ++i) {
        if (!inside[i] && pull[i] > 1e-6 && (next == count || pull[i] > pull[next])) next = i;
      }
      if (next == count) break;
    }
    std::sort(worst.begin(), worst.end());
    if (!worst.empty()) cuts.insert(std::move(worst));
  }
  for (const Path& set : cuts) {
    const auto size = static_cast<int64_t>(set.size());
    CutSet(set, size - (size + longest - 1) / longest);
  }
  return !cuts.empty();
}

bool LinkModel::CutComponent(const Path& order, bool is_cycle) {
  const auto size = static_cast<int64_t>(order.size());
  const int64_t longest = graph_.LongestChain();
  if (!is_cycle && size <= longest) return CutPath(order);
  CutSet(order, size - (size + longest - 1) / longest);
  // Every stretch that is one too long, which says more than the whole.
  for (std::size_t i = 0; size > longest + 1 && i < order.size(); ++i) {
    if (!is_cycle && i + static_cast<std::size_t>(longest) >= order.size()) break;
    Path stretch;
    for (std::size_t j = 0; j <= static_cast<std::size_t>(longest); ++j)
      stretch.push_back(order[(i + j) % order.size()]);
    CutSet(stretch, longest - 1);
  }
  return true;
}

bool LinkModel::HasAPlace(const Path& path) const {
  return !RunsOf(graph_, path).empty() || !RunsOf(graph_, Path(path.rbegin(), path.rend())).empty();
}

// Cuts off the shortest stretches of `path` that have no place in time.
bool LinkModel::CutPath(const Path& path) {
  if (HasAPlace(path)) return false;
  std::map<std::pair<DefenceId, DefenceId>, int> column_of;
  for (std::size_t e = 0; e < graph_.pairs().size(); ++e) {
    column_of[{graph_.pairs()[e].a, graph_.pairs()[e].b}] = static_cast<int>(e);
  }
  for (std::size_t length = 2; length <= path.size(); ++length) {
    bool cut = false;
    for (std::size_t i = 0; i + length <= path.size(); ++i) {
      const Path stretch(path.begin() + static_cast<std::ptrdiff_t>(i),
                         path.begin() + static_cast<std::ptrdiff_t>(i + length));
      if (HasAPlace(stretch)) continue;
      std::vector<Mip::Term> terms;
      for (std::size_t j = 1; j < stretch.size(); ++j) {
        terms.push_back(
            {column_of.at({std::min(stretch[j - 1], stretch[j]), std::max(stretch[j - 1], stretch[j])}), 1});
      }
      mip_.AddAtMost(std::move(terms), static_cast<int64_t>(length) - 2);
      cut = true;
    }
    if (cut) return true;
  }
  return false;
}

std::optional<std::vector<LinkModel::Path>> LinkModel::PathsOrCut(const Mip::Answer& answer) {
  const std::size_t count = graph_.problem().defences().size();
  std::vector<std::vector<DefenceId>> links(count);
  for (std::size_t e = 0; e < graph_.pairs().size(); ++e) {
    if (!answer.chosen[e]) continue;
    links[Index(graph_.pairs()[e].a)].push_back(graph_.pairs()[e].b);
    links[Index(graph_.pairs()[e].b)].push_back(graph_.pairs()[e].a);
  }
  std::vector<bool> seen(count, false);
  std::vector<Path> paths;
  bool cut = false;
  const auto follow = [&](DefenceId from, bool is_cycle) {
    Path order;
    for (std::optional<DefenceId> at = from; at;) {
      seen[Index(*at)] = true;
      order.push_back(*at);
      const auto& near = links[Index(*at)];
      const auto next =
          std::find_if(near.begin(), near.end(), [&](DefenceId id) { return !seen[Index(id)]; });
      at = next == near.end() ? std::nullopt : std::optional(*next);
    }
    if (order.size() > 1 && CutComponent(order, is_cycle)) cut = true;
    paths.push_back(std::move(order));
  };
  for (std::size_t i = 0; i < count; ++i) {
    if (!seen[i] && links[i].size() < 2) follow(static_cast<DefenceId>(i), false);
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (!seen[i]) follow(static_cast<DefenceId>(i), true);
  }
  if (cut) return std::nullopt;
  return paths;
}

std::vector<Run> RunsOf(const Graph& graph, const LinkModel::Path& path) {
  std::vector<Run> runs;
  for (int i = graph.FirstOf(path.front()); i < graph.EndOf(path.front()); ++i) runs.push_back({i});
  for (std::size_t step = 1; step < path.size(); ++step) {
    std::vector<Run> longer;
    for (const Run& run : runs) {
      for (int i = graph.FirstOf(path[step]); i < graph.EndOf(path[step]); ++i) {
        if (!graph.Follows(run.back(), i)) continue;
        Run next = run;
        next.push_back(i);
        if (!RoomsOf(graph, next).empty()) longer.push_back(std::move(next));
      }
    }
    runs = std::move(longer);
  }
  return runs;
}

PackModel::PackModel(const Graph& graph, const std::vector<LinkModel::Path>& paths) {
  std::vector<Graph::Use> uses;
  for (const LinkModel::Path& path : paths) {
    std::vector<Run> runs = RunsOf(graph, path);
    if (path.size() > 1) {
      std::vector<Run> turned = RunsOf(graph, LinkModel::Path(path.rbegin(), path.rend()));
      runs.insert(runs.end(), turned.begin(), turned.end());
    }
    std::vector<Mip::Term> terms;
    for (Run& run : runs) {
      const int column = mip_.AddColumn(static_cast<int64_t>(path.size()));
      terms.push_back({column, 1});
      for (const int i : run) uses.push_back({column, i});
      runs_.push_back(std::move(run));
    }
    mip_.AddAtMost(std::move(terms), 1);
  }
  graph.AddSharedRows(uses, &mip_);
}

std::vector<Run> PackModel::Runs(const Mip::Answer& answer) const {
  std::vector<Run> runs;
  for (std::size_t i = 0; i < answer.chosen.size(); ++i) {
    if (answer.chosen[i]) runs.push_back(runs_[i]);
  }
  return runs;
}

}  // namespace soutenance::scheduling::solver
