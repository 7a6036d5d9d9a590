#include "services/directory/programme.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/directory/checks.h"

namespace soutenance::directory {
namespace {

constexpr Field<Programme> kFields[] = {
    {"title", [](const Programme& p) { return p.title; },
     [](const Programme& from, Programme& to) { to.title = from.title; }},
    {"institution", [](const Programme& p) { return p.institution; },
     [](const Programme& from, Programme& to) { to.institution = from.institution; }},
    {"time_zone", [](const Programme& p) { return p.time_zone; },
     [](const Programme& from, Programme& to) { to.time_zone = from.time_zone; }},
    {"language", [](const Programme& p) { return p.language; },
     [](const Programme& from, Programme& to) { to.language = from.language; }},
};

// The zone database is a folder of files: a name may not lead out of it.
bool IsTimeZone(const std::string& name) {
  absl::TimeZone zone;
  return !absl::StartsWith(name, "/") && !absl::StrContains(name, "..") && absl::LoadTimeZone(name, &zone);
}

}  // namespace

std::string ProgrammeName(absl::string_view id) { return absl::StrCat("programmes/", id); }

absl::Span<const Field<Programme>> ProgrammeFields() { return kFields; }

void Check(const Programme& programme, absl::string_view prefix, std::vector<FieldViolation>& problems) {
  const auto at = [&](absl::string_view field) { return absl::StrCat(prefix, field); };
  CheckText(programme.title, Presence::kRequired, kTitleCharactersMax, at("title"), problems);
  CheckText(programme.institution, Presence::kOptional, kTitleCharactersMax, at("institution"), problems);
  if (!IsTimeZone(programme.time_zone)) {
    problems.push_back({at("time_zone"), "is not the name of a time zone such as Europe/Paris"});
  }
  if (programme.language != "fr" && programme.language != "en") {
    problems.push_back({at("language"), "is neither \"fr\" nor \"en\""});
  }
}

}  // namespace soutenance::directory
