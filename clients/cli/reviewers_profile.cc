#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/cli/fields.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/people_names.h"
#include "clients/cli/resource.h"
#include "clients/cli/reviewers.h"
#include "clients/cli/words.h"
#include "services/base/status.h"
#include "soutenance/assignment/v1/profiles.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = assignment::v1;
using clients::Column;

Text RankText(pb::Profile::Rank rank) {
  switch (rank) {
    case pb::Profile::RANK_A:
      return {"A (professor)", "A (professeur)"};
    case pb::Profile::RANK_B:
      return {"B (associate professor)", "B (maître de conférences)"};
    case pb::Profile::RANK_OTHER:
      return {"teacher without rank", "enseignant sans rang"};
    case pb::Profile::RANK_NONE:
      return {"not a teacher", "non enseignant"};
    default:
      return {"", ""};
  }
}

Text SectorText(pb::Profile::Sector sector) {
  switch (sector) {
    case pb::Profile::SECTOR_ACADEMIC:
      return {"academic", "universitaire"};
    case pb::Profile::SECTOR_PROFESSIONAL:
      return {"professional", "professionnel"};
    default:
      return {"", ""};
  }
}

Text AttendanceText(pb::Profile::Attendance attendance) {
  switch (attendance) {
    case pb::Profile::ATTENDANCE_PREFERS_ON_SITE:
      return {"on site rather", "sur place de préférence"};
    case pb::Profile::ATTENDANCE_PREFERS_REMOTE:
      return {"on video rather", "en visio de préférence"};
    case pb::Profile::ATTENDANCE_ON_SITE_ONLY:
      return {"on site only", "sur place seulement"};
    case pb::Profile::ATTENDANCE_REMOTE_ONLY:
      return {"on video only", "en visio seulement"};
    default:
      return {"", ""};
  }
}

Text GenderText(const pb::Profile& profile) {
  if (!profile.has_gender()) return {"", ""};
  return profile.gender() == pb::Profile::GENDER_WOMAN
             ? Text{"woman (only you see this)", "femme (vous seule le voyez)"}
             : Text{"man (only you see this)", "homme (vous seul le voyez)"};
}

const std::vector<Field>& Fields() {
  static const auto& fields = *new std::vector<Field>{
      {.flag = ChoiceFlag("--rank", {"a", "b", "other", "none"},
                          {"academic rank; other: teaches without rank; none: does not teach",
                           "rang ; other : enseignant sans rang ; none : n’enseigne pas"}),
       .name = "rank"},
      {.flag = ChoiceFlag("--sector", {"academic", "professional"},
                          {"teaching and research, or companies", "université ou monde professionnel"}),
       .name = "sector"},
      {.flag = TextFlag("--institution", "NAME", {"university or school", "université ou école"}),
       .name = "institution"},
      {.flag = TextFlag("--company", "NAME", {"company", "entreprise"}), .name = "company"},
      {.flag = YesNoFlag("--may-preside", {"may preside over juries", "peut présider un jury"}),
       .name = "may_preside"},
      {.flag = YesNoFlag("--emeritus", {"is emeritus", "est émérite"}), .name = "emeritus"},
      {.flag = YesNoFlag("--habilitated", {"holds the habilitation", "est habilité (HDR)"}),
       .name = "habilitated"},
      {.flag = Repeated(TextFlag("--speaks", "CODE", {"a language: fr, en", "une langue : fr, en"})),
       .name = "languages"},
      {.flag =
           ChoiceFlag("--attendance", {"prefers_on_site", "prefers_remote", "on_site_only", "remote_only"},
                      {"on site or on video", "sur place ou en visio"}),
       .name = "attendance"},
      {.flag = Repeated(TextFlag("--keyword", "WORD",
                                 {"a word of the programme’s scheme", "un mot de la liste de la formation"})),
       .name = "keywords"},
      {.flag =
           TextFlag("--expertise", "TEXT",
                    {"what the person knows, in their own words", "ce que la personne connaît, en clair"}),
       .name = "expertise"},
      {.flag = ChoiceFlag(
           "--gender", {"woman", "man", "unspecified"},
           {"only ever counted; unspecified: forget it", "seulement compté ; unspecified : l’oublier"}),
       .name = "gender"},
  };
  return fields;
}

// "president=3".
absl::Status ReadRoleLimit(const std::string& text, Language language, pb::Profile::Load& load) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits('=', 1));
  pb::Seat::Role role = pb::Seat::ROLE_UNSPECIFIED;
  int limit = 0;
  if (!pb::Seat::Role_Parse("ROLE_" + absl::AsciiStrToUpper(parts.first), &role) ||
      role == pb::Seat::ROLE_UNSPECIFIED || !absl::SimpleAtoi(parts.second, &limit)) {
    return clients::UsageError(
        absl::StrCat("--role-limit ", text, Text{": expected ROLE=N", " : attendu RÔLE=N"}.In(language)));
  }
  pb::Profile::Load::OfRole& of_role = *load.add_roles();
  of_role.set_role(role);
  of_role.set_per_campaign_max(limit);
  return absl::OkStatus();
}

// The flags about load: each changes its own limit.
absl::Status FillLoad(const Input& input, Language language, pb::Profile& profile) {
  if (input.Has("--per-campaign")) {
    profile.mutable_load()->set_per_campaign_max(static_cast<int32_t>(input.Number("--per-campaign")));
  }
  if (input.Has("--per-day")) {
    profile.mutable_load()->set_per_day_max(static_cast<int32_t>(input.Number("--per-day")));
  }
  if (!input.Has("--role-limit")) return absl::OkStatus();
  profile.mutable_load()->clear_roles();
  for (const std::string& limit : input.GetAll("--role-limit")) {
    if (!limit.empty()) RETURN_IF_ERROR(ReadRoleLimit(limit, language, *profile.mutable_load()));
  }
  return absl::OkStatus();
}

std::string LoadText(const pb::Profile::Load& load, Language language) {
  std::vector<std::string> limits;
  if (load.per_campaign_max() > 0) {
    limits.push_back(
        absl::StrCat(load.per_campaign_max(), Text{" a campaign", " par campagne"}.In(language)));
  }
  if (load.per_day_max() > 0) {
    limits.push_back(absl::StrCat(load.per_day_max(), Text{" a day", " par jour"}.In(language)));
  }
  for (const pb::Profile::Load::OfRole& limit : load.roles()) {
    limits.push_back(absl::StrCat(limit.per_campaign_max(), Text{" as ", " comme "}.In(language),
                                  WordFor(limit.role(), language)));
  }
  return absl::StrJoin(limits, ", ");
}

std::string ProfileName(const std::string& person) {
  const std::string name = TopName("people", person);
  return absl::EndsWith(name, "/profile") ? name : absl::StrCat(name, "/profile");
}

// "people/ana" of "people/ana/profile".
std::string PersonOf(const pb::Profile& profile) {
  const std::vector<std::string> parts = absl::StrSplit(profile.name(), '/');
  return parts.size() > 1 ? absl::StrCat("people/", parts[1]) : "";
}

std::string ProfileText(Session& session, const pb::Profile& profile) {
  const Language language = session.language();
  const auto yes = [&](bool is_so) { return is_so ? session.Say({"yes", "oui"}) : ""; };
  const std::string person = PersonOf(profile);
  return FactsText(PeopleNames::Of(session, {person}).Label(person),
                   {{{"rank", "rang"}, RankText(profile.rank()).In(language)},
                    {{"sector", "secteur"}, SectorText(profile.sector()).In(language)},
                    {{"institution", "établissement"}, profile.institution()},
                    {{"company", "entreprise"}, profile.company()},
                    {{"may preside", "peut présider"}, yes(profile.may_preside())},
                    {{"emeritus", "émérite"}, yes(profile.emeritus())},
                    {{"habilitated", "habilité (HDR)"}, yes(profile.habilitated())},
                    {{"languages", "langues"}, absl::StrJoin(profile.languages(), ", ")},
                    {{"attendance", "présence"}, AttendanceText(profile.attendance()).In(language)},
                    {{"keywords", "mots-clés"}, absl::StrJoin(profile.keywords(), ", ")},
                    {{"expertise", "domaines"}, profile.expertise()},
                    {{"past theses", "mémoires passés"},
                     profile.past_theses_size() == 0 ? "" : absl::StrCat(profile.past_theses_size())},
                    {{"at most", "au plus"}, LoadText(profile.load(), language)},
                    {{"gender", "sexe"}, GenderText(profile).In(language)},
                    {{"etag", "etag"}, profile.etag()}},
                   language, session.out());
}

absl::Status List(Session& session, const Input&) {
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListProfilesResponse>(pb::ListProfilesRequest()));
  std::set<std::string> people;
  for (const pb::Profile& profile : list.profiles()) people.insert(PersonOf(profile));
  const PeopleNames names = PeopleNames::Of(session, people);
  const Language language = session.language();
  clients::Table table(
      {{session.Say({"Person", "Personne"})},
       {session.Say({"Rank", "Rang"})},
       {session.Say({"Sector", "Secteur"})},
       {session.Say({"From", "Organisme"}), Column::Align::kLeft, Column::Fit::kShrink},
       {session.Say({"Presides", "Préside"})},
       {session.Say({"At most", "Au plus"}), Column::Align::kLeft, Column::Fit::kShrink},
       {session.Say({"Keywords", "Mots-clés"}), Column::Align::kLeft, Column::Fit::kShrinkFirst}});
  for (const pb::Profile& profile : list.profiles()) {
    table.Row({names.Label(PersonOf(profile)), RankText(profile.rank()).In(language),
               SectorText(profile.sector()).In(language),
               profile.institution().empty() ? profile.company() : profile.institution(),
               profile.may_preside() ? session.Say({"yes", "oui"}) : "", LoadText(profile.load(), language),
               absl::StrJoin(profile.keywords(), ", ")});
  }
  ShowTable(session, list, table, {"no profile", "aucun profil"});
  return absl::OkStatus();
}

absl::Status Show(Session& session, const Input& input) {
  pb::GetProfileRequest request;
  request.set_name(ProfileName(input.Get("PERSON")));
  ASSIGN_OR_RETURN(const auto profile, session.Call<pb::Profile>(request));
  session.Show(profile, [&] { return ProfileText(session, profile); });
  return absl::OkStatus();
}

absl::Status Set(Session& session, const Input& input) {
  pb::GetProfileRequest get;
  get.set_name(ProfileName(input.Get("PERSON")));
  pb::SetProfileRequest request;
  pb::Profile& profile = *request.mutable_profile();
  // What is not named stays: read it, and have it refused if somebody else is faster.
  const absl::StatusOr<pb::Profile> stored = session.Call<pb::Profile>(get);
  if (stored.ok()) {
    profile = *stored;
  } else if (!absl::IsNotFound(stored.status())) {
    return stored.status();
  }
  profile.set_name(get.name());
  // Gender is said anew or left alone.
  profile.clear_gender();
  RETURN_IF_ERROR(FillResource(input, Fields(), session.language(), profile).status());
  RETURN_IF_ERROR(FillLoad(input, session.language(), profile));
  if (input.Has("--etag")) profile.set_etag(input.Get("--etag"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto set, session.Call<pb::Profile>(request));
  ShowOutcome(session, input, {"Profile set.", "Profil enregistré."}, set, ProfileText(session, set));
  return absl::OkStatus();
}

}  // namespace

std::vector<Command> ReviewerProfileCommands() {
  const Argument person =
      NameArgument("PERSON", "people", {"id of the person", "identifiant de la personne"});
  const std::vector<Flag> load = {
      NumberFlag("--per-campaign", "N",
                 {"at most this many juries in a campaign", "jurys par campagne, au plus"}),
      NumberFlag("--per-day", "N", {"at most this many on a day", "par jour, au plus"}),
      Repeated(
          TextFlag("--role-limit", "ROLE=N",
                   {"at most this many in a campaign in this role", "par campagne dans ce rôle, au plus"})),
      EtagFlag(), DryRunFlag()};
  return {
      {.verb = "list",
       .summary = {"List profiles", "Lister les profils"},
       .examples = {{"reviewers list", {"everybody who has one", "tous ceux qui en ont un"}}},
       .run = List},
      {.verb = "show",
       .summary = {"Show the profile of a person", "Montrer le profil d’une personne"},
       .arguments = {person},
       .examples = {{"reviewers show bruno", {"one profile", "un profil"}}},
       .run = Show},
      {.verb = "set",
       .summary = {"Set fields of a person’s profile", "Fixer des champs du profil d’une personne"},
       .details =
           {"Fields that are not named stay as they are. Gender is only ever counted, and shown to "
            "nobody but the person. No proposal goes beyond the limits of a person; juries set by hand "
            "are held to them as far as the jury rules of the programme have a rule on loads.",
            "Les champs non nommés restent tels quels. Le sexe n’est que compté, et n’est montré qu’à "
            "la personne. Aucune proposition ne dépasse les limites d’une personne ; un jury fixé à la "
            "main n’y est tenu que si les règles de jury de la formation en ont une sur la charge."},
       .arguments = {person},
       .flags = Flags(FlagsOf(Fields()), load),
       .examples = {{"reviewers set bruno --rank a --sector academic --institution Cnam --may-preside yes",
                     {"who may preside", "qui peut présider"}},
                    {"reviewers set chloe --keyword networks --speaks fr,en --role-limit president=3",
                     {"what and how much", "quoi et combien"}}},
       .run = Set},
  };
}

}  // namespace soutenance::cli
