#include "storage/sql/load_store.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/status.h"
#include "storage/sql/assignment_store.h"
#include "storage/sql/in_list.h"
#include "storage/sql/invitation_store.h"
#include "storage/sql/requests.h"
#include "storage/sql/words_of_enums.h"

namespace soutenance::storage::sql {
namespace {

using assignment::HeldSeat;
using assignment::LoadCorrection;
using assignment::SeatCount;

absl::Status Add(const Row& row, std::vector<SeatCount>& counts) {
  ASSIGN_OR_RETURN(const auto role, ByName(assignment::kSeatRoles, assignment::SeatRoleName, row.Text(3)));
  counts.push_back({.person = row.Text(0),
                    .programme = row.Text(1),
                    .year = row.Int(2),
                    .role = role,
                    .count = row.Int(4)});
  return absl::OkStatus();
}

// Both halves of the port on one session. Its life is one call of Read or Write.
class Transaction final : public assignment::LoadStore::Writer {
 public:
  explicit Transaction(Session& session) : session_(session), juries_(JuriesOn(session)) {}

  const assignment::AssignmentStore::Reader& juries() const override { return *juries_; }

  absl::StatusOr<std::vector<assignment::Invitation>> ListInvitations(
      absl::Span<const std::string> theses) const override {
    return FindInvitations(session_, theses);
  }

  absl::StatusOr<std::vector<std::string>> PeopleWithProfile() const override {
    std::vector<std::string> people;
    RETURN_IF_ERROR(session_.Query("SELECT person FROM profiles ORDER BY person", {}, [&](const Row& row) {
      people.push_back(absl::StrCat("people/", row.Text(0)));
    }));
    return people;
  }

  absl::StatusOr<std::vector<SeatCount>> CountStanding(absl::string_view person) const override {
    std::vector<SeatCount> counts;
    RETURN_IF_ERROR(session_.Query(
        "SELECT s.person, j.programme, 0, s.role, COUNT(*) FROM seats s JOIN juries j ON j.thesis = s.thesis "
        "WHERE (:person = '' OR s.person = :person) AND NOT EXISTS (SELECT 1 FROM held_seats h WHERE "
        "h.thesis "
        "= s.thesis) AND NOT EXISTS (SELECT 1 FROM invitations i WHERE i.thesis = s.thesis AND i.person = "
        "s.person AND i.role = s.role AND i.state IN ('declined', 'withdrawn')) GROUP BY s.person, "
        "j.programme, s.role ORDER BY s.person, j.programme, s.role",
        {person}, [&](const Row& row) { return Add(row, counts); }));
    return counts;
  }

  absl::StatusOr<std::vector<SeatCount>> CountPast(absl::string_view person) const override {
    std::vector<SeatCount> counts;
    RETURN_IF_ERROR(session_.Query(
        "SELECT person, programme, year, role, CAST(SUM(seats) AS BIGINT) FROM (SELECT person, programme, "
        "year, role, 1 AS seats FROM held_seats WHERE (:person = '' OR person = :person) UNION ALL SELECT "
        "person, programme, year, role, count AS seats FROM load_corrections WHERE (:person = '' OR person = "
        ":person)) AS past GROUP BY person, programme, year, role ORDER BY person, year DESC, programme, "
        "role",
        {person}, [&](const Row& row) { return Add(row, counts); }));
    return counts;
  }

  absl::StatusOr<std::vector<HeldSeat>> FindHeld(absl::Span<const std::string> theses) const override {
    static const InList& sql = *new InList(
        "SELECT thesis, person, programme, year, role FROM held_seats WHERE thesis IN (:ids) ORDER BY "
        "thesis, "
        "person");
    std::vector<HeldSeat> held;
    const std::set<std::string> once(theses.begin(), theses.end());
    RETURN_IF_ERROR(sql.Query(
        session_, std::vector<std::string>(once.begin(), once.end()), [&](const Row& row) -> absl::Status {
          ASSIGN_OR_RETURN(const auto role,
                           ByName(assignment::kSeatRoles, assignment::SeatRoleName, row.Text(4)));
          held.push_back({.thesis = row.Text(0),
                          .person = row.Text(1),
                          .programme = row.Text(2),
                          .year = row.Int(3),
                          .role = role});
          return absl::OkStatus();
        }));
    return held;
  }

  absl::StatusOr<std::set<std::string>> FindRecorded(absl::Span<const std::string> theses) const override {
    static const InList& sql = *new InList("SELECT DISTINCT thesis FROM held_seats WHERE thesis IN (:ids)");
    std::set<std::string> recorded;
    RETURN_IF_ERROR(sql.Query(session_, theses, [&](const Row& row) { recorded.insert(row.Text(0)); }));
    return recorded;
  }

  absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const override {
    return sql::FindRequest(session_, key);
  }

  absl::Status PutHeld(const std::string& thesis, const std::vector<HeldSeat>& seats,
                       absl::Time now) override {
    RETURN_IF_ERROR(session_.Execute("DELETE FROM held_seats WHERE thesis = :thesis", {thesis}));
    for (const HeldSeat& seat : seats) {
      RETURN_IF_ERROR(session_.Execute(
          "INSERT INTO held_seats (thesis, person, programme, year, role, recorded_us) VALUES (:thesis, "
          ":person, :programme, :year, :role, :now)",
          {seat.thesis, seat.person, seat.programme, seat.year, assignment::SeatRoleName(seat.role), now}));
    }
    return absl::OkStatus();
  }

  absl::Status AddCorrection(const LoadCorrection& correction, const std::string& account,
                             absl::Time now) override {
    return session_.Execute(
        "INSERT INTO load_corrections (person, number, programme, year, role, count, reason, account, "
        "made_us) "
        "SELECT :person, COUNT(*) + 1, :programme, :year, :role, :count, :reason, :account, :now FROM "
        "load_corrections WHERE person = :person",
        {correction.person, correction.programme, correction.year, assignment::SeatRoleName(correction.role),
         correction.count, correction.reason, account, now});
  }

  absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) override {
    return sql::RememberRequest(session_, key, result, now);
  }

 private:
  Session& session_;
  const std::unique_ptr<assignment::AssignmentStore::Writer> juries_;
};

}  // namespace

absl::Status LoadStore::Write(absl::FunctionRef<absl::Status(Writer&)> work) {
  return database_.Write([&](Session& session) {
    Transaction transaction(session);
    return work(transaction);
  });
}

absl::Status LoadStore::Read(absl::FunctionRef<absl::Status(const Reader&)> look) const {
  return database_.Read([&](Session& session) {
    const Transaction transaction(session);
    return look(transaction);
  });
}

}  // namespace soutenance::storage::sql
