#include "services/assignment/jury_bulk.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/assignment/jury_rules.h"
#include "services/assignment/jury_writing.h"
#include "services/base/error.h"
#include "services/base/programme_roles.h"
#include "services/base/record.h"
#include "services/base/status.h"
#include "services/sheets/text.h"

namespace soutenance::assignment {
namespace {

using sheets::Place;
using sheets::Sentence;
using sheets::Severity;
using Reader = AssignmentStore::Reader;
using Writer = AssignmentStore::Writer;

// How often juries may change between a look at them and the write before it is given up.
constexpr int kAttempts = 5;

absl::Status BatchNotFound(const std::string& id) {
  return NotFound("batch", absl::StrCat("juryBatches/", id));
}

absl::Status CheckTheReason(const std::string& reason) {
  std::vector<FieldViolation> problems;
  CheckReason(reason, "reason", problems);
  return problems.empty() ? absl::OkStatus() : InvalidFields(std::move(problems));
}

std::string Id(const std::string& name) { return name.substr(name.find('/') + 1); }

// Who runs all of its programmes may know of a batch.
bool MaySee(const Caller& caller, const JuryBatch& batch) {
  return std::all_of(batch.programmes.begin(), batch.programmes.end(),
                     [&](const std::string& programme) { return RunsProgramme(caller, programme); });
}

void Write(RecordWriter& out, const BulkProblem& bulk) {
  const sheets::ImportProblem& problem = bulk.problem;
  out.Integer(problem.severity == Severity::kError ? 1 : 0).Text(problem.kind);
  out.Text(problem.place.file).Integer(problem.place.line).Text(problem.place.column);
  out.Integer(problem.place.column_number).Text(problem.found);
  out.Text(problem.sentence.en).Text(problem.sentence.fr).Text(bulk.thesis).Text(bulk.rule);
}

BulkProblem ReadProblem(RecordReader& in) {
  BulkProblem bulk;
  sheets::ImportProblem& problem = bulk.problem;
  problem.severity = in.Integer() == 1 ? Severity::kError : Severity::kWarning;
  problem.kind = in.Text();
  problem.place.file = in.Text();
  problem.place.line = static_cast<int>(in.Integer());
  problem.place.column = in.Text();
  problem.place.column_number = static_cast<int>(in.Integer());
  problem.found = in.Text();
  problem.sentence.en = in.Text();
  problem.sentence.fr = in.Text();
  bulk.thesis = in.Text();
  bulk.rule = in.Text();
  return bulk;
}

}  // namespace

std::string BulkResult::Serialize() const {
  RecordWriter out;
  out.Text(batch.Serialize()).Integer(static_cast<int>(state)).Integer(errors).Integer(warnings);
  out.Integer(static_cast<int64_t>(problems.size()));
  for (const BulkProblem& problem : problems) Write(out, problem);
  return out.bytes();
}

absl::StatusOr<BulkResult> BulkResult::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  BulkResult result;
  ASSIGN_OR_RETURN(result.batch, JuryBatch::Parse(in.Text()));
  result.state = static_cast<State>(in.Integer());
  result.errors = static_cast<int>(in.Integer());
  result.warnings = static_cast<int>(in.Integer());
  for (int64_t left = in.Integer(); left > 0 && !in.IsAtEnd(); --left) {
    result.problems.push_back(ReadProblem(in));
  }
  if (!in.IsComplete()) return absl::DataLossError("the bytes are not the result of a bulk operation");
  return result;
}

// Who asks for what.
struct JuryBulk::Work {
  const Caller& caller;
  Grounds grounds;
  std::string undoes;            // id of a batch, or empty
  std::set<std::string> theses;  // ids of all that can be concerned
};

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

namespace {

// The problems that a file has by itself.
std::vector<BulkProblem> ProblemsOf(const JuryFileReading& reading, const std::string& file) {
  std::map<int, std::string> thesis_by_line;
  for (const FiledJury& jury : reading.juries) {
    thesis_by_line[jury.place.line] = jury.thesis;
    for (const FiledSeat& seat : jury.seats) thesis_by_line[seat.place.line] = jury.thesis;
  }
  std::vector<BulkProblem> problems;
  for (sheets::ImportProblem& problem : reading.problems.Listed({file})) {
    const auto thesis = thesis_by_line.find(problem.place.line);
    BulkProblem bulk{.problem = std::move(problem)};
    if (thesis != thesis_by_line.end()) bulk.thesis = thesis->second;
    problems.push_back(std::move(bulk));
  }
  return problems;
}

BulkProblem Refusal(const std::string& thesis, const Place& place, std::string kind, std::string found,
                    Sentence sentence) {
  return {.problem = {.severity = Severity::kError,
                      .kind = std::move(kind),
                      .place = place,
                      .found = std::move(found),
                      .sentence = std::move(sentence)},
          .thesis = thesis};
}

BulkProblem ThesisUnknown(const std::string& thesis, const Place& place) {
  return Refusal(
      thesis, place, "thesis_unknown", thesis,
      {absl::StrCat("there is no theses/", thesis, "; create it first, or correct the identifier"),
       absl::StrCat("il n'y a pas de theses/", thesis, " ; créez-le d'abord, ou corrigez l'identifiant")});
}

BulkProblem NotYours(const std::string& thesis, const Place& place, const std::string& programme) {
  return Refusal(thesis, place, "programme_not_run", thesis,
                 {absl::StrCat("you do not run ", programme, ", to which this thesis belongs; ask its staff"),
                  absl::StrCat("vous ne gérez pas ", programme,
                               ", dont relève ce mémoire ; adressez-vous à ses gestionnaires")});
}

// The jury with `filed` as its reviewers and all others as they are. Reviewers who stay keep their place.
// Appends to `problems` those who sit as something else.
Jury WithReviewers(const std::optional<Jury>& stored, const ThesisFacts& thesis, const FiledJury& filed,
                   std::vector<BulkProblem>& problems) {
  Jury jury{.thesis = thesis.id, .version = 0, .programme = thesis.programme, .seats = {}};
  std::set<std::string> placed;
  std::map<std::string, const FiledSeat*> wanted;
  for (const FiledSeat& seat : filed.seats) wanted[seat.seat.person] = &seat;
  if (stored) {
    for (const Seat& seat : stored->seats) {
      const auto found = wanted.find(seat.person);
      if (seat.role != Seat::Role::kReviewer) {
        jury.seats.push_back(seat);
        if (found == wanted.end()) continue;
        placed.insert(seat.person);
        const std::string role(SeatRoleName(seat.role));
        problems.push_back(
            Refusal(thesis.id, found->second->place, "person_sits_otherwise", Id(seat.person),
                    {absl::StrCat(seat.person, " already sits on this jury as ", role,
                                  "; a person has one seat: remove the line, or change the whole jury"),
                     absl::StrCat(seat.person, " siège déjà à ce jury comme ", role,
                                  " ; une personne n'a qu'un siège : supprimez la ligne, ou changez le jury "
                                  "entier")}));
      } else if (found != wanted.end()) {
        jury.seats.push_back(found->second->seat);
        placed.insert(seat.person);
      }
    }
  }
  for (const FiledSeat& seat : filed.seats) {
    if (placed.insert(seat.seat.person).second) jury.seats.push_back(seat.seat);
  }
  return jury;
}

// Who changed the jury since the file was written.
absl::StatusOr<BulkProblem> Stale(const Reader& reader, const FiledJury& filed, int64_t version) {
  ASSIGN_OR_RETURN(const Page<JuryDecision> last,
                   reader.ListDecisions({.all = true, .thesis = filed.thesis}, {.size = 1}));
  std::string by;
  if (!last.items.empty()) {
    const JuryDecision& decision = last.items.front();
    by = absl::StrCat(" (", decision.account.empty() ? "a service" : decision.account, ", ",
                      absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", decision.time, absl::UTCTimeZone()), ")");
  }
  return Refusal(filed.thesis, filed.base_place, "revision_stale", absl::StrCat(*filed.base),
                 {absl::StrCat("the jury has changed since this file was written: its revision is ", version,
                               by, "; export it again and redo the change"),
                  absl::StrCat("le jury a changé depuis l'écriture de ce fichier : sa révision est ", version,
                               by, " ; exportez-le à nouveau et refaites la modification")});
}

}  // namespace

absl::StatusOr<BulkResult> JuryBulk::Import(const Caller& caller, const JuryImport& import,
                                            const Mutation& mutation) {
  RETURN_IF_ERROR(CheckTheReason(import.reason));
  const std::string file = sheets::Shortened(import.file, 80);
  const JuryFileReading reading = ReadJuryFile(import.kind, file, import.bytes);
  const std::vector<BulkProblem> of_file = ProblemsOf(reading, file);
  const int unlisted = static_cast<int>(reading.problems.unlisted_count());
  std::vector<std::string> ids;
  for (const FiledJury& jury : reading.juries) ids.push_back(jury.thesis);
  const Work work{.caller = caller,
                  .grounds = {.way = DecisionWay::kFile, .reason = import.reason, .source = file},
                  .undoes = "",
                  .theses = {ids.begin(), ids.end()}};

  const auto planner = [&](const Reader& reader, const Theses& theses) -> absl::StatusOr<Plan> {
    Plan plan{.juries = {}, .problems = of_file, .unlisted = unlisted, .conflicts = {}};
    ASSIGN_OR_RETURN(const std::vector<Jury> found, reader.FindAll(ids));
    std::map<std::string, const Jury*> stored;
    for (const Jury& jury : found) stored[jury.thesis] = &jury;
    for (const FiledJury& filed : reading.juries) {
      const auto thesis = theses.find(filed.thesis);
      if (thesis == theses.end()) {
        plan.problems.push_back(ThesisUnknown(filed.thesis, filed.place));
        continue;
      }
      const std::string& programme = thesis->second.programme;
      if (!RunsProgramme(caller, programme)) {
        plan.problems.push_back(NotYours(filed.thesis, filed.place, programme));
        continue;
      }
      // What could not be read in full is not judged: it would be told what follows from that alone.
      if (!filed.is_sound) continue;
      Planned planned{.thesis = filed.thesis, .place = filed.place};
      const auto at = stored.find(filed.thesis);
      if (at != stored.end()) planned.before = *at->second;
      if (import.kind == JuryFileKind::kReviewers) {
        planned.after = WithReviewers(planned.before, thesis->second, filed, plan.problems);
      } else {
        planned.after = Jury{.thesis = filed.thesis, .version = 0, .programme = programme, .seats = {}};
        for (const FiledSeat& seat : filed.seats) planned.after->seats.push_back(seat.seat);
      }
      for (const FiledSeat& seat : filed.seats) planned.filed.emplace(seat.seat.person, seat);
      if (planned.after->seats.size() > Jury::kSeatsMax) {
        plan.problems.push_back(
            Refusal(filed.thesis, filed.place, "jury_too_large", filed.thesis,
                    {absl::StrCat("the jury would have ", planned.after->seats.size(),
                                  " members with those it has; at most ", Jury::kSeatsMax, " are possible"),
                     absl::StrCat("le jury aurait ", planned.after->seats.size(),
                                  " membres avec ceux qu'il a ; ", Jury::kSeatsMax, " au plus")}));
        continue;
      }
      const int64_t version = planned.before ? planned.before->version : 0;
      if (filed.base && *filed.base != version && planned.Changes()) {
        ASSIGN_OR_RETURN(BulkProblem stale, Stale(reader, filed, version));
        plan.problems.push_back(std::move(stale));
      }
      plan.juries.push_back(std::move(planned));
    }
    return plan;
  };
  return Carry(work, planner, mutation);
}

absl::StatusOr<BulkResult> JuryBulk::Undo(const Caller& caller, const JuryUndo& undo,
                                          const Mutation& mutation) {
  RETURN_IF_ERROR(CheckTheReason(undo.reason));
  ASSIGN_OR_RETURN(BatchWithDecisions of_batch, GetBatch(caller, undo.batch));
  const JuryBatch& batch = of_batch.batch;
  ASSIGN_OR_RETURN(const std::optional<BulkResult> first,
                   FindFirstResult<BulkResult>(parts_.store, mutation));
  if (!first && parts_.clock.Now() > batch.time + JuryBatch::kUndoFor) {
    const std::string since = absl::FormatTime("%Y-%m-%d", batch.time, absl::UTCTimeZone());
    return Error(absl::StatusCode::kFailedPrecondition,
                 absl::StrCat(batch.Name(), " is of ", since,
                              "; what is older than 30 days is not undone: set the juries again"),
                 {.reason = "BATCH_TOO_OLD", .metadata = {{"batch", batch.Name()}, {"time", since}}});
  }
  std::vector<FieldViolation> foreign;
  std::set<std::string> of_others = undo.theses;
  for (const JuryDecision& decision : of_batch.decisions) of_others.erase(decision.thesis);
  for (const std::string& thesis : of_others) {
    foreign.push_back(
        {.field = "theses", .description = absl::StrCat(batch.Name(), " is not about theses/", thesis)});
  }
  if (!foreign.empty()) return InvalidFields(std::move(foreign));
  std::vector<const JuryDecision*> asked;
  Work work{.caller = caller,
            .grounds = {.way = DecisionWay::kUndo, .reason = undo.reason, .source = batch.Name()},
            .undoes = batch.id,
            .theses = {}};
  for (const JuryDecision& decision : of_batch.decisions) {
    if (!undo.theses.empty() && undo.theses.count(decision.thesis) == 0) continue;
    asked.push_back(&decision);
    work.theses.insert(decision.thesis);
  }
  const std::vector<std::string> ids(work.theses.begin(), work.theses.end());

  const auto planner = [&](const Reader& reader, const Theses& theses) -> absl::StatusOr<Plan> {
    Plan plan;
    ASSIGN_OR_RETURN(const std::vector<Jury> found, reader.FindAll(ids));
    std::map<std::string, const Jury*> stored;
    for (const Jury& jury : found) stored[jury.thesis] = &jury;
    ASSIGN_OR_RETURN(const std::vector<JuryDecision> later, reader.DecisionsAfter(batch.id));
    std::set<std::string> moved;
    for (const JuryDecision* decision : asked) {
      Planned planned{.thesis = decision->thesis, .after = decision->before};
      const auto at = stored.find(decision->thesis);
      if (at != stored.end()) planned.before = *at->second;
      if (!planned.Changes()) {
        plan.juries.push_back(std::move(planned));
        continue;
      }
      if (std::any_of(later.begin(), later.end(),
                      [&](const JuryDecision& other) { return other.thesis == decision->thesis; })) {
        moved.insert(decision->thesis);
        continue;
      }
      const auto thesis = theses.find(decision->thesis);
      if (thesis == theses.end()) {
        plan.problems.push_back(ThesisUnknown(decision->thesis, {}));
        continue;
      }
      const std::string& programme = thesis->second.programme;
      if (!RunsProgramme(caller, programme)) {
        plan.problems.push_back(NotYours(decision->thesis, {}, programme));
        continue;
      }
      if (planned.after && planned.after->programme != programme) {
        plan.problems.push_back(
            Refusal(decision->thesis, {}, "thesis_moved", decision->thesis,
                    {absl::StrCat("the thesis has moved to ", programme, " since; its jury was one of ",
                                  planned.after->programme, ": set it by hand"),
                     absl::StrCat("le mémoire a rejoint ", programme, " depuis ; son jury relevait de ",
                                  planned.after->programme, " : fixez-le à la main")}));
        continue;
      }
      plan.juries.push_back(std::move(planned));
    }
    for (const JuryDecision& decision : later) {
      if (moved.count(decision.thesis) > 0) plan.conflicts.push_back(decision);
    }
    return plan;
  };
  return Carry(work, planner, mutation);
}

absl::StatusOr<ExportedJuries> JuryBulk::Export(const Caller& caller, const JuryExport& wanted) const {
  RETURN_IF_ERROR(CheckRunsProgramme(caller, wanted.programme));
  std::vector<Jury> juries;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    juries.clear();
    if (!wanted.theses.empty()) {
      ASSIGN_OR_RETURN(std::vector<Jury> found, reader.FindAll(wanted.theses));
      for (Jury& jury : found) {
        if (jury.programme == wanted.programme) juries.push_back(std::move(jury));
      }
      return absl::OkStatus();
    }
    PageRequest page{.size = kPageSizeMax, .after = ""};
    do {
      ASSIGN_OR_RETURN(Page<Jury> next, reader.List({.all = true, .only_programme = wanted.programme}, page));
      for (Jury& jury : next.items) juries.push_back(std::move(jury));
      page.after = next.next;
    } while (!page.after.empty());
    return absl::OkStatus();
  }));
  return ExportedJuries{.file = JuryFileName(wanted.kind, wanted.language),
                        .bytes = WriteJuryFile(wanted.kind, juries, wanted.language),
                        .juries = static_cast<int>(juries.size())};
}

absl::StatusOr<JuryBulk::BatchWithDecisions> JuryBulk::GetBatch(const Caller& caller,
                                                                const std::string& id) const {
  std::optional<JuryBatch> batch;
  std::vector<JuryDecision> decisions;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(batch, reader.FindBatch(id));
    if (!batch || !MaySee(caller, *batch)) return BatchNotFound(id);
    ASSIGN_OR_RETURN(decisions, reader.DecisionsOf(id));
    return absl::OkStatus();
  }));
  return BatchWithDecisions{.batch = *std::move(batch), .decisions = std::move(decisions)};
}

absl::StatusOr<Page<JuryBatch>> JuryBulk::ListBatches(const Caller& caller, const std::string& programme,
                                                      const PageRequest& page) const {
  Page<JuryBatch> list;
  if (!RunsProgramme(caller, programme)) return list;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    list = {};
    // Those of several programmes may be hidden: what they leave is filled with the next ones.
    PageRequest next{.size = page.size, .after = page.after};
    while (true) {
      ASSIGN_OR_RETURN(Page<JuryBatch> found, reader.ListBatches(programme, next));
      for (JuryBatch& batch : found.items) {
        if (!MaySee(caller, batch)) continue;
        if (list.items.size() == static_cast<std::size_t>(page.size)) {
          list.next = list.items.back().id;
          return absl::OkStatus();
        }
        list.items.push_back(std::move(batch));
      }
      if (found.next.empty()) return absl::OkStatus();
      next.after = found.next;
    }
  }));
  return list;
}

absl::StatusOr<Page<JuryDecision>> JuryBulk::ListDecisions(const Caller& caller,
                                                           const DecisionQuery& query) const {
  DecisionSelection selection{.all = RunsEveryProgramme(caller),
                              .programmes = ProgrammesRunBy(caller),
                              .thesis = query.thesis,
                              .person = query.person};
  if (!query.programme.empty()) {
    const bool may = RunsProgramme(caller, query.programme);
    selection.all = false;
    selection.programmes.clear();
    if (may) selection.programmes.push_back(query.programme);
  }
  Page<JuryDecision> list;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(list, reader.ListDecisions(selection, query.page));
    return absl::OkStatus();
  }));
  return list;
}

}  // namespace soutenance::assignment
