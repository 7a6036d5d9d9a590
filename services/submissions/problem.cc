#include "services/submissions/problem.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/base/id.h"
#include "services/base/record.h"
#include "services/submissions/thesis.h"

namespace soutenance::submissions {

std::string Problem::Name() const { return absl::StrCat("problems/", id); }

Problem::State Problem::state() const {
  if (is_closed) return State::kClosed;
  return taken >= capacity ? State::kTaken : State::kOffered;
}

Secrecy Problem::secrecy() const { return {.level = level, .until = confidential_until}; }

std::string Problem::Serialize() const {
  RecordWriter out;
  out.Text(id).Integer(version).Text(title).Text(statement).Text(teaser).Text(data).Text(conditions);
  out.Integer(ConfidentialityCode(level));
  out.Text(confidential_until ? absl::StrCat(absl::ToUnixMicros(*confidential_until)) : "");
  out.Integer(capacity).Text(programme).Text(owner).Text(company).Text(supervisor).Text(company_tutor);
  out.Integer(static_cast<int64_t>(keywords.size()));
  for (const std::string& keyword : keywords) out.Text(keyword);
  out.Text(language).Integer(is_closed ? 1 : 0).Integer(taken).Integer(wishes);
  return out.bytes();
}

absl::StatusOr<Problem> Problem::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  Problem problem{.id = in.Text(), .version = in.Integer()};
  problem.title = in.Text();
  problem.statement = in.Text();
  problem.teaser = in.Text();
  problem.data = in.Text();
  problem.conditions = in.Text();
  problem.level = ConfidentialityOfCode(in.Integer());
  if (int64_t micros = 0; absl::SimpleAtoi(in.Text(), &micros)) {
    problem.confidential_until = absl::FromUnixMicros(micros);
  }
  problem.capacity = static_cast<int>(in.Integer());
  problem.programme = in.Text();
  problem.owner = in.Text();
  problem.company = in.Text();
  problem.supervisor = in.Text();
  problem.company_tutor = in.Text();
  for (int64_t n = in.Integer(); n > 0 && !in.IsAtEnd(); --n) problem.keywords.push_back(in.Text());
  problem.language = in.Text();
  problem.is_closed = in.Integer() != 0;
  problem.taken = static_cast<int>(in.Integer());
  problem.wishes = static_cast<int>(in.Integer());
  if (!in.IsComplete()) return absl::DataLossError("the bytes are not a problem");
  return problem;
}

absl::string_view FieldName(ProblemField field) {
  switch (field) {
    case ProblemField::kTitle:
      return "title";
    case ProblemField::kStatement:
      return "statement";
    case ProblemField::kTeaser:
      return "teaser";
    case ProblemField::kData:
      return "data";
    case ProblemField::kConditions:
      return "conditions";
    case ProblemField::kLevel:
      return "level";
    case ProblemField::kConfidentialUntil:
      return "confidential_until_time";
    case ProblemField::kCapacity:
      return "capacity";
    case ProblemField::kOwner:
      return "owner";
    case ProblemField::kCompany:
      return "company";
    case ProblemField::kSupervisor:
      return "supervisor";
    case ProblemField::kCompanyTutor:
      return "company_tutor";
    case ProblemField::kKeywords:
      return "keywords";
    case ProblemField::kLanguage:
      return "language";
  }
  return "";
}

void CopyField(ProblemField field, const Problem& from, Problem& to) {
  switch (field) {
    case ProblemField::kTitle:
      to.title = from.title;
      break;
    case ProblemField::kStatement:
      to.statement = from.statement;
      break;
    case ProblemField::kTeaser:
      to.teaser = from.teaser;
      break;
    case ProblemField::kData:
      to.data = from.data;
      break;
    case ProblemField::kConditions:
      to.conditions = from.conditions;
      break;
    case ProblemField::kLevel:
      to.level = from.level;
      break;
    case ProblemField::kConfidentialUntil:
      to.confidential_until = from.confidential_until;
      break;
    case ProblemField::kCapacity:
      to.capacity = from.capacity;
      break;
    case ProblemField::kOwner:
      to.owner = from.owner;
      break;
    case ProblemField::kCompany:
      to.company = from.company;
      break;
    case ProblemField::kSupervisor:
      to.supervisor = from.supervisor;
      break;
    case ProblemField::kCompanyTutor:
      to.company_tutor = from.company_tutor;
      break;
    case ProblemField::kKeywords:
      to.keywords = from.keywords;
      break;
    case ProblemField::kLanguage:
      to.language = from.language;
      break;
  }
}

std::string Wish::Name() const {
  return absl::StrCat("problems/", problem, "/wishes/", student.substr(student.rfind('/') + 1));
}

std::string Wish::Serialize() const {
  RecordWriter out;
  out.Text(problem).Text(student).Text(partner).Text(motivation).Integer(rank);
  out.Integer(static_cast<int64_t>(state)).Text(reason).Text(thesis).Integer(absl::ToUnixMicros(time));
  return out.bytes();
}

absl::StatusOr<Wish> Wish::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  Wish wish{.problem = in.Text(), .student = in.Text(), .partner = in.Text(), .motivation = in.Text()};
  wish.rank = static_cast<int>(in.Integer());
  wish.state = static_cast<State>(in.Integer());
  wish.reason = in.Text();
  wish.thesis = in.Text();
  wish.time = absl::FromUnixMicros(in.Integer());
  if (!in.IsComplete()) return absl::DataLossError("the bytes are not a wish");
  return wish;
}

void CheckProblem(const Problem& problem, std::vector<FieldViolation>& problems) {
  const auto refuse = [&](absl::string_view field, absl::string_view description) {
    problems.push_back({.field = absl::StrCat("problem.", field), .description = std::string(description)});
  };
  const auto check_person = [&](const std::string& name, absl::string_view field) {
    if (name.empty()) return;
    if (const absl::Status status = ParseName(name, "people").status(); !status.ok())
      refuse(field, status.message());
  };
  if (absl::StripAsciiWhitespace(problem.title).empty()) refuse("title", "is empty; a problem has a title");
  CheckText(problem.title, Thesis::kTitleBytesMax, false, "problem.title", problems);
  CheckText(problem.teaser, Problem::kLineBytesMax, false, "problem.teaser", problems);
  CheckText(problem.company, Problem::kLineBytesMax, false, "problem.company", problems);
  CheckText(problem.statement, Problem::kTextBytesMax, true, "problem.statement", problems);
  CheckText(problem.data, Problem::kLineBytesMax, true, "problem.data", problems);
  CheckText(problem.conditions, Problem::kLineBytesMax, true, "problem.conditions", problems);
  CheckKeywords(problem.keywords, "problem.keywords", problems);
  if (problem.capacity < 1 || problem.capacity > Problem::kCapacityMax) {
    refuse("capacity",
           absl::StrCat("is ", problem.capacity, "; 1 to ", Problem::kCapacityMax, " are possible"));
  }
  if (const absl::Status status = ParseName(problem.programme, "programmes").status(); !status.ok())
    refuse("programme", status.message());
  if (problem.owner.empty()) refuse("owner", "is empty; this account belongs to no person, so name one");
  check_person(problem.owner, "owner");
  check_person(problem.supervisor, "supervisor");
  check_person(problem.company_tutor, "company_tutor");
  if (problem.language != "fr" && problem.language != "en")
    refuse("language", absl::StrCat("is \"", problem.language, "\"; \"fr\" and \"en\" are possible"));
}

void CheckWish(const Wish& wish, std::vector<FieldViolation>& problems) {
  CheckText(wish.motivation, Wish::kMotivationBytesMax, true, "wish.motivation", problems);
  if (wish.rank < 1 || wish.rank > Wish::kRankMax) {
    problems.push_back(
        {.field = "wish.rank",
         .description = absl::StrCat("is ", wish.rank, "; 1 to ", Wish::kRankMax, " are possible")});
  }
  if (wish.partner.empty()) return;
  if (const absl::Status status = ParseName(wish.partner, "people").status(); !status.ok()) {
    problems.push_back({.field = "wish.students", .description = std::string(status.message())});
  } else if (wish.partner == wish.student) {
    problems.push_back({.field = "wish.students", .description = "names the caller; name only who else"});
  }
}

absl::Status ProblemExists(absl::string_view id) {
  const std::string name = absl::StrCat("problems/", id);
  return Error(absl::StatusCode::kAlreadyExists,
               absl::StrCat(name, " exists already; update it, or choose another id"),
               {.reason = "PROBLEM_EXISTS", .metadata = {{"name", name}}});
}

}  // namespace soutenance::submissions
