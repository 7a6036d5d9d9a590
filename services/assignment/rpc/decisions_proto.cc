#include "services/assignment/rpc/decisions_proto.h"

#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/assignment/rpc/assignment_proto.h"
#include "services/assignment/rpc/time_proto.h"
#include "services/base/error.h"
#include "services/runtime/wire/etags.h"
#include "services/runtime/wire/fields.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"

namespace soutenance::assignment {
namespace {

using runtime::IdFromName;
using runtime::Unless;
using sheets::Language;
using Problems = std::vector<FieldViolation>;

constexpr std::size_t kFileNameBytesMax = 255;

void CheckLanguage(const std::string& language, Problems& problems) {
  if (language.empty() || language == "fr" || language == "en") return;
  problems.push_back({.field = "language", .description = "is neither \"fr\" nor \"en\""});
}

JuryFileKind KindFromProto(pb::JuryFileKind kind, Problems& problems) {
  if (kind == pb::JURY_FILE_KIND_JURIES) return JuryFileKind::kJuries;
  if (kind == pb::JURY_FILE_KIND_REVIEWERS) return JuryFileKind::kReviewers;
  problems.push_back(
      {.field = "kind",
       .description = "is missing or unknown; say whether the file holds juries or reviewers"});
  return JuryFileKind::kJuries;
}

void SetDecision(const JuryDecision& decision, pb::JuryDecision& message) {
  message.set_thesis(decision.ThesisName());
  // Of what was only tried, nobody knows the version: a jury may have been dissolved before.
  if (!decision.batch.empty() || decision.number > 0) {
    message.set_etag(runtime::EtagFromVersion(decision.version));
  }
  message.set_programme(decision.programme);
  message.set_way(static_cast<pb::JuryDecisionWay>(decision.way));
  message.set_account(decision.account);
  SetTime(decision.time, message.mutable_time());
  message.set_reason(decision.reason);
  if (!decision.batch.empty()) message.set_batch(absl::StrCat("juryBatches/", decision.batch));
  message.set_source(decision.source);
  if (decision.before) *message.mutable_seats_before() = ToProto(*decision.before).seats();
  if (decision.after) *message.mutable_seats_after() = ToProto(*decision.after).seats();
  message.set_existed_before(decision.before.has_value());
  message.set_exists_after(decision.after.has_value());
}

void SetBatch(const JuryBatch& batch, pb::JuryBatch& message) {
  if (!batch.id.empty()) {
    message.set_name(batch.Name());
    SetTime(batch.time + JuryBatch::kUndoFor, message.mutable_undo_until_time());
  }
  message.set_way(static_cast<pb::JuryDecisionWay>(batch.way));
  message.set_account(batch.account);
  SetTime(batch.time, message.mutable_create_time());
  message.set_reason(batch.reason);
  message.set_source(batch.source);
  for (const std::string& programme : batch.programmes) message.add_programmes(programme);
  message.set_created_count(batch.created);
  message.set_updated_count(batch.updated);
  message.set_removed_count(batch.removed);
  message.set_unchanged_count(batch.unchanged);
  if (!batch.undoes.empty()) message.set_undoes(absl::StrCat("juryBatches/", batch.undoes));
  for (const std::string& id : batch.undone_by) message.add_undone_by(absl::StrCat("juryBatches/", id));
}

void SetProblem(const BulkProblem& bulk, Language language, pb::JuryProblem& message) {
  const sheets::ImportProblem& problem = bulk.problem;
  message.set_severity(problem.severity == sheets::Severity::kError ? pb::JuryProblem::SEVERITY_ERROR
                                                                    : pb::JuryProblem::SEVERITY_WARNING);
  message.set_kind(problem.kind);
  message.set_file(problem.place.file);
  message.set_line(problem.place.line);
  message.set_column(problem.place.column);
  message.set_found(problem.found);
  message.set_message(problem.place.file.empty()
                          ? absl::StrCat(bulk.thesis, language == Language::kFrench ? " : " : ": ",
                                         problem.sentence.In(language))
                          : sheets::Describe(problem, language));
  if (!bulk.thesis.empty()) message.set_thesis(absl::StrCat("theses/", bulk.thesis));
  message.set_rule(bulk.rule);
}

}  // namespace

Language LanguageOf(const std::string& language) {
  return language == "en" ? Language::kEnglish : Language::kFrench;
}

absl::StatusOr<JuryImport> FromProto(const pb::ImportJuriesRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  CheckLanguage(request.language(), problems);
  if (request.file().empty() || request.file().size() > kFileNameBytesMax ||
      request.file().find_first_of("/\\") != std::string::npos) {
    problems.push_back({.field = "file", .description = "is not the name of a file without its path"});
  }
  return Unless(problems, JuryImport{.kind = KindFromProto(request.kind(), problems),
                                     .file = request.file(),
                                     .bytes = request.content(),
                                     .reason = request.reason()});
}

absl::StatusOr<JuryExport> FromProto(const pb::ExportJuriesRequest& request) {
  Problems problems;
  CheckLanguage(request.language(), problems);
  IdFromName(request.programme(), "programmes", "programme", problems);
  JuryExport wanted{.programme = request.programme(),
                    .kind = KindFromProto(request.kind(), problems),
                    .theses = {},
                    .language = LanguageOf(request.language())};
  runtime::CheckCount(static_cast<std::size_t>(request.theses_size()), JuryExport::kThesesMax, "theses",
                      problems);
  std::set<std::string> seen;
  for (int i = 0; i < request.theses_size(); ++i) {
    std::string id = IdFromName(request.theses(i), "theses", absl::StrCat("theses[", i, "]"), problems);
    if (seen.insert(id).second) wanted.theses.push_back(std::move(id));
  }
  return Unless(problems, std::move(wanted));
}

absl::StatusOr<std::string> FromProto(const pb::GetJuryBatchRequest& request) {
  Problems problems;
  return Unless(problems, IdFromName(request.name(), "juryBatches", "name", problems));
}

absl::StatusOr<BatchQuery> FromProto(const pb::ListJuryBatchesRequest& request) {
  Problems problems;
  BatchQuery query{.programme = request.programme(),
                   .page = runtime::PageFromProto(request.page_size(), request.page_token(), problems)};
  IdFromName(request.programme(), "programmes", "programme", problems);
  return Unless(problems, std::move(query));
}

absl::StatusOr<JuryUndo> FromProto(const pb::UndoJuryBatchRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  CheckLanguage(request.language(), problems);
  JuryUndo undo{.batch = IdFromName(request.name(), "juryBatches", "name", problems),
                .theses = {},
                .reason = request.reason()};
  runtime::CheckCount(static_cast<std::size_t>(request.theses_size()), JuryFileReading::kThesesMax, "theses",
                      problems);
  for (int i = 0; i < request.theses_size(); ++i) {
    undo.theses.insert(IdFromName(request.theses(i), "theses", absl::StrCat("theses[", i, "]"), problems));
  }
  return Unless(problems, std::move(undo));
}

absl::StatusOr<DecisionQuery> FromProto(const pb::ListJuryDecisionsRequest& request) {
  Problems problems;
  DecisionQuery query{.person = request.person(),
                      .programme = request.programme(),
                      .page = runtime::PageFromProto(request.page_size(), request.page_token(), problems)};
  if (!request.thesis().empty()) query.thesis = IdFromName(request.thesis(), "theses", "thesis", problems);
  if (!query.person.empty()) IdFromName(query.person, "people", "person", problems);
  if (!query.programme.empty()) IdFromName(query.programme, "programmes", "programme", problems);
  if (request.thesis().empty() && query.person.empty() && query.programme.empty()) {
    problems.push_back(
        {.field = "thesis", .description = "is missing; name a thesis, a person or a programme"});
  }
  return Unless(problems, std::move(query));
}

pb::JuryBatchResult ToProto(const BulkResult& result, Language language) {
  pb::JuryBatchResult message;
  message.set_state(static_cast<pb::JuryBatchResult::State>(result.state));
  SetBatch(result.batch, *message.mutable_batch());
  for (const JuryDecision& decision : result.decisions) {
    SetDecision(decision, *message.mutable_batch()->add_decisions());
  }
  for (const BulkProblem& problem : result.problems) SetProblem(problem, language, *message.add_problems());
  message.set_error_count(result.errors);
  message.set_warning_count(result.warnings);
  for (const JuryDecision& decision : result.conflicts) SetDecision(decision, *message.add_conflicts());
  return message;
}

pb::ExportJuriesResponse ToProto(const ExportedJuries& exported) {
  pb::ExportJuriesResponse message;
  message.set_file(exported.file);
  message.set_content(exported.bytes);
  message.set_juries_count(exported.juries);
  return message;
}

pb::JuryBatch ToProto(const JuryBulk::BatchWithDecisions& batch) {
  pb::JuryBatch message;
  SetBatch(batch.batch, message);
  for (const JuryDecision& decision : batch.decisions) SetDecision(decision, *message.add_decisions());
  return message;
}

pb::ListJuryBatchesResponse ToProto(const Page<JuryBatch>& page) {
  pb::ListJuryBatchesResponse message;
  for (const JuryBatch& batch : page.items) SetBatch(batch, *message.add_batches());
  message.set_next_page_token(runtime::PageToken(page.next));
  return message;
}

pb::ListJuryDecisionsResponse ToProto(const Page<JuryDecision>& page) {
  pb::ListJuryDecisionsResponse message;
  for (const JuryDecision& decision : page.items) SetDecision(decision, *message.add_decisions());
  message.set_next_page_token(runtime::PageToken(page.next));
  return message;
}

}  // namespace soutenance::assignment
