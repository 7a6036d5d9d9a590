#include "storage/sql/directory_store.h"

#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/civil_time.h"
#include "services/base/status.h"
#include "storage/sql/in_list.h"
#include "storage/sql/requests.h"

namespace soutenance::storage::sql {
namespace {

using directory::CalendarPeriod;
using directory::Cohort;
using directory::Person;
using directory::Programme;
using directory::Room;
using directory::RoomOpening;

Person ReadPerson(const Row& row) {
  return {.id = row.Text(0),
          .version = row.Integer(1),
          .family_name = row.Text(2),
          .given_name = row.Text(3),
          .email = row.Text(4),
          .organisation = row.Text(5),
          .defences_per_day_max = row.Int(6),
          .defences_per_campaign_max = row.Int(7)};
}

Programme ReadProgramme(const Row& row) {
  return {.id = row.Text(0),
          .version = row.Integer(1),
          .title = row.Text(2),
          .institution = row.Text(3),
          .time_zone = row.Text(4),
          .language = row.Text(5)};
}

Cohort ReadCohort(const Row& row) {
  return {.programme = row.Text(0), .id = row.Text(1), .version = row.Integer(2), .title = row.Text(3)};
}

Room ReadRoom(const Row& row) {
  return {.id = row.Text(0),
          .version = row.Integer(1),
          .title = row.Text(2),
          .site = row.Text(3),
          .capacity_seats = row.Int(4)};
}

absl::StatusOr<absl::CivilDay> ParseStoredDay(const std::string& text) {
  absl::CivilDay day;
  if (!absl::ParseCivilTime(text, &day)) return absl::DataLossError(absl::StrCat("not a day: ", text));
  return day;
}

// A page of one more row than wanted: whether there is a next page, needs no second query.
template <typename T>
Page<T> CutPage(std::vector<T> items, const PageRequest& request) {
  Page<T> page = {.items = std::move(items)};
  if (page.items.size() > static_cast<std::size_t>(request.size)) {
    page.items.resize(static_cast<std::size_t>(request.size));
    page.next = page.items.back().id;
  }
  return page;
}

template <typename T>
std::vector<T> InOrderOf(absl::Span<const std::string> ids, const std::vector<T>& found) {
  absl::flat_hash_map<absl::string_view, const T*> by_id;
  for (const T& item : found) by_id.emplace(item.id, &item);
  std::vector<T> ordered;
  ordered.reserve(found.size());
  for (const std::string& id : ids) {
    if (const auto item = by_id.find(id); item != by_id.end()) ordered.push_back(*item->second);
  }
  return ordered;
}

// Everything that contains `key`, whatever characters it has.
std::string ContainsPattern(absl::string_view key) {
  return absl::StrCat("%", absl::StrReplaceAll(key, {{"\\", "\\\\"}, {"%", "\\%"}, {"_", "\\_"}}), "%");
}

// The reading half of both Reader and Writer.
template <typename Base>
class Reading : public Base {
 public:
  explicit Reading(Session& session) : session_(session) {}

  absl::StatusOr<std::optional<Person>> FindPerson(absl::string_view id) const override {
    std::optional<Person> person;
    RETURN_IF_ERROR(session_.Query(
        "SELECT id, version, family_name, given_name, email, organisation, defences_per_day_max, "
        "defences_per_campaign_max FROM people WHERE id = :id",
        {id}, [&](const Row& row) { person = ReadPerson(row); }));
    return person;
  }

  absl::StatusOr<std::vector<Person>> FindPeople(absl::Span<const std::string> ids) const override {
    static const auto* const list = new InList(
        "SELECT id, version, family_name, given_name, email, organisation, defences_per_day_max, "
        "defences_per_campaign_max FROM people WHERE id IN (:ids)");
    std::vector<Person> people;
    RETURN_IF_ERROR(list->Query(session_, ids, [&](const Row& row) { people.push_back(ReadPerson(row)); }));
    return InOrderOf(ids, people);
  }

  absl::StatusOr<std::vector<Person>> FindPeopleByEmail(absl::Span<const std::string> keys) const override {
    static const auto* const list = new InList(
        "SELECT id, version, family_name, given_name, email, organisation, defences_per_day_max, "
        "defences_per_campaign_max FROM people WHERE email_key IN (:ids)");
    std::vector<Person> people;
    RETURN_IF_ERROR(list->Query(session_, keys, [&](const Row& row) { people.push_back(ReadPerson(row)); }));
    return people;
  }

  absl::StatusOr<Page<Person>> ListPeople(const PageRequest& page,
                                          absl::string_view search_key) const override {
    std::vector<Person> people;
    const auto take = [&](const Row& row) { people.push_back(ReadPerson(row)); };
    if (search_key.empty()) {
      RETURN_IF_ERROR(session_.Query(
          "SELECT id, version, family_name, given_name, email, organisation, defences_per_day_max, "
          "defences_per_campaign_max FROM people WHERE id > :after ORDER BY id LIMIT :count",
          {page.after, page.size + 1}, take));
    } else {
      const std::string pattern = ContainsPattern(search_key);
      RETURN_IF_ERROR(session_.Query(
          "SELECT id, version, family_name, given_name, email, organisation, defences_per_day_max, "
          "defences_per_campaign_max FROM people WHERE id > :after AND search_text LIKE :pattern ESCAPE '\\' "
          "ORDER BY id LIMIT :count",
          {page.after, pattern, page.size + 1}, take));
    }
    return CutPage(std::move(people), page);
  }

  absl::StatusOr<std::optional<Programme>> FindProgramme(absl::string_view id) const override {
    std::optional<Programme> programme;
    RETURN_IF_ERROR(session_.Query(
        "SELECT id, version, title, institution, time_zone, language FROM programmes WHERE id = :id", {id},
        [&](const Row& row) { programme = ReadProgramme(row); }));
    return programme;
  }

  absl::StatusOr<Page<Programme>> ListProgrammes(const PageRequest& page) const override {
    std::vector<Programme> programmes;
    RETURN_IF_ERROR(session_.Query(
        "SELECT id, version, title, institution, time_zone, language FROM programmes WHERE id > :after "
        "ORDER BY id LIMIT :count",
        {page.after, page.size + 1}, [&](const Row& row) { programmes.push_back(ReadProgramme(row)); }));
    return CutPage(std::move(programmes), page);
  }

  absl::StatusOr<std::optional<Cohort>> FindCohort(absl::string_view programme,
                                                   absl::string_view id) const override {
    std::optional<Cohort> cohort;
    RETURN_IF_ERROR(session_.Query(
        "SELECT programme, id, version, title FROM cohorts WHERE programme = :programme AND id = :id",
        {programme, id}, [&](const Row& row) { cohort = ReadCohort(row); }));
    if (cohort) RETURN_IF_ERROR(ReadCalendar(*cohort));
    return cohort;
  }

  absl::StatusOr<Page<Cohort>> ListCohorts(absl::string_view programme,
                                           const PageRequest& page) const override {
    std::vector<Cohort> cohorts;
    RETURN_IF_ERROR(session_.Query(
        "SELECT programme, id, version, title FROM cohorts WHERE programme = :programme AND id > :after "
        "ORDER BY id LIMIT :count",
        {programme, page.after, page.size + 1}, [&](const Row& row) { cohorts.push_back(ReadCohort(row)); }));
    for (Cohort& cohort : cohorts) RETURN_IF_ERROR(ReadCalendar(cohort));
    return CutPage(std::move(cohorts), page);
  }

  absl::StatusOr<std::optional<Room>> FindRoom(absl::string_view id) const override {
    const std::string wanted(id);
    ASSIGN_OR_RETURN(std::vector<Room> rooms, FindRooms(absl::MakeConstSpan(&wanted, 1)));
    if (rooms.empty()) return std::nullopt;
    return std::move(rooms.front());
  }

  absl::StatusOr<std::vector<Room>> FindRooms(absl::Span<const std::string> ids) const override {
    static const auto* const list =
        new InList("SELECT id, version, title, site, capacity_seats FROM rooms WHERE id IN (:ids)");
    std::vector<Room> rooms;
    RETURN_IF_ERROR(list->Query(session_, ids, [&](const Row& row) { rooms.push_back(ReadRoom(row)); }));
    RETURN_IF_ERROR(ReadEquipmentAndOpenings(rooms));
    return InOrderOf(ids, rooms);
  }

  absl::StatusOr<Page<Room>> ListRooms(const PageRequest& page) const override {
    std::vector<Room> rooms;
    RETURN_IF_ERROR(
        session_.Query("SELECT id, version, title, site, capacity_seats FROM rooms WHERE id > :after ORDER "
                       "BY id LIMIT :count",
                       {page.after, page.size + 1}, [&](const Row& row) { rooms.push_back(ReadRoom(row)); }));
    RETURN_IF_ERROR(ReadEquipmentAndOpenings(rooms));
    return CutPage(std::move(rooms), page);
  }

 protected:
  Session& session_;

 private:
  absl::Status ReadCalendar(Cohort& cohort) const {
    return session_.Query(
        "SELECT first_day, last_day, kind FROM cohort_periods WHERE programme = :programme AND cohort = :id "
        "ORDER BY position",
        {cohort.programme, cohort.id}, [&](const Row& row) -> absl::Status {
          ASSIGN_OR_RETURN(const absl::CivilDay first, ParseStoredDay(row.Text(0)));
          ASSIGN_OR_RETURN(const absl::CivilDay last, ParseStoredDay(row.Text(1)));
          cohort.calendar.push_back({.first_day = first,
                                     .last_day = last,
                                     .kind = row.Text(2) == "company" ? CalendarPeriod::Kind::kCompany
                                                                      : CalendarPeriod::Kind::kSchool});
          return absl::OkStatus();
        });
  }

  // Completes `rooms`, of which each is there once.
  absl::Status ReadEquipmentAndOpenings(std::vector<Room>& rooms) const {
    static const auto* const equipment =
        new InList("SELECT room, word FROM room_equipment WHERE room IN (:ids) ORDER BY room, position");
    static const auto* const openings = new InList(
        "SELECT room, day, from_minutes, to_minutes, kind FROM room_openings WHERE room IN (:ids) "
        "ORDER BY room, position");
    std::vector<std::string> ids;
    absl::flat_hash_map<absl::string_view, Room*> by_id;
    for (Room& room : rooms) {
      ids.push_back(room.id);
      by_id.emplace(room.id, &room);
    }
    RETURN_IF_ERROR(equipment->Query(
        session_, ids, [&](const Row& row) { by_id.at(row.Text(0))->equipment.push_back(row.Text(1)); }));
    return openings->Query(session_, ids, [&](const Row& row) -> absl::Status {
      ASSIGN_OR_RETURN(const absl::CivilDay day, ParseStoredDay(row.Text(1)));
      by_id.at(row.Text(0))
          ->openings.push_back(
              {.day = day,
               .from_minutes = row.Int(2),
               .to_minutes = row.Int(3),
               .kind = row.Text(4) == "closed" ? RoomOpening::Kind::kClosed : RoomOpening::Kind::kOpen});
      return absl::OkStatus();
    });
  }
};

class Writing final : public Reading<directory::DirectoryStore::Writer> {
 public:
  using Reading::Reading;

  absl::Status PutPeople(absl::Span<const Person> people) override {
    // First let go of the addresses of those who exist: they may change hands.
    for (const Person& person : people) {
      if (person.version == 1) continue;
      RETURN_IF_ERROR(session_.Execute("UPDATE people SET email_key = NULL WHERE id = :id", {person.id}));
    }
    for (const Person& person : people) RETURN_IF_ERROR(PutPerson(person));
    return absl::OkStatus();
  }

  absl::Status PutProgrammes(absl::Span<const Programme> programmes) override {
    for (const Programme& programme : programmes) {
      RETURN_IF_ERROR(session_.Execute(
          "INSERT INTO programmes (id, version, title, institution, time_zone, language) "
          "VALUES (:id, :version, :title, :institution, :time_zone, :language) "
          "ON CONFLICT (id) DO UPDATE SET version = excluded.version, title = excluded.title, "
          "institution = excluded.institution, time_zone = excluded.time_zone, language = excluded.language",
          {programme.id, programme.version, programme.title, programme.institution, programme.time_zone,
           programme.language}));
    }
    return absl::OkStatus();
  }

  absl::Status PutCohorts(absl::Span<const Cohort> cohorts) override {
    for (const Cohort& cohort : cohorts) RETURN_IF_ERROR(PutCohort(cohort));
    return absl::OkStatus();
  }

  absl::Status PutRooms(absl::Span<const Room> rooms) override {
    for (const Room& room : rooms) RETURN_IF_ERROR(PutRoom(room));
    return absl::OkStatus();
  }

  absl::Status DeleteRoom(absl::string_view id) override {
    return session_.Execute("DELETE FROM rooms WHERE id = :id", {id});
  }

  absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) override {
    return sql::FindRequest(session_, key);
  }
  absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) override {
    return sql::RememberRequest(session_, key, result, now);
  }

 private:
  absl::Status PutPerson(const Person& person) {
    const std::string key = directory::EmailKey(person.email);
    const std::optional<std::string> email_key = key.empty() ? std::nullopt : std::optional(key);
    return session_.Execute(
        "INSERT INTO people (id, version, family_name, given_name, email, email_key, organisation, "
        "defences_per_day_max, defences_per_campaign_max, search_text) VALUES (:id, :version, :family_name, "
        ":given_name, :email, :email_key, :organisation, :per_day, :per_campaign, :search_text) "
        "ON CONFLICT (id) DO UPDATE SET version = excluded.version, family_name = excluded.family_name, "
        "given_name = excluded.given_name, email = excluded.email, email_key = excluded.email_key, "
        "organisation = excluded.organisation, defences_per_day_max = excluded.defences_per_day_max, "
        "defences_per_campaign_max = excluded.defences_per_campaign_max, search_text = excluded.search_text",
        {person.id, person.version, person.family_name, person.given_name, person.email, email_key,
         person.organisation, person.defences_per_day_max, person.defences_per_campaign_max,
         directory::SearchText(person)});
  }

  absl::Status PutCohort(const Cohort& cohort) {
    RETURN_IF_ERROR(session_.Execute(
        "INSERT INTO cohorts (programme, id, version, title) VALUES (:programme, :id, :version, :title) "
        "ON CONFLICT (programme, id) DO UPDATE SET version = excluded.version, title = excluded.title",
        {cohort.programme, cohort.id, cohort.version, cohort.title}));
    RETURN_IF_ERROR(
        session_.Execute("DELETE FROM cohort_periods WHERE programme = :programme AND cohort = :id",
                         {cohort.programme, cohort.id}));
    int position = 0;
    for (const CalendarPeriod& period : cohort.calendar) {
      RETURN_IF_ERROR(session_.Execute(
          "INSERT INTO cohort_periods (programme, cohort, position, first_day, last_day, kind) "
          "VALUES (:programme, :cohort, :position, :first_day, :last_day, :kind)",
          {cohort.programme, cohort.id, position++, absl::FormatCivilTime(period.first_day),
           absl::FormatCivilTime(period.last_day),
           period.kind == CalendarPeriod::Kind::kCompany ? "company" : "school"}));
    }
    return absl::OkStatus();
  }

  absl::Status PutRoom(const Room& room) {
    RETURN_IF_ERROR(
        session_.Execute("INSERT INTO rooms (id, version, title, site, capacity_seats) "
                         "VALUES (:id, :version, :title, :site, :capacity) "
                         "ON CONFLICT (id) DO UPDATE SET version = excluded.version, title = excluded.title, "
                         "site = excluded.site, capacity_seats = excluded.capacity_seats",
                         {room.id, room.version, room.title, room.site, room.capacity_seats}));
    RETURN_IF_ERROR(session_.Execute("DELETE FROM room_equipment WHERE room = :id", {room.id}));
    RETURN_IF_ERROR(session_.Execute("DELETE FROM room_openings WHERE room = :id", {room.id}));
    int position = 0;
    for (const std::string& word : room.equipment) {
      RETURN_IF_ERROR(session_.Execute(
          "INSERT INTO room_equipment (room, position, word) VALUES (:room, :position, :word)",
          {room.id, position++, word}));
    }
    position = 0;
    for (const RoomOpening& opening : room.openings) {
      RETURN_IF_ERROR(session_.Execute(
          "INSERT INTO room_openings (room, position, day, from_minutes, to_minutes, kind) "
          "VALUES (:room, :position, :day, :from_minutes, :to_minutes, :kind)",
          {room.id, position++, absl::FormatCivilTime(opening.day), opening.from_minutes, opening.to_minutes,
           opening.kind == RoomOpening::Kind::kClosed ? "closed" : "open"}));
    }
    return absl::OkStatus();
  }
};

}  // namespace

absl::Status DirectoryStore::Write(absl::FunctionRef<absl::Status(Writer&)> work) {
  return database_.Write([&](Session& session) {
    Writing writer(session);
    return work(writer);
  });
}

absl::Status DirectoryStore::Read(absl::FunctionRef<absl::Status(const Reader&)> look) const {
  return database_.Read([&](Session& session) {
    const Reading<Reader> reader(session);
    return look(reader);
  });
}

}  // namespace soutenance::storage::sql
