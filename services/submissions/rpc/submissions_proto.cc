#include "services/submissions/rpc/submissions_proto.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/id.h"
#include "services/runtime/wire/etags.h"
#include "services/runtime/wire/fields.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"

namespace soutenance::submissions {
namespace {

using runtime::IdFromName;
using runtime::Unless;

constexpr absl::string_view kTheses = "theses";

// What a person fills in. Name, etag and state are the server's.
Thesis ValuesFromProto(const pb::Thesis& message) {
  Thesis thesis{.title = message.title(),
                .authors = {message.authors().begin(), message.authors().end()},
                .supervisor = message.supervisor(),
                .company_tutor = message.company_tutor(),
                .programme = message.programme(),
                .cohort = message.cohort(),
                .confidential = message.confidential()};
  if (!message.language().empty()) thesis.language = message.language();
  return thesis;
}

std::vector<absl::string_view> ChangeableFields() {
  std::vector<absl::string_view> names;
  for (const ThesisField field : kThesisFields) names.push_back(FieldName(field));
  return names;
}

}  // namespace

absl::StatusOr<std::string> FromProto(const pb::GetThesisRequest& request) {
  std::vector<FieldViolation> problems;
  return Unless(problems, IdFromName(request.name(), kTheses, "name", problems));
}

absl::StatusOr<ThesisQuery> FromProto(const pb::ListThesesRequest& request) {
  std::vector<FieldViolation> problems;
  ThesisQuery query{.page = runtime::PageFromProto(request.page_size(), request.page_token(), problems),
                    .programme = request.programme()};
  if (!query.programme.empty()) IdFromName(query.programme, "programmes", "programme", problems);
  runtime::CheckCount(static_cast<std::size_t>(request.names_size()), ThesisQuery::kIdsMax, "names",
                      problems);
  // Who names what they want has bounded the answer already.
  if (request.names_size() > 0 && request.page_size() == 0) query.page.size = kPageSizeMax;
  std::set<std::string> seen;
  for (int i = 0; i < request.names_size(); ++i) {
    std::string id = IdFromName(request.names(i), kTheses, absl::StrCat("names[", i, "]"), problems);
    if (seen.insert(id).second) query.ids.push_back(std::move(id));
  }
  runtime::CheckCount(static_cast<std::size_t>(request.authors_size()), ThesisQuery::kIdsMax, "authors",
                      problems);
  if (request.authors_size() > 0 && request.names_size() > 0) {
    problems.push_back({.field = "authors", .description = "cannot be given together with names"});
  }
  if (request.authors_size() > 0 && request.page_size() == 0) query.page.size = kPageSizeMax;
  for (int i = 0; i < request.authors_size(); ++i) {
    IdFromName(request.authors(i), "people", absl::StrCat("authors[", i, "]"), problems);
    query.authors.push_back(request.authors(i));
  }
  return Unless(problems, std::move(query));
}

absl::StatusOr<Thesis> FromProto(const pb::CreateThesisRequest& request) {
  std::vector<FieldViolation> problems;
  runtime::CheckRequestId(request.request_id(), problems);
  if (const absl::Status status = CheckId(request.thesis_id()); !status.ok()) {
    problems.push_back({.field = "thesis_id", .description = std::string(status.message())});
  }
  Thesis thesis = ValuesFromProto(request.thesis());
  thesis.id = request.thesis_id();
  return Unless(problems, std::move(thesis));
}

absl::StatusOr<ThesisUpdate> FromProto(const pb::UpdateThesisRequest& request) {
  std::vector<FieldViolation> problems;
  runtime::CheckRequestId(request.request_id(), problems);
  ThesisUpdate update{.values = ValuesFromProto(request.thesis()),
                      .version = runtime::VersionFromEtag(request.thesis().etag())};
  update.values.id = IdFromName(request.thesis().name(), kTheses, "thesis.name", problems);
  const std::vector<std::string> names =
      runtime::FieldsFromMask(request.update_mask(), ChangeableFields(), problems);
  for (const ThesisField field : kThesisFields) {
    if (std::find(names.begin(), names.end(), FieldName(field)) != names.end())
      update.fields.push_back(field);
  }
  return Unless(problems, std::move(update));
}

absl::StatusOr<ThesisWithdrawal> FromProto(const pb::WithdrawThesisRequest& request) {
  std::vector<FieldViolation> problems;
  runtime::CheckRequestId(request.request_id(), problems);
  ThesisWithdrawal withdrawal{.id = IdFromName(request.name(), kTheses, "name", problems),
                              .reason = request.reason(),
                              .version = runtime::VersionFromEtag(request.etag())};
  return Unless(problems, std::move(withdrawal));
}

absl::StatusOr<std::vector<Thesis>> FromProto(const pb::BatchUpsertThesesRequest& request) {
  std::vector<FieldViolation> problems;
  runtime::CheckRequestId(request.request_id(), problems);
  std::vector<Thesis> theses;
  theses.reserve(static_cast<std::size_t>(request.theses_size()));
  for (int i = 0; i < request.theses_size(); ++i) {
    const pb::Thesis& message = request.theses(i);
    Thesis& thesis = theses.emplace_back(ValuesFromProto(message));
    thesis.id = IdFromName(message.name(), kTheses, absl::StrCat("theses[", i, "].name"), problems);
  }
  return Unless(problems, std::move(theses));
}

std::set<std::string> JuriesFollow(const pb::BatchUpsertThesesRequest& request) {
  std::set<std::string> ids;
  for (const std::string& name : request.juries_follow()) {
    if (absl::StatusOr<std::string> id = ParseName(name, kTheses); id.ok()) ids.insert(*std::move(id));
  }
  return ids;
}

pb::Thesis ToProto(const Thesis& thesis) {
  pb::Thesis message;
  message.set_name(thesis.Name());
  message.set_etag(runtime::EtagFromVersion(thesis.version));
  message.set_title(thesis.title);
  for (const std::string& author : thesis.authors) message.add_authors(author);
  message.set_supervisor(thesis.supervisor);
  message.set_company_tutor(thesis.company_tutor);
  message.set_programme(thesis.programme);
  message.set_cohort(thesis.cohort);
  message.set_confidential(thesis.confidential);
  message.set_language(thesis.language);
  message.set_state(thesis.IsWithdrawn() ? pb::Thesis::STATE_WITHDRAWN : pb::Thesis::STATE_ACTIVE);
  return message;
}

pb::ListThesesResponse ToProto(const Page<Thesis>& page) {
  pb::ListThesesResponse message;
  for (const Thesis& thesis : page.items) *message.add_theses() = ToProto(thesis);
  message.set_next_page_token(runtime::PageToken(page.next));
  return message;
}

}  // namespace soutenance::submissions
