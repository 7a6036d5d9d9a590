#include "services/directory/room.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "services/directory/checks.h"

namespace soutenance::directory {
namespace {

constexpr int kSeatsMax = 100'000;
constexpr std::size_t kEquipmentMax = 50;
constexpr std::size_t kWordBytesMax = 40;
constexpr std::size_t kOpeningsMax = 1000;

std::string ShowOpenings(const Room& room) {
  return absl::StrJoin(room.openings, "; ", [](std::string* out, const RoomOpening& opening) {
    absl::StrAppendFormat(out, "%s %02d:%02d-%02d:%02d %s", absl::FormatCivilTime(opening.day),
                          opening.from_minutes / 60, opening.from_minutes % 60, opening.to_minutes / 60,
                          opening.to_minutes % 60,
                          opening.kind == RoomOpening::Kind::kOpen ? "open" : "closed");
  });
}

constexpr Field<Room> kFields[] = {
    {"title", [](const Room& r) { return r.title; },
     [](const Room& from, Room& to) { to.title = from.title; }},
    {"site", [](const Room& r) { return r.site; }, [](const Room& from, Room& to) { to.site = from.site; }},
    {"capacity",
     [](const Room& r) { return r.capacity_seats == 0 ? std::string() : absl::StrCat(r.capacity_seats); },
     [](const Room& from, Room& to) { to.capacity_seats = from.capacity_seats; }},
    {"equipment", [](const Room& r) { return absl::StrJoin(r.equipment, ", "); },
     [](const Room& from, Room& to) { to.equipment = from.equipment; }},
    {"openings", ShowOpenings, [](const Room& from, Room& to) { to.openings = from.openings; }},
};

bool IsWord(absl::string_view word) {
  return !word.empty() && word.size() <= kWordBytesMax && std::all_of(word.begin(), word.end(), [](char c) {
    return absl::ascii_islower(static_cast<unsigned char>(c)) ||
           absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '_';
  });
}

void CheckEquipment(const Room& room, absl::string_view prefix, std::vector<FieldViolation>& problems) {
  const std::vector<std::string>& words = room.equipment;
  if (words.size() > kEquipmentMax) {
    problems.push_back({absl::StrCat(prefix, "equipment"),
                        absl::StrCat("has ", words.size(), " entries; at most ", kEquipmentMax)});
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string at = absl::StrCat(prefix, "equipment[", i, "]");
    if (!IsWord(words[i])) {
      problems.push_back({at, "is not a word of at most 40 lower-case letters, digits and _, such as video"});
    } else if (std::find(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(i), words[i]) !=
               words.begin() + static_cast<std::ptrdiff_t>(i)) {
      problems.push_back({at, "stands there twice"});
    }
  }
}

}  // namespace

std::string RoomName(absl::string_view id) { return absl::StrCat("rooms/", id); }

absl::Span<const Field<Room>> RoomFields() { return kFields; }

void Check(const Room& room, absl::string_view prefix, std::vector<FieldViolation>& problems) {
  CheckText(room.title, Presence::kRequired, kTitleCharactersMax, absl::StrCat(prefix, "title"), problems);
  CheckText(room.site, Presence::kOptional, kNameCharactersMax, absl::StrCat(prefix, "site"), problems);
  CheckCount(room.capacity_seats, kSeatsMax, absl::StrCat(prefix, "capacity"), problems);
  CheckEquipment(room, prefix, problems);
  if (room.openings.size() > kOpeningsMax) {
    problems.push_back({absl::StrCat(prefix, "openings"),
                        absl::StrCat("has ", room.openings.size(), " entries; at most ", kOpeningsMax)});
  }
  for (std::size_t i = 0; i < room.openings.size(); ++i) {
    const RoomOpening& opening = room.openings[i];
    if (opening.from_minutes >= 0 && opening.from_minutes < opening.to_minutes &&
        opening.to_minutes <= kMinutesOfDay)
      continue;
    problems.push_back(
        {absl::StrCat(prefix, "openings[", i, "].to"), "is not later than the beginning of the opening"});
  }
}

}  // namespace soutenance::directory
