#ifndef SOUTENANCE_SERVICES_DIRECTORY_IMPORT_BATCH_H_
#define SOUTENANCE_SERVICES_DIRECTORY_IMPORT_BATCH_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"

namespace soutenance::sheets {}

// What an import folder says, as plain values. Every reference between the structs is an id: e-mail addresses
// that stood in the files have been replaced by the id of the person. Rows keep the order of their file.
namespace soutenance::directory::import_folder {

using namespace ::soutenance::sheets;  // A folder is made of sheets.

// A part of a day, in minutes since midnight: 0 <= from < to <= 1440.
struct MinuteSpan {
  int from = 0;
  int to = 0;

  friend bool operator==(const MinuteSpan&, const MinuteSpan&) = default;
};

inline constexpr MinuteSpan kWholeDay = {0, 24 * 60};

// How a person without any answer is treated.
enum class Silence { kAvailable, kUnavailable, kIfNeeded };

// Wishes have six ranks: kSoft comes first, kSoft6 last.
enum class RuleStrength { kOff, kHard, kStrong, kSoft, kSoft2, kSoft3, kSoft4, kSoft5, kSoft6 };

struct RuleSetting {
  std::string rule;  // lower_snake, as the rulebook of the scheduler names it
  RuleStrength strength = RuleStrength::kSoft;
  int weight = 0;                // 1 to 1,000,000; 0: the default of the rule
  std::optional<int> parameter;  // what the rule compares with; absent: its default
  int line = 0;                  // in the campaign file, from 1

  friend bool operator==(const RuleSetting&, const RuleSetting&) = default;
};

struct CampaignSettings {
  std::string id;
  std::string title;
  std::string programme;  // id
  std::string programme_title;
  std::string cohort;  // id; empty if the campaign names no cohort
  std::string cohort_title;
  std::string institution;
  int year = 0;     // in which the session takes place; 0 if not said
  int session = 1;  // 1 first session, 2 resit
  std::string zone = "Europe/Paris";
  std::string language = "fr";       // "fr" or "en"
  std::vector<absl::CivilDay> days;  // ascending, without repetition, at least one
  std::vector<MinuteSpan> hours;     // ascending, disjoint, at least one: every day's opening windows
  int grid_minutes = 15;
  int duration_minutes = 60;
  int buffer_minutes = 0;
  int travel_minutes = 0;
  Silence silence = Silence::kAvailable;
  std::vector<std::string> rooms;  // ids; all rooms of the folder if the file names none
  std::vector<RuleSetting> rules;

  friend bool operator==(const CampaignSettings&, const CampaignSettings&) = default;
};

enum class PeriodKind { kSchool, kCompany };

// Weeks of the cohort, both days included.
struct CalendarPeriod {
  absl::CivilDay first;
  absl::CivilDay last;
  PeriodKind kind = PeriodKind::kSchool;
  int line = 0;

  friend bool operator==(const CalendarPeriod&, const CalendarPeriod&) = default;
};

struct PersonRow {
  std::string id;
  std::string family_name;
  std::string given_name;
  std::string email;  // as written; unique in the folder whatever the case; may be empty
  std::string organisation;
  std::optional<int> max_per_day;
  std::optional<int> max_total;
  int line = 0;

  friend bool operator==(const PersonRow&, const PersonRow&) = default;
};

struct RoomRow {
  std::string id;
  std::string name;
  std::string site;
  std::optional<int> capacity_seats;
  std::vector<std::string> equipment;  // lower_snake words, without repetition
  int line = 0;

  friend bool operator==(const RoomRow&, const RoomRow&) = default;
};

enum class OpeningKind { kOpen, kClosed };

struct OpeningRow {
  std::string room;
  absl::CivilDay day;
  MinuteSpan span;
  OpeningKind kind = OpeningKind::kOpen;
  int line = 0;

  friend bool operator==(const OpeningRow&, const OpeningRow&) = default;
};

struct ThesisRow {
  std::string id;
  std::string title;
  std::vector<std::string> authors;  // one or two, without repetition
  std::string supervisor;
  std::string company_tutor;  // may be empty
  bool confidential = false;
  std::optional<int> duration_minutes;  // of this defence, instead of the campaign's
  std::vector<std::string> equipment;
  std::string language = "fr";
  int line = 0;

  friend bool operator==(const ThesisRow&, const ThesisRow&) = default;
};

enum class JuryRole { kPresident, kSupervisor, kReviewer, kExaminer, kCompanyTutor, kGuest };
enum class Attendance { kOnSite, kRemote };

// One seat of one jury. The rows of a thesis together are its whole jury.
struct JuryRow {
  std::string thesis;
  std::string person;
  JuryRole role = JuryRole::kExaminer;
  Attendance attendance = Attendance::kOnSite;
  int line = 0;

  friend bool operator==(const JuryRow&, const JuryRow&) = default;
};

enum class Answer { kYes, kIfNeeded, kNo };

struct AvailabilityRow {
  std::string person;
  absl::CivilDay day;
  MinuteSpan span = kWholeDay;
  Answer answer = Answer::kYes;
  int line = 0;

  friend bool operator==(const AvailabilityRow&, const AvailabilityRow&) = default;
};

// A whole folder. Legal in itself: ids are unique, every reference is to something in the batch.
struct ImportBatch {
  CampaignSettings campaign;
  std::optional<std::vector<CalendarPeriod>> calendar;  // absent if the folder has no such file
  std::vector<PersonRow> people;
  std::vector<RoomRow> rooms;
  std::optional<std::vector<OpeningRow>> openings;  // absent if the folder has no such file
  std::vector<ThesisRow> theses;
  std::vector<JuryRow> juries;
  std::vector<AvailabilityRow> availability;

  friend bool operator==(const ImportBatch&, const ImportBatch&) = default;
};

}  // namespace soutenance::directory::import_folder

#endif  // SOUTENANCE_SERVICES_DIRECTORY_IMPORT_BATCH_H_
