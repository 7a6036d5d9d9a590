// Showing, pinning and deleting. The other use cases are in timetables_*.cc.
#include "services/scheduling/timetables.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/error.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"
#include "services/scheduling/campaign_access.h"
#include "services/scheduling/defence.h"
#include "services/scheduling/insist.h"
#include "services/scheduling/transactions.h"

namespace soutenance::scheduling {
namespace {

// What a caller means by `reference`: for those who are no staff, the published one is also the latest.
absl::StatusOr<std::optional<TimetableRecord>> FindReferred(const TimetableReader& reader,
                                                            const TimetableReference& reference,
                                                            bool is_staff) {
  std::optional<int> number;
  switch (reference.kind) {
    case TimetableReference::Kind::kNumber:
      number = reference.number;
      break;
    case TimetableReference::Kind::kLatest:
      if (is_staff) {
        ASSIGN_OR_RETURN(number, reader.LatestTimetable(reference.campaign));
        break;
      }
      [[fallthrough]];
    case TimetableReference::Kind::kPublished: {
      ASSIGN_OR_RETURN(number, reader.PublishedTimetable(reference.campaign));
      break;
    }
  }
  if (!number) return std::nullopt;
  return reader.FindTimetable({reference.campaign, *number});
}

absl::StatusOr<std::optional<Campaign>> FindCampaign(const CampaignStore& store, absl::string_view name) {
  std::optional<Campaign> campaign;
  RETURN_IF_ERROR(store.Read([&](const CampaignReader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(campaign, reader.FindCampaign(name));
    return absl::OkStatus();
  }));
  return campaign;
}

absl::StatusOr<StoredFacts> FactsOf(const TimetableReader& reader, const TimetableRecord& timetable) {
  ASSIGN_OR_RETURN(std::optional<StoredFacts> facts, reader.FindFacts(timetable.shown_with));
  if (facts) return *std::move(facts);
  return absl::DataLossError(absl::StrCat("the facts of ", TimetableName(timetable.key), " were lost"));
}

absl::Status CannotPin(const TimetableRecord& timetable, absl::string_view defence) {
  return Error(
      absl::StatusCode::kFailedPrecondition,
      absl::StrCat(defence, " has no place in ", TimetableName(timetable.key),
                   " to be pinned to; place it first"),
      {.reason = "UNPLACED",
       .metadata = {{"defence", std::string(defence)}, {"timetable", TimetableName(timetable.key)}}});
}

// Whether `pin` fixes a day, a time or a room that nobody has said.
bool NeedsPlace(const PinnedAspects& pin, const StoredPlacement& placement) {
  if (placement.place) return false;
  const PinnedAspects& before = placement.pin;
  return (pin.day && !before.day) || (pin.time && !before.time) || (pin.room && !before.room);
}

// What is to be pinned, the mode included.
absl::StatusOr<PinnedAspects> PinAskedFor(const Timetables::PinRequest& request,
                                          const StoredPlacement& placement, const Cast& cast) {
  PinnedAspects pin = request.pin;
  std::sort(pin.jurors.begin(), pin.jurors.end());
  pin.jurors.erase(std::unique(pin.jurors.begin(), pin.jurors.end()), pin.jurors.end());
  const auto thesis = cast.theses.find(placement.thesis);
  std::vector<FieldViolation> problems;
  bool on_video = false;
  std::vector<std::string> attending;
  if (thesis != cast.theses.end()) {
    attending = thesis->second.authors;
    for (const JurySeat& seat : thesis->second.jury) {
      attending.push_back(seat.person);
      on_video = on_video || seat.is_remote;
    }
  }
  for (const JurySeat& seat : placement.holders) {
    attending.push_back(seat.person);
    on_video = on_video || seat.is_remote;
  }
  for (const std::string& juror : pin.jurors) {
    const auto& before = placement.pin.jurors;
    // Who was pinned may stay so, although he or she has left: to unpin somebody else must not need more.
    if (std::count(attending.begin(), attending.end(), juror) > 0 ||
        std::count(before.begin(), before.end(), juror) > 0) {
      continue;
    }
    problems.push_back({.field = "pin.jurors",
                        .description = absl::StrCat(
                            juror, " is not in the jury; pin one who is: ", absl::StrJoin(attending, ", "))});
  }
  if (!problems.empty()) return InvalidFields(std::move(problems));
  pin.mode.reset();
  if (request.pin_mode) {
    pin.mode = placement.pin.mode ? *placement.pin.mode
               : on_video         ? solver::Mode::kVideo
                                  : solver::Mode::kOnSite;
  }
  if (!placement.place && (pin.day || pin.time || pin.room)) pin.to = placement.pin.to;
  return pin;
}

}  // namespace

Timetables::Timetables(const Parts& parts, Options options)
    : store_(parts.store),
      facts_(parts.facts),
      juries_(parts.juries),
      clock_(parts.clock),
      options_(std::move(options)) {}

absl::StatusOr<Timetables::Seen> Timetables::See(const Caller& caller,
                                                 const TimetableReference& reference) const {
  ASSIGN_OR_RETURN(std::optional<Campaign> campaign, FindCampaign(facts_.store, reference.campaign));
  const absl::Status hidden = NotFound("timetable", ReferenceName(reference));
  if (!campaign) return hidden;
  Seen seen{.campaign = *std::move(campaign), .viewer = {.person = caller.person}};
  seen.viewer.is_staff = RunsProgramme(caller, seen.campaign.programme);
  seen.viewer.is_member = MayKnowProgramme(caller, seen.campaign.programme);
  RETURN_IF_ERROR(store_.Read([&](const TimetableReader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(std::optional<TimetableRecord> timetable,
                     FindReferred(reader, reference, seen.viewer.is_staff));
    if (!timetable) return hidden;
    if (!seen.viewer.is_staff && timetable->state != TimetableState::kPublished) return hidden;
    seen.timetable = *std::move(timetable);
    ASSIGN_OR_RETURN(seen.facts, FactsOf(reader, seen.timetable));
    return absl::OkStatus();
  }));
  ASSIGN_OR_RETURN(seen.cast, ParseCast(seen.facts.cast_text));
  // Staff read every title. For the others, what is not known is as secret as can be: the timetable can still
  // be read, and a thesis by those who are named in it.
  if (!seen.viewer.is_staff && !RaiseLevels(seen.cast).ok()) {
    for (auto& [name, thesis] : seen.cast.theses) thesis.level = Confidentiality::kClosedSession;
  }
  return seen;
}

absl::Status Timetables::RaiseLevels(Cast& cast) const {
  std::vector<std::string> names;
  for (const auto& [name, thesis] : cast.theses) names.push_back(name);
  if (names.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto levels, facts_.theses.LevelsOf(names));
  for (auto& [name, thesis] : cast.theses) {
    const auto level = levels.find(name);
    if (level != levels.end()) thesis.level = std::max(thesis.level, level->second);
  }
  return absl::OkStatus();
}

absl::StatusOr<Timetables::Seen> Timetables::SeeAsStaff(const Caller& caller,
                                                        const TimetableReference& reference) const {
  ASSIGN_OR_RETURN(Seen seen, See(caller, reference));
  RETURN_IF_ERROR(CheckRunsProgramme(caller, seen.campaign.programme));
  return seen;
}

absl::StatusOr<std::optional<std::string>> Timetables::FirstResult(const RequestKey& request) const {
  return ReadFrom(store_, [&](const TimetableReader& reader) { return reader.FindRequest(request); });
}

absl::StatusOr<TimetableView> Timetables::Get(const Caller& caller, const TimetableReference& reference,
                                              std::optional<Language> language) const {
  ASSIGN_OR_RETURN(Seen seen, See(caller, reference));
  // For staff it says no more than whether a defence is closed to the public.
  if (seen.viewer.is_staff) RaiseLevels(seen.cast).IgnoreError();
  if (language) seen.cast.language = *language == Language::kFrench ? "fr" : "en";
  return ViewOf(seen.timetable, seen.cast, seen.viewer);
}

absl::StatusOr<Page<TimetableView>> Timetables::List(const Caller& caller, absl::string_view campaign,
                                                     const PageRequest& page) const {
  ASSIGN_OR_RETURN(const std::optional<Campaign> known, FindCampaign(facts_.store, campaign));
  if (!known) return NotFound("campaign", campaign);
  const Viewer viewer{.person = caller.person, .is_staff = RunsProgramme(caller, known->programme)};
  ASSIGN_OR_RETURN(const Page<TimetableRecord> found, ReadFrom(store_, [&](const TimetableReader& reader) {
                     return reader.ListTimetables(campaign, !viewer.is_staff, page);
                   }));
  // A campaign of which nothing is published does not exist for those outside its programme.
  if (found.items.empty() && !viewer.is_staff) RETURN_IF_ERROR(CheckMayKnow(caller, *known));
  Page<TimetableView> views{.items = {}, .next = found.next};
  for (const TimetableRecord& timetable : found.items) views.items.push_back(ViewOf(timetable, {}, viewer));
  return views;
}

absl::StatusOr<TimetableView> Timetables::Pin(const Caller& caller, const PinRequest& request) {
  ASSIGN_OR_RETURN(const std::optional<std::string> first, FirstResult(request.request));
  if (first) {
    ASSIGN_OR_RETURN(const TimetableReference reference, ParseTimetableName(*first));
    return Get(caller, reference);
  }
  return Insist(request.version, [&] { return PinOnce(caller, request); });
}

absl::StatusOr<TimetableView> Timetables::PinOnce(const Caller& caller, const PinRequest& request) {
  ASSIGN_OR_RETURN(Seen seen, SeeAsStaff(caller, request.timetable));
  TimetableRecord& timetable = seen.timetable;
  RETURN_IF_ERROR(CheckMayChange(timetable));
  RETURN_IF_ERROR(CheckVersion(timetable, request.version));
  ASSIGN_OR_RETURN(const DefenceKey defence, ParseDefenceName(request.defence));
  StoredPlacement* const placement = FindPlacement(timetable, defence.thesis);
  if (placement == nullptr || defence.campaign != timetable.key.campaign) {
    return NotFound("defence", request.defence);
  }
  if (NeedsPlace(request.pin, *placement)) return CannotPin(timetable, request.defence);
  ASSIGN_OR_RETURN(PinnedAspects pin, PinAskedFor(request, *placement, seen.cast));
  const bool changes = placement->pin != pin;
  placement->pin = std::move(pin);
  if (request.validate_only) return ViewOf(timetable, seen.cast, seen.viewer);
  const auto write = [&](TimetableWriter& writer) -> absl::Status {
    ASSIGN_OR_RETURN(const std::optional<std::string> meanwhile, writer.FindRequest(request.request));
    if (meanwhile) return absl::OkStatus();
    if (changes) RETURN_IF_ERROR(writer.UpdateTimetable(timetable));
    return writer.RememberRequest(request.request, TimetableName(timetable.key), clock_.Now());
  };
  RETURN_IF_ERROR(store_.Write(write));
  return Get(caller, {.campaign = timetable.key.campaign, .number = timetable.key.number});
}

absl::Status Timetables::Delete(const Caller& caller, const DeleteRequest& request) {
  ASSIGN_OR_RETURN(const std::optional<std::string> first, FirstResult(request.request));
  if (first) return absl::OkStatus();
  return Insist(request.version, [&] { return DeleteOnce(caller, request); });
}

absl::Status Timetables::DeleteOnce(const Caller& caller, const DeleteRequest& request) {
  ASSIGN_OR_RETURN(const Seen seen, SeeAsStaff(caller, request.timetable));
  RETURN_IF_ERROR(CheckMayDelete(seen.timetable));
  RETURN_IF_ERROR(CheckVersion(seen.timetable, request.version));
  if (request.validate_only) return absl::OkStatus();
  const auto remove = [&](TimetableWriter& writer) -> absl::Status {
    ASSIGN_OR_RETURN(const std::optional<std::string> meanwhile, writer.FindRequest(request.request));
    if (meanwhile) return absl::OkStatus();
    RETURN_IF_ERROR(writer.DeleteTimetable(seen.timetable.key, seen.timetable.version));
    RETURN_IF_ERROR(writer.RemoveUnusedFacts());
    return writer.RememberRequest(request.request, TimetableName(seen.timetable.key), clock_.Now());
  };
  return store_.Write(remove);
}

}  // namespace soutenance::scheduling
