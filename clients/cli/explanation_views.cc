#include "clients/cli/explanation_views.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/words.h"
#include "clients/lib/display_text.h"
#include "clients/lib/table.h"

namespace soutenance::cli {
namespace {

namespace pb = scheduling::v1;
using clients::Column;
using clients::Language;
using clients::Mark;
using clients::Printable;
using clients::Text;

// Where one defence is looked at, every breach is of interest.
constexpr int kMatchesMax = 100;

Column Wide(Text title, Language language) {
  return {title.In(language), Column::Align::kLeft, Column::Fit::kShrink};
}

Column Kept(Text title, Language language) { return {title.In(language)}; }

// "+30", "-2".
std::string Signed(int64_t difference) { return absl::StrCat(difference > 0 ? "+" : "", difference); }

void AppendMatches(const google::protobuf::RepeatedPtrField<pb::RuleMatch>& matches, int matches_max,
                   int match_count, const ViewStyle& style, std::string& text) {
  int shown = 0;
  for (const pb::RuleMatch& match : matches) {
    if (shown == matches_max) break;
    ++shown;
    const std::string points = match.points() == 0 ? "" : absl::StrCat(" [", match.points(), "]");
    absl::StrAppend(&text, Paragraph(absl::StrCat(match.sentence(), points), 4, "- ", style.terminal));
  }
  if (match_count > shown && matches_max > 0) {
    absl::StrAppend(&text, "    … ", match_count - shown, Text{" more", " de plus"}.In(style.language), "\n");
  }
}

std::string RuleLine(const std::string& rule, const std::string& sentence) {
  return sentence.empty() ? rule : absl::StrCat(sentence, " (", rule, ")");
}

void AppendRuleCosts(const google::protobuf::RepeatedPtrField<pb::RuleCost>& rules, int matches_max,
                     const ViewStyle& style, std::string& text) {
  const Language language = style.language;
  int free_count = 0;
  for (const pb::RuleCost& rule : rules) {
    if (rule.points() == 0 && rule.match_count() == 0 && rule.matches_size() == 0) {
      ++free_count;
      continue;
    }
    const std::string bullet = absl::StrCat(WordFor(rule.level(), language), " ", rule.points(), "  ");
    absl::StrAppend(&text, Paragraph(RuleLine(rule.rule(), rule.sentence()), 2, bullet, style.terminal));
    AppendMatches(rule.matches(), matches_max, std::max(rule.match_count(), rule.matches_size()), style,
                  text);
  }
  if (free_count > 0) {
    absl::StrAppend(&text, "  ",
                    Counted(free_count, {"rule costs nothing", "règle ne coûte rien"},
                            {"rules cost nothing", "règles ne coûtent rien"}, language),
                    "\n");
  }
}

void AppendUnplaced(const pb::UnplacedReason& unplaced, const ViewStyle& style, std::string& text) {
  const std::string label = unplaced.label().empty() ? "" : absl::StrCat(" (", unplaced.label(), ")");
  absl::StrAppend(&text, Paragraph(absl::StrCat(ShortName(unplaced.defence()), label,
                                                Text{": ", " : "}.In(style.language), unplaced.sentence()),
                                   2, "- ", style.terminal));
  if (unplaced.minimal()) {
    // All of them are in the sentence.
    const Text words = unplaced.facts_size() == 1
                           ? Text{"Without this it would have a place.", "Sans cela, elle aurait une place."}
                           : Text{"Without any one of these it would have a place.",
                                  "Sans l’un quelconque de ces faits, elle aurait une place."};
    absl::StrAppend(&text, Paragraph(words.In(style.language), 4, "· ", style.terminal));
    return;
  }
  for (const std::string& fact : unplaced.facts())
    absl::StrAppend(&text, Paragraph(fact, 4, "· ", style.terminal));
}

// "1 person, 60 min", "nobody".
std::string AskedText(const pb::Repair& repair, Language language) {
  if (repair.people_count() == 0) return Text{"nobody is asked", "personne n’est sollicité"}.In(language);
  return absl::StrCat(Counted(repair.people_count(), {"person asked", "personne sollicitée"},
                              {"people asked", "personnes sollicitées"}, language),
                      ", ", repair.minutes(), " min");
}

// "gaps +30, day_load -1": the effect in one cell.
std::string ShortEffects(const google::protobuf::RepeatedPtrField<pb::RuleEffect>& effects,
                         Language language) {
  std::vector<std::string> parts;
  for (const pb::RuleEffect& effect : effects) {
    const int64_t difference = effect.points_after() - effect.points_before();
    if (difference == 0) continue;
    parts.push_back(
        absl::StrCat(effect.rule(), " ", Signed(difference), " (", WordFor(effect.level(), language), ")"));
  }
  if (parts.empty()) return Text{"costs nothing more", "ne coûte rien de plus"}.In(language);
  return absl::StrJoin(parts, ", ");
}

// What a place costs more than the one it is compared with, by level, the most important first.
std::vector<std::pair<std::string, int64_t>> CostsOf(const pb::Alternative& alternative) {
  std::vector<std::pair<std::string, int64_t>> costs;
  for (const char* level :
       {"hard", "unplaced", "strong", "soft", "soft_2", "soft_3", "soft_4", "soft_5", "soft_6"}) {
    int64_t points = 0;
    for (const pb::RuleEffect& effect : alternative.effects()) {
      if (effect.level() == level) points += effect.points_after() - effect.points_before();
    }
    if (points != 0) costs.emplace_back(level, points);
  }
  return costs;
}

// Whether it is there because nothing else costs less, and how much the best other place costs.
std::string VerdictText(const pb::DefenceExplanation& explanation, const ViewStyle& style) {
  const Language language = style.language;
  if (explanation.has_unplaced() || explanation.alternatives().empty()) return "";
  const auto costs = CostsOf(explanation.alternatives(0));
  if (costs.empty()) {
    return Text{"No other place costs less; the best other one costs the same.",
                "Aucune autre place ne coûte moins ; la meilleure autre coûte autant."}
        .In(language);
  }
  const std::string difference =
      absl::StrJoin(costs, ", ", [&](std::string* out, const std::pair<std::string, int64_t>& cost) {
        absl::StrAppend(out, WordFor(cost.first, language), " ", Signed(cost.second));
      });
  if (costs.front().second < 0) {
    return absl::StrCat(
        Text{"The best other place costs less (", "La meilleure autre place coûte moins ("}.In(language),
        difference, ").");
  }
  return absl::StrCat(Text{"It is there because no other place costs less; the best other one: ",
                           "Elle est là car aucune autre place ne coûte moins ; la meilleure autre : "}
                          .In(language),
                      difference, ".");
}

std::string AlternativesText(const pb::DefenceExplanation& explanation, const std::string& flags,
                             const ViewStyle& style) {
  const Language language = style.language;
  clients::Table table({Kept({"To", "Vers"}, language), Kept({"Room", "Salle"}, language),
                        Wide({"", ""}, language), Wide({"Effect", "Effet"}, language)});
  for (const pb::Alternative& alternative : explanation.alternatives()) {
    const std::string holders = absl::StrJoin(
        alternative.holders(), ", ",
        [](std::string* out, const pb::Attendee& holder) { absl::StrAppend(out, holder.display_name()); });
    table.Row({alternative.start(), ShortName(alternative.room()),
               holders.empty() ? alternative.room_title()
                               : absl::StrCat(alternative.room_title(), " (", holders, ")"),
               ShortEffects(alternative.effects(), language)});
  }
  if (table.empty())
    return absl::StrCat(
        "\n", Text{"There is no other place for it.", "Il n’y a pas d’autre place pour elle."}.In(language),
        "\n");
  const pb::Alternative& best = explanation.alternatives(0);
  return absl::StrCat(
      "\n", VerdictText(explanation, style), explanation.has_unplaced() ? "" : "\n\n",
      Marked(Text{"Other places, cheapest first", "Autres places, la moins coûteuse d’abord"}.In(language),
             Mark::kBold, style.terminal),
      "\n", table.Text(style.terminal, 2), "\n",
      Text{"To move it there: ", "Pour l’y déplacer : "}.In(language), "soutenance timetables move ",
      Printable(ShortName(explanation.placement().defence())), " --to ", Printable(best.start()), " --room ",
      Printable(ShortName(best.room())), Printable(flags), "\n");
}

}  // namespace

std::string ExplanationText(const pb::Explanation& explanation, int matches_max, const ViewStyle& style) {
  const Language language = style.language;
  std::string text =
      absl::StrCat("Score", Text{": ", " : "}.In(language), ScoreText(explanation.score(), language), "\n");
  AppendRuleCosts(explanation.rules(), matches_max, style, text);
  if (explanation.unplaced_size() > 0) {
    absl::StrAppend(&text, "\n",
                    Marked(Text{"Unplaced", "Non placées"}.In(language), Mark::kWarning, style.terminal),
                    "\n");
    for (const pb::UnplacedReason& unplaced : explanation.unplaced()) AppendUnplaced(unplaced, style, text);
  }
  return text;
}

std::string DefenceExplanationText(const pb::DefenceExplanation& explanation, const std::string& flags,
                                   const ViewStyle& style) {
  const pb::Placement& placement = explanation.placement();
  std::string title = absl::StrCat(ShortName(placement.defence()));
  if (placement.students_size() > 0) absl::StrAppend(&title, " (", StudentsText(placement), ")");
  std::string text =
      absl::StrCat(Marked(Printable(title), Mark::kBold, style.terminal),
                   Text{": ", " : "}.In(style.language), Printable(PlaceText(placement, style)), "\n");
  if (explanation.has_unplaced()) {
    AppendUnplaced(explanation.unplaced(), style, text);
  } else if (explanation.rules().empty()) {
    absl::StrAppend(&text, "  ",
                    Text{"This place costs nothing.", "Cette place ne coûte rien."}.In(style.language), "\n");
  }
  AppendRuleCosts(explanation.rules(), kMatchesMax, style, text);
  return absl::StrCat(text, AlternativesText(explanation, flags, style));
}

std::string EffectsText(const google::protobuf::RepeatedPtrField<pb::RuleEffect>& effects,
                        const ViewStyle& style) {
  std::string text;
  for (const pb::RuleEffect& effect : effects) {
    const int64_t difference = effect.points_after() - effect.points_before();
    // Other breaches of the same weight are no news to whoever weighs a move.
    if (difference == 0) continue;
    const std::string change =
        absl::StrCat(WordFor(effect.level(), style.language), " ", effect.points_before(), " → ",
                     effect.points_after(), " (", Signed(difference), ")");
    absl::StrAppend(&text, "  ",
                    Marked(change, difference > 0 ? Mark::kWarning : Mark::kGood, style.terminal), "\n",
                    Paragraph(RuleLine(effect.rule(), effect.sentence()), 4, "", style.terminal));
    AppendMatches(effect.matches(), kMatchesMax, effect.matches_size(), style, text);
  }
  if (!text.empty()) return text;
  return absl::StrCat(
      "  ", Text{"No rule costs more or less.", "Aucune règle ne coûte plus ni moins."}.In(style.language),
      "\n");
}

std::string RepairsText(const pb::FindRepairsResponse& found, const std::string& timetable,
                        const std::string& flags, const ViewStyle& style) {
  const Language language = style.language;
  if (found.repairs_size() == 0 && found.without_repair_size() == 0) {
    return absl::StrCat(Text{"Every defence has a place.", "Chaque soutenance a une place."}.In(language),
                        "\n");
  }
  std::string text;
  int number = 0;
  for (const pb::Repair& repair : found.repairs()) {
    absl::StrAppend(&text, Paragraph(absl::StrCat(repair.sentence(), " [", AskedText(repair, language), "]"),
                                     2, absl::StrCat(++number, ". "), style.terminal));
  }
  if (found.without_repair_size() > 0) {
    const std::string defences = absl::StrJoin(
        found.without_repair(), ", ",
        [](std::string* out, const std::string& name) { absl::StrAppend(out, ShortName(name)); });
    absl::StrAppend(
        &text,
        Paragraph(
            absl::StrCat(Text{"No repair was found for: ", "Aucune réparation trouvée pour : "}.In(language),
                         defences),
            2, "- ", style.terminal));
  }
  if (found.repairs_size() == 0) return text;
  return absl::StrCat(
      text, "\n",
      Text{"To make a draft of the first: ", "Pour faire un brouillon de la première : "}.In(language),
      "soutenance timetables repair ", Printable(timetable), " --apply 1", Printable(flags), "\n");
}

std::string ComparisonText(const pb::Comparison& comparison, const ViewStyle& style) {
  const Language language = style.language;
  clients::Table table({Kept({"Defence", "Soutenance"}, language), Kept({"What", "Quoi"}, language),
                        Wide({"Before", "Avant"}, language), Wide({"After", "Après"}, language),
                        Wide({"Students", "Étudiants"}, language)});
  for (const auto& difference : comparison.differences()) {
    const bool is_cancelled = difference.kind() == pb::Comparison::KIND_CANCELLED;
    const pb::Placement& shown = is_cancelled ? difference.before() : difference.after();
    const bool had_place = difference.kind() != pb::Comparison::KIND_NEW;
    table.Row({ShortName(shown.defence()), WordFor(difference.kind(), language),
               had_place ? PlaceText(difference.before(), style) : "",
               is_cancelled ? "" : PlaceText(difference.after(), style), StudentsText(shown)});
  }
  std::string text = table.empty() ? "" : table.Text(style.terminal);
  absl::StrAppend(&text,
                  Counted(comparison.differences_size(), {"difference, ", "différence, "},
                          {"differences, ", "différences, "}, language),
                  Counted(comparison.unchanged_count(), {"defence unchanged", "soutenance inchangée"},
                          {"defences unchanged", "soutenances inchangées"}, language),
                  "\n");
  if (comparison.people_size() > 0) {
    absl::StrAppend(
        &text, "\n",
        Marked(Text{"People to tell", "Personnes à prévenir"}.In(language), Mark::kBold, style.terminal),
        "\n");
    for (const pb::PersonDifference& person : comparison.people()) {
      const std::string defences = absl::StrJoin(
          person.defences(), ", ",
          [](std::string* out, const std::string& name) { absl::StrAppend(out, ShortName(name)); });
      absl::StrAppend(
          &text, Paragraph(absl::StrCat(person.display_name(), Text{": ", " : "}.In(language), defences), 2,
                           "- ", style.terminal));
    }
  }
  if (comparison.effects_size() > 0) {
    absl::StrAppend(&text, "\n", Marked(Text{"Rules", "Règles"}.In(language), Mark::kBold, style.terminal),
                    "\n", EffectsText(comparison.effects(), style));
  }
  return text;
}

}  // namespace soutenance::cli
