#ifndef SOUTENANCE_CLIENTS_CLI_FIELDS_H_
#define SOUTENANCE_CLIENTS_CLI_FIELDS_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/cli/command.h"

namespace google::protobuf {
class FieldMask;
class Message;
}  // namespace google::protobuf

// Flags that set fields of a resource. The kind of a field follows from the contract: texts, numbers, lists,
// enumerations
// ("if_needed" for SILENT_POLICY_IF_NEEDED), yes or no.
namespace soutenance::cli {

struct Field {
  // Reads what was typed into a field that is a message; a usage error sentence, or "" if it went well.
  using Read = std::function<std::string(const std::string& text, google::protobuf::Message& resource,
                                         Language language)>;

  Flag flag;
  const char* name;             // in the resource's message: "family_name"
  const char* collection = "";  // for a field that names a resource: "people"; short names become full ones
  Read read =
      nullptr;  // for fields of a form of their own; called once per value, after the field was cleared
};

// The flags of `fields`, and --file.
std::vector<Flag> FlagsOf(const std::vector<Field>& fields);

// A flag with a text, a number, one of some words, or yes or no.
Flag TextFlag(const char* name, const char* word, Text help);
Flag NumberFlag(const char* name, const char* word, Text help);
Flag ChoiceFlag(const char* name, std::vector<const char*> choices, Text help);
Flag YesNoFlag(const char* name, Text help);
Flag ResourceFlag(const char* name, const char* word, const char* collection, Text help);
Flag Repeated(Flag flag);

// Fills `resource` from the JSON of --file ("-": standard input), if given, then from the flags; returns the
// names of those of `fields` that were given, each once and in the order of the contract. A list is typed
// with commas, or by repeating its flag; an empty value clears a field.
absl::StatusOr<std::vector<std::string>> FillResource(const Input& input, const std::vector<Field>& fields,
                                                      Language language, google::protobuf::Message& resource);

// The same for an update: also says which fields change. A usage error if none was given.
absl::Status FillUpdate(const Input& input, const std::vector<Field>& fields, Language language,
                        google::protobuf::Message& resource, google::protobuf::FieldMask& update_mask);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_FIELDS_H_
