#include "clients/cli/completion.h"

#include <cstddef>
#include <cstdio>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/completion_scripts.h"
#include "clients/cli/nouns.h"
#include "clients/cli/resource_candidates.h"
#include "clients/cli/session.h"
#include "clients/lib/display_text.h"

namespace soutenance::cli {
namespace {

const Flag* FindFlag(const std::vector<Flag>& flags, absl::string_view name) {
  for (const Flag& flag : flags) {
    if (name == flag.name) return &flag;
  }
  return nullptr;
}

// What the words before the cursor say.
struct Position {
  const Noun* noun = nullptr;
  const Command* command = nullptr;
  std::size_t argument_count = 0;
  const Flag* waiting = nullptr;  // the flag whose value comes next
  Input input;

  // The command whose flags may come: as long as no verb was typed, that which the noun is by itself.
  const Command* Meant() const {
    if (command != nullptr || noun == nullptr) return command;
    for (const Command& candidate : noun->commands) {
      if (*candidate.verb == '\0') return &candidate;
    }
    return nullptr;
  }

  const Flag* Find(absl::string_view name) const {
    const Flag* common = FindFlag(CommonFlags(), name);
    return common != nullptr || Meant() == nullptr ? common : FindFlag(Meant()->flags, name);
  }

  void Take(const std::vector<Noun>& nouns, const std::string& word);
  void TakeWord(const std::vector<Noun>& nouns, const std::string& word);
};

void Position::Take(const std::vector<Noun>& nouns, const std::string& word) {
  if (waiting != nullptr) {
    input.Add(waiting->name, word);
    waiting = nullptr;
  } else if (absl::StartsWith(word, "-") && word.size() > 1) {
    const std::size_t equals = word.find('=');
    const Flag* flag = Find(absl::string_view(word).substr(0, equals));
    if (flag == nullptr) return;
    if (equals != std::string::npos) {
      input.Add(flag->name, word.substr(equals + 1));
    } else if (*flag->value.word != '\0') {
      waiting = flag;
    } else {
      input.Add(flag->name, "");
    }
  } else {
    TakeWord(nouns, word);
  }
}

void Position::TakeWord(const std::vector<Noun>& nouns, const std::string& word) {
  if (noun == nullptr) {
    for (const Noun& candidate : nouns) {
      if (word == candidate.name) noun = &candidate;
    }
    if (noun != nullptr && noun->commands.size() == 1 && *noun->commands[0].verb == '\0')
      command = &noun->commands[0];
  } else if (command == nullptr) {
    for (const Command& candidate : noun->commands) {
      if (word == candidate.verb) command = &candidate;
    }
  } else {
    if (argument_count < command->arguments.size())
      input.Add(command->arguments[argument_count].value.word, word);
    ++argument_count;
  }
}

void AddValues(const Value& value, const std::string& prefix, const Position& position,
               const ResourceLookup& lookup, Completion& completion) {
  switch (value.kind) {
    case Value::Kind::kChoice:
      for (const char* choice : value.choices)
        completion.candidates.push_back({absl::StrCat(prefix, choice), ""});
      break;
    case Value::Kind::kFile:
      completion.paths = Completion::Paths::kFiles;
      break;
    case Value::Kind::kFolder:
      completion.paths = Completion::Paths::kFolders;
      break;
    case Value::Kind::kResource:
      for (Candidate& candidate : lookup(value.collection, position.input)) {
        candidate.word = absl::StrCat(prefix, candidate.word);
        completion.candidates.push_back(std::move(candidate));
      }
      break;
    case Value::Kind::kText:
    case Value::Kind::kNumber:
      break;
  }
}

void AddFlags(const Position& position, Language language, Completion& completion) {
  const auto add = [&](const std::vector<Flag>& flags) {
    for (const Flag& flag : flags) {
      if (flag.times == Flag::Times::kOnce && position.input.Has(flag.name)) continue;
      completion.candidates.push_back({flag.name, flag.help.In(language)});
    }
  };
  if (position.Meant() != nullptr) add(position.Meant()->flags);
  add(CommonFlags());
}

void KeepMatching(const std::string& current, Completion& completion) {
  std::vector<Candidate> matching;
  for (Candidate& candidate : completion.candidates) {
    if (absl::StartsWith(candidate.word, current)) matching.push_back(std::move(candidate));
  }
  completion.candidates = std::move(matching);
}

absl::Status PrintScript(Session& session, const char* script) {
  session.Print(script);
  return absl::OkStatus();
}

}  // namespace

Completion Complete(const std::vector<Noun>& nouns, const std::vector<std::string>& words, Language language,
                    const ResourceLookup& lookup) {
  Completion completion;
  if (words.empty()) return completion;
  Position position;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) position.Take(nouns, words[i]);
  const std::string& current = words.back();
  const std::size_t equals = current.find('=');
  if (position.waiting != nullptr) {
    AddValues(position.waiting->value, "", position, lookup, completion);
  } else if (absl::StartsWith(current, "--") && equals != std::string::npos) {
    const Flag* flag = position.Find(absl::string_view(current).substr(0, equals));
    if (flag != nullptr) AddValues(flag->value, current.substr(0, equals + 1), position, lookup, completion);
  } else if (absl::StartsWith(current, "-")) {
    AddFlags(position, language, completion);
  } else if (position.noun == nullptr) {
    for (const Noun& noun : nouns) completion.candidates.push_back({noun.name, noun.summary.In(language)});
  } else if (position.command == nullptr) {
    for (const Command& command : position.noun->commands) {
      if (*command.verb == '\0') continue;
      completion.candidates.push_back({command.verb, command.summary.In(language)});
    }
  } else if (position.argument_count < position.command->arguments.size()) {
    AddValues(position.command->arguments[position.argument_count].value, "", position, lookup, completion);
  }
  KeepMatching(current, completion);
  return completion;
}

void PrintCompletion(const std::vector<Noun>& nouns, const std::vector<std::string>& words,
                     Language language) {
  const Completion completion =
      Complete(nouns, words, language, [&](const std::string& collection, const Input& input) {
        return ResourceCandidates(collection, input, language);
      });
  std::string text;
  if (completion.paths == Completion::Paths::kFiles) text += ":files\n";
  if (completion.paths == Completion::Paths::kFolders) text += ":folders\n";
  for (const Candidate& candidate : completion.candidates) {
    absl::StrAppend(&text, clients::Printable(candidate.word));
    if (!candidate.meaning.empty()) absl::StrAppend(&text, "\t", clients::Printable(candidate.meaning));
    text += '\n';
  }
  std::fwrite(text.data(), 1, text.size(), stdout);
}

Noun CompletionNoun() {
  return {.name = "completion",
          .summary = {"completion for your shell", "complétion pour votre shell"},
          .commands = {
              {.verb = "bash",
               .summary = {"Print the script for bash", "Écrire le script pour bash"},
               .examples = {{"completion bash > ~/.local/share/bash-completion/completions/soutenance",
                             {"for good", "une fois pour toutes"}}},
               .run = [](Session& session, const Input&) { return PrintScript(session, kBashCompletion); }},
              {.verb = "zsh",
               .summary = {"Print the script for zsh", "Écrire le script pour zsh"},
               .examples = {{"completion zsh > ~/.zfunc/_soutenance",
                             {"a folder of your fpath", "un dossier de votre fpath"}}},
               .run = [](Session& session, const Input&) { return PrintScript(session, kZshCompletion); }},
              {.verb = "fish",
               .summary = {"Print the script for fish", "Écrire le script pour fish"},
               .examples = {{"completion fish > ~/.config/fish/completions/soutenance.fish",
                             {"for good", "une fois pour toutes"}}},
               .run = [](Session& session, const Input&) { return PrintScript(session, kFishCompletion); }},
          }};
}

}  // namespace soutenance::cli
