#include "clients/cli/parse.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <cstddef>
#include <map>
#include <numeric>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/lib/display_text.h"
#include "clients/lib/failure.h"

// The only file that includes CLI11, which is slow to compile. It finds flags and arguments; the words of
// errors are ours, in two languages.
namespace soutenance::cli {
namespace {

using clients::UsageError;

std::string Quoted(absl::string_view what, Language language) {
  return language == Language::kFrench ? absl::StrCat("« ", clients::Printable(what), " »")
                                       : absl::StrCat("\"", clients::Printable(what), "\"");
}

absl::Status Usage(Language language, Text words, absl::string_view what) {
  return UsageError(absl::StrCat(words.In(language), Quoted(what, language)));
}

// `word` after `where` is not among `known`.
absl::Status Unknown(Language language, Text words, absl::string_view where, const std::string& word,
                     const std::vector<std::string>& known) {
  const std::string what = absl::StrCat(where, where.empty() ? "" : " ", word);
  const std::string nearest = Nearest(word, known);
  if (nearest.empty()) return Usage(language, words, what);
  const Text meant{"; did you mean ", " ; vouliez-vous dire "};
  return UsageError(absl::StrCat(words.In(language), Quoted(what, language), meant.In(language), nearest,
                                 language == Language::kFrench ? " ?" : "?"));
}

// "--flag=" gives an empty value; CLI11 would take the next word instead.
std::vector<std::string> WithEmptyValues(const std::vector<std::string>& arguments) {
  std::vector<std::string> words;
  bool only_arguments = false;
  for (const std::string& argument : arguments) {
    only_arguments = only_arguments || argument == "--";
    if (!only_arguments && argument.size() > 3 && absl::StartsWith(argument, "--") &&
        argument.back() == '=' && argument.find('=') == argument.size() - 1) {
      words.push_back(argument.substr(0, argument.size() - 1));
      words.emplace_back();
    } else {
      words.push_back(argument);
    }
  }
  return words;
}

// One CLI11 application made from the nouns, and what it found.
class Parser {
 public:
  Parser(const std::vector<Noun>& nouns, Language language);
  absl::StatusOr<Parsed> Run(const std::vector<std::string>& arguments);

 private:
  void AddFlag(CLI::App& app, const Flag& flag);
  void AddArgument(CLI::App& app, const Argument& argument);
  void AddCommand(CLI::App& app, const Noun& noun, const Command& command);
  absl::Status RefuseExtras() const;
  absl::Status CheckValues() const;
  absl::Status CheckValue(absl::string_view name, const Value& value, const std::string& text) const;
  std::vector<std::string> KnownFlags() const;

  const std::vector<Noun>& nouns_;
  const Language language_;
  CLI::App app_;
  Parsed parsed_;
};

void Configure(CLI::App& app) {
  app.set_help_flag();
  app.fallthrough();
  app.allow_extras();
  app.require_subcommand(0, 1);
}

Parser::Parser(const std::vector<Noun>& nouns, Language language) : nouns_(nouns), language_(language) {
  Configure(app_);
  app_.add_flag_callback("--help,-h", [this] { parsed_.wants_help = true; });
  app_.add_flag_callback("--version", [this] { parsed_.wants_version = true; });
  for (const Flag& flag : CommonFlags()) {
    if (absl::string_view(flag.name) != "--help") AddFlag(app_, flag);
  }
  for (const Noun& noun : nouns_) {
    CLI::App* const noun_app = app_.add_subcommand(noun.name);
    Configure(*noun_app);
    noun_app->parse_complete_callback([this, &noun] { parsed_.noun = &noun; });
    for (const Command& command : noun.commands) {
      if (*command.verb == '\0') {
        AddCommand(*noun_app, noun, command);
      } else {
        CLI::App* const command_app = noun_app->add_subcommand(command.verb);
        Configure(*command_app);
        AddCommand(*command_app, noun, command);
      }
    }
  }
}

void Parser::AddCommand(CLI::App& app, const Noun& noun, const Command& command) {
  app.parse_complete_callback([this, &noun, &command] {
    parsed_.noun = &noun;
    // A noun can be a command by itself and have verbs: a verb that was typed comes first.
    if (*command.verb == '\0' && parsed_.command != nullptr) return;
    parsed_.command = &command;
  });
  for (const Argument& argument : command.arguments) AddArgument(app, argument);
  for (const Flag& flag : command.flags) AddFlag(app, flag);
}

void Parser::AddFlag(CLI::App& app, const Flag& flag) {
  const std::string name = flag.name;
  if (*flag.value.word == '\0') {
    app.add_flag_callback(name, [this, name] { parsed_.input.Add(name, ""); });
    return;
  }
  const auto store = [this, name](const CLI::results_t& values) {
    for (const std::string& value : values) parsed_.input.Add(name, value);
    return true;
  };
  // Repetition is refused afterwards, in our words.
  app.add_option(name, CLI::callback_t(store))->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void Parser::AddArgument(CLI::App& app, const Argument& argument) {
  const std::string word = argument.value.word;
  app.add_option(word, CLI::callback_t([this, word](const CLI::results_t& values) {
                   parsed_.input.Add(word, values.front());
                   return true;
                 }));
}

std::vector<std::string> Parser::KnownFlags() const {
  std::vector<std::string> known;
  for (const Flag& flag : CommonFlags()) known.emplace_back(flag.name);
  if (parsed_.command != nullptr) {
    for (const Flag& flag : parsed_.command->flags) known.emplace_back(flag.name);
  }
  return known;
}

absl::Status Parser::RefuseExtras() const {
  std::vector<std::string> extras = app_.remaining(true);
  std::erase(extras, "--");  // CLI11 counts the mark itself among what is left
  if (extras.empty()) return absl::OkStatus();
  const std::string& extra = extras.front();
  if (absl::StartsWith(extra, "-") && extra.size() > 1) {
    return Unknown(language_, {"unknown flag ", "option inconnue "}, "", extra, KnownFlags());
  }
  std::vector<std::string> known;
  if (parsed_.noun == nullptr) {
    for (const Noun& noun : nouns_) known.emplace_back(noun.name);
    return Unknown(language_, {"unknown command ", "commande inconnue "}, "", extra, known);
  }
  if (parsed_.command == nullptr) {
    for (const Command& command : parsed_.noun->commands) known.emplace_back(command.verb);
    return Unknown(language_, {"unknown command ", "commande inconnue "}, parsed_.noun->name, extra, known);
  }
  return Usage(language_, {"one argument too many: ", "un argument de trop : "}, extra);
}

absl::Status Parser::CheckValue(absl::string_view name, const Value& value, const std::string& text) const {
  const absl::string_view colon = language_ == Language::kFrench ? " : " : ": ";
  if (int64_t number = 0; value.kind == Value::Kind::kNumber && !absl::SimpleAtoi(text, &number)) {
    const Text words{"expected a whole number, not ", "un nombre entier est attendu, et non "};
    return UsageError(absl::StrCat(name, colon, words.In(language_), Quoted(text, language_)));
  }
  if (value.kind == Value::Kind::kChoice &&
      std::find(value.choices.begin(), value.choices.end(), absl::string_view(text)) == value.choices.end()) {
    const Text words{"expected one of ", "attendu, au choix, "};
    const Text instead{", not ", ", et non "};
    return UsageError(absl::StrCat(name, colon, words.In(language_), absl::StrJoin(value.choices, ", "),
                                   instead.In(language_), Quoted(text, language_)));
  }
  return absl::OkStatus();
}

absl::Status Parser::CheckValues() const {
  const auto check = [&](const Flag& flag) -> absl::Status {
    const std::vector<std::string> values = parsed_.input.GetAll(flag.name);
    if (*flag.value.word == '\0') return absl::OkStatus();
    if (values.size() > 1 && flag.times == Flag::Times::kOnce) {
      return Usage(language_, {"given more than once: ", "donnée plus d’une fois : "}, flag.name);
    }
    for (const std::string& value : values) {
      if (absl::Status status = CheckValue(flag.name, flag.value, value); !status.ok()) return status;
    }
    return absl::OkStatus();
  };
  for (const std::vector<Flag>* flags : {&CommonFlags(), &parsed_.command->flags}) {
    for (const Flag& flag : *flags) {
      if (absl::Status status = check(flag); !status.ok()) return status;
    }
  }
  for (const Argument& argument : parsed_.command->arguments) {
    const absl::string_view word = argument.value.word;
    if (parsed_.input.Has(word)) {
      absl::Status status = CheckValue(word, argument.value, parsed_.input.Get(word));
      if (!status.ok()) return status;
    } else if (argument.need == Argument::Need::kRequired) {
      return Usage(language_, {"missing argument ", "argument manquant "}, word);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Parsed> Parser::Run(const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    if (!clients::IsUtf8(argument)) {
      return Usage(language_, {"this argument is not UTF-8: ", "cet argument n’est pas en UTF-8 : "},
                   argument);
    }
  }
  std::vector<std::string> words = WithEmptyValues(arguments);
  std::reverse(words.begin(), words.end());  // as CLI11 takes them
  try {
    app_.parse(std::move(words));
  } catch (const CLI::ArgumentMismatch& error) {
    const std::string what = error.what();
    return Usage(language_, {"a value is missing after ", "il manque une valeur après "},
                 what.substr(0, what.find(':')));
  } catch (const CLI::ParseError& error) {
    return Usage(language_, {"not understood: ", "incompréhensible : "}, error.what());
  }
  if (parsed_.wants_help || parsed_.wants_version) return parsed_;
  if (absl::Status status = RefuseExtras(); !status.ok()) return status;
  if (parsed_.command == nullptr) return parsed_;
  if (absl::Status status = CheckValues(); !status.ok()) return status;
  return parsed_;
}

}  // namespace

std::string Nearest(absl::string_view word, const std::vector<std::string>& known) {
  std::string nearest;
  std::size_t least = word.size() / 3 + 1;
  for (const std::string& candidate : known) {
    // Levenshtein distance by one row.
    std::vector<std::size_t> row(candidate.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= word.size(); ++i) {
      std::size_t diagonal = row[0];
      row[0] = i;
      for (std::size_t j = 1; j <= candidate.size(); ++j) {
        const std::size_t changed = diagonal + (word[i - 1] == candidate[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
      }
    }
    if (!candidate.empty() && row.back() <= least && (nearest.empty() || row.back() < least)) {
      nearest = candidate;
      least = row.back();
    }
  }
  return nearest;
}

absl::StatusOr<Parsed> Parse(const std::vector<Noun>& nouns, const std::vector<std::string>& arguments,
                             Language language) {
  return Parser(nouns, language).Run(arguments);
}

}  // namespace soutenance::cli
