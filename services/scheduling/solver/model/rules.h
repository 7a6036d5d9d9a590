#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_RULES_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_RULES_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace soutenance::scheduling::solver {

// What breaking a rule costs. Levels are compared one after the other: see score.h.
enum class RuleLevel {
  kOff,       // the rule does not apply
  kHard,      // a defence stays unplaced rather; only a timetable changed by hand may break it
  kUnplaced,  // the level of the rule "unplaced" and of no other
  kStrong,    // every point counts more than any number of kSoft points
  kSoft,      // a wish, weighed against other wishes
  // Wishes of less and less importance: a point of one counts more than any number of the next.
  kSoft2,
  kSoft3,
  kSoft4,
  kSoft5,
  kSoft6,
};

// All levels: those a rule may be set to, strictest first, and off at the end.
inline constexpr RuleLevel kAllRuleLevels[] = {
    RuleLevel::kHard,  RuleLevel::kUnplaced, RuleLevel::kStrong, RuleLevel::kSoft,  RuleLevel::kSoft2,
    RuleLevel::kSoft3, RuleLevel::kSoft4,    RuleLevel::kSoft5,  RuleLevel::kSoft6, RuleLevel::kOff};

// A level of wishes: strong, soft or one of those below.
constexpr bool IsWish(RuleLevel level) { return level >= RuleLevel::kStrong; }

// "off", "hard", "unplaced", "strong", "soft", "soft_2", ..., "soft_6".
absl::string_view RuleLevelName(RuleLevel level);
std::optional<RuleLevel> ParseRuleLevel(absl::string_view name);

// The rules, in the order of the rulebook.
enum class RuleId : int32_t {
  kRoomClash,
  kPersonClash,
  kPinned,
  kOpeningHours,
  kAvailability,
  kSchoolWeeks,
  kRoomOpening,
  kRoomCapacity,
  kRoomEquipment,
  kPersonDayLoad,
  kPersonCampaignLoad,
  kUnplaced,
  kStability,
  kIfNeeded,
  kPersonDays,
  kGaps,
  kConsecutiveRoom,
  kBackToBack,
  kOneSeat,
  kSeatCost,
  kRoomGaps,
  kTopicChanges,
  kTopicBlocks,
  kRoomDays,
  kRoomDayLimit,
  kRoomBreak,
  kRoomBlockLoad,
  kNotice,
  kDisturbance,
  kRoleAbsence,
  kBlockContinuity,
  kRoleLoad,
  kCombinedRoles,
  kSquaredLoad,
  kSquaredDays,
  kSubjectCoverage,
  kNearness,
  kQuickRoomChange,
  kRoleLimit,
  kHours,
  kRoomPause,
  kShortPause,
  kRoomTopics,
  kMixedCohorts,
  kMixedHolders,
  kRoomsUsed,
  kJurySize,
  kWaits,
  kPersonPause,
  kDayContinuity,
  kTopicRooms,
};

inline constexpr int kRuleCount = 51;

// One line of the rulebook: everything about a rule but its arithmetic, which is in constraints/.
struct RuleLine {
  RuleId id;
  absl::string_view name;  // stable machine name: "room_clash"
  RuleLevel level;         // default
  int64_t weight;          // default points a unit
  std::optional<int64_t>
      parameter;             // default, if the rule compares with something; the sentence says with what
  absl::string_view levels;  // the levels it may be set to, as in "hard strong soft off"
  bool clash;                // a person or a room in two places: no reason excuses it, not even by hand
  absl::string_view unit;    // what one unit of penalty is: "minutes"
  absl::string_view unit_fr;
  absl::string_view sentence_fr;  // what it asks, in a coordinator's words
  absl::string_view sentence_en;
};

// All rules, in the order of RuleId.
absl::Span<const RuleLine> Rulebook();

const RuleLine& LineOf(RuleId rule);

// Returns null if there is no rule of this name.
const RuleLine* FindRule(absl::string_view name);

// Whether breaking `rule` is a clash, which a manual move must refuse; other hard rules may be broken with a
// reason.
bool IsClash(RuleId rule);

// How a campaign sets one rule.
struct RuleSetting {
  std::string rule;  // "gaps"
  RuleLevel level = RuleLevel::kSoft;
  int64_t weight = 0;  // points a unit, 1 to 1,000,000; 0: the default; of no effect if hard or off
  std::optional<int64_t> parameter;  // 0 to 1,000,000; absent: the default

  friend bool operator==(const RuleSetting&, const RuleSetting&) = default;
};

// A rule as it applies in one problem: defaults filled in.
struct RuleInForce {
  RuleId id;
  RuleLevel level;
  int64_t weight;     // 1 if hard, 0 if off
  int64_t parameter;  // 0 if the rule has none

  bool IsOn() const { return level != RuleLevel::kOff; }
  bool IsHard() const { return level == RuleLevel::kHard; }

  friend bool operator==(const RuleInForce&, const RuleInForce&) = default;
};

// Whether a campaign may set the rule of `line` to `level`. What may be soft may be less than that.
bool MayBeSetTo(const RuleLine& line, RuleLevel level);

// The rule of `line` as `setting` wants it, and as the rulebook has it.
RuleInForce InForce(const RuleLine& line, const RuleSetting& setting);
RuleInForce DefaultOf(const RuleLine& line);

// The rulebook as text, one paragraph a rule, for people. `language` is "fr" or "en".
std::string PrintRulebook(absl::string_view language);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_RULES_H_
