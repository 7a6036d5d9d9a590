#include "clients/cli/school_clock.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "clients/cli/dates.h"
#include "soutenance/directory/v1/directory.pb.h"
#include "soutenance/submissions/v1/submissions.pb.h"

namespace soutenance::cli {

std::string SchoolClock::ProgrammeOf(const std::string& name) {
  const std::vector<std::string> parts = absl::StrSplit(name, '/');
  if (parts.size() < 2) return "";
  const std::string top = absl::StrCat(parts[0], "/", parts[1]);
  if (parts[0] == "programmes") return top;
  if (parts[0] != "theses") return "";
  const auto [known, is_new] = programmes_.try_emplace(top);
  if (is_new) {
    submissions::v1::GetThesisRequest request;
    request.set_name(top);
    const auto thesis = session_.Call<submissions::v1::Thesis>(request);
    if (thesis.ok()) known->second = thesis->programme();
  }
  return known->second;
}

const std::string& SchoolClock::ZoneOf(const std::string& name) {
  const std::string programme = ProgrammeOf(name);
  const auto [known, is_new] = zones_.try_emplace(programme);
  if (is_new && !programme.empty()) {
    directory::v1::GetProgrammeRequest request;
    request.set_name(programme);
    const auto found = session_.Call<directory::v1::Programme>(request);
    if (found.ok()) known->second = found->time_zone();
  }
  return known->second;
}

std::string SchoolClock::Show(const std::string& name, const google::protobuf::Timestamp& instant) {
  if (instant.seconds() == 0 || session_.json()) return InstantText(instant);
  absl::TimeZone zone;
  const std::string& known = ZoneOf(name);
  if (known.empty() || !absl::LoadTimeZone(known, &zone)) return InstantText(instant);
  return absl::FormatTime("%Y-%m-%d %H:%M", absl::FromUnixSeconds(instant.seconds()), zone);
}

}  // namespace soutenance::cli
