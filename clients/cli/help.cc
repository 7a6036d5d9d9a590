#include "clients/cli/help.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/lib/display_text.h"

namespace soutenance::cli {
namespace {

using clients::Mark;
using clients::Marked;
using clients::Terminal;

constexpr int kTermWidthMax = 31;       // a longer term has its explanation on the next line
constexpr int kTextWidthDefault = 100;  // where there is no terminal to tell

// A term and what it means, one below the other with the meanings aligned.
using Entries = std::vector<std::pair<std::string, std::string>>;

int TextWidth(const Terminal& terminal) { return terminal.width > 0 ? terminal.width : kTextWidthDefault; }

void AppendEntries(const Entries& entries, const Terminal& terminal, std::string& text) {
  int term_width = 0;
  for (const auto& [term, meaning] : entries) {
    if (const int width = clients::DisplayWidth(term); width <= kTermWidthMax)
      term_width = std::max(term_width, width);
  }
  const int indent = 2 + term_width + 2;
  const std::string margin(static_cast<std::size_t>(indent), ' ');
  for (const auto& [term, meaning] : entries) {
    const bool fits = clients::DisplayWidth(term) <= term_width;
    absl::StrAppend(&text, "  ",
                    fits ? clients::PaddedRight(term, term_width) + "  " : absl::StrCat(term, "\n", margin));
    absl::StrAppend(&text,
                    absl::StrJoin(clients::Wrapped(meaning, std::max(TextWidth(terminal) - indent, 30)),
                                  absl::StrCat("\n", margin)),
                    "\n");
  }
}

void AppendHeading(Text heading, Language language, const Terminal& terminal, std::string& text) {
  absl::StrAppend(&text, "\n", Marked(heading.In(language), Mark::kBold, terminal), "\n");
}

std::string TermOf(const Flag& flag) {
  return *flag.value.word == '\0' ? std::string(flag.name) : absl::StrCat(flag.name, " ", flag.value.word);
}

std::string MeaningOf(const Flag& flag, Language language) {
  std::string meaning = flag.help.In(language);
  if (flag.value.kind == Value::Kind::kChoice && flag.value.choices.size() > 2) {
    absl::StrAppend(&meaning, " (", absl::StrJoin(flag.value.choices, ", "), ")");
  }
  if (flag.times == Flag::Times::kRepeated) {
    absl::StrAppend(&meaning, language == Language::kFrench ? " ; peut être répétée" : "; may be repeated");
  }
  return meaning;
}

void AppendFlags(const std::vector<Flag>& flags, Language language, const Terminal& terminal,
                 std::string& text) {
  Entries entries;
  for (const Flag& flag : flags) entries.emplace_back(TermOf(flag), MeaningOf(flag, language));
  AppendEntries(entries, terminal, text);
}

std::string UsageLine(const Noun& noun, const Command& command) {
  std::string line = absl::StrCat("soutenance ", noun.name);
  if (*command.verb != '\0') absl::StrAppend(&line, " ", command.verb);
  for (const Argument& argument : command.arguments) {
    const bool is_optional = argument.need == Argument::Need::kOptional;
    absl::StrAppend(&line, is_optional ? " [" : " ", argument.value.word, is_optional ? "]" : "");
  }
  absl::StrAppend(&line, " [--flags]");
  return line;
}

constexpr Text kUsage{"Usage", "Utilisation"};

}  // namespace

std::string ProgramHelp(const std::vector<Noun>& nouns, Language language, const Terminal& terminal) {
  const Text intro{"Theses, juries and defence timetables, from the command line.",
                   "Mémoires, jurys et plannings de soutenances, en ligne de commande."};
  std::string text = absl::StrCat(intro.In(language), "\n");
  AppendHeading(kUsage, language, terminal, text);
  absl::StrAppend(&text, "  soutenance NOUN VERB [NAME] [--flags]\n");
  AppendHeading({"Nouns", "Noms"}, language, terminal, text);
  Entries entries;
  for (const Noun& noun : nouns) entries.emplace_back(noun.name, noun.summary.In(language));
  AppendEntries(entries, terminal, text);
  AppendHeading({"The main job", "L’essentiel"}, language, terminal, text);
  AppendEntries(
      {{"soutenance import template DIR",
        Text{"example spreadsheets to fill in", "tableurs d’exemple à remplir"}.In(language)},
       {"soutenance import run DIR", Text{"read them", "les lire"}.In(language)},
       {"soutenance timetables run", Text{"compute a timetable", "calculer un planning"}.In(language)},
       {"soutenance timetables publish", Text{"publish it", "le publier"}.In(language)}},
      terminal, text);
  AppendHeading({"Flags of every command", "Options de toutes les commandes"}, language, terminal, text);
  AppendFlags(CommonFlags(), language, terminal, text);
  AppendHeading({"Exit codes", "Codes de sortie"}, language, terminal, text);
  AppendEntries(
      {{"0", Text{"done", "fait"}.In(language)},
       {"1",
        Text{"refused: a rule, a right, a value", "refusé : une règle, un droit, une valeur"}.In(language)},
       {"2", Text{"the command was not understood", "commande incomprise"}.In(language)},
       {"3", Text{"the server cannot be reached or is too slow", "serveur injoignable ou trop lent"}.In(
                 language)}},
      terminal, text);
  const Text more{
      "\n\"soutenance NOUN --help\" and \"soutenance NOUN VERB --help\" tell more, with examples.\n",
      "\n« soutenance NOM --help » et « soutenance NOM VERBE --help » en disent plus, avec des exemples.\n"};
  return absl::StrCat(text, more.In(language));
}

std::string NounHelp(const Noun& noun, Language language, const Terminal& terminal) {
  std::string text = absl::StrCat(noun.summary.In(language), "\n");
  AppendHeading(kUsage, language, terminal, text);
  absl::StrAppend(&text, "  soutenance ", noun.name, " VERB [--flags]\n");
  AppendHeading({"Verbs", "Verbes"}, language, terminal, text);
  Entries entries;
  for (const Command& command : noun.commands)
    entries.emplace_back(*command.verb == '\0' ? Text{"(none)", "(aucun)"}.In(language) : command.verb,
                         command.summary.In(language));
  AppendEntries(entries, terminal, text);
  return text;
}

std::string CommandHelp(const Noun& noun, const Command& command, Language language,
                        const Terminal& terminal) {
  std::string text = absl::StrCat(command.summary.In(language), "\n");
  if (!command.details.empty()) {
    absl::StrAppend(&text, "\n",
                    absl::StrJoin(clients::Wrapped(command.details.In(language), TextWidth(terminal)), "\n"),
                    "\n");
  }
  AppendHeading(kUsage, language, terminal, text);
  absl::StrAppend(&text, "  ", UsageLine(noun, command), "\n");
  if (!command.arguments.empty()) {
    AppendHeading({"Arguments", "Arguments"}, language, terminal, text);
    Entries entries;
    for (const Argument& argument : command.arguments) {
      entries.emplace_back(argument.value.word, argument.help.In(language));
    }
    AppendEntries(entries, terminal, text);
  }
  if (!command.flags.empty()) {
    AppendHeading({"Flags", "Options"}, language, terminal, text);
    AppendFlags(command.flags, language, terminal, text);
  }
  AppendHeading({"Flags of every command", "Options de toutes les commandes"}, language, terminal, text);
  AppendFlags(CommonFlags(), language, terminal, text);
  if (!command.examples.empty()) {
    AppendHeading({"Examples", "Exemples"}, language, terminal, text);
    for (const Example& example : command.examples) {
      absl::StrAppend(&text, "  # ", example.what.In(language), "\n  soutenance ", example.arguments, "\n");
    }
  }
  return text;
}

}  // namespace soutenance::cli
