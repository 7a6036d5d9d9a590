// Timetables as documents.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/scheduling/calendar.h"
#include "services/scheduling/documents/csv.h"
#include "services/scheduling/documents/html.h"
#include "services/scheduling/documents/ics.h"
#include "services/scheduling/documents/pdf.h"
#include "services/scheduling/language.h"
#include "services/scheduling/loaded_timetable.h"
#include "services/scheduling/resource_names.h"
#include "services/scheduling/solver/io/timetable_text.h"
#include "services/scheduling/timetables.h"
#include "services/scheduling/transactions.h"

namespace soutenance::scheduling {
namespace {

documents::JuryRole RoleOf(SeatRole role) {
  switch (role) {
    case SeatRole::kPresident:
      return documents::JuryRole::kPresident;
    case SeatRole::kSupervisor:
      return documents::JuryRole::kSupervisor;
    case SeatRole::kReviewer:
      return documents::JuryRole::kReviewer;
    case SeatRole::kExaminer:
      return documents::JuryRole::kExaminer;
    case SeatRole::kCompanyTutor:
      return documents::JuryRole::kCompanyTutor;
    case SeatRole::kGuest:
      return documents::JuryRole::kGuest;
  }
  return documents::JuryRole::kGuest;
}

documents::TimetableState StateOf(TimetableState state) {
  switch (state) {
    case TimetableState::kDraft:
      return documents::TimetableState::kDraft;
    case TimetableState::kPublished:
      return documents::TimetableState::kPublished;
    case TimetableState::kSuperseded:
      return documents::TimetableState::kSuperseded;
  }
  return documents::TimetableState::kDraft;
}

// Fills what placed and unplaced defences have in common. A document is passed on: the title of a
// confidential thesis is in none, whoever asks for it, and an internal one only where a member of the
// programme asks.
template <typename DocumentDefence>
DocumentDefence DefenceOf(const std::string& name, const Cast& cast, const Viewer& viewer) {
  DocumentDefence defence;
  defence.id = std::string(IdOf(name));
  const auto found = cast.theses.find(name);
  if (found == cast.theses.end()) return defence;
  const Cast::Thesis& thesis = found->second;
  defence.is_closed = IsClosedSession(thesis.level);
  if (MayPrintTitle(viewer, thesis)) defence.title = thesis.title;
  for (const std::string& author : thesis.authors) {
    defence.students.push_back({.person = author, .name = cast.NameOf(author)});
  }
  for (const JurySeat& seat : thesis.jury) {
    defence.jury.push_back({.person = seat.person,
                            .name = cast.NameOf(seat.person),
                            .role = RoleOf(seat.role),
                            .is_remote = seat.is_remote});
  }
  return defence;
}

documents::PlacedDefence PlacedOf(const CalendarEntry& entry, const Cast& cast, const Viewer& viewer,
                                  const std::string& uid) {
  auto defence = DefenceOf<documents::PlacedDefence>(entry.thesis, cast, viewer);
  defence.uid = uid;
  defence.sequence = entry.sequence;
  defence.start = entry.place.start;
  defence.duration_minutes = std::max(entry.duration_minutes, 1);
  defence.room = entry.place.room;
  defence.room_name = cast.TitleOf(entry.place.room);
  const auto room = cast.rooms.find(entry.place.room);
  if (room != cast.rooms.end()) defence.site = room->second.site;
  defence.status =
      entry.is_cancelled ? documents::DefenceStatus::kCancelled : documents::DefenceStatus::kConfirmed;
  return defence;
}

// Why a defence is unplaced is said of people; those who are no staff are told that it is.
std::string ReasonOf(const StoredPlacement& placement, Language language, const Viewer& viewer) {
  const bool is_french = language == Language::kFrench;
  if (viewer.is_staff && placement.unplaced) {
    return is_french ? placement.unplaced->sentence.fr : placement.unplaced->sentence.en;
  }
  return is_french ? "Sans date pour le moment." : "No date yet.";
}

template <typename DocumentDefence>
bool Involves(const DocumentDefence& defence, const std::string& person) {
  const auto is_wanted = [&](const auto& attendee) { return attendee.person == person; };
  return std::any_of(defence.students.begin(), defence.students.end(), is_wanted) ||
         std::any_of(defence.jury.begin(), defence.jury.end(), is_wanted);
}

// `cast` with those in the juries whom `timetable` chose for open seats: whoever reads a document does not
// mind how somebody came into a jury.
Cast WithHolders(Cast cast, const TimetableRecord& timetable) {
  for (const StoredPlacement& placement : timetable.placements) {
    const auto thesis = cast.theses.find(placement.thesis);
    if (thesis == cast.theses.end()) continue;
    std::vector<JurySeat>& jury = thesis->second.jury;
    jury.insert(jury.end(), placement.holders.begin(), placement.holders.end());
  }
  return cast;
}

// Leaves only the defences of a person, or those in a room.
void Restrict(const std::string& only, documents::TimetableDocument& document) {
  if (only.empty()) return;
  const bool is_room = absl::StartsWith(only, "rooms/");
  std::erase_if(document.placed, [&](const documents::PlacedDefence& defence) {
    return is_room ? defence.room != only : !Involves(defence, only);
  });
  std::erase_if(document.unplaced, [&](const documents::UnplacedDefence& defence) {
    return is_room || !Involves(defence, only);
  });
}

struct Kind {
  absl::string_view extension;
  absl::string_view media_type;
};

Kind KindOf(Timetables::Format format) {
  switch (format) {
    case Timetables::Format::kHtml:
      return {"html", "text/html; charset=utf-8"};
    case Timetables::Format::kCsvFrench:
    case Timetables::Format::kCsv:
      return {"csv", "text/csv; charset=utf-8"};
    case Timetables::Format::kIcs:
      return {"ics", "text/calendar; charset=utf-8"};
    case Timetables::Format::kPdf:
      return {"pdf", "application/pdf"};
    case Timetables::Format::kProblem:
    case Timetables::Format::kTimetable:
      return {"txt", "text/plain; charset=utf-8"};
  }
  return {"txt", "text/plain; charset=utf-8"};
}

// What soutenance-solve reads, not people.
bool IsForSolver(Timetables::Format format) {
  return format == Timetables::Format::kProblem || format == Timetables::Format::kTimetable;
}

// Ids have neither accents nor spaces.
std::string FileName(const TimetableRecord& timetable, const Timetables::ExportRequest& request) {
  const absl::string_view campaign = IdOf(timetable.key.campaign);
  std::string name = absl::StrCat(absl::StartsWith(campaign, "soutenances") ? "" : "soutenances-", campaign);
  const bool is_for_solver = IsForSolver(request.format);
  if (is_for_solver) absl::StrAppend(&name, "-", timetable.key.number);
  if (request.format == Timetables::Format::kTimetable) absl::StrAppend(&name, "-timetable");
  if (timetable.state != TimetableState::kPublished && !is_for_solver) {
    absl::StrAppend(&name, "-v", timetable.key.number);
  }
  if (!request.only.empty()) absl::StrAppend(&name, "-", IdOf(request.only));
  return absl::StrCat(absl::StrReplaceAll(name, {{"~", "-"}}), ".", KindOf(request.format).extension);
}

absl::StatusOr<std::string> Render(const documents::TimetableDocument& document, Timetables::Format format) {
  switch (format) {
    case Timetables::Format::kHtml:
      return documents::RenderHtml(document);
    case Timetables::Format::kCsvFrench:
      return documents::RenderCsv(document, documents::CsvFlavour::kHumanFrench);
    case Timetables::Format::kCsv:
      return documents::RenderCsv(document, documents::CsvFlavour::kMachine);
    case Timetables::Format::kIcs:
      return documents::RenderIcs(document);
    case Timetables::Format::kPdf:
      return documents::RenderPdf(document);
    case Timetables::Format::kProblem:
    case Timetables::Format::kTimetable:
      break;
  }
  return absl::InternalError("a problem is no document");
}

}  // namespace

absl::StatusOr<Cast> Timetables::CastShownBy(const TimetableKey& key) const {
  const auto find = [&](const TimetableReader& reader) -> absl::StatusOr<Cast> {
    ASSIGN_OR_RETURN(const std::optional<TimetableRecord> timetable, reader.FindTimetable(key));
    if (!timetable) return Cast{};
    ASSIGN_OR_RETURN(const std::optional<StoredFacts> facts, reader.FindFacts(timetable->shown_with));
    if (!facts) return Cast{};
    ASSIGN_OR_RETURN(Cast cast, ParseCast(facts->cast_text));
    return WithHolders(std::move(cast), *timetable);
  };
  return ReadFrom(store_, find);
}

absl::StatusOr<std::vector<CalendarEntry>> Timetables::CalendarOf(const Seen& seen) const {
  if (seen.timetable.state != TimetableState::kDraft) return seen.timetable.calendar;
  // As if it were published now.
  const auto find = [&](const TimetableReader& reader) -> absl::StatusOr<std::optional<TimetableRecord>> {
    ASSIGN_OR_RETURN(const std::optional<int> number, reader.PublishedTimetable(seen.campaign.name));
    if (!number) return std::nullopt;
    return reader.FindTimetable({seen.campaign.name, *number});
  };
  ASSIGN_OR_RETURN(const std::optional<TimetableRecord> published, ReadFrom(store_, find));
  return NextCalendar(published ? published->calendar : std::vector<CalendarEntry>{}, seen.timetable,
                      seen.cast);
}

// The number of the timetable that was published before this one, or is published if this is a draft; 0:
// none.
absl::StatusOr<int> Timetables::PublishedBefore(const TimetableRecord& timetable) const {
  const auto find = [&](const TimetableReader& reader) -> absl::StatusOr<int> {
    std::pair<absl::Time, int> latest{absl::InfinitePast(), 0};
    PageRequest page{.size = kPageSizeMax};
    do {
      ASSIGN_OR_RETURN(const Page<TimetableRecord> found,
                       reader.ListTimetables(timetable.key.campaign, false, page));
      for (const TimetableRecord& other : found.items) {
        if (other.state == TimetableState::kDraft || other.key == timetable.key) continue;
        const std::pair when(other.published, other.key.number);
        const bool is_before = timetable.state == TimetableState::kDraft ||
                               when < std::pair(timetable.published, timetable.key.number);
        if (is_before) latest = std::max(latest, when);
      }
      page.after = found.next;
    } while (!page.after.empty());
    return latest.second;
  };
  return ReadFrom(store_, find);
}

absl::StatusOr<documents::TimetableDocument> Timetables::DocumentOf(const Seen& seen, Language language,
                                                                    Format format) const {
  const TimetableRecord& timetable = seen.timetable;
  Cast shown = WithHolders(seen.cast, timetable);
  // A document goes from hand to hand: better none than one that says too much, or too little.
  RETURN_IF_ERROR(RaiseLevels(shown));
  documents::TimetableDocument document{.institution = seen.cast.institution,
                                        .programme_title = seen.cast.programme_title,
                                        .campaign_title = seen.cast.campaign_title,
                                        .zone = seen.cast.time_zone,
                                        .number = timetable.key.number,
                                        .state = StateOf(timetable.state),
                                        .published_at = timetable.published,
                                        .language = language};
  std::set<std::string> unplaced;
  for (const StoredPlacement& placement : timetable.placements) {
    if (placement.place) continue;
    unplaced.insert(placement.thesis);
    auto defence = DefenceOf<documents::UnplacedDefence>(placement.thesis, shown, seen.viewer);
    defence.reason = ReasonOf(placement, language, seen.viewer);
    document.unplaced.push_back(std::move(defence));
  }
  ASSIGN_OR_RETURN(const std::vector<CalendarEntry> calendar, CalendarOf(seen));
  ASSIGN_OR_RETURN(const int before, PublishedBefore(timetable));
  std::map<int, Cast> earlier;  // of those that are cancelled
  for (const CalendarEntry& entry : calendar) {
    // A calendar must be told for ever that it is cancelled; a reader is told once, in the timetable that
    // cancels it, and sees what has no place yet among those without a place.
    const bool is_news = entry.shown_by == before && unplaced.count(entry.thesis) == 0;
    if (entry.is_cancelled && format != Format::kIcs && !is_news) continue;
    const Cast* cast = &shown;
    if (entry.is_cancelled) {
      const auto [found, is_new] = earlier.try_emplace(entry.shown_by);
      if (is_new) {
        ASSIGN_OR_RETURN(found->second, CastShownBy({seen.campaign.name, entry.shown_by}));
        RETURN_IF_ERROR(RaiseLevels(found->second));
      }
      cast = &found->second;
    }
    const std::string uid = absl::StrCat("soutenance-", IdOf(seen.campaign.name), "-", IdOf(entry.thesis),
                                         "@", options_.calendar_domain);
    document.placed.push_back(PlacedOf(entry, *cast, seen.viewer, uid));
  }
  return document;
}

absl::Status Timetables::CheckExists(const std::string& only) const {
  if (only.empty()) return absl::OkStatus();
  if (absl::StartsWith(only, "rooms/")) {
    ASSIGN_OR_RETURN(const std::vector<RoomFacts> rooms, facts_.directory.Rooms({only}));
    return rooms.empty() ? NotFound("room", only) : absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const std::vector<PersonFacts> people, facts_.directory.People({only}));
  return people.empty() ? NotFound("person", only) : absl::OkStatus();
}

absl::StatusOr<Timetables::Document> Timetables::Export(const Caller& caller,
                                                        const ExportRequest& request) const {
  ASSIGN_OR_RETURN(const Seen seen, IsForSolver(request.format) ? SeeAsStaff(caller, request.timetable)
                                                                : See(caller, request.timetable));
  Document file{.media_type = std::string(KindOf(request.format).media_type),
                .file_name = FileName(seen.timetable, request)};
  if (request.format == Format::kTimetable) {
    ASSIGN_OR_RETURN(const LoadedTimetable loaded, LoadedTimetable::Load(seen.timetable, seen.facts));
    file.content = solver::WriteTimetable(loaded.timetable());
    return file;
  }
  if (request.format == Format::kProblem) {
    ASSIGN_OR_RETURN(std::optional<StoredFacts> facts, ReadFrom(store_, [&](const TimetableReader& reader) {
                       return reader.FindFacts(seen.timetable.computed_from);
                     }));
    if (!facts) return absl::DataLossError("the problem of the timetable was lost");
    file.content = std::move(facts->problem_text);
    return file;
  }
  ASSIGN_OR_RETURN(documents::TimetableDocument document,
                   DocumentOf(seen, LanguageOr(request.language, seen.campaign), request.format));
  Restrict(request.only, document);
  // For those who may not read the directory, whoever is in nothing is as good as unknown.
  if (seen.viewer.is_staff && document.placed.empty() && document.unplaced.empty()) {
    RETURN_IF_ERROR(CheckExists(request.only));
  }
  ASSIGN_OR_RETURN(file.content, Render(document, request.format));
  return file;
}

}  // namespace soutenance::scheduling
