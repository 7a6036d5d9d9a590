#ifndef SOUTENANCE_CLIENTS_CLI_COMMAND_H_
#define SOUTENANCE_CLIENTS_CLI_COMMAND_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "clients/lib/language.h"

// Commands as data: what they are called, what they take, what they mean. Parsing, --help and completion are
// made from it; only `run` is code.
namespace soutenance::cli {

using clients::Language;
using clients::Text;

class Session;

// What a value on the command line is. Decides what is checked before anything is sent, and what is
// completed.
struct Value {
  enum class Kind {
    kText,
    kNumber,    // a whole number
    kChoice,    // one of `choices`
    kFile,      // completed with files
    kFolder,    // completed with folders
    kResource,  // completed with the names of `collection`, asked of the server
  };
  const char* word = "";  // what --help calls it: "START"; empty: there is no value
  Kind kind = Kind::kText;
  std::vector<const char*> choices = {};
  const char* collection = "";  // "people", "rooms", "defences", ...
};

// "--name VALUE". A flag whose value has no word is a switch.
struct Flag {
  enum class Times { kOnce, kRepeated };
  const char* name;
  Value value;
  Text help;
  Times times = Times::kOnce;
};

// A word without "--", in its place.
struct Argument {
  enum class Need { kRequired, kOptional };
  Value value;
  Text help;
  Need need = Need::kRequired;
};

// What a command line gave. Numbers and choices have been checked.
class Input {
 public:
  void Add(absl::string_view name, std::string value) {
    values_[std::string(name)].push_back(std::move(value));
  }

  // `name` is a flag ("--time") or the word of an argument ("DEFENCE").
  bool Has(absl::string_view name) const { return values_.contains(std::string(name)); }
  // The value, or "" if it was not given.
  std::string Get(absl::string_view name) const;
  // All values of a repeated flag, in their order.
  std::vector<std::string> GetAll(absl::string_view name) const;
  // " --campaign m2 --timetable 3": those of `flags` that were given, to be typed again in a command that is
  // suggested.
  std::string Again(const std::vector<const char*>& flags) const;
  // The value as a number, or 0 if it was not given.
  int64_t Number(absl::string_view name) const;

 private:
  std::map<std::string, std::vector<std::string>> values_;
};

struct Example {
  const char* arguments;  // what follows "soutenance "
  Text what;
};

struct Command {
  const char* verb;  // empty: the noun alone is the command, as in "soutenance whoami"
  Text summary;      // one line, no full stop
  Text details;      // further sentences for --help, or empty
  std::vector<Argument> arguments;
  std::vector<Flag> flags;
  std::vector<Example> examples;
  // Does it. Prints its result itself; an error is printed by the caller.
  absl::Status (*run)(Session&, const Input&);
};

struct Noun {
  const char* name;
  Text summary;
  std::vector<Command> commands;
};

// Flags that several commands have in common.
Flag CampaignFlag();   // --campaign C
Flag TimetableFlag();  // --timetable N
Flag DryRunFlag();     // --dry-run
Flag YesFlag();        // --yes
Flag EtagFlag();       // --etag E

// Flags that every command has.
const std::vector<Flag>& CommonFlags();

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_COMMAND_H_
