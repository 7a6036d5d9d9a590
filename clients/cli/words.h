#ifndef SOUTENANCE_CLIENTS_CLI_WORDS_H_
#define SOUTENANCE_CLIENTS_CLI_WORDS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "clients/lib/language.h"
#include "soutenance/access/v1/access.pb.h"
#include "soutenance/assignment/v1/assignment.pb.h"
#include "soutenance/assignment/v1/conflicts.pb.h"
#include "soutenance/directory/v1/directory.pb.h"
#include "soutenance/directory/v1/imports.pb.h"
#include "soutenance/scheduling/v1/campaigns.pb.h"
#include "soutenance/scheduling/v1/timetables.pb.h"
#include "soutenance/submissions/v1/checks.pb.h"
#include "soutenance/submissions/v1/drafts.pb.h"
#include "soutenance/submissions/v1/problems.pb.h"
#include "soutenance/submissions/v1/reviews.pb.h"
#include "soutenance/submissions/v1/statements.pb.h"
#include "soutenance/submissions/v1/submissions.pb.h"

// The contract's enumerators and machine words, as people read them. What is not known here (a newer server)
// is shown as the contract writes it.
namespace soutenance::cli {

// "président" for SEAT's ROLE_PRESIDENT in French, and so on.
std::string WordFor(access::v1::Role role, clients::Language language);
std::string WordFor(assignment::v1::Seat::Role role, clients::Language language);
std::string WordFor(assignment::v1::ConflictKind kind, clients::Language language);
std::string WordFor(assignment::v1::ConflictSource source, clients::Language language);
std::string WordFor(assignment::v1::ConflictState state, clients::Language language);
std::string WordFor(assignment::v1::AnswerState state, clients::Language language);
std::string WordFor(assignment::v1::ConflictDecision::Verdict verdict, clients::Language language);
std::string WordFor(directory::v1::Import::State state, clients::Language language);
std::string WordFor(scheduling::v1::Campaign::SilentPolicy policy, clients::Language language);
std::string WordFor(scheduling::v1::TimetableRun::State state, clients::Language language);
std::string WordFor(scheduling::v1::Timetable::State state, clients::Language language);
std::string WordFor(scheduling::v1::Comparison::Kind kind, clients::Language language);
std::string WordFor(scheduling::v1::AvailabilityPeriod::Answer answer, clients::Language language);
std::string WordFor(scheduling::v1::RuleSetting::Level level, clients::Language language);
std::string WordFor(submissions::v1::Thesis::State state, clients::Language language);
std::string WordFor(submissions::v1::ThesisEvent event, clients::Language language);
std::string WordFor(submissions::v1::Confidentiality level, clients::Language language);
std::string WordFor(submissions::v1::Opinion::Side side, clients::Language language);
std::string WordFor(submissions::v1::Opinion::Verdict verdict, clients::Language language);
std::string WordFor(submissions::v1::Problem::State state, clients::Language language);
std::string WordFor(submissions::v1::Wish::State state, clients::Language language);
std::string WordFor(submissions::v1::DraftKind kind, clients::Language language);
std::string WordFor(submissions::v1::Verdict verdict, clients::Language language);
std::string WordFor(submissions::v1::MilestoneStatus::State state, clients::Language language);
std::string WordFor(submissions::v1::Review::State state, clients::Language language);
std::string WordFor(submissions::v1::Review::Opinion opinion, clients::Language language);
std::string WordFor(submissions::v1::ReviewReminder::Missing missing, clients::Language language);
std::string WordFor(submissions::v1::Statement::Kind kind, clients::Language language);
std::string WordFor(submissions::v1::Statement::State state, clients::Language language);
std::string WordFor(submissions::v1::SimilarityReading::Conclusion conclusion, clients::Language language);
std::string WordFor(submissions::v1::CheckVerdict verdict, clients::Language language);
std::string WordFor(submissions::v1::CheckMeaning meaning, clients::Language language);

// As it is typed: "validate_subject".
std::string MachineWordFor(submissions::v1::ThesisEvent event);
std::string MachineWordFor(submissions::v1::Thesis::State state);

// The same for words that the contract sends as texts: roles of attendees, levels of scores, collections of
// imports.
std::string WordFor(absl::string_view machine_word, clients::Language language);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_WORDS_H_
