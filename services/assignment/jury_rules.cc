#include "services/assignment/jury_rules.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "services/assignment/rules/fold.h"
#include "services/base/id.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

using Reader = AssignmentStore::Reader;

std::set<std::string> PeopleOn(const std::vector<const Jury*>& juries) {
  std::set<std::string> people;
  for (const Jury* jury : juries) {
    for (const Seat& seat : jury->seats) people.insert(seat.person);
  }
  return people;
}

const ThesisFacts* FactsAbout(const std::map<std::string, ThesisFacts>& theses, const std::string& id) {
  const auto found = theses.find(id);
  return found == theses.end() ? nullptr : &found->second;
}

// The rule sets of the programmes of `juries`, by programme name; an empty one where there is none.
absl::StatusOr<std::map<std::string, rules::RuleSet>> FindRuleSets(const Reader& reader,
                                                                   const std::vector<const Jury*>& juries) {
  std::map<std::string, rules::RuleSet> sets;
  for (const Jury* jury : juries) {
    if (sets.count(jury->programme) > 0) continue;
    ASSIGN_OR_RETURN(const std::string id, ParseName(jury->programme, "programmes"));
    ASSIGN_OR_RETURN(std::optional<rules::RuleSet> set, reader.FindRuleSet(id));
    sets.emplace(jury->programme, std::move(set).value_or(rules::RuleSet{.programme = id}));
  }
  return sets;
}

bool AsksForLoad(const rules::RuleSet& set) {
  return std::any_of(set.rules.begin(), set.rules.end(),
                     [](const rules::Rule& rule) { return rule.kind == rules::Kind::kLoad; });
}

// Those of `juries` whose programme has a rule about load.
std::vector<const Jury*> WithLoad(const std::vector<const Jury*>& juries,
                                  const std::map<std::string, rules::RuleSet>& sets) {
  std::vector<const Jury*> asked;
  for (const Jury* jury : juries) {
    if (AsksForLoad(sets.at(jury->programme))) asked.push_back(jury);
  }
  return asked;
}

// Every jury on which somebody of `juries` will sit once they are written: theirs and the other stored ones.
absl::StatusOr<std::vector<Jury>> JuriesAfter(const Reader& reader, const std::vector<const Jury*>& juries,
                                              const std::set<std::string>& people) {
  ASSIGN_OR_RETURN(std::vector<Jury> stored,
                   reader.FindJuriesOf(std::vector<std::string>(people.begin(), people.end())));
  std::set<absl::string_view> replaced;
  std::vector<Jury> after;
  for (const Jury* jury : juries) {
    replaced.insert(jury->thesis);
    after.push_back(*jury);
  }
  for (Jury& jury : stored) {
    if (replaced.count(jury.thesis) == 0) after.push_back(std::move(jury));
  }
  return after;
}

// A campaign is one programme and one year: what is known of the year is the cohort.
bool IsSameCampaign(const Jury& jury, const Jury& other, const std::map<std::string, ThesisFacts>& theses) {
  if (jury.programme != other.programme || jury.thesis == other.thesis) return false;
  const ThesisFacts* const thesis = FactsAbout(theses, jury.thesis);
  const ThesisFacts* const elsewhere = FactsAbout(theses, other.thesis);
  if (elsewhere != nullptr && elsewhere->is_withdrawn) return false;
  const bool are_known =
      thesis != nullptr && elsewhere != nullptr && !thesis->cohort.empty() && !elsewhere->cohort.empty();
  return !are_known || thesis->cohort == elsewhere->cohort;
}

// Seats by person, then those of each jury: which theses, in which role.
using SeatsOfPeople = std::map<std::string, std::vector<std::pair<const Jury*, Seat::Role>>>;

SeatsOfPeople ByPerson(const std::vector<Jury>& juries) {
  SeatsOfPeople seats;
  for (const Jury& jury : juries) {
    for (const Seat& seat : jury.seats) seats[seat.person].push_back({&jury, seat.role});
  }
  return seats;
}

// The facts about the people of `jury`, with their seats elsewhere.
std::map<std::string, rules::PersonFacts> PeopleOf(const Jury& jury,
                                                   const std::map<std::string, rules::PersonFacts>& people,
                                                   const SeatsOfPeople& seats,
                                                   const std::map<std::string, ThesisFacts>& theses) {
  std::map<std::string, rules::PersonFacts> facts;
  for (const Seat& seat : jury.seats) {
    rules::PersonFacts person = people.at(seat.person);
    const auto elsewhere = seats.find(seat.person);
    if (elsewhere != seats.end()) {
      for (const auto& [other, role] : elsewhere->second) {
        if (IsSameCampaign(jury, *other, theses)) ++person.seats_elsewhere[role];
      }
    }
    facts.emplace(seat.person, std::move(person));
  }
  return facts;
}

// The derogations for `juries`, by thesis and rule.
using Lifted = std::map<std::pair<std::string, std::string>, Derogation>;

absl::StatusOr<Lifted> FindLifted(const Reader& reader, const std::vector<const Jury*>& juries) {
  std::vector<std::string> theses;
  for (const Jury* jury : juries) theses.push_back(jury->thesis);
  ASSIGN_OR_RETURN(std::vector<Derogation> derogations, reader.FindDerogations(theses));
  Lifted lifted;
  for (Derogation& derogation : derogations) {
    std::pair<std::string, std::string> key(derogation.thesis, derogation.rule);
    lifted.emplace(std::move(key), std::move(derogation));
  }
  return lifted;
}

// Lifts what is broken and may be lifted for this jury.
void Lift(const Jury& jury, const Lifted& lifted, JudgedRule& judged) {
  if (judged.verdict.outcome != rules::Outcome::kBroken || judged.rule.level != rules::Level::kDerogable)
    return;
  const auto at = lifted.find({jury.thesis, judged.rule.id});
  if (at == lifted.end()) return;
  const Derogation& derogation = at->second;
  if (derogation.demand != judged.rule.Demand() ||
      absl::StrCat("programmes/", derogation.programme) != jury.programme) {
    return;
  }
  judged.verdict.outcome = rules::Outcome::kLifted;
  judged.derogation_reason = derogation.reason;
}

PreconditionViolation Violation(const std::string& thesis, const JudgedRule& judged,
                                const rules::Context& context) {
  const std::string jury = absl::StrCat("theses/", thesis, "/jury");
  if (judged.rule.kind == rules::Kind::kAuthors) {
    return {.type = judged.rule.id,
            .subject = jury,
            .description = absl::StrCat("an author of theses/", thesis,
                                        " cannot sit on its jury; give the seat to somebody else: ",
                                        absl::StrJoin(judged.verdict.who_counts, ", "))};
  }
  return {.type = judged.rule.id,
          .subject = jury,
          .description = rules::Sentence(judged.rule, judged.verdict, context, rules::Language::kEnglish)};
}

JudgedJury Judge(const rules::Checker& checker, const Jury& jury,
                 const std::map<std::string, rules::PersonFacts>& people, const rules::Context& context) {
  std::vector<rules::SeatFacts> seats;
  for (const Seat& seat : jury.seats) {
    seats.push_back({.person = &people.at(seat.person), .role = seat.role, .mode = seat.mode});
  }
  JudgedJury judged{.thesis = jury.thesis, .context = context};
  for (rules::RuleVerdict& verdict : checker.Check(seats, context).rules) {
    const rules::Rule& rule = checker.rule(verdict.rule);
    judged.rules.push_back({.rule = rule, .verdict = std::move(verdict)});
  }
  return judged;
}

}  // namespace

JudgedJury JudgeJury(const rules::Checker& checker, const Jury& jury,
                     const std::map<std::string, rules::PersonFacts>& people, const rules::Context& context,
                     const std::vector<Derogation>& derogations) {
  Lifted lifted;
  for (const Derogation& derogation : derogations) {
    lifted.emplace(std::pair(derogation.thesis, derogation.rule), derogation);
  }
  JudgedJury judged = Judge(checker, jury, people, context);
  for (JudgedRule& rule : judged.rules) Lift(jury, lifted, rule);
  return judged;
}

bool JudgedJury::IsAccepted() const {
  return std::none_of(rules.begin(), rules.end(), [](const JudgedRule& judged) {
    return rules::IsRefused(judged.rule, judged.verdict.outcome);
  });
}

rules::Context ContextOf(const ThesisFacts* thesis) {
  if (thesis == nullptr) return {.knows_thesis = false};
  rules::Context context{.authors = thesis->authors,
                         .supervisor = thesis->supervisor,
                         .company_tutor = thesis->company_tutor,
                         .language = thesis->language};
  for (const std::string& keyword : thesis->keywords) context.keywords.push_back(rules::Fold(keyword));
  return context;
}

absl::StatusOr<std::map<std::string, rules::PersonFacts>> FindPeopleFacts(
    const Reader& reader, const std::set<std::string>& people) {
  std::map<std::string, rules::PersonFacts> facts;
  std::vector<std::string> ids;
  for (const std::string& person : people) {
    facts[person].person = person;
    const absl::StatusOr<std::string> id = ParseName(person, "people");
    if (id.ok()) ids.push_back(*id);
  }
  ASSIGN_OR_RETURN(const std::vector<Profile> profiles, reader.FindProfiles(ids));
  for (const Profile& profile : profiles) facts[profile.PersonName()] = rules::FactsOf(profile);
  return facts;
}

absl::StatusOr<std::vector<JudgedJury>> JudgeJuries(const Reader& reader,
                                                    const std::vector<const Jury*>& juries,
                                                    const JudgedBy& by) {
  ASSIGN_OR_RETURN(const auto sets, FindRuleSets(reader, juries));
  const std::set<std::string> people = PeopleOn(juries);
  ASSIGN_OR_RETURN(const auto facts, FindPeopleFacts(reader, people));
  std::vector<Jury> elsewhere;
  if (!WithLoad(juries, sets).empty()) {
    ASSIGN_OR_RETURN(elsewhere, JuriesAfter(reader, juries, people));
  }
  const SeatsOfPeople seats = ByPerson(elsewhere);
  ASSIGN_OR_RETURN(const Lifted lifted, FindLifted(reader, juries));
  std::map<std::string, rules::Checker> checkers;
  for (const auto& [programme, set] : sets) checkers.emplace(programme, rules::Checker(set));

  std::vector<JudgedJury> judged;
  for (const Jury* jury : juries) {
    rules::Context context = ContextOf(FactsAbout(by.theses, jury->thesis));
    context.posted_on = by.posted_on;
    context.defence_on = by.defence_on;
    judged.push_back(
        Judge(checkers.at(jury->programme), *jury, PeopleOf(*jury, facts, seats, by.theses), context));
    for (JudgedRule& rule : judged.back().rules) Lift(*jury, lifted, rule);
  }
  return judged;
}

std::string SentenceOf(const JudgedJury& jury, const JudgedRule& rule, rules::Language language) {
  if (rule.rule.kind == rules::Kind::kAuthors) {
    if (language == rules::Language::kEnglish) return Violation(jury.thesis, rule, jury.context).description;
    return absl::StrCat("un auteur de theses/", jury.thesis,
                        " ne peut siéger à son jury ; donnez le siège à quelqu'un d'autre : ",
                        absl::StrJoin(rule.verdict.who_counts, ", "));
  }
  std::string sentence = rules::Sentence(rule.rule, rule.verdict, jury.context, language);
  if (!rule.derogation_reason.empty()) {
    absl::StrAppend(&sentence, language == rules::Language::kFrench ? " ; dérogation : " : "; derogation: ",
                    rule.derogation_reason);
  }
  return sentence;
}

absl::Status CheckJuryRules(const Reader& reader, const std::vector<const Jury*>& juries,
                            const JudgedBy& by) {
  ASSIGN_OR_RETURN(const std::vector<JudgedJury> judged, JudgeJuries(reader, juries, by));
  std::vector<PreconditionViolation> broken;
  for (const JudgedJury& jury : judged) {
    for (const JudgedRule& rule : jury.rules) {
      if (rules::IsRefused(rule.rule, rule.verdict.outcome)) {
        broken.push_back(Violation(jury.thesis, rule, jury.context));
      }
    }
  }
  return broken.empty() ? absl::OkStatus() : JuryRuleBroken(std::move(broken));
}

absl::StatusOr<std::set<std::string>> ThesesElsewhere(const Reader& reader,
                                                      const std::vector<const Jury*>& juries) {
  std::set<std::string> theses;
  ASSIGN_OR_RETURN(const auto sets, FindRuleSets(reader, juries));
  const std::vector<const Jury*> asked = WithLoad(juries, sets);
  if (asked.empty()) return theses;
  const std::set<std::string> people = PeopleOn(asked);
  ASSIGN_OR_RETURN(const std::vector<Jury> elsewhere,
                   reader.FindJuriesOf(std::vector<std::string>(people.begin(), people.end())));
  for (const Jury& jury : elsewhere) theses.insert(jury.thesis);
  for (const Jury* jury : juries) theses.erase(jury->thesis);
  return theses;
}

void AppendBrokenRules(const Jury& jury, const ThesisFacts& thesis,
                       std::vector<PreconditionViolation>& broken) {
  std::map<std::string, rules::PersonFacts> people;
  for (const Seat& seat : jury.seats) people[seat.person].person = seat.person;
  const JudgedJury judged = Judge(rules::Checker(rules::RuleSet{}), jury, people, ContextOf(&thesis));
  for (const JudgedRule& rule : judged.rules) {
    if (rules::IsRefused(rule.rule, rule.verdict.outcome)) {
      broken.push_back(Violation(jury.thesis, rule, judged.context));
    }
  }
}

absl::Status JuryRuleBroken(std::vector<PreconditionViolation> broken) {
  std::string sentence = broken.front().description;
  if (broken.size() > 1) absl::StrAppend(&sentence, " (and ", broken.size() - 1, " more)");
  return Error(absl::StatusCode::kFailedPrecondition, sentence,
               {.reason = "JURY_RULE_BROKEN",
                .metadata = {{"jury", broken.front().subject}, {"rule", broken.front().type}},
                .preconditions = std::move(broken)});
}

}  // namespace soutenance::assignment
