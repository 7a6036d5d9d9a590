#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/fields.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/nouns.h"
#include "clients/cli/people_names.h"
#include "clients/cli/resource.h"
#include "clients/cli/seat_flags.h"
#include "clients/cli/words.h"
#include "google/protobuf/empty.pb.h"
#include "services/base/status.h"
#include "soutenance/scheduling/v1/campaigns.pb.h"
#include "soutenance/submissions/v1/submissions.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = scheduling::v1;
using clients::Column;

const std::vector<Field>& Fields() {
  static const auto& fields = *new std::vector<Field>{
      {.flag = NumberFlag(
           "--duration", "MINUTES",
           {"individual duration; 0: the campaign's", "durée individuelle ; 0 : celle de la campagne"}),
       .name = "duration_minutes"},
      {.flag = Repeated(TextFlag(
           "--equipment", "WORDS",
           {"what the room must have, such as video", "ce que la salle doit avoir, par exemple video"})),
       .name = "equipment"},
      {.flag = TextFlag("--topic", "TOPIC",
                        {"specialisation or the like, for rules and candidates",
                         "spécialité ou autre, pour les règles et les candidats"}),
       .name = "topic"},
  };
  return fields;
}

std::string DefenceText(const Session& session, const pb::Defence& defence) {
  return FactsText(
      absl::StrCat(session.Say({"Defence ", "Soutenance "}), ShortName(defence.name())),
      {{{"campaign", "campagne"}, ShortName(ParentIn("campaigns", defence.name()))},
       {{"duration", "durée"},
        defence.duration_minutes() == 0 ? "" : absl::StrCat(defence.duration_minutes(), " min")},
       {{"equipment", "équipement"}, absl::StrJoin(defence.equipment(), ", ")},
       {{"topic", "spécialité"}, defence.topic()},
       {{"its jury must have", "son jury doit avoir"}, SeatsText(defence.seats(), session.language())},
       {{"etag", "etag"}, defence.etag()}},
      session.language(), session.out());
}

// The theses of a campaign's programme by name; they only make the list easier to read.
std::map<std::string, submissions::v1::Thesis> ThesesOf(Session& session, const std::string& campaign) {
  std::map<std::string, submissions::v1::Thesis> theses;
  if (session.json()) return theses;
  pb::GetCampaignRequest get;
  get.set_name(campaign);
  const auto found = session.Call<pb::Campaign>(get);
  if (!found.ok()) return theses;
  submissions::v1::ListThesesRequest request;
  request.set_programme(found->programme());
  const auto list = session.List<submissions::v1::ListThesesResponse>(request);
  if (!list.ok()) return theses;
  for (const auto& thesis : list->theses()) theses[thesis.name()] = thesis;
  return theses;
}

absl::Status List(Session& session, const Input& input) {
  pb::ListDefencesRequest request;
  ASSIGN_OR_RETURN(const std::string campaign, session.CampaignFor(input));
  request.set_parent(campaign);
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListDefencesResponse>(request));
  const auto theses = ThesesOf(session, campaign);
  std::set<std::string> authors;
  for (const auto& [name, thesis] : theses) authors.insert(thesis.authors().begin(), thesis.authors().end());
  const PeopleNames names = PeopleNames::Of(session, authors);
  clients::Table table(
      {{session.Say({"Defence", "Soutenance"})},
       {session.Say({"Students", "Étudiants"}), Column::Align::kLeft, Column::Fit::kShrink},
       {session.Say({"Title", "Titre"}), Column::Align::kLeft, Column::Fit::kShrink},
       {session.Say({"Minutes", "Minutes"}), Column::Align::kRight},
       {session.Say({"Equipment", "Équipement"}), Column::Align::kLeft, Column::Fit::kShrink}});
  for (const pb::Defence& defence : list.defences()) {
    const auto thesis = theses.find(defence.thesis());
    std::vector<std::string> students;
    if (thesis != theses.end()) {
      for (const std::string& author : thesis->second.authors()) students.push_back(names.Name(author));
    }
    table.Row({ShortName(defence.name()), absl::StrJoin(students, ", "),
               thesis == theses.end() ? "" : thesis->second.title(),
               defence.duration_minutes() == 0 ? "" : absl::StrCat(defence.duration_minutes()),
               absl::StrJoin(defence.equipment(), ", ")});
  }
  ShowTable(session, list, table, {"no defence", "aucune soutenance"});
  return absl::OkStatus();
}

absl::Status Set(Session& session, const Input& input) {
  const std::string text = input.Get("DEFENCE");
  ASSIGN_OR_RETURN(const std::string campaign, session.CampaignFor(input, text));
  pb::SetDefenceRequest request;
  pb::Defence& defence = *request.mutable_defence();
  defence.set_name(DefenceName(campaign, text));
  defence.set_thesis(TopName("theses", ShortName(defence.name())));
  // The call replaces the defence as a whole: what is not given here stays as it is.
  pb::ListDefencesRequest list_request;
  list_request.set_parent(campaign);
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListDefencesResponse>(list_request));
  for (const pb::Defence& now : list.defences()) {
    if (now.name() == defence.name()) defence = now;
  }
  RETURN_IF_ERROR(FillResource(input, Fields(), session.language(), defence).status());
  RETURN_IF_ERROR(ApplySeatFlags(input, session.language(), *defence.mutable_seats()));
  if (input.Has("--etag")) defence.set_etag(input.Get("--etag"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto set, session.Call<pb::Defence>(request));
  ShowOutcome(session, input, {"Defence set.", "Soutenance enregistrée."}, set, DefenceText(session, set));
  return absl::OkStatus();
}

// What the jury of a defence must have: what is said about it, and of other roles what the campaign says.
SeatNeeds NeedsOf(const pb::Campaign& campaign, const pb::Defence& defence) {
  SeatNeeds needs;
  for (const pb::SeatNeed& of_all : campaign.seats()) {
    const pb::SeatNeed* own = nullptr;
    for (const pb::SeatNeed& need : defence.seats()) {
      if (need.role() == of_all.role()) own = &need;
    }
    pb::SeatNeed& need = *needs.Add();
    need = own == nullptr ? of_all : *own;
    if (need.candidates_size() == 0) *need.mutable_candidates() = of_all.candidates();
  }
  for (const pb::SeatNeed& own : defence.seats()) {
    bool is_there = false;
    for (const pb::SeatNeed& need : needs) is_there = is_there || need.role() == own.role();
    if (!is_there) *needs.Add() = own;
  }
  return needs;
}

absl::Status Seats(Session& session, const Input& input) {
  const std::string text = input.Get("DEFENCE");
  ASSIGN_OR_RETURN(const std::string name, session.CampaignFor(input, text));
  pb::GetCampaignRequest get;
  get.set_name(name);
  ASSIGN_OR_RETURN(const auto campaign, session.Call<pb::Campaign>(get));
  pb::ListDefencesRequest request;
  request.set_parent(name);
  ASSIGN_OR_RETURN(auto list, session.List<pb::ListDefencesResponse>(request));
  if (!text.empty()) {
    pb::ListDefencesResponse one;
    for (const pb::Defence& defence : list.defences()) {
      if (defence.name() == DefenceName(name, text)) *one.add_defences() = defence;
    }
    list = one;
  }
  clients::Table table({{session.Say({"Defence", "Soutenance"})},
                        {session.Say({"Topic", "Spécialité"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"Said", "Dit pour"})},
                        {session.Say({"Its jury must have", "Son jury doit avoir"}), Column::Align::kLeft,
                         Column::Fit::kShrink}});
  for (pb::Defence& defence : *list.mutable_defences()) {
    const bool has_own = defence.seats_size() > 0;
    // As JSON, too, everything that counts, wherever it was said.
    *defence.mutable_seats() = NeedsOf(campaign, defence);
    table.Row({ShortName(defence.name()), defence.topic(),
               has_own ? session.Say({"it", "elle"}) : session.Say({"all", "toutes"}),
               SeatsText(defence.seats(), session.language())});
  }
  ShowTable(session, list, table, {"no defence", "aucune soutenance"});
  return absl::OkStatus();
}

absl::Status Remove(Session& session, const Input& input) {
  const std::string text = input.Get("DEFENCE");
  ASSIGN_OR_RETURN(const std::string campaign, session.CampaignFor(input, text));
  pb::RemoveDefenceRequest request;
  request.set_name(DefenceName(campaign, text));
  request.set_etag(input.Get("--etag"));
  request.set_validate_only(input.Has("--dry-run"));
  if (!request.validate_only()) {
    RETURN_IF_ERROR(
        session.Confirm(input, absl::StrCat(session.Say({"Take this defence out of the campaign: ",
                                                         "Retirer de la campagne la soutenance "}),
                                            ShortName(request.name()), session.Say({"?", " ?"}))));
  }
  ASSIGN_OR_RETURN(const auto nothing, session.Call<google::protobuf::Empty>(request));
  ShowOutcome(session, input, {"Removed; the thesis stays.", "Retirée ; le mémoire reste."}, nothing, "");
  return absl::OkStatus();
}

}  // namespace

Noun DefencesNoun() {
  const Argument defence =
      NameArgument("DEFENCE", "defences", {"id of the thesis", "identifiant du mémoire"});
  return {
      .name = "defences",
      .summary = {"which theses are defended in a campaign, and how",
                  "quels mémoires sont soutenus dans une campagne, et comment"},
      .commands = {
          {.verb = "list",
           .summary = {"List the defences of a campaign", "Lister les soutenances d’une campagne"},
           .flags = {CampaignFlag()},
           .examples = {{"defences list", {"of the only campaign", "de la seule campagne"}}},
           .run = List},
          {.verb = "set",
           .summary = {"Add a thesis to the campaign, or change how it is defended",
                       "Ajouter un mémoire à la campagne, ou changer sa soutenance"},
           .arguments = {defence},
           .flags =
               Flags(FlagsOf(Fields()), {SeatFlag(), KnowsFlag(), CampaignFlag(), EtagFlag(), DryRunFlag()}),
           .examples = {{"defences set m2-017 --duration 80",
                         {"extended time; nothing tells why", "tiers-temps ; rien ne dit pourquoi"}},
                        {"defences set m2-017 --seat reviewer:2=ana,bruno,chloe --topic Robotics",
                         {"two reviewers whom the timetable chooses among three",
                          "deux rapporteurs que le planning choisit parmi trois"}}},
           .run = Set},
          {.verb = "seats",
           .summary = {"Show what juries must have and who may be chosen",
                       "Montrer ce que les jurys doivent avoir et qui peut être choisi"},
           .details = {"Members that a jury has count first; a timetable chooses those it lacks. To change "
                       "it: campaigns update --seat, defences set --seat.",
                       "Les membres qu’un jury a déjà comptent d’abord ; le planning choisit ceux qui "
                       "manquent. Pour changer : campaigns update --seat, defences set --seat."},
           .arguments = {NameArgument("DEFENCE", "defences",
                                      {"id of the thesis; default: all",
                                       "identifiant du mémoire ; par "
                                       "défaut toutes"},
                                      Argument::Need::kOptional)},
           .flags = {CampaignFlag()},
           .examples = {{"defences seats", {"of all defences", "de toutes les soutenances"}}},
           .run = Seats},
          {.verb = "remove",
           .summary = {"Take a thesis out of the campaign", "Retirer un mémoire de la campagne"},
           .arguments = {defence},
           .flags = {CampaignFlag(), EtagFlag(), DryRunFlag(), YesFlag()},
           .examples = {{"defences remove m2-017 --yes", {"without being asked", "sans confirmation"}}},
           .run = Remove},
      }};
}

}  // namespace soutenance::cli
