#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_THESIS_LIFE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_THESIS_LIFE_H_

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

// The life of a thesis as data: one table that says which event leads from where to where, who causes it,
// what must be so first, and who is told. Functions of their arguments; the rules of the institution are here
// and nowhere else.
namespace soutenance::submissions {

struct Thesis;

// Where a thesis is. The numbers are those of the contract's Thesis.State.
enum class ThesisState {
  kActive = 1,
  kWithdrawn,
  kSubjectDraft,
  kSubjectProposed,
  kSubjectToRevise,
  kSubjectRefused,
  kSubjectValidated,
  kDeposited,
  kIncomplete,
  kInReview,
  kAuthorised,
  kDefended,
  kToCorrect,
  kCorrected,
  kAccepted,
  kAdjourned,
  kDefaulted,
  kArchived,
  kDisseminated,
  kNotDisseminated,
  kSuspended,
  kAbandoned,
};
inline constexpr ThesisState kFirstThesisState = ThesisState::kActive;
inline constexpr ThesisState kLastThesisState = ThesisState::kAbandoned;

// "subject_proposed", and back.
absl::string_view StateName(ThesisState state);
std::optional<ThesisState> ThesisStateOf(absl::string_view name);

// What can happen. The numbers are those of the contract's ThesisEvent.
enum class ThesisEvent {
  kSubmitSubject = 1,
  kAskRevision,
  kRefuseSubject,
  kValidateSubject,
  kStartWork,
  kExtend,
  kDeposit,
  kAskCompletion,
  kReceive,
  kAuthorise,
  kRefuseDefence,
  kRevokeAuthorisation,
  kRecordDefence,
  kRecordAbsence,
  kAccept,
  kAskCorrections,
  kDepositCorrections,
  kAdjourn,
  kResumeWork,
  kArchive,
  kDisseminate,
  kDeclineDissemination,
  kRetract,
  kSuspend,
  kResume,
  kAbandon,
  kWithdraw,
  kReinstate,
};
inline constexpr ThesisEvent kFirstThesisEvent = ThesisEvent::kSubmitSubject;
inline constexpr ThesisEvent kLastThesisEvent = ThesisEvent::kReinstate;

// "ask_revision", and back.
absl::string_view EventName(ThesisEvent event);
std::optional<ThesisEvent> ThesisEventOf(absl::string_view name);

// A set of the values of an enumeration with fewer than 32 of them.
template <typename Enum>
class SetOf {
 public:
  constexpr SetOf() = default;
  constexpr SetOf(std::initializer_list<Enum> members) {
    for (const Enum member : members) bits_ |= Bit(member);
  }
  constexpr bool Has(Enum member) const { return (bits_ & Bit(member)) != 0; }
  constexpr bool Meets(SetOf other) const { return (bits_ & other.bits_) != 0; }
  constexpr bool IsEmpty() const { return bits_ == 0; }
  constexpr void Add(Enum member) { bits_ |= Bit(member); }
  friend constexpr SetOf operator|(SetOf a, SetOf b) {
    a.bits_ |= b.bits_;
    return a;
  }
  friend constexpr bool operator==(SetOf a, SetOf b) { return a.bits_ == b.bits_; }

 private:
  static constexpr uint32_t Bit(Enum member) { return uint32_t{1} << static_cast<uint32_t>(member); }
  uint32_t bits_ = 0;
};

// Who causes an event, or is told of it.
enum class Actor { kAuthor, kSupervisor, kCompanyTutor, kPresident, kStaff, kProgrammeHead, kJury };
inline constexpr Actor kActors[] = {Actor::kAuthor,    Actor::kSupervisor, Actor::kCompanyTutor,
                                    Actor::kPresident, Actor::kStaff,      Actor::kProgrammeHead,
                                    Actor::kJury};
using Actors = SetOf<Actor>;
using States = SetOf<ThesisState>;

// "programme_head".
absl::string_view ActorName(Actor actor);
// "supervisor, programme_head", for sentences and facts.
std::string NamesOf(Actors actors);

// One side's view of a proposed subject.
struct Opinion {
  enum class Side { kProgramme = 1, kSupervisor, kCompany };
  enum class Verdict { kFavourable = 1, kReserved, kUnfavourable };
  static constexpr std::size_t kCommentBytesMax = 4000;

  std::string thesis;  // the id
  Side side = Side::kProgramme;
  Verdict verdict = Verdict::kFavourable;
  std::string comment;
  std::string account;
  absl::Time given;

  std::string Serialize() const;
  static absl::StatusOr<Opinion> Parse(absl::string_view bytes);

  friend bool operator==(const Opinion&, const Opinion&) = default;
};

// What the conditions of events are about, besides the thesis itself.
struct LifeFacts {
  std::vector<Opinion> opinions;              // on the subject as it is proposed now
  std::optional<absl::Time> deposit;          // when the latest deposit was received
  std::optional<absl::Time> corrections;      // when the latest corrected version was received
  bool has_copy_to_archive = false;           // a deposit, a corrected version or one for the archive
  std::optional<absl::Time> last_deposit;     // when the event DEPOSIT last happened
  std::optional<absl::Time> last_correction;  // when the event DEPOSIT_CORRECTIONS last happened
};

// Something that must be so before an event and is not.
struct Unmet {
  std::string word;         // "deposit_received"
  std::string explanation;  // what is so, and what would make it right
  bool is_waivable = false;

  friend bool operator==(const Unmet&, const Unmet&) = default;
};

// What an event may be subject to. Other parts of the service add their own through LifeCondition.
enum class Condition {
  kProgrammeOpinion,
  kSupervisorOpinion,
  kCompanyOpinion,
  kEndOfConfidentiality,
  kDepositReceived,
  kCorrectionsReceived,
  kCopyToArchive,
  kConsents,
  kNotConfidential,
};
using Conditions = SetOf<Condition>;

// Where an event leads to: a state, the same one, or the one before the interruption.
struct Target {
  enum class Kind { kState, kSame, kBefore };
  Kind kind = Kind::kState;
  ThesisState state = ThesisState::kActive;
};

// One line of the table.
struct LifeRule {
  ThesisEvent event;
  States from;
  Target to;
  Actors who;
  Conditions conditions;
  bool needs_reason = false;
  bool needs_until = false;
  Actors told;
};

// The table, by event. An event may have several lines with disjoint `from`.
absl::Span<const LifeRule> LifeRules();

// The line for `event` from `state`; null if the event is not possible there.
const LifeRule* FindRule(ThesisEvent event, ThesisState state);

// The state after an event on this line.
ThesisState StateAfter(const LifeRule& rule, const Thesis& thesis);

// What is missing for an event on this line, in the order of Condition.
std::vector<Unmet> UnmetOf(const LifeRule& rule, const Thesis& thesis, const LifeFacts& facts,
                           absl::Time now);

// In which states versions may be submitted, and in which authors may write the title, or the rest of the
// subject. A thesis that is out is not defended: its slot is free.
bool AcceptsVersions(ThesisState state);
bool IsTitleOpen(ThesisState state);
bool IsAbstractOpen(ThesisState state);
bool IsOut(ThesisState state);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_THESIS_LIFE_H_
