#include "services/submissions/rpc/statements_proto.h"

#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/runtime/wire/etags.h"
#include "services/runtime/wire/fields.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"
#include "services/submissions/rpc/drafts_proto.h"
#include "services/submissions/rpc/instants.h"

namespace soutenance::submissions {
namespace {

using runtime::IdFromName;
using runtime::Unless;
using Problems = std::vector<FieldViolation>;

// Values of the contract are called as ours are: "KIND_AI_USE", "ai_use".
std::string Ours(absl::string_view name, absl::string_view prefix) {
  return absl::AsciiStrToLower(absl::StripPrefix(name, prefix));
}
std::string Theirs(absl::string_view prefix, absl::string_view name) {
  return absl::StrCat(prefix, absl::AsciiStrToUpper(name));
}

StatementKind ReadKind(pb::Statement::Kind kind, absl::string_view field, Problems& problems) {
  const auto read = StatementKindOf(Ours(pb::Statement::Kind_Name(kind), "KIND_"));
  if (!read) problems.push_back({.field = std::string(field), .description = "is missing or not known here"});
  return read.value_or(StatementKind::kOriginality);
}

pb::Statement::Kind ToProto(StatementKind kind) {
  pb::Statement::Kind value = pb::Statement::KIND_UNSPECIFIED;
  pb::Statement::Kind_Parse(Theirs("KIND_", KindName(kind)), &value);
  return value;
}

pb::Statement::State ToProto(StatementState state) {
  pb::Statement::State value = pb::Statement::STATE_UNSPECIFIED;
  pb::Statement::State_Parse(Theirs("STATE_", StateName(state)), &value);
  return value;
}

}  // namespace

absl::StatusOr<Statement> FromProto(const pb::MakeStatementRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  const pb::Statement& message = request.statement();
  Statement statement{.key = {.thesis = IdFromName(request.parent(), "theses", "parent", problems),
                              .kind = ReadKind(message.kind(), "statement.kind", problems)},
                      .text = message.text(),
                      .legal_basis = message.legal_basis(),
                      .controller = message.controller(),
                      .until_date = message.until_date()};
  return Unless(problems, std::move(statement));
}

absl::StatusOr<StatementList> FromProto(const pb::ListStatementsRequest& request) {
  Problems problems;
  StatementList list{.page = runtime::PageFromProto(request.page_size(), request.page_token(), problems)};
  if (absl::StartsWith(request.parent(), "programmes/")) {
    IdFromName(request.parent(), "programmes", "parent", problems);
    list.programme = request.parent();
  } else {
    list.thesis = IdFromName(request.parent(), "theses", "parent", problems);
  }
  return Unless(problems, std::move(list));
}

absl::StatusOr<DecisionToMake> FromProto(const pb::DecideStatementRequest& request) {
  using Request = pb::DecideStatementRequest;
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  DecisionToMake make{.reason = request.reason()};
  auto key = ParseStatementName(request.name());
  if (key.ok()) {
    make.key = *std::move(key);
  } else {
    problems.push_back({.field = "name", .description = std::string(key.status().message())});
  }
  if (request.decision() == Request::DECISION_VALIDATE) {
    make.decision = StatementDecision::kValidate;
  } else if (request.decision() == Request::DECISION_REFUSE) {
    make.decision = StatementDecision::kRefuse;
  } else if (request.decision() == Request::DECISION_REVOKE) {
    make.decision = StatementDecision::kRevoke;
  } else {
    problems.push_back({.field = "decision", .description = "is missing or not known here"});
  }
  return Unless(problems, std::move(make));
}

absl::StatusOr<MissingList> FromProto(const pb::ListMissingStatementsRequest& request) {
  Problems problems;
  MissingList list{.programme = request.parent(),
                   .cohort = request.cohort(),
                   .page = runtime::PageFromProto(request.page_size(), request.page_token(), problems)};
  IdFromName(request.parent(), "programmes", "parent", problems);
  for (const int kind : request.kinds()) {
    list.kinds.push_back(ReadKind(static_cast<pb::Statement::Kind>(kind), "kinds", problems));
  }
  return Unless(problems, std::move(list));
}

absl::StatusOr<SimilarityReading> FromProto(const pb::RecordSimilarityReadingRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  const pb::SimilarityReading& message = request.reading();
  const auto conclusion =
      ConclusionOf(Ours(pb::SimilarityReading::Conclusion_Name(message.conclusion()), "CONCLUSION_"));
  if (!conclusion) {
    problems.push_back({.field = "reading.conclusion", .description = "is missing or not known here"});
  }
  SimilarityReading reading{.tool = message.tool(),
                            .rate_per_mille = message.rate_per_mille(),
                            .excluded_sources = message.excluded_sources(),
                            .indexed = message.indexed(),
                            .conclusion = conclusion.value_or(Conclusion::kNoFollowUp),
                            .comment = message.comment()};
  const auto draft = DraftFromName(message.draft(), "reading.draft");
  if (draft.ok()) {
    reading.thesis = draft->thesis;
    reading.draft = draft->number;
  } else {
    problems.push_back(
        {.field = "reading.draft", .description = "is not \"theses/{thesis}/drafts/{number}\""});
  }
  return Unless(problems, std::move(reading));
}

absl::StatusOr<std::string> FromProto(const pb::ListSimilarityReadingsRequest& request) {
  Problems problems;
  std::string thesis = IdFromName(request.parent(), "theses", "parent", problems);
  return Unless(problems, std::move(thesis));
}

pb::Statement ToProto(const Statement& statement) {
  pb::Statement message;
  message.set_name(statement.key.Name());
  message.set_etag(runtime::EtagFromVersion(statement.version));
  message.set_kind(ToProto(statement.key.kind));
  message.set_author(statement.key.author);
  message.set_state(ToProto(statement.state));
  message.set_text(statement.text);
  message.set_legal_basis(statement.legal_basis);
  message.set_controller(statement.controller);
  message.set_until_date(statement.until_date);
  SetTime(statement.made, message.mutable_make_time());
  message.set_decided_by(statement.decided_by);
  message.set_reason(statement.reason);
  return message;
}

pb::MissingStatement ToProto(const MissingStatement& missing) {
  pb::MissingStatement message;
  message.set_thesis(absl::StrCat("theses/", missing.key.thesis));
  message.set_author(missing.key.author);
  message.set_kind(ToProto(missing.key.kind));
  if (missing.state) message.set_state(ToProto(*missing.state));
  return message;
}

pb::SimilarityReading ToProto(const SimilarityReading& reading) {
  pb::SimilarityReading message;
  message.set_name(reading.Name());
  message.set_draft(absl::StrCat("theses/", reading.thesis, "/drafts/", reading.draft));
  message.set_tool(reading.tool);
  message.set_rate_per_mille(reading.rate_per_mille);
  message.set_excluded_sources(reading.excluded_sources);
  message.set_indexed(reading.indexed);
  pb::SimilarityReading::Conclusion conclusion = pb::SimilarityReading::CONCLUSION_UNSPECIFIED;
  pb::SimilarityReading::Conclusion_Parse(Theirs("CONCLUSION_", ConclusionName(reading.conclusion)),
                                          &conclusion);
  message.set_conclusion(conclusion);
  message.set_comment(reading.comment);
  message.set_reader(reading.reader);
  SetTime(reading.read, message.mutable_read_time());
  return message;
}

}  // namespace soutenance::submissions
