#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_PHRASES_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_PHRASES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/scheduling/solver/explain/text.h"
#include "services/scheduling/solver/model/problem.h"

// Parts of sentences. French is set as a printer would: no-break spaces before high punctuation and units,
// typographic apostrophes.
namespace soutenance::scheduling::solver {

// U+202F, before ; : ? ! in French.
inline constexpr char kNarrowNoBreak[] = "\u202f";

// "la soutenance de Léa Martin", "la soutenance d’Ana Ruiz"; "the defence of Léa Martin".
Text DefencePhrase(const Problem& problem, DefenceId defence);

// "les soutenances de Léa Martin et d’Ana Ruiz"; "the defences of Léa Martin and Ana Ruiz". More than five
// are counted: "... et de 3 autres", "... and 3 others".
Text DefencesPhrase(const Problem& problem, absl::Span<const DefenceId> defences);

// "la salle B12", "l’amphi Curie"; "room B12".
Text RoomPhrase(const Problem& problem, RoomId room);
Text RoomPhrase(const std::string& name);

// "de Léa Martin", "d’Ana Ruiz": whose something is, in French.
std::string De(absl::string_view name);

// "le mardi 15 juin 2027"; "on Tuesday 15 June 2027".
Text OnDate(const Problem& problem, Minute minute);

// "le mardi 15 juin 2027 à 9 h"; "on Tuesday 15 June 2027 at 9:00".
Text OnMoment(const Problem& problem, Minute minute);

// "le mardi 15 juin 2027 de 9 h à 10 h"; "on Tuesday 15 June 2027 from 9:00 to 10:00". REQUIRES: within one
// date.
Text OnPeriod(const Problem& problem, const Interval& interval);

// Several of them in one date are told together: "le mardi 15 juin 2027 de 9 h à 10 h et de 14 h à 15 h, le
// mercredi 16 juin 2027 de 9 h à 12 h". More than `max` are counted. REQUIRES: ascending, each within one
// date.
Text OnPeriods(const Problem& problem, absl::Span<const Interval> intervals, std::size_t max);

// "président", "president": the roles of juries by their names, others as they are written.
Text RolePhrase(const std::string& role);

// "45 min", "1 h 30", the same in both languages.
std::string MinutesPhrase(int64_t minutes);

// "1 place", "12 places": French puts what is less than two in the singular, English all but one.
std::string CountFr(int64_t count, absl::string_view singular, absl::string_view plural);
std::string CountEn(int64_t count, absl::string_view singular, absl::string_view plural);

// "a, b et c", "a, b and c".
std::string JoinFr(absl::Span<const std::string> words);
std::string JoinEn(absl::Span<const std::string> words);

// Of a defence of which there was no time to find out why it is unplaced.
Text NotEstablished(const Problem& problem, DefenceId defence);

// With a capital at the beginning.
std::string Capitalised(std::string sentence);
Text Capitalised(Text sentence);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_PHRASES_H_
