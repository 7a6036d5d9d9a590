#include "clients/cli/context_file.h"

#include <google/protobuf/struct.pb.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/files.h"
#include "clients/lib/failure.h"
#include "clients/lib/json.h"
#include "services/base/status.h"

namespace soutenance::cli {
namespace {

constexpr int64_t kBytesMax = 64 << 10;

std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string ContextPath() {
  const std::string folder = ConfigFolder();
  return folder.empty() ? "" : folder + "/context.json";
}

}  // namespace

std::string ConfigFolder() {
  if (const std::string config = Variable("XDG_CONFIG_HOME"); !config.empty()) return config + "/soutenance";
  if (const std::string home = Variable("HOME"); !home.empty()) return home + "/.config/soutenance";
  return "";
}

absl::StatusOr<ContextFile> ReadContextFile(clients::Language language) {
  const std::string path = ContextPath();
  ContextFile context;
  if (path.empty() || ::access(path.c_str(), F_OK) != 0) return context;
  ASSIGN_OR_RETURN(const std::string json, ReadFile(path, kBytesMax, language));
  google::protobuf::Struct members;
  const absl::Status read = clients::FromJson(json, members);
  bool is_understood = read.ok();
  for (const auto& [name, value] : members.fields()) {
    std::string* const field = name == "server"      ? &context.server
                               : name == "tokenFile" ? &context.token_file
                               : name == "campaign"  ? &context.campaign
                                                     : nullptr;
    is_understood = is_understood && field != nullptr && value.has_string_value();
    if (is_understood) *field = value.string_value();
  }
  if (is_understood) return context;
  const clients::Text words{
      " is not a context; correct it, or remove it and set it again with \"soutenance context set\"",
      " n’est pas un contexte ; corrigez-le, ou supprimez-le puis « soutenance context set »"};
  return clients::LocalError("CONTEXT_UNREADABLE", absl::StrCat(path, words.In(language)));
}

absl::Status WriteContextFile(const ContextFile& context, clients::Language language) {
  const std::string path = ContextPath();
  if (path.empty()) {
    const clients::Text words{
        "neither HOME nor XDG_CONFIG_HOME is set: there is no place for a context",
        "ni HOME ni XDG_CONFIG_HOME ne sont définis : aucun endroit où écrire le contexte"};
    return clients::LocalError("CONTEXT_UNWRITABLE", words.In(language));
  }
  const std::string json = clients::JsonObject()
                               .Text("server", context.server)
                               .Text("tokenFile", context.token_file)
                               .Text("campaign", context.campaign)
                               .Done();
  return ReplacePrivateFile(path, json + "\n", language);
}

}  // namespace soutenance::cli
