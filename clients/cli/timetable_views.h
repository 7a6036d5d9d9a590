#ifndef SOUTENANCE_CLIENTS_CLI_TIMETABLE_VIEWS_H_
#define SOUTENANCE_CLIENTS_CLI_TIMETABLE_VIEWS_H_

#include <string>

#include "clients/lib/language.h"
#include "clients/lib/terminal.h"
#include "soutenance/scheduling/v1/timetables.pb.h"

// Timetables and what is said about them, as text. Pure: nothing is asked, nothing is printed.
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

// "Planning 3 de m2-2027 (brouillon)"
std::string TimetableTitle(const scheduling::v1::Timetable& timetable, const ViewStyle& style);

// "23 placées sur 24 (24 au plus)"
std::string PlacedText(int placed, int defences, int bound, clients::Language language);

// "stricte 0, non placées 1, forte 12, souple 340"
std::string ScoreText(const google::protobuf::RepeatedPtrField<scheduling::v1::LevelScore>& score,
                      clients::Language language);

// What each rule costs, with at most `matches_max` breaches each, and why what is unplaced is unplaced.
std::string ExplanationText(const scheduling::v1::Explanation& explanation, int matches_max,
                            const ViewStyle& style);

// Why a defence is where it is, where else it could be, and the command that moves it there; `flags` end that
// command.
std::string DefenceExplanationText(const scheduling::v1::DefenceExplanation& explanation,
                                   const std::string& flags, const ViewStyle& style);

// The change of every rule, with the breaches there would be; says so if there is none.
std::string EffectsText(const google::protobuf::RepeatedPtrField<scheduling::v1::RuleEffect>& effects,
                        const ViewStyle& style);

// What differs between two timetables: defences, people to tell, rules.
std::string ComparisonText(const scheduling::v1::Comparison& comparison, const ViewStyle& style);

// "lun. 14 juin 09:30, Salle A": where and when a placement is, or that it is unplaced.
std::string PlaceText(const scheduling::v1::Placement& placement, const ViewStyle& style);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_TIMETABLE_VIEWS_H_
