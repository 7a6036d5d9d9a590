#include "storage/sql/timetable_rows.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/base/status.h"
#include "services/scheduling/campaign_time.h"

namespace soutenance::storage::sql {
namespace {

using scheduling::CalendarEntry;
using scheduling::PinnedAspects;
using scheduling::Place;
using scheduling::RunProgress;
using scheduling::StoredPlacement;
using scheduling::TimetableRecord;
using scheduling::TimetableRun;
using scheduling::TimetableState;
using scheduling::UnplacedNote;
using scheduling::solver::Mode;

constexpr absl::string_view kConfirmed = "confirmed";
constexpr absl::string_view kCancelled = "cancelled";

// Fields of a placement: these, then kind and sentence of an unplaced one, then its facts.
constexpr std::size_t kPlacementFields = 5;
// Of a placed one with seats that the timetable filled: these beside.
constexpr std::size_t kHoldersField = 5;
constexpr std::size_t kUnplacedFields = 3;
constexpr std::size_t kCalendarFields = 7;
constexpr std::size_t kProgressFields = 9;
// Levels of a score that have always been there: hard, unplaced, strong, soft; and all of them.
constexpr std::size_t kFirstLevels = 4;
constexpr std::size_t kLevels = scheduling::solver::Score::kLevels;

absl::Status Unreadable(absl::string_view what, absl::string_view line) {
  return absl::DataLossError(absl::StrCat(what, " cannot be read: \"", line, "\""));
}

// Instants that have not come are stored as nothing.
absl::Time InstantOf(const std::optional<absl::Time>& time) { return time.value_or(absl::InfinitePast()); }

std::string Escaped(absl::string_view text) { return absl::Utf8SafeCEscape(text); }

// Nothing if `text` is not escaped as Escaped does.
std::optional<std::string> Unescaped(absl::string_view text) {
  std::string plain;
  if (!absl::CUnescape(text, &plain)) return std::nullopt;
  return plain;
}

std::vector<absl::string_view> LinesOf(absl::string_view text) {
  return absl::StrSplit(text, '\n', absl::SkipEmpty());
}

// `start` and `room` are empty for an unplaced defence. False if they are no place.
bool ReadPlace(absl::string_view start, absl::string_view room, std::optional<Place>& place) {
  if (start.empty() && room.empty()) return true;
  const std::optional<absl::CivilMinute> moment = scheduling::ParseMoment(start);
  if (!moment || room.empty()) return false;
  place = Place{.start = *moment, .room = std::string(room)};
  return true;
}

// Before the place whose day, time or room is fixed; no juror begins so.
constexpr absl::string_view kPinnedTo = "@";

std::string PinText(const PinnedAspects& pin) {
  std::string text = absl::StrCat(pin.day ? "d" : "", pin.time ? "t" : "", pin.room ? "r" : "");
  if (pin.mode) text += *pin.mode == Mode::kOnSite ? 's' : 'v';
  for (const std::string& juror : pin.jurors) absl::StrAppend(&text, ",", juror);
  if (pin.to)
    absl::StrAppend(&text, ",", kPinnedTo, scheduling::MomentText(pin.to->start), " ", pin.to->room);
  return text;
}

// Nothing if `text` is not what PinText writes.
std::optional<PinnedAspects> ParsePin(absl::string_view text) {
  std::vector<std::string> parts = absl::StrSplit(text, ',');
  const auto has = [&](char aspect) { return parts.front().find(aspect) != std::string::npos; };
  PinnedAspects pin{.day = has('d'), .time = has('t'), .room = has('r')};
  if (has('s')) pin.mode = Mode::kOnSite;
  if (has('v')) pin.mode = Mode::kVideo;
  if (parts.size() > 1 && absl::StartsWith(parts.back(), kPinnedTo)) {
    const std::pair<std::string, std::string> to =
        absl::StrSplit(parts.back().substr(1), absl::MaxSplits(' ', 1));
    if (!ReadPlace(to.first, to.second, pin.to)) return std::nullopt;
    parts.pop_back();
  }
  pin.jurors.assign(parts.begin() + 1, parts.end());
  return pin;
}

// Fields: kind, sentence in French, sentence in English, then two for each fact.
std::optional<UnplacedNote> ReadNote(const std::vector<absl::string_view>& fields) {
  UnplacedNote note{.kind = std::string(fields[kPlacementFields])};
  std::vector<scheduling::solver::Text> texts;
  for (std::size_t i = kPlacementFields + 1; i + 1 < fields.size(); i += 2) {
    const std::optional<std::string> french = Unescaped(fields[i]);
    const std::optional<std::string> english = Unescaped(fields[i + 1]);
    if (!french || !english) return std::nullopt;
    texts.push_back({.fr = *french, .en = *english});
  }
  note.sentence = texts.front();
  note.facts.assign(texts.begin() + 1, texts.end());
  return note;
}

absl::StatusOr<StoredPlacement> ParsePlacement(absl::string_view line) {
  const std::vector<absl::string_view> fields = absl::StrSplit(line, '\t');
  const bool has_holders = fields.size() == kHoldersField + 1;
  const bool is_unplaced = fields.size() > kHoldersField + 1;
  if (fields.size() < kPlacementFields ||
      (is_unplaced &&
       (fields.size() < kPlacementFields + kUnplacedFields || (fields.size() - kPlacementFields) % 2 != 1))) {
    return Unreadable("a placement", line);
  }
  std::optional<PinnedAspects> pin = ParsePin(fields[3]);
  std::optional<std::string> reason = Unescaped(fields[4]);
  if (!pin) return Unreadable("a placement", line);
  StoredPlacement placement{.thesis = std::string(fields[0]), .pin = *std::move(pin)};
  if (!reason || !ReadPlace(fields[1], fields[2], placement.place)) return Unreadable("a placement", line);
  placement.override_reason = *std::move(reason);
  if (has_holders) {
    ASSIGN_OR_RETURN(placement.holders, scheduling::ParseSeatsText(fields[kHoldersField]));
  }
  if (!is_unplaced) return placement;
  placement.unplaced = ReadNote(fields);
  if (!placement.unplaced) return Unreadable("a placement", line);
  return placement;
}

absl::StatusOr<CalendarEntry> ParseEntry(absl::string_view line) {
  const std::vector<absl::string_view> fields = absl::StrSplit(line, '\t');
  if (fields.size() != kCalendarFields) return Unreadable("a calendar entry", line);
  CalendarEntry entry{.thesis = std::string(fields[0]), .is_cancelled = fields[2] == kCancelled};
  std::optional<Place> place;
  if (!absl::SimpleAtoi(fields[1], &entry.sequence) || !ReadPlace(fields[3], fields[4], place) || !place ||
      !absl::SimpleAtoi(fields[5], &entry.duration_minutes) ||
      !absl::SimpleAtoi(fields[6], &entry.shown_by)) {
    return Unreadable("a calendar entry", line);
  }
  entry.place = *std::move(place);
  return entry;
}

}  // namespace

absl::StatusOr<TimetableRun> RunOf(const Row& row) {
  const std::optional<scheduling::RunState> state = scheduling::ParseRunState(row.Text(2));
  if (!state) return absl::DataLossError(absl::StrCat("\"", row.Text(2), "\" is no state of a run"));
  TimetableRun run{.key = {.campaign = absl::StrCat("campaigns/", row.Text(0)), .number = row.Int(1)},
                   .state = *state,
                   .parameters = {.seconds_max = row.Int(3),
                                  .moves_max = row.Integer(4),
                                  .seed = row.Integer(5),
                                  .threads = row.Int(6),
                                  .base_timetable = row.Text(7)},
                   .timetable = row.Int(10),
                   .base = row.Int(8),
                   .error = row.Text(11),
                   .error_reason = row.Text(12),
                   .created = row.Time(13),
                   .started = InstantOf(row.OptionalTime(14)),
                   .ended = InstantOf(row.OptionalTime(15)),
                   .account = row.Text(16),
                   .facts = row.Text(17),
                   .cancel_requested = row.Bool(18),
                   .interruptions = row.Int(19)};
  ASSIGN_OR_RETURN(run.progress, ParseProgress(row.OptionalText(9)));
  return run;
}

absl::StatusOr<TimetableRecord> TimetableOf(const Row& row) {
  const std::optional<TimetableState> state = scheduling::ParseTimetableState(row.Text(3));
  if (!state) return absl::DataLossError(absl::StrCat("\"", row.Text(3), "\" is no state of a timetable"));
  TimetableRecord timetable{
      .key = {.campaign = absl::StrCat("campaigns/", row.Text(0)), .number = row.Int(1)},
      .version = row.Integer(2),
      .state = *state,
      .score = {.points = {row.Integer(4), row.Integer(5), row.Integer(6), row.Integer(7)}},
      .bound = {.points = {row.Integer(23), row.Integer(24), row.Integer(25), row.Integer(26)}},
      .placed_count = row.Int(8),
      .defence_count = row.Int(9),
      .placed_count_bound = row.Int(10),
      .is_optimal = row.Bool(11),
      .run = row.Int(12),
      .base = row.Int(13),
      .seed = row.Integer(14),
      .work_max = row.Integer(27),
      .solver_version = row.Text(15),
      .problem_digest = row.Text(16),
      .computed_from = row.Text(17),
      .shown_with = row.Text(18),
      .created = row.Time(19),
      .published = InstantOf(row.OptionalTime(20))};
  RETURN_IF_ERROR(ParseLowerLevels(row.Text(28), timetable.score, timetable.bound));
  ASSIGN_OR_RETURN(timetable.facts_changed, ParseSentences(row.Text(21)));
  ASSIGN_OR_RETURN(timetable.assumptions, ParseSentences(row.Text(22)));
  return timetable;
}

std::string PlacementsText(const std::vector<StoredPlacement>& placements) {
  std::string text;
  for (const StoredPlacement& placement : placements) {
    absl::StrAppend(&text, placement.thesis, "\t",
                    placement.place ? scheduling::MomentText(placement.place->start) : "", "\t",
                    placement.place ? placement.place->room : "", "\t", PinText(placement.pin), "\t",
                    Escaped(placement.override_reason));
    if (!placement.holders.empty()) {
      absl::StrAppend(&text, "\t", scheduling::SeatsText(placement.holders));
      text += '\n';
      continue;
    }
    if (placement.unplaced) {
      const UnplacedNote& note = *placement.unplaced;
      absl::StrAppend(&text, "\t", note.kind, "\t", Escaped(note.sentence.fr), "\t",
                      Escaped(note.sentence.en));
      for (const scheduling::solver::Text& fact : note.facts) {
        absl::StrAppend(&text, "\t", Escaped(fact.fr), "\t", Escaped(fact.en));
      }
    }
    text += '\n';
  }
  return text;
}

absl::StatusOr<std::vector<StoredPlacement>> ParsePlacements(absl::string_view text) {
  std::vector<StoredPlacement> placements;
  for (const absl::string_view line : LinesOf(text)) {
    ASSIGN_OR_RETURN(StoredPlacement placement, ParsePlacement(line));
    placements.push_back(std::move(placement));
  }
  return placements;
}

std::string CalendarText(const std::vector<CalendarEntry>& calendar) {
  std::string text;
  for (const CalendarEntry& entry : calendar) {
    absl::StrAppend(&text, entry.thesis, "\t", entry.sequence, "\t",
                    entry.is_cancelled ? kCancelled : kConfirmed, "\t");
    absl::StrAppend(&text, scheduling::MomentText(entry.place.start), "\t", entry.place.room, "\t",
                    entry.duration_minutes, "\t", entry.shown_by, "\n");
  }
  return text;
}

absl::StatusOr<std::vector<CalendarEntry>> ParseCalendar(absl::string_view text) {
  std::vector<CalendarEntry> calendar;
  for (const absl::string_view line : LinesOf(text)) {
    ASSIGN_OR_RETURN(CalendarEntry entry, ParseEntry(line));
    calendar.push_back(std::move(entry));
  }
  return calendar;
}

std::string LowerLevelsText(const scheduling::solver::Score& score, const scheduling::solver::Score& bound) {
  std::string text;
  for (std::size_t i = kFirstLevels; i < kLevels; ++i) {
    if (score.points[i] == 0 && bound.points[i] == 0) continue;
    const auto level = static_cast<scheduling::solver::RuleLevel>(i + 1);  // kOff is none of them
    absl::StrAppend(&text, scheduling::solver::RuleLevelName(level), " ", score.points[i], " ",
                    bound.points[i], "\n");
  }
  return text;
}

absl::Status ParseLowerLevels(absl::string_view text, scheduling::solver::Score& score,
                              scheduling::solver::Score& bound) {
  for (const absl::string_view line : LinesOf(text)) {
    const std::vector<absl::string_view> words = absl::StrSplit(line, ' ');
    const auto level = scheduling::solver::ParseRuleLevel(words[0]);
    const std::size_t i = level ? static_cast<std::size_t>(*level) - 1 : 0;
    if (words.size() != 3 || !level || i < kFirstLevels || i >= kLevels ||
        !absl::SimpleAtoi(words[1], &score.points[i]) || !absl::SimpleAtoi(words[2], &bound.points[i])) {
      return Unreadable("a level of a score", line);
    }
  }
  return absl::OkStatus();
}

std::string SentencesText(const std::vector<std::string>& sentences) {
  std::string text;
  for (const std::string& sentence : sentences) absl::StrAppend(&text, Escaped(sentence), "\n");
  return text;
}

absl::StatusOr<std::vector<std::string>> ParseSentences(absl::string_view text) {
  std::vector<std::string> sentences;
  for (const absl::string_view line : LinesOf(text)) {
    std::optional<std::string> sentence = Unescaped(line);
    if (!sentence) return Unreadable("a sentence", line);
    sentences.push_back(*std::move(sentence));
  }
  return sentences;
}

std::optional<std::string> ProgressText(const std::optional<RunProgress>& progress) {
  if (!progress) return std::nullopt;
  std::string text;
  for (std::size_t i = 0; i < kFirstLevels; ++i) absl::StrAppend(&text, progress->score.points[i], "\t");
  absl::StrAppend(&text, progress->placed_count, "\t", progress->defence_count, "\t",
                  progress->placed_count_bound, "\t");
  absl::StrAppend(&text, progress->moves, "\t", progress->elapsed_ms);
  for (std::size_t i = 0; i < kFirstLevels; ++i) absl::StrAppend(&text, "\t", progress->bound.points[i]);
  for (std::size_t i = kFirstLevels; i < kLevels; ++i) {
    absl::StrAppend(&text, "\t", progress->score.points[i], "\t", progress->bound.points[i]);
  }
  return text;
}

absl::StatusOr<std::optional<RunProgress>> ParseProgress(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  const std::vector<absl::string_view> fields = absl::StrSplit(*text, '\t');
  RunProgress progress;
  const bool has_more_levels = fields.size() == kProgressFields + kFirstLevels + 2 * (kLevels - kFirstLevels);
  const bool has_bound = has_more_levels || fields.size() == kProgressFields + kFirstLevels;
  bool is_sound = has_bound || fields.size() == kProgressFields;
  std::size_t next = 0;
  const auto read = [&](auto& number) { is_sound = is_sound && absl::SimpleAtoi(fields[next++], &number); };
  for (std::size_t i = 0; i < kFirstLevels; ++i) read(progress.score.points[i]);
  read(progress.placed_count);
  read(progress.defence_count);
  read(progress.placed_count_bound);
  read(progress.moves);
  read(progress.elapsed_ms);
  // Written since a run tells it.
  if (has_bound) {
    for (std::size_t i = 0; i < kFirstLevels; ++i) read(progress.bound.points[i]);
  }
  // Written since there are wishes below wishes.
  if (has_more_levels) {
    for (std::size_t i = kFirstLevels; i < kLevels; ++i) {
      read(progress.score.points[i]);
      read(progress.bound.points[i]);
    }
  }
  if (!is_sound) return Unreadable("the progress of a run", *text);
  return progress;
}

}  // namespace soutenance::storage::sql
