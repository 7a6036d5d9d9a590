#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "services/base/id.h"
#include "services/directory/import/campaign_keys.h"
#include "services/directory/import/sheets.h"
#include "services/directory/import/values.h"
#include "services/sheets/text.h"

namespace soutenance::directory::import_folder {
namespace {

enum Column { kKey, kValue };

// Reads the value of each key into the settings. One function a kind of value; the row knows where it stands.
class CampaignReader {
 public:
  CampaignReader(const Sheet& sheet, Folder& folder) : sheet_(sheet), folder_(folder) {}

  CampaignSettings Read();

 private:
  void ReadKey(CampaignKey key, RowReader& row);
  void ReadRule(absl::string_view name, RowReader& row);
  void ReadZone(RowReader& row);
  void ReadRooms(RowReader& row);
  void RefuseMissingKeys();
  void RefuseUnknownKey(RowReader& row);
  bool IsFirst(const std::string& key, RowReader& row);

  template <typename T>
  void Take(const std::optional<T>& value, T& into, RowReader& row, Sentence expected) {
    if (value) {
      into = *value;
    } else {
      row.Refuse(kValue, "value_invalid", std::move(expected));
    }
  }
  static void TakeNumber(const std::optional<int>& value, int& into) {
    if (value) into = *value;
  }

  const Sheet& sheet_;
  Folder& folder_;
  CampaignSettings settings_;
  std::map<std::string, int> line_of_key_;
  std::vector<CampaignKey> seen_;
};

bool CampaignReader::IsFirst(const std::string& key, RowReader& row) {
  const auto [first, added] = line_of_key_.try_emplace(key, row.line());
  if (!added) {
    row.Refuse(kKey, "key_repeated",
               {absl::StrCat("this setting is already on line ", first->second),
                absl::StrCat("ce réglage figure déjà ligne ", first->second)});
  }
  return added;
}

CampaignSettings CampaignReader::Read() {
  for (int i = 0; i < sheet_.table().row_count(); ++i) {
    RowReader row(sheet_, i, folder_.problems);
    const std::string key(row.Raw(kKey));
    absl::string_view rule = key;
    if (key.empty()) {
      row.Text(kKey);
    } else if (absl::ConsumePrefix(&rule, "rule.") || absl::ConsumePrefix(&rule, "regle.") ||
               absl::ConsumePrefix(&rule, "règle.")) {
      if (IsFirst(absl::StrCat("rule.", rule), row)) ReadRule(rule, row);
    } else if (const CampaignKeyFormat* format = FindCampaignKey(key)) {
      if (!IsFirst(std::string(format->name.en), row)) continue;
      seen_.push_back(format->key);
      // An empty value is the default, so that a template may be left half filled in.
      if (format->need == Need::kRequired || !row.IsEmpty(kValue)) ReadKey(format->key, row);
    } else {
      RefuseUnknownKey(row);
    }
  }
  RefuseMissingKeys();
  return std::move(settings_);
}

void CampaignReader::ReadKey(CampaignKey key, RowReader& row) {
  CampaignSettings& to = settings_;
  if (row.Text(kValue).empty()) return;
  switch (key) {
    case CampaignKey::kId:
      to.id = row.Id(kValue);
      break;
    case CampaignKey::kTitle:
      to.title = row.Text(kValue);
      break;
    case CampaignKey::kProgramme:
      to.programme = row.Id(kValue);
      break;
    case CampaignKey::kProgrammeTitle:
      to.programme_title = row.Text(kValue);
      break;
    case CampaignKey::kCohort:
      to.cohort = row.Id(kValue);
      break;
    case CampaignKey::kCohortTitle:
      to.cohort_title = row.Text(kValue);
      break;
    case CampaignKey::kInstitution:
      to.institution = row.Text(kValue);
      break;
    case CampaignKey::kYear:
      Take(ParseYear(row.Raw(kValue)), to.year, row,
           {"expected a year such as 2027 or 2026-2027",
            "une année est attendue, par exemple 2027 ou 2026-2027"});
      break;
    case CampaignKey::kSession:
      TakeNumber(row.Number(kValue, 1, 2), to.session);
      break;
    case CampaignKey::kZone:
      ReadZone(row);
      break;
    case CampaignKey::kLanguage:
      to.language = row.OneOf<std::string>(kValue, {{{"fr", "fr"}, "fr"}, {{"en", "en"}, "en"}}, "fr");
      break;
    case CampaignKey::kDays:
      Take(ParseDays(row.Raw(kValue)), to.days, row,
           {"expected days separated by |, such as 2027-06-14|2027-06-15, or a span 2027-06-14..2027-06-18",
            "des jours séparés par | sont attendus, par exemple 14/06/2027|15/06/2027, ou un intervalle "
            "14/06/2027..18/06/2027"});
      break;
    case CampaignKey::kHours:
      Take(ParseHours(row.Raw(kValue)), to.hours, row,
           {"expected opening windows that do not overlap, such as 09:00-12:30|13:30-18:00",
            "des plages qui ne se chevauchent pas sont attendues, par exemple 9h00-12h30|13h30-18h00"});
      break;
    case CampaignKey::kGrid:
      TakeNumber(row.Number(kValue, 5, 240), to.grid_minutes);
      break;
    case CampaignKey::kDuration:
      TakeNumber(row.Number(kValue, 5, 480), to.duration_minutes);
      break;
    case CampaignKey::kBuffer:
      TakeNumber(row.Number(kValue, 0, 240), to.buffer_minutes);
      break;
    case CampaignKey::kTravel:
      TakeNumber(row.Number(kValue, 0, 480), to.travel_minutes);
      break;
    case CampaignKey::kSilent:
      to.silence = row.OneOf<Silence>(kValue,
                                      {{{"available", "disponible"}, Silence::kAvailable},
                                       {{"unavailable", "indisponible"}, Silence::kUnavailable},
                                       {{"if_needed", "si_besoin"}, Silence::kIfNeeded}},
                                      Silence::kAvailable);
      break;
    case CampaignKey::kRooms:
      ReadRooms(row);
      break;
  }
}

void CampaignReader::ReadZone(RowReader& row) {
  absl::TimeZone zone;
  const std::string name = row.Text(kValue);
  if (name.find("..") == std::string::npos && absl::LoadTimeZone(name, &zone)) {
    settings_.zone = name;
    return;
  }
  row.Refuse(kValue, "zone_unknown",
             {"expected the name of a time zone such as Europe/Paris",
              "le nom d'un fuseau est attendu, par exemple Europe/Paris"});
}

void CampaignReader::ReadRooms(RowReader& row) {
  settings_.rooms = ReadReferences(row, kValue, folder_.rooms, folder_.problems);
}

void CampaignReader::ReadRule(absl::string_view name, RowReader& row) {
  const bool legal = !name.empty() && name.size() <= 63 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
  if (!legal) {
    row.Refuse(kKey, "rule_invalid",
               {"expected rule. and the name of a rule, such as rule.gaps",
                "regle. et le nom d'une règle sont attendus, par exemple regle.gaps"});
    return;
  }
  if (row.Text(kValue).empty()) return;
  RuleSetting setting;
  Take(ParseRuleStrength(row.Raw(kValue)), setting, row,
       {"expected off, hard, strong N, soft N or soft_2 N to soft_6 N, where N is a weight from 1 to 1000000 "
        "and may be followed by the parameter of the rule",
        "non, dur, fort N, souple N ou souple_2 N à souple_6 N est attendu, où N est un poids de 1 à 1000000 "
        "que peut suivre le paramètre de la règle"});
  setting.rule = std::string(name);
  setting.line = row.line();
  settings_.rules.push_back(std::move(setting));
}

void CampaignReader::RefuseUnknownKey(RowReader& row) {
  const auto list = [](Language language) {
    return absl::StrJoin(CampaignKeyFormats(), ", ", [&](std::string* out, const CampaignKeyFormat& format) {
      absl::StrAppend(out, language == Language::kFrench ? format.name.fr : format.name.en);
    });
  };
  row.Refuse(
      kKey, "key_unknown",
      {absl::StrCat("there is no such setting; the settings are ", list(Language::kEnglish), ", rule.NAME"),
       absl::StrCat("ce réglage n'existe pas ; les réglages sont ", list(Language::kFrench), ", regle.NOM")});
}

void CampaignReader::RefuseMissingKeys() {
  for (const CampaignKeyFormat& format : CampaignKeyFormats()) {
    if (format.need == Need::kOptional || std::find(seen_.begin(), seen_.end(), format.key) != seen_.end())
      continue;
    folder_.problems.AddError("key_missing", {.file = sheet_.file()}, "",
                              {absl::StrCat("the setting ", format.name.en, " is missing"),
                               absl::StrCat("le réglage ", format.name.fr, " manque")});
  }
}

}  // namespace

const std::vector<CampaignKeyFormat>& CampaignKeyFormats() {
  static const auto* const formats = new std::vector<CampaignKeyFormat>{
      {CampaignKey::kId, {"id", "identifiant"}, Need::kRequired},
      {CampaignKey::kTitle, {"title", "titre"}, Need::kRequired},
      {CampaignKey::kProgramme, {"programme", "programme"}, Need::kRequired},
      {CampaignKey::kProgrammeTitle, {"programme_title", "intitule_programme"}},
      {CampaignKey::kCohort, {"cohort", "promotion"}},
      {CampaignKey::kCohortTitle, {"cohort_title", "intitule_promotion"}},
      {CampaignKey::kInstitution, {"institution", "etablissement"}},
      {CampaignKey::kYear, {"year", "annee"}},
      {CampaignKey::kSession, {"session", "session"}},
      {CampaignKey::kZone, {"zone", "fuseau"}},
      {CampaignKey::kLanguage, {"language", "langue"}},
      {CampaignKey::kDays, {"days", "jours"}, Need::kRequired},
      {CampaignKey::kHours, {"hours", "horaires"}, Need::kRequired},
      {CampaignKey::kGrid, {"grid", "pas"}},
      {CampaignKey::kDuration, {"duration", "duree"}},
      {CampaignKey::kBuffer, {"buffer", "battement"}},
      {CampaignKey::kTravel, {"travel", "trajet"}},
      {CampaignKey::kSilent, {"silent", "sans_reponse"}},
      {CampaignKey::kRooms, {"rooms", "salles"}},
  };
  return *formats;
}

const CampaignKeyFormat* FindCampaignKey(absl::string_view text) {
  for (const CampaignKeyFormat& format : CampaignKeyFormats()) {
    if (IsNamed(format.name, text)) return &format;
  }
  return nullptr;
}

CampaignSettings ReadCampaign(const Sheet& sheet, Folder& folder) {
  return CampaignReader(sheet, folder).Read();
}

}  // namespace soutenance::directory::import_folder
