#include "storage/sql/life_rows.h"

#include <optional>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/base/status.h"
#include "storage/sql/thesis_rows.h"

namespace soutenance::storage::sql {
namespace {

using submissions::LifeFacts;
using submissions::Notice;
using submissions::NoticeSelection;
using submissions::Opinion;
using submissions::ThesisChange;
using submissions::ThesisEvent;
using submissions::ThesisState;

absl::Status Unknown(const Row& row, absl::string_view what) {
  return absl::DataLossError(absl::StrCat("the ", what, " of ", row.Text(0), " cannot be read"));
}

// The latest of a kind of version, and of an event.
absl::Status FindLatest(Session& session, absl::string_view sql, absl::string_view thesis,
                        absl::string_view what, std::optional<absl::Time>& latest) {
  return session.Query(sql, {thesis, what}, [&](const Row& row) { latest = row.OptionalTime(0); });
}

}  // namespace

absl::StatusOr<LifeFacts> FindLifeFacts(Session& session, absl::string_view thesis) {
  constexpr absl::string_view kVersion =
      "SELECT MAX(received_us) FROM drafts WHERE thesis = :thesis AND kind = :kind";
  constexpr absl::string_view kEvent =
      "SELECT MAX(time_us) FROM thesis_changes WHERE thesis = :thesis AND event = :event";
  LifeFacts facts;
  ASSIGN_OR_RETURN(facts.opinions, ListOpinions(session, thesis));
  std::optional<absl::Time> archive;
  RETURN_IF_ERROR(FindLatest(session, kVersion, thesis, "deposit", facts.deposit));
  RETURN_IF_ERROR(FindLatest(session, kVersion, thesis, "corrected", facts.corrections));
  RETURN_IF_ERROR(FindLatest(session, kVersion, thesis, "archive", archive));
  facts.has_copy_to_archive = facts.deposit || facts.corrections || archive;
  RETURN_IF_ERROR(FindLatest(session, kEvent, thesis, EventName(ThesisEvent::kDeposit), facts.last_deposit));
  RETURN_IF_ERROR(FindLatest(session, kEvent, thesis, EventName(ThesisEvent::kDepositCorrections),
                             facts.last_correction));
  return facts;
}

absl::StatusOr<std::vector<Opinion>> ListOpinions(Session& session, absl::string_view thesis) {
  std::vector<Opinion> opinions;
  RETURN_IF_ERROR(session.Query(
      "SELECT thesis, side, verdict, comment, account, time_us FROM thesis_opinions WHERE thesis = :thesis "
      "AND "
      "round = (SELECT COUNT(*) FROM thesis_changes WHERE thesis = :thesis AND event = 'submit_subject') "
      "ORDER BY side",
      {thesis}, [&](const Row& row) {
        opinions.push_back({.thesis = row.Text(0),
                            .side = static_cast<Opinion::Side>(row.Int(1)),
                            .verdict = static_cast<Opinion::Verdict>(row.Int(2)),
                            .comment = row.Text(3),
                            .account = row.Text(4),
                            .given = row.Time(5)});
      }));
  return opinions;
}

absl::StatusOr<Page<ThesisChange>> ListChanges(Session& session, absl::string_view thesis,
                                               const PageRequest& page) {
  int64_t after = 0;
  // What is no number is after nothing.
  if (!absl::SimpleAtoi(page.after, &after)) after = 0;
  Page<ThesisChange> changes;
  RETURN_IF_ERROR(session.Query(
      "SELECT thesis, number, event, state_from, state_to, reason, account, time_us, until_us, waived FROM "
      "thesis_changes WHERE thesis = :thesis AND number > :after ORDER BY number LIMIT :limit",
      {thesis, after, page.size + 1}, [&](const Row& row) -> absl::Status {
        if (changes.items.size() == static_cast<std::size_t>(page.size)) {
          changes.next = absl::StrCat(changes.items.back().number);
          return absl::OkStatus();
        }
        const std::optional<ThesisEvent> event = submissions::ThesisEventOf(row.Text(2));
        const std::optional<ThesisState> to = submissions::ThesisStateOf(row.Text(4));
        if (!event || !to) return Unknown(row, "history");
        changes.items.push_back({.thesis = row.Text(0),
                                 .number = row.Integer(1),
                                 .event = *event,
                                 .from = submissions::ThesisStateOf(row.Text(3)),
                                 .to = *to,
                                 .reason = row.Text(5),
                                 .account = row.Text(6),
                                 .time = row.Time(7),
                                 .until = row.OptionalTime(8),
                                 .waived = SplitLines(row.Text(9))});
        return absl::OkStatus();
      }));
  return changes;
}

absl::StatusOr<Page<Notice>> ListNotices(Session& session, const NoticeSelection& selection,
                                         const PageRequest& page) {
  constexpr absl::string_view kOfProgramme =
      "SELECT thesis, change_number, event, state_to, person, role, programme, time_us FROM thesis_notices "
      "WHERE programme = :programme AND name > :after ORDER BY name LIMIT :limit";
  constexpr absl::string_view kOfPerson =
      "SELECT thesis, change_number, event, state_to, person, role, programme, time_us FROM thesis_notices "
      "WHERE person = :person AND name > :after ORDER BY name LIMIT :limit";
  const bool of_programme = !selection.programme.empty();
  Page<Notice> notices;
  RETURN_IF_ERROR(
      session.Query(of_programme ? kOfProgramme : kOfPerson,
                    {of_programme ? selection.programme : selection.person, page.after, page.size + 1},
                    [&](const Row& row) -> absl::Status {
                      if (notices.items.size() == static_cast<std::size_t>(page.size)) {
                        notices.next = notices.items.back().Name();
                        return absl::OkStatus();
                      }
                      const std::optional<ThesisEvent> event = submissions::ThesisEventOf(row.Text(2));
                      const std::optional<ThesisState> to = submissions::ThesisStateOf(row.Text(3));
                      if (!event || !to) return Unknown(row, "notices");
                      notices.items.push_back({.thesis = row.Text(0),
                                               .change = row.Integer(1),
                                               .event = *event,
                                               .to = *to,
                                               .person = row.Text(4),
                                               .role = row.Text(5),
                                               .programme = row.Text(6),
                                               .time = row.Time(7)});
                      return absl::OkStatus();
                    }));
  return notices;
}

absl::Status PutOpinion(Session& session, const Opinion& opinion) {
  return session.Execute(
      "INSERT INTO thesis_opinions (thesis, round, side, verdict, comment, account, time_us) VALUES "
      "(:thesis, "
      "(SELECT COUNT(*) FROM thesis_changes WHERE thesis = :thesis AND event = 'submit_subject'), :side, "
      ":verdict, :comment, :account, :time) ON CONFLICT (thesis, round, side) DO UPDATE SET verdict = "
      ":verdict, "
      "comment = :comment, account = :account, time_us = :time",
      {opinion.thesis, static_cast<int>(opinion.side), static_cast<int>(opinion.verdict), opinion.comment,
       opinion.account, opinion.given});
}

absl::StatusOr<int64_t> AddChange(Session& session, const ThesisChange& change) {
  int64_t number = 1;
  RETURN_IF_ERROR(
      session.Query("SELECT COALESCE(MAX(number), 0) + 1 FROM thesis_changes WHERE thesis = :thesis",
                    {change.thesis}, [&](const Row& row) { number = row.Integer(0); }));
  const std::string waived = JoinLines(change.waived);
  RETURN_IF_ERROR(session.Execute(
      "INSERT INTO thesis_changes (thesis, number, event, state_from, state_to, reason, account, time_us, "
      "until_us, waived) VALUES (:thesis, :number, :event, :state_from, :state_to, :reason, :account, :time, "
      ":until, :waived)",
      {change.thesis, number, EventName(change.event),
       change.from ? StateName(*change.from) : absl::string_view(), StateName(change.to), change.reason,
       change.account, change.time, change.until, waived}));
  return number;
}

absl::Status AddNotice(Session& session, const Notice& notice) {
  const std::string name = notice.Name();
  return session.Execute(
      "INSERT INTO thesis_notices (name, thesis, change_number, event, state_to, person, role, programme, "
      "time_us) VALUES (:name, :thesis, :change_number, :event, :state_to, :person, :role, :programme, "
      ":time) "
      "ON CONFLICT (name) DO NOTHING",
      {name, notice.thesis, notice.change, EventName(notice.event), StateName(notice.to), notice.person,
       notice.role, notice.programme, notice.time});
}

}  // namespace soutenance::storage::sql
