#ifndef SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_WORDS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_WORDS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "services/scheduling/documents/arrangement.h"
#include "services/scheduling/documents/timetable_document.h"

// The words that the documents print, in each language, and the sentences that every page shares.
namespace soutenance::scheduling::documents {

// Fixed words. Begin with a capital where they stand alone.
struct Words {
  absl::string_view language_tag;  // BCP 47
  absl::string_view timetable;     // "Planning n° "
  absl::string_view draft;         // state, as a label
  absl::string_view draft_notice;  // a sentence for the top of the page
  absl::string_view superseded;
  absl::string_view superseded_notice;
  absl::string_view published_on;
  absl::string_view hours_of;  // followed by the zone
  absl::string_view skip;
  absl::string_view days;
  absl::string_view by_room;
  absl::string_view in_order;
  absl::string_view time;
  absl::string_view duration;
  absl::string_view room;
  absl::string_view site;
  absl::string_view students;
  absl::string_view defence;
  absl::string_view title;
  absl::string_view jury;
  absl::string_view reason;
  absl::string_view closed;
  absl::string_view cancelled;
  absl::string_view remote;
  absl::string_view unplaced;
  absl::string_view none_placed;
  absl::string_view page;
  absl::string_view of;
};

const Words& WordsOf(Language language);

// "présidence", "chair": a role after a name, without gender in French.
absl::string_view RoleWord(JuryRole role, Language language);

// "24 soutenances, 4 jours, 3 salles"; unplaced and cancelled ones are added when there are any.
std::string CountsSentence(const TimetableDocument& document, const Arrangement& arrangement);

// "Planning n° 3, publié le lundi 24 mai 2027 à 14 h 30"; says the state when it is not published.
std::string VersionSentence(const TimetableDocument& document, const Arrangement& arrangement);

// "une soutenance", "3 soutenances".
std::string DefenceCount(int count, Language language);

}  // namespace soutenance::scheduling::documents

#endif  // SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_WORDS_H_
