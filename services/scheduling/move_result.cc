#include "services/scheduling/move_result.h"

#include <utility>

#include "absl/status/status.h"
#include "services/base/record.h"

namespace soutenance::scheduling {
namespace {

void WriteScore(const solver::Score& score, RecordWriter& record) {
  for (const int64_t points : score.points) record.Integer(points);
}

solver::Score ReadScore(RecordReader& record) {
  solver::Score score;
  for (int64_t& points : score.points) points = record.Integer();
  return score;
}

void WriteMatches(const std::vector<RuleMatch>& matches, RecordWriter& record) {
  record.Integer(static_cast<int64_t>(matches.size()));
  for (const RuleMatch& match : matches) {
    record.Integer(match.points).Text(match.sentence).Integer(static_cast<int64_t>(match.subjects.size()));
    for (const std::string& subject : match.subjects) record.Text(subject);
  }
}

std::vector<RuleMatch> ReadMatches(RecordReader& record) {
  std::vector<RuleMatch> matches;
  for (int64_t left = record.Integer(); left > 0 && !record.IsAtEnd(); --left) {
    RuleMatch match{.points = record.Integer(), .sentence = record.Text()};
    for (int64_t more = record.Integer(); more > 0 && !record.IsAtEnd(); --more) {
      match.subjects.push_back(record.Text());
    }
    matches.push_back(std::move(match));
  }
  return matches;
}

}  // namespace

std::string WriteMoveResult(const MoveResult& result) {
  RecordWriter record;
  record.Text(result.timetable).Integer(static_cast<int64_t>(result.effects.size()));
  for (const RuleEffect& effect : result.effects) {
    record.Text(solver::LineOf(effect.rule).name).Text(effect.sentence);
    record.Text(solver::RuleLevelName(effect.level));
    record.Integer(effect.points_before).Integer(effect.points_after);
    WriteMatches(effect.matches, record);
  }
  WriteScore(result.score_before, record);
  WriteScore(result.score_after, record);
  WriteMatches(result.needs_reason, record);
  return record.bytes();
}

absl::StatusOr<MoveResult> ParseMoveResult(absl::string_view bytes) {
  RecordReader record(bytes);
  MoveResult result{.timetable = record.Text()};
  for (int64_t left = record.Integer(); left > 0 && !record.IsAtEnd(); --left) {
    const solver::RuleLine* const line = solver::FindRule(record.Text());
    std::string sentence = record.Text();
    const std::optional<solver::RuleLevel> level = solver::ParseRuleLevel(record.Text());
    if (line == nullptr || !level) return absl::DataLossError("a remembered move names an unknown rule");
    RuleEffect effect{.rule = line->id, .sentence = std::move(sentence), .level = *level};
    effect.points_before = record.Integer();
    effect.points_after = record.Integer();
    effect.matches = ReadMatches(record);
    result.effects.push_back(std::move(effect));
  }
  result.score_before = ReadScore(record);
  result.score_after = ReadScore(record);
  result.needs_reason = ReadMatches(record);
  if (!record.IsComplete()) return absl::DataLossError("a remembered move cannot be read");
  return result;
}

}  // namespace soutenance::scheduling
