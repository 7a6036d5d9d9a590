#include "services/assignment/profile.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/record.h"

namespace soutenance::assignment {
namespace {

constexpr int kLoadMax = 1000;
constexpr int kYearMin = 1900;
constexpr int kYearMax = 2200;

class Checked {
 public:
  Checked(absl::string_view at, std::vector<FieldViolation>& problems) : at_(at), problems_(problems) {}

  void Say(absl::string_view field, std::string description) {
    problems_.push_back({.field = absl::StrCat(at_, ".", field), .description = std::move(description)});
  }
  void Bytes(absl::string_view field, const std::string& text, std::size_t bytes_max) {
    if (text.size() > bytes_max) {
      Say(field, absl::StrCat("has ", text.size(), " bytes; at most ", bytes_max, " are kept"));
    }
  }
  void Count(absl::string_view field, std::size_t count, std::size_t count_max) {
    if (count > count_max)
      Say(field, absl::StrCat("has ", count, " entries; at most ", count_max, " are kept"));
  }
  void Limit(absl::string_view field, int value, int least) {
    if (value < least || value > kLoadMax) {
      Say(field, absl::StrCat("is ", value, "; expected ", least, " to ", kLoadMax));
    }
  }

 private:
  const std::string at_;
  std::vector<FieldViolation>& problems_;
};

bool IsLanguage(absl::string_view text) {
  return text.size() == 2 && absl::ascii_islower(static_cast<unsigned char>(text[0])) &&
         absl::ascii_islower(static_cast<unsigned char>(text[1]));
}

void CheckWords(const Profile& profile, Checked& check) {
  check.Count("languages", profile.languages.size(), Profile::kLanguagesMax);
  std::set<absl::string_view> languages;
  for (std::size_t i = 0; i < profile.languages.size(); ++i) {
    const std::string field = absl::StrCat("languages[", i, "]");
    const std::string& language = profile.languages[i];
    if (!IsLanguage(language)) {
      check.Say(field,
                absl::StrCat("is \"", language, "\"; expected two small letters such as \"fr\" (ISO 639-1)"));
    } else if (!languages.insert(language).second) {
      check.Say(field, absl::StrCat("says \"", language, "\" again"));
    }
  }
  check.Count("keywords", profile.keywords.size(), Profile::kKeywordsMax);
  std::set<absl::string_view> keywords;
  for (std::size_t i = 0; i < profile.keywords.size(); ++i) {
    const std::string field = absl::StrCat("keywords[", i, "]");
    const std::string& keyword = profile.keywords[i];
    check.Bytes(field, keyword, Profile::kKeywordBytesMax);
    if (keyword.empty()) check.Say(field, "is empty");
    if (!keyword.empty() && !keywords.insert(keyword).second) {
      check.Say(field, absl::StrCat("says \"", keyword, "\" again"));
    }
  }
}

void CheckLoad(const LoadLimits& load, Checked& check) {
  check.Limit("load.per_campaign_max", load.per_campaign_max, 0);
  check.Limit("load.per_day_max", load.per_day_max, 0);
  std::set<Seat::Role> roles;
  for (std::size_t i = 0; i < load.roles.size(); ++i) {
    const std::string field = absl::StrCat("load.roles[", i, "]");
    check.Limit(absl::StrCat(field, ".per_campaign_max"), load.roles[i].per_campaign_max, 1);
    if (!roles.insert(load.roles[i].role).second) {
      check.Say(absl::StrCat(field, ".role"),
                absl::StrCat(SeatRoleName(load.roles[i].role), " has a limit already"));
    }
  }
}

std::string ForPerson(bool value) { return value ? "yes" : "no"; }

std::string ForPerson(const LoadLimits& load) {
  std::vector<std::string> limits;
  if (load.per_campaign_max > 0) limits.push_back(absl::StrCat(load.per_campaign_max, " a campaign"));
  if (load.per_day_max > 0) limits.push_back(absl::StrCat(load.per_day_max, " a day"));
  for (const LoadLimits::OfRole& limit : load.roles) {
    limits.push_back(absl::StrCat(limit.per_campaign_max, " as ", SeatRoleName(limit.role)));
  }
  return absl::StrJoin(limits, ", ");
}

std::string ForPerson(const std::vector<PastThesis>& theses) {
  return absl::StrJoin(theses, "; ", [](std::string* out, const PastThesis& thesis) {
    absl::StrAppend(out, thesis.title);
    if (thesis.year > 0) absl::StrAppend(out, " (", thesis.year, ")");
  });
}

void WriteTexts(const std::vector<std::string>& texts, RecordWriter& out) {
  out.Integer(static_cast<int64_t>(texts.size()));
  for (const std::string& text : texts) out.Text(text);
}

std::vector<std::string> ReadTexts(RecordReader& in) {
  std::vector<std::string> texts;
  for (int64_t left = in.Integer(); left > 0 && !in.IsAtEnd(); --left) texts.push_back(in.Text());
  return texts;
}

}  // namespace

absl::string_view RankName(Rank rank) {
  switch (rank) {
    case Rank::kUnknown:
      return "unknown";
    case Rank::kA:
      return "a";
    case Rank::kB:
      return "b";
    case Rank::kOther:
      return "other";
    case Rank::kNone:
      return "none";
  }
  return "";
}

absl::string_view SectorName(Sector sector) {
  switch (sector) {
    case Sector::kUnknown:
      return "unknown";
    case Sector::kAcademic:
      return "academic";
    case Sector::kProfessional:
      return "professional";
  }
  return "";
}

absl::string_view AttendanceName(Attendance attendance) {
  switch (attendance) {
    case Attendance::kAny:
      return "any";
    case Attendance::kPrefersOnSite:
      return "prefers_on_site";
    case Attendance::kPrefersRemote:
      return "prefers_remote";
    case Attendance::kOnSiteOnly:
      return "on_site_only";
    case Attendance::kRemoteOnly:
      return "remote_only";
  }
  return "";
}

absl::string_view GenderName(Gender gender) {
  switch (gender) {
    case Gender::kUnknown:
      return "unknown";
    case Gender::kWoman:
      return "woman";
    case Gender::kMan:
      return "man";
  }
  return "";
}

std::string Profile::Name() const { return absl::StrCat("people/", person, "/profile"); }

std::string Profile::PersonName() const { return absl::StrCat("people/", person); }

std::string Profile::Serialize() const {
  RecordWriter out;
  out.Text(person).Integer(version).Integer(static_cast<int>(rank)).Integer(static_cast<int>(sector));
  out.Text(institution).Text(company);
  out.Integer(may_preside ? 1 : 0).Integer(emeritus ? 1 : 0).Integer(habilitated ? 1 : 0);
  WriteTexts(languages, out);
  out.Integer(static_cast<int>(attendance));
  WriteTexts(keywords, out);
  out.Text(expertise).Integer(static_cast<int64_t>(past_theses.size()));
  for (const PastThesis& thesis : past_theses) out.Text(thesis.title).Text(thesis.text).Integer(thesis.year);
  out.Integer(load.per_campaign_max).Integer(load.per_day_max);
  out.Integer(static_cast<int64_t>(load.roles.size()));
  for (const LoadLimits::OfRole& limit : load.roles) {
    out.Integer(static_cast<int>(limit.role)).Integer(limit.per_campaign_max);
  }
  out.Integer(static_cast<int>(gender));
  return out.bytes();
}

absl::StatusOr<Profile> Profile::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  Profile profile;
  profile.person = in.Text();
  profile.version = in.Integer();
  profile.rank = static_cast<Rank>(in.Integer());
  profile.sector = static_cast<Sector>(in.Integer());
  profile.institution = in.Text();
  profile.company = in.Text();
  profile.may_preside = in.Integer() != 0;
  profile.emeritus = in.Integer() != 0;
  profile.habilitated = in.Integer() != 0;
  profile.languages = ReadTexts(in);
  profile.attendance = static_cast<Attendance>(in.Integer());
  profile.keywords = ReadTexts(in);
  profile.expertise = in.Text();
  for (int64_t left = in.Integer(); left > 0 && !in.IsAtEnd(); --left) {
    PastThesis thesis;
    thesis.title = in.Text();
    thesis.text = in.Text();
    thesis.year = static_cast<int>(in.Integer());
    profile.past_theses.push_back(std::move(thesis));
  }
  profile.load.per_campaign_max = static_cast<int>(in.Integer());
  profile.load.per_day_max = static_cast<int>(in.Integer());
  for (int64_t left = in.Integer(); left > 0 && !in.IsAtEnd(); --left) {
    const auto role = static_cast<Seat::Role>(in.Integer());
    profile.load.roles.push_back({.role = role, .per_campaign_max = static_cast<int>(in.Integer())});
  }
  profile.gender = static_cast<Gender>(in.Integer());
  if (!in.IsComplete()) return absl::DataLossError("the bytes are not a profile");
  return profile;
}

void CheckProfile(const Profile& profile, absl::string_view at, std::vector<FieldViolation>& problems) {
  Checked check(at, problems);
  check.Bytes("institution", profile.institution, Profile::kNameBytesMax);
  check.Bytes("company", profile.company, Profile::kNameBytesMax);
  CheckWords(profile, check);
  check.Bytes("expertise", profile.expertise, Profile::kExpertiseBytesMax);
  check.Count("past_theses", profile.past_theses.size(), Profile::kPastThesesMax);
  for (std::size_t i = 0; i < profile.past_theses.size(); ++i) {
    const PastThesis& thesis = profile.past_theses[i];
    const std::string field = absl::StrCat("past_theses[", i, "]");
    if (thesis.title.empty()) check.Say(absl::StrCat(field, ".title"), "is missing");
    check.Bytes(absl::StrCat(field, ".title"), thesis.title, PastThesis::kTitleBytesMax);
    check.Bytes(absl::StrCat(field, ".text"), thesis.text, PastThesis::kTextBytesMax);
    if (thesis.year != 0 && (thesis.year < kYearMin || thesis.year > kYearMax)) {
      check.Say(absl::StrCat(field, ".year"), absl::StrCat("is ", thesis.year, "; expected ", kYearMin,
                                                           " to ", kYearMax, ", or 0 for not known"));
    }
  }
  CheckLoad(profile.load, check);
}

std::vector<Change::Field> Differences(const Profile& before, const Profile& after) {
  std::vector<Change::Field> differences;
  const auto compare = [&](const char* name, std::string was, std::string is) {
    if (was != is) differences.push_back({.name = name, .before = std::move(was), .after = std::move(is)});
  };
  const auto words = [](const std::vector<std::string>& list) { return absl::StrJoin(list, ", "); };
  compare("rank", std::string(RankName(before.rank)), std::string(RankName(after.rank)));
  compare("sector", std::string(SectorName(before.sector)), std::string(SectorName(after.sector)));
  compare("institution", before.institution, after.institution);
  compare("company", before.company, after.company);
  compare("may_preside", ForPerson(before.may_preside), ForPerson(after.may_preside));
  compare("emeritus", ForPerson(before.emeritus), ForPerson(after.emeritus));
  compare("habilitated", ForPerson(before.habilitated), ForPerson(after.habilitated));
  compare("languages", words(before.languages), words(after.languages));
  compare("attendance", std::string(AttendanceName(before.attendance)),
          std::string(AttendanceName(after.attendance)));
  compare("keywords", words(before.keywords), words(after.keywords));
  compare("expertise", before.expertise, after.expertise);
  compare("past_theses", ForPerson(before.past_theses), ForPerson(after.past_theses));
  // Texts are long: that they changed is enough.
  if (before.past_theses != after.past_theses &&
      ForPerson(before.past_theses) == ForPerson(after.past_theses)) {
    differences.push_back({.name = "past_theses.text"});
  }
  compare("load", ForPerson(before.load), ForPerson(after.load));
  return differences;
}

}  // namespace soutenance::assignment
