#include "services/directory/import/references.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/directory/import/values.h"
#include "services/sheets/text.h"

namespace soutenance::directory::import_folder {
namespace {

constexpr int kDistanceMax = 2;

absl::string_view WithoutLeadingZeros(absl::string_view text) {
  while (text.size() > 1 && text.front() == '0') text.remove_prefix(1);
  return text;
}

// How many letters must be changed, added or left out to make `a` from `b`; kDistanceMax + 1 if more.
int Distance(absl::string_view a, absl::string_view b) {
  const auto size_a = static_cast<int>(a.size());
  const auto size_b = static_cast<int>(b.size());
  if (std::abs(size_a - size_b) > kDistanceMax) return kDistanceMax + 1;
  std::vector<int> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (size_t i = 1; i <= a.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i);
    int best = row[0];
    for (size_t j = 1; j <= b.size(); ++j) {
      const int changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
      best = std::min(best, row[j]);
    }
    if (best > kDistanceMax) return kDistanceMax + 1;
  }
  return std::min(row.back(), kDistanceMax + 1);
}

// The two names of a person may stand in either order.
std::string FoldedName(absl::string_view name) {
  std::string folded = Folded(name);
  std::sort(folded.begin(), folded.end());
  return folded;
}

struct KindWords {
  const char* kind;
  const char* en;
  const char* fr;
};

KindWords WordsOf(SheetKind kind) {
  switch (kind) {
    case SheetKind::kPeople:
      return {"person_unknown", "nobody in people.csv", "personne dans personnes.csv"};
    case SheetKind::kRooms:
      return {"room_unknown", "no room in rooms.csv", "aucune salle de salles.csv"};
    case SheetKind::kTheses:
      return {"thesis_unknown", "no thesis in theses.csv", "aucun mémoire de memoires.csv"};
    case SheetKind::kCampaign:
    case SheetKind::kCalendar:
    case SheetKind::kOpenings:
    case SheetKind::kJuries:
    case SheetKind::kAvailability:
      break;
  }
  std::abort();  // Nothing refers to rows of these files.
}

}  // namespace

void References::Add(Entry entry) {
  const size_t index = entries_.size();
  if (!entry.id.empty()) by_id_.try_emplace(entry.id, index);
  if (!entry.email.empty()) by_email_.try_emplace(absl::AsciiStrToLower(entry.email), index);
  entries_.push_back(std::move(entry));
}

const References::Entry* References::FindId(absl::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &entries_[found->second];
}

const References::Entry* References::FindEmail(absl::string_view email) const {
  const auto found = by_email_.find(absl::AsciiStrToLower(email));
  return found == by_email_.end() ? nullptr : &entries_[found->second];
}

const References::Entry* References::Find(absl::string_view text) const {
  return absl::StrContains(text, "@") ? FindEmail(text) : FindId(text);
}

const References::Entry* References::Nearest(absl::string_view text) const {
  const bool email = absl::StrContains(text, "@");
  const std::string wanted = absl::AsciiStrToLower(text);
  const std::string wanted_name = FoldedName(text);
  const Entry* nearest = nullptr;
  int nearest_distance = kDistanceMax + 1;
  bool tie = false;
  for (const Entry& entry : entries_) {
    const std::string have = absl::AsciiStrToLower(email ? entry.email : entry.id);
    if (have.empty()) continue;
    const bool same = WithoutLeadingZeros(have) == WithoutLeadingZeros(wanted) ||
                      (!email && FoldedName(entry.label) == wanted_name);
    // In short ids nearly everything is two letters away from everything.
    const int allowed = wanted.size() >= 5 ? kDistanceMax : 1;
    const int distance = same ? 0 : Distance(have, wanted);
    if (distance > allowed || distance > nearest_distance) continue;
    tie = distance == nearest_distance;
    nearest = &entry;
    nearest_distance = distance;
  }
  return tie ? nullptr : nearest;
}

Sentence UnknownReference(absl::string_view text, const References& references, const Problems& problems) {
  const KindWords words = WordsOf(references.kind());
  Sentence sentence = {absl::StrCat("this is ", words.en), absl::StrCat("n'est ", words.fr)};
  if (references.kind() == SheetKind::kPeople) {
    sentence = {
        absl::StrCat(words.en, absl::StrContains(text, "@") ? " has this address" : " has this identifier"),
        absl::StrCat(words.fr, absl::StrContains(text, "@") ? " n'a cette adresse" : " n'a cet identifiant")};
  }
  const References::Entry* const nearest = problems.WouldList() ? references.Nearest(text) : nullptr;
  if (nearest == nullptr) return sentence;
  const std::string meant = absl::StrContains(text, "@") ? nearest->email : nearest->id;
  const std::string label = nearest->label.empty() ? meant : absl::StrCat(meant, " (", nearest->label, ")");
  absl::StrAppend(&sentence.en, "; did you mean ", label, "?");
  absl::StrAppend(&sentence.fr, " ; vouliez-vous dire ", label, " ?");
  return sentence;
}

std::string UnknownKind(const References& references) { return WordsOf(references.kind()).kind; }

std::string ReadReference(RowReader& row, int column, const References& references, Problems& problems) {
  const std::string text = row.Text(column);
  if (text.empty()) return "";
  if (references.IsUnknowable()) return text;
  if (const References::Entry* entry = references.Find(text)) return entry->id;
  row.Refuse(column, UnknownKind(references), UnknownReference(text, references, problems));
  return "";
}

std::vector<std::string> ReadReferences(RowReader& row, int column, const References& references,
                                        Problems& problems) {
  std::vector<std::string> ids;
  for (const std::string& text : row.Values(column)) {
    if (references.IsUnknowable()) continue;
    const References::Entry* const entry = references.Find(text);
    if (entry == nullptr) {
      Place place = row.PlaceOf(column);
      problems.AddError(UnknownKind(references), std::move(place), text,
                        UnknownReference(text, references, problems));
    } else if (std::find(ids.begin(), ids.end(), entry->id) == ids.end()) {
      ids.push_back(entry->id);
    } else {
      row.Refuse(column, "value_repeated",
                 {absl::StrCat(entry->id, " is named twice, once by e-mail address"),
                  absl::StrCat(entry->id, " est cité deux fois, dont une par son adresse")});
    }
  }
  return ids;
}

}  // namespace soutenance::directory::import_folder
