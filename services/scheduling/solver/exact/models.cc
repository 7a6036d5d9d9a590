#include "services/scheduling/solver/exact/models.h"

#include <algorithm>
#include <map>
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

std::vector<Run> RunsOf(const Graph& graph, const Chain& chain) {
  std::vector<Run> runs;
  for (int i = graph.FirstOf(chain.front()); i < graph.EndOf(chain.front()); ++i) runs.push_back({i});
  for (std::size_t step = 1; step < chain.size(); ++step) {
    std::vector<Run> longer;
    for (const Run& run : runs) {
      for (int i = graph.FirstOf(chain[step]); i < graph.EndOf(chain[step]); ++i) {
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

PackModel::PackModel(const Graph& graph, const std::vector<Chain>& chains) {
  std::vector<Graph::Use> uses;
  for (const Chain& chain : chains) {
    std::vector<Run> runs = RunsOf(graph, chain);
    if (chain.size() > 1) {
      std::vector<Run> turned = RunsOf(graph, Chain(chain.rbegin(), chain.rend()));
      runs.insert(runs.end(), turned.begin(), turned.end());
    }
    std::vector<Mip::Term> terms;
    for (Run& run : runs) {
      const int column = mip_.AddColumn(static_cast<int64_t>(chain.size()));
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
