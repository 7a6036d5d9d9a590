#ifndef SOUTENANCE_SERVICES_SCHEDULING_TIMETABLE_RECORD_H_
#define SOUTENANCE_SERVICES_SCHEDULING_TIMETABLE_RECORD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/scheduling/jury_lookup.h"
#include "services/scheduling/solver/explain/text.h"
#include "services/scheduling/solver/model/problem_spec.h"
#include "services/scheduling/solver/model/score.h"

// Timetables as they are remembered: one version of who defends when and where, with everything that is
// needed to show, explain and repeat it later, whatever has become of the facts. Other resources are told by
// resource name.
namespace soutenance::scheduling {

// One timetable of a campaign.
struct TimetableKey {
  std::string campaign;  // "campaigns/m2-2027"
  int number = 0;        // from 1; a number is never given twice

  friend bool operator==(const TimetableKey&, const TimetableKey&) = default;
};

// "campaigns/m2-2027/timetables/3".
std::string TimetableName(const TimetableKey& key);

// What a client may write where a timetable is meant.
struct TimetableReference {
  enum class Kind { kNumber, kPublished, kLatest };
  std::string campaign;
  Kind kind = Kind::kNumber;
  int number = 0;  // for kNumber

  friend bool operator==(const TimetableReference&, const TimetableReference&) = default;
};

// "campaigns/m2-2027/timetables/3", ".../timetables/published" or ".../timetables/latest".
std::string ReferenceName(const TimetableReference& reference);

// INVALID_ARGUMENT if `name` has none of these forms.
absl::StatusOr<TimetableReference> ParseTimetableName(absl::string_view name);

// Where and when one defence takes place.
struct Place {
  absl::CivilMinute start;  // in the zone of the campaign
  std::string room;         // "rooms/b12"

  friend bool operator==(const Place&, const Place&) = default;
};

// Which aspects of a defence later runs must keep.
struct PinnedAspects {
  bool day = false;
  bool time = false;
  bool room = false;
  std::vector<std::string> jurors;   // "people/ana": who must stay in the jury; ascending
  std::optional<solver::Mode> mode;  // that it must have
  // Of a defence that has no place: the one whose day, time or room is kept for it. Absent if none of these
  // is fixed, and in timetables from before it was remembered.
  std::optional<Place> to;

  bool IsAny() const { return day || time || room || !jurors.empty() || mode.has_value(); }
  friend bool operator==(const PinnedAspects&, const PinnedAspects&) = default;
};

// Why a defence has no place, told when the timetable was computed or changed.
struct UnplacedNote {
  std::string kind;  // "no_common_slot"
  solver::Text sentence;
  std::vector<solver::Text> facts;  // that stand in the way

  friend bool operator==(const UnplacedNote&, const UnplacedNote&) = default;
};

// One defence in a timetable.
struct StoredPlacement {
  std::string thesis;          // "theses/42"
  std::optional<Place> place;  // nothing: unplaced
  // Whom the timetable chose for the seats that were open in its jury, in the order of these; none if
  // unplaced.
  std::vector<JurySeat> holders;
  // If unplaced: what is fixed all the same, and may be why.
  PinnedAspects pin;
  std::string override_reason;
  std::optional<UnplacedNote> unplaced;  // only if unplaced

  friend bool operator==(const StoredPlacement&, const StoredPlacement&) = default;
};

// What calendars have been told about one defence, up to a publication. A cancelled one keeps its last place.
struct CalendarEntry {
  std::string thesis;
  int sequence = 0;  // one more at each change of time, room or status
  bool is_cancelled = false;
  Place place;
  int duration_minutes = 0;
  int shown_by = 0;  // number of the published timetable in which it last had this place

  friend bool operator==(const CalendarEntry&, const CalendarEntry&) = default;
};

enum class TimetableState { kDraft, kPublished, kSuperseded };

// "draft", "published", "superseded": what is stored and printed.
absl::string_view TimetableStateName(TimetableState state);
std::optional<TimetableState> ParseTimetableState(absl::string_view name);

// One version of who defends when and where. Invariants: each defence once, by thesis, ascending; the counts
// are those of `placements`; a published or superseded one has a time of publication and a calendar.
struct TimetableRecord {
  TimetableKey key;
  int64_t version = 0;  // grows with every change; the etag. 0: not stored yet
  TimetableState state = TimetableState::kDraft;
  std::vector<StoredPlacement> placements;  // empty if only the rest was asked for
  solver::Score score;
  solver::Score bound;  // no timetable has a better score; proven for the facts it was computed from
  int placed_count = 0;
  int defence_count = 0;
  int placed_count_bound = 0;  // at most this many can be placed; proven for the facts it was computed from
  bool is_optimal = false;     // no better score is possible; proven for these facts
  int run = 0;                 // number of the run that computed it; 0: made by hand
  int base = 0;                // number of the timetable it was made from; 0: none
  int64_t seed = 0;
  // Of a replanned draft: with this limit of work the same comes out (replay.h). 0: time ended the search.
  int64_t work_max = 0;
  std::string solver_version;
  std::string problem_digest;  // SHA-256 of the problem text it was computed from, in hexadecimal
  std::string computed_from;   // id of these facts: see stored_facts.h
  std::string shown_with;      // id of the facts it is shown and explained with: those of its publication
  absl::Time created = absl::InfinitePast();
  absl::Time published = absl::InfinitePast();  // InfinitePast: never
  std::vector<std::string> facts_changed;       // sentences, in the language of the campaign
  // What `computed_from` takes for granted although it was not so when the draft was made: sentences, in the
  // language of the campaign. Empty once published: it was so by then, or did not matter.
  std::vector<std::string> assumptions;
  std::vector<CalendarEntry> calendar;  // by thesis, ascending; empty for a draft

  bool IsComplete() const { return placed_count == defence_count; }

  friend bool operator==(const TimetableRecord&, const TimetableRecord&) = default;
};

// Of what `pin` fixes for an unplaced defence, what is so at `place`; jurors and mode stay in any case.
PinnedAspects KeptAt(const PinnedAspects& pin, const Place& place);

// What `pin`, of a defence at `place`, fixes once it has no place any more.
PinnedAspects KeptWithout(PinnedAspects pin, const Place& place);

// The placement of `thesis`; null if the timetable has no such defence.
const StoredPlacement* FindPlacement(const TimetableRecord& timetable, absl::string_view thesis);
StoredPlacement* FindPlacement(TimetableRecord& timetable, absl::string_view thesis);

// What may be done with a timetable in the state in which it is. Each returns OK or FAILED_PRECONDITION that
// says the way out.
//   moving, pinning:  drafts and the published one; reason SUPERSEDED
//   publishing:       drafts, and the published one, which stays as it is; reason SUPERSEDED
//   deleting:         drafts; reason PUBLISHED
absl::Status CheckMayChange(const TimetableRecord& timetable);
absl::Status CheckMayPublish(const TimetableRecord& timetable);
absl::Status CheckMayDelete(const TimetableRecord& timetable);

// OK if `expected` is absent or the version of `timetable`; otherwise ABORTED, reason STALE_ETAG.
absl::Status CheckVersion(const TimetableRecord& timetable, std::optional<int64_t> expected);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_TIMETABLE_RECORD_H_
