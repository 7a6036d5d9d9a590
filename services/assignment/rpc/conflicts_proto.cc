#include "services/assignment/rpc/conflicts_proto.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/assignment/rpc/time_proto.h"
#include "services/base/error.h"
#include "services/base/id.h"
#include "services/runtime/wire/etags.h"
#include "services/runtime/wire/fields.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"

namespace soutenance::assignment {
namespace {

using runtime::IdFromName;
using runtime::Unless;
using Problems = std::vector<FieldViolation>;

// The numbers are the same on both sides.
template <typename To, typename From>
To SameNumber(From value) {
  return static_cast<To>(static_cast<int>(value));
}

std::string LastPart(absl::string_view name) { return std::string(name.substr(name.rfind('/') + 1)); }

// `name`, if it has the form "<collection>/<id>".
std::string Checked(const std::string& name, absl::string_view collection, absl::string_view field,
                    Problems& problems) {
  IdFromName(name, collection, field, problems);
  return name;
}

// "theses/{thesis}/conflicts/{person}".
ConflictKey KeyFromName(absl::string_view name, absl::string_view field, Problems& problems) {
  const std::vector<std::string> parts = absl::StrSplit(name, '/');
  if (parts.size() == 4 && parts[0] == "theses" && parts[2] == "conflicts" && CheckId(parts[1]).ok() &&
      CheckId(parts[3]).ok()) {
    return {.thesis = parts[1], .person = absl::StrCat("people/", parts[3])};
  }
  problems.push_back({.field = std::string(field),
                      .description = absl::StrCat(
                          "\"", name, "\" is not a name of the form theses/{thesis}/conflicts/{person}")});
  return {};
}

// The programme of "programmes/{programme}/conflictPolicy".
std::string ProgrammeOfPolicy(absl::string_view name, absl::string_view field, Problems& problems) {
  absl::string_view programme = name;
  if (absl::ConsumeSuffix(&programme, "/conflictPolicy")) {
    return Checked(std::string(programme), "programmes", field, problems);
  }
  problems.push_back({.field = std::string(field),
                      .description = absl::StrCat(
                          "\"", name, "\" is not a name of the form programmes/{programme}/conflictPolicy")});
  return "";
}

pb::ConflictDecision ToProto(const ConflictDecision& decision) {
  pb::ConflictDecision message;
  message.set_verdict(SameNumber<pb::ConflictDecision::Verdict>(decision.verdict));
  message.set_reason(decision.reason);
  message.set_account(decision.account);
  SetTime(decision.time, message.mutable_decide_time());
  for (const std::string& author : decision.authors) message.add_authors(author);
  return message;
}

pb::ConflictFinding ToProto(const SeenFinding& seen) {
  pb::ConflictFinding message;
  message.set_state(SameNumber<pb::ConflictState>(seen.finding.state));
  if (!seen.is_known) return message;
  message.set_kind(SameNumber<pb::ConflictKind>(seen.finding.kind));
  message.set_source(SameNumber<pb::ConflictSource>(seen.finding.source));
  message.set_author(seen.finding.author);
  message.set_year(seen.finding.year.value_or(0));
  if (seen.finding.since) SetTime(*seen.finding.since, message.mutable_since_time());
  message.set_detail(seen.finding.detail);
  return message;
}

conflicts::Thesis ThesisFromProto(const pb::ThesisAsToBecome& message, const std::string& field,
                                  Problems& problems) {
  return {.id = IdFromName(message.name(), "theses", field, problems),
          .programme = message.programme(),
          .authors = {message.authors().begin(), message.authors().end()},
          .supervisor = message.supervisor(),
          .company_tutor = message.company_tutor()};
}

}  // namespace

absl::StatusOr<conflicts::Declaration> FromProto(const pb::DeclareConflictRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  const pb::Declaration& message = request.declaration();
  conflicts::Declaration declaration{
      .programme = Checked(request.parent(), "programmes", "parent", problems),
      .other = Checked(message.other(), "people", "declaration.other", problems),
      .reason = message.reason()};
  if (message.kind() == pb::CONFLICT_KIND_UNSPECIFIED || !pb::ConflictKind_IsValid(message.kind())) {
    problems.push_back({.field = "declaration.kind",
                        .description = "is missing or unknown; say what kind of conflict it is"});
  } else {
    declaration.kind = SameNumber<conflicts::Kind>(message.kind());
  }
  if (message.year() != 0) declaration.year = message.year();
  return Unless(problems, std::move(declaration));
}

absl::StatusOr<conflicts::Declaration> FromProto(const pb::WithdrawDeclarationRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  const std::vector<std::string> parts = absl::StrSplit(request.name(), '/');
  const bool is_name = parts.size() == 6 && parts[0] == "programmes" && parts[2] == "people" &&
                       parts[4] == "declarations" && CheckId(parts[1]).ok() && CheckId(parts[3]).ok() &&
                       CheckId(parts[5]).ok();
  if (!is_name) {
    problems.push_back({.field = "name",
                        .description = absl::StrCat("\"", request.name(),
                                                    "\" is not a name of the form programmes/{programme}/"
                                                    "people/{declarer}/declarations/{other}")});
    return InvalidFields(std::move(problems));
  }
  return Unless(problems, conflicts::Declaration{.programme = absl::StrCat("programmes/", parts[1]),
                                                 .declarer = absl::StrCat("people/", parts[3]),
                                                 .other = absl::StrCat("people/", parts[5])});
}

absl::StatusOr<DeclarationQuery> FromProto(const pb::ListDeclarationsRequest& request) {
  Problems problems;
  DeclarationQuery query{.programme = Checked(request.parent(), "programmes", "parent", problems),
                         .page = runtime::PageFromProto(request.page_size(), request.page_token(), problems)};
  return Unless(problems, std::move(query));
}

absl::StatusOr<std::string> FromProto(const pb::AnswerConflictsRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  return Unless(problems, Checked(request.parent(), "programmes", "parent", problems));
}

absl::StatusOr<ConflictCall> FromProto(const pb::AskForConflictsRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  ConflictCall call{.programme = Checked(request.parent(), "programmes", "parent", problems),
                    .only_new = request.only_new()};
  runtime::CheckCount(static_cast<std::size_t>(request.people_size()), ConflictQuery::kNamesMax, "people",
                      problems);
  if (request.people_size() == 0) {
    problems.push_back({.field = "people", .description = "is empty; name whom to ask"});
  }
  for (int i = 0; i < request.people_size(); ++i) {
    call.people.insert(Checked(request.people(i), "people", absl::StrCat("people[", i, "]"), problems));
  }
  return Unless(problems, std::move(call));
}

absl::StatusOr<AnswerQuery> FromProto(const pb::ListConflictAnswersRequest& request) {
  Problems problems;
  AnswerQuery query{.programme = Checked(request.parent(), "programmes", "parent", problems),
                    .page = runtime::PageFromProto(request.page_size(), request.page_token(), problems)};
  for (int i = 0; i < request.states_size(); ++i) {
    if (request.states(i) == pb::ANSWER_STATE_UNSPECIFIED || !pb::AnswerState_IsValid(request.states(i))) {
      problems.push_back({.field = absl::StrCat("states[", i, "]"), .description = "is unknown"});
    } else {
      query.states.insert(SameNumber<AnswerState>(request.states(i)));
    }
  }
  return Unless(problems, std::move(query));
}

absl::StatusOr<ConflictKey> FromProto(const pb::GetConflictRequest& request) {
  Problems problems;
  return Unless(problems, KeyFromName(request.name(), "name", problems));
}

absl::StatusOr<ConflictQuery> FromProto(const pb::ListConflictsRequest& request) {
  Problems problems;
  ConflictQuery query{.page = runtime::PageFromProto(request.page_size(), request.page_token(), problems),
                      .programme = Checked(request.parent(), "programmes", "parent", problems),
                      .seated_only = request.seated_only()};
  runtime::CheckCount(static_cast<std::size_t>(request.theses_size()), ConflictQuery::kNamesMax, "theses",
                      problems);
  runtime::CheckCount(static_cast<std::size_t>(request.people_size()), ConflictQuery::kNamesMax, "people",
                      problems);
  for (int i = 0; i < request.theses_size(); ++i) {
    query.theses.insert(IdFromName(request.theses(i), "theses", absl::StrCat("theses[", i, "]"), problems));
  }
  for (int i = 0; i < request.people_size(); ++i) {
    query.people.insert(Checked(request.people(i), "people", absl::StrCat("people[", i, "]"), problems));
  }
  for (int i = 0; i < request.states_size(); ++i) {
    if (request.states(i) == pb::CONFLICT_STATE_UNSPECIFIED ||
        !pb::ConflictState_IsValid(request.states(i))) {
      problems.push_back({.field = absl::StrCat("states[", i, "]"), .description = "is unknown"});
    } else {
      query.states.insert(SameNumber<conflicts::State>(request.states(i)));
    }
  }
  if (query.states.empty()) query.states = {conflicts::State::kConflict, conflicts::State::kQuestion};
  return Unless(problems, std::move(query));
}

absl::StatusOr<ConflictPin> FromProto(const pb::PinConflictRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  ConflictKey key = KeyFromName(request.name(), "name", problems);
  ConflictPin pin{.thesis = std::move(key.thesis),
                  .person = std::move(key.person),
                  .reason = request.reason(),
                  .only_question = request.only_question(),
                  .version = runtime::VersionFromEtag(request.etag())};
  if (request.verdict() == pb::ConflictDecision::VERDICT_CONFLICT ||
      request.verdict() == pb::ConflictDecision::VERDICT_NO_CONFLICT) {
    pin.verdict = SameNumber<ConflictDecision::Verdict>(request.verdict());
  } else {
    problems.push_back({.field = "verdict", .description = "is missing; say CONFLICT or NO_CONFLICT"});
  }
  return Unless(problems, std::move(pin));
}

absl::StatusOr<ConflictPin> FromProto(const pb::UnpinConflictRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  ConflictKey key = KeyFromName(request.name(), "name", problems);
  ConflictPin pin{.thesis = std::move(key.thesis),
                  .person = std::move(key.person),
                  .verdict = ConflictDecision::Verdict::kTakenBack,
                  .reason = request.reason(),
                  .version = runtime::VersionFromEtag(request.etag())};
  return Unless(problems, std::move(pin));
}

absl::StatusOr<std::string> FromProto(const pb::GetConflictPolicyRequest& request) {
  Problems problems;
  return Unless(problems, ProgrammeOfPolicy(request.name(), "name", problems));
}

absl::StatusOr<PolicyChange> FromProto(const pb::SetConflictPolicyRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  PolicyChange change{
      .policy = {.programme = ProgrammeOfPolicy(request.policy().name(), "policy.name", problems),
                 .years = request.policy().years()},
      .version = runtime::VersionFromEtag(request.policy().etag())};
  return Unless(problems, std::move(change));
}

absl::StatusOr<std::vector<conflicts::Thesis>> FromProto(const pb::CheckThesisChangesRequest& request) {
  Problems problems;
  std::vector<conflicts::Thesis> theses;
  for (int i = 0; i < request.theses_size(); ++i) {
    theses.push_back(ThesisFromProto(request.theses(i), absl::StrCat("theses[", i, "].name"), problems));
  }
  return Unless(problems, std::move(theses));
}

absl::StatusOr<ReviewerToCheck> FromProto(const pb::CheckReviewerRequest& request) {
  Problems problems;
  ReviewerToCheck given{.thesis = ThesisFromProto(request.thesis(), "thesis.name", problems),
                        .person = request.person()};
  IdFromName(request.person(), "people", "person", problems);
  return Unless(problems, std::move(given));
}

pb::Declaration ToProto(const conflicts::Declaration& declaration) {
  pb::Declaration message;
  message.set_name(absl::StrCat(declaration.programme, "/", declaration.declarer, "/declarations/",
                                LastPart(declaration.other)));
  message.set_other(declaration.other);
  message.set_kind(SameNumber<pb::ConflictKind>(declaration.kind));
  message.set_reason(declaration.reason);
  message.set_year(declaration.year.value_or(0));
  SetTime(declaration.time, message.mutable_declare_time());
  return message;
}

pb::ConflictAnswer ToProto(const ConflictAnswer& answer) {
  pb::ConflictAnswer message;
  message.set_programme(answer.programme);
  message.set_person(answer.person);
  message.set_state(SameNumber<pb::AnswerState>(answer.State()));
  if (answer.asked) SetTime(*answer.asked, message.mutable_ask_time());
  if (answer.answered) SetTime(*answer.answered, message.mutable_answer_time());
  return message;
}

pb::Conflict ToProto(const SeenConflict& conflict) {
  pb::Conflict message;
  message.set_name(absl::StrCat("theses/", conflict.thesis, "/conflicts/", LastPart(conflict.person)));
  message.set_etag(runtime::EtagFromVersion(conflict.version));
  message.set_programme(conflict.programme);
  message.set_state(SameNumber<pb::ConflictState>(conflict.state));
  for (const SeenFinding& finding : conflict.findings) *message.add_findings() = ToProto(finding);
  if (conflict.decision) *message.mutable_decision() = ToProto(*conflict.decision);
  message.set_decision_holds(conflict.decision_holds);
  message.set_answer(SameNumber<pb::AnswerState>(conflict.answer));
  message.set_seated(conflict.is_seated);
  for (const ConflictDecision& decision : conflict.history) *message.add_history() = ToProto(decision);
  return message;
}

pb::ConflictPolicy ToProto(const ConflictPolicy& policy) {
  pb::ConflictPolicy message;
  message.set_name(absl::StrCat(policy.programme, "/conflictPolicy"));
  message.set_etag(runtime::EtagFromVersion(policy.version));
  message.set_years(policy.years);
  return message;
}

}  // namespace soutenance::assignment
