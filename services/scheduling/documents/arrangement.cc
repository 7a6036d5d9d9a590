#include "services/scheduling/documents/arrangement.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/base/error.h"
#include "services/scheduling/documents/typography.h"

namespace soutenance::scheduling::documents {
namespace {

// Collects what is wrong with the texts and numbers of a document.
class Inspection {
 public:
  void Text(absl::string_view field, absl::string_view text) {
    if (!IsPrintableUtf8(text)) {
      Refuse(field, "this text is not UTF-8, or holds control characters; expected printable UTF-8");
    }
  }

  void Refuse(absl::string_view field, absl::string_view description) {
    violations_.push_back({std::string(field), std::string(description)});
  }

  template <typename Defence>
  void Common(absl::string_view at, const Defence& defence) {
    Text(absl::StrCat(at, ".id"), defence.id);
    Text(absl::StrCat(at, ".title"), defence.title);
    for (const DocumentStudent& student : defence.students) {
      Text(absl::StrCat(at, ".students"), absl::StrCat(student.person, student.name));
    }
    for (const DocumentJuror& juror : defence.jury) {
      Text(absl::StrCat(at, ".jury"), absl::StrCat(juror.person, juror.name));
    }
  }

  void Placed(absl::string_view at, const PlacedDefence& defence, absl::TimeZone zone) {
    Common(at, defence);
    Text(absl::StrCat(at, ".uid"), defence.uid);
    Text(absl::StrCat(at, ".room"), absl::StrCat(defence.room, defence.room_name, defence.site));
    if (defence.duration_minutes < 1 || defence.duration_minutes > kDurationMinutesMax) {
      Refuse(absl::StrCat(at, ".duration_minutes"),
             absl::StrCat("found ", defence.duration_minutes, ", expected 1 to ", kDurationMinutesMax));
    }
    if (zone.At(absl::CivilSecond(defence.start)).kind == absl::TimeZone::TimeInfo::SKIPPED) {
      Refuse(absl::StrCat(at, ".start"),
             absl::StrCat(absl::FormatCivilTime(defence.start), " does not exist: the clocks skip it"));
    }
  }

  std::vector<FieldViolation>& violations() { return violations_; }

 private:
  std::vector<FieldViolation> violations_;
};

void Inspect(const TimetableDocument& document, absl::TimeZone zone, Inspection& inspection) {
  inspection.Text("institution", document.institution);
  inspection.Text("programme_title", document.programme_title);
  inspection.Text("campaign_title", document.campaign_title);
  for (size_t i = 0; i < document.placed.size(); ++i) {
    inspection.Placed(absl::StrCat("placed[", i, "]"), document.placed[i], zone);
  }
  for (size_t i = 0; i < document.unplaced.size(); ++i) {
    const std::string at = absl::StrCat("unplaced[", i, "]");
    inspection.Common(at, document.unplaced[i]);
    inspection.Text(absl::StrCat(at, ".reason"), document.unplaced[i].reason);
  }
}

bool IsDigit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

// The digits at the start of `text`, without leading zeros.
absl::string_view LeadingNumber(absl::string_view text, size_t* length) {
  size_t end = 0;
  while (end < text.size() && IsDigit(text[end])) ++end;
  size_t begin = 0;
  while (begin + 1 < end && text[begin] == '0') ++begin;
  *length = end;
  return text.substr(begin, end - begin);
}

bool PrintedBefore(const PlacedDefence* a, const PlacedDefence* b) {
  if (a->start != b->start) return a->start < b->start;
  if (a->room_name != b->room_name) return NaturallyBefore(a->room_name, b->room_name);
  return a->id < b->id;
}

}  // namespace

bool NaturallyBefore(const std::string& a, const std::string& b) {
  absl::string_view left = a;
  absl::string_view right = b;
  while (!left.empty() && !right.empty()) {
    if (IsDigit(left[0]) && IsDigit(right[0])) {
      size_t left_length = 0;
      size_t right_length = 0;
      const absl::string_view left_number = LeadingNumber(left, &left_length);
      const absl::string_view right_number = LeadingNumber(right, &right_length);
      if (left_number.size() != right_number.size()) return left_number.size() < right_number.size();
      if (left_number != right_number) return left_number < right_number;
      left.remove_prefix(left_length);
      right.remove_prefix(right_length);
      continue;
    }
    if (left[0] != right[0])
      return static_cast<unsigned char>(left[0]) < static_cast<unsigned char>(right[0]);
    left.remove_prefix(1);
    right.remove_prefix(1);
  }
  if (left.empty() && right.empty()) return a < b;
  return left.empty();
}

absl::CivilMinute EndOf(const PlacedDefence& defence, absl::TimeZone zone) {
  const absl::Time start = absl::FromCivil(defence.start, zone);
  return absl::ToCivilMinute(start + absl::Minutes(defence.duration_minutes), zone);
}

bool HasSeveralSites(const Arrangement& arrangement) {
  return std::any_of(arrangement.rooms.begin(), arrangement.rooms.end(),
                     [&](const ArrangedRoom& room) { return room.site != arrangement.rooms.front().site; });
}

absl::StatusOr<Arrangement> Arrange(const TimetableDocument& document) {
  Arrangement arrangement;
  Inspection inspection;
  if (!absl::LoadTimeZone(document.zone, &arrangement.zone)) {
    inspection.Refuse("zone",
                      absl::StrCat("found \"", document.zone, "\", expected a zone such as Europe/Paris"));
  }
  Inspect(document, arrangement.zone, inspection);
  if (!inspection.violations().empty()) return InvalidFields(std::move(inspection.violations()));

  std::map<absl::CivilDay, std::vector<const PlacedDefence*>> days;
  std::map<std::string, ArrangedRoom> rooms;
  for (const PlacedDefence& defence : document.placed) {
    days[absl::CivilDay(defence.start)].push_back(&defence);
    rooms.try_emplace(defence.room, ArrangedRoom{defence.room, defence.room_name, defence.site});
    ++(defence.status == DefenceStatus::kCancelled ? arrangement.cancelled_count
                                                   : arrangement.confirmed_count);
  }
  for (auto& [day, defences] : days) {
    std::sort(defences.begin(), defences.end(), PrintedBefore);
    arrangement.days.push_back({day, std::move(defences)});
  }
  for (auto& [name, room] : rooms) arrangement.rooms.push_back(std::move(room));
  std::stable_sort(
      arrangement.rooms.begin(), arrangement.rooms.end(), [](const ArrangedRoom& a, const ArrangedRoom& b) {
        return a.site != b.site ? NaturallyBefore(a.site, b.site) : NaturallyBefore(a.name, b.name);
      });
  return arrangement;
}

}  // namespace soutenance::scheduling::documents
