#ifndef SOUTENANCE_SERVICES_SCHEDULING_TIMETABLES_H_
#define SOUTENANCE_SERVICES_SCHEDULING_TIMETABLES_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/caller.h"
#include "services/base/clock.h"
#include "services/base/page.h"
#include "services/base/request_key.h"
#include "services/scheduling/cast.h"
#include "services/scheduling/documents/timetable_document.h"
#include "services/scheduling/explanation.h"
#include "services/scheduling/facts.h"
#include "services/scheduling/fresh_facts.h"
#include "services/scheduling/jury_writer.h"
#include "services/scheduling/replan_outcome.h"
#include "services/scheduling/stored_facts.h"
#include "services/scheduling/timetable_record.h"
#include "services/scheduling/timetable_store.h"
#include "services/scheduling/timetable_view.h"

namespace soutenance::scheduling {

using documents::Language;

// How long one call looks for exact reasons, or for repairs; what is not known by then is told as not known.
inline constexpr absl::Duration kReasonPatience = absl::Seconds(20);

// Use cases: showing, explaining, changing, publishing and exporting timetables. Staff of the campaign's
// programme see and change every timetable; everybody else sees the published one, without the titles of
// confidential theses that they may not read and without what is said about people. What a caller may not see
// is NOT_FOUND, reason TIMETABLE_NOT_FOUND. An absent language is the campaign's.
//
// Every change is remembered under its request key; a repetition returns the first result. Every change that
// expects a version returns ABORTED, reason STALE_ETAG, if the timetable has another. Safe for concurrent
// use.
class Timetables {
 public:
  // What it works with. All must outlive it.
  struct Parts {
    TimetableStore& store;
    FactSources facts;
    JuryWriter& juries;
    const Clock& clock;
  };
  struct Options {
    // What follows the @ in the identities of calendar entries. Must never change: calendars would show every
    // defence twice.
    std::string calendar_domain = "soutenance";
  };

  Timetables(const Parts& parts, Options options);

  absl::StatusOr<TimetableView> Get(const Caller& caller, const TimetableReference& reference,
                                    std::optional<Language> language = std::nullopt) const;
  // Oldest first, without placements.
  absl::StatusOr<Page<TimetableView>> List(const Caller& caller, absl::string_view campaign,
                                           const PageRequest& page) const;

  absl::StatusOr<Explanation> Explain(const Caller& caller, const TimetableReference& reference,
                                      std::optional<Language> language) const;

  struct DefenceQuestion {
    TimetableReference timetable;
    std::string defence;  // "campaigns/m2-2027/defences/42"
    std::optional<Language> language;
    int alternative_count = 5;
  };
  // NOT_FOUND, reason DEFENCE_NOT_FOUND, if the timetable has no such defence.
  absl::StatusOr<DefenceExplanation> ExplainDefence(const Caller& caller,
                                                    const DefenceQuestion& question) const;

  struct RepairsQuestion {
    TimetableReference timetable;
    std::string defence;  // only for this one; empty: for all that are unplaced
    std::optional<Language> language;
    int count = 10;
  };
  // Takes at most kReasonPatience. NOT_FOUND, reason DEFENCE_NOT_FOUND. FAILED_PRECONDITION, reason PLACED,
  // if the defence has a place.
  absl::StatusOr<Repairs> FindRepairs(const Caller& caller, const RepairsQuestion& question) const;

  struct RepairRequest {
    TimetableReference timetable;
    std::vector<RepairStep> steps;
    std::vector<std::string> defences;               // that must have a place then
    std::map<std::string, std::string> found_rooms;  // which room it is, by what an earlier draft calls it
    std::optional<int64_t> version;                  // as the caller has read it; absent: any
    RequestKey request;
    bool validate_only = false;
    std::optional<Language> language;
  };
  // Makes a new draft as if the steps were so, which remembers them as assumptions. FAILED_PRECONDITION:
  // reason REPAIR_DOES_NOT_HOLD; ROOM_DOES_NOT_DO for a room that was named; SUPERSEDED. INVALID_ARGUMENT if
  // there is no such room, or the campaign has it.
  absl::StatusOr<RepairOutcome> ApplyRepair(const Caller& caller, const RepairRequest& request);

  struct ComparisonQuestion {
    TimetableReference before;
    TimetableReference after;
    std::optional<Language> language;
  };
  // INVALID_ARGUMENT if they are of different campaigns.
  absl::StatusOr<Comparison> Compare(const Caller& caller, const ComparisonQuestion& question) const;

  struct MoveRequest {
    TimetableReference timetable;
    std::string defence;
    std::optional<Place> to;  // nothing: unplace, unless `holders` are given: stay
    // Who shall hold open seats, by role; the others keep theirs if they can come.
    std::vector<JurySeat> holders;
    std::string override_reason;
    std::optional<int64_t> version;  // as the caller has read it; absent: any
    RequestKey request;
    bool validate_only = false;
    std::optional<Language> language;
  };
  // Moves one defence: in a draft itself, of a published timetable in a new draft. FAILED_PRECONDITION with
  // one violation a breach: reason CLASH; REASON_REQUIRED, unless validate_only; PINNED; SUPERSEDED.
  absl::StatusOr<MoveOutcome> Move(const Caller& caller, const MoveRequest& request);

  struct PinRequest {
    TimetableReference timetable;
    std::string defence;
    PinnedAspects pin;               // what is fixed afterwards; its mode is not looked at
    bool pin_mode = false;           // whether the mode is fixed: as it was fixed, else as it is
    std::optional<int64_t> version;  // as the caller has read it; absent: any
    RequestKey request;
    bool validate_only = false;
  };
  // FAILED_PRECONDITION: reason UNPLACED, if the defence has no place whose day, time or room could be fixed
  // anew: what was fixed may stay so, and jurors and mode need no place; SUPERSEDED.
  // INVALID_ARGUMENT if a juror to be pinned is not in the jury.
  absl::StatusOr<TimetableView> Pin(const Caller& caller, const PinRequest& request);

  struct PublishRequest {
    TimetableReference timetable;
    std::optional<int64_t> version;  // as the caller has read it; absent: any
    bool allow_incomplete = false;
    RequestKey request;
    bool validate_only = false;
    std::optional<Language> language;  // of a refusal
  };
  // Publishes a draft and supersedes the one published before, in one transaction. Publishing the published
  // one changes nothing. FAILED_PRECONDITION: reason INPUT_CHANGED with one violation a breach, or
  // ASSUMPTION_OPEN for a draft that assumes something; INCOMPLETE; SUPERSEDED.
  absl::StatusOr<TimetableView> Publish(const Caller& caller, const PublishRequest& request);

  struct ReplanRequest {
    TimetableReference timetable;
    absl::Duration time_max = absl::Seconds(1);
    int64_t seed = 0;
    std::optional<absl::CivilMinute> now;  // in the zone of the campaign; absent: by the clock
    std::optional<int64_t> version;        // as the caller has read it; absent: any
    RequestKey request;
    bool validate_only = false;
    std::optional<Language> language;
  };
  // Gathers the facts of the moment and makes a draft from the timetable that disturbs the fewest people. If
  // it holds as it is, no draft is made. FAILED_PRECONDITION: reason CAMPAIGN_NOT_READY; SUPERSEDED.
  absl::StatusOr<ReplanOutcome> Replan(const Caller& caller, const ReplanRequest& request);

  struct JuriesRequest {
    TimetableReference timetable;
    std::optional<int64_t> version;  // as the caller has read it; absent: any
    RequestKey request;
    bool validate_only = false;
  };
  // Makes those whom the timetable chose members of the juries, all or none, in the name of the caller.
  // FAILED_PRECONDITION: reason SUPERSEDED; NOBODY_CHOSEN; INPUT_CHANGED if somebody may not be chosen any
  // more; and what the service of juries refuses.
  absl::StatusOr<JuriesOutcome> ApplyJuries(const Caller& caller, const JuriesRequest& request);

  struct DeleteRequest {
    TimetableReference timetable;
    std::optional<int64_t> version;  // as the caller has read it; absent: any
    RequestKey request;
    bool validate_only = false;
  };
  // FAILED_PRECONDITION, reason PUBLISHED, for one that is or was published.
  absl::Status Delete(const Caller& caller, const DeleteRequest& request);

  // The values are those of ExportTimetableRequest.Format.
  enum class Format { kHtml = 1, kCsvFrench = 2, kCsv = 3, kIcs = 4, kPdf = 5, kProblem = 6, kTimetable = 7 };
  struct ExportRequest {
    TimetableReference timetable;
    Format format = Format::kHtml;
    std::optional<Language> language;
    std::string only;  // "people/ana" or "rooms/b12", or empty
  };
  struct Document {
    std::string content;
    std::string media_type;  // "text/html; charset=utf-8"
    std::string file_name;   // "soutenances-m2-2027.html"
  };
  // PERMISSION_DENIED, reason ROLE_NOT_ALLOWED, for the problem and the text of the timetable unless the
  // caller is staff.
  absl::StatusOr<Document> Export(const Caller& caller, const ExportRequest& request) const;

 private:
  // A timetable that the caller may see, with everything that is needed to show it.
  struct Seen {
    Campaign campaign;
    Viewer viewer;
    TimetableRecord timetable;
    StoredFacts facts;  // it is shown with
    Cast cast;
  };

  absl::StatusOr<Seen> See(const Caller& caller, const TimetableReference& reference) const;
  // PERMISSION_DENIED, reason ROLE_NOT_ALLOWED, for those who may see it and are no staff.
  absl::StatusOr<Seen> SeeAsStaff(const Caller& caller, const TimetableReference& reference) const;
  // NOT_FOUND unless the directory knows the person or room `only`; OK if it is empty.
  absl::Status CheckExists(const std::string& only) const;
  absl::StatusOr<std::optional<std::string>> FirstResult(const RequestKey& request) const;
  absl::StatusOr<Cast> CastShownBy(const TimetableKey& key) const;
  // Raises the levels of `cast` to those in force now, where they are higher: who may not read a title today
  // does not read it in what was published before. UNAVAILABLE if that is not known.
  absl::Status RaiseLevels(Cast& cast) const;

  static absl::StatusOr<Comparison> CompareSeen(const Seen& before, const Seen& after,
                                                std::optional<Language> language);
  // The draft that applying a repair makes of `seen`; its number is 0.
  absl::StatusOr<Seen> Repaired(const Seen& seen, const RepairRequest& request) const;
  // The rooms that `request` names, by what the problem calls them until then.
  absl::StatusOr<std::map<std::string, RoomFacts>> NamedRooms(const solver::Problem& problem,
                                                              const RepairRequest& request,
                                                              const std::vector<std::string>& added) const;
  absl::StatusOr<RepairOutcome> ApplyRepairOnce(const Caller& caller, const RepairRequest& request);
  absl::StatusOr<RepairOutcome> RepeatRepair(const Caller& caller, absl::string_view first,
                                             std::optional<Language> language) const;

  absl::StatusOr<MoveOutcome> MoveOnce(const Caller& caller, const MoveRequest& request);
  absl::StatusOr<MoveOutcome> RepeatMove(const Caller& caller, absl::string_view first) const;
  absl::StatusOr<TimetableView> PinOnce(const Caller& caller, const PinRequest& request);
  absl::StatusOr<TimetableView> PublishOnce(const Caller& caller, const PublishRequest& request);
  absl::StatusOr<ReplanOutcome> ReplanOnce(const Caller& caller, const ReplanRequest& request);
  absl::StatusOr<ReplanOutcome> RepeatReplan(const Caller& caller, const ReplanRequest& request,
                                             absl::string_view first) const;
  absl::Status RememberPublished(const TimetableKey& key, const RequestKey& request);
  absl::StatusOr<TimetableKey> WritePublished(const TimetableRecord& timetable, const FreshFacts& fresh,
                                              const RequestKey& request);
  absl::Status DeleteOnce(const Caller& caller, const DeleteRequest& request);
  absl::StatusOr<documents::TimetableDocument> DocumentOf(const Seen& seen, Language language,
                                                          Format format) const;
  absl::StatusOr<int> PublishedBefore(const TimetableRecord& timetable) const;
  absl::StatusOr<std::vector<CalendarEntry>> CalendarOf(const Seen& seen) const;

  TimetableStore& store_;
  const FactSources facts_;
  JuryWriter& juries_;
  const Clock& clock_;
  const Options options_;
};

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_TIMETABLES_H_
