#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RULES_RULE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RULES_RULE_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/assignment/jury.h"
#include "services/assignment/profile.h"
#include "services/base/change.h"
#include "services/base/error.h"

// What a programme asks of its juries, as data: each rule has a kind, the parameters of that kind, a level
// and the text that it comes from.
namespace soutenance::assignment::rules {

// A set of seat roles.
class Roles {
 public:
  constexpr Roles() = default;
  constexpr Roles(std::initializer_list<Seat::Role> roles) {
    for (const Seat::Role role : roles) Add(role);
  }

  constexpr void Add(Seat::Role role) { bits_ |= 1u << static_cast<unsigned>(role); }
  constexpr bool Has(Seat::Role role) const { return (bits_ & (1u << static_cast<unsigned>(role))) != 0; }
  constexpr bool Overlaps(Roles other) const { return (bits_ & other.bits_) != 0; }
  constexpr bool IsEmpty() const { return bits_ == 0; }
  // How many roles of `other` are in this set.
  int CountOf(Roles other) const;
  // In the order of Seat::Role.
  std::vector<Seat::Role> List() const;

  friend constexpr bool operator==(Roles, Roles) = default;

 private:
  uint32_t bits_ = 0;
};

// What a member may do when the jury deliberates. The values are those of
// soutenance.assignment.v1.JuryRule.Voice.
enum class Voice { kDeliberative = 1, kConsultative, kObserver };

// What a rule measures. "Members" are the people who hold a seat, each counted once whatever their roles;
// where a rule names no roles, those with a deliberative voice. The values are those of JuryRule.Kind.
enum class Kind {
  kMembers = 1,    // at least `min`, at most `max` members
  kSeats,          // at least `min`, at most `max` members hold one of `roles`
  kQualification,  // who holds one of `roles` has one of `ranks` (or is habilitated, if that suffices), is of
                   // `sector`, and may preside, as far as asked
  kNotTogether,    // nobody has two of `roles`, on the jury or by their part in the thesis
  kExternals,      // at least `min` and `share` of the members belong to another institution
  kRanks,          // at least `min` and `share` of the members have one of `ranks`
  kSector,         // at least `min` and `share` of the members are of `sector`
  kBalance,  // at least `min` and `share` of whichever of women and men are fewer; a count, never by person
  kNotice,   // the composition is posted at least `min` days before the defence
  kSpecialist,  // at least `min` members know one of the keywords `words`, or of the thesis if there are none
  kLanguage,    // at least `min` and `share` of the members speak one of `words`, or the thesis's language
  kRemote,      // at most `max` members take part by video
  kOnSite,      // who holds one of `roles` is on site
  kVoice,       // defines the voice of `roles`; never broken
  kOwnPart,     // who sits as supervisor or company tutor (`roles`) is that of the thesis
  kEmeriti,     // at most `max` and `share` of the members are emeriti
  kLoad,        // nobody sits on more juries of a campaign than they accept, or `max` if they said nothing
  kKnown,       // of every member, the profile says rank or sector
  kAuthors,     // no author judges their own thesis; always on, never in a rule set
};

inline constexpr Kind kKinds[] = {
    Kind::kMembers,  Kind::kSeats,  Kind::kQualification, Kind::kNotTogether, Kind::kExternals,
    Kind::kRanks,    Kind::kSector, Kind::kBalance,       Kind::kNotice,      Kind::kSpecialist,
    Kind::kLanguage, Kind::kRemote, Kind::kOnSite,        Kind::kVoice,       Kind::kOwnPart,
    Kind::kEmeriti,  Kind::kLoad,   Kind::kKnown,         Kind::kAuthors};

// How much a broken rule matters. The values are those of JuryRule.Level.
enum class Level {
  kRequired = 1,  // such a jury is refused
  kDerogable,     // refused, unless the programme head lifts the rule for this jury, with a reason
  kWarning,       // told, never refused
};

inline constexpr Level kLevels[] = {Level::kRequired, Level::kDerogable, Level::kWarning};
inline constexpr Voice kVoices[] = {Voice::kDeliberative, Voice::kConsultative, Voice::kObserver};

// "not_together", "derogable", "consultative": how they are stored.
absl::string_view KindName(Kind kind);
absl::string_view LevelName(Level level);
absl::string_view VoiceName(Voice voice);

// Where a rule comes from.
struct Source {
  std::string text;     // the law, regulation or decision: "Code de l'éducation". Never empty
  std::string article;  // "L613-1"
  std::string page;     // "p. 12"
  std::string url;
  std::string quotation;  // its words

  friend bool operator==(const Source&, const Source&) = default;
};

// `part` of `of`: 1/2. Never more than one.
struct Share {
  int part = 0;
  int of = 1;

  friend bool operator==(const Share&, const Share&) = default;
};

// One rule. Which parameters a kind takes is said at Kind; the others stay empty.
struct Rule {
  std::string id;  // "externals"; unique in its set, stable: derogations name it
  Kind kind = Kind::kMembers;
  Level level = Level::kRequired;
  Roles roles;
  std::optional<int> min;
  std::optional<int> max;
  std::optional<Share> share;
  std::vector<Rank> ranks;
  Sector sector = Sector::kUnknown;
  bool or_habilitated = false;
  bool may_preside = false;
  std::optional<Voice> voice;
  std::vector<std::string> words;
  Source source;
  std::string note;  // in the programme's own words

  // What it asks as bytes, without level, source and note: a derogation holds as long as these are the same.
  std::string Demand() const;

  friend bool operator==(const Rule&, const Rule&) = default;
};

// All rules of a programme, with what they take for granted.
struct RuleSet {
  static constexpr std::size_t kRulesMax = 60;
  static constexpr std::size_t kInstitutionsMax = 20;
  static constexpr std::size_t kKeywordsMax = 500;
  static constexpr std::size_t kWordsMax = 50;
  static constexpr std::size_t kTextBytesMax = 1000;  // of each text

  std::string programme;  // id
  int64_t version = 0;    // counts its changes from 1; 0: not stored yet
  std::string title;
  std::vector<std::string>
      institutions;  // names of the programme's institution; who belongs to another is external
  std::vector<std::string> keywords;  // the programme's scheme; empty: any word
  std::vector<Rule> rules;            // in the order in which they are shown

  // "programmes/{programme}/juryRules".
  std::string Name() const;
  std::string ProgrammeName() const;
  // Null if there is none.
  const Rule* Find(absl::string_view id) const;

  // All of it as bytes, for storage and for the result that is kept under a request id, and back. DATA_LOSS
  // if `bytes` does not come from Serialize.
  std::string Serialize() const;
  static absl::StatusOr<RuleSet> Parse(absl::string_view bytes);

  friend bool operator==(const RuleSet&, const RuleSet&) = default;
};

// What a person filled in that may not be: a rule without source, a parameter that its kind does not take or
// needs, an id that comes twice, externals without institution. Appends each to `problems` under the path
// `at`: "jury_rules.rules[2].min".
void CheckRuleSet(const RuleSet& set, absl::string_view at, std::vector<FieldViolation>& problems);

}  // namespace soutenance::assignment::rules

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RULES_RULE_H_
