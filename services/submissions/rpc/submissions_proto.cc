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

constexpr int64_t kLatestSecond = 7'258'118'400;  // the year 2200

// What a person fills in. Name, etag and state are the server's. Without a level, "confidential" says it.
Thesis ValuesFromProto(const pb::Thesis& message, absl::string_view at,
                       std::vector<FieldViolation>& problems) {
  Thesis thesis{.title = message.title(),
                .authors = {message.authors().begin(), message.authors().end()},
                .supervisor = message.supervisor(),
                .company_tutor = message.company_tutor(),
                .programme = message.programme(),
                .cohort = message.cohort(),
                .abstract = message.abstract(),
                .keywords = {message.keywords().begin(), message.keywords().end()}};
  if (message.level() != pb::CONFIDENTIALITY_UNSPECIFIED) {
    thesis.level = LevelFromProto(message.level());
  } else if (message.confidential()) {
    thesis.level = Confidentiality::kClosedSession;
  }
  if (!message.language().empty()) thesis.language = message.language();
  thesis.confidential_until =
      TimeFromProto(message.has_confidential_until_time(), message.confidential_until_time(),
                    absl::StrCat(at, ".confidential_until_time"), problems);
  thesis.embargo_until = TimeFromProto(message.has_embargo_until_time(), message.embargo_until_time(),
                                       absl::StrCat(at, ".embargo_until_time"), problems);
  return thesis;
}

pb::Thesis::State ToProto(ThesisState state) { return static_cast<pb::Thesis::State>(state); }
pb::ThesisEvent ToProto(ThesisEvent event) { return static_cast<pb::ThesisEvent>(event); }

std::optional<ThesisEvent> EventFromProto(pb::ThesisEvent event) {
  if (event < static_cast<int>(kFirstThesisEvent) || event > static_cast<int>(kLastThesisEvent))
    return std::nullopt;
  return static_cast<ThesisEvent>(event);
}

// The list requests of a thesis have the same fields.
template <typename Request>
absl::StatusOr<PartOf> PartFromProto(const Request& request) {
  std::vector<FieldViolation> problems;
  PartOf part{.parent = IdFromName(request.parent(), kTheses, "parent", problems),
              .page = runtime::PageFromProto(request.page_size(), request.page_token(), problems)};
  return Unless(problems, std::move(part));
}

void AddActors(Actors actors, google::protobuf::RepeatedPtrField<std::string>& words) {
  for (const Actor actor : kActors) {
    if (actors.Has(actor)) *words.Add() = std::string(ActorName(actor));
  }
}

pb::ThesisTransition ToProto(const Possibility& possibility) {
  pb::ThesisTransition message;
  message.set_event(ToProto(possibility.event));
  message.set_to(ToProto(possibility.to));
  message.set_possible(possibility.IsPossible());
  message.set_from_here(possibility.is_from_here);
  message.set_yours(possibility.is_yours);
  AddActors(possibility.who, *message.mutable_who());
  for (const Unmet& unmet : possibility.unmet) {
    pb::ThesisTransition::Condition& condition = *message.add_unmet();
    condition.set_word(unmet.word);
    condition.set_explanation(unmet.explanation);
    condition.set_waivable(unmet.is_waivable);
  }
  message.set_needs_reason(possibility.needs_reason);
  message.set_needs_until(possibility.needs_until);
  AddActors(possibility.told, *message.mutable_told());
  for (int i = static_cast<int>(kFirstThesisState); i <= static_cast<int>(kLastThesisState); ++i) {
    const auto state = static_cast<ThesisState>(i);
    if (possibility.from.Has(state)) message.add_from(ToProto(state));
  }
  return message;
}

std::vector<absl::string_view> ChangeableFields() {
  std::vector<absl::string_view> names;
  for (const ThesisField field : kThesisFields) names.push_back(FieldName(field));
  return names;
}

}  // namespace

// The numbers are one more than ours, and 0 is what is not said.
Confidentiality LevelFromProto(pb::Confidentiality level) {
  switch (level) {
    case pb::CONFIDENTIALITY_PUBLIC:
      return Confidentiality::kPublic;
    case pb::CONFIDENTIALITY_UNSPECIFIED:
    case pb::CONFIDENTIALITY_INTERNAL:
      return Confidentiality::kInternal;
    case pb::CONFIDENTIALITY_JURY:
      return Confidentiality::kJury;
    default:
      // What a newer client means by a level that is not known here, is at least this.
      return Confidentiality::kClosedSession;
  }
}

pb::Confidentiality LevelToProto(Confidentiality level) {
  switch (level) {
    case Confidentiality::kPublic:
      return pb::CONFIDENTIALITY_PUBLIC;
    case Confidentiality::kInternal:
      return pb::CONFIDENTIALITY_INTERNAL;
    case Confidentiality::kJury:
      return pb::CONFIDENTIALITY_JURY;
    case Confidentiality::kClosedSession:
      return pb::CONFIDENTIALITY_CLOSED_SESSION;
  }
  return pb::CONFIDENTIALITY_CLOSED_SESSION;
}

std::optional<absl::Time> TimeFromProto(bool is_set, const google::protobuf::Timestamp& time,
                                        absl::string_view field, std::vector<FieldViolation>& problems) {
  if (!is_set) return std::nullopt;
  if (time.seconds() <= 0 || time.seconds() >= kLatestSecond || time.nanos() < 0 ||
      time.nanos() >= 1'000'000'000) {
    problems.push_back(
        {.field = std::string(field), .description = "is not an instant between 1970 and 2200"});
    return std::nullopt;
  }
  return absl::FromUnixMicros(time.seconds() * 1'000'000 + time.nanos() / 1000);
}

void SetTime(const std::optional<absl::Time>& time, google::protobuf::Timestamp* message) {
  const int64_t micros = absl::ToUnixMicros(*time);
  message->set_seconds(micros / 1'000'000);
  message->set_nanos(static_cast<int32_t>(micros % 1'000'000 * 1000));
}

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
  query.cohort = request.cohort();
  for (const int state : request.states()) {
    if (state >= static_cast<int>(kFirstThesisState) && state <= static_cast<int>(kLastThesisState)) {
      query.states.Add(static_cast<ThesisState>(state));
    } else {
      problems.push_back({.field = "states", .description = "has a state that is not known here"});
    }
  }
  query.text = request.text();
  CheckText(query.text, ThesisQuery::kTextBytesMax, false, "text", problems);
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
  Thesis thesis = ValuesFromProto(request.thesis(), "thesis", problems);
  thesis.id = request.thesis_id();
  return Unless(problems, std::move(thesis));
}

absl::StatusOr<Proposal> FromProto(const pb::ProposeThesisRequest& request) {
  std::vector<FieldViolation> problems;
  runtime::CheckRequestId(request.request_id(), problems);
  if (const absl::Status status = CheckId(request.thesis_id()); !status.ok()) {
    problems.push_back({.field = "thesis_id", .description = std::string(status.message())});
  }
  Proposal proposal{.thesis = ValuesFromProto(request.thesis(), "thesis", problems),
                    .is_draft = request.draft()};
  proposal.thesis.id = request.thesis_id();
  return Unless(problems, std::move(proposal));
}

absl::StatusOr<Opinion> FromProto(const pb::GiveOpinionRequest& request) {
  std::vector<FieldViolation> problems;
  runtime::CheckRequestId(request.request_id(), problems);
  const pb::Opinion& message = request.opinion();
  Opinion opinion{.thesis = IdFromName(message.thesis(), kTheses, "opinion.thesis", problems),
                  .comment = message.comment()};
  if (message.side() < pb::Opinion::SIDE_PROGRAMME || message.side() > pb::Opinion::SIDE_COMPANY) {
    problems.push_back({.field = "opinion.side", .description = "is missing or not known here"});
  } else {
    opinion.side = static_cast<Opinion::Side>(message.side());
  }
  if (message.verdict() < pb::Opinion::VERDICT_FAVOURABLE ||
      message.verdict() > pb::Opinion::VERDICT_UNFAVOURABLE) {
    problems.push_back({.field = "opinion.verdict", .description = "is missing or not known here"});
  } else {
    opinion.verdict = static_cast<Opinion::Verdict>(message.verdict());
  }
  return Unless(problems, std::move(opinion));
}

absl::StatusOr<ThesisTransition> FromProto(const pb::TransitionThesisRequest& request) {
  std::vector<FieldViolation> problems;
  runtime::CheckRequestId(request.request_id(), problems);
  ThesisTransition transition{.id = IdFromName(request.name(), kTheses, "name", problems),
                              .reason = request.reason(),
                              .waive = {request.waive().begin(), request.waive().end()},
                              .version = runtime::VersionFromEtag(request.etag())};
  if (const std::optional<ThesisEvent> event = EventFromProto(request.event())) {
    transition.event = *event;
  } else {
    problems.push_back({.field = "event", .description = "is missing or not known here"});
  }
  transition.until = TimeFromProto(request.has_until_time(), request.until_time(), "until_time", problems);
  return Unless(problems, std::move(transition));
}

absl::StatusOr<Consent> FromProto(const pb::SetConsentRequest& request) {
  std::vector<FieldViolation> problems;
  runtime::CheckRequestId(request.request_id(), problems);
  Consent consent{.id = IdFromName(request.name(), kTheses, "name", problems),
                  .is_given = request.consent(),
                  .version = runtime::VersionFromEtag(request.etag())};
  consent.embargo_until = TimeFromProto(request.has_embargo_until_time(), request.embargo_until_time(),
                                        "embargo_until_time", problems);
  return Unless(problems, std::move(consent));
}

absl::StatusOr<PartOf> FromProto(const pb::ListOpinionsRequest& request) { return PartFromProto(request); }
absl::StatusOr<PartOf> FromProto(const pb::ListThesisTransitionsRequest& request) {
  return PartFromProto(request);
}
absl::StatusOr<PartOf> FromProto(const pb::ListThesisHistoryRequest& request) {
  return PartFromProto(request);
}
absl::StatusOr<PartOf> FromProto(const pb::ListNoticesRequest& request) {
  std::vector<FieldViolation> problems;
  PartOf part{.parent = request.programme(),
              .page = runtime::PageFromProto(request.page_size(), request.page_token(), problems)};
  if (!part.parent.empty()) IdFromName(part.parent, "programmes", "programme", problems);
  return Unless(problems, std::move(part));
}

absl::StatusOr<ThesisUpdate> FromProto(const pb::UpdateThesisRequest& request) {
  std::vector<FieldViolation> problems;
  runtime::CheckRequestId(request.request_id(), problems);
  ThesisUpdate update{.values = ValuesFromProto(request.thesis(), "thesis", problems),
                      .version = runtime::VersionFromEtag(request.thesis().etag())};
  update.values.id = IdFromName(request.thesis().name(), kTheses, "thesis.name", problems);
  const std::vector<std::string> names =
      runtime::FieldsFromMask(request.update_mask(), ChangeableFields(), problems);
  for (const ThesisField field : kThesisFields) {
    if (std::find(names.begin(), names.end(), FieldName(field)) != names.end())
      update.fields.push_back(field);
  }
  // Two words for one thing: where both are given, or all fields are, the level is the one that counts.
  if (request.thesis().level() != pb::CONFIDENTIALITY_UNSPECIFIED) {
    update.fields.erase(std::remove(update.fields.begin(), update.fields.end(), ThesisField::kConfidential),
                        update.fields.end());
  } else if (request.update_mask().paths().empty()) {
    update.fields.erase(std::remove(update.fields.begin(), update.fields.end(), ThesisField::kLevel),
                        update.fields.end());
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
    Thesis& thesis = theses.emplace_back(ValuesFromProto(message, absl::StrCat("theses[", i, "]"), problems));
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
  message.set_confidential(IsConfidential(thesis.level));
  message.set_language(thesis.language);
  message.set_state(ToProto(thesis.state));
  message.set_abstract(thesis.abstract);
  for (const std::string& keyword : thesis.keywords) message.add_keywords(keyword);
  message.set_level(LevelToProto(thesis.level));
  if (thesis.confidential_until)
    SetTime(thesis.confidential_until, message.mutable_confidential_until_time());
  if (thesis.embargo_until) SetTime(thesis.embargo_until, message.mutable_embargo_until_time());
  for (const std::string& author : thesis.consents) message.add_consents(author);
  if (thesis.state_until) SetTime(thesis.state_until, message.mutable_state_until_time());
  message.set_problem(thesis.problem);
  return message;
}

pb::Opinion ToProto(const Opinion& opinion) {
  pb::Opinion message;
  message.set_thesis(absl::StrCat("theses/", opinion.thesis));
  message.set_side(static_cast<pb::Opinion::Side>(opinion.side));
  message.set_verdict(static_cast<pb::Opinion::Verdict>(opinion.verdict));
  message.set_comment(opinion.comment);
  message.set_account(opinion.account);
  SetTime(opinion.given, message.mutable_give_time());
  return message;
}

pb::ThesisChange ToProto(const ThesisChange& change) {
  pb::ThesisChange message;
  message.set_number(change.number);
  message.set_event(ToProto(change.event));
  if (change.from) message.set_from(ToProto(*change.from));
  message.set_to(ToProto(change.to));
  message.set_reason(change.reason);
  message.set_account(change.account);
  SetTime(change.time, message.mutable_change_time());
  if (change.until) SetTime(change.until, message.mutable_until_time());
  for (const std::string& word : change.waived) message.add_waived(word);
  return message;
}

pb::Notice ToProto(const Notice& notice) {
  pb::Notice message;
  message.set_name(notice.Name());
  message.set_thesis(absl::StrCat("theses/", notice.thesis));
  message.set_change(notice.change);
  message.set_event(ToProto(notice.event));
  message.set_to(ToProto(notice.to));
  message.set_person(notice.person);
  message.set_role(notice.role);
  message.set_programme(notice.programme);
  SetTime(notice.time, message.mutable_change_time());
  return message;
}

pb::ListThesisTransitionsResponse ToProto(const Possibilities& possibilities) {
  pb::ListThesisTransitionsResponse message;
  for (const Possibility& each : possibilities.events) *message.add_transitions() = ToProto(each);
  message.set_state(ToProto(possibilities.state));
  message.set_etag(runtime::EtagFromVersion(possibilities.version));
  return message;
}

pb::ListThesesResponse ToProto(const Page<Thesis>& page) {
  pb::ListThesesResponse message;
  for (const Thesis& thesis : page.items) *message.add_theses() = ToProto(thesis);
  message.set_next_page_token(runtime::PageToken(page.next));
  return message;
}

}  // namespace soutenance::submissions
