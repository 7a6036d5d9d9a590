#include "services/assignment/rules/check.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "services/assignment/rules/fold.h"

namespace soutenance::assignment::rules {
namespace {

// A balance among fewer would tell more about single people than about a jury.
constexpr int kBalanceKnownMin = 3;

// How the total of a kind is judged.
enum class Judgement {
  kAtLeast,   // enough count; open seats can still help
  kRange,     // as many as `min` and `max` say; open seats count already
  kAll,       // everybody counts
  kAtMost,    // not too many count
  kBalanced,  // enough of the fewer
  kDays,      // not about members
  kNever,     // defines something
};

Judgement JudgementOf(Kind kind) {
  switch (kind) {
    case Kind::kMembers:
    case Kind::kSeats:
      return Judgement::kRange;
    case Kind::kQualification:
    case Kind::kOnSite:
    case Kind::kOwnPart:
    case Kind::kKnown:
      return Judgement::kAll;
    case Kind::kExternals:
    case Kind::kRanks:
    case Kind::kSector:
    case Kind::kSpecialist:
    case Kind::kLanguage:
      return Judgement::kAtLeast;
    case Kind::kNotTogether:
    case Kind::kRemote:
    case Kind::kEmeriti:
    case Kind::kLoad:
    case Kind::kAuthors:
      return Judgement::kAtMost;
    case Kind::kBalance:
      return Judgement::kBalanced;
    case Kind::kNotice:
      return Judgement::kDays;
    case Kind::kVoice:
      return Judgement::kNever;
  }
  return Judgement::kNever;
}

template <typename List, typename Item>
bool Contains(const List& list, const Item& item) {
  return std::find(std::begin(list), std::end(list), item) != std::end(list);
}

bool Overlap(const std::vector<std::string>& some, const std::vector<std::string>& others) {
  return std::any_of(some.begin(), some.end(),
                     [&](const std::string& text) { return Contains(others, text); });
}

// At least this many of `of`.
int Needed(const Rule& rule, int of) {
  int needed = rule.min.value_or(0);
  if (rule.share) needed = std::max(needed, (rule.share->part * of + rule.share->of - 1) / rule.share->of);
  return needed;
}

// At most this many of `of`.
int Allowed(const Rule& rule, int of) {
  if (!rule.max && !rule.share) return 0;
  int allowed = rule.max.value_or(of);
  if (rule.share) allowed = std::min(allowed, rule.share->part * of / rule.share->of);
  return allowed;
}

// The seats somebody holds and the parts they have in the thesis.
Roles HeldBy(const Member& member, const Context& context) {
  Roles held = member.roles;
  if (!context.supervisor.empty() && member.person->person == context.supervisor)
    held.Add(Seat::Role::kSupervisor);
  if (!context.company_tutor.empty() && member.person->person == context.company_tutor) {
    held.Add(Seat::Role::kCompanyTutor);
  }
  return held;
}

std::optional<bool> HasRank(const Rule& rule, const PersonFacts& person) {
  if (Contains(rule.ranks, person.rank)) return true;
  if (rule.or_habilitated && person.habilitated) return true;
  if (!person.is_known || (!rule.ranks.empty() && person.rank == Rank::kUnknown)) return std::nullopt;
  return rule.ranks.empty() && !rule.or_habilitated;
}

std::optional<bool> IsOf(Sector sector, const PersonFacts& person) {
  if (person.sector == Sector::kUnknown) return std::nullopt;
  return person.sector == sector;
}

// What is false is false, whatever else is not known.
std::optional<bool> And(std::optional<bool> a, std::optional<bool> b) {
  if (a == false || b == false) return false;
  if (!a || !b) return std::nullopt;
  return true;
}

std::optional<bool> IsQualified(const Rule& rule, const PersonFacts& person) {
  std::optional<bool> qualified = HasRank(rule, person);
  if (rule.sector != Sector::kUnknown) qualified = And(qualified, IsOf(rule.sector, person));
  if (rule.may_preside) {
    qualified = And(qualified, person.is_known ? std::optional<bool>(person.may_preside) : std::nullopt);
  }
  return qualified;
}

std::optional<bool> Speaks(const Rule& rule, const PersonFacts& person, const Context& context) {
  if (person.languages.empty()) return std::nullopt;
  return rule.words.empty() ? Contains(person.languages, context.language)
                            : Overlap(rule.words, person.languages);
}

bool IsOverloaded(const Rule& rule, const Member& member) {
  const PersonFacts& person = *member.person;
  int elsewhere = 0;
  for (const auto& [role, count] : person.seats_elsewhere) elsewhere += count;
  const int limit = person.load.per_campaign_max > 0 ? person.load.per_campaign_max : rule.max.value_or(0);
  if (limit > 0 && elsewhere + 1 > limit) return true;
  return std::any_of(person.load.roles.begin(), person.load.roles.end(), [&](const LoadLimits::OfRole& of) {
    if (!member.roles.Has(of.role)) return false;
    const auto seats = person.seats_elsewhere.find(of.role);
    return (seats == person.seats_elsewhere.end() ? 0 : seats->second) + 1 > of.per_campaign_max;
  });
}

bool HoldsOwnPart(const Rule& rule, const Member& member, const Context& context) {
  for (const auto& [role, holder] : {std::pair(Seat::Role::kSupervisor, &context.supervisor),
                                     std::pair(Seat::Role::kCompanyTutor, &context.company_tutor)}) {
    if (rule.roles.Has(role) && member.roles.Has(role) && member.person->person != *holder) return false;
  }
  return true;
}

Voice UsualVoice(Seat::Role role) {
  return role == Seat::Role::kGuest ? Voice::kObserver : Voice::kDeliberative;
}

}  // namespace

Measure& Measure::operator+=(const Measure& other) {
  counted += other.counted;
  of += other.of;
  open += other.open;
  unknown += other.unknown;
  return *this;
}

Measure& Measure::operator-=(const Measure& other) {
  counted -= other.counted;
  of -= other.of;
  open -= other.open;
  unknown -= other.unknown;
  return *this;
}

Checker::Checker(const RuleSet& set) {
  rules_.push_back({.rule = {.id = "author_on_jury", .kind = Kind::kAuthors}});
  for (const Rule& rule : set.rules) rules_.push_back({.rule = rule});
  for (Prepared& prepared : rules_) {
    for (const std::string& word : prepared.rule.words) prepared.words.push_back(Fold(word));
  }
  for (const std::string& institution : set.institutions) institutions_.push_back(Fold(institution));
  std::fill(std::begin(voices_), std::end(voices_), Voice::kObserver);
  for (const Seat::Role role : kSeatRoles) voices_[static_cast<std::size_t>(role)] = UsualVoice(role);
  for (const Rule& rule : set.rules) {
    if (rule.kind != Kind::kVoice || !rule.voice) continue;
    for (const Seat::Role role : rule.roles.List()) voices_[static_cast<std::size_t>(role)] = *rule.voice;
  }
}

Voice Checker::VoiceOf(Roles roles) const {
  Voice strongest = Voice::kObserver;
  for (const Seat::Role role : kSeatRoles) {
    if (roles.Has(role)) strongest = std::min(strongest, voices_[static_cast<std::size_t>(role)]);
  }
  return strongest;
}

bool Checker::IsAmong(const Rule& rule, const Member& member) const {
  switch (rule.kind) {
    case Kind::kNotTogether:
    case Kind::kLoad:
    case Kind::kAuthors:
      return true;
    case Kind::kNotice:
      return false;
    default:
      return rule.roles.IsEmpty() ? VoiceOf(member.roles) == Voice::kDeliberative
                                  : member.roles.Overlaps(rule.roles);
  }
}

std::optional<bool> Checker::IsExternal(const PersonFacts& person) const {
  if (!person.institution.empty()) return !Contains(institutions_, person.institution);
  if (!person.company.empty()) return true;
  return std::nullopt;
}

std::optional<bool> Checker::Counts(const Prepared& prepared, const Member& member,
                                    const Context& context) const {
  const Rule& rule = prepared.rule;
  const PersonFacts& person = *member.person;
  switch (rule.kind) {
    case Kind::kMembers:
    case Kind::kSeats:
    case Kind::kVoice:
      return true;
    case Kind::kQualification:
      return IsQualified(rule, person);
    case Kind::kNotTogether:
      return rule.roles.CountOf(HeldBy(member, context)) > 1;
    case Kind::kExternals:
      return IsExternal(person);
    case Kind::kRanks:
      return HasRank(rule, person);
    case Kind::kSector:
      return IsOf(rule.sector, person);
    case Kind::kBalance:
      return person.gender == Gender::kUnknown ? std::nullopt
                                               : std::optional<bool>(person.gender == Gender::kWoman);
    case Kind::kNotice:
      return false;
    case Kind::kSpecialist:
      if (person.keywords.empty()) return std::nullopt;
      return Overlap(prepared.words.empty() ? context.keywords : prepared.words, person.keywords);
    case Kind::kLanguage:
      return Speaks(rule, person, context);
    case Kind::kRemote:
      return member.is_remote;
    case Kind::kOnSite:
      return !member.is_remote;
    case Kind::kOwnPart:
      return HoldsOwnPart(rule, member, context);
    case Kind::kEmeriti:
      return person.emeritus;
    case Kind::kLoad:
      return IsOverloaded(rule, member);
    case Kind::kKnown:
      if (person.rank == Rank::kUnknown && person.sector == Sector::kUnknown) return std::nullopt;
      return true;
    case Kind::kAuthors:
      return Contains(context.authors, person.person);
  }
  return false;
}

Measure Checker::MeasureOf(std::size_t i, const Member& member, const Context& context) const {
  const Prepared& prepared = rules_[i];
  const Rule& rule = prepared.rule;
  if (!IsAmong(rule, member)) return {};
  if (member.person == nullptr) {
    // Of an open seat one knows what it is and how it is held.
    switch (rule.kind) {
      case Kind::kRemote:
        return {.counted = member.is_remote ? 1 : 0, .of = 1};
      case Kind::kOnSite:
        return {.counted = member.is_remote ? 0 : 1, .of = 1};
      default:
        break;
    }
    switch (JudgementOf(rule.kind)) {
      case Judgement::kRange:
        return {.counted = 1, .of = 1};
      case Judgement::kAtLeast:
        return {.of = 1, .open = 1};
      case Judgement::kBalanced:
        return {.open = 1};
      default:
        return {};
    }
  }
  const std::optional<bool> counts = Counts(prepared, member, context);
  // Who gave no gender is not among those who are counted by it.
  if (rule.kind == Kind::kBalance && !counts) return {.unknown = 1};
  return {.counted = counts.value_or(false) ? 1 : 0, .of = 1, .unknown = counts ? 0 : 1};
}

bool Checker::IsMeasurable(const Prepared& prepared, const Context& context) const {
  switch (prepared.rule.kind) {
    case Kind::kNotice:
      return context.defence_on && context.posted_on;
    case Kind::kSpecialist:
      return !prepared.words.empty() || !context.keywords.empty();
    case Kind::kLanguage:
      return !prepared.rule.words.empty() || !context.language.empty();
    case Kind::kOwnPart:
    case Kind::kAuthors:
      return context.knows_thesis;
    default:
      return true;
  }
}

int Checker::Missing(std::size_t i, const Measure& measure, const Context& context) const {
  const Rule& rule = rules_[i].rule;
  switch (JudgementOf(rule.kind)) {
    case Judgement::kAtLeast:
      return std::max(0, Needed(rule, measure.of) - measure.counted);
    case Judgement::kRange:
      return std::max(0, rule.min.value_or(0) - measure.counted);
    case Judgement::kAll:
      return measure.of - measure.counted;
    case Judgement::kBalanced:
      return std::max(0, Needed(rule, measure.of) - std::min(measure.counted, measure.of - measure.counted));
    case Judgement::kDays:
      if (!context.defence_on || !context.posted_on) return 0;
      return std::max(0, rule.min.value_or(0) - static_cast<int>(*context.defence_on - *context.posted_on));
    case Judgement::kAtMost:
    case Judgement::kNever:
      return 0;
  }
  return 0;
}

int Checker::Excess(std::size_t i, const Measure& measure) const {
  const Rule& rule = rules_[i].rule;
  switch (JudgementOf(rule.kind)) {
    case Judgement::kRange:
      return rule.max ? std::max(0, measure.counted - *rule.max) : 0;
    case Judgement::kAtMost:
      // What kLoad allows is each person's own limit: whoever counts is beyond it.
      return std::max(0, measure.counted - (rule.kind == Kind::kLoad ? 0 : Allowed(rule, measure.of)));
    default:
      return 0;
  }
}

Outcome Checker::Judge(std::size_t i, const Measure& measure, const Context& context) const {
  const Prepared& prepared = rules_[i];
  if (!IsMeasurable(prepared, context)) return Outcome::kUnmeasured;
  const Judgement judgement = JudgementOf(prepared.rule.kind);
  if (judgement == Judgement::kBalanced && measure.of < kBalanceKnownMin) return Outcome::kUnmeasured;
  const int missing = Missing(i, measure, context);
  if (Excess(i, measure) > 0) return Outcome::kBroken;
  if (missing == 0) return Outcome::kMet;
  const bool can_open_seats_help = judgement == Judgement::kAtLeast || judgement == Judgement::kBalanced;
  return can_open_seats_help && missing <= measure.open ? Outcome::kOpen : Outcome::kBroken;
}

Verdict Checker::Check(const std::vector<SeatFacts>& seats, const Context& context) const {
  const std::vector<Member> members = MembersOf(seats);
  Verdict verdict;
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    RuleVerdict said{.rule = i};
    for (const Member& member : members) {
      const Measure measure = MeasureOf(i, member, context);
      said.measure += measure;
      // Nobody is named by their gender, nor for having kept it to themselves.
      if (member.person == nullptr || rules_[i].rule.kind == Kind::kBalance) continue;
      if (measure.counted > 0) said.who_counts.push_back(member.person->person);
      if (measure.counted < measure.of) said.who_does_not.push_back(member.person->person);
      if (measure.unknown > 0) said.unknown.push_back(member.person->person);
    }
    said.outcome = Judge(i, said.measure, context);
    if (said.outcome != Outcome::kUnmeasured) {
      said.missing = Missing(i, said.measure, context);
      said.excess = Excess(i, said.measure);
    }
    verdict.rules.push_back(std::move(said));
  }
  return verdict;
}

bool IsRefused(const Rule& rule, Outcome outcome) {
  return outcome == Outcome::kBroken && rule.level != Level::kWarning;
}

}  // namespace soutenance::assignment::rules
