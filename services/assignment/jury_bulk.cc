#include "services/assignment/jury_bulk.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/assignment/jury_rules.h"
#include "services/assignment/jury_writing.h"
#include "services/base/error.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

using sheets::Place;
using sheets::Sentence;
using sheets::Severity;
using Reader = AssignmentStore::Reader;
using Writer = AssignmentStore::Writer;

// How often juries may change between a look at them and the write before it is given up.
constexpr int kAttempts = 5;

std::string Id(const std::string& name) { return name.substr(name.find('/') + 1); }

}  // namespace

// Collects problems: of the file, of what other services say, of the rules.
class JuryBulk::Findings {
 public:
  void Add(BulkProblem problem) {
    ++(problem.problem.severity == Severity::kError ? errors_ : warnings_);
    all_.push_back(std::move(problem));
  }
  void AddThoseOf(const Plan& plan) {
    for (const BulkProblem& problem : plan.problems) Add(problem);
    errors_ += plan.unlisted;
  }
  void Refuse(const std::string& thesis, const Place& place, std::string kind, std::string found,
              Sentence sentence, std::string rule = "") {
    Add({.problem = {.severity = Severity::kError,
                     .kind = std::move(kind),
                     .place = place,
                     .found = std::move(found),
                     .sentence = std::move(sentence)},
         .thesis = thesis,
         .rule = std::move(rule)});
  }
  void Warn(const std::string& thesis, const Place& place, std::string kind, std::string found,
            Sentence sentence, std::string rule = "") {
    Refuse(thesis, place, std::move(kind), std::move(found), std::move(sentence), std::move(rule));
    all_.back().problem.severity = Severity::kWarning;
    --errors_;
    ++warnings_;
  }
  int errors() const { return errors_; }

  // The problems in their order, and their counts.
  void TellIn(BulkResult& result) const {
    std::vector<const BulkProblem*> ordered;
    for (const BulkProblem& problem : all_) ordered.push_back(&problem);
    std::stable_sort(ordered.begin(), ordered.end(), [](const BulkProblem* a, const BulkProblem* b) {
      const auto key = [](const BulkProblem& p) {
        return std::tuple(p.problem.severity != Severity::kError, p.problem.place.line, p.thesis,
                          p.problem.place.column_number);
      };
      return key(*a) < key(*b);
    });
    result.problems.clear();
    for (const BulkProblem* problem : ordered) {
      if (result.problems.size() < BulkResult::kListedMax) result.problems.push_back(*problem);
    }
    result.errors = errors_;
    result.warnings = warnings_;
  }

 private:
  std::vector<BulkProblem> all_;
  int errors_ = 0;
  int warnings_ = 0;
};

// What directory, submissions and the gate of conflicts say. Adds to `theses` those that rules about load ask
// for.
absl::Status JuryBulk::Ask(const Work& work, const Plan& plan, Theses& theses, Findings& findings) const {
  std::set<std::string> people;
  std::vector<Seating> seatings;
  std::vector<const Planned*> jury_of;  // by seating
  std::vector<const Jury*> juries;
  for (const Planned& planned : plan.juries) {
    if (!planned.after) continue;
    for (const Seat& seat : planned.after->seats) people.insert(seat.person);
    juries.push_back(&*planned.after);
    const auto thesis = theses.find(planned.thesis);
    if (thesis == theses.end()) continue;
    for (Seating& seating : SeatingsOf(*planned.after, thesis->second)) {
      seatings.push_back(std::move(seating));
      jury_of.push_back(&planned);
    }
  }
  std::set<std::string> known;
  if (!people.empty()) {
    ASSIGN_OR_RETURN(known, parts_.people.KnownPeople(people));
  }
  const auto place_of = [](const Planned& planned, const std::string& person) {
    const auto filed = planned.filed.find(person);
    return filed == planned.filed.end() ? planned.place : filed->second.place;
  };
  for (const Planned& planned : plan.juries) {
    if (!planned.after || !planned.Changes()) continue;
    for (const Seat& seat : planned.after->seats) {
      if (known.count(seat.person) > 0) continue;
      findings.Refuse(
          planned.thesis, place_of(planned, seat.person), "person_unknown", Id(seat.person),
          {absl::StrCat("there is no ", seat.person,
                        " in the directory; people are named by their identifier: correct it, or create "
                        "them first"),
           absl::StrCat("il n'y a pas de ", seat.person,
                        " dans l'annuaire ; les personnes sont nommées par leur identifiant : corrigez-le, "
                        "ou créez-les d'abord")});
    }
  }
  ASSIGN_OR_RETURN(const Admission admission, parts_.conflicts.Judge(work.caller, seatings));
  for (const Admission::Refusal& refusal : admission.refusals) {
    const Planned& planned = *jury_of[refusal.seating];
    const std::string& person = seatings[refusal.seating].person;
    const std::string& text = refusal.violation.description;
    if (planned.Changes()) {
      findings.Refuse(planned.thesis, place_of(planned, person), "conflict_of_interest", Id(person),
                      {text, absl::StrCat("conflit d'intérêts : ", text)});
    } else {
      findings.Warn(planned.thesis, place_of(planned, person), "conflict_of_interest", Id(person),
                    {absl::StrCat("this jury stays as it is, but ", text),
                     absl::StrCat("ce jury reste tel quel, mais conflit d'intérêts : ", text)});
    }
  }
  std::map<std::string, const Planned*> by_thesis;
  for (const Planned& planned : plan.juries) by_thesis[planned.thesis] = &planned;
  for (const ConflictWarning& warning : admission.warnings) {
    const Planned& planned = *by_thesis.at(warning.thesis);
    if (!planned.Changes()) continue;
    const bool is_question = warning.type == ConflictWarning::Type::kQuestion;
    findings.Warn(warning.thesis, place_of(planned, warning.person),
                  is_question ? "conflict_question" : "conflict_not_answered", Id(warning.person),
                  {warning.text, absl::StrCat(is_question ? "à confirmer ou à écarter : "
                                                          : "sans réponse sur les conflits : ",
                                              warning.text)});
  }
  std::set<std::string> elsewhere;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(elsewhere, ThesesElsewhere(reader, juries));
    return absl::OkStatus();
  }));
  if (elsewhere.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(auto found, parts_.theses.Find(elsewhere));
  theses.merge(found);
  return absl::OkStatus();
}

// What the rules of juries say of those that change, in the transaction that writes them.
absl::Status JuryBulk::Judge(const Reader& reader, const Plan& plan, const Theses& theses,
                             Findings& findings) {
  std::vector<Jury> dissolved;
  dissolved.reserve(plan.juries.size());
  std::vector<const Jury*> juries;
  std::vector<const Planned*> planned_of;
  for (const Planned& planned : plan.juries) {
    if (!planned.Changes()) continue;
    if (planned.after) {
      juries.push_back(&*planned.after);
    } else {
      // Its seats count for nobody any more; what the rules say of it without any is of no interest.
      dissolved.push_back({.thesis = planned.thesis, .version = 0, .programme = planned.before->programme});
      juries.push_back(&dissolved.back());
    }
    planned_of.push_back(&planned);
  }
  ASSIGN_OR_RETURN(const std::vector<JudgedJury> judged, JudgeJuries(reader, juries, {.theses = theses}));
  for (std::size_t i = 0; i < judged.size(); ++i) {
    const Planned& planned = *planned_of[i];
    if (!planned.after) continue;
    for (const JudgedRule& rule : judged[i].rules) {
      const rules::Outcome outcome = rule.verdict.outcome;
      if (outcome != rules::Outcome::kBroken && outcome != rules::Outcome::kLifted) continue;
      Sentence sentence{SentenceOf(judged[i], rule, rules::Language::kEnglish),
                        SentenceOf(judged[i], rule, rules::Language::kFrench)};
      if (rules::IsRefused(rule.rule, outcome)) {
        findings.Refuse(planned.thesis, planned.place, "rule", planned.thesis, std::move(sentence),
                        rule.rule.id);
      } else {
        findings.Warn(planned.thesis, planned.place, "rule", planned.thesis, std::move(sentence),
                      rule.rule.id);
      }
    }
  }
  return absl::OkStatus();
}

absl::Status JuryBulk::FindDecisions(BulkResult& result) const {
  if (result.batch.id.empty()) return absl::OkStatus();
  return parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(result.decisions, reader.DecisionsOf(result.batch.id));
    return absl::OkStatus();
  });
}

absl::StatusOr<BulkResult> JuryBulk::Carry(const Work& work, Planner planner, const Mutation& mutation) {
  ASSIGN_OR_RETURN(std::optional<BulkResult> first, FindFirstResult<BulkResult>(parts_.store, mutation));
  if (first) {
    RETURN_IF_ERROR(FindDecisions(*first));
    return *std::move(first);
  }
  Theses theses;
  if (!work.theses.empty()) {
    ASSIGN_OR_RETURN(theses, parts_.theses.Find(work.theses));
  }
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    // The other services are asked before the transaction, so that no other writer waits for them.
    Plan seen;
    RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(seen, planner(reader, theses));
      return absl::OkStatus();
    }));
    Theses known = theses;
    Findings asked;
    RETURN_IF_ERROR(Ask(work, seen, known, asked));

    const absl::Time now = parts_.clock.Now();
    const Deciding deciding{
        .caller = work.caller, .now = now, .grounds = work.grounds, .batch = NewBatchId(now)};
    bool has_moved = false;
    std::optional<BulkResult> refused;
    std::vector<JuryDecision> decisions;
    const auto change = [&](const Reader& reader, Writer* writer) -> absl::StatusOr<BulkResult> {
      has_moved = false;
      refused.reset();
      decisions.clear();
      ASSIGN_OR_RETURN(const Plan plan, planner(reader, theses));
      has_moved = !std::equal(plan.juries.begin(), plan.juries.end(), seen.juries.begin(), seen.juries.end(),
                              [](const Planned& a, const Planned& b) {
                                return a.thesis == b.thesis && a.before == b.before && a.after == b.after;
                              });
      if (has_moved) return StaleEtag("juries");
      Findings findings = asked;
      findings.AddThoseOf(plan);
      RETURN_IF_ERROR(Judge(reader, plan, known, findings));

      BulkResult result{.state = mutation.validate_only ? BulkResult::State::kValidated
                                                        : BulkResult::State::kDone};
      result.batch = {.way = work.grounds.way,
                      .account = work.caller.account,
                      .time = now,
                      .reason = work.grounds.reason,
                      .source = work.grounds.source,
                      .undoes = work.undoes};
      findings.TellIn(result);
      const bool is_refused = findings.errors() > 0 || !plan.conflicts.empty();
      const bool writes = writer != nullptr && !is_refused;
      Deciding tried = deciding;
      if (writes) result.batch.id = deciding.batch;
      if (!writes) tried.batch.clear();
      for (const Planned& planned : plan.juries) {
        if (!planned.Changes()) {
          ++result.batch.unchanged;
          continue;
        }
        JuryDecision decision = DecisionOf(planned.before, planned.after, tried);
        if (writes) {
          ASSIGN_OR_RETURN(decision, WriteJury(*writer, planned.before, planned.after, tried));
        }
        result.batch.Count(decision);
        decisions.push_back(std::move(decision));
      }
      std::sort(decisions.begin(), decisions.end(),
                [](const JuryDecision& a, const JuryDecision& b) { return a.thesis < b.thesis; });
      if (is_refused) {
        result.state = BulkResult::State::kRefused;
        result.conflicts = plan.conflicts;
        refused = std::move(result);
        return absl::FailedPreconditionError("refused; nothing is written");
      }
      if (decisions.empty()) result.batch.id.clear();
      if (writes && !decisions.empty()) RETURN_IF_ERROR(writer->AddBatch(result.batch));
      return result;
    };
    absl::StatusOr<BulkResult> done = Once<BulkResult>(parts_.store, mutation, now, change);
    if (has_moved) continue;
    if (refused) done = *std::move(refused);
    if (!done.ok()) return done;
    done->decisions = std::move(decisions);
    // Somebody else may have carried out the same request meanwhile.
    if (done->decisions.empty()) RETURN_IF_ERROR(FindDecisions(*done));
    return done;
  }
  return StaleEtag("juries");
}

absl::Status JuryBulk::CheckTheReason(const std::string& reason) {
  std::vector<FieldViolation> problems;
  CheckReason(reason, "reason", problems);
  return problems.empty() ? absl::OkStatus() : InvalidFields(std::move(problems));
}

}  // namespace soutenance::assignment
