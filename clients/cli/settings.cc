#include "clients/cli/settings.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/context_file.h"
#include "clients/cli/files.h"
#include "clients/lib/display_text.h"
#include "clients/lib/failure.h"
#include "services/base/status.h"

namespace soutenance::cli {
namespace {

constexpr int64_t kTokenBytesMax = 4096;
constexpr char kSystemDataFolder[] = "/var/lib/soutenance";

std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string SocketOf(const std::string& folder) { return absl::StrCat("unix:", folder, "/soutenance.sock"); }

// The folder in which a server of this machine keeps its data unless told otherwise.
std::string DefaultDataFolder() {
  std::string own = Variable("XDG_DATA_HOME");
  if (own.empty() && !Variable("HOME").empty()) own = Variable("HOME") + "/.local/share";
  own += "/soutenance";
  return ::access((own + "/soutenance.sock").c_str(), F_OK) == 0 ? own : kSystemDataFolder;
}

absl::StatusOr<std::string> ReadToken(const std::string& path, Language language) {
  ASSIGN_OR_RETURN(const std::string content, ReadFile(path, kTokenBytesMax, language));
  return std::string(absl::StripAsciiWhitespace(content));
}

absl::Status FindToken(const Input& input, const ContextFile& context, const std::string& data_folder,
                       Language language, Settings& settings) {
  const auto from_file = [&](const std::string& path, Origin origin) -> absl::Status {
    ASSIGN_OR_RETURN(settings.token, ReadToken(path, language));
    settings.token_source = path;
    settings.token_origin = origin;
    return absl::OkStatus();
  };
  if (input.Has("--token-file")) return from_file(input.Get("--token-file"), Origin::kFlag);
  if (const std::string path = Variable("SOUTENANCE_TOKEN_FILE"); !path.empty()) {
    return from_file(path, Origin::kEnvironment);
  }
  if (const std::string token = Variable("SOUTENANCE_TOKEN"); !token.empty()) {
    settings.token = token;
    settings.token_source = "SOUTENANCE_TOKEN";
    settings.token_origin = Origin::kEnvironment;
    return absl::OkStatus();
  }
  if (!context.token_file.empty() && settings.server == context.server) {
    return from_file(context.token_file, Origin::kContext);
  }
  const std::string administrator = data_folder + "/administrator.token";
  if (settings.server == SocketOf(data_folder) && ::access(administrator.c_str(), R_OK) == 0) {
    return from_file(administrator, Origin::kDataFolder);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Settings> FindSettings(const Input& input, Language language) {
  ASSIGN_OR_RETURN(const ContextFile context, ReadContextFile(language));
  std::string named_folder = Variable("SOUTENANCE_DATA_DIR");
  // A socket's address is absolute, as the server makes it.
  if (!named_folder.empty())
    named_folder = std::filesystem::absolute(named_folder).lexically_normal().string();
  const std::string data_folder = named_folder.empty() ? DefaultDataFolder() : named_folder;
  Settings settings;
  if (input.Has("--server")) {
    settings.server = input.Get("--server");
    settings.server_origin = Origin::kFlag;
  } else if (const std::string server = Variable("SOUTENANCE_SERVER"); !server.empty()) {
    settings.server = server;
    settings.server_origin = Origin::kEnvironment;
  } else if (!named_folder.empty()) {
    settings.server = SocketOf(named_folder);
    settings.server_origin = Origin::kEnvironment;
  } else if (!context.server.empty()) {
    settings.server = context.server;
    settings.server_origin = Origin::kContext;
  } else {
    settings.server = SocketOf(data_folder);
    settings.server_origin = Origin::kDataFolder;
  }
  // A context without a server means the one that is found without it.
  ContextFile effective = context;
  if (effective.server.empty())
    effective.server = settings.server_origin == Origin::kDataFolder ? settings.server : "-";
  if (settings.server == effective.server) settings.campaign = context.campaign;
  RETURN_IF_ERROR(FindToken(input, effective, data_folder, language, settings));
  // A token goes into a header; a line end or an accent in it would make every call fail in an obscure way.
  for (const char c : settings.token) {
    if (absl::ascii_isgraph(static_cast<unsigned char>(c))) continue;
    const Text words{" does not hold a token", " ne contient pas un jeton"};
    return clients::LocalError("TOKEN_UNREADABLE", absl::StrCat(settings.token_source, words.In(language)));
  }
  return settings;
}

Text WordFor(Origin origin) {
  switch (origin) {
    case Origin::kNone:
      return {"not set", "non défini"};
    case Origin::kFlag:
      return {"flag", "option"};
    case Origin::kEnvironment:
      return {"environment", "environnement"};
    case Origin::kContext:
      return {"context", "contexte"};
    case Origin::kDataFolder:
      return {"data folder", "dossier de données"};
  }
  return {};
}

}  // namespace soutenance::cli
