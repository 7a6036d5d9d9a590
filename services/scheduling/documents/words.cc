#include "services/scheduling/documents/words.h"

#include "absl/strings/str_cat.h"
#include "services/scheduling/documents/dates.h"

namespace soutenance::scheduling::documents {
namespace {

constexpr Words kFrench = {
    .language_tag = "fr",
    .timetable = "Planning n°\u00a0",
    .draft = "Brouillon",
    .draft_notice = "Ce planning est un brouillon\u202f: il n’est pas publié et peut encore changer.",
    .superseded = "Remplacé",
    .superseded_notice = "Ce planning n’est plus valable\u202f: une version plus récente l’a remplacé.",
    .published_on = "publié le",
    .hours_of = "Heures locales du fuseau",
    .skip = "Aller au planning",
    .days = "Jours",
    .by_room = "Par salle",
    .in_order = "Par heure",
    .time = "Horaire",
    .duration = "Durée",
    .room = "Salle",
    .site = "Site",
    .students = "Étudiants",
    .defence = "Soutenance",
    .title = "Titre",
    .jury = "Jury",
    .reason = "Motif",
    .closed = "Huis clos",
    .cancelled = "Annulée",
    .remote = "visio",
    .unplaced = "Soutenances sans créneau",
    .none_placed = "Aucune soutenance n’a encore de créneau.",
    .page = "Page",
    .of = "sur",
};

constexpr Words kEnglish = {
    .language_tag = "en",
    .timetable = "Timetable no.\u00a0",
    .draft = "Draft",
    .draft_notice = "This timetable is a draft: it is not published and may still change.",
    .superseded = "Superseded",
    .superseded_notice = "This timetable is no longer valid: a newer one has replaced it.",
    .published_on = "published on",
    .hours_of = "Local times of zone",
    .skip = "Skip to the timetable",
    .days = "Days",
    .by_room = "By room",
    .in_order = "By time",
    .time = "Time",
    .duration = "Duration",
    .room = "Room",
    .site = "Site",
    .students = "Students",
    .defence = "Defence",
    .title = "Title",
    .jury = "Jury",
    .reason = "Reason",
    .closed = "Closed session",
    .cancelled = "Cancelled",
    .remote = "video",
    .unplaced = "Defences without a place",
    .none_placed = "No defence has a place yet.",
    .page = "Page",
    .of = "of",
};

// French counts zero in the singular, English in the plural.
struct Noun {
  absl::string_view singular;
  absl::string_view plural;
};
std::string Count(int count, Language language, const Noun& french, const Noun& english) {
  const bool is_french = language == Language::kFrench;
  const Noun& noun = is_french ? french : english;
  const bool is_singular = is_french ? count < 2 : count == 1;
  return absl::StrCat(count, "\u00a0", is_singular ? noun.singular : noun.plural);
}

}  // namespace

const Words& WordsOf(Language language) { return language == Language::kFrench ? kFrench : kEnglish; }

absl::string_view RoleWord(JuryRole role, Language language) {
  const bool french = language == Language::kFrench;
  switch (role) {
    case JuryRole::kPresident:
      return french ? "présidence" : "chair";
    case JuryRole::kSupervisor:
      return french ? "encadrement" : "supervisor";
    case JuryRole::kReviewer:
      return french ? "rapport" : "reviewer";
    case JuryRole::kExaminer:
      return french ? "examen" : "examiner";
    case JuryRole::kCompanyTutor:
      return french ? "entreprise" : "company tutor";
    case JuryRole::kGuest:
      return french ? "invitation" : "guest";
  }
  return "";
}

std::string DefenceCount(int count, Language language) {
  return Count(count, language, {"soutenance", "soutenances"}, {"defence", "defences"});
}

std::string CountsSentence(const TimetableDocument& document, const Arrangement& arrangement) {
  const Language language = document.language;
  const int days = static_cast<int>(arrangement.days.size());
  const int rooms = static_cast<int>(arrangement.rooms.size());
  const int unplaced = static_cast<int>(document.unplaced.size());
  std::string text = absl::StrCat(DefenceCount(arrangement.confirmed_count, language), ", ",
                                  Count(days, language, {"jour", "jours"}, {"day", "days"}), ", ",
                                  Count(rooms, language, {"salle", "salles"}, {"room", "rooms"}));
  if (arrangement.cancelled_count > 0) {
    absl::StrAppend(
        &text, ", ",
        Count(arrangement.cancelled_count, language, {"annulée", "annulées"}, {"cancelled", "cancelled"}));
  }
  if (unplaced > 0) {
    absl::StrAppend(
        &text, ", ",
        Count(unplaced, language, {"sans créneau", "sans créneau"}, {"without a place", "without a place"}));
  }
  return text;
}

std::string VersionSentence(const TimetableDocument& document, const Arrangement& arrangement) {
  const Words& words = WordsOf(document.language);
  std::string text = absl::StrCat(words.timetable, document.number);
  if (document.state == TimetableState::kDraft) absl::StrAppend(&text, ", ", words.draft);
  if (document.published_at > absl::InfinitePast()) {
    absl::StrAppend(&text, ", ", words.published_on, " ",
                    LongInstant(document.published_at, arrangement.zone, document.language));
  }
  if (document.state == TimetableState::kSuperseded) absl::StrAppend(&text, ", ", words.superseded);
  return text;
}

}  // namespace soutenance::scheduling::documents
