#include "storage/sql/profile_store.h"

#include <map>
#include <optional>
#include <set>
#include <utility>

#include "services/base/error.h"
#include "services/base/status.h"
#include "storage/sql/in_list.h"
#include "storage/sql/requests.h"
#include "storage/sql/words_of_enums.h"

namespace soutenance::storage::sql {
namespace {

using assignment::PastThesis;
using assignment::Profile;
using ProfilesByPerson = std::map<std::string, Profile>;

constexpr char kColumns[] =
    "SELECT person, version, rank, sector, institution, company, may_preside, emeritus, habilitated, "
    "attendance, "
    "expertise, per_campaign_max, per_day_max, gender FROM profiles ";

absl::Status AddProfile(const Row& row, ProfilesByPerson& profiles) {
  Profile profile{.person = row.Text(0), .version = row.Integer(1)};
  ASSIGN_OR_RETURN(profile.rank, ByName(assignment::kRanks, assignment::RankName, row.Text(2)));
  ASSIGN_OR_RETURN(profile.sector, ByName(assignment::kSectors, assignment::SectorName, row.Text(3)));
  profile.institution = row.Text(4);
  profile.company = row.Text(5);
  profile.may_preside = row.Bool(6);
  profile.emeritus = row.Bool(7);
  profile.habilitated = row.Bool(8);
  ASSIGN_OR_RETURN(profile.attendance,
                   ByName(assignment::kAttendances, assignment::AttendanceName, row.Text(9)));
  profile.expertise = row.Text(10);
  profile.load.per_campaign_max = row.Int(11);
  profile.load.per_day_max = row.Int(12);
  ASSIGN_OR_RETURN(profile.gender, ByName(assignment::kGenders, assignment::GenderName, row.Text(13)));
  profiles[profile.person] = std::move(profile);
  return absl::OkStatus();
}

// Completes `profiles` with what stands in tables of its own.
absl::Status AddLists(Session& session, ProfilesByPerson& profiles) {
  static const InList& words = *new InList(
      "SELECT person, kind, word FROM profile_words WHERE person IN (:ids) ORDER BY person, kind, place");
  static const InList& theses = *new InList(
      "SELECT person, title, text, year FROM profile_past_theses WHERE person IN (:ids) ORDER BY person, "
      "place");
  static const InList& limits = *new InList(
      "SELECT person, role, per_campaign_max FROM profile_role_limits WHERE person IN (:ids) ORDER BY "
      "person");
  std::vector<std::string> people;
  for (const auto& [person, profile] : profiles) people.push_back(person);
  RETURN_IF_ERROR(words.Query(session, people, [&](const Row& row) {
    Profile& profile = profiles.at(row.Text(0));
    (row.Text(1) == "language" ? profile.languages : profile.keywords).push_back(row.Text(2));
  }));
  RETURN_IF_ERROR(theses.Query(session, people, [&](const Row& row) {
    profiles.at(row.Text(0))
        .past_theses.push_back({.title = row.Text(1), .text = row.Text(2), .year = row.Int(3)});
  }));
  std::map<std::string, std::map<assignment::Seat::Role, int>> roles;
  RETURN_IF_ERROR(limits.Query(session, people, [&](const Row& row) -> absl::Status {
    ASSIGN_OR_RETURN(const assignment::Seat::Role role,
                     ByName(assignment::kSeatRoles, assignment::SeatRoleName, row.Text(1)));
    roles[row.Text(0)][role] = row.Int(2);
    return absl::OkStatus();
  }));
  for (const auto& [person, of_roles] : roles) {
    for (const auto& [role, most] : of_roles) {
      profiles.at(person).load.roles.push_back({.role = role, .per_campaign_max = most});
    }
  }
  return absl::OkStatus();
}

class Transaction final : public assignment::ProfileStore::Writer {
 public:
  explicit Transaction(Session& session) : session_(session) {}

  absl::StatusOr<std::vector<Profile>> FindAll(absl::Span<const std::string> people) const override {
    return FindProfiles(session_, people);
  }

  absl::StatusOr<Page<Profile>> List(const PageRequest& page) const override {
    static const std::string& sql =
        *new std::string(std::string(kColumns) + "WHERE person > :after ORDER BY person LIMIT :limit");
    ProfilesByPerson found;
    RETURN_IF_ERROR(session_.Query(sql, {page.after, page.size + 1},
                                   [&](const Row& row) { return AddProfile(row, found); }));
    RETURN_IF_ERROR(AddLists(session_, found));
    Page<Profile> result;
    for (auto& [person, profile] : found) {
      if (result.items.size() == static_cast<std::size_t>(page.size)) {
        result.next = result.items.back().person;
        break;
      }
      result.items.push_back(std::move(profile));
    }
    return result;
  }

  absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const override {
    return sql::FindRequest(session_, key);
  }

  absl::Status Put(const Profile& profile) override {
    const int64_t version = profile.version + 1;
    // One statement for both: it touches nothing if another version is stored.
    ASSIGN_OR_RETURN(
        const int64_t written,
        session_.ExecuteCounting(
            "INSERT INTO profiles (person, version, rank, sector, institution, company, may_preside, "
            "emeritus, "
            "habilitated, attendance, expertise, per_campaign_max, per_day_max, gender) VALUES (:person, "
            ":version, "
            ":rank, :sector, :institution, :company, :may_preside, :emeritus, :habilitated, :attendance, "
            ":expertise, "
            ":per_campaign_max, :per_day_max, :gender) ON CONFLICT (person) DO UPDATE SET version = "
            "excluded.version, "
            "rank = excluded.rank, sector = excluded.sector, institution = excluded.institution, company = "
            "excluded.company, may_preside = excluded.may_preside, emeritus = excluded.emeritus, habilitated "
            "= "
            "excluded.habilitated, attendance = excluded.attendance, expertise = excluded.expertise, "
            "per_campaign_max "
            "= excluded.per_campaign_max, per_day_max = excluded.per_day_max, gender = excluded.gender WHERE "
            "profiles.version = :before",
            {profile.person, version, assignment::RankName(profile.rank),
             assignment::SectorName(profile.sector), profile.institution, profile.company,
             profile.may_preside, profile.emeritus, profile.habilitated,
             assignment::AttendanceName(profile.attendance), profile.expertise, profile.load.per_campaign_max,
             profile.load.per_day_max, assignment::GenderName(profile.gender), profile.version}));
    if (written != 1) return StaleEtag(profile.Name());
    for (const char* const sql : {"DELETE FROM profile_words WHERE person = :person",
                                  "DELETE FROM profile_past_theses WHERE person = :person",
                                  "DELETE FROM profile_role_limits WHERE person = :person"}) {
      RETURN_IF_ERROR(session_.Execute(sql, {profile.person}));
    }
    RETURN_IF_ERROR(PutWords(profile.person, "language", profile.languages));
    RETURN_IF_ERROR(PutWords(profile.person, "keyword", profile.keywords));
    int place = 0;
    for (const PastThesis& thesis : profile.past_theses) {
      RETURN_IF_ERROR(session_.Execute(
          "INSERT INTO profile_past_theses (person, place, title, text, year) VALUES (:person, "
          ":place, :title, :text, :year)",
          {profile.person, place++, thesis.title, thesis.text, thesis.year}));
    }
    for (const assignment::LoadLimits::OfRole& limit : profile.load.roles) {
      RETURN_IF_ERROR(session_.Execute(
          "INSERT INTO profile_role_limits (person, role, per_campaign_max) VALUES (:person, :role, :most)",
          {profile.person, assignment::SeatRoleName(limit.role), limit.per_campaign_max}));
    }
    return absl::OkStatus();
  }

  absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) override {
    return sql::RememberRequest(session_, key, result, now);
  }

 private:
  absl::Status PutWords(const std::string& person, absl::string_view kind,
                        const std::vector<std::string>& words) {
    int place = 0;
    for (const std::string& word : words) {
      RETURN_IF_ERROR(session_.Execute(
          "INSERT INTO profile_words (person, kind, place, word) VALUES (:person, :kind, :place, :word)",
          {person, kind, place++, word}));
    }
    return absl::OkStatus();
  }

  Session& session_;
};

}  // namespace

absl::StatusOr<std::vector<Profile>> FindProfiles(Session& session, absl::Span<const std::string> people) {
  static const InList& sql = *new InList(std::string(kColumns) + "WHERE person IN (:ids)");
  const std::set<std::string> once(people.begin(), people.end());
  ProfilesByPerson found;
  RETURN_IF_ERROR(sql.Query(session, std::vector<std::string>(once.begin(), once.end()),
                            [&](const Row& row) { return AddProfile(row, found); }));
  RETURN_IF_ERROR(AddLists(session, found));
  std::vector<Profile> profiles;
  for (const std::string& person : people) {
    auto profile = found.extract(person);
    if (!profile.empty()) profiles.push_back(std::move(profile.mapped()));
  }
  return profiles;
}

absl::Status ProfileStore::Write(absl::FunctionRef<absl::Status(Writer&)> work) {
  return database_.Write([&](Session& session) {
    Transaction transaction(session);
    return work(transaction);
  });
}

absl::Status ProfileStore::Read(absl::FunctionRef<absl::Status(const Reader&)> look) const {
  return database_.Read([&](Session& session) {
    const Transaction transaction(session);
    return look(transaction);
  });
}

}  // namespace soutenance::storage::sql
