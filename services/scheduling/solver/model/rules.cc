#include "services/scheduling/solver/model/rules.h"

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace soutenance::scheduling::solver {
namespace {

struct LevelWords {
  RuleLevel level;
  absl::string_view name;
  absl::string_view fr;
  absl::string_view en;
};
constexpr std::array<LevelWords, 10> kLevels = {{
    {RuleLevel::kOff, "off", "sans effet", "off"},
    {RuleLevel::kHard, "hard", "obligatoire", "must hold"},
    {RuleLevel::kUnplaced, "unplaced", "avant tous les souhaits", "before all wishes"},
    {RuleLevel::kStrong, "strong", "souhait prioritaire", "strong wish"},
    {RuleLevel::kSoft, "soft", "souhait", "wish"},
    {RuleLevel::kSoft2, "soft_2", "souhait de rang 2", "wish of rank 2"},
    {RuleLevel::kSoft3, "soft_3", "souhait de rang 3", "wish of rank 3"},
    {RuleLevel::kSoft4, "soft_4", "souhait de rang 4", "wish of rank 4"},
    {RuleLevel::kSoft5, "soft_5", "souhait de rang 5", "wish of rank 5"},
    {RuleLevel::kSoft6, "soft_6", "souhait de rang 6", "wish of rank 6"},
}};

const LevelWords& WordsOf(RuleLevel level) { return kLevels[static_cast<std::size_t>(level)]; }

// "strong wish, 60 points for each of: people; parameter 30; may be set to hard, strong, soft, off".
std::string DefaultsText(const RuleLine& line, bool french) {
  const LevelWords& words = WordsOf(line.level);
  std::string text(french ? words.fr : words.en);
  if (line.level != RuleLevel::kHard) {
    const absl::string_view points = line.weight > 1 ? "points" : "point";
    absl::StrAppend(&text, ", ", line.weight, " ", points);
    absl::StrAppend(&text, french ? " par unité" : " a unit");
  }
  absl::StrAppend(&text, french ? " (unité : " : " (unit: ", french ? line.unit_fr : line.unit, ")");
  if (line.parameter) absl::StrAppend(&text, french ? " ; paramètre " : "; parameter ", *line.parameter);
  const std::string levels = absl::StrJoin(absl::StrSplit(line.levels, ' '), ", ");
  absl::StrAppend(&text, french ? " ; niveaux possibles : " : "; possible levels: ", levels);
  return text;
}

}  // namespace

absl::string_view RuleLevelName(RuleLevel level) { return WordsOf(level).name; }

std::optional<RuleLevel> ParseRuleLevel(absl::string_view name) {
  for (const LevelWords& words : kLevels) {
    if (words.name == name) return words.level;
  }
  return std::nullopt;
}

const RuleLine& LineOf(RuleId rule) { return Rulebook()[static_cast<std::size_t>(rule)]; }

const RuleLine* FindRule(absl::string_view name) {
  for (const RuleLine& line : Rulebook()) {
    if (line.name == name) return &line;
  }
  return nullptr;
}

bool IsClash(RuleId rule) { return LineOf(rule).clash; }

bool MayBeSetTo(const RuleLine& line, RuleLevel level) {
  if (level > RuleLevel::kSoft) level = RuleLevel::kSoft;
  for (const absl::string_view name : absl::StrSplit(line.levels, ' ')) {
    if (name == RuleLevelName(level)) return true;
  }
  return false;
}

RuleInForce InForce(const RuleLine& line, const RuleSetting& setting) {
  RuleInForce rule{.id = line.id,
                   .level = setting.level,
                   .weight = setting.weight > 0 ? setting.weight : line.weight,
                   .parameter = setting.parameter.value_or(line.parameter.value_or(0))};
  if (rule.level == RuleLevel::kHard) rule.weight = 1;
  if (rule.level == RuleLevel::kOff) rule.weight = 0;
  return rule;
}

RuleInForce DefaultOf(const RuleLine& line) { return InForce(line, {.level = line.level}); }

std::string PrintRulebook(absl::string_view language) {
  const bool french = language == "fr";
  std::string text;
  for (const RuleLine& line : Rulebook()) {
    absl::StrAppend(&text, text.empty() ? "" : "\n", line.name, "\n");
    absl::StrAppend(&text, "  ", french ? line.sentence_fr : line.sentence_en, "\n");
    absl::StrAppend(&text, "  ", DefaultsText(line, french), "\n");
  }
  return text;
}

}  // namespace soutenance::scheduling::solver
