#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "clients/cli/completion.h"
#include "clients/cli/help.h"
#include "clients/cli/hints.h"
#include "clients/cli/nouns.h"
#include "clients/cli/parse.h"
#include "clients/cli/session.h"
#include "clients/lib/failure.h"
#include "clients/lib/language.h"
#include "clients/lib/terminal.h"

// soutenance: the command line client.
namespace soutenance::cli {
namespace {

constexpr char kProgram[] = "soutenance";

void Print(FILE* file, const std::string& text) { std::fwrite(text.data(), 1, text.size(), file); }

// The language is needed for what parsing itself may have to say.
Language LanguageOf(const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
    absl::string_view value = arguments[i];
    if (value == "--language" && i + 1 < arguments.size()) {
      value = arguments[i + 1];
    } else if (!absl::ConsumePrefix(&value, "--language=")) {
      continue;
    }
    if (const auto language = clients::ParseLanguage(value); language) return *language;
  }
  return clients::LanguageOfEnvironment();
}

bool WantsJson(const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    if (argument == "--") return false;
    if (argument == "--json") return true;
  }
  return false;
}

// How the caller wants to be answered.
struct Manner {
  enum class Form { kText, kJson };
  Language language;
  Form form;
};

int Fail(const absl::Status& status, const Manner& manner) {
  if (manner.form == Manner::Form::kJson) {
    Print(stderr, clients::FailureJson(status));
  } else {
    const clients::FailureStyle style{
        .program = kProgram, .language = manner.language, .terminal = clients::TerminalOf(2)};
    Print(stderr, clients::FailureText(status, HintFor(status).In(manner.language), style));
  }
  return clients::ExitCodeOf(status);
}

int RunCommand(const Command& command, const Input& input, const Manner& manner) {
  auto session = Session::Open(input, manner.language);
  if (!session.ok()) return Fail(session.status(), manner);
  const absl::Status status = command.run(**session, input);
  (*session)->ShowProgress("");
  if (!status.ok()) return Fail(status, manner);
  return (*session)->exit_code();
}

int Run(const std::vector<std::string>& arguments) {
  const Language language = LanguageOf(arguments);
  const std::vector<Noun>& nouns = AllNouns();
  if (!arguments.empty() && arguments[0] == "__complete") {
    PrintCompletion(nouns, {arguments.begin() + 1, arguments.end()}, language);
    return clients::kDone;
  }
  const Manner manner{language, WantsJson(arguments) ? Manner::Form::kJson : Manner::Form::kText};
  const auto parsed = Parse(nouns, arguments, language);
  if (!parsed.ok()) return Fail(parsed.status(), manner);
  if (parsed->wants_version) {
    Print(stdout, absl::StrCat(kProgram, " ", SOUTENANCE_VERSION, "\n"));
    return clients::kDone;
  }
  if (!parsed->wants_help && parsed->command != nullptr)
    return RunCommand(*parsed->command, parsed->input, manner);
  // Help that was asked for is an answer; help instead of a missing command is not.
  FILE* const file = parsed->wants_help ? stdout : stderr;
  const clients::Terminal terminal = clients::TerminalOf(fileno(file));
  if (parsed->command != nullptr) {
    Print(file, CommandHelp(*parsed->noun, *parsed->command, language, terminal));
  } else if (parsed->noun != nullptr) {
    Print(file, NounHelp(*parsed->noun, language, terminal));
  } else {
    Print(file, ProgramHelp(nouns, language, terminal));
  }
  return parsed->wants_help ? clients::kDone : clients::kUsage;
}

}  // namespace
}  // namespace soutenance::cli

int main(int argument_count, char** arguments) {
  const int exit_code = soutenance::cli::Run({arguments + 1, arguments + argument_count});
  // An answer that could not be written, as on a full disk, is not an answer.
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    std::perror("soutenance: standard output");
    return exit_code == 0 ? soutenance::clients::kRefused : exit_code;
  }
  return exit_code;
}
