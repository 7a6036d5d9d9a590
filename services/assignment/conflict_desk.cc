#include "services/assignment/conflict_desk.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "services/assignment/conflict_access.h"
#include "services/assignment/jury_rules.h"
#include "services/assignment/page_of.h"
#include "services/base/error.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

using conflicts::Declaration;
using Reader = ConflictStore::Reader;
using Writer = ConflictStore::Writer;

// Common work before this year is a slip of the pen.
constexpr int kYearMin = 1950;

// Without the collection in front: "people/ana" is "ana".
std::string LastPart(absl::string_view name) { return std::string(name.substr(name.rfind('/') + 1)); }

std::string ConflictName(const std::string& thesis, const std::string& person) {
  return absl::StrCat("theses/", thesis, "/conflicts/", LastPart(person));
}

absl::Status CheckTakesPartIn(const Caller& caller, const std::string& programme) {
  if (TakesPartIn(caller, programme)) return absl::OkStatus();
  return Error(absl::StatusCode::kPermissionDenied,
               absl::StrCat("only people with a role in ", programme, " can tell their conflicts there"),
               {.reason = "ROLE_NOT_ALLOWED", .metadata = {{"programme", programme}}});
}

void CheckReason(const std::string& reason, const std::string& field, std::vector<FieldViolation>& problems) {
  if (absl::StripAsciiWhitespace(reason).empty()) {
    problems.push_back({.field = field, .description = "is empty; say why"});
  } else if (reason.size() > kConflictReasonBytesMax) {
    problems.push_back({.field = field,
                        .description = absl::StrCat("has ", reason.size(), " bytes; at most ",
                                                    kConflictReasonBytesMax, " are kept")});
  }
}

std::vector<FieldViolation> ProblemsOf(const Declaration& declaration, int this_year) {
  std::vector<FieldViolation> problems;
  CheckReason(declaration.reason, "declaration.reason", problems);
  if (!conflicts::IsDeclarable(declaration.kind)) {
    problems.push_back({.field = "declaration.kind",
                        .description = absl::StrCat(conflicts::KindName(declaration.kind),
                                                    " is computed; declare another kind")});
  }
  if (declaration.other == declaration.declarer) {
    problems.push_back({.field = "declaration.other", .description = "is yourself; name somebody else"});
  }
  if (declaration.year && (*declaration.year < kYearMin || *declaration.year > this_year + 1)) {
    problems.push_back({.field = "declaration.year",
                        .description = absl::StrCat("is ", *declaration.year, "; give a year from ", kYearMin,
                                                    " to ", this_year + 1, ", or none if it goes on")});
  }
  if (declaration.year && !conflicts::FadesAway(declaration.kind)) {
    problems.push_back({.field = "declaration.year",
                        .description = absl::StrCat(
                            "says nothing about ", conflicts::KindName(declaration.kind), "; leave it out")});
  }
  return problems;
}

int YearOf(absl::Time time) { return static_cast<int>(absl::ToCivilYear(time, absl::UTCTimeZone()).year()); }

std::string KeyOf(const Declaration& declaration) {
  return absl::StrCat(LastPart(declaration.declarer), "/", LastPart(declaration.other));
}

// Who does not sit yet might sit as a member.
conflicts::Chair ChairOn(const std::optional<Seat>& seat) {
  return seat ? ChairOf(seat->role) : conflicts::Chair::kMember;
}

SeenConflict AsSeenBy(const Caller& caller, const conflicts::Thesis& thesis, const std::string& person,
                      const std::optional<Seat>& seat, const ConflictTable& table) {
  conflicts::Verdict verdict = table.Of(thesis, person, ChairOn(seat));
  SeenConflict seen{.thesis = thesis.id,
                    .programme = thesis.programme,
                    .person = person,
                    .state = verdict.state,
                    .decision_holds = verdict.decision_holds,
                    .version = table.VersionOf(thesis.id, person),
                    .answer = table.AnswerOf(thesis.programme, person),
                    .is_seated = seat.has_value()};
  for (conflicts::Finding& finding : verdict.findings) {
    const bool is_known = MayKnowFinding(caller, thesis, person, finding);
    seen.findings.push_back({.finding = std::move(finding), .is_known = is_known});
  }
  // What is not told must not show in the order either.
  std::stable_partition(seen.findings.begin(), seen.findings.end(),
                        [](const SeenFinding& finding) { return finding.is_known; });
  if (const ConflictDecision* const decision = table.DecisionOn(thesis.id, person)) {
    seen.decision = *decision;
    if (!MayReadDecision(caller, thesis, person)) seen.decision->reason.clear();
  }
  return seen;
}

std::optional<Seat> SeatOf(const Jury* jury, const std::string& person) {
  if (jury == nullptr) return std::nullopt;
  for (const Seat& seat : jury->seats) {
    if (seat.person == person) return seat;
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<Declaration> ConflictDesk::Declare(const Caller& caller, const Declaration& given,
                                                  const Mutation& mutation) {
  RETURN_IF_ERROR(CheckTakesPartIn(caller, given.programme));
  ASSIGN_OR_RETURN(std::optional<DeclarationResult> first,
                   FindFirstResult<DeclarationResult>(parts_.store, mutation));
  if (first) return std::move(first->declaration);
  const absl::Time now = parts_.clock.Now();
  Declaration declaration = given;
  declaration.declarer = caller.person;
  declaration.time = now;
  std::vector<FieldViolation> problems = ProblemsOf(declaration, YearOf(now));
  ASSIGN_OR_RETURN(const std::set<std::string> known, parts_.people.KnownPeople({declaration.other}));
  if (known.empty()) {
    problems.push_back({.field = "declaration.other",
                        .description = absl::StrCat("there is no ", declaration.other, " in the directory")});
  }
  if (!problems.empty()) return InvalidFields(std::move(problems));

  const auto change = [&](const Reader& reader, Writer* writer) -> absl::StatusOr<DeclarationResult> {
    Declaration after = declaration;
    ASSIGN_OR_RETURN(const std::optional<Declaration> before,
                     reader.FindDeclaration(after.programme, after.declarer, after.other));
    if (before) {
      // Saying the same again is no news: a decision made in between stays.
      after.time = before->time;
      if (after == *before) return DeclarationResult{std::move(after)};
      after.time = now;
    }
    if (writer != nullptr) RETURN_IF_ERROR(writer->PutDeclaration(after));
    return DeclarationResult{std::move(after)};
  };
  ASSIGN_OR_RETURN(DeclarationResult result, Once<DeclarationResult>(parts_.store, mutation, now, change));
  return std::move(result.declaration);
}

absl::Status ConflictDesk::Withdraw(const Caller& caller, const Declaration& named,
                                    const Mutation& mutation) {
  const std::string name =
      absl::StrCat(named.programme, "/", named.declarer, "/declarations/", LastPart(named.other));
  // Whether others declared something is not told by how this is refused.
  if (caller.person.empty() || caller.person != named.declarer) return NotFound("declaration", name);
  const auto change = [&](const Reader& reader, Writer* writer) -> absl::StatusOr<DeclarationResult> {
    ASSIGN_OR_RETURN(const std::optional<Declaration> before,
                     reader.FindDeclaration(named.programme, named.declarer, named.other));
    if (!before) return NotFound("declaration", name);
    if (writer != nullptr) {
      RETURN_IF_ERROR(writer->RemoveDeclaration(named.programme, named.declarer, named.other));
    }
    return DeclarationResult{*before};
  };
  return Once<DeclarationResult>(parts_.store, mutation, parts_.clock.Now(), change).status();
}

absl::StatusOr<Page<Declaration>> ConflictDesk::ListDeclarations(const Caller& caller,
                                                                 const std::string& programme,
                                                                 const PageRequest& page) const {
  const bool runs_it = RunsProgramme(caller, programme);
  if (!runs_it && caller.person.empty()) return Page<Declaration>{};
  std::vector<Declaration> found;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(found, reader.DeclarationsIn(programme, runs_it ? "" : caller.person));
    return absl::OkStatus();
  }));
  std::map<std::string, Declaration> seen;
  for (Declaration& declaration : found) {
    if (!MaySeeDeclaration(caller, declaration)) continue;
    std::string key = KeyOf(declaration);
    seen.emplace(std::move(key), std::move(declaration));
  }
  return PageOf(seen, page);
}

absl::StatusOr<ConflictAnswer> ConflictDesk::Answer(const Caller& caller, const std::string& programme,
                                                    const Mutation& mutation) {
  RETURN_IF_ERROR(CheckTakesPartIn(caller, programme));
  const absl::Time now = parts_.clock.Now();
  const auto change = [&](const Reader& reader, Writer* writer) -> absl::StatusOr<AnswerResult> {
    ASSIGN_OR_RETURN(std::optional<ConflictAnswer> answer, reader.FindAnswer(programme, caller.person));
    if (!answer) answer = ConflictAnswer{.programme = programme, .person = caller.person};
    answer->answered = now;
    if (writer != nullptr) RETURN_IF_ERROR(writer->PutAnswer(*answer));
    return AnswerResult{{*answer}};
  };
  ASSIGN_OR_RETURN(AnswerResult result, Once<AnswerResult>(parts_.store, mutation, now, change));
  return std::move(result.answers.front());
}

absl::StatusOr<std::vector<ConflictAnswer>> ConflictDesk::Ask(const Caller& caller,
                                                              const std::string& programme,
                                                              const std::set<std::string>& people,
                                                              bool only_new, const Mutation& mutation) {
  RETURN_IF_ERROR(CheckRunsProgramme(caller, programme));
  ASSIGN_OR_RETURN(std::optional<AnswerResult> first, FindFirstResult<AnswerResult>(parts_.store, mutation));
  if (first) return std::move(first->answers);
  ASSIGN_OR_RETURN(const std::set<std::string> known, parts_.people.KnownPeople(people));
  std::vector<FieldViolation> problems;
  for (const std::string& person : people) {
    if (known.count(person) > 0) continue;
    problems.push_back(
        {.field = "people", .description = absl::StrCat("there is no ", person, " in the directory")});
  }
  if (!problems.empty()) return InvalidFields(std::move(problems));
  const absl::Time now = parts_.clock.Now();
  const auto change = [&](const Reader& reader, Writer* writer) -> absl::StatusOr<AnswerResult> {
    AnswerResult asked;
    for (const std::string& person : people) {
      ASSIGN_OR_RETURN(const std::optional<ConflictAnswer> before, reader.FindAnswer(programme, person));
      if (before && only_new) continue;
      ConflictAnswer answer{.programme = programme, .person = person, .asked = now};
      if (writer != nullptr) RETURN_IF_ERROR(writer->PutAnswer(answer));
      asked.answers.push_back(std::move(answer));
    }
    return asked;
  };
  ASSIGN_OR_RETURN(AnswerResult result, Once<AnswerResult>(parts_.store, mutation, now, change));
  return std::move(result.answers);
}

absl::StatusOr<Page<ConflictAnswer>> ConflictDesk::ListAnswers(const Caller& caller,
                                                               const std::string& programme,
                                                               const std::set<AnswerState>& states,
                                                               const PageRequest& page) const {
  std::vector<ConflictAnswer> stored;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(stored, reader.AnswersIn(programme));
    return absl::OkStatus();
  }));
  std::map<std::string, ConflictAnswer> by_person;
  for (ConflictAnswer& answer : stored) {
    if (!MaySeeAnswer(caller, programme, answer.person)) continue;
    std::string person = LastPart(answer.person);
    by_person.emplace(std::move(person), std::move(answer));
  }
  if (RunsProgramme(caller, programme)) {
    // Who was never asked has not said that there is nothing.
    ASSIGN_OR_RETURN(const std::vector<Jury> juries, JuriesOf(programme));
    for (const Jury& jury : juries) {
      for (const Seat& seat : jury.seats) {
        by_person.try_emplace(LastPart(seat.person),
                              ConflictAnswer{.programme = programme, .person = seat.person});
      }
    }
  } else if (TakesPartIn(caller, programme)) {
    by_person.try_emplace(LastPart(caller.person),
                          ConflictAnswer{.programme = programme, .person = caller.person});
  }
  for (auto entry = by_person.begin(); entry != by_person.end();) {
    const bool is_wanted = states.empty() || states.count(entry->second.State()) > 0;
    entry = is_wanted ? std::next(entry) : by_person.erase(entry);
  }
  return PageOf(by_person, page);
}

absl::StatusOr<ConflictDesk::Found> ConflictDesk::FindPair(const Caller& caller, const std::string& thesis,
                                                           const std::string& person) const {
  ASSIGN_OR_RETURN(const auto theses, parts_.gate.facts().Theses({thesis}));
  const auto found = theses.find(thesis);
  if (found == theses.end() || !MaySeeConflicts(caller, found->second)) {
    return NotFound("conflict", ConflictName(thesis, person));
  }
  ASSIGN_OR_RETURN(ConflictTable table, parts_.gate.Look({found->second}, {person}));
  if (!table.Knows(person)) return NotFound("conflict", ConflictName(thesis, person));
  std::optional<Jury> jury;
  RETURN_IF_ERROR(parts_.juries.Read([&](const AssignmentStore::Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(jury, reader.Find(thesis));
    return absl::OkStatus();
  }));
  return Found{
      .thesis = found->second, .table = std::move(table), .seat = SeatOf(jury ? &*jury : nullptr, person)};
}

absl::StatusOr<SeenConflict> ConflictDesk::GetConflict(const Caller& caller, const std::string& thesis,
                                                       const std::string& person) const {
  ASSIGN_OR_RETURN(const Found found, FindPair(caller, thesis, person));
  SeenConflict seen = AsSeenBy(caller, found.thesis, person, found.seat, found.table);
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(seen.history, reader.Decisions(thesis, person));
    return absl::OkStatus();
  }));
  if (!MayReadDecision(caller, found.thesis, person)) {
    for (ConflictDecision& decision : seen.history) decision.reason.clear();
  }
  return seen;
}

absl::StatusOr<std::vector<Jury>> ConflictDesk::JuriesOf(const std::string& programme) const {
  std::vector<Jury> juries;
  RETURN_IF_ERROR(parts_.juries.Read([&](const AssignmentStore::Reader& reader) -> absl::Status {
    juries.clear();
    PageRequest page{.size = kPageSizeMax};
    do {
      ASSIGN_OR_RETURN(Page<Jury> part, reader.List({.all = true, .only_programme = programme}, page));
      for (Jury& jury : part.items) juries.push_back(std::move(jury));
      page.after = part.next;
    } while (!page.after.empty());
    return absl::OkStatus();
  }));
  return juries;
}

absl::StatusOr<Page<SeenConflict>> ConflictDesk::ListConflicts(const Caller& caller,
                                                               const ConflictQuery& query) const {
  if (!RunsProgramme(caller, query.programme)) return Page<SeenConflict>{};
  ASSIGN_OR_RETURN(std::vector<conflicts::Thesis> theses, parts_.gate.facts().ThesesIn(query.programme));
  theses.erase(std::remove_if(theses.begin(), theses.end(),
                              [&](const conflicts::Thesis& thesis) {
                                return !query.theses.empty() && query.theses.count(thesis.id) == 0;
                              }),
               theses.end());
  ASSIGN_OR_RETURN(const std::vector<Jury> juries, JuriesOf(query.programme));
  std::map<std::string, const Jury*> jury_of;
  std::set<std::string> people = query.people;
  for (const Jury& jury : juries) {
    jury_of[jury.thesis] = &jury;
    for (const Seat& seat : jury.seats) {
      if (query.people.empty()) people.insert(seat.person);
    }
  }
  std::map<std::string, std::set<std::string>> people_of_thesis;  // beside `people`
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    if (!query.people.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const std::vector<ConflictAnswer> answers, reader.AnswersIn(query.programme));
    for (const ConflictAnswer& answer : answers) {
      if (answer.asked) people.insert(answer.person);
    }
    std::set<std::string> authors;
    std::vector<std::string> ids;
    for (const conflicts::Thesis& thesis : theses) {
      authors.insert(thesis.authors.begin(), thesis.authors.end());
      ids.push_back(thesis.id);
    }
    ASSIGN_OR_RETURN(const std::vector<Declaration> declared, reader.DeclarationsIn(query.programme, ""));
    for (const Declaration& declaration : declared) {
      for (const std::string& side : {declaration.declarer, declaration.other}) {
        if (authors.count(side) == 0) people.insert(side);
      }
    }
    ASSIGN_OR_RETURN(const std::vector<ConflictDecision> decided, reader.LastDecisions(ids));
    for (const ConflictDecision& decision : decided) {
      people_of_thesis[decision.thesis].insert(decision.person);
    }
    return absl::OkStatus();
  }));
  std::set<std::string> all = people;
  for (const auto& [thesis, some] : people_of_thesis) all.insert(some.begin(), some.end());
  ASSIGN_OR_RETURN(const ConflictTable table, parts_.gate.Look(theses, all));

  const std::pair<std::string, std::string> after{query.page.after.substr(0, query.page.after.find('/')),
                                                  LastPart(query.page.after)};
  Page<SeenConflict> page;
  std::sort(theses.begin(), theses.end(),
            [](const conflicts::Thesis& a, const conflicts::Thesis& b) { return a.id < b.id; });
  for (const conflicts::Thesis& thesis : theses) {
    const auto jury = jury_of.find(thesis.id);
    std::set<std::string> candidates = people;
    candidates.merge(people_of_thesis[thesis.id]);
    for (const std::string& person : candidates) {
      if (!query.page.after.empty() && std::make_pair(thesis.id, LastPart(person)) <= after) continue;
      const std::optional<Seat> seat = SeatOf(jury == jury_of.end() ? nullptr : jury->second, person);
      if (query.seated_only && !seat) continue;
      // That an author does not judge their own thesis goes without saying.
      if (!seat && thesis.IsBy(person)) continue;
      SeenConflict seen = AsSeenBy(caller, thesis, person, seat, table);
      if (query.states.count(seen.state) == 0) continue;
      if (page.items.size() == static_cast<std::size_t>(query.page.size)) {
        const SeenConflict& last = page.items.back();
        page.next = absl::StrCat(last.thesis, "/", LastPart(last.person));
        return page;
      }
      page.items.push_back(std::move(seen));
    }
  }
  return page;
}

absl::StatusOr<SeenConflict> ConflictDesk::Pin(const Caller& caller, const ConflictPin& pin,
                                               const Mutation& mutation) {
  std::vector<FieldViolation> problems;
  CheckReason(pin.reason, "reason", problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  ASSIGN_OR_RETURN(Found found, FindPair(caller, pin.thesis, pin.person));
  if (found.thesis.IsBy(pin.person)) {
    return InvalidFields({{.field = "name",
                           .description = absl::StrCat(pin.person, " is an author of theses/", pin.thesis,
                                                       "; nobody can decide about that")}});
  }
  const absl::Time now = parts_.clock.Now();
  const auto change = [&](const Reader& reader, Writer* writer) -> absl::StatusOr<ConflictDecision> {
    ASSIGN_OR_RETURN(const std::vector<ConflictDecision> before, reader.Decisions(pin.thesis, pin.person));
    const int64_t version = static_cast<int64_t>(before.size());
    if (pin.version && *pin.version != version) return StaleEtag(ConflictName(pin.thesis, pin.person));
    if (pin.only_question &&
        found.table.Of(found.thesis, pin.person, ChairOn(found.seat)).state != conflicts::State::kQuestion) {
      return Error(absl::StatusCode::kFailedPrecondition,
                   absl::StrCat("there is nothing to confirm or dismiss about ", pin.person, " and theses/",
                                pin.thesis, "; pin a decision instead if you want to make one"),
                   {.reason = "CONFLICT_NOT_IN_QUESTION",
                    .metadata = {{"name", ConflictName(pin.thesis, pin.person)}}});
    }
    ConflictDecision decision{.thesis = pin.thesis,
                              .person = pin.person,
                              .version = version + 1,
                              .verdict = pin.verdict,
                              .reason = pin.reason,
                              .account = caller.account,
                              .time = now,
                              .authors = found.thesis.authors};
    if (writer != nullptr) RETURN_IF_ERROR(writer->AddDecision(decision));
    return decision;
  };
  ASSIGN_OR_RETURN(ConflictDecision decision, Once<ConflictDecision>(parts_.store, mutation, now, change));
  found.table.Suppose(std::move(decision));
  return AsSeenBy(caller, found.thesis, pin.person, found.seat, found.table);
}

absl::StatusOr<ConflictPolicy> ConflictDesk::GetPolicy(const Caller& caller,
                                                       const std::string& programme) const {
  if (!RunsProgramme(caller, programme)) {
    return NotFound("conflict_policy", absl::StrCat(programme, "/conflictPolicy"));
  }
  ConflictPolicy policy;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(policy, reader.FindPolicy(programme));
    return absl::OkStatus();
  }));
  return policy;
}

absl::StatusOr<ConflictPolicy> ConflictDesk::SetPolicy(const Caller& caller, const ConflictPolicy& given,
                                                       std::optional<int64_t> version,
                                                       const Mutation& mutation) {
  if (!RunsProgramme(caller, given.programme)) {
    return NotFound("conflict_policy", absl::StrCat(given.programme, "/conflictPolicy"));
  }
  // Staff decide about cases; the rule is the head's.
  if (!caller.HasRole(Role::kProgrammeHead, given.programme) &&
      !caller.HasRole(Role::kAdministrator, given.programme)) {
    return Error(absl::StatusCode::kPermissionDenied,
                 absl::StrCat("only the head of ", given.programme, " sets what counts as a conflict there"),
                 {.reason = "ROLE_NOT_ALLOWED", .metadata = {{"programme", given.programme}}});
  }
  if (given.years < 0 || given.years > ConflictPolicy::kYearsMax) {
    return InvalidFields(
        {{.field = "policy.years",
          .description = absl::StrCat("is ", given.years, "; give 0 to ", ConflictPolicy::kYearsMax)}});
  }
  const auto change = [&](const Reader& reader, Writer* writer) -> absl::StatusOr<ConflictPolicy> {
    ASSIGN_OR_RETURN(ConflictPolicy after, reader.FindPolicy(given.programme));
    if (version && *version != after.version) {
      return StaleEtag(absl::StrCat(given.programme, "/conflictPolicy"));
    }
    after.years = given.years;
    if (writer == nullptr) return after;
    RETURN_IF_ERROR(writer->PutPolicy(after));
    ++after.version;
    return after;
  };
  return Once<ConflictPolicy>(parts_.store, mutation, parts_.clock.Now(), change);
}

absl::Status ConflictDesk::CheckThesisChanges(const Caller& caller,
                                              const std::vector<conflicts::Thesis>& theses) const {
  std::vector<std::string> ids;
  for (const conflicts::Thesis& thesis : theses) ids.push_back(thesis.id);
  std::vector<Jury> juries;
  RETURN_IF_ERROR(parts_.juries.Read([&](const AssignmentStore::Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(juries, reader.FindAll(ids));
    return absl::OkStatus();
  }));
  std::map<std::string, const Jury*> jury_of;
  for (const Jury& jury : juries) jury_of[jury.thesis] = &jury;
  std::vector<PreconditionViolation> broken;
  std::vector<Seating> seatings;
  for (const conflicts::Thesis& thesis : theses) {
    const auto jury = jury_of.find(thesis.id);
    if (jury == jury_of.end()) continue;
    const ThesisFacts facts{.id = thesis.id,
                            .programme = thesis.programme,
                            .authors = thesis.authors,
                            .supervisor = thesis.supervisor,
                            .company_tutor = thesis.company_tutor};
    AppendBrokenRules(*jury->second, facts, broken);
    for (Seating& seating : SeatingsOf(*jury->second, facts)) seatings.push_back(std::move(seating));
  }
  if (!broken.empty()) return JuryRuleBroken(std::move(broken));
  return parts_.gate.Admit(caller, seatings).status();
}

absl::Status ConflictDesk::CheckReviewer(const Caller& caller, const conflicts::Thesis& thesis,
                                         const std::string& person) const {
  return parts_.gate.Admit(caller, {{.thesis = thesis, .person = person}}).status();
}

}  // namespace soutenance::assignment
