#include "storage/sql/campaign_store.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/scheduling/resource_names.h"
#include "storage/sql/campaign_rows.h"
#include "storage/sql/requests.h"
#include "storage/sql/session.h"

namespace soutenance::storage::sql {
namespace {

using scheduling::Availability;
using scheduling::AvailabilityKey;
using scheduling::Campaign;
using scheduling::Defence;
using scheduling::DefenceKey;
using scheduling::IdOf;

// Columns: those of the table, in its order.
absl::StatusOr<Campaign> CampaignOf(const Row& row) {
  Campaign campaign{.name = absl::StrCat("campaigns/", row.Text(0)),
                    .version = row.Integer(1),
                    .title = row.Text(2),
                    .programme = row.Text(3),
                    .cohort = row.Text(4),
                    .year = row.Int(5),
                    .session = row.Int(6),
                    .time_zone = row.Text(7),
                    .language = row.Text(8),
                    .grid_minutes = row.Int(11),
                    .duration_minutes = row.Int(12),
                    .buffer_minutes = row.Int(13),
                    .travel_minutes = row.Int(14),
                    .published_timetable = row.Text(18)};
  ASSIGN_OR_RETURN(campaign.days, ParseDays(row.Text(9)));
  ASSIGN_OR_RETURN(campaign.hours, ParseHours(row.Text(10)));
  ASSIGN_OR_RETURN(campaign.silent_policy, ParseSilentPolicy(row.Text(15)));
  ASSIGN_OR_RETURN(campaign.rooms, ParseList(row.Text(16)));
  ASSIGN_OR_RETURN(campaign.rules, ParseRules(row.Text(17)));
  ASSIGN_OR_RETURN(const std::vector<std::string> seats, ParseList(row.Text(19)));
  ASSIGN_OR_RETURN(campaign.seats, scheduling::ParseSeatLines(seats));
  ASSIGN_OR_RETURN(const std::vector<std::string> roles, ParseList(row.Text(20)));
  ASSIGN_OR_RETURN(campaign.roles, scheduling::ParseRoleLines(roles));
  ASSIGN_OR_RETURN(const std::vector<std::string> people, ParseList(row.Text(21)));
  ASSIGN_OR_RETURN(campaign.people, scheduling::ParsePeopleLines(people));
  ASSIGN_OR_RETURN(const std::vector<std::string> day, ParseList(row.Text(22)));
  ASSIGN_OR_RETURN(campaign.day, scheduling::ParseDayLines(day));
  return campaign;
}

// Columns: thesis, version, duration_minutes, equipment, seats, topic.
absl::StatusOr<Defence> DefenceOf(absl::string_view campaign, const Row& row) {
  Defence defence{.campaign = std::string(campaign),
                  .thesis = absl::StrCat("theses/", row.Text(0)),
                  .version = row.Integer(1),
                  .duration_minutes = row.Int(2),
                  .topic = row.Text(5)};
  ASSIGN_OR_RETURN(defence.equipment, ParseList(row.Text(3)));
  ASSIGN_OR_RETURN(const std::vector<std::string> seats, ParseList(row.Text(4)));
  ASSIGN_OR_RETURN(defence.seats, scheduling::ParseSeatLines(seats));
  return defence;
}

// Columns: person, version, periods, entered_by.
absl::StatusOr<Availability> AvailabilityOf(absl::string_view campaign, const Row& row) {
  Availability availability{.campaign = std::string(campaign),
                            .person = absl::StrCat("people/", row.Text(0)),
                            .version = row.Integer(1),
                            .entered_by = row.Text(3)};
  ASSIGN_OR_RETURN(availability.periods, ParsePeriods(row.Text(2)));
  return availability;
}

// Appends what `parse` makes of a row.
template <typename T, typename F>
absl::Status Append(std::vector<T>& items, F&& parse, const Row& row) {
  ASSIGN_OR_RETURN(T item, parse(row));
  items.push_back(std::move(item));
  return absl::OkStatus();
}

// Makes a page of `items`, of which one more than wanted was asked for.
template <typename T, typename F>
Page<T> PageOf(std::vector<T> items, const PageRequest& page, F&& name_of) {
  Page<T> result{.items = std::move(items)};
  const auto size = static_cast<std::size_t>(page.size);
  if (result.items.size() > size) {
    result.items.resize(size);
    result.next = std::string(IdOf(name_of(result.items.back())));
  }
  return result;
}

class Writer : public scheduling::CampaignWriter {
 public:
  explicit Writer(Session& session) : session_(session) {}

  absl::StatusOr<std::optional<Campaign>> FindCampaign(absl::string_view name) const override {
    std::vector<Campaign> found;
    RETURN_IF_ERROR(session_.Query(
        "SELECT id, version, title, programme, cohort, year, session, time_zone, language, days, hours,"
        " grid_minutes, duration_minutes, buffer_minutes, travel_minutes, silent_policy, rooms, rules,"
        " published_timetable, seats, roles, people, day_shape FROM campaigns WHERE id = :id",
        {IdOf(name)}, [&](const Row& row) { return Append(found, CampaignOf, row); }));
    return First(std::move(found));
  }

  absl::StatusOr<Page<Campaign>> ListCampaigns(const std::optional<std::vector<std::string>>& programmes,
                                               const PageRequest& page) const override {
    std::vector<Campaign> found;
    // A caller has few programmes, and a page of each of them holds the page of all.
    for (const std::string& programme : programmes.value_or(std::vector<std::string>{""})) {
      RETURN_IF_ERROR(session_.Query(
          "SELECT id, version, title, programme, cohort, year, session, time_zone, language, days, hours,"
          " grid_minutes, duration_minutes, buffer_minutes, travel_minutes, silent_policy, rooms, rules,"
          " published_timetable, seats, roles, people, day_shape FROM campaigns"
          " WHERE id > :after AND (:programme = '' OR programme = :programme) ORDER BY id LIMIT :size",
          {page.after, programme, page.size + 1},
          [&](const Row& row) { return Append(found, CampaignOf, row); }));
    }
    std::sort(found.begin(), found.end(),
              [](const Campaign& a, const Campaign& b) { return a.name < b.name; });
    return PageOf(std::move(found), page, [](const Campaign& campaign) { return campaign.name; });
  }

  absl::StatusOr<std::optional<Defence>> FindDefence(const DefenceKey& key) const override {
    std::vector<Defence> found;
    RETURN_IF_ERROR(
        session_.Query("SELECT thesis, version, duration_minutes, equipment, seats, topic FROM defences"
                       " WHERE campaign = :campaign AND thesis = :thesis",
                       {IdOf(key.campaign), IdOf(key.thesis)},
                       [&](const Row& row) { return Add(key.campaign, row, found); }));
    return First(std::move(found));
  }

  absl::StatusOr<Page<Defence>> ListDefences(absl::string_view campaign,
                                             const PageRequest& page) const override {
    std::vector<Defence> found;
    RETURN_IF_ERROR(
        session_.Query("SELECT thesis, version, duration_minutes, equipment, seats, topic FROM defences"
                       " WHERE campaign = :campaign AND thesis > :after ORDER BY thesis LIMIT :size",
                       {IdOf(campaign), page.after, page.size + 1},
                       [&](const Row& row) { return Add(campaign, row, found); }));
    return PageOf(std::move(found), page, [](const Defence& defence) { return defence.thesis; });
  }

  absl::StatusOr<std::vector<Defence>> AllDefences(absl::string_view campaign) const override {
    std::vector<Defence> found;
    RETURN_IF_ERROR(
        session_.Query("SELECT thesis, version, duration_minutes, equipment, seats, topic FROM defences"
                       " WHERE campaign = :campaign ORDER BY thesis",
                       {IdOf(campaign)}, [&](const Row& row) { return Add(campaign, row, found); }));
    return found;
  }

  absl::StatusOr<std::optional<Availability>> FindAvailability(const AvailabilityKey& key) const override {
    std::vector<Availability> found;
    RETURN_IF_ERROR(
        session_.Query("SELECT person, version, periods, entered_by FROM availabilities"
                       " WHERE campaign = :campaign AND person = :person",
                       {IdOf(key.campaign), IdOf(key.person)},
                       [&](const Row& row) { return Add(key.campaign, row, found); }));
    return First(std::move(found));
  }

  absl::StatusOr<Page<Availability>> ListAvailabilities(absl::string_view campaign,
                                                        const PageRequest& page) const override {
    std::vector<Availability> found;
    RETURN_IF_ERROR(
        session_.Query("SELECT person, version, periods, entered_by FROM availabilities"
                       " WHERE campaign = :campaign AND person > :after ORDER BY person LIMIT :size",
                       {IdOf(campaign), page.after, page.size + 1},
                       [&](const Row& row) { return Add(campaign, row, found); }));
    return PageOf(std::move(found), page, [](const Availability& answer) { return answer.person; });
  }

  absl::StatusOr<std::vector<Availability>> AllAvailabilities(absl::string_view campaign) const override {
    std::vector<Availability> found;
    RETURN_IF_ERROR(
        session_.Query("SELECT person, version, periods, entered_by FROM availabilities"
                       " WHERE campaign = :campaign ORDER BY person",
                       {IdOf(campaign)}, [&](const Row& row) { return Add(campaign, row, found); }));
    return found;
  }

  absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const override {
    return sql::FindRequest(session_, key);
  }

  absl::Status InsertCampaign(const Campaign& campaign) override;
  absl::Status UpdateCampaign(const Campaign& campaign) override;

  absl::StatusOr<int64_t> PutDefence(const Defence& defence) override {
    return Version(
        "INSERT INTO defences (campaign, thesis, version, duration_minutes, equipment, seats, topic)"
        " VALUES (:campaign, :thesis, 1, :duration_minutes, :equipment, :seats, :topic)"
        " ON CONFLICT (campaign, thesis) DO UPDATE SET version = defences.version + 1,"
        " duration_minutes = excluded.duration_minutes, equipment = excluded.equipment,"
        " seats = excluded.seats, topic = excluded.topic RETURNING version",
        {IdOf(defence.campaign), IdOf(defence.thesis), defence.duration_minutes, ListText(defence.equipment),
         ListText(scheduling::SeatLines(defence.seats)), defence.topic});
  }

  absl::StatusOr<int64_t> PutAvailability(const Availability& availability) override {
    return Version(
        "INSERT INTO availabilities (campaign, person, version, periods, entered_by)"
        " VALUES (:campaign, :person, 1, :periods, :entered_by)"
        " ON CONFLICT (campaign, person) DO UPDATE SET version = availabilities.version + 1,"
        " periods = excluded.periods, entered_by = excluded.entered_by RETURNING version",
        {IdOf(availability.campaign), IdOf(availability.person), PeriodsText(availability.periods),
         availability.entered_by});
  }

  absl::Status RemoveDefence(const DefenceKey& key) override {
    return session_.Execute("DELETE FROM defences WHERE campaign = :campaign AND thesis = :thesis",
                            {IdOf(key.campaign), IdOf(key.thesis)});
  }

  absl::Status RemoveAvailability(const AvailabilityKey& key) override {
    return session_.Execute("DELETE FROM availabilities WHERE campaign = :campaign AND person = :person",
                            {IdOf(key.campaign), IdOf(key.person)});
  }

  absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) override {
    return sql::RememberRequest(session_, key, result, now);
  }

 private:
  template <typename T>
  static std::optional<T> First(std::vector<T> found) {
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
  }

  static absl::Status Add(absl::string_view campaign, const Row& row, std::vector<Defence>& found) {
    return Append(
        found, [&](const Row& r) { return DefenceOf(campaign, r); }, row);
  }
  static absl::Status Add(absl::string_view campaign, const Row& row, std::vector<Availability>& found) {
    return Append(
        found, [&](const Row& r) { return AvailabilityOf(campaign, r); }, row);
  }

  absl::StatusOr<int64_t> Version(absl::string_view sql, absl::Span<const Value> values) {
    int64_t version = 0;
    RETURN_IF_ERROR(session_.Query(sql, values, [&](const Row& row) { version = row.Integer(0); }));
    return version;
  }

  Session& session_;
};

absl::Status Writer::InsertCampaign(const Campaign& campaign) {
  ASSIGN_OR_RETURN(
      const int64_t inserted,
      session_.ExecuteCounting(
          "INSERT INTO campaigns (id, version, title, programme, cohort, year, session, time_zone, language,"
          " days, hours, grid_minutes, duration_minutes, buffer_minutes, travel_minutes, silent_policy, "
          "rooms,"
          " rules, published_timetable, seats, roles, people, day_shape)"
          " VALUES (:id, 1, :title, :programme, :cohort, :year, :session, :time_zone, :language, :days,"
          " :hours, :grid_minutes, :duration_minutes, :buffer_minutes, :travel_minutes, :silent_policy,"
          " :rooms, :rules, '', :seats, :roles, :people, :day_shape) ON CONFLICT (id) DO NOTHING",
          {IdOf(campaign.name),
           campaign.title,
           campaign.programme,
           campaign.cohort,
           campaign.year,
           campaign.session,
           campaign.time_zone,
           campaign.language,
           DaysText(campaign.days),
           HoursText(campaign.hours),
           campaign.grid_minutes,
           campaign.duration_minutes,
           campaign.buffer_minutes,
           campaign.travel_minutes,
           scheduling::SilentPolicyName(campaign.silent_policy),
           ListText(campaign.rooms),
           RulesText(campaign.rules),
           ListText(scheduling::SeatLines(campaign.seats)),
           ListText(scheduling::RoleLines(campaign.roles)),
           ListText(scheduling::PeopleLines(campaign.people)),
           ListText(scheduling::DayLines(campaign.day))}));
  if (inserted == 1) return absl::OkStatus();
  return Error(absl::StatusCode::kAlreadyExists,
               absl::StrCat("there is a campaign ", campaign.name, " already; choose another id"),
               {.reason = "CAMPAIGN_EXISTS", .metadata = {{"name", campaign.name}}});
}

absl::Status Writer::UpdateCampaign(const Campaign& campaign) {
  ASSIGN_OR_RETURN(
      const int64_t updated,
      session_.ExecuteCounting(
          "UPDATE campaigns SET version = version + 1, title = :title, programme = :programme,"
          " cohort = :cohort, year = :year, session = :session, time_zone = :time_zone,"
          " language = :language, days = :days, hours = :hours, grid_minutes = :grid_minutes,"
          " duration_minutes = :duration_minutes, buffer_minutes = :buffer_minutes,"
          " travel_minutes = :travel_minutes, silent_policy = :silent_policy, rooms = :rooms,"
          " rules = :rules, seats = :seats, roles = :roles, people = :people, day_shape = :day_shape"
          " WHERE id = :id AND version = :version",
          {campaign.title,
           campaign.programme,
           campaign.cohort,
           campaign.year,
           campaign.session,
           campaign.time_zone,
           campaign.language,
           DaysText(campaign.days),
           HoursText(campaign.hours),
           campaign.grid_minutes,
           campaign.duration_minutes,
           campaign.buffer_minutes,
           campaign.travel_minutes,
           scheduling::SilentPolicyName(campaign.silent_policy),
           ListText(campaign.rooms),
           RulesText(campaign.rules),
           ListText(scheduling::SeatLines(campaign.seats)),
           ListText(scheduling::RoleLines(campaign.roles)),
           ListText(scheduling::PeopleLines(campaign.people)),
           ListText(scheduling::DayLines(campaign.day)),
           IdOf(campaign.name),
           campaign.version}));
  return updated == 1 ? absl::OkStatus() : StaleEtag(campaign.name);
}

}  // namespace

absl::Status CampaignStore::Write(absl::FunctionRef<absl::Status(scheduling::CampaignWriter&)> work) {
  return database_.Write([&](Session& session) {
    Writer writer(session);
    return work(writer);
  });
}

absl::Status CampaignStore::Read(
    absl::FunctionRef<absl::Status(const scheduling::CampaignReader&)> look) const {
  return database_.Read([&](Session& session) {
    const Writer reader(session);
    return look(reader);
  });
}

}  // namespace soutenance::storage::sql
