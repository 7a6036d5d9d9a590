#include "services/submissions/thesis_life.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/confidentiality.h"
#include "services/base/record.h"
#include "services/submissions/thesis.h"

namespace soutenance::submissions {
namespace {

using S = ThesisState;
using E = ThesisEvent;
using A = Actor;
using C = Condition;

constexpr Target kSame{.kind = Target::Kind::kSame};
constexpr Target kBefore{.kind = Target::Kind::kBefore};
constexpr Target To(ThesisState state) { return {.state = state}; }

constexpr States kSubject = {S::kSubjectDraft, S::kSubjectProposed, S::kSubjectToRevise,
                             S::kSubjectValidated};
constexpr States kWork = {S::kActive, S::kDeposited, S::kIncomplete, S::kInReview, S::kAuthorised};
constexpr States kAgain = {S::kAdjourned, S::kDefaulted};
constexpr States kBeforeDefence = kSubject | kWork | kAgain;
constexpr States kOut = {S::kWithdrawn, S::kAbandoned};

constexpr Actors kRunners = {A::kStaff, A::kProgrammeHead};
constexpr Actors kHead = {A::kProgrammeHead};
constexpr Actors kParties = {A::kAuthor, A::kSupervisor, A::kCompanyTutor};
constexpr Actors kDecision = {A::kPresident, A::kStaff, A::kProgrammeHead};
constexpr Actors kEverybody = kParties | Actors{A::kStaff, A::kProgrammeHead, A::kJury};

constexpr bool kReason = true, kUntil = true, kNo = false;

// clang-format off
constexpr LifeRule kRules[] = {
  // event                     from                                  to                        who                                                   conditions                                  reason   until   told
  {E::kSubmitSubject,       {S::kSubjectDraft, S::kSubjectToRevise}, To(S::kSubjectProposed),  {A::kAuthor, A::kSupervisor, A::kStaff, A::kProgrammeHead}, {},                                    kNo,     kNo,    {A::kSupervisor, A::kCompanyTutor, A::kStaff, A::kProgrammeHead}},
  {E::kAskRevision,         {S::kSubjectProposed},                   To(S::kSubjectToRevise),  kHead,                                                {},                                         kReason, kNo,    kParties},
  {E::kRefuseSubject,       {S::kSubjectProposed},                   To(S::kSubjectRefused),   kHead,                                                {},                                         kReason, kNo,    kParties},
  {E::kValidateSubject,     {S::kSubjectProposed},                   To(S::kSubjectValidated), kHead,                                                {C::kProgrammeOpinion, C::kSupervisorOpinion, C::kCompanyOpinion, C::kEndOfConfidentiality},
                                                                                                                                                                                                 kNo,     kNo,    kParties},
  {E::kStartWork,           {S::kSubjectValidated},                  To(S::kActive),           {A::kAuthor, A::kSupervisor, A::kStaff, A::kProgrammeHead}, {},                                    kNo,     kNo,    kParties},
  {E::kExtend,              {S::kActive, S::kIncomplete, S::kToCorrect}, kSame,                kHead,                                                {},                                         kReason, kUntil, kParties | Actors{A::kStaff}},
  {E::kDeposit,             {S::kActive, S::kIncomplete},            To(S::kDeposited),        {A::kAuthor, A::kStaff, A::kProgrammeHead},           {C::kDepositReceived},                      kNo,     kNo,    {A::kSupervisor, A::kCompanyTutor, A::kStaff}},
  {E::kAskCompletion,       {S::kDeposited},                         To(S::kIncomplete),       kRunners,                                             {},                                         kReason, kUntil, {A::kAuthor, A::kSupervisor}},
  {E::kReceive,             {S::kDeposited},                         To(S::kInReview),         kRunners,                                             {},                                         kNo,     kNo,    {A::kAuthor, A::kSupervisor, A::kJury}},
  {E::kAuthorise,           {S::kInReview},                          To(S::kAuthorised),       {A::kSupervisor, A::kProgrammeHead},                  {},                                         kNo,     kNo,    kEverybody},
  {E::kRefuseDefence,       {S::kInReview},                          To(S::kActive),           {A::kSupervisor, A::kProgrammeHead},                  {},                                         kReason, kNo,    kEverybody},
  {E::kRevokeAuthorisation, {S::kAuthorised},                        To(S::kInReview),         kHead,                                                {},                                         kReason, kNo,    kEverybody},
  {E::kRecordDefence,       {S::kAuthorised},                        To(S::kDefended),         kDecision,                                            {},                                         kNo,     kNo,    {A::kStaff}},
  {E::kRecordAbsence,       {S::kAuthorised},                        To(S::kDefaulted),        kDecision,                                            {},                                         kReason, kNo,    kEverybody},
  {E::kAccept,              {S::kDefended},                          To(S::kAccepted),         kDecision,                                            {},                                         kNo,     kNo,    kParties | Actors{A::kStaff}},
  {E::kAccept,              {S::kCorrected},                         To(S::kAccepted),         {A::kSupervisor, A::kPresident, A::kProgrammeHead},   {},                                         kNo,     kNo,    kParties | Actors{A::kStaff}},
  {E::kAskCorrections,      {S::kDefended},                          To(S::kToCorrect),        kDecision,                                            {},                                         kReason, kUntil, kParties | Actors{A::kStaff}},
  {E::kAskCorrections,      {S::kCorrected},                         To(S::kToCorrect),        {A::kSupervisor, A::kPresident, A::kProgrammeHead},   {},                                         kReason, kUntil, kParties | Actors{A::kStaff}},
  {E::kDepositCorrections,  {S::kToCorrect},                         To(S::kCorrected),        {A::kAuthor, A::kStaff, A::kProgrammeHead},           {C::kCorrectionsReceived},                  kNo,     kNo,    {A::kSupervisor, A::kStaff, A::kJury}},
  {E::kAdjourn,             {S::kDefended},                          To(S::kAdjourned),        kDecision,                                            {},                                         kReason, kNo,    kParties | kRunners},
  {E::kAdjourn,             {S::kToCorrect, S::kCorrected},          To(S::kAdjourned),        kHead,                                                {},                                         kReason, kNo,    kParties | kRunners},
  {E::kResumeWork,          kAgain,                                  To(S::kActive),           kHead,                                                {},                                         kNo,     kNo,    kParties | Actors{A::kStaff}},
  {E::kArchive,             {S::kAccepted},                          To(S::kArchived),         kRunners,                                             {C::kCopyToArchive},                        kNo,     kNo,    {A::kAuthor}},
  {E::kDisseminate,         {S::kArchived, S::kNotDisseminated},     To(S::kDisseminated),     kRunners,                                             {C::kConsents, C::kNotConfidential},        kNo,     kNo,    kParties},
  {E::kDeclineDissemination,{S::kArchived},                          To(S::kNotDisseminated),  {A::kAuthor, A::kStaff, A::kProgrammeHead},           {},                                         kReason, kNo,    kParties | Actors{A::kStaff}},
  {E::kRetract,             {S::kDisseminated},                      To(S::kArchived),         kHead,                                                {},                                         kReason, kNo,    kParties | Actors{A::kStaff}},
  {E::kSuspend,             kBeforeDefence,                          To(S::kSuspended),        kHead,                                                {},                                         kReason, kNo,    kEverybody},
  {E::kResume,              {S::kSuspended},                         kBefore,                  kHead,                                                {},                                         kNo,     kNo,    kEverybody},
  {E::kAbandon,             kBeforeDefence | States{S::kSuspended},  To(S::kAbandoned),        {A::kAuthor, A::kProgrammeHead},                      {},                                         kReason, kNo,    kEverybody},
  {E::kWithdraw,            kBeforeDefence | States{S::kSuspended, S::kSubjectRefused}, To(S::kWithdrawn), kRunners,                                 {},                                         kReason, kNo,    kEverybody},
  {E::kReinstate,           kOut,                                    kBefore,                  kHead,                                                {},                                         kReason, kNo,    kEverybody},
};
// clang-format on

constexpr absl::string_view kStateNames[] = {
    "active",          "withdrawn",         "subject_draft", "subject_proposed", "subject_to_revise",
    "subject_refused", "subject_validated", "deposited",     "incomplete",       "in_review",
    "authorised",      "defended",          "to_correct",    "corrected",        "accepted",
    "adjourned",       "defaulted",         "archived",      "disseminated",     "not_disseminated",
    "suspended",       "abandoned"};
static_assert(std::size(kStateNames) == static_cast<std::size_t>(kLastThesisState));

constexpr absl::string_view kEventNames[] = {"submit_subject",
                                             "ask_revision",
                                             "refuse_subject",
                                             "validate_subject",
                                             "start_work",
                                             "extend",
                                             "deposit",
                                             "ask_completion",
                                             "receive",
                                             "authorise",
                                             "refuse_defence",
                                             "revoke_authorisation",
                                             "record_defence",
                                             "record_absence",
                                             "accept",
                                             "ask_corrections",
                                             "deposit_corrections",
                                             "adjourn",
                                             "resume_work",
                                             "archive",
                                             "disseminate",
                                             "decline_dissemination",
                                             "retract",
                                             "suspend",
                                             "resume",
                                             "abandon",
                                             "withdraw",
                                             "reinstate"};
static_assert(std::size(kEventNames) == static_cast<std::size_t>(kLastThesisEvent));

// The value whose name is `name`: names are in the order of the values, which begin with 1.
template <typename Enum, std::size_t kCount>
std::optional<Enum> ValueOf(const absl::string_view (&names)[kCount], absl::string_view name) {
  const auto* const found = std::find(std::begin(names), std::end(names), name);
  if (found == std::end(names)) return std::nullopt;
  return static_cast<Enum>(found - std::begin(names) + 1);
}

const Opinion* OpinionOf(const LifeFacts& facts, Opinion::Side side) {
  for (const Opinion& opinion : facts.opinions) {
    if (opinion.side == side) return &opinion;
  }
  return nullptr;
}

// Nothing if the condition is met.
std::optional<Unmet> Check(Condition condition, const Thesis& thesis, const LifeFacts& facts,
                           absl::Time now) {
  switch (condition) {
    case C::kProgrammeOpinion:
      if (OpinionOf(facts, Opinion::Side::kProgramme) != nullptr) return std::nullopt;
      return Unmet{"programme_opinion", "staff or head of the programme have given no opinion on the subject",
                   true};
    case C::kSupervisorOpinion: {
      const Opinion* const opinion = OpinionOf(facts, Opinion::Side::kSupervisor);
      if (opinion == nullptr)
        return Unmet{"supervisor_opinion", "the supervisor has given no opinion on the subject", true};
      if (opinion->verdict != Opinion::Verdict::kUnfavourable) return std::nullopt;
      return Unmet{"supervisor_opinion", "the supervisor is against the subject; have it revised", true};
    }
    case C::kCompanyOpinion: {
      if (thesis.company_tutor.empty()) return std::nullopt;
      const Opinion* const opinion = OpinionOf(facts, Opinion::Side::kCompany);
      if (opinion == nullptr)
        return Unmet{"company_opinion", "the company has given no opinion on the subject", true};
      if (opinion->verdict != Opinion::Verdict::kUnfavourable) return std::nullopt;
      return Unmet{"company_opinion", "the company is against the subject; have it revised", true};
    }
    case C::kEndOfConfidentiality:
      if (!IsConfidential(thesis.level) || thesis.confidential_until) return std::nullopt;
      return Unmet{"end_of_confidentiality",
                   "the subject is confidential without an end date; set confidential_until_time", false};
    case C::kDepositReceived:
      if (facts.deposit && (!facts.last_deposit || *facts.deposit > *facts.last_deposit)) return std::nullopt;
      return Unmet{"deposit_received",
                   facts.deposit
                       ? "no version of kind deposit has been received since the last deposit; submit one"
                       : "no version of kind deposit has been received; submit one",
                   false};
    case C::kCorrectionsReceived:
      if (facts.corrections && (!facts.last_correction || *facts.corrections > *facts.last_correction))
        return std::nullopt;
      return Unmet{"corrections_received", "no corrected version has been received; submit one", false};
    case C::kCopyToArchive:
      if (facts.has_copy_to_archive) return std::nullopt;
      return Unmet{"copy_to_archive", "there is no version that could be archived; submit one", true};
    case C::kConsents:
      if (thesis.HasAllConsents()) return std::nullopt;
      return Unmet{"consents", "not every author agrees to the dissemination; each says so with SetConsent",
                   false};
    case C::kNotConfidential:
      if (!IsConfidential(LevelAt(thesis.secrecy(), now))) return std::nullopt;
      return Unmet{"not_confidential",
                   "the thesis is confidential; wait for the end date, or lower the level", false};
  }
  return std::nullopt;
}

constexpr Condition kConditions[] = {C::kProgrammeOpinion,     C::kSupervisorOpinion, C::kCompanyOpinion,
                                     C::kEndOfConfidentiality, C::kDepositReceived,   C::kCorrectionsReceived,
                                     C::kCopyToArchive,        C::kConsents,          C::kNotConfidential};

}  // namespace

absl::string_view StateName(ThesisState state) { return kStateNames[static_cast<std::size_t>(state) - 1]; }
std::optional<ThesisState> ThesisStateOf(absl::string_view name) {
  return ValueOf<ThesisState>(kStateNames, name);
}

absl::string_view EventName(ThesisEvent event) { return kEventNames[static_cast<std::size_t>(event) - 1]; }
std::optional<ThesisEvent> ThesisEventOf(absl::string_view name) {
  return ValueOf<ThesisEvent>(kEventNames, name);
}

absl::string_view ActorName(Actor actor) {
  switch (actor) {
    case Actor::kAuthor:
      return "author";
    case Actor::kSupervisor:
      return "supervisor";
    case Actor::kCompanyTutor:
      return "company_tutor";
    case Actor::kPresident:
      return "president";
    case Actor::kStaff:
      return "staff";
    case Actor::kProgrammeHead:
      return "programme_head";
    case Actor::kJury:
      return "jury";
  }
  return "";
}

std::string NamesOf(Actors actors) {
  std::string names;
  for (const Actor actor : kActors) {
    if (actors.Has(actor)) absl::StrAppend(&names, names.empty() ? "" : ", ", ActorName(actor));
  }
  return names;
}

std::string Opinion::Serialize() const {
  RecordWriter out;
  out.Text(thesis).Integer(static_cast<int64_t>(side)).Integer(static_cast<int64_t>(verdict));
  out.Text(comment).Text(account).Integer(absl::ToUnixMicros(given));
  return out.bytes();
}

absl::StatusOr<Opinion> Opinion::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  Opinion opinion{.thesis = in.Text()};
  opinion.side = static_cast<Side>(in.Integer());
  opinion.verdict = static_cast<Verdict>(in.Integer());
  opinion.comment = in.Text();
  opinion.account = in.Text();
  opinion.given = absl::FromUnixMicros(in.Integer());
  if (!in.IsComplete()) return absl::DataLossError("the bytes are not an opinion");
  return opinion;
}

absl::Span<const LifeRule> LifeRules() { return kRules; }

const LifeRule* FindRule(ThesisEvent event, ThesisState state) {
  for (const LifeRule& rule : kRules) {
    if (rule.event == event && rule.from.Has(state)) return &rule;
  }
  return nullptr;
}

ThesisState StateAfter(const LifeRule& rule, const Thesis& thesis) {
  switch (rule.to.kind) {
    case Target::Kind::kState:
      return rule.to.state;
    case Target::Kind::kSame:
      return thesis.state;
    case Target::Kind::kBefore:
      return thesis.state_before.value_or(ThesisState::kActive);
  }
  return thesis.state;
}

std::vector<Unmet> UnmetOf(const LifeRule& rule, const Thesis& thesis, const LifeFacts& facts,
                           absl::Time now) {
  std::vector<Unmet> unmet;
  for (const Condition condition : kConditions) {
    if (!rule.conditions.Has(condition)) continue;
    if (std::optional<Unmet> missing = Check(condition, thesis, facts, now))
      unmet.push_back(*std::move(missing));
  }
  return unmet;
}

bool AcceptsVersions(ThesisState state) {
  return state != S::kSubjectDraft && state != S::kSubjectProposed && state != S::kSubjectToRevise &&
         state != S::kSubjectRefused && state != S::kSuspended && !kOut.Has(state);
}

bool IsTitleOpen(ThesisState state) { return state == S::kSubjectDraft || state == S::kSubjectToRevise; }

bool IsAbstractOpen(ThesisState state) {
  return IsTitleOpen(state) ||
         States{S::kSubjectValidated, S::kActive, S::kIncomplete, S::kToCorrect}.Has(state);
}

bool IsOut(ThesisState state) {
  return kOut.Has(state) || state == S::kSuspended || state == S::kSubjectRefused;
}

}  // namespace soutenance::submissions
