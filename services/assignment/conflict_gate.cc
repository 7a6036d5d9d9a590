#include "services/assignment/conflict_gate.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "services/assignment/conflict_access.h"
#include "services/base/error.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

using conflicts::Finding;
using conflicts::State;
using conflicts::Verdict;

// What stands between them, as far as `caller` may know: "supervises or tutors an author, or did
// (theses/m1-003)".
std::string Why(const Caller& caller, const Seating& seating, const Verdict& verdict, State state) {
  if (verdict.decision_holds) return "was found to have a conflict with it";
  for (const Finding& finding : verdict.findings) {
    if (finding.state != state) continue;
    if (!MayKnowFinding(caller, seating.thesis, seating.person, finding)) continue;
    const bool names_thesis = finding.kind == conflicts::Kind::kSupervision;
    return absl::StrCat(conflicts::KindMeaning(finding.kind), ", ", finding.author,
                        names_thesis ? absl::StrCat(" (", finding.detail, ")") : "");
  }
  return "has a conflict with it that is not yours to know";
}

PreconditionViolation Refused(const Caller& caller, const Seating& seating, const Verdict& verdict) {
  const bool is_author = seating.thesis.IsBy(seating.person);
  return {.type = "conflict_of_interest",
          .subject = absl::StrCat("theses/", seating.thesis.id, "/jury"),
          .description = absl::StrCat(
              seating.person, " cannot judge theses/", seating.thesis.id, ": ",
              Why(caller, seating, verdict, State::kConflict),
              is_author ? "; choose somebody else"
                        : "; choose somebody else, or pin that there is no conflict and say why")};
}

absl::Status ConflictOfInterest(std::vector<PreconditionViolation> violations,
                                const std::vector<std::string>& people) {
  std::string sentence = violations.front().description;
  if (violations.size() > 1) absl::StrAppend(&sentence, " (and ", violations.size() - 1, " more)");
  return Error(absl::StatusCode::kFailedPrecondition, sentence,
               {.reason = "CONFLICT_OF_INTEREST",
                .metadata = {{"jury", violations.front().subject}, {"person", people.front()}},
                .preconditions = std::move(violations)});
}

void AddWarnings(const Caller& caller, const Seating& seating, const Verdict& verdict, AnswerState answer,
                 std::vector<ConflictWarning>& warnings) {
  if (verdict.state == State::kQuestion) {
    // A decision about other authors that no longer holds leaves a question without a finding.
    const bool has_question =
        std::any_of(verdict.findings.begin(), verdict.findings.end(),
                    [](const Finding& finding) { return finding.state == State::kQuestion; });
    warnings.push_back(
        {.type = ConflictWarning::Type::kQuestion,
         .thesis = seating.thesis.id,
         .person = seating.person,
         .text = absl::StrCat(seating.person, " ",
                              has_question ? Why(caller, seating, verdict, State::kQuestion)
                                           : "was found to have a conflict with its authors of before",
                              "; confirm or dismiss it for theses/", seating.thesis.id)});
  }
  if (answer != AnswerState::kAnswered) {
    warnings.push_back(
        {.type = ConflictWarning::Type::kNotAnswered,
         .thesis = seating.thesis.id,
         .person = seating.person,
         .text = absl::StrCat(seating.person,
                              answer == AnswerState::kNotAsked ? " was not asked for conflicts"
                                                               : " has not answered about conflicts",
                              " in ", seating.thesis.programme)});
  }
}

}  // namespace

conflicts::Thesis ForConflicts(const ThesisFacts& thesis) {
  return {.id = thesis.id,
          .programme = thesis.programme,
          .authors = thesis.authors,
          .supervisor = thesis.supervisor,
          .company_tutor = thesis.company_tutor};
}

conflicts::Chair ChairOf(Seat::Role role) {
  switch (role) {
    case Seat::Role::kReviewer:
      return conflicts::Chair::kReviewer;
    case Seat::Role::kGuest:
      return conflicts::Chair::kGuest;
    case Seat::Role::kPresident:
    case Seat::Role::kSupervisor:
    case Seat::Role::kExaminer:
    case Seat::Role::kCompanyTutor:
      break;
  }
  return conflicts::Chair::kMember;
}

std::vector<Seating> SeatingsOf(const Jury& jury, const ThesisFacts& thesis) {
  std::vector<Seating> seatings;
  for (const Seat& seat : jury.seats) {
    seatings.push_back({.thesis = ForConflicts(thesis), .person = seat.person, .chair = ChairOf(seat.role)});
  }
  return seatings;
}

Verdict ConflictTable::Of(const conflicts::Thesis& thesis, const std::string& person,
                          conflicts::Chair chair) const {
  const auto years = years_.find(thesis.programme);
  const ConflictDecision* const last = DecisionOn(thesis.id, person);
  const std::optional<conflicts::Decision> decision = last == nullptr ? std::nullopt : last->Counting();
  return relations_.Between(thesis, person, chair,
                            years == years_.end() ? ConflictPolicy::kYearsDefault : years->second,
                            decision ? &*decision : nullptr);
}

const ConflictDecision* ConflictTable::DecisionOn(const std::string& thesis,
                                                  const std::string& person) const {
  const auto found = decisions_.find({thesis, person});
  if (found == decisions_.end()) return nullptr;
  return found->second.verdict == ConflictDecision::Verdict::kTakenBack ? nullptr : &found->second;
}

int64_t ConflictTable::VersionOf(const std::string& thesis, const std::string& person) const {
  const auto found = decisions_.find({thesis, person});
  return found == decisions_.end() ? 0 : found->second.version;
}

AnswerState ConflictTable::AnswerOf(const std::string& programme, const std::string& person) const {
  const auto found = answers_.find({programme, person});
  return found == answers_.end() ? AnswerState::kNotAsked : found->second;
}

void ConflictTable::Suppose(ConflictDecision decision) {
  Pair pair{decision.thesis, decision.person};
  decisions_.insert_or_assign(std::move(pair), std::move(decision));
}

absl::StatusOr<ConflictTable> ConflictGate::Look(const std::vector<conflicts::Thesis>& theses,
                                                 const std::set<std::string>& people) const {
  std::set<std::string> authors;
  std::set<std::string> all = people;
  std::set<std::string> programmes;
  std::vector<std::string> ids;
  for (const conflicts::Thesis& thesis : theses) {
    authors.insert(thesis.authors.begin(), thesis.authors.end());
    all.insert(thesis.supervisor);
    all.insert(thesis.company_tutor);
    programmes.insert(thesis.programme);
    ids.push_back(thesis.id);
  }
  all.insert(authors.begin(), authors.end());
  all.erase("");
  conflicts::Facts facts;
  ASSIGN_OR_RETURN(facts.people, facts_.People(all));
  ASSIGN_OR_RETURN(facts.theses, facts_.ThesesBy(authors));
  facts.this_year = static_cast<int>(absl::ToCivilYear(clock_.Now(), absl::UTCTimeZone()).year());
  std::set<std::string> known;
  for (const auto& [person, about] : facts.people) known.insert(person);

  std::vector<ConflictDecision> decisions;
  std::vector<ConflictAnswer> answers;
  std::map<std::string, int> years;
  RETURN_IF_ERROR(store_.Read([&](const ConflictStore::Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(facts.declarations,
                     reader.DeclarationsAbout(std::vector<std::string>(authors.begin(), authors.end())));
    ASSIGN_OR_RETURN(decisions, reader.LastDecisions(ids));
    answers.clear();
    for (const std::string& programme : programmes) {
      ASSIGN_OR_RETURN(const std::vector<ConflictAnswer> of_programme, reader.AnswersIn(programme));
      answers.insert(answers.end(), of_programme.begin(), of_programme.end());
      ASSIGN_OR_RETURN(const ConflictPolicy policy, reader.FindPolicy(programme));
      years[programme] = policy.years;
    }
    return absl::OkStatus();
  }));
  ConflictTable table(std::move(facts), std::move(known));
  for (ConflictDecision& decision : decisions) table.Suppose(std::move(decision));
  for (const ConflictAnswer& answer : answers) {
    table.answers_[{answer.programme, answer.person}] = answer.State();
  }
  table.years_ = std::move(years);
  return table;
}

absl::StatusOr<Admission> ConflictGate::Judge(const Caller& caller,
                                              const std::vector<Seating>& seatings) const {
  Admission admission;
  if (seatings.empty()) return admission;
  std::map<std::string, conflicts::Thesis> theses;
  std::set<std::string> people;
  for (const Seating& seating : seatings) {
    theses.emplace(seating.thesis.id, seating.thesis);
    people.insert(seating.person);
  }
  std::vector<conflicts::Thesis> asked;
  for (const auto& [id, thesis] : theses) asked.push_back(thesis);
  ASSIGN_OR_RETURN(const ConflictTable table, Look(asked, people));

  for (std::size_t i = 0; i < seatings.size(); ++i) {
    const Seating& seating = seatings[i];
    const Verdict verdict = table.Of(seating.thesis, seating.person, seating.chair);
    if (verdict.state == State::kConflict) {
      admission.refusals.push_back({.seating = i, .violation = Refused(caller, seating, verdict)});
    } else {
      AddWarnings(caller, seating, verdict, table.AnswerOf(seating.thesis.programme, seating.person),
                  admission.warnings);
    }
  }
  return admission;
}

absl::StatusOr<std::vector<ConflictWarning>> ConflictGate::Admit(const Caller& caller,
                                                                 const std::vector<Seating>& seatings) const {
  ASSIGN_OR_RETURN(Admission admission, Judge(caller, seatings));
  if (admission.refusals.empty()) return std::move(admission.warnings);
  std::vector<PreconditionViolation> refused;
  std::vector<std::string> refused_people;
  for (Admission::Refusal& refusal : admission.refusals) {
    refused.push_back(std::move(refusal.violation));
    refused_people.push_back(seatings[refusal.seating].person);
  }
  return ConflictOfInterest(std::move(refused), refused_people);
}

}  // namespace soutenance::assignment
