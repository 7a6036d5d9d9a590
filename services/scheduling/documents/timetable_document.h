#ifndef SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_TIMETABLE_DOCUMENT_H_
#define SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_TIMETABLE_DOCUMENT_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

// What the documents of a timetable say: the input of RenderHtml, RenderCsv, RenderIcs and RenderPdf. Plain
// values, already resolved to names and already stripped of what readers may not know. All strings are UTF-8.
namespace soutenance::scheduling::documents {

enum class Language { kFrench, kEnglish };

// What somebody does at a defence.
enum class JuryRole { kPresident, kSupervisor, kReviewer, kExaminer, kCompanyTutor, kGuest };

// Whether a placed defence will take place. A cancelled defence keeps its last time and room.
enum class DefenceStatus { kConfirmed, kCancelled };

// How far the timetable is. Documents of anything but a published timetable say so visibly.
enum class TimetableState { kDraft, kPublished, kSuperseded };

struct DocumentStudent {
  std::string person;  // resource name "people/ana"; for filters, never printed
  std::string name;    // "Zoé L'Hostis"

  friend bool operator==(const DocumentStudent&, const DocumentStudent&) = default;
};

// Somebody who attends a defence without defending: a juror, the supervisor, the company tutor, a guest.
struct DocumentJuror {
  std::string person;  // resource name "people/ana"; for filters, never printed
  std::string name;
  JuryRole role = JuryRole::kExaminer;
  bool is_remote = false;  // attends by video

  friend bool operator==(const DocumentJuror&, const DocumentJuror&) = default;
};

struct PlacedDefence {
  std::string id;    // "m2-017": stable, printed in tables
  std::string uid;   // iCalendar UID, the same for the life of the defence: "soutenance-m2-017@example.org"
  int sequence = 0;  // iCalendar SEQUENCE: one more at each change of time, room or status
  // The title of the thesis. Empty when the session is closed: the caller removes it. Renderers print no
  // title of a closed session even if one is given.
  std::string title;
  bool is_closed = false;  // closed session ("huis clos"): no public, no title
  std::vector<DocumentStudent> students;
  std::vector<DocumentJuror> jury;  // in the order of printing
  absl::CivilMinute start;          // wall time in the zone of the document
  int duration_minutes = 60;        // at least 1
  std::string room;                 // resource name "rooms/b204"; for filters, never printed
  std::string room_name;            // "B 204"
  std::string site;                 // "Campus des Carmes"; empty if the institution has one site only
  DefenceStatus status = DefenceStatus::kConfirmed;

  friend bool operator==(const PlacedDefence&, const PlacedDefence&) = default;
};

// A defence of the campaign that has no place in the timetable.
struct UnplacedDefence {
  std::string id;
  std::string title;  // as in PlacedDefence
  bool is_closed = false;
  std::vector<DocumentStudent> students;
  std::vector<DocumentJuror> jury;
  std::string reason;  // one sentence in the language of the document

  friend bool operator==(const UnplacedDefence&, const UnplacedDefence&) = default;
};

// One timetable of one campaign, for people.
struct TimetableDocument {
  std::string institution;            // "Université de Rive-Neuve"; may be empty
  std::string programme_title;        // "Master 2 Systèmes d'information, en alternance"
  std::string campaign_title;         // "Soutenances de mémoire, session 1, 2026-2027"
  std::string zone = "Europe/Paris";  // IANA name; the zone of every civil time below
  int number = 1;                     // of the timetable within its campaign
  TimetableState state = TimetableState::kPublished;
  // When it was published; absl::InfinitePast() if never. Renderers never ask a clock: this is the only
  // instant they print, so that the same document always gives the same bytes.
  absl::Time published_at = absl::InfinitePast();
  Language language = Language::kFrench;
  std::vector<PlacedDefence> placed;  // in any order
  std::vector<UnplacedDefence> unplaced;

  friend bool operator==(const TimetableDocument&, const TimetableDocument&) = default;
};

}  // namespace soutenance::scheduling::documents

#endif  // SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_TIMETABLE_DOCUMENT_H_
