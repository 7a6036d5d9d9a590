#include "services/scheduling/rpc/timetable_proto.h"

#include <cstddef>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/id.h"
#include "services/runtime/wire/etags.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"
#include "services/scheduling/campaign_time.h"
#include "services/scheduling/defence.h"

namespace soutenance::scheduling {
namespace {

using Problems = std::vector<FieldViolation>;

constexpr int kAlternativesDefault = 5;
constexpr int kAlternativesMax = 50;
constexpr int kReasonCharactersMax = 500;
constexpr std::size_t kPinnedJurorsMax = 20;
constexpr int kReplanMsMax = 30'000;
constexpr int kRepairsDefault = 10;
constexpr int kRepairsMax = 50;
constexpr int kStepsMax = 100;

// `value`, unless there are problems.
template <typename T>
absl::StatusOr<T> Unless(Problems& problems, T value) {
  if (!problems.empty()) return InvalidFields(std::move(problems));
  return value;
}

// What is wrong with one field, taken from the status of its parser.
void AddProblem(const absl::Status& status, absl::string_view field, Problems& problems) {
  const std::vector<FieldViolation> fields = FactsOf(status).fields;
  problems.push_back({.field = std::string(field),
                      .description = fields.empty() ? std::string(status.message()) : fields[0].description});
}

TimetableReference ReadTimetable(absl::string_view name, absl::string_view field, Problems& problems) {
  absl::StatusOr<TimetableReference> reference = ParseTimetableName(name);
  if (reference.ok()) return *std::move(reference);
  AddProblem(reference.status(), field, problems);
  return {};
}

RunKey ReadRun(absl::string_view name, Problems& problems) {
  absl::StatusOr<RunKey> key = ParseRunName(name);
  if (key.ok()) return *std::move(key);
  AddProblem(key.status(), "name", problems);
  return {};
}

std::string ReadName(const std::string& name, absl::string_view collection, absl::string_view field,
                     Problems& problems) {
  const absl::StatusOr<std::string> id = ParseName(name, collection);
  if (!id.ok()) AddProblem(id.status(), field, problems);
  return name;
}

std::string ReadDefence(const std::string& name, Problems& problems) {
  const absl::StatusOr<DefenceKey> key = ParseDefenceName(name);
  if (!key.ok()) AddProblem(key.status(), "defence", problems);
  return name;
}

std::optional<Language> ReadLanguage(absl::string_view language, Problems& problems) {
  if (language == "fr") return Language::kFrench;
  if (language == "en") return Language::kEnglish;
  if (!language.empty()) {
    problems.push_back(
        {.field = "language",
         .description = absl::StrCat("is \"", language, "\"; expected \"fr\", \"en\" or nothing")});
  }
  return std::nullopt;
}

template <typename Request>
CampaignPage ReadPage(const Request& request, Problems& problems) {
  return {.campaign = ReadName(request.parent(), "campaigns", "parent", problems),
          .page = runtime::PageFromProto(request.page_size(), request.page_token(), problems)};
}

// Both or neither of `start` and `room`.
std::optional<Place> ReadPlace(const pb::MoveDefenceRequest& request, Problems& problems) {
  if (request.start().empty() && request.room().empty()) return std::nullopt;
  Place place{.room = ReadName(request.room(), "rooms", "room", problems)};
  const std::optional<absl::CivilMinute> start = ParseMoment(request.start());
  if (start) {
    place.start = *start;
  } else {
    problems.push_back(
        {.field = "start",
         .description = absl::StrCat("is \"", request.start(),
                                     "\"; expected a civil time such as \"2027-06-14T09:30\"; to "
                                     "unplace the defence leave start and room empty")});
  }
  return place;
}

std::vector<JurySeat> ReadHolders(const pb::MoveDefenceRequest& request, Problems& problems) {
  std::vector<JurySeat> holders;
  for (int i = 0; i < request.holders_size(); ++i) {
    const std::string field = absl::StrCat("holders[", i, "]");
    JurySeat seat{.person = ReadName(request.holders(i).person(), "people", field + ".person", problems)};
    const std::optional<SeatRole> role = ParseSeatRole(request.holders(i).role());
    if (role) {
      seat.role = *role;
    } else {
      problems.push_back({.field = field + ".role",
                          .description = absl::StrCat("is \"", request.holders(i).role(),
                                                      "\"; expected the role of an open seat, such as "
                                                      "\"reviewer\"")});
    }
    holders.push_back(std::move(seat));
  }
  return holders;
}

std::optional<solver::RepairStep::Kind> ReadKind(absl::string_view name) {
  for (const auto kind : {solver::RepairStep::Kind::kPersonFrees, solver::RepairStep::Kind::kExtraRoom,
                          solver::RepairStep::Kind::kExtraDay}) {
    if (solver::RepairKindName(kind) == name) return kind;
  }
  return std::nullopt;
}

RepairStep ReadStep(const pb::RepairStep& message, const std::string& field, Problems& problems) {
  RepairStep step;
  const std::optional<solver::RepairStep::Kind> kind = ReadKind(message.kind());
  if (kind) {
    step.kind = *kind;
  } else {
    problems.push_back({.field = field + ".kind",
                        .description = absl::StrCat("is \"", message.kind(),
                                                    "\"; expected \"person_frees\", \"extra_room\" or "
                                                    "\"extra_day\"")});
  }
  if (step.kind == solver::RepairStep::Kind::kPersonFrees) {
    step.person = ReadName(message.person(), "people", field + ".person", problems);
  }
  if (step.kind == solver::RepairStep::Kind::kExtraRoom && !message.room().empty()) {
    step.room = ReadName(message.room(), "rooms", field + ".room", problems);
  }
  const auto read_moment = [&](const std::string& text, const char* part, absl::CivilMinute& moment) {
    const std::optional<absl::CivilMinute> read = ParseMoment(text);
    if (read) {
      moment = *read;
      return;
    }
    problems.push_back({.field = absl::StrCat(field, ".", part),
                        .description = absl::StrCat(
                            "is \"", text, "\"; expected a civil time such as \"2027-06-14T09:30\"")});
  };
  read_moment(message.start(), "start", step.start);
  read_moment(message.end(), "end", step.end);
  return step;
}

void CheckReason(absl::string_view reason, Problems& problems) {
  int characters = 0;
  // The bytes of a character after its first are 10xxxxxx.
  for (const char byte : reason) characters += (static_cast<unsigned char>(byte) & 0xC0) != 0x80 ? 1 : 0;
  if (characters <= kReasonCharactersMax) return;
  problems.push_back(
      {.field = "override_reason",
       .description = absl::StrCat("has ", characters, " characters; at most ", kReasonCharactersMax)});
}

std::optional<Timetables::Format> ReadFormat(pb::ExportTimetableRequest::Format format) {
  switch (format) {
    case pb::ExportTimetableRequest::FORMAT_HTML:
      return Timetables::Format::kHtml;
    case pb::ExportTimetableRequest::FORMAT_CSV_FR:
      return Timetables::Format::kCsvFrench;
    case pb::ExportTimetableRequest::FORMAT_CSV:
      return Timetables::Format::kCsv;
    case pb::ExportTimetableRequest::FORMAT_ICS:
      return Timetables::Format::kIcs;
    case pb::ExportTimetableRequest::FORMAT_PDF:
      return Timetables::Format::kPdf;
    case pb::ExportTimetableRequest::FORMAT_PROBLEM:
      return Timetables::Format::kProblem;
    case pb::ExportTimetableRequest::FORMAT_TIMETABLE:
      return Timetables::Format::kTimetable;
    default:
      return std::nullopt;  // unspecified, or of a newer client
  }
}

}  // namespace

absl::StatusOr<Runs::Request> FromProto(const pb::CreateTimetableRunRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  const pb::RunParameters& asked = request.parameters();
  Runs::Request run{.campaign = ReadName(request.parent(), "campaigns", "parent", problems),
                    .parameters = {.seconds_max = asked.time_seconds_max(),
                                   .moves_max = asked.moves_max(),
                                   .seed = asked.seed(),
                                   .threads = asked.threads(),
                                   .base_timetable = asked.base_timetable()},
                    .validate_only = request.validate_only()};
  CheckRunParameters(run.parameters, "parameters.", problems);
  if (!asked.base_timetable().empty()) {
    ReadTimetable(asked.base_timetable(), "parameters.base_timetable", problems);
  }
  return Unless(problems, std::move(run));
}

absl::StatusOr<RunKey> FromProto(const pb::GetTimetableRunRequest& request) {
  Problems problems;
  RunKey key = ReadRun(request.name(), problems);
  return Unless(problems, std::move(key));
}

absl::StatusOr<CampaignPage> FromProto(const pb::ListTimetableRunsRequest& request) {
  Problems problems;
  CampaignPage page = ReadPage(request, problems);
  return Unless(problems, std::move(page));
}

absl::StatusOr<RunKey> FromProto(const pb::FollowTimetableRunRequest& request) {
  Problems problems;
  RunKey key = ReadRun(request.name(), problems);
  return Unless(problems, std::move(key));
}

absl::StatusOr<RunKey> FromProto(const pb::CancelTimetableRunRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  RunKey key = ReadRun(request.name(), problems);
  return Unless(problems, std::move(key));
}

absl::StatusOr<ExplainQuestion> FromProto(const pb::GetTimetableRequest& request) {
  Problems problems;
  ExplainQuestion question{.timetable = ReadTimetable(request.name(), "name", problems),
                           .language = ReadLanguage(request.language(), problems)};
  return Unless(problems, std::move(question));
}

absl::StatusOr<CampaignPage> FromProto(const pb::ListTimetablesRequest& request) {
  Problems problems;
  CampaignPage page = ReadPage(request, problems);
  return Unless(problems, std::move(page));
}

absl::StatusOr<ExplainQuestion> FromProto(const pb::ExplainTimetableRequest& request) {
  Problems problems;
  ExplainQuestion question{.timetable = ReadTimetable(request.name(), "name", problems),
                           .language = ReadLanguage(request.language(), problems)};
  return Unless(problems, std::move(question));
}

absl::StatusOr<Timetables::DefenceQuestion> FromProto(const pb::ExplainDefenceRequest& request) {
  Problems problems;
  Timetables::DefenceQuestion question{.timetable = ReadTimetable(request.name(), "name", problems),
                                       .defence = ReadDefence(request.defence(), problems),
                                       .language = ReadLanguage(request.language(), problems),
                                       .alternative_count = request.alternative_count() == 0
                                                                ? kAlternativesDefault
                                                                : request.alternative_count()};
  if (question.alternative_count < 0 || question.alternative_count > kAlternativesMax) {
    problems.push_back({.field = "alternative_count",
                        .description = absl::StrCat("is ", question.alternative_count, "; expected 0 to ",
                                                    kAlternativesMax, " (0: ", kAlternativesDefault, ")")});
  }
  return Unless(problems, std::move(question));
}

absl::StatusOr<Timetables::ComparisonQuestion> FromProto(const pb::CompareTimetablesRequest& request) {
  Problems problems;
  Timetables::ComparisonQuestion question{.before = ReadTimetable(request.before(), "before", problems),
                                          .after = ReadTimetable(request.after(), "after", problems),
                                          .language = ReadLanguage(request.language(), problems)};
  return Unless(problems, std::move(question));
}

absl::StatusOr<Timetables::RepairsQuestion> FromProto(const pb::FindRepairsRequest& request) {
  Problems problems;
  Timetables::RepairsQuestion question{
      .timetable = ReadTimetable(request.name(), "name", problems),
      .defence = request.defence().empty() ? std::string() : ReadDefence(request.defence(), problems),
      .language = ReadLanguage(request.language(), problems),
      .count = request.repair_count() == 0 ? kRepairsDefault : request.repair_count()};
  if (question.count < 0 || question.count > kRepairsMax) {
    problems.push_back({.field = "repair_count",
                        .description = absl::StrCat("is ", question.count, "; expected 0 to ", kRepairsMax,
                                                    " (0: ", kRepairsDefault, ")")});
  }
  return Unless(problems, std::move(question));
}

absl::StatusOr<Timetables::RepairRequest> FromProto(const pb::ApplyRepairRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  Timetables::RepairRequest repair{.timetable = ReadTimetable(request.name(), "name", problems),
                                   .version = runtime::VersionFromEtag(request.etag()),
                                   .validate_only = request.validate_only(),
                                   .language = ReadLanguage(request.language(), problems)};
  if (request.steps_size() > kStepsMax) {
    problems.push_back({.field = "steps", .description = absl::StrCat("has more than ", kStepsMax)});
    return Unless(problems, std::move(repair));
  }
  for (int i = 0; i < request.steps_size(); ++i) {
    repair.steps.push_back(ReadStep(request.steps(i), absl::StrCat("steps[", i, "]"), problems));
  }
  for (int i = 0; i < request.found_rooms_size(); ++i) {
    const std::string field = absl::StrCat("found_rooms[", i, "]");
    const pb::FoundRoom& found = request.found_rooms(i);
    std::string placeholder = ReadName(found.placeholder(), "rooms", field + ".placeholder", problems);
    repair.found_rooms[std::move(placeholder)] = ReadName(found.room(), "rooms", field + ".room", problems);
  }
  if (request.defences().empty() && request.found_rooms().empty()) {
    problems.push_back({.field = "defences", .description = "is empty; name those that must have a place"});
  }
  for (const std::string& defence : request.defences()) {
    repair.defences.push_back(ReadDefence(defence, problems));
  }
  return Unless(problems, std::move(repair));
}

absl::StatusOr<Timetables::MoveRequest> FromProto(const pb::MoveDefenceRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  Timetables::MoveRequest move{.timetable = ReadTimetable(request.name(), "name", problems),
                               .defence = ReadDefence(request.defence(), problems),
                               .to = ReadPlace(request, problems),
                               .holders = ReadHolders(request, problems),
                               .override_reason = request.override_reason(),
                               .version = runtime::VersionFromEtag(request.etag()),
                               .validate_only = request.validate_only(),
                               .language = ReadLanguage(request.language(), problems)};
  CheckReason(request.override_reason(), problems);
  return Unless(problems, std::move(move));
}

absl::StatusOr<Timetables::PinRequest> FromProto(const pb::PinDefenceRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  Timetables::PinRequest pin{
      .timetable = ReadTimetable(request.name(), "name", problems),
      .defence = ReadDefence(request.defence(), problems),
      .pin = {.day = request.pin().day(), .time = request.pin().time(), .room = request.pin().room()},
      .pin_mode = request.pin().mode(),
      .version = runtime::VersionFromEtag(request.etag()),
      .validate_only = request.validate_only()};
  for (int i = 0; i < request.pin().jurors_size(); ++i) {
    pin.pin.jurors.push_back(
        ReadName(request.pin().jurors(i), "people", absl::StrCat("pin.jurors[", i, "]"), problems));
  }
  if (pin.pin.jurors.size() > kPinnedJurorsMax) {
    problems.push_back(
        {.field = "pin.jurors",
         .description = absl::StrCat("are ", pin.pin.jurors.size(), "; at most ", kPinnedJurorsMax)});
  }
  return Unless(problems, std::move(pin));
}

absl::StatusOr<Timetables::ReplanRequest> FromProto(const pb::ReplanTimetableRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  Timetables::ReplanRequest replan{.timetable = ReadTimetable(request.name(), "name", problems),
                                   .seed = request.seed(),
                                   .version = runtime::VersionFromEtag(request.etag()),
                                   .validate_only = request.validate_only(),
                                   .language = ReadLanguage(request.language(), problems)};
  if (request.time_ms_max() < 0 || request.time_ms_max() > kReplanMsMax) {
    problems.push_back({.field = "time_ms_max",
                        .description = absl::StrCat("is ", request.time_ms_max(), "; expected 1 to ",
                                                    kReplanMsMax, ", or 0 for 1000")});
  } else if (request.time_ms_max() > 0) {
    replan.time_max = absl::Milliseconds(request.time_ms_max());
  }
  if (!request.now().empty()) {
    replan.now = ParseMoment(request.now());
    if (!replan.now) {
      problems.push_back({.field = "now",
                          .description = absl::StrCat("is \"", request.now(),
                                                      "\"; expected a civil time such as "
                                                      "\"2027-06-10T08:00\", or nothing for now")});
    }
  }
  return Unless(problems, std::move(replan));
}

absl::StatusOr<Timetables::PublishRequest> FromProto(const pb::PublishTimetableRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  Timetables::PublishRequest publish{.timetable = ReadTimetable(request.name(), "name", problems),
                                     .version = runtime::VersionFromEtag(request.etag()),
                                     .allow_incomplete = request.allow_incomplete(),
                                     .validate_only = request.validate_only(),
                                     .language = ReadLanguage(request.language(), problems)};
  return Unless(problems, std::move(publish));
}

absl::StatusOr<Timetables::JuriesRequest> FromProto(const pb::ApplyJuriesRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  Timetables::JuriesRequest juries{.timetable = ReadTimetable(request.name(), "name", problems),
                                   .version = runtime::VersionFromEtag(request.etag()),
                                   .validate_only = request.validate_only()};
  return Unless(problems, std::move(juries));
}

absl::StatusOr<Timetables::DeleteRequest> FromProto(const pb::DeleteTimetableRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  Timetables::DeleteRequest remove{.timetable = ReadTimetable(request.name(), "name", problems),
                                   .version = runtime::VersionFromEtag(request.etag()),
                                   .validate_only = request.validate_only()};
  return Unless(problems, std::move(remove));
}

absl::StatusOr<Timetables::ExportRequest> FromProto(const pb::ExportTimetableRequest& request) {
  Problems problems;
  Timetables::ExportRequest document{.timetable = ReadTimetable(request.name(), "name", problems),
                                     .language = ReadLanguage(request.language(), problems),
                                     .only = request.only()};
  const std::optional<Timetables::Format> format = ReadFormat(request.format());
  if (format) {
    document.format = *format;
  } else {
    problems.push_back(
        {.field = "format",
         .description = "is not known; expected FORMAT_HTML, CSV_FR, CSV, ICS, PDF or PROBLEM"});
  }
  if (!request.only().empty() && !ParseName(request.only(), "people").ok() &&
      !ParseName(request.only(), "rooms").ok()) {
    problems.push_back(
        {.field = "only",
         .description = absl::StrCat("is \"", request.only(),
                                     "\"; expected \"people/{id}\", \"rooms/{id}\" or nothing")});
  }
  return Unless(problems, std::move(document));
}

}  // namespace soutenance::scheduling
