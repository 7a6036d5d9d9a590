#include <string>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "services/directory/import/sheets.h"

namespace soutenance::directory::import_folder {
namespace {

constexpr int kSeatsMax = 100'000;

enum RoomColumn { kId, kName, kSite, kCapacity, kEquipment };
enum OpeningColumn { kRoom, kDay, kFrom, kTo, kKind };

}  // namespace

std::vector<RoomRow> ReadRooms(const Sheet& sheet, Folder& folder) {
  std::vector<RoomRow> rooms;
  for (int i = 0; i < sheet.table().row_count(); ++i) {
    RowReader row(sheet, i, folder.problems);
    RoomRow room;
    room.line = row.line();
    room.id = row.Id(kId);
    RefuseRepeatedId(row, kId, room.id, folder.rooms);
    room.name = row.Text(kName);
    room.site = row.Text(kSite);
    room.capacity_seats = row.Number(kCapacity, 1, kSeatsMax);
    room.equipment = row.Words(kEquipment);
    folder.rooms.Add({.id = room.id, .label = room.name, .line = room.line});
    rooms.push_back(std::move(room));
  }
  return rooms;
}

std::vector<OpeningRow> ReadOpenings(const Sheet& sheet, Folder& folder) {
  const std::vector<Choice<OpeningKind>> kinds = {{{"open", "ouvert"}, OpeningKind::kOpen},
                                                  {{"closed", "ferme"}, OpeningKind::kClosed}};
  std::vector<OpeningRow> openings;
  absl::flat_hash_map<std::tuple<std::string, absl::CivilDay, int, int>, OpeningRow> by_span;
  for (int i = 0; i < sheet.table().row_count(); ++i) {
    RowReader row(sheet, i, folder.problems);
    OpeningRow opening;
    opening.line = row.line();
    opening.room = ReadReference(row, kRoom, folder.rooms, folder.problems);
    opening.day = row.Day(kDay).value_or(absl::CivilDay());
    opening.span = row.Span(kFrom, kTo, true).value_or(kWholeDay);
    opening.kind = row.OneOf(kKind, kinds, OpeningKind::kOpen);
    if (row.ok()) {
      const auto [first, added] = by_span.try_emplace(
          std::make_tuple(opening.room, opening.day, opening.span.from, opening.span.to), opening);
      if (!added && first->second.kind != opening.kind) {
        row.Refuse(
            kKind, "opening_contradictory",
            {absl::StrCat("line ", first->second.line, " says the opposite for the same room and hours"),
             absl::StrCat("la ligne ", first->second.line,
                          " dit le contraire pour la même salle et les mêmes heures")});
      }
    }
    openings.push_back(std::move(opening));
  }
  return openings;
}

}  // namespace soutenance::directory::import_folder
