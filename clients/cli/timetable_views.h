#ifndef SOUTENANCE_CLIENTS_CLI_TIMETABLE_VIEWS_H_
#define SOUTENANCE_CLIENTS_CLI_TIMETABLE_VIEWS_H_

#include <string>

#include "clients/lib/language.h"
#include "clients/lib/terminal.h"
#include "soutenance/scheduling/v1/timetables.pb.h"

// Timetables as text. Pure: nothing is asked, nothing is printed.
namespace soutenance::cli {

// How the placements are arranged.
enum class Arrangement { kTable, kDay, kRoom, kPerson };

// What a view is made for.
struct ViewStyle {
  clients::Language language = clients::Language::kEnglish;
  clients::Terminal terminal;
};

// The timetable: a summary, the placements, what is unplaced and why.
std::string TimetableText(const scheduling::v1::Timetable& timetable, Arrangement arrangement,
                          const ViewStyle& style);

// What a draft takes for granted although it was not so when it was made; empty if nothing.
std::string AssumptionsText(const scheduling::v1::Timetable& timetable, const ViewStyle& style);

// "Planning 3 de m2-2027 (brouillon)"
std::string TimetableTitle(const scheduling::v1::Timetable& timetable, const ViewStyle& style);

// "23 placées sur 24 (24 au plus)"
std::string PlacedText(int placed, int defences, int bound, clients::Language language);

// "stricte 0, non placées 1, forte 12, souple 340"
std::string ScoreText(const google::protobuf::RepeatedPtrField<scheduling::v1::LevelScore>& score,
                      clients::Language language);

// The same with what is proven: "hard 0, unplaced 1 (proven), strong 12 (at least 9), soft 340".
std::string ProvenScoreText(const google::protobuf::RepeatedPtrField<scheduling::v1::LevelScore>& score,
                            clients::Language language);

// The names of the students.
std::string StudentsText(const scheduling::v1::Placement& placement);

// "pinned: day+room"; of what has no place with what is kept for it: "pinned: day Mon 14 Jun+room a". Empty
// if nothing is pinned.
std::string PinnedText(const scheduling::v1::Placement& placement, clients::Language language);

// The placement of `defence` (a full name); null if the timetable has none.
const scheduling::v1::Placement* FindPlacement(const scheduling::v1::Timetable& timetable,
                                               const std::string& defence);

// "lun. 14 juin 09:30, Salle A": where and when a placement is, or that it is unplaced.
std::string PlaceText(const scheduling::v1::Placement& placement, const ViewStyle& style);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_TIMETABLE_VIEWS_H_
