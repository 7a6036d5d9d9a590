#include "clients/cli/layout.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/names.h"
#include "clients/lib/display_text.h"

namespace soutenance::cli {

using clients::Language;
using clients::Mark;
using clients::Printable;
using clients::Terminal;
using clients::Text;

std::string FactsText(const std::string& title, const Facts& facts, Language language,
                      const Terminal& terminal) {
  int label_width = 0;
  for (const auto& [label, value] : facts) {
    if (!value.empty()) label_width = std::max(label_width, clients::DisplayWidth(label.In(language)));
  }
  std::string text = absl::StrCat(clients::Marked(Printable(title), Mark::kBold, terminal), "\n");
  const std::string margin(static_cast<std::size_t>(label_width + 4), ' ');
  for (const auto& [label, value] : facts) {
    if (value.empty()) continue;
    const int room = terminal.width > 0 ? std::max(terminal.width - label_width - 4, 20) : 0;
    absl::StrAppend(&text, "  ", clients::PaddedRight(label.In(language), label_width), "  ",
                    absl::StrJoin(clients::Wrapped(Printable(value), room), "\n" + margin), "\n");
  }
  return text;
}

std::string Paragraph(const std::string& text, int indent, const std::string& bullet,
                      const Terminal& terminal) {
  const int bullet_width = clients::DisplayWidth(bullet);
  const int room = terminal.width > 0 ? std::max(terminal.width - indent - bullet_width, 20) : 0;
  const std::string margin(static_cast<std::size_t>(indent), ' ');
  const std::string next_margin(static_cast<std::size_t>(indent + bullet_width), ' ');
  return absl::StrCat(margin, bullet,
                      absl::StrJoin(clients::Wrapped(Printable(text), room), "\n" + next_margin), "\n");
}

std::string ChangeCounts(const changes::v1::ChangeList& changes, Language language) {
  std::vector<std::string> parts;
  const auto add = [&](int count, Text what) {
    if (count > 0) parts.push_back(absl::StrCat(count, " ", what.In(language)));
  };
  add(changes.created_count(), {"added", changes.created_count() == 1 ? "ajout" : "ajouts"});
  add(changes.updated_count(), {"changed", changes.updated_count() == 1 ? "modification" : "modifications"});
  add(changes.removed_count(), {"removed", changes.removed_count() == 1 ? "retrait" : "retraits"});
  add(changes.unchanged_count(), {"unchanged", changes.unchanged_count() == 1 ? "inchangé" : "inchangés"});
  if (parts.empty()) return Text{"none", "aucun"}.In(language);
  return absl::StrJoin(parts, ", ");
}

std::string ChangeLines(const changes::v1::ChangeList& changes, int count_max, Language language) {
  using changes::v1::Change;
  std::string text;
  int count = 0;
  for (const Change& change : changes.changes()) {
    if (count++ == count_max) break;
    const char sign = change.kind() == Change::KIND_CREATED   ? '+'
                      : change.kind() == Change::KIND_REMOVED ? '-'
                                                              : '~';
    const std::string name = ShortName(change.resource());
    absl::StrAppend(&text, "  ", absl::string_view(&sign, 1), " ", Printable(name));
    if (!change.label().empty() && change.label() != name)
      absl::StrAppend(&text, "  ", Printable(change.label()));
    std::vector<std::string> fields;
    for (const Change::Field& field : change.fields()) {
      const std::string before = field.before().empty() ? "-" : Printable(field.before());
      const std::string after = field.after().empty() ? "-" : Printable(field.after());
      fields.push_back(absl::StrCat(Printable(field.name()), " ", before, " → ", after));
    }
    if (!fields.empty()) absl::StrAppend(&text, "  (", absl::StrJoin(fields, "; "), ")");
    text += '\n';
  }
  const int total = changes.created_count() + changes.updated_count() + changes.removed_count();
  if (total > count_max) {
    absl::StrAppend(&text, "  … ", total - count_max, Text{" more", " de plus"}.In(language), "\n");
  }
  return text;
}

std::string Counted(int64_t count, Text one, Text many, Language language) {
  // French counts zero as singular.
  const bool is_one = count == 1 || (count == 0 && language == Language::kFrench);
  return absl::StrCat(count, " ", (is_one ? one : many).In(language));
}

}  // namespace soutenance::cli
