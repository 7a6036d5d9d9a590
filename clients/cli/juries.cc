#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/cli/conflict_warnings.h"
#include "clients/cli/decisions.h"
#include "clients/cli/fields.h"
#include "clients/cli/invitations.h"
#include "clients/cli/jury_rules.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/nouns.h"
#include "clients/cli/people_names.h"
#include "clients/cli/proposals.h"
#include "clients/cli/resource.h"
#include "clients/cli/words.h"
#include "google/protobuf/empty.pb.h"
#include "services/base/status.h"
#include "soutenance/assignment/v1/assignment.pb.h"
#include "soutenance/submissions/v1/submissions.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = assignment::v1;
using clients::Column;

// "bruno=president", "chloé=examiner:remote".
std::string ReadSeat(const std::string& text, google::protobuf::Message& jury, Language language) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits('=', 1));
  const std::pair<std::string, std::string> place = absl::StrSplit(parts.second, absl::MaxSplits(':', 1));
  pb::Seat seat;
  pb::Seat::Role role = pb::Seat::ROLE_UNSPECIFIED;
  const bool is_known = pb::Seat::Role_Parse("ROLE_" + absl::AsciiStrToUpper(place.first), &role) &&
                        (place.second.empty() || place.second == "remote");
  if (parts.first.empty() || !is_known || role == pb::Seat::ROLE_UNSPECIFIED) {
    return Text{
        "expected PERSON=ROLE or PERSON=ROLE:remote, with president, supervisor, reviewer, examiner, "
        "company_tutor or guest",
        "attendu PERSONNE=RÔLE ou PERSONNE=RÔLE:remote, avec president, supervisor, reviewer, examiner, "
        "company_tutor ou guest"}
        .In(language);
  }
  seat.set_person(TopName("people", parts.first));
  seat.set_role(role);
  seat.set_mode(place.second.empty() ? pb::Seat::MODE_ON_SITE : pb::Seat::MODE_REMOTE);
  *static_cast<pb::Jury&>(jury).add_seats() = seat;
  return "";
}

const std::vector<Field>& Fields() {
  static const auto& fields = *new std::vector<Field>{
      {.flag = Repeated(TextFlag("--seat", "PERSON=ROLE",
                                 {"who sits as what; \":remote\" after the role for somebody on video",
                                  "qui siège comme quoi ; « :remote » après le rôle pour la visio"})),
       .name = "seats",
       .read = ReadSeat},
      {.flag = ResourceFlag("--programme", "PROGRAMME", "programmes",
                            {"the programme of the thesis; default: read from it",
                             "la formation du mémoire ; par défaut lue dans celui-ci"}),
       .name = "programme",
       .collection = "programmes"},
  };
  return fields;
}

PeopleNames NamesIn(Session& session, const google::protobuf::RepeatedPtrField<pb::Jury>& juries) {
  std::set<std::string> people;
  for (const pb::Jury& jury : juries) {
    for (const pb::Seat& seat : jury.seats()) people.insert(seat.person());
  }
  return PeopleNames::Of(session, people);
}

std::string SeatText(const Session& session, const pb::Seat& seat, const std::string& person) {
  const bool is_remote = seat.mode() == pb::Seat::MODE_REMOTE;
  return absl::StrCat(person, session.Say({": ", " : "}), WordFor(seat.role(), session.language()),
                      is_remote ? session.Say({", on video", ", en visio"}) : "");
}

std::string JuryText(Session& session, const pb::Jury& jury) {
  google::protobuf::RepeatedPtrField<pb::Jury> one;
  *one.Add() = jury;
  const PeopleNames names = NamesIn(session, one);
  Facts facts{{{"programme", "formation"}, ShortName(jury.programme())}, {{"etag", "etag"}, jury.etag()}};
  std::string text = FactsText(absl::StrCat(session.Say({"Jury of ", "Jury de "}), ShortName(jury.name())),
                               facts, session.language(), session.out());
  for (const pb::Seat& seat : jury.seats()) {
    absl::StrAppend(&text,
                    Paragraph(SeatText(session, seat, names.Label(seat.person())), 2, "- ", session.out()));
  }
  return text;
}

absl::Status List(Session& session, const Input& input) {
  pb::ListJuriesRequest request;
  request.set_programme(TopName("programmes", input.Get("--programme")));
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListJuriesResponse>(request));
  clients::Table table({{session.Say({"Thesis", "Mémoire"})},
                        {session.Say({"Seats", "Membres"}), Column::Align::kRight},
                        {session.Say({"Jury", "Jury"}), Column::Align::kLeft, Column::Fit::kShrink}});
  const PeopleNames names = NamesIn(session, list.juries());
  for (const pb::Jury& jury : list.juries()) {
    std::vector<std::string> seats;
    for (const pb::Seat& seat : jury.seats()) {
      const std::string role = WordFor(seat.role(), session.language());
      seats.push_back(absl::StrCat(names.Name(seat.person()), " (", role, ")"));
    }
    table.Row({ShortName(jury.name()), absl::StrCat(jury.seats_size()), absl::StrJoin(seats, ", ")});
  }
  ShowTable(session, list, table, {"no jury", "aucun jury"});
  return absl::OkStatus();
}

absl::Status Show(Session& session, const Input& input) {
  pb::GetJuryRequest request;
  request.set_name(JuryName(input.Get("THESIS")));
  ASSIGN_OR_RETURN(const auto jury, session.Call<pb::Jury>(request));
  session.Show(jury, [&] { return JuryText(session, jury); });
  return absl::OkStatus();
}

absl::Status Set(Session& session, const Input& input) {
  pb::SetJuryRequest request;
  pb::Jury& jury = *request.mutable_jury();
  jury.set_name(JuryName(input.Get("THESIS")));
  RETURN_IF_ERROR(FillResource(input, Fields(), session.language(), jury).status());
  if (jury.programme().empty()) {
    submissions::v1::GetThesisRequest get_thesis;
    get_thesis.set_name(TopName("theses", ShortName(jury.name())));
    ASSIGN_OR_RETURN(const auto thesis, session.Call<submissions::v1::Thesis>(get_thesis));
    jury.set_programme(thesis.programme());
  }
  if (input.Has("--etag")) jury.set_etag(input.Get("--etag"));
  request.set_validate_only(input.Has("--dry-run"));
  request.set_reason(input.Get("--reason"));
  ASSIGN_OR_RETURN(const auto set, session.Call<pb::Jury>(request));
  ShowOutcome(session, input, {"Jury set.", "Jury enregistré."}, set, JuryText(session, set));
  WarnOfRules(session, set);
  WarnOfConflicts(session, set);
  return absl::OkStatus();
}

absl::Status Delete(Session& session, const Input& input) {
  pb::DeleteJuryRequest request;
  request.set_name(JuryName(input.Get("THESIS")));
  request.set_etag(input.Get("--etag"));
  request.set_reason(input.Get("--reason"));
  request.set_validate_only(input.Has("--dry-run"));
  if (!request.validate_only()) {
    RETURN_IF_ERROR(
        session.Confirm(input, absl::StrCat(session.Say({"Dissolve the jury of ", "Dissoudre le jury de "}),
                                            ShortName(request.name()), session.Say({"?", " ?"}))));
  }
  ASSIGN_OR_RETURN(const auto nothing, session.Call<google::protobuf::Empty>(request));
  ShowOutcome(session, input, {"Dissolved.", "Dissous."}, nothing, "");
  return absl::OkStatus();
}

}  // namespace

Noun JuriesNoun() {
  const Argument thesis =
      NameArgument("THESIS", "theses", {"id of the thesis it judges", "identifiant du mémoire jugé"});
  Noun noun{
      .name = "juries",
      .summary = {"who judges which thesis", "qui juge quel mémoire"},
      .commands = {
          {.verb = "list",
           .summary = {"List juries", "Lister les jurys"},
           .flags = {ResourceFlag("--programme", "PROGRAMME", "programmes",
                                  {"only those of this programme", "seulement ceux de cette formation"})},
           .examples = {{"juries list", {"all of them", "tous"}}},
           .run = List},
          {.verb = "show",
           .summary = {"Show the jury of a thesis", "Montrer le jury d’un mémoire"},
           .arguments = {thesis},
           .examples = {{"juries show m2-017", {"one jury", "un jury"}}},
           .run = Show},
          {.verb = "set",
           .summary = {"Set the jury of a thesis as a whole", "Fixer le jury d’un mémoire en entier"},
           .arguments = {thesis},
           .flags = Flags(FlagsOf(Fields()), {ReasonFlag(), EtagFlag(), DryRunFlag()}),
           .examples = {{"juries set m2-017 --seat bruno=president --seat chloe=examiner:remote",
                         {"two seats, one of them on video", "deux membres, dont un en visio"}}},
           .run = Set},
          {.verb = "delete",
           .summary = {"Dissolve the jury of a thesis", "Dissoudre le jury d’un mémoire"},
           .arguments = {thesis},
           .flags = {ReasonFlag(), EtagFlag(), DryRunFlag(), YesFlag()},
           .examples = {{"juries delete m2-017 --yes", {"without being asked", "sans confirmation"}}},
           .run = Delete},
      }};
  for (const auto& part : {JuryProposalCommands(), JuryInvitationCommands(), JuryDecisionCommands()}) {
    noun.commands.insert(noun.commands.end(), part.begin(), part.end());
  }
  return noun;
}

}  // namespace soutenance::cli
