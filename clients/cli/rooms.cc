#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/cli/dates.h"
#include "clients/cli/fields.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/nouns.h"
#include "clients/cli/resource.h"
#include "google/protobuf/empty.pb.h"
#include "services/base/status.h"
#include "soutenance/directory/v1/directory.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = directory::v1;
using clients::Column;

// "2027-06-14", "2027-06-14..2027-06-18" or either with " 08:00-18:00".
std::string ReadOpening(const std::string& text, pb::RoomOpening::Kind kind,
                        google::protobuf::Message& resource, Language language) {
  const std::vector<std::string> parts = absl::StrSplit(text, ' ', absl::SkipEmpty());
  const auto days = parts.empty() ? std::nullopt : ParseDays(parts[0], Span::kEveryDay);
  const auto span = parts.size() == 2 ? ParseTimeSpan(parts[1]) : std::nullopt;
  if (!days || parts.size() > 2 || (parts.size() == 2 && !span)) {
    return Text{"expected \"2027-06-14\" or \"2027-06-14..2027-06-18 08:00-18:00\"",
                "attendu « 2027-06-14 » ou « 2027-06-14..2027-06-18 08:00-18:00 »"}
        .In(language);
  }
  for (const std::string& day : *days) {
    pb::RoomOpening& opening = *static_cast<pb::Room&>(resource).add_openings();
    opening.set_date(day);
    if (span) opening.set_from(span->from);
    if (span) opening.set_to(span->to);
    opening.set_kind(kind);
  }
  return "";
}

const std::vector<Field>& Fields() {
  static const auto& fields = *new std::vector<Field>{
      {.flag = TextFlag("--title", "TITLE", {"what the door says", "ce qu’indique la porte"}),
       .name = "title"},
      {.flag = TextFlag("--site", "SITE", {"building or campus", "bâtiment ou campus"}), .name = "site"},
      {.flag = NumberFlag("--capacity", "SEATS", {"seats; 0: not known", "places ; 0 : inconnu"}),
       .name = "capacity"},
      {.flag = Repeated(
           TextFlag("--equipment", "WORDS", {"such as video,projector", "par exemple video,projecteur"})),
       .name = "equipment"},
      {.flag = Repeated(TextFlag("--open", "DAYS [HOURS]",
                                 {"open then, and at no other time: \"2027-06-14 08:00-18:00\"",
                                  "ouverte alors, et à aucun autre moment : « 2027-06-14 08:00-18:00 »"})),
       .name = "openings",
       .read =
           [](const std::string& text, google::protobuf::Message& room, Language language) {
             return ReadOpening(text, pb::RoomOpening::KIND_OPEN, room, language);
           }},
      {.flag = Repeated(TextFlag("--closed", "DAYS [HOURS]", {"closed then", "fermée alors"})),
       .name = "openings",
       .read =
           [](const std::string& text, google::protobuf::Message& room, Language language) {
             return ReadOpening(text, pb::RoomOpening::KIND_CLOSED, room, language);
           }},
  };
  return fields;
}

std::string OpeningText(const pb::RoomOpening& opening, const Session& session) {
  const bool is_closed = opening.kind() == pb::RoomOpening::KIND_CLOSED;
  return absl::StrCat(is_closed ? session.Say({"closed ", "fermée "}) : session.Say({"open ", "ouverte "}),
                      opening.date(),
                      opening.from().empty() ? "" : absl::StrCat(" ", opening.from(), "-", opening.to()));
}

std::string RoomText(const Session& session, const pb::Room& room) {
  std::vector<std::string> openings;
  for (const pb::RoomOpening& opening : room.openings()) openings.push_back(OpeningText(opening, session));
  return FactsText(room.title(),
                   {{{"id", "identifiant"}, ShortName(room.name())},
                    {{"site", "site"}, room.site()},
                    {{"seats", "places"}, room.capacity() == 0 ? "" : absl::StrCat(room.capacity())},
                    {{"equipment", "équipement"}, absl::StrJoin(room.equipment(), ", ")},
                    {{"hours", "horaires"}, absl::StrJoin(openings, "; ")},
                    {{"etag", "etag"}, room.etag()}},
                   session.language(), session.out());
}

absl::Status List(Session& session, const Input&) {
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListRoomsResponse>(pb::ListRoomsRequest()));
  clients::Table table(
      {{session.Say({"Id", "Identifiant"})},
       {session.Say({"Title", "Nom"}), Column::Align::kLeft, Column::Fit::kShrink},
       {"Site", Column::Align::kLeft, Column::Fit::kShrink},
       {session.Say({"Seats", "Places"}), Column::Align::kRight},
       {session.Say({"Equipment", "Équipement"}), Column::Align::kLeft, Column::Fit::kShrink},
       {session.Say({"Special hours", "Horaires particuliers"}), Column::Align::kRight}});
  for (const pb::Room& room : list.rooms()) {
    table.Row({ShortName(room.name()), room.title(), room.site(),
               room.capacity() == 0 ? "" : absl::StrCat(room.capacity()),
               absl::StrJoin(room.equipment(), ", "),
               room.openings_size() == 0 ? "" : absl::StrCat(room.openings_size())});
  }
  ShowTable(session, list, table, {"no room", "aucune salle"});
  return absl::OkStatus();
}

absl::Status Show(Session& session, const Input& input) {
  pb::GetRoomRequest request;
  request.set_name(TopName("rooms", input.Get("ROOM")));
  ASSIGN_OR_RETURN(const auto room, session.Call<pb::Room>(request));
  session.Show(room, [&] { return RoomText(session, room); });
  return absl::OkStatus();
}

absl::Status Create(Session& session, const Input& input) {
  pb::CreateRoomRequest request;
  request.set_room_id(input.Get("ID"));
  RETURN_IF_ERROR(FillResource(input, Fields(), session.language(), *request.mutable_room()).status());
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto room, session.Call<pb::Room>(request));
  ShowOutcome(session, input, {"Created.", "Créée."}, room, RoomText(session, room));
  return absl::OkStatus();
}

absl::Status Update(Session& session, const Input& input) {
  pb::UpdateRoomRequest request;
  request.mutable_room()->set_name(TopName("rooms", input.Get("ROOM")));
  RETURN_IF_ERROR(FillUpdate(input, Fields(), session.language(), *request.mutable_room(),
                             *request.mutable_update_mask()));
  if (input.Has("--etag")) request.mutable_room()->set_etag(input.Get("--etag"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto room, session.Call<pb::Room>(request));
  ShowOutcome(session, input, {"Changed.", "Modifiée."}, room, RoomText(session, room));
  return absl::OkStatus();
}

absl::Status Delete(Session& session, const Input& input) {
  pb::DeleteRoomRequest request;
  request.set_name(TopName("rooms", input.Get("ROOM")));
  request.set_etag(input.Get("--etag"));
  request.set_validate_only(input.Has("--dry-run"));
  if (!request.validate_only()) {
    RETURN_IF_ERROR(session.Confirm(input, absl::StrCat(session.Say({"Delete room ", "Supprimer la salle "}),
                                                        ShortName(request.name()), "?")));
  }
  ASSIGN_OR_RETURN(const auto nothing, session.Call<google::protobuf::Empty>(request));
  ShowOutcome(session, input, {"Deleted.", "Supprimée."}, nothing, "");
  return absl::OkStatus();
}

}  // namespace

Noun RoomsNoun() {
  const Argument room = NameArgument("ROOM", "rooms", {"id of the room", "identifiant de la salle"});
  return {
      .name = "rooms",
      .summary = {"rooms, their seats, equipment and hours", "salles : places, équipement, horaires"},
      .commands = {
          {.verb = "list",
           .summary = {"List rooms", "Lister les salles"},
           .examples = {{"rooms list", {"all rooms", "toutes les salles"}}},
           .run = List},
          {.verb = "show",
           .summary = {"Show a room with its hours", "Montrer une salle et ses horaires"},
           .arguments = {room},
           .examples = {{"rooms show a101", {"one room", "une salle"}}},
           .run = Show},
          {.verb = "create",
           .summary = {"Add a room", "Ajouter une salle"},
           .arguments = {IdArgument()},
           .flags = Flags(FlagsOf(Fields()), {DryRunFlag()}),
           .examples = {{"rooms create a101 --title \"A 101\" --site Nord --capacity 24 --equipment video",
                         {"a room with video", "une salle équipée pour la visio"}}},
           .run = Create},
          {.verb = "update",
           .summary = {"Change a room", "Modifier une salle"},
           .details = {"Only the fields that are given change; --open and --closed replace all hours.",
                       "Seuls les champs donnés changent ; --open et --closed remplacent tous les horaires."},
           .arguments = {room},
           .flags = Flags(FlagsOf(Fields()), {EtagFlag(), DryRunFlag()}),
           .examples = {{"rooms update a101 --closed 2027-06-15 --closed \"2027-06-16 12:00-24:00\"",
                         {"closed on two occasions", "fermée à deux moments"}}},
           .run = Update},
          {.verb = "delete",
           .summary = {"Delete a room", "Supprimer une salle"},
           .details = {"Timetables that use it keep its name.",
                       "Les plannings qui l’utilisent gardent son nom."},
           .arguments = {room},
           .flags = {EtagFlag(), DryRunFlag(), YesFlag()},
           .examples = {{"rooms delete a101 --yes", {"without being asked", "sans confirmation"}}},
           .run = Delete},
      }};
}

}  // namespace soutenance::cli
