#include "clients/cli/fields.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/message.h>
#include <google/protobuf/struct.pb.h>

#include <limits>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/files.h"
#include "clients/cli/names.h"
#include "clients/lib/failure.h"
#include "clients/lib/json.h"
#include "services/base/status.h"

namespace soutenance::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr int64_t kFileBytesMax = 16 << 20;

// The enumerator called `word`: that whose name ends in "_WORD" and is longer by the prefix all of them
// share.
const google::protobuf::EnumValueDescriptor* FindEnumerator(const FieldDescriptor& field,
                                                            absl::string_view word) {
  const std::string unspecified = field.enum_type()->value(0)->name();
  const std::string prefix = unspecified.substr(0, unspecified.size() - std::string("UNSPECIFIED").size());
  return field.enum_type()->FindValueByName(prefix + absl::AsciiStrToUpper(word));
}

// Sets `field` to `text`, or adds it if the field is a list. Returns false if it is not such a value.
bool SetValue(const FieldDescriptor& field, const std::string& text, Message& resource) {
  const google::protobuf::Reflection& reflection = *resource.GetReflection();
  if (field.is_repeated()) {
    reflection.AddString(&resource, &field, text);
    return true;
  }
  int64_t number = 0;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      reflection.SetString(&resource, &field, text);
      return true;
    case FieldDescriptor::CPPTYPE_INT32:
      if (!absl::SimpleAtoi(text, &number) || number > std::numeric_limits<int32_t>::max() ||
          number < std::numeric_limits<int32_t>::min()) {
        return false;
      }
      reflection.SetInt32(&resource, &field, static_cast<int32_t>(number));
      return true;
    case FieldDescriptor::CPPTYPE_BOOL:
      reflection.SetBool(&resource, &field, text == "yes");
      return true;
    case FieldDescriptor::CPPTYPE_ENUM: {
      const auto* enumerator = FindEnumerator(field, text);
      if (enumerator == nullptr) return false;
      reflection.SetEnum(&resource, &field, enumerator);
      return true;
    }
    default:
      return false;
  }
}

// One flag: all of its values.
absl::Status ApplyFlag(const Input& input, const Field& field, Language language, Message& resource) {
  const FieldDescriptor* descriptor = resource.GetDescriptor()->FindFieldByName(field.name);
  if (descriptor == nullptr) return absl::InternalError(absl::StrCat("no field ", field.name));
  for (const std::string& value : input.GetAll(field.flag.name)) {
    std::vector<std::string> parts{value};
    if (descriptor->is_repeated()) parts = absl::StrSplit(value, ',', absl::SkipWhitespace());
    for (const std::string& untrimmed : parts) {
      const std::string part =
          descriptor->is_repeated() ? std::string(absl::StripAsciiWhitespace(untrimmed)) : untrimmed;
      std::string refusal;
      if (field.read != nullptr) {
        refusal = field.read(part, resource, language);
      } else if (!SetValue(*descriptor, *field.collection == '\0' ? part : TopName(field.collection, part),
                           resource)) {
        refusal = Text{"not a possible value", "valeur impossible"}.In(language);
      }
      if (!refusal.empty()) {
        const absl::string_view colon = language == Language::kFrench ? " : " : ": ";
        return clients::UsageError(absl::StrCat(field.flag.name, " ", part, colon, refusal));
      }
    }
  }
  return absl::OkStatus();
}

// The fields that a JSON object names, as the contract calls them.
std::set<std::string> MemberNames(const std::string& json, const Message& resource) {
  google::protobuf::Struct members;
  std::set<std::string> names;
  if (!clients::FromJson(json, members).ok()) return names;
  for (const auto& [name, value] : members.fields()) {
    const FieldDescriptor* field = resource.GetDescriptor()->FindFieldByCamelcaseName(name);
    names.insert(field == nullptr ? name : field->name());
  }
  return names;
}

}  // namespace

std::vector<Flag> FlagsOf(const std::vector<Field>& fields) {
  std::vector<Flag> flags;
  for (const Field& field : fields) flags.push_back(field.flag);
  flags.push_back(
      {.name = "--file",
       .value = {.word = "FILE", .kind = Value::Kind::kFile},
       .help = {"take the fields from this JSON, as \"show --json\" prints it; flags come on top",
                "lire les champs dans ce JSON, tel que « show --json » l’écrit ; les options s’y ajoutent"}});
  return flags;
}

Flag TextFlag(const char* name, const char* word, Text help) {
  return {.name = name, .value = {.word = word}, .help = help};
}

Flag NumberFlag(const char* name, const char* word, Text help) {
  return {.name = name, .value = {.word = word, .kind = Value::Kind::kNumber}, .help = help};
}

Flag ChoiceFlag(const char* name, std::vector<const char*> choices, Text help) {
  return {.name = name,
          .value = {.word = "WORD", .kind = Value::Kind::kChoice, .choices = std::move(choices)},
          .help = help};
}

Flag YesNoFlag(const char* name, Text help) {
  Flag flag = ChoiceFlag(name, {"yes", "no"}, help);
  flag.value.word = "yes|no";
  return flag;
}

Flag ResourceFlag(const char* name, const char* word, const char* collection, Text help) {
  return {.name = name,
          .value = {.word = word, .kind = Value::Kind::kResource, .collection = collection},
          .help = help};
}

Flag Repeated(Flag flag) {
  flag.times = Flag::Times::kRepeated;
  return flag;
}

absl::StatusOr<std::vector<std::string>> FillResource(const Input& input, const std::vector<Field>& fields,
                                                      Language language, Message& resource) {
  std::set<std::string> given;
  if (input.Has("--file")) {
    const std::string name =
        resource.GetReflection()->GetString(resource, resource.GetDescriptor()->FindFieldByName("name"));
    const std::string path = input.Get("--file") == "-" ? "/dev/stdin" : input.Get("--file");
    ASSIGN_OR_RETURN(const std::string json, ReadFile(path, kFileBytesMax, language));
    if (const absl::Status status = clients::FromJson(json, resource); !status.ok()) {
      return clients::LocalError("FILE_INVALID",
                                 absl::StrCat(input.Get("--file"), ": ", std::string(status.message())));
    }
    given = MemberNames(json, resource);
    // The command line says which resource is meant, not a file that may be a copy of another one.
    resource.GetReflection()->SetString(&resource, resource.GetDescriptor()->FindFieldByName("name"), name);
  }
  // Several flags may fill one list: all of them replace what it held, none what another one added.
  std::set<std::string> settable;
  std::set<std::string> cleared;
  for (const Field& field : fields) {
    settable.insert(field.name);
    if (!input.Has(field.flag.name)) continue;
    if (cleared.insert(field.name).second) {
      const FieldDescriptor* descriptor = resource.GetDescriptor()->FindFieldByName(field.name);
      if (descriptor != nullptr) resource.GetReflection()->ClearField(&resource, descriptor);
    }
    RETURN_IF_ERROR(ApplyFlag(input, field, language, resource));
    given.insert(field.name);
  }
  std::vector<std::string> names;
  for (int i = 0; i < resource.GetDescriptor()->field_count(); ++i) {
    const std::string& name = resource.GetDescriptor()->field(i)->name();
    if (settable.contains(name) && given.contains(name)) names.push_back(name);
  }
  return names;
}

absl::Status FillUpdate(const Input& input, const std::vector<Field>& fields, Language language,
                        Message& resource, google::protobuf::FieldMask& update_mask) {
  ASSIGN_OR_RETURN(const std::vector<std::string> names, FillResource(input, fields, language, resource));
  if (names.empty()) {
    return clients::UsageError(
        Text{"nothing to change: give at least one flag that sets a field, or --file",
             "rien à modifier : donnez au moins une option qui change un champ, ou --file"}
            .In(language));
  }
  for (const std::string& name : names) update_mask.add_paths(name);
  return absl::OkStatus();
}

}  // namespace soutenance::cli
