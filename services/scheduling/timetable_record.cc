#include "services/scheduling/timetable_record.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/base/error.h"
#include "services/base/id.h"

namespace soutenance::scheduling {
namespace {

constexpr absl::string_view kCollection = "/timetables/";
constexpr absl::string_view kPublished = "published";
constexpr absl::string_view kLatest = "latest";

absl::Status NotATimetableName(absl::string_view name) {
  return InvalidFields({{.field = "name",
                         .description = absl::StrCat(
                             "\"", name,
                             "\" is not the name of a timetable: \"campaigns/m2-2027/timetables/3\", or "
                             "\"published\" or \"latest\" in place of the number")}});
}

absl::Status Refused(const TimetableRecord& timetable, absl::string_view reason, absl::string_view what) {
  const std::string name = TimetableName(timetable.key);
  return Error(
      absl::StatusCode::kFailedPrecondition, absl::StrCat(name, " ", what),
      {.reason = std::string(reason),
       .metadata = {{"timetable", name}, {"state", std::string(TimetableStateName(timetable.state))}}});
}

template <typename Timetable>
auto Find(Timetable& timetable, absl::string_view thesis) -> decltype(timetable.placements.data()) {
  const auto found = std::lower_bound(
      timetable.placements.begin(), timetable.placements.end(), thesis,
      [](const StoredPlacement& placement, absl::string_view key) { return placement.thesis < key; });
  return found != timetable.placements.end() && found->thesis == thesis ? &*found : nullptr;
}

}  // namespace

std::string TimetableName(const TimetableKey& key) {
  return absl::StrCat(key.campaign, kCollection, key.number);
}

std::string ReferenceName(const TimetableReference& reference) {
  switch (reference.kind) {
    case TimetableReference::Kind::kNumber:
      return TimetableName({reference.campaign, reference.number});
    case TimetableReference::Kind::kPublished:
      return absl::StrCat(reference.campaign, kCollection, kPublished);
    case TimetableReference::Kind::kLatest:
      return absl::StrCat(reference.campaign, kCollection, kLatest);
  }
  return {};
}

absl::StatusOr<TimetableReference> ParseTimetableName(absl::string_view name) {
  const std::size_t middle = name.find(kCollection);
  if (middle == absl::string_view::npos) return NotATimetableName(name);
  TimetableReference reference{.campaign = std::string(name.substr(0, middle))};
  if (!ParseName(reference.campaign, "campaigns").ok()) return NotATimetableName(name);
  const absl::string_view last = name.substr(middle + kCollection.size());
  if (last == kPublished) {
    reference.kind = TimetableReference::Kind::kPublished;
  } else if (last == kLatest) {
    reference.kind = TimetableReference::Kind::kLatest;
  } else if (!absl::SimpleAtoi(last, &reference.number) || absl::StrCat(reference.number) != last) {
    return NotATimetableName(name);
  }
  return reference;
}

absl::string_view TimetableStateName(TimetableState state) {
  switch (state) {
    case TimetableState::kDraft:
      return "draft";
    case TimetableState::kPublished:
      return "published";
    case TimetableState::kSuperseded:
      return "superseded";
  }
  return "";
}

std::optional<TimetableState> ParseTimetableState(absl::string_view name) {
  for (const TimetableState state :
       {TimetableState::kDraft, TimetableState::kPublished, TimetableState::kSuperseded}) {
    if (TimetableStateName(state) == name) return state;
  }
  return std::nullopt;
}

PinnedAspects KeptAt(const PinnedAspects& pin, const Place& place) {
  const auto holds = [&](bool is_pinned, auto same) { return is_pinned && pin.to && same(*pin.to); };
  return {
      .day = holds(pin.day,
                   [&](const Place& to) { return absl::CivilDay(to.start) == absl::CivilDay(place.start); }),
      .time = holds(pin.time,
                    [&](const Place& to) {
                      return to.start.hour() == place.start.hour() &&
                             to.start.minute() == place.start.minute();
                    }),
      .room = holds(pin.room, [&](const Place& to) { return to.room == place.room; }),
      .jurors = pin.jurors,
      .mode = pin.mode};
}

PinnedAspects KeptWithout(PinnedAspects pin, const Place& place) {
  pin.to.reset();
  if (pin.day || pin.time || pin.room) pin.to = place;
  return pin;
}

const StoredPlacement* FindPlacement(const TimetableRecord& timetable, absl::string_view thesis) {
  return Find(timetable, thesis);
}

StoredPlacement* FindPlacement(TimetableRecord& timetable, absl::string_view thesis) {
  return Find(timetable, thesis);
}

absl::Status CheckMayChange(const TimetableRecord& timetable) {
  if (timetable.state != TimetableState::kSuperseded) return absl::OkStatus();
  return Refused(timetable, "SUPERSEDED",
                 "was superseded and is kept as it was; change the published timetable or a draft");
}

absl::Status CheckMayPublish(const TimetableRecord& timetable) {
  if (timetable.state != TimetableState::kSuperseded) return absl::OkStatus();
  return Refused(
      timetable, "SUPERSEDED",
      "was superseded by a later one; to return to it, start a run from it and publish the result");
}

absl::Status CheckMayDelete(const TimetableRecord& timetable) {
  if (timetable.state == TimetableState::kDraft) return absl::OkStatus();
  return Refused(timetable, "PUBLISHED",
                 timetable.state == TimetableState::kPublished
                     ? "is published and is kept; publish another one to replace it"
                     : "was published and is kept for the record; only drafts can be deleted");
}

absl::Status CheckVersion(const TimetableRecord& timetable, std::optional<int64_t> expected) {
  if (!expected || *expected == timetable.version) return absl::OkStatus();
  return StaleEtag(TimetableName(timetable.key));
}

}  // namespace soutenance::scheduling
