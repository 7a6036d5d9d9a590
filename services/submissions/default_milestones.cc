#include "services/submissions/default_milestones.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/record.h"
#include "services/base/status.h"

namespace soutenance::submissions {
namespace {

constexpr int kDaysMin = 60;
constexpr int kDaysMax = 1000;
constexpr int kGraceMinutes = 15;

struct Default {
  absl::string_view id;
  absl::string_view english;
  absl::string_view french;
  int percent;  // of the time there is
  DraftKind kind;
};

constexpr Default kDefaults[] = {
    {"state-of-the-art", "State of the art across disciplines", "État de l’art pluridisciplinaire", 15,
     DraftKind::kDraft},
    {"questions", "Definitions and questions", "Définitions et questions", 30, DraftKind::kDraft},
    {"variables", "Variables and evaluation criteria", "Variables et critères d’évaluation", 45,
     DraftKind::kDraft},
    {"protocol", "Protocol", "Protocole", 60, DraftKind::kDraft},
    {"intermediate-draft", "Intermediate draft", "Version intermédiaire", 80, DraftKind::kDraft},
    {"final-thesis", "Final thesis", "Mémoire final", 100, DraftKind::kDeposit},
};

}  // namespace

absl::StatusOr<std::vector<Milestone>> DefaultMilestones(const DefaultMilestonesOrder& order) {
  std::vector<FieldViolation> problems;
  const int64_t days = order.last - order.first;
  if (days < kDaysMin || days > kDaysMax) {
    problems.push_back({.field = "last_date",
                        .description = absl::StrCat("is ", days, " days after the first; ", kDaysMin, " to ",
                                                    kDaysMax, " are expected")});
  }
  absl::TimeZone zone;
  if (!absl::LoadTimeZone(order.time_zone, &zone)) {
    problems.push_back(
        {.field = "time_zone", .description = "is not the name of a time zone such as \"Europe/Paris\""});
  }
  if (order.language != "fr" && order.language != "en") {
    problems.push_back({.field = "language", .description = "is not \"fr\" or \"en\""});
  }
  if (!problems.empty()) return InvalidFields(std::move(problems));
  std::vector<Milestone> milestones;
  for (const Default& each : kDefaults) {
    const absl::CivilDay day = order.first + days * each.percent / 100;
    // No zone changes its clocks at that minute of the day; if one did, the later instant counts.
    const absl::Time due = zone.At(absl::CivilSecond(day.year(), day.month(), day.day(), 23, 59, 0)).post;
    milestones.push_back({.programme = order.programme,
                          .id = std::string(each.id),
                          .title = std::string(order.language == "fr" ? each.french : each.english),
                          .cohort = order.cohort,
                          .kind = each.kind,
                          .due = due,
                          .grace_minutes = kGraceMinutes,
                          .time_zone = order.time_zone});
  }
  return milestones;
}

std::string MilestoneList::Serialize() const {
  RecordWriter out;
  for (const Milestone& each : items) out.Text(each.Serialize());
  return out.bytes();
}

absl::StatusOr<MilestoneList> MilestoneList::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  MilestoneList list;
  while (!in.IsAtEnd()) {
    ASSIGN_OR_RETURN(Milestone milestone, Milestone::Parse(in.Text()));
    list.items.push_back(std::move(milestone));
  }
  if (!in.IsComplete()) return absl::DataLossError("stored milestones cannot be read");
  return list;
}

}  // namespace soutenance::submissions
