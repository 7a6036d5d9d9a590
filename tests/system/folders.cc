#include "tests/system/folders.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace soutenance::system_test {
namespace {

void Add(directory::v1::CreateImportRequest& request, const std::string& name, const std::string& content) {
  directory::v1::ImportFile* const file = request.add_files();
  file->set_name(name);
  file->set_content(content);
}

}  // namespace

directory::v1::CreateImportRequest Cohort() {
  directory::v1::CreateImportRequest request;
  for (const auto& entry : std::filesystem::directory_iterator(SOUTENANCE_SOURCE_DIR "/tests/cohort")) {
    if (entry.path().extension() != ".csv") continue;
    std::ostringstream bytes;
    bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    Add(request, entry.path().filename(), bytes.str());
  }
  return request;
}

directory::v1::CreateImportRequest LargeCampaign(int theses, int title_characters) {
  std::string people = "id,family_name,email\n";
  std::string works = "id,title,authors,supervisor\n";
  std::string juries = "thesis,person,role\n";
  for (int i = 0; i < theses; ++i) {
    for (const char role : {'a', 's', 'x', 'y'}) {
      absl::StrAppendFormat(&people, "%c%04d,Person %c %d,%c%04d@example.test\n", role, i, role, i, role, i);
    }
    absl::StrAppendFormat(&works, "m%04d,%s,a%04d,s%04d\n", i,
                          std::string(static_cast<size_t>(title_characters), 'T'), i, i);
    absl::StrAppendFormat(&juries, "m%04d,x%04d,president\nm%04d,s%04d,supervisor\nm%04d,y%04d,reviewer\n", i,
                          i, i, i, i, i);
  }
  std::string rooms = "id,name\n";
  for (int i = 0; i < 10; ++i) absl::StrAppend(&rooms, "r", i, ",Room ", i, "\n");
  directory::v1::CreateImportRequest request;
  Add(request, "campaign.csv",
      "key,value\nid,large\ntitle,Large campaign\nprogramme,large\ndays,2027-01-04..2027-05-28\n"
      "hours,08:00-18:00\ngrid,60\nduration,60\nlanguage,en\n");
  Add(request, "people.csv", people);
  Add(request, "rooms.csv", rooms);
  Add(request, "theses.csv", works);
  Add(request, "juries.csv", juries);
  Add(request, "availability.csv", "person,day,from,to,answer\n");
  return request;
}

}  // namespace soutenance::system_test
