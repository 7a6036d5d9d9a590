#include "services/scheduling/solver/exact/blocks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace soutenance::scheduling::solver {
namespace {

constexpr std::size_t kPatternsMax = 400'000;  // of one kind
constexpr std::size_t kSlotsMax = 12;          // of one block

int64_t CeilOf(int64_t a, int64_t b) { return (a + b - 1) / b; }

bool IsWish(const RuleInForce& rule) { return IsWish(rule.level); }

}  // namespace

std::optional<BlockModel> BlockModel::Of(const Problem& problem, const Candidates& candidates,
                                         const RuleSet& rules) {
  BlockModel model;
  if (!model.ReadRules(problem, rules) || !model.ReadDays(problem)) return std::nullopt;
  if (!model.ReadDefences(problem, candidates, rules) || !model.ListPatterns()) return std::nullopt;
  model.ReadBreaks(problem);
  return model;
}

bool BlockModel::ReadRules(const Problem& problem, const RuleSet& rules) {
  if (problem.HasOpenSeats() || problem.buffer_minutes() > 0 || problem.DefenceCount() == 0) return false;
  std::optional<RuleLevel> level;
  const auto read = [&](RuleId id, int64_t* weight) {
    const RuleInForce& rule = problem.rule(id);
    if (!IsWish(rule)) return true;
    *weight = rule.weight;
    const bool is_same = !level || *level == rule.level;
    level = rule.level;
    return is_same;
  };
  if (!read(RuleId::kRoomGaps, &weights_.gaps) || !read(RuleId::kTopicChanges, &weights_.changes) ||
      !read(RuleId::kTopicBlocks, &weights_.topics) || !read(RuleId::kRoomDays, &weights_.room_days) ||
      !level || rules.entries().empty()) {
    return false;
  }
  level_ = *level;
  weights_.free_topics = problem.rule(RuleId::kTopicBlocks).parameter;
  const auto limit = [&](RuleId id) {
    const RuleInForce& rule = problem.rule(id);
    return rule.IsHard() ? rule.parameter : int64_t{1'000'000};
  };
  block_max_ = limit(RuleId::kRoomBlockLoad);
  room_days_max_ = limit(RuleId::kRoomDayLimit);
  return true;
}

bool BlockModel::ReadDays(const Problem& problem) {
  const int32_t duration = problem.defences().front().duration_minutes;
  rooms_ = problem.RoomCount();
  days_ = problem.DayCount();
  if (duration != problem.grid_minutes()) return false;
  std::map<int, int> kind_of_length;
  for (int day = 0; day < days_; ++day) {
    for (const Interval& window : problem.days()[static_cast<std::size_t>(day)].opening) {
      const int length = (window.to - window.from) / duration;
      if ((window.to - window.from) % duration != 0 || length > static_cast<int>(kSlotsMax)) return false;
      const auto kind = kind_of_length.try_emplace(length, static_cast<int>(kind_of_length.size())).first;
      blocks_.push_back({day, kind->second, static_cast<int>(slots_.size()), length});
      for (int i = 0; i < length; ++i) slots_.push_back({window.from + i * duration, blocks() - 1});
    }
  }
  patterns_.resize(kind_of_length.size());
  return slots_.size() <= 2'000;
}

void BlockModel::ReadBreaks(const Problem& problem) {
  if (!problem.rule(RuleId::kRoomBreak).IsHard()) return;
  const auto least = static_cast<Minute>(problem.rule(RuleId::kRoomBreak).parameter);
  const int32_t duration = problem.grid_minutes();
  for (int b = 0; b + 1 < blocks(); ++b) {
    const Block& before = blocks_[static_cast<std::size_t>(b)];
    const Block& after = blocks_[static_cast<std::size_t>(b) + 1];
    if (before.day != after.day) continue;
    for (int last = 0; last < before.slots; ++last) {
      const Minute end = slots_[static_cast<std::size_t>(before.first_slot + last)].start + duration;
      int first = 0;
      while (first < after.slots &&
             slots_[static_cast<std::size_t>(after.first_slot + first)].start < end + least) {
        ++first;
      }
      if (first > 0) breaks_.push_back({b, b + 1, last, first});
    }
  }
}

bool BlockModel::ReadDefences(const Problem& problem, const Candidates& candidates, const RuleSet& rules) {
  defences_ = problem.DefenceCount();
  topics_ = problem.TopicCount();
  for (const Defence& defence : problem.defences()) {
    if (defence.duration_minutes != problem.grid_minutes()) return false;
    has_none_ = has_none_ || !defence.topic;
    topic_of_.push_back(defence.topic ? static_cast<int>(*defence.topic) : problem.TopicCount());
  }
  topics_ += static_cast<int>(has_none_);
  if (topics_ > std::numeric_limits<int8_t>::max()) return false;
  count_of_.resize(static_cast<std::size_t>(topics_));
  for (const int topic : topic_of_) ++count_of_[static_cast<std::size_t>(topic)];
  for (int d = 0; d < defences_; ++d) {
    const auto id = static_cast<DefenceId>(d);
    if (candidates.StartCount(id) == 0) return false;
    for (int i = 0; i < candidates.StartCount(id); ++i) {
      const Minute start = candidates.StartAt(id, i).start;
      const auto slot = std::lower_bound(slots_.begin(), slots_.end(), start,
                                         [](const Slot& s, Minute wanted) { return s.start < wanted; });
      if (slot == slots_.end() || slot->start != start) return false;
      int64_t cost = 0;
      for (const RuleSet::Entry& entry : rules.entries()) {
        if (entry.rule.level != level_ || !entry.constraint->LooksAtOne()) continue;
        cost += entry.rule.weight * entry.constraint->PenaltyOfStart(problem, id, start);
      }
      options_.push_back({d, static_cast<int>(slot - slots_.begin()), cost});
    }
  }
  return true;
}

bool BlockModel::ListPatterns() {
  for (const Block& block : blocks_) {
    std::vector<Pattern>& all = patterns_[static_cast<std::size_t>(block.kind)];
    if (!all.empty()) continue;
    Pattern pattern{{}, 0, 0, 0};
    if (!Extend(&pattern, static_cast<std::size_t>(block.slots), &all) || all.empty()) return false;
    std::stable_sort(all.begin(), all.end(),
                     [](const Pattern& a, const Pattern& b) { return a.cost < b.cost; });
  }
  return true;
}

// Returns false if there are too many.
bool BlockModel::Extend(Pattern* pattern, std::size_t slots, std::vector<Pattern>* all) const {
  std::vector<int8_t>& topics = pattern->topics;
  if (topics.size() == slots) {
    const auto used = static_cast<int64_t>(slots) - std::count(topics.begin(), topics.end(), int8_t{-1});
    if (used == 0 || used > block_max_) return true;
    if (all->size() == kPatternsMax) return false;
    all->push_back(PatternOf(topics));
    return true;
  }
  for (int topic = -1; topic < topics_; ++topic) {
    topics.push_back(static_cast<int8_t>(topic));
    const bool is_fine = Extend(pattern, slots, all);
    topics.pop_back();
    if (!is_fine) return false;
  }
  return true;
}

BlockModel::Pattern BlockModel::PatternOf(std::vector<int8_t> topics) const {
  const auto is_used = [](int8_t topic) { return topic >= 0; };
  const auto first = std::find_if(topics.begin(), topics.end(), is_used) - topics.begin();
  const auto last = topics.rend() - std::find_if(topics.rbegin(), topics.rend(), is_used) - 1;
  Pattern pattern{std::move(topics), 0, static_cast<int>(first), static_cast<int>(last)};
  pattern.cost = CostOf(pattern);
  return pattern;
}

// As the rules count: see constraints/.
int64_t BlockModel::CostOf(const Pattern& pattern) const {
  const int none = has_none_ ? topics_ - 1 : topics_;
  int64_t turns = 0;
  int64_t changes = 0;
  std::vector<bool> seen(static_cast<std::size_t>(topics_) + 1, false);
  for (std::size_t i = 0; i < pattern.topics.size(); ++i) {
    const int topic = pattern.topics[i];
    if (topic >= 0 && topic != none) seen[static_cast<std::size_t>(topic)] = true;
    if (i == 0) continue;
    const int before = pattern.topics[i - 1];
    turns += static_cast<int64_t>((before < 0) != (topic < 0));
    changes +=
        static_cast<int64_t>(before >= 0 && topic >= 0 && before != topic && before != none && topic != none);
  }
  const auto topics = static_cast<int64_t>(std::count(seen.begin(), seen.end(), true));
  return weights_.gaps * turns + weights_.changes * changes +
         weights_.topics * std::max<int64_t>(0, topics - weights_.free_topics);
}

std::vector<BlockModel::Column> BlockModel::Cheapest(std::size_t count) const {
  const std::size_t each = std::max<std::size_t>(1, count / blocks_.size());
  std::vector<Column> columns;
  for (int b = 0; b < blocks(); ++b) {
    const std::vector<Pattern>& all = PatternsOf(b);
    // All of one cost or none of them: equals are to be treated equally.
    std::size_t end = std::min(each, all.size());
    while (end < all.size() && end > 0 && end < 3 * each && all[end].cost == all[end - 1].cost) ++end;
    for (std::size_t i = 0; i < end; ++i) columns.push_back({b, static_cast<int>(i)});
  }
  return columns;
}

std::size_t BlockModel::PatternCount() const {
  std::size_t count = 0;
  for (int b = 0; b < blocks(); ++b) count += PatternsOf(b).size();
  return count;
}

template <typename Visit>
void BlockModel::ForEachRow(const Column& column, Visit visit) const {
  const Block& block = blocks_[static_cast<std::size_t>(column.block)];
  const Pattern& pattern = PatternsOf(column.block)[static_cast<std::size_t>(column.pattern)];
  std::vector<int> in_it(static_cast<std::size_t>(topics_));
  for (int i = 0; i < block.slots; ++i) {
    const int topic = pattern.topics[static_cast<std::size_t>(i)];
    if (topic < 0) continue;
    visit(SlotRow(topic, block.first_slot + i), -1);
    ++in_it[static_cast<std::size_t>(topic)];
  }
  visit(WindowRow(column.block), 1);
  for (std::size_t i = 0; i < breaks_.size(); ++i) {
    const Break& pause = breaks_[i];
    const bool counts = (pause.before == column.block && pattern.last >= pause.last) ||
                        (pause.after == column.block && pattern.first < pause.first);
    if (counts) visit(BreakRow(static_cast<int>(i)), 1);
  }
  for (int topic = 0; topic < topics_; ++topic) {
    const int count = in_it[static_cast<std::size_t>(topic)];
    if (count == 0) continue;
    for (int m = 2; m < 2 + kRounds; ++m) visit(TopicRow(topic, m), static_cast<int>(CeilOf(count, m)));
  }
}

Mip BlockModel::With(const std::vector<Column>& columns) const {
  Mip mip;
  std::vector<std::vector<Mip::Term>> rows(static_cast<std::size_t>(TopicRow(topics_, 2)));
  const auto add = [&](int row, int column, int factor) {
    rows[static_cast<std::size_t>(row)].push_back({column, factor});
  };
  for (const Option& option : options_) {
    const int y = mip.AddShare(-option.cost, 1);
    add(option.defence, y, 1);
    add(SlotRow(topic_of_[static_cast<std::size_t>(option.defence)], option.slot), y, 1);
  }
  for (int day = 0; day < days_; ++day) {
    const int n = mip.AddCount(-weights_.room_days, rooms_);
    add(DaysRow(), n, 1);
    for (int b = 0; b < blocks(); ++b) {
      if (blocks_[static_cast<std::size_t>(b)].day == day) add(WindowRow(b), n, -1);
    }
    for (std::size_t i = 0; i < breaks_.size(); ++i) {
      const Block& before = blocks_[static_cast<std::size_t>(breaks_[i].before)];
      if (before.day == day) add(BreakRow(static_cast<int>(i)), n, -1);
    }
  }
  for (const Column& column : columns) {
    const Pattern& pattern = PatternsOf(column.block)[static_cast<std::size_t>(column.pattern)];
    const int x = mip.AddCount(-pattern.cost, rooms_);
    ForEachRow(column, [&](int row, int factor) { add(row, x, factor); });
  }
  for (int row = 0; row < static_cast<int>(rows.size()); ++row) {
    std::vector<Mip::Term>& terms = rows[static_cast<std::size_t>(row)];
    if (row < defences_) {
      mip.AddRow(std::move(terms), 1, 1);
    } else if (row < WindowRow(0)) {
      mip.AddRow(std::move(terms), 0, 0);
    } else if (row < DaysRow()) {
      mip.AddAtMost(std::move(terms), 0);
    } else if (row == DaysRow()) {
      mip.AddAtMost(std::move(terms), room_days_max_);
    } else {
      const int topic = (row - DaysRow() - 1) / kRounds;
      const int m = (row - DaysRow() - 1) % kRounds + 2;
      mip.AddRow(std::move(terms), CeilOf(count_of_[static_cast<std::size_t>(topic)], m), 1'000'000);
    }
  }
  return mip;
}

double BlockModel::ReducedCost(const Column& column, const std::vector<double>& prices) const {
  const Pattern& pattern = PatternsOf(column.block)[static_cast<std::size_t>(column.pattern)];
  auto cost = static_cast<double>(pattern.cost);
  ForEachRow(column, [&](int row, int factor) { cost -= prices[static_cast<std::size_t>(row)] * factor; });
  return cost;
}

int BlockModel::UsedAtMost() const {
  const int64_t room_days = std::min<int64_t>(room_days_max_, int64_t{rooms_} * days_);
  int most = 0;
  for (int day = 0; day < days_; ++day) {
    const auto own =
        std::count_if(blocks_.begin(), blocks_.end(), [&](const Block& b) { return b.day == day; });
    most = std::max(most, static_cast<int>(own));
  }
  return static_cast<int>(room_days) * most;
}

Placements BlockModel::PlacementsOf(const std::vector<Column>& columns,
                                    const std::vector<double>& values) const {
  std::vector<int> slot_of(static_cast<std::size_t>(defences_), -1);
  for (std::size_t i = 0; i < options_.size(); ++i) {
    if (values[i] > 0.5) slot_of[static_cast<std::size_t>(options_[i].defence)] = options_[i].slot;
  }
  const std::size_t first = options_.size() + static_cast<std::size_t>(days_);
  Arrangement arrangement(blocks_.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto block = static_cast<std::size_t>(columns[i].block);
    const Pattern& pattern = PatternsOf(columns[i].block)[static_cast<std::size_t>(columns[i].pattern)];
    for (auto n = std::llround(values[first + i]); n > 0; --n) arrangement[block].push_back(pattern);
  }
  return Place(std::move(arrangement), slot_of);
}

}  // namespace soutenance::scheduling::solver
