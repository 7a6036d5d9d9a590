#include "services/assignment/rpc/assignment_proto.h"

#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/base/error.h"
#include "services/runtime/wire/etags.h"
#include "services/runtime/wire/fields.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"

namespace soutenance::assignment {
namespace {

using runtime::IdFromName;
using runtime::Unless;

// The id of the thesis in "theses/{thesis}/jury".
std::string ThesisFromName(absl::string_view name, absl::string_view field,
                           std::vector<FieldViolation>& problems) {
  absl::string_view thesis = name;
  if (absl::ConsumeSuffix(&thesis, "/jury")) return IdFromName(thesis, "theses", field, problems);
  problems.push_back(
      {.field = std::string(field),
       .description = absl::StrCat("\"", name, "\" is not a name of the form theses/{thesis}/jury")});
  return "";
}

std::optional<Seat::Role> FromProto(pb::Seat::Role role) {
  switch (role) {
    case pb::Seat::ROLE_PRESIDENT:
      return Seat::Role::kPresident;
    case pb::Seat::ROLE_SUPERVISOR:
      return Seat::Role::kSupervisor;
    case pb::Seat::ROLE_REVIEWER:
      return Seat::Role::kReviewer;
    case pb::Seat::ROLE_EXAMINER:
      return Seat::Role::kExaminer;
    case pb::Seat::ROLE_COMPANY_TUTOR:
      return Seat::Role::kCompanyTutor;
    case pb::Seat::ROLE_GUEST:
      return Seat::Role::kGuest;
    default:  // unspecified, or a number that this program does not know
      return std::nullopt;
  }
}

std::optional<Seat::Mode> FromProto(pb::Seat::Mode mode) {
  switch (mode) {
    case pb::Seat::MODE_UNSPECIFIED:
    case pb::Seat::MODE_ON_SITE:
      return Seat::Mode::kOnSite;
    case pb::Seat::MODE_REMOTE:
      return Seat::Mode::kRemote;
    default:
      return std::nullopt;
  }
}

pb::Seat::Role ToProto(Seat::Role role) {
  switch (role) {
    case Seat::Role::kPresident:
      return pb::Seat::ROLE_PRESIDENT;
    case Seat::Role::kSupervisor:
      return pb::Seat::ROLE_SUPERVISOR;
    case Seat::Role::kReviewer:
      return pb::Seat::ROLE_REVIEWER;
    case Seat::Role::kExaminer:
      return pb::Seat::ROLE_EXAMINER;
    case Seat::Role::kCompanyTutor:
      return pb::Seat::ROLE_COMPANY_TUTOR;
    case Seat::Role::kGuest:
      return pb::Seat::ROLE_GUEST;
  }
  return pb::Seat::ROLE_UNSPECIFIED;
}

pb::Seat::Mode ToProto(Seat::Mode mode) {
  switch (mode) {
    case Seat::Mode::kOnSite:
      return pb::Seat::MODE_ON_SITE;
    case Seat::Mode::kRemote:
      return pb::Seat::MODE_REMOTE;
  }
  return pb::Seat::MODE_UNSPECIFIED;
}

}  // namespace

Jury JuryFromProto(const pb::Jury& message, absl::string_view at, std::vector<FieldViolation>& problems) {
  Jury jury{.thesis = ThesisFromName(message.name(), absl::StrCat(at, ".name"), problems),
            .programme = message.programme()};
  for (int i = 0; i < message.seats_size(); ++i) {
    const pb::Seat& seat = message.seats(i);
    const std::optional<Seat::Role> role = FromProto(seat.role());
    const std::optional<Seat::Mode> mode = FromProto(seat.mode());
    if (!role) {
      problems.push_back({.field = absl::StrCat(at, ".seats[", i, "].role"),
                          .description = "is missing or unknown; say as what the person sits"});
    }
    if (!mode) {
      problems.push_back({.field = absl::StrCat(at, ".seats[", i, "].mode"),
                          .description = "is unknown; a person is on site or remote"});
    }
    jury.seats.push_back({.person = seat.person(),
                          .role = role.value_or(Seat::Role::kExaminer),
                          .mode = mode.value_or(Seat::Mode::kOnSite)});
  }
  return jury;
}

absl::StatusOr<std::string> FromProto(const pb::GetJuryRequest& request) {
  std::vector<FieldViolation> problems;
  return Unless(problems, ThesisFromName(request.name(), "name", problems));
}

absl::StatusOr<JuryQuery> FromProto(const pb::ListJuriesRequest& request) {
  std::vector<FieldViolation> problems;
  JuryQuery query{.page = runtime::PageFromProto(request.page_size(), request.page_token(), problems),
                  .programme = request.programme()};
  if (!query.programme.empty()) IdFromName(query.programme, "programmes", "programme", problems);
  runtime::CheckCount(static_cast<std::size_t>(request.theses_size()), JuryQuery::kThesesMax, "theses",
                      problems);
  // Who names what they want has bounded the answer already.
  if (request.theses_size() > 0 && request.page_size() == 0) query.page.size = kPageSizeMax;
  std::set<std::string> seen;
  for (int i = 0; i < request.theses_size(); ++i) {
    std::string id = IdFromName(request.theses(i), "theses", absl::StrCat("theses[", i, "]"), problems);
    if (seen.insert(id).second) query.theses.push_back(std::move(id));
  }
  return Unless(problems, std::move(query));
}

absl::StatusOr<JuryReplacement> FromProto(const pb::SetJuryRequest& request) {
  std::vector<FieldViolation> problems;
  runtime::CheckRequestId(request.request_id(), problems);
  JuryReplacement replacement{.jury = JuryFromProto(request.jury(), "jury", problems),
                              .version = runtime::VersionFromEtag(request.jury().etag()),
                              .grounds = {.reason = request.reason()}};
  return Unless(problems, std::move(replacement));
}

absl::StatusOr<JuryDissolution> FromProto(const pb::DeleteJuryRequest& request) {
  std::vector<FieldViolation> problems;
  runtime::CheckRequestId(request.request_id(), problems);
  JuryDissolution dissolution{.thesis = ThesisFromName(request.name(), "name", problems),
                              .version = runtime::VersionFromEtag(request.etag()),
                              .grounds = {.reason = request.reason()}};
  return Unless(problems, std::move(dissolution));
}

absl::StatusOr<std::vector<Jury>> FromProto(const pb::BatchUpsertJuriesRequest& request) {
  std::vector<FieldViolation> problems;
  runtime::CheckRequestId(request.request_id(), problems);
  std::vector<Jury> juries;
  juries.reserve(static_cast<std::size_t>(request.juries_size()));
  for (int i = 0; i < request.juries_size(); ++i) {
    juries.push_back(JuryFromProto(request.juries(i), absl::StrCat("juries[", i, "]"), problems));
  }
  return Unless(problems, std::move(juries));
}

absl::StatusOr<std::map<std::string, std::string>> FromProto(const pb::FollowThesesRequest& request) {
  std::vector<FieldViolation> problems;
  std::map<std::string, std::string> programmes;
  for (int i = 0; i < request.places_size(); ++i) {
    const std::string at = absl::StrCat("places[", i, "]");
    IdFromName(request.places(i).programme(), "programmes", absl::StrCat(at, ".programme"), problems);
    programmes[IdFromName(request.places(i).thesis(), "theses", absl::StrCat(at, ".thesis"), problems)] =
        request.places(i).programme();
  }
  return Unless(problems, std::move(programmes));
}

absl::StatusOr<std::map<std::string, ThesisFacts>> ToBecome(const pb::BatchUpsertJuriesRequest& request) {
  std::vector<FieldViolation> problems;
  std::map<std::string, ThesisFacts> theses;
  for (int i = 0; i < request.theses_size(); ++i) {
    const pb::ThesisAsToBecome& message = request.theses(i);
    std::string id = IdFromName(message.name(), "theses", absl::StrCat("theses[", i, "].name"), problems);
    theses[id] = {.id = id,
                  .programme = message.programme(),
                  .authors = {message.authors().begin(), message.authors().end()},
                  .supervisor = message.supervisor(),
                  .company_tutor = message.company_tutor()};
  }
  return Unless(problems, std::move(theses));
}

pb::Jury ToProto(const Jury& jury) {
  pb::Jury message;
  message.set_name(jury.Name());
  message.set_etag(runtime::EtagFromVersion(jury.version));
  message.set_programme(jury.programme);
  for (const Seat& seat : jury.seats) {
    pb::Seat& place = *message.add_seats();
    place.set_person(seat.person);
    place.set_role(ToProto(seat.role));
    place.set_mode(ToProto(seat.mode));
  }
  return message;
}

pb::ListJuriesResponse ToProto(const Page<Jury>& page) {
  pb::ListJuriesResponse message;
  for (const Jury& jury : page.items) *message.add_juries() = ToProto(jury);
  message.set_next_page_token(runtime::PageToken(page.next));
  return message;
}

}  // namespace soutenance::assignment
