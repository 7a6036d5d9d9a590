#include "services/directory/import_refusals.h"

#include <cstddef>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "services/base/error.h"
#include "services/directory/import/format.h"
#include "services/directory/import_groups.h"
#include "services/sheets/text.h"

namespace soutenance::directory {
namespace {

using import_folder::ImportBatch;
using import_folder::SheetKind;

// One part of a field's path: "seats[0]" or "title".
struct PathPart {
  absl::string_view name;
  std::optional<std::size_t> index;
};

PathPart ParsePart(absl::string_view text) {
  const std::size_t open = text.find('[');
  std::size_t index = 0;
  if (open == absl::string_view::npos || text.back() != ']' ||
      !absl::SimpleAtoi(text.substr(open + 1, text.size() - open - 2), &index)) {
    return {.name = text};
  }
  return {.name = text.substr(0, open), .index = index};
}

// Where a violation is, and what is left of its path to name the value.
struct Spot {
  SheetKind sheet = SheetKind::kCampaign;
  int line = 0;
};

template <typename Row>
int LineAt(const std::vector<Row>& rows, std::optional<std::size_t> index) {
  return index && *index < rows.size() ? rows[*index].line : 0;
}

// The line of row `inner` of group `outer`; of its first row if `inner` is none.
template <typename Row>
int LineIn(const std::vector<RowGroup<Row>>& groups, std::optional<std::size_t> outer,
           std::optional<std::size_t> inner) {
  if (!outer || *outer >= groups.size()) return 0;
  const std::vector<const Row*>& rows = groups[*outer].rows;
  return rows[inner && *inner < rows.size() ? *inner : 0]->line;
}

template <typename Row>
int LineWith(const std::vector<Row>& rows, std::string Row::*key, absl::string_view value) {
  for (const Row& row : rows) {
    if (absl::string_view(row.*key) == value) return row.line;
  }
  return 0;
}

class Refusal {
 public:
  Refusal(const ImportBatch& batch, const import_folder::FileNames& names, sheets::Problems& problems)
      : batch_(batch), names_(names), problems_(problems) {}

  void Add(Spot spot, absl::string_view kind, absl::string_view sentence) {
    const auto name = names_.find(spot.sheet);
    const std::string text = sheets::Shortened(sentence, 500);
    problems_.AddError(std::string(kind),
                       {.file = name == names_.end() ? "" : name->second, .line = spot.line}, "",
                       {text, text});
  }

  // The folder as a whole.
  void AddWithoutPlace(absl::string_view kind, absl::string_view sentence) {
    const std::string text = sheets::Shortened(sentence, 500);
    problems_.AddError(std::string(kind), {}, "", {text, text});
  }

  Spot FindField(absl::string_view path) const;
  Spot FindSubject(absl::string_view name) const;

 private:
  int OpeningLine(std::optional<std::size_t> room, std::optional<std::size_t> opening) const;

  const ImportBatch& batch_;
  const import_folder::FileNames& names_;
  sheets::Problems& problems_;
};

int Refusal::OpeningLine(std::optional<std::size_t> room, std::optional<std::size_t> opening) const {
  if (!room || *room >= batch_.rooms.size()) return 0;
  for (const auto& group : OpeningsOf(batch_)) {
    if (group.id == batch_.rooms[*room].id && opening && *opening < group.rows.size()) {
      return group.rows[*opening]->line;
    }
  }
  return 0;
}

Spot Refusal::FindField(absl::string_view path) const {
  const std::vector<absl::string_view> texts = absl::StrSplit(path, '.');
  const PathPart first = ParsePart(texts[0]);
  const PathPart second = texts.size() > 1 ? ParsePart(texts[1]) : PathPart();
  if (first.name == "people") return {SheetKind::kPeople, LineAt(batch_.people, first.index)};
  if (first.name == "rooms" && second.name == "openings") {
    return {SheetKind::kOpenings, OpeningLine(first.index, second.index)};
  }
  if (first.name == "rooms") return {SheetKind::kRooms, LineAt(batch_.rooms, first.index)};
  if (first.name == "cohorts" && second.name == "calendar") return {SheetKind::kCalendar, 0};
  if (first.name == "theses" || first.name == "defences") {
    return {SheetKind::kTheses, LineAt(batch_.theses, first.index)};
  }
  if (first.name == "juries") {
    return {SheetKind::kJuries, LineIn(JuriesOf(batch_), first.index, second.index)};
  }
  if (first.name == "availabilities") {
    return {SheetKind::kAvailability, LineIn(AnswersOf(batch_), first.index, second.index)};
  }
  if (second.name == "rules") return {SheetKind::kCampaign, LineAt(batch_.campaign.rules, second.index)};
  return {SheetKind::kCampaign, 0};
}

Spot Refusal::FindSubject(absl::string_view name) const {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  if (parts.size() < 2) return {};
  if (parts[0] == "people") {
    return {SheetKind::kPeople, LineWith(batch_.people, &import_folder::PersonRow::id, parts[1])};
  }
  if (parts[0] == "rooms") {
    return {SheetKind::kRooms, LineWith(batch_.rooms, &import_folder::RoomRow::id, parts[1])};
  }
  if (parts[0] == "theses" && parts.size() == 3) {
    return {SheetKind::kJuries, LineWith(batch_.juries, &import_folder::JuryRow::thesis, parts[1])};
  }
  if (parts[0] == "theses") {
    return {SheetKind::kTheses, LineWith(batch_.theses, &import_folder::ThesisRow::id, parts[1])};
  }
  return {};
}

}  // namespace

import_folder::FileNames NamesOf(const std::vector<import_folder::SourceFile>& files) {
  import_folder::FileNames names;
  for (const import_folder::SourceFile& file : files) {
    if (import_folder::IsIgnoredFile(file.name)) continue;
    if (const import_folder::SheetFormat* format = import_folder::FindSheet(file.name)) {
      names.try_emplace(format->kind, file.name);
    }
  }
  return names;
}

bool IsAboutContent(const absl::Status& refusal) {
  switch (refusal.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kOutOfRange:
      return true;
    default:
      return false;
  }
}

void AddRefusal(const absl::Status& refusal, const ImportBatch& batch, const import_folder::FileNames& names,
                sheets::Problems& problems) {
  const ErrorFacts facts = FactsOf(refusal);
  Refusal add(batch, names, problems);
  for (const FieldViolation& field : facts.fields) {
    const Spot spot = add.FindField(field.field);
    // What the place does not already say: the value's own name.
    const std::size_t dot = field.field.rfind('.');
    const std::string value = dot == std::string::npos ? field.field : field.field.substr(dot + 1);
    add.Add(spot, "value_refused", absl::StrCat(value, " ", field.description));
  }
  for (const PreconditionViolation& violation : facts.preconditions) {
    add.Add(add.FindSubject(violation.subject), absl::AsciiStrToLower(violation.type),
            absl::StrCat(violation.subject, ": ", violation.description));
  }
  if (facts.fields.empty() && facts.preconditions.empty()) {
    add.AddWithoutPlace(facts.reason.empty() ? "import_refused" : absl::AsciiStrToLower(facts.reason),
                        refusal.message());
  } else if (facts.metadata.count("truncated") > 0) {
    add.AddWithoutPlace("problems_unlisted", "there are more problems of this kind; correct these first");
  }
}

}  // namespace soutenance::directory
