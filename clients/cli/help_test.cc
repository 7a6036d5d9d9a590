#include "clients/cli/help.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/nouns.h"
#include "clients/cli/parse.h"
#include "clients/lib/display_text.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::cli {
namespace {

// Splits as a shell would the examples of --help, which use double quotes at most.
std::vector<std::string> ShellWords(const std::string& line) {
  std::vector<std::string> words;
  std::string word;
  bool quoted = false;
  bool begun = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
      begun = true;
    } else if (c == ' ' && !quoted) {
      if (begun) words.push_back(word);
      word.clear();
      begun = false;
    } else {
      word += c;
      begun = true;
    }
  }
  if (begun) words.push_back(word);
  return words;
}

std::string NameOf(const Noun& noun, const Command& command) {
  return absl::StrCat(noun.name, " ", command.verb);
}

TEST(Help, EveryCommandIsExplainedInBothLanguagesWithAnExample) {
  for (const Noun& noun : AllNouns()) {
    EXPECT_STRNE(noun.summary.en, noun.summary.fr) << noun.name;
    for (const Command& command : noun.commands) {
      const std::string name = NameOf(noun, command);
      EXPECT_FALSE(command.summary.empty()) << name;
      EXPECT_STRNE(command.summary.en, command.summary.fr) << name;
      EXPECT_FALSE(command.examples.empty()) << name;
      for (const Flag& flag : command.flags)
        EXPECT_STRNE(flag.help.en, flag.help.fr) << name << " " << flag.name;
      for (const Argument& argument : command.arguments)
        EXPECT_STRNE(argument.help.en, argument.help.fr) << name;
    }
  }
}

TEST(Help, EveryExampleCanBeTyped) {
  for (const Noun& noun : AllNouns()) {
    for (const Command& command : noun.commands) {
      for (const Example& example : command.examples) {
        const std::vector<std::string> line = absl::StrSplit(example.arguments, " > ");  // output into a file
        const auto parsed = Parse(AllNouns(), ShellWords(line[0]), Language::kEnglish);
        ASSERT_OK(parsed) << example.arguments;
        EXPECT_EQ(parsed->command, &command) << example.arguments;
      }
    }
  }
}

TEST(Help, NoCommandHasTwoFlagsOfOneName) {
  for (const Noun& noun : AllNouns()) {
    for (const Command& command : noun.commands) {
      std::set<std::string> names;
      for (const Flag& flag : CommonFlags()) names.insert(flag.name);
      for (const Flag& flag : command.flags) {
        EXPECT_TRUE(names.insert(flag.name).second) << NameOf(noun, command) << " " << flag.name;
      }
    }
  }
}

TEST(Help, FitsTheTerminal) {
  const clients::Terminal terminal{.interactive = true, .width = 80};
  for (const Language language : {Language::kEnglish, Language::kFrench}) {
    for (const Noun& noun : AllNouns()) {
      for (const Command& command : noun.commands) {
        const std::string help = CommandHelp(noun, command, language, terminal);
        // Examples are to be copied, so they are not broken.
        const std::string text = help.substr(0, help.find("  # "));
        for (const absl::string_view line : absl::StrSplit(text, '\n')) {
          EXPECT_LE(clients::DisplayWidth(line), 80) << NameOf(noun, command) << ": " << line;
        }
      }
    }
  }
}

TEST(Help, ShowsUsageArgumentsFlagsAndExamples) {
  const Noun noun{.name = "rooms", .summary = {"rooms", "salles"}};
  const Command command{
      .verb = "show",
      .summary = {"Show a room", "Montrer une salle"},
      .details = {"In full.", "En entier."},
      .arguments = {{.value = {.word = "ROOM"}, .help = {"its id", "son identifiant"}}},
      .flags = {{.name = "--by",
                 .value = {.word = "WORD", .kind = Value::Kind::kChoice, .choices = {"a", "b", "c"}},
                 .help = {"how", "comment"},
                 .times = Flag::Times::kRepeated}},
      .examples = {{"rooms show a101", {"one room", "une salle"}}},
      .run = nullptr};
  const std::string help = CommandHelp(noun, command, Language::kEnglish, {});
  EXPECT_EQ(help.substr(0, help.find("Flags of every command")),
            "Show a room\n\nIn full.\n\nUsage\n  soutenance rooms show ROOM [--flags]\n\n"
            "Arguments\n  ROOM  its id\n\nFlags\n  --by WORD  how (a, b, c); may be repeated\n\n");
  EXPECT_NE(help.find("Examples\n  # one room\n  soutenance rooms show a101\n"), std::string::npos);
}

TEST(Help, OfTheProgramNamesEveryNounAndTheExitCodes) {
  const std::string help = ProgramHelp(AllNouns(), Language::kFrench, {});
  for (const Noun& noun : AllNouns())
    EXPECT_NE(help.find(absl::StrCat("  ", noun.name, " ")), std::string::npos) << noun.name;
  EXPECT_NE(help.find("  3  serveur injoignable ou trop lent\n"), std::string::npos);
}

}  // namespace
}  // namespace soutenance::cli
