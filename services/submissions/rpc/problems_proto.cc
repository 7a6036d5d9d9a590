#include "services/submissions/rpc/problems_proto.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/base/error.h"
#include "services/base/id.h"
#include "services/runtime/wire/etags.h"
#include "services/runtime/wire/fields.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"
#include "services/submissions/rpc/submissions_proto.h"

namespace soutenance::submissions {
namespace {

using runtime::IdFromName;
using runtime::Unless;

constexpr absl::string_view kProblems = "problems";
constexpr absl::string_view kWishes = "/wishes/";

// What a person fills in. Name, etag, state and counts are the server's.
Problem ValuesFromProto(const pb::Problem& message, std::vector<FieldViolation>& problems) {
  Problem problem{.title = message.title(),
                  .statement = message.statement(),
                  .teaser = message.teaser(),
                  .data = message.data(),
                  .conditions = message.conditions(),
                  .level = LevelFromProto(message.level()),
                  .capacity = message.capacity() == 0 ? 1 : message.capacity(),
                  .programme = message.programme(),
                  .owner = message.owner(),
                  .company = message.company(),
                  .supervisor = message.supervisor(),
                  .company_tutor = message.company_tutor(),
                  .keywords = {message.keywords().begin(), message.keywords().end()}};
  if (!message.language().empty()) problem.language = message.language();
  problem.confidential_until =
      TimeFromProto(message.has_confidential_until_time(), message.confidential_until_time(),
                    "problem.confidential_until_time", problems);
  return problem;
}

// "problems/{problem}/wishes/{person}".
WishKey WishFromName(absl::string_view name, std::vector<FieldViolation>& problems) {
  const std::size_t at = name.find(kWishes);
  if (at != absl::string_view::npos) {
    const auto problem = ParseName(name.substr(0, at), kProblems);
    const absl::string_view person = name.substr(at + kWishes.size());
    if (problem.ok() && CheckId(person).ok()) return {*problem, absl::StrCat("people/", person)};
  }
  problems.push_back(
      {.field = "name",
       .description = absl::StrCat("\"", name, "\" is not \"problems/{problem}/wishes/{person}\"")});
  return {};
}

}  // namespace

absl::StatusOr<std::string> FromProto(const pb::GetProblemRequest& request) {
  std::vector<FieldViolation> problems;
  return Unless(problems, IdFromName(request.name(), kProblems, "name", problems));
}

absl::StatusOr<ProblemQuery> FromProto(const pb::ListProblemsRequest& request) {
  std::vector<FieldViolation> problems;
  ProblemQuery query{.page = runtime::PageFromProto(request.page_size(), request.page_token(), problems),
                     .programme = request.programme(),
                     .owner = request.owner(),
                     .text = request.text()};
  query.page.size = std::min(query.page.size, ProblemQuery::kPageSizeMax);
  if (!query.programme.empty()) IdFromName(query.programme, "programmes", "programme", problems);
  if (!query.owner.empty()) IdFromName(query.owner, "people", "owner", problems);
  CheckText(query.text, ProblemQuery::kTextBytesMax, false, "text", problems);
  for (const int state : request.states()) {
    if (state < pb::Problem::STATE_OFFERED || state > pb::Problem::STATE_CLOSED) {
      problems.push_back({.field = "states", .description = "has a state that is not known here"});
    } else {
      query.states.push_back(static_cast<Problem::State>(state));
    }
  }
  return Unless(problems, std::move(query));
}

absl::StatusOr<Problem> FromProto(const pb::OfferProblemRequest& request) {
  std::vector<FieldViolation> problems;
  runtime::CheckRequestId(request.request_id(), problems);
  if (const absl::Status status = CheckId(request.problem_id()); !status.ok()) {
    problems.push_back({.field = "problem_id", .description = std::string(status.message())});
  }
  Problem problem = ValuesFromProto(request.problem(), problems);
  problem.id = request.problem_id();
  return Unless(problems, std::move(problem));
}

absl::StatusOr<ProblemUpdate> FromProto(const pb::UpdateProblemRequest& request) {
  std::vector<FieldViolation> problems;
  runtime::CheckRequestId(request.request_id(), problems);
  ProblemUpdate update{.values = ValuesFromProto(request.problem(), problems),
                       .version = runtime::VersionFromEtag(request.problem().etag())};
  update.values.id = IdFromName(request.problem().name(), kProblems, "problem.name", problems);
  std::vector<absl::string_view> changeable;
  for (const ProblemField field : kProblemFields) changeable.push_back(FieldName(field));
  const std::vector<std::string> names = runtime::FieldsFromMask(request.update_mask(), changeable, problems);
  for (const ProblemField field : kProblemFields) {
    if (std::find(names.begin(), names.end(), FieldName(field)) != names.end())
      update.fields.push_back(field);
  }
  return Unless(problems, std::move(update));
}

absl::StatusOr<Closing> FromProto(const pb::CloseProblemRequest& request) {
  std::vector<FieldViolation> problems;
  runtime::CheckRequestId(request.request_id(), problems);
  Closing closing{.id = IdFromName(request.name(), kProblems, "name", problems),
                  .version = runtime::VersionFromEtag(request.etag())};
  return Unless(problems, std::move(closing));
}

absl::StatusOr<Wish> FromProto(const pb::WishProblemRequest& request, const std::string& person) {
  std::vector<FieldViolation> problems;
  runtime::CheckRequestId(request.request_id(), problems);
  Wish wish{.problem = IdFromName(request.parent(), kProblems, "parent", problems),
            .motivation = request.wish().motivation(),
            .rank = request.wish().rank() == 0 ? 1 : request.wish().rank()};
  // Whoever names themselves too, means the same.
  for (const std::string& student : request.wish().students()) {
    if (student == person) continue;
    if (!wish.partner.empty()) {
      problems.push_back({.field = "wish.students", .description = "names more than one other student"});
    }
    wish.partner = student;
  }
  return Unless(problems, std::move(wish));
}

absl::StatusOr<WishKey> FromProto(const pb::CancelWishRequest& request) {
  std::vector<FieldViolation> problems;
  runtime::CheckRequestId(request.request_id(), problems);
  return Unless(problems, WishFromName(request.name(), problems));
}

absl::StatusOr<std::string> FromProto(const pb::ListWishesRequest& request) {
  std::vector<FieldViolation> problems;
  runtime::PageFromProto(request.page_size(), request.page_token(), problems);
  return Unless(problems, IdFromName(request.parent(), kProblems, "parent", problems));
}

absl::StatusOr<WishAcceptance> FromProto(const pb::AcceptWishRequest& request) {
  std::vector<FieldViolation> problems;
  runtime::CheckRequestId(request.request_id(), problems);
  WishAcceptance acceptance{.wish = WishFromName(request.name(), problems),
                            .thesis_id = request.thesis_id(),
                            .supervisor = request.supervisor(),
                            .cohort = request.cohort()};
  if (const absl::Status status = CheckId(request.thesis_id()); !status.ok()) {
    problems.push_back({.field = "thesis_id", .description = std::string(status.message())});
  }
  return Unless(problems, std::move(acceptance));
}

absl::StatusOr<WishKey> FromProto(const pb::DeclineWishRequest& request) {
  std::vector<FieldViolation> problems;
  runtime::CheckRequestId(request.request_id(), problems);
  return Unless(problems, WishFromName(request.name(), problems));
}

pb::Problem ToProto(const Problem& problem) {
  pb::Problem message;
  message.set_name(problem.Name());
  message.set_etag(runtime::EtagFromVersion(problem.version));
  message.set_title(problem.title);
  message.set_statement(problem.statement);
  message.set_teaser(problem.teaser);
  message.set_data(problem.data);
  message.set_conditions(problem.conditions);
  message.set_level(LevelToProto(problem.level));
  if (problem.confidential_until)
    SetTime(problem.confidential_until, message.mutable_confidential_until_time());
  message.set_capacity(problem.capacity);
  message.set_programme(problem.programme);
  message.set_owner(problem.owner);
  message.set_company(problem.company);
  message.set_supervisor(problem.supervisor);
  message.set_company_tutor(problem.company_tutor);
  for (const std::string& keyword : problem.keywords) message.add_keywords(keyword);
  message.set_language(problem.language);
  message.set_state(static_cast<pb::Problem::State>(problem.state()));
  message.set_taken(problem.taken);
  message.set_wishes(problem.wishes);
  return message;
}

pb::Wish ToProto(const Wish& wish) {
  pb::Wish message;
  message.set_name(wish.Name());
  message.add_students(wish.student);
  if (!wish.partner.empty()) message.add_students(wish.partner);
  message.set_motivation(wish.motivation);
  message.set_rank(wish.rank);
  message.set_state(static_cast<pb::Wish::State>(wish.state));
  message.set_reason(wish.reason);
  message.set_thesis(wish.thesis);
  SetTime(wish.time, message.mutable_wish_time());
  return message;
}

}  // namespace soutenance::submissions
