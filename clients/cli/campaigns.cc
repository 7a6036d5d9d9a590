#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/campaign_fields.h"
#include "clients/cli/dates.h"
#include "clients/cli/day_flags.h"
#include "clients/cli/fields.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/nouns.h"
#include "clients/cli/person_flags.h"
#include "clients/cli/resource.h"
#include "clients/cli/rules.h"
#include "clients/cli/seat_flags.h"
#include "clients/cli/words.h"
#include "clients/lib/failure.h"
#include "services/base/status.h"
#include "soutenance/scheduling/v1/campaigns.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = scheduling::v1;
using clients::Column;

std::string HoursText(const pb::Campaign& campaign) {
  return absl::StrJoin(campaign.hours(), ", ", [](std::string* out, const pb::Hours& hours) {
    absl::StrAppend(out, hours.from(), "-", hours.to());
  });
}

// Days as spans of consecutive ones: "2027-06-14..2027-06-18, 2027-06-21".
std::string DaysText(const pb::Campaign& campaign) {
  std::vector<std::string> spans;
  std::optional<absl::CivilDay> last;
  std::string first_text;
  std::string last_text;
  const auto close = [&] {
    if (last)
      spans.push_back(first_text == last_text ? first_text : absl::StrCat(first_text, "..", last_text));
  };
  for (const std::string& text : campaign.days()) {
    const std::optional<absl::CivilDay> day = ParseDay(text);
    if (!day || !last || *day != *last + 1) {
      close();
      first_text = text;
    }
    last = day;
    last_text = text;
  }
  close();
  return absl::StrJoin(spans, ", ");
}

std::string MinutesText(int minutes) { return minutes == 0 ? "" : absl::StrCat(minutes, " min"); }

std::string CampaignText(const Session& session, const pb::Campaign& campaign) {
  const std::string rooms =
      absl::StrJoin(campaign.rooms(), ", ",
                    [](std::string* out, const std::string& room) { absl::StrAppend(out, ShortName(room)); });
  const std::string rules =
      absl::StrJoin(campaign.rules(), ", ", [&](std::string* out, const pb::RuleSetting& rule) {
        absl::StrAppend(out, rule.rule(), " ", WordFor(rule.level(), session.language()));
      });
  return FactsText(
      campaign.title(),
      {{{"id", "identifiant"}, ShortName(campaign.name())},
       {{"programme", "formation"}, ShortName(campaign.programme())},
       {{"cohort", "promotion"}, ShortName(campaign.cohort())},
       {{"year, session", "année, session"},
        campaign.year() == 0 ? "" : absl::StrCat(campaign.year(), ", ", campaign.session())},
       {{"days", "jours"}, DaysText(campaign)},
       {{"hours", "horaires"}, HoursText(campaign)},
       {{"time zone", "fuseau horaire"}, campaign.time_zone()},
       {{"a defence takes", "durée d’une soutenance"}, MinutesText(campaign.duration_minutes())},
       {{"starts every", "débuts toutes les"}, MinutesText(campaign.grid_minutes())},
       {{"between two in a room", "entre deux en une salle"}, MinutesText(campaign.buffer_minutes())},
       {{"from site to site", "d’un site à l’autre"}, MinutesText(campaign.travel_minutes())},
       {{"without an answer", "sans réponse"}, WordFor(campaign.silent_policy(), session.language())},
       {{"rooms", "salles"}, rooms},
       {{"rules set", "règles fixées"}, rules},
       {{"juries must have", "chaque jury doit avoir"}, SeatsText(campaign.seats(), session.language())},
       {{"roles cost", "coûts des rôles"}, RoleCostsText(campaign.roles(), session.language())},
       {{"people", "personnes"}, PeopleText(campaign.people(), session.language())},
       {{"each day", "chaque jour"}, DayShapeText(campaign.day(), session.language())},
       {{"language", "langue"}, campaign.language()},
       {{"published", "planning publié"}, ShortName(campaign.published_timetable())},
       {{"etag", "etag"}, campaign.etag()}},
      session.language(), session.out());
}

absl::StatusOr<pb::Campaign> Get(Session& session, const Input& input) {
  const std::string named = TopName("campaigns", input.Get("CAMPAIGN"));
  ASSIGN_OR_RETURN(const std::string name, session.CampaignFor(input, named));
  pb::GetCampaignRequest request;
  request.set_name(name);
  return session.Call<pb::Campaign>(request);
}

absl::Status List(Session& session, const Input&) {
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListCampaignsResponse>(pb::ListCampaignsRequest()));
  clients::Table table({{session.Say({"Id", "Identifiant"})},
                        {session.Say({"Title", "Intitulé"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"Programme", "Formation"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"Days", "Jours"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"Published", "Publié"}), Column::Align::kRight}});
  for (const pb::Campaign& campaign : list.campaigns()) {
    table.Row({ShortName(campaign.name()), campaign.title(), ShortName(campaign.programme()),
               DaysText(campaign), ShortName(campaign.published_timetable())});
  }
  ShowTable(session, list, table, {"no campaign", "aucune campagne"});
  return absl::OkStatus();
}

absl::Status Show(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const pb::Campaign campaign, Get(session, input));
  session.Show(campaign, [&] { return CampaignText(session, campaign); });
  return absl::OkStatus();
}

absl::Status Create(Session& session, const Input& input) {
  pb::CreateCampaignRequest request;
  request.set_campaign_id(input.Get("ID"));
  RETURN_IF_ERROR(
      FillResource(input, CampaignFields(Purpose::kCreate), session.language(), *request.mutable_campaign())
          .status());
  RETURN_IF_ERROR(ApplyRuleFlags(input, "--rule", session.language(), *request.mutable_campaign()));
  RETURN_IF_ERROR(ApplySeatFlags(input, session.language(), *request.mutable_campaign()->mutable_seats()));
  RETURN_IF_ERROR(
      ApplyRoleCostFlags(input, session.language(), *request.mutable_campaign()->mutable_roles()));
  RETURN_IF_ERROR(ApplyPersonFlags(input, session.language(), *request.mutable_campaign()->mutable_people()));
  if (HasDayFlags(input)) {
    RETURN_IF_ERROR(ApplyDayFlags(input, session.language(), *request.mutable_campaign()->mutable_day()));
  }
  request.mutable_campaign()->clear_published_timetable();
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto campaign, session.Call<pb::Campaign>(request));
  ShowOutcome(session, input, {"Created.", "Créée."}, campaign, CampaignText(session, campaign));
  return absl::OkStatus();
}

// Seats, role costs, people and the shape of days that flags name; as rules, they are replaced as a whole.
absl::Status UpdateSeats(const Session& session, const Input& input, const pb::Campaign& now,
                         pb::UpdateCampaignRequest& request) {
  pb::Campaign& campaign = *request.mutable_campaign();
  if (input.Has("--seat") || input.Has("--knows")) {
    if (campaign.seats_size() == 0) *campaign.mutable_seats() = now.seats();
    if (campaign.etag().empty()) campaign.set_etag(now.etag());
    RETURN_IF_ERROR(ApplySeatFlags(input, session.language(), *campaign.mutable_seats()));
    request.mutable_update_mask()->add_paths("seats");
  } else if (campaign.seats_size() > 0) {
    request.mutable_update_mask()->add_paths("seats");
  }
  if (input.Has("--role-cost")) {
    if (campaign.roles_size() == 0) *campaign.mutable_roles() = now.roles();
    if (campaign.etag().empty()) campaign.set_etag(now.etag());
    RETURN_IF_ERROR(ApplyRoleCostFlags(input, session.language(), *campaign.mutable_roles()));
    request.mutable_update_mask()->add_paths("roles");
  } else if (campaign.roles_size() > 0) {
    request.mutable_update_mask()->add_paths("roles");
  }
  if (input.Has("--person")) {
    if (campaign.people_size() == 0) *campaign.mutable_people() = now.people();
    if (campaign.etag().empty()) campaign.set_etag(now.etag());
    RETURN_IF_ERROR(ApplyPersonFlags(input, session.language(), *campaign.mutable_people()));
    request.mutable_update_mask()->add_paths("people");
  } else if (campaign.people_size() > 0) {
    request.mutable_update_mask()->add_paths("people");
  }
  if (HasDayFlags(input)) {
    if (!campaign.has_day()) *campaign.mutable_day() = now.day();
    if (campaign.etag().empty()) campaign.set_etag(now.etag());
    RETURN_IF_ERROR(ApplyDayFlags(input, session.language(), *campaign.mutable_day()));
    request.mutable_update_mask()->add_paths("day");
  } else if (campaign.has_day()) {
    request.mutable_update_mask()->add_paths("day");
  }
  return absl::OkStatus();
}

absl::Status Update(Session& session, const Input& input) {
  // Short names of cohorts and single rules are understood from what the campaign is now.
  ASSIGN_OR_RETURN(const pb::Campaign now, Get(session, input));
  pb::UpdateCampaignRequest request;
  pb::Campaign& campaign = *request.mutable_campaign();
  campaign.set_name(now.name());
  campaign.set_programme(now.programme());
  ASSIGN_OR_RETURN(const std::vector<std::string> fields,
                   FillResource(input, CampaignFields(Purpose::kUpdate), session.language(), campaign));
  for (const std::string& field : fields) request.mutable_update_mask()->add_paths(field);
  campaign.clear_published_timetable();
  if (input.Has("--rule")) {
    // Rules are replaced as a whole: those of the campaign are kept, unless --file brought others.
    if (campaign.rules_size() == 0) *campaign.mutable_rules() = now.rules();
    if (campaign.etag().empty()) campaign.set_etag(now.etag());
    RETURN_IF_ERROR(ApplyRuleFlags(input, "--rule", session.language(), campaign));
  }
  if (input.Has("--rule") || campaign.rules_size() > 0) request.mutable_update_mask()->add_paths("rules");
  RETURN_IF_ERROR(UpdateSeats(session, input, now, request));
  if (input.Has("--etag")) campaign.set_etag(input.Get("--etag"));
  if (request.update_mask().paths_size() == 0) {
    return clients::UsageError(
        session.Say({"nothing to change: give at least one flag that sets a field, or --file",
                     "rien à modifier : donnez au moins une option qui change un champ, ou --file"}));
  }
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto changed, session.Call<pb::Campaign>(request));
  ShowOutcome(session, input, {"Changed.", "Modifiée."}, changed, CampaignText(session, changed));
  return absl::OkStatus();
}

absl::StatusOr<pb::ListRulesResponse> RulesOf(Session& session, const std::string& campaign) {
  pb::ListRulesRequest request;
  request.set_campaign(campaign);
  return session.Call<pb::ListRulesResponse>(request);
}

// Leaves only the rules that the campaign sets otherwise than their default.
void KeepChanged(pb::ListRulesResponse& list) {
  auto& rules = *list.mutable_rules();
  const auto kept = std::remove_if(rules.begin(), rules.end(), [](const pb::Rule& rule) {
    const pb::RuleSetting& here = rule.setting();
    const pb::RuleSetting& usual = rule.default_setting();
    return here.level() == usual.level() && here.weight() == usual.weight() &&
           here.has_parameter() == usual.has_parameter() && here.parameter() == usual.parameter();
  });
  rules.erase(kept, rules.end());
}

// Puts the rules of `campaign`, which may not have been written, into `list`.
void SetRules(const pb::Campaign& campaign, pb::ListRulesResponse& list) {
  for (pb::Rule& rule : *list.mutable_rules()) {
    *rule.mutable_setting() = rule.default_setting();
    for (const pb::RuleSetting& set : campaign.rules()) {
      if (set.rule() != rule.rule()) continue;
      const int64_t weight = set.weight() > 0 ? set.weight() : rule.default_setting().weight();
      rule.mutable_setting()->MergeFrom(set);
      rule.mutable_setting()->set_level(set.level());
      rule.mutable_setting()->set_weight(weight);
    }
  }
}

// Changes the rules that --set and --reset name; the others stay as they are.
absl::StatusOr<pb::Campaign> ChangeRules(Session& session, const Input& input, const std::string& name,
                                         const pb::ListRulesResponse& list) {
  pb::GetCampaignRequest get;
  get.set_name(name);
  ASSIGN_OR_RETURN(const pb::Campaign now, session.Call<pb::Campaign>(get));
  pb::UpdateCampaignRequest request;
  pb::Campaign& campaign = *request.mutable_campaign();
  campaign.set_name(now.name());
  campaign.set_programme(now.programme());
  campaign.set_etag(input.Has("--etag") ? input.Get("--etag") : now.etag());
  *campaign.mutable_rules() = now.rules();
  if (input.Has("--reset-all")) campaign.clear_rules();
  for (const std::string& rule : input.GetAll("--reset")) {
    const bool is_known = std::any_of(list.rules().begin(), list.rules().end(),
                                      [&](const pb::Rule& known) { return known.rule() == rule; });
    if (!is_known) {
      return clients::UsageError(
          absl::StrCat("--reset ", rule,
                       session.Say({": there is no such rule; see \"soutenance rules\"",
                                    " : cette règle n’existe pas ; voir « soutenance rules »"})));
    }
    ResetRule(rule, campaign);
  }
  RETURN_IF_ERROR(ApplyRuleFlags(input, "--set", session.language(), campaign));
  request.mutable_update_mask()->add_paths("rules");
  request.set_validate_only(input.Has("--dry-run"));
  return session.Call<pb::Campaign>(request);
}

absl::Status Rules(Session& session, const Input& input) {
  const std::string named = TopName("campaigns", input.Get("CAMPAIGN"));
  ASSIGN_OR_RETURN(const std::string name, session.CampaignFor(input, named));
  ASSIGN_OR_RETURN(pb::ListRulesResponse list, RulesOf(session, name));
  if (input.Has("--set") || input.Has("--reset") || input.Has("--reset-all")) {
    ASSIGN_OR_RETURN(const pb::Campaign changed, ChangeRules(session, input, name, list));
    SetRules(changed, list);
    if (input.Has("--changed")) KeepChanged(list);
    ShowOutcome(session, input, {"Changed.", "Modifiées."}, list,
                RulesText(list, session.language(), session.out()));
    return absl::OkStatus();
  }
  if (input.Has("--changed")) KeepChanged(list);
  session.Show(list, [&] {
    return input.Has("--long") ? RulesInFullText(list, session.language(), session.out())
                               : RulesText(list, session.language(), session.out());
  });
  return absl::OkStatus();
}

std::string FindingText(const pb::CheckCampaignResponse::Finding& finding, const Session& session) {
  using Finding = pb::CheckCampaignResponse::Finding;
  const bool is_error = finding.severity() == Finding::SEVERITY_ERROR;
  const bool is_conflict = finding.severity() == Finding::SEVERITY_CONFLICT;
  const Text word = is_error      ? Text{"error", "erreur"}
                    : is_conflict ? Text{"conflict", "conflit"}
                                  : Text{"notice", "remarque"};
  const std::string bullet = absl::StrCat(session.Say(word), session.Say({": ", " : "}));
  return Paragraph(finding.message(), 2, bullet, session.out());
}

absl::Status Check(Session& session, const Input& input) {
  const std::string named = TopName("campaigns", input.Get("CAMPAIGN"));
  ASSIGN_OR_RETURN(const std::string name, session.CampaignFor(input, named));
  pb::CheckCampaignRequest request;
  request.set_name(name);
  request.set_language(CodeOf(session.language()));
  ASSIGN_OR_RETURN(const auto check, session.Call<pb::CheckCampaignResponse>(request));
  session.Show(check, [&] {
    const Language language = session.language();
    std::string text = absl::StrCat(
        ShortName(name), session.Say({": ", " : "}),
        Counted(check.defence_count(), {"defence", "soutenance"}, {"defences", "soutenances"}, language),
        ", ", Counted(check.person_count(), {"person", "personne"}, {"people", "personnes"}, language), ", ",
        Counted(check.room_count(), {"room", "salle"}, {"rooms", "salles"}, language), "\n");
    absl::StrAppend(
        &text, session.Say({"At most ", "Au plus "}),
        Counted(check.placeable_count_bound(), {"defence can be placed", "soutenance peut être placée"},
                {"defences can be placed", "soutenances peuvent être placées"}, language),
        "\n");
    for (const auto& finding : check.findings()) absl::StrAppend(&text, FindingText(finding, session));
    if (check.findings_size() == 0)
      absl::StrAppend(&text, session.Say({"Nothing stands in the way.", "Rien ne s’y oppose."}), "\n");
    return text;
  });
  for (const auto& finding : check.findings()) {
    if (finding.severity() == pb::CheckCampaignResponse::Finding::SEVERITY_ERROR)
      session.set_exit_code(clients::kRefused);
  }
  return absl::OkStatus();
}

}  // namespace

Noun CampaignsNoun() {
  const Argument campaign =
      NameArgument("CAMPAIGN", "campaigns",
                   {"id of the campaign; default: the context's, or the only one",
                    "identifiant de la campagne ; par défaut celle du contexte, ou la seule"},
                   Argument::Need::kOptional);
  return {
      .name = "campaigns",
      .summary = {"defence campaigns: days, hours, rooms, rules",
                  "campagnes de soutenances : jours, horaires, salles, règles"},
      .commands = {
          {.verb = "list",
           .summary = {"List campaigns", "Lister les campagnes"},
           .examples = {{"campaigns list", {"those of your programmes", "celles de vos formations"}}},
           .run = List},
          {.verb = "show",
           .summary = {"Show a campaign", "Montrer une campagne"},
           .arguments = {campaign},
           .flags = {CampaignFlag()},
           .examples = {{"campaigns show", {"the only one", "la seule"}}},
           .run = Show},
          {.verb = "check",
           .summary = {"Say what can be seen before computing", "Dire ce qui se voit avant de calculer"},
           .details = {"Ends with 1 only if no timetable can be computed at all.",
                       "Ne se termine par 1 que si aucun planning ne peut être calculé."},
           .arguments = {campaign},
           .flags = {CampaignFlag()},
           .examples = {{"campaigns check m2-2027",
                         {"defences without jury, people without an answer",
                          "soutenances sans jury, personnes sans réponse"}}},
           .run = Check},
          {.verb = "rules",
           .summary = {"Show the rules as a campaign sets them, or change some",
                       "Montrer les règles telles qu’une campagne les fixe, ou en changer"},
           .details =
               {"A rule is set to hard (never broken), strong, soft or soft_2 to soft_6 (wishes of less and "
                "less importance: a point of one rank counts more than any number of the next), or off; "
                "then, "
                "if wanted, its points a unit and what it compares with. Rules that are not named stay.",
                "Une règle est fixée à hard (jamais enfreinte), strong, soft ou soft_2 à soft_6 (des "
                "souhaits "
                "de moins en moins importants : un point d’un rang compte plus que tous ceux du suivant), ou "
                "off ; puis, au besoin, ses points par unité et sa valeur de comparaison. Les règles non "
                "nommées restent."},
           .arguments = {campaign},
           .flags = {Repeated(
                         TextFlag("--set", "RULE=SETTING",
                                  {"such as gaps=soft:5:30, person_days=soft_2, back_to_back=strong",
                                   "par exemple gaps=soft:5:30, person_days=soft_2, back_to_back=strong"})),
                     Repeated(ResourceFlag(
                         "--reset", "RULE", "rules",
                         {"the default applies again", "la valeur par défaut s’applique de nouveau"})),
                     {.name = "--reset-all",
                      .value = {},
                      .help = {"all defaults apply again",
                               "toutes les valeurs par défaut s’appliquent de nouveau"}},
                     {.name = "--changed",
                      .value = {},
                      .help = {"only rules that differ from their default",
                               "seulement les règles qui diffèrent de leur valeur par défaut"}},
                     LongRulesFlag(),
                     CampaignFlag(),
                     EtagFlag(),
                     DryRunFlag()},
           .examples = {{"campaigns rules", {"with levels and weights", "avec niveaux et poids"}},
                        {"campaigns rules m2-2027 --set person_days=strong --set gaps=soft_2:3",
                         {"few days first, waiting last", "peu de jours d’abord, l’attente en dernier"}},
                        {"campaigns rules --reset gaps",
                         {"as the rulebook has it", "comme le règlement le fixe"}}},
           .run = Rules},
          {.verb = "create",
           .summary = {"Add a campaign", "Ajouter une campagne"},
           .arguments = {IdArgument()},
           .flags = Flags(FlagsOf(CampaignFields(Purpose::kCreate)),
                          Flags(DayFlags(), {RuleFlag(), SeatFlag(), KnowsFlag(), RoleCostFlag(),
                                             PersonFlag(), DryRunFlag()})),
           .examples =
               {{"campaigns create m2-2027 --title \"M2 2027\" --programme m2 --days 2027-06-14..2027-06-18 "
                 "--hours 09:00-12:30,14:00-18:00 --room a101,a102",
                 {"a week in two rooms", "une semaine dans deux salles"}}},
           .run = Create},
          {.verb = "update",
           .summary = {"Change a campaign", "Modifier une campagne"},
           .details = {"Only the fields that are given change; lists are replaced as a whole, but rules, "
                       "seats, the costs of roles and people one by one.",
                       "Seuls les champs donnés changent ; les listes sont remplacées en entier, sauf les "
                       "règles, les places, les coûts des rôles et les personnes, une à une."},
           .arguments = {campaign},
           .flags = Flags(FlagsOf(CampaignFields(Purpose::kUpdate)),
                          Flags(DayFlags(), {RuleFlag(), SeatFlag(), KnowsFlag(), RoleCostFlag(),
                                             PersonFlag(), CampaignFlag(), EtagFlag(), DryRunFlag()})),
           .examples =
               {{"campaigns update m2-2027 --rule gaps=soft:5",
                 {"weigh waiting more", "peser davantage les attentes"}},
                {"campaigns update --seat reviewer=ana,bruno:5,chloe --rule seat_cost=soft",
                 {"each jury has a reviewer; the timetable chooses one, Bruno rather not",
                  "chaque jury a un rapporteur ; le planning le choisit, Bruno plutôt pas"}},
                {"campaigns update --person everybody=president:2/ --person ana=weight:3,president:4/9",
                 {"nobody presides more than twice a day, Ana four times and nine in all",
                  "personne ne préside plus de deux fois par jour, Ana quatre et neuf en tout"}},
                {"campaigns update --pause 11:30-13:00=45/60 --rule room_pause=strong",
                 {"each room has a lunch of 45 minutes, rather of an hour",
                  "chaque salle a une pause de 45 minutes, plutôt d’une heure"}},
                {"campaigns update --days 2027-06-14..2027-06-19", {"other days", "d’autres jours"}}},
           .run = Update},
      }};
}

}  // namespace soutenance::cli
