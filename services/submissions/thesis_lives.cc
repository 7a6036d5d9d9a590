#include "services/submissions/thesis_lives.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/error.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"
#include "services/submissions/reference_check.h"

namespace soutenance::submissions {
namespace {

using Reader = SubmissionStore::Reader;
using Writer = SubmissionStore::Writer;

absl::StatusOr<Thesis> FindThesis(const Reader& reader, const Caller& caller, absl::string_view id,
                                  const Seats& seats, absl::Time now,
                                  const std::optional<int64_t>& version = std::nullopt) {
  ASSIGN_OR_RETURN(std::optional<Thesis> stored, reader.Find(id));
  if (!stored || !SightOn(caller, *stored, seats, now).knows)
    return NotFound("thesis", absl::StrCat("theses/", id));
  if (version && *version != stored->version) return StaleEtag(stored->Name());
  return *std::move(stored);
}

// "authorise (supervisor, programme_head)", for every event that is possible in `state`.
std::string EventsFrom(ThesisState state) {
  std::vector<std::string> events;
  for (const LifeRule& rule : LifeRules()) {
    if (rule.from.Has(state)) {
      events.push_back(absl::StrCat(EventName(rule.event), " (", NamesOf(rule.who), ")"));
    }
  }
  return absl::StrJoin(events, "; ");
}

// The facts that every refusal has in common.
ErrorFacts FactsOn(absl::string_view reason, const Thesis& thesis, absl::string_view event) {
  return {.reason = std::string(reason),
          .metadata = {{"thesis", thesis.Name()},
                       {"event", std::string(event)},
                       {"state", std::string(StateName(thesis.state))},
                       {"allowed", EventsFrom(thesis.state)}}};
}

absl::Status WrongState(const Thesis& thesis, absl::string_view event) {
  const std::string allowed = EventsFrom(thesis.state);
  return Error(
      absl::StatusCode::kFailedPrecondition,
      absl::StrCat(
          "\"", event, "\" is not possible while the thesis is ", StateName(thesis.state), "; ",
          allowed.empty() ? "nothing more can happen to it" : absl::StrCat("possible are: ", allowed)),
      FactsOn("THESIS_STATE", thesis, event));
}

absl::Status NotYours(const Thesis& thesis, const LifeRule& rule) {
  ErrorFacts facts = FactsOn("NOT_YOUR_EVENT", thesis, EventName(rule.event));
  facts.metadata["who"] = NamesOf(rule.who);
  return Error(
      absl::StatusCode::kPermissionDenied,
      absl::StrCat("\"", EventName(rule.event), "\" is not yours to cause; ask one of: ", NamesOf(rule.who)),
      facts);
}

absl::Status ConditionsUnmet(const Thesis& thesis, ThesisEvent event, const std::vector<Unmet>& unmet) {
  ErrorFacts facts = FactsOn("CONDITION_UNMET", thesis, EventName(event));
  std::vector<std::string> sentences;
  for (const Unmet& each : unmet) {
    facts.preconditions.push_back(
        {.type = each.word, .subject = thesis.Name(), .description = each.explanation});
    sentences.push_back(absl::StrCat(
        each.explanation,
        each.is_waivable ? absl::StrCat(" (the programme head may set ", each.word, " aside)") : ""));
  }
  return Error(
      absl::StatusCode::kFailedPrecondition,
      absl::StrCat("\"", EventName(event), "\" is not possible yet: ", absl::StrJoin(sentences, "; ")),
      facts);
}

absl::Status CheckGiven(const ThesisTransition& given, const LifeRule& rule, absl::Time now) {
  std::vector<FieldViolation> problems;
  const bool has_reason = !absl::StripAsciiWhitespace(given.reason).empty();
  if (!has_reason && (rule.needs_reason || !given.waive.empty())) {
    problems.push_back(
        {.field = "reason",
         .description = absl::StrCat("is empty; say why ",
                                     rule.needs_reason ? "this happens" : "conditions are set aside")});
  }
  CheckText(given.reason, ThesisChange::kReasonBytesMax, true, "reason", problems);
  if (rule.needs_until && !given.until) {
    problems.push_back({.field = "until_time", .description = "is not set; this event gives a date"});
  } else if (given.until && *given.until <= now) {
    problems.push_back({.field = "until_time", .description = "is not in the future"});
  } else if (given.until && !rule.needs_until && rule.event != ThesisEvent::kSuspend) {
    problems.push_back({.field = "until_time", .description = "is set; this event gives no date"});
  }
  return problems.empty() ? absl::OkStatus() : InvalidFields(std::move(problems));
}

// Takes what is set aside out of `unmet` and returns the words.
std::vector<std::string> Waive(const std::vector<std::string>& words, Actors actors,
                               std::vector<Unmet>& unmet) {
  std::vector<std::string> waived;
  if (!actors.Has(Actor::kProgrammeHead)) return waived;
  const auto is_waived = [&](const Unmet& each) {
    if (!each.is_waivable || std::find(words.begin(), words.end(), each.word) == words.end()) return false;
    waived.push_back(each.word);
    return true;
  };
  unmet.erase(std::remove_if(unmet.begin(), unmet.end(), is_waived), unmet.end());
  return waived;
}

bool IsInterruption(ThesisState state) {
  return state == ThesisState::kSuspended || state == ThesisState::kAbandoned ||
         state == ThesisState::kWithdrawn;
}

// Who is told, as notices without change and thesis: persons by name, the others by role.
std::vector<Notice> RecipientsOf(Actors told, const Thesis& thesis, const std::string& except) {
  std::set<std::string> people;
  if (told.Has(Actor::kAuthor)) people.insert(thesis.authors.begin(), thesis.authors.end());
  if (told.Has(Actor::kSupervisor)) people.insert(thesis.supervisor);
  if (told.Has(Actor::kCompanyTutor)) people.insert(thesis.company_tutor);
  people.erase("");
  people.erase(except);
  std::vector<Notice> recipients;
  for (const std::string& person : people) recipients.push_back({.person = person});
  for (const Actor role : {Actor::kStaff, Actor::kProgrammeHead, Actor::kJury}) {
    if (told.Has(role)) recipients.push_back({.role = std::string(ActorName(role))});
  }
  return recipients;
}

absl::Status Tell(Writer& writer, Actors told, const Thesis& thesis, const ThesisChange& change,
                  const Caller& caller) {
  for (Notice& notice : RecipientsOf(told, thesis, caller.person)) {
    notice.thesis = thesis.id;
    notice.change = change.number;
    notice.event = change.event;
    notice.to = change.to;
    notice.programme = thesis.programme;
    notice.time = change.time;
    RETURN_IF_ERROR(writer.AddNotice(notice));
  }
  return absl::OkStatus();
}

absl::Status CheckOpinion(const Opinion& opinion) {
  std::vector<FieldViolation> problems;
  CheckText(opinion.comment, Opinion::kCommentBytesMax, true, "opinion.comment", problems);
  if (opinion.verdict != Opinion::Verdict::kFavourable &&
      absl::StripAsciiWhitespace(opinion.comment).empty()) {
    problems.push_back({.field = "opinion.comment",
                        .description = "is empty; say what should change, or why you are against"});
  }
  return problems.empty() ? absl::OkStatus() : InvalidFields(std::move(problems));
}

absl::Status CheckSide(const Caller& caller, const Thesis& thesis, Opinion::Side side) {
  const Actors actors = ActorsOf(caller, thesis);
  absl::string_view who;
  switch (side) {
    case Opinion::Side::kProgramme:
      if (actors.Has(Actor::kStaff) || actors.Has(Actor::kProgrammeHead)) return absl::OkStatus();
      who = "staff, programme_head";
      break;
    case Opinion::Side::kSupervisor:
      if (actors.Has(Actor::kSupervisor)) return absl::OkStatus();
      who = "supervisor";
      break;
    case Opinion::Side::kCompany:
      if (actors.Has(Actor::kCompanyTutor) || caller.HasRole(Role::kCompanyLiaison, thesis.programme))
        return absl::OkStatus();
      who = "company_tutor, company_liaison";
      break;
  }
  return Error(
      absl::StatusCode::kPermissionDenied,
      absl::StrCat("this opinion is not yours to give; it is that of: ", who),
      {.reason = "NOT_YOUR_OPINION", .metadata = {{"thesis", thesis.Name()}, {"who", std::string(who)}}});
}

absl::Status CheckMayPropose(const Caller& caller, const Thesis& thesis) {
  if (RunsProgramme(caller, thesis.programme)) return absl::OkStatus();
  const Actors actors = ActorsOf(caller, thesis);
  if ((actors.Has(Actor::kAuthor) && caller.HasRole(Role::kStudent, thesis.programme)) ||
      (actors.Has(Actor::kSupervisor) && caller.HasRole(Role::kSupervisor, thesis.programme)) ||
      (actors.Has(Actor::kCompanyTutor) && caller.HasRole(Role::kCompanyTutor, thesis.programme))) {
    return absl::OkStatus();
  }
  return Error(
      absl::StatusCode::kPermissionDenied,
      "a subject is proposed by one of its authors, its supervisor, its company tutor, or those who run "
      "the programme",
      {.reason = "NOT_A_PARTY", .metadata = {{"programme", thesis.programme}}});
}

// One event of the table as it stands for a caller.
Possibility PossibilityOf(ThesisEvent event, const Thesis& thesis, const LifeFacts& facts,
                          std::vector<Unmet> outside, Actors actors, absl::Time now) {
  const LifeRule* const here = FindRule(event, thesis.state);
  Possibility possibility{.event = event, .is_from_here = here != nullptr};
  for (const LifeRule& rule : LifeRules()) {
    if (rule.event != event) continue;
    possibility.from = possibility.from | rule.from;
    if (here != nullptr && &rule != here) continue;
    possibility.who = possibility.who | rule.who;
    possibility.told = possibility.told | rule.told;
    possibility.needs_reason = rule.needs_reason;
    possibility.needs_until = rule.needs_until;
    possibility.to = StateAfter(rule, thesis);
  }
  possibility.is_yours = possibility.who.Meets(actors);
  if (here == nullptr) return possibility;
  possibility.unmet = UnmetOf(*here, thesis, facts, now);
  for (Unmet& each : outside) possibility.unmet.push_back(std::move(each));
  possibility.is_met = possibility.unmet.empty();
  return possibility;
}

}  // namespace

std::string AccountOf(const Caller& caller) {
  return AsksForItself(caller) ? absl::StrCat("services/", caller.service) : caller.account;
}

absl::StatusOr<Outcome> Happen(const ThesisTransition& transition, const Thesis& thesis,
                               const LifeFacts& facts, const std::vector<Unmet>& outside, Actors actors,
                               const std::string& account, absl::Time now) {
  const LifeRule* const rule = FindRule(transition.event, thesis.state);
  if (rule == nullptr) return WrongState(thesis, EventName(transition.event));
  if (!rule->who.Meets(actors)) return NotYours(thesis, *rule);
  RETURN_IF_ERROR(CheckGiven(transition, *rule, now));
  std::vector<Unmet> unmet = UnmetOf(*rule, thesis, facts, now);
  unmet.insert(unmet.end(), outside.begin(), outside.end());
  std::vector<std::string> waived = Waive(transition.waive, actors, unmet);
  if (!unmet.empty()) return ConditionsUnmet(thesis, transition.event, unmet);

  Outcome outcome{.thesis = thesis, .told = rule->told};
  Thesis& after = outcome.thesis;
  after.state = StateAfter(*rule, thesis);
  if (!IsInterruption(after.state)) {
    after.state_before.reset();
  } else if (!thesis.state_before) {
    after.state_before = thesis.state;
  }
  after.state_until = transition.until;
  after.withdrawal.reset();
  if (after.state == ThesisState::kWithdrawn) {
    after.withdrawal = {.reason = transition.reason, .account = account, .time = now};
  }
  outcome.change = {.thesis = thesis.id,
                    .event = transition.event,
                    .from = thesis.state,
                    .to = after.state,
                    .reason = transition.reason,
                    .account = account,
                    .time = now,
                    .until = transition.until,
                    .waived = std::move(waived)};
  return outcome;
}

absl::Status Write(SubmissionStore::Writer& writer, const Outcome& outcome, const Caller& caller) {
  RETURN_IF_ERROR(writer.Update(outcome.thesis));
  ThesisChange change = outcome.change;
  ASSIGN_OR_RETURN(change.number, writer.AddChange(change));
  return Tell(writer, outcome.told, outcome.thesis, change, caller);
}

absl::Status WriteBeginning(SubmissionStore::Writer& writer, const Thesis& thesis, const Caller& caller,
                            absl::Time now) {
  ThesisChange change{.thesis = thesis.id,
                      .event = ThesisEvent::kSubmitSubject,
                      .to = thesis.state,
                      .account = AccountOf(caller),
                      .time = now};
  ASSIGN_OR_RETURN(change.number, writer.AddChange(change));
  const LifeRule* const rule = FindRule(ThesisEvent::kSubmitSubject, ThesisState::kSubjectDraft);
  return Tell(writer, rule->told, thesis, change, caller);
}

absl::StatusOr<Seats> Lives::FindSeats(const Caller& caller, absl::string_view id) const {
  std::optional<Thesis> thesis;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(thesis, reader.Find(id));
    return absl::OkStatus();
  }));
  return SeatsFor(parts_.juries, caller, id, thesis ? &*thesis : nullptr);
}

absl::StatusOr<std::vector<Unmet>> Lives::OutsideUnmet(const ThesisTransition& transition) const {
  std::vector<Unmet> unmet;
  if (parts_.conditions.empty()) return unmet;
  std::optional<Thesis> thesis;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(thesis, reader.Find(transition.id));
    return absl::OkStatus();
  }));
  if (!thesis || FindRule(transition.event, thesis->state) == nullptr) return unmet;
  for (const LifeCondition* const condition : parts_.conditions) {
    ASSIGN_OR_RETURN(const std::vector<Unmet> more, condition->UnmetFor(transition.event, *thesis));
    unmet.insert(unmet.end(), more.begin(), more.end());
  }
  return unmet;
}

absl::StatusOr<Thesis> Lives::Propose(const Caller& caller, const Thesis& given, bool is_draft,
                                      const Mutation& mutation) {
  std::vector<FieldViolation> problems;
  CheckThesis(given, "thesis", problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  RETURN_IF_ERROR(CheckMayPropose(caller, given));
  ASSIGN_OR_RETURN(std::optional<Thesis> first_result, FindFirstResult<Thesis>(parts_.store, mutation));
  if (first_result) return *std::move(first_result);

  ReferenceCheck references;
  references.Add("thesis", given, nullptr);
  RETURN_IF_ERROR(references.Run(parts_.people, problems));
  if (!problems.empty()) return InvalidFields(std::move(problems));

  const absl::Time now = parts_.clock.Now();
  return Once<Thesis>(parts_.store, mutation, now,
                      [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Thesis> {
                        ASSIGN_OR_RETURN(const std::optional<Thesis> taken, reader.Find(given.id));
                        if (taken) return ThesisExists(given.id);
                        Thesis thesis = given;
                        thesis.version = 0;
                        thesis.state = is_draft ? ThesisState::kSubjectDraft : ThesisState::kSubjectProposed;
                        if (writer == nullptr) return thesis;
                        RETURN_IF_ERROR(writer->Insert(thesis));
                        thesis.version = 1;
                        if (!is_draft) RETURN_IF_ERROR(WriteBeginning(*writer, thesis, caller, now));
                        return thesis;
                      });
}

absl::StatusOr<Opinion> Lives::GiveOpinion(const Caller& caller, const Opinion& given,
                                           const Mutation& mutation) {
  const absl::Time now = parts_.clock.Now();
  return Once<Opinion>(
      parts_.store, mutation, now, [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Opinion> {
        ASSIGN_OR_RETURN(const Thesis thesis, FindThesis(reader, caller, given.thesis, {}, now));
        RETURN_IF_ERROR(CheckSide(caller, thesis, given.side));
        if (thesis.state != ThesisState::kSubjectProposed) return WrongState(thesis, "opinion");
        RETURN_IF_ERROR(CheckOpinion(given));
        Opinion opinion = given;
        opinion.account = AccountOf(caller);
        opinion.given = now;
        if (writer != nullptr) RETURN_IF_ERROR(writer->PutOpinion(opinion));
        return opinion;
      });
}

absl::StatusOr<std::vector<Opinion>> Lives::ListOpinions(const Caller& caller, absl::string_view id) const {
  ASSIGN_OR_RETURN(const Seats seats, FindSeats(caller, id));
  const absl::Time now = parts_.clock.Now();
  std::vector<Opinion> opinions;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    opinions.clear();
    ASSIGN_OR_RETURN(const Thesis thesis, FindThesis(reader, caller, id, seats, now));
    if (!SightOn(caller, thesis, seats, now).dealings) return absl::OkStatus();
    ASSIGN_OR_RETURN(opinions, reader.ListOpinions(id));
    return absl::OkStatus();
  }));
  return opinions;
}

absl::StatusOr<Thesis> Lives::Transition(const Caller& caller, const ThesisTransition& transition,
                                         const Mutation& mutation) {
  ASSIGN_OR_RETURN(const Seats seats, FindSeats(caller, transition.id));
  ASSIGN_OR_RETURN(const std::vector<Unmet> outside, OutsideUnmet(transition));
  const absl::Time now = parts_.clock.Now();
  ASSIGN_OR_RETURN(
      const Thesis thesis,
      Once<Thesis>(
          parts_.store, mutation, now, [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Thesis> {
            ASSIGN_OR_RETURN(const Thesis before,
                             FindThesis(reader, caller, transition.id, seats, now, transition.version));
            ASSIGN_OR_RETURN(const LifeFacts facts, reader.FindLifeFacts(before.id));
            ASSIGN_OR_RETURN(Outcome outcome,
                             Happen(transition, before, facts, outside, ActorsOf(caller, before, seats),
                                    AccountOf(caller), now));
            if (writer == nullptr) return outcome.thesis;
            RETURN_IF_ERROR(Write(*writer, outcome, caller));
            ++outcome.thesis.version;
            return outcome.thesis;
          }));
  // A president may read less than all of it.
  std::optional<Thesis> seen = AsSeenBy(caller, thesis, seats, now);
  if (!seen) return NotFound("thesis", thesis.Name());
  return *std::move(seen);
}

absl::StatusOr<Possibilities> Lives::ListTransitions(const Caller& caller, absl::string_view id) const {
  ASSIGN_OR_RETURN(const Seats seats, FindSeats(caller, id));
  const absl::Time now = parts_.clock.Now();
  Thesis thesis;
  LifeFacts facts;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(thesis, FindThesis(reader, caller, id, seats, now));
    ASSIGN_OR_RETURN(facts, reader.FindLifeFacts(id));
    return absl::OkStatus();
  }));
  const Actors actors = ActorsOf(caller, thesis, seats);
  const bool may_know_why = SightOn(caller, thesis, seats, now).dealings;
  Possibilities possibilities{.state = thesis.state, .version = thesis.version};
  for (int i = static_cast<int>(kFirstThesisEvent); i <= static_cast<int>(kLastThesisEvent); ++i) {
    const auto event = static_cast<ThesisEvent>(i);
    ASSIGN_OR_RETURN(std::vector<Unmet> outside, OutsideUnmet({.id = thesis.id, .event = event}));
    Possibility possibility = PossibilityOf(event, thesis, facts, std::move(outside), actors, now);
    if (!may_know_why) {
      // Whoever can cause it is told by trying; the others learn nothing about the dealings.
      possibility.unmet.clear();
      if (!possibility.is_yours) possibility.is_met = false;
    }
    // Where one goes back to is part of the dealings.
    if (!may_know_why && IsInterruption(thesis.state)) possibility.to = thesis.state;
    possibilities.events.push_back(std::move(possibility));
  }
  return possibilities;
}

absl::StatusOr<Page<ThesisChange>> Lives::ListHistory(const Caller& caller, absl::string_view id,
                                                      const PageRequest& page) const {
  ASSIGN_OR_RETURN(const Seats seats, FindSeats(caller, id));
  const absl::Time now = parts_.clock.Now();
  Page<ThesisChange> changes;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    changes = {};
    ASSIGN_OR_RETURN(const Thesis thesis, FindThesis(reader, caller, id, seats, now));
    if (!SightOn(caller, thesis, seats, now).dealings) return absl::OkStatus();
    ASSIGN_OR_RETURN(changes, reader.ListChanges(id, page));
    return absl::OkStatus();
  }));
  return changes;
}

absl::StatusOr<Thesis> Lives::SetConsent(const Caller& caller, const Consent& consent,
                                         const Mutation& mutation) {
  const absl::Time now = parts_.clock.Now();
  return Once<Thesis>(
      parts_.store, mutation, now, [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Thesis> {
        ASSIGN_OR_RETURN(const Thesis before,
                         FindThesis(reader, caller, consent.id, {}, now, consent.version));
        if (!before.IsAuthor(caller.person)) {
          return Error(absl::StatusCode::kPermissionDenied, "only authors consent, each for themselves",
                       {.reason = "NOT_AN_AUTHOR", .metadata = {{"thesis", before.Name()}}});
        }
        if (before.state == ThesisState::kDisseminated) return WrongState(before, "consent");
        Thesis after = before;
        std::set<std::string> consents(before.consents.begin(), before.consents.end());
        consents.erase(caller.person);
        if (consent.is_given) consents.insert(caller.person);
        after.consents.assign(consents.begin(), consents.end());
        if (consent.embargo_until) {
          if (before.embargo_until && *consent.embargo_until < *before.embargo_until) {
            return InvalidFields({{.field = "embargo_until_time",
                                   .description = "is earlier than the embargo in force; those who run the "
                                                  "programme can shorten it"}});
          }
          after.embargo_until = consent.embargo_until;
        }
        if (writer == nullptr || after == before) return after;
        RETURN_IF_ERROR(writer->Update(after));
        ++after.version;
        return after;
      });
}

absl::StatusOr<Page<Notice>> Lives::ListNotices(const Caller& caller, const std::string& programme,
                                                const PageRequest& page) const {
  Page<Notice> notices;
  if (programme.empty() ? caller.person.empty() : !RunsProgramme(caller, programme)) return notices;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(
        notices,
        reader.ListNotices(
            {.programme = programme, .person = programme.empty() ? caller.person : std::string()}, page));
    return absl::OkStatus();
  }));
  return notices;
}

}  // namespace soutenance::submissions
