#include "storage/sql/invitation_store.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "storage/sql/assignment_store.h"
#include "storage/sql/in_list.h"
#include "storage/sql/requests.h"
#include "storage/sql/words_of_enums.h"

namespace soutenance::storage::sql {
namespace {

using assignment::Invitation;
using assignment::InvitationEvent;
using assignment::InvitationKey;
using assignment::InvitationReminderKey;
using assignment::Seat;

std::string Select(absl::string_view rest) {
  return absl::StrCat(
      "SELECT thesis, person, version, programme, role, state, respond_by_us, invited_us, answered_us, "
      "reason, "
      "replaced_by, message FROM invitations ",
      rest);
}

absl::StatusOr<Invitation> ToInvitation(const Row& row) {
  Invitation invitation{
      .thesis = row.Text(0), .person = row.Text(1), .version = row.Integer(2), .programme = row.Text(3)};
  ASSIGN_OR_RETURN(invitation.role, ByName(assignment::kSeatRoles, assignment::SeatRoleName, row.Text(4)));
  ASSIGN_OR_RETURN(invitation.state,
                   ByName(assignment::kInvitationStates, assignment::InvitationStateName, row.Text(5)));
  invitation.respond_by = row.OptionalTime(6);
  invitation.invited = row.OptionalTime(7);
  invitation.answered = row.OptionalTime(8);
  invitation.reason = row.Text(9);
  invitation.replaced_by = row.Text(10);
  invitation.message = row.Text(11);
  return invitation;
}

absl::Status Add(const Row& row, std::vector<Invitation>& found) {
  ASSIGN_OR_RETURN(Invitation invitation, ToInvitation(row));
  found.push_back(std::move(invitation));
  return absl::OkStatus();
}

// Both halves of the port on one session. Its life is one call of Read or Write.
class Transaction final : public assignment::InvitationStore::Writer {
 public:
  explicit Transaction(Session& session) : session_(session), juries_(JuriesOn(session)) {}

  const assignment::AssignmentStore::Reader& juries() const override { return *juries_; }
  assignment::AssignmentStore::Writer& jury_writer() override { return *juries_; }

  absl::StatusOr<std::optional<Invitation>> FindInvitation(const InvitationKey& key) const override {
    static const std::string& sql = *new std::string(Select("WHERE thesis = :thesis AND person = :person"));
    std::vector<Invitation> found;
    RETURN_IF_ERROR(
        session_.Query(sql, {key.thesis, key.person}, [&](const Row& row) { return Add(row, found); }));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
  }

  absl::StatusOr<std::vector<Invitation>> ListOfTheses(absl::Span<const std::string> theses) const override {
    return FindInvitations(session_, theses);
  }

  absl::StatusOr<Page<Invitation>> ListOfProgramme(absl::string_view programme,
                                                   const PageRequest& page) const override {
    static const std::string& sql = *new std::string(Select(
        "WHERE programme = :programme AND (thesis > :thesis OR (thesis = :thesis AND person > :person)) "
        "ORDER BY thesis, person LIMIT :limit"));
    return PageOf(sql, programme, page);
  }

  absl::StatusOr<Page<Invitation>> ListOfPerson(absl::string_view person,
                                                const PageRequest& page) const override {
    static const std::string& sql = *new std::string(
        Select("WHERE person = :of AND (thesis > :thesis OR (thesis = :thesis AND person > :person)) "
               "ORDER BY thesis, person LIMIT :limit"));
    return PageOf(sql, person, page);
  }

  absl::StatusOr<std::vector<InvitationEvent>> ListEvents(const InvitationKey& key) const override {
    std::vector<InvitationEvent> events;
    RETURN_IF_ERROR(session_.Query(
        "SELECT event, time_us, account, reason FROM invitation_events WHERE thesis = :thesis AND person = "
        ":person ORDER BY number",
        {key.thesis, key.person}, [&](const Row& row) {
          events.push_back(
              {.event = row.Text(0), .time = row.Time(1), .account = row.Text(2), .reason = row.Text(3)});
        }));
    return events;
  }

  absl::StatusOr<bool> WasReminded(const InvitationReminderKey& key) const override {
    bool found = false;
    RETURN_IF_ERROR(
        session_.Query("SELECT 1 FROM invitation_reminders WHERE thesis = :thesis AND person = :person AND "
                       "days_before = :days AND respond_by_us = :respond_by",
                       {key.invitation.thesis, key.invitation.person, key.days_before, key.respond_by},
                       [&](const Row&) { found = true; }));
    return found;
  }

  absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const override {
    return sql::FindRequest(session_, key);
  }

  absl::Status PutInvitation(const Invitation& invitation) override {
    if (invitation.version == 0) {
      ASSIGN_OR_RETURN(
          const int64_t inserted,
          session_.ExecuteCounting(
              "INSERT INTO invitations (thesis, person, version, programme, role, state, reason, "
              "replaced_by, "
              "message) VALUES (:thesis, :person, 0, '', '', '', '', '', '') ON CONFLICT DO NOTHING",
              {invitation.thesis, invitation.person}));
      if (inserted != 1) return StaleEtag(invitation.Name());
    }
    ASSIGN_OR_RETURN(
        const int64_t updated,
        session_.ExecuteCounting(
            "UPDATE invitations SET version = version + 1, programme = :programme, role = :role, state = "
            ":state, respond_by_us = :respond_by, invited_us = :invited, answered_us = :answered, reason = "
            ":reason, replaced_by = :replaced_by, message = :message WHERE thesis = :thesis AND person = "
            ":person AND version = :version",
            {invitation.programme, assignment::SeatRoleName(invitation.role),
             assignment::InvitationStateName(invitation.state), invitation.respond_by, invitation.invited,
             invitation.answered, invitation.reason, invitation.replaced_by, invitation.message,
             invitation.thesis, invitation.person, invitation.version}));
    return updated == 1 ? absl::OkStatus() : StaleEtag(invitation.Name());
  }

  absl::Status AddEvent(const InvitationKey& key, const InvitationEvent& event) override {
    return session_.Execute(
        "INSERT INTO invitation_events (thesis, person, number, event, time_us, account, reason) SELECT "
        ":thesis, :person, COUNT(*) + 1, :event, :time, :account, :reason FROM invitation_events WHERE "
        "thesis "
        "= :thesis AND person = :person",
        {key.thesis, key.person, event.event, event.time, event.account, event.reason});
  }

  absl::Status RememberReminder(const InvitationReminderKey& key, absl::Time now) override {
    return session_.Execute(
        "INSERT INTO invitation_reminders (thesis, person, days_before, respond_by_us, reminded_us) VALUES "
        "(:thesis, :person, :days, :respond_by, :now)",
        {key.invitation.thesis, key.invitation.person, key.days_before, key.respond_by, now});
  }

  absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) override {
    return sql::RememberRequest(session_, key, result, now);
  }

 private:
  // `page.after` is "thesis person", as Page::next is.
  absl::StatusOr<Page<Invitation>> PageOf(const std::string& sql, absl::string_view of,
                                          const PageRequest& page) const {
    const std::pair<std::string, std::string> after = absl::StrSplit(page.after, absl::MaxSplits(' ', 1));
    Page<Invitation> list;
    RETURN_IF_ERROR(session_.Query(sql, {of, after.first, after.second, int64_t{page.size} + 1},
                                   [&](const Row& row) { return Add(row, list.items); }));
    if (list.items.size() > static_cast<std::size_t>(page.size)) {
      list.items.pop_back();
      list.next = absl::StrCat(list.items.back().thesis, " ", list.items.back().person);
    }
    return list;
  }

  Session& session_;
  const std::unique_ptr<assignment::AssignmentStore::Writer> juries_;
};

}  // namespace

absl::StatusOr<std::vector<Invitation>> FindInvitations(Session& session,
                                                        absl::Span<const std::string> theses) {
  static const InList& sql = *new InList(Select("WHERE thesis IN (:ids)"));
  const std::set<std::string> once(theses.begin(), theses.end());
  std::vector<Invitation> found;
  RETURN_IF_ERROR(sql.Query(session, std::vector<std::string>(once.begin(), once.end()),
                            [&](const Row& row) { return Add(row, found); }));
  std::sort(found.begin(), found.end(), [](const Invitation& a, const Invitation& b) {
    return std::tie(a.thesis, a.person) < std::tie(b.thesis, b.person);
  });
  return found;
}

absl::Status InvitationStore::Write(absl::FunctionRef<absl::Status(Writer&)> work) {
  return database_.Write([&](Session& session) {
    Transaction transaction(session);
    return work(transaction);
  });
}

absl::Status InvitationStore::Read(absl::FunctionRef<absl::Status(const Reader&)> look) const {
  return database_.Read([&](Session& session) {
    const Transaction transaction(session);
    return look(transaction);
  });
}

}  // namespace soutenance::storage::sql
