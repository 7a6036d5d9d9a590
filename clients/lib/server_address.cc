#include "clients/lib/server_address.h"

#include <arpa/inet.h>

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "clients/lib/failure.h"

namespace soutenance::clients {
namespace {

constexpr int kSocketPathMax = 107;  // of sockaddr_un

bool IsPort(absl::string_view text) {
  int port = 0;
  return absl::SimpleAtoi(text, &port) && port > 0 && port <= 65535;
}

// Splits "host:port" and "[v6]:port"; an empty port if there is none.
struct HostAndPort {
  absl::string_view host;
  absl::string_view port;
};

HostAndPort Split(absl::string_view text) {
  const std::size_t bracket = text.rfind(']');
  const std::size_t colon = text.rfind(':');
  if (colon == absl::string_view::npos || (bracket != absl::string_view::npos && colon < bracket))
    return {text, ""};
  return {text.substr(0, colon), text.substr(colon + 1)};
}

bool IsLoopback(absl::string_view host) {
  if (host == "localhost" || host == "[::1]") return true;
  in_addr address{};
  // "127.example.org" is a name like any other.
  return inet_pton(AF_INET, std::string(host).c_str(), &address) == 1 && absl::StartsWith(host, "127.");
}

}  // namespace

absl::StatusOr<ServerAddress> ParseServerAddress(absl::string_view text, Language language) {
  if (absl::string_view path = text; absl::ConsumePrefix(&path, "unix:")) {
    if (!absl::StartsWith(path, "/") || path.size() > kSocketPathMax) {
      const Text why{"the path of a socket begins with / and has at most 107 bytes: ",
                     "le chemin d’une socket commence par / et compte au plus 107 octets : "};
      return UsageError(absl::StrCat(why.In(language), text));
    }
    return ServerAddress{std::string(text), ServerAddress::Security::kNone};
  }
  if (absl::string_view rest = text; absl::ConsumePrefix(&rest, "https://")) {
    absl::ConsumeSuffix(&rest, "/");
    const HostAndPort parts = Split(rest);
    if (!parts.host.empty() && rest.find('/') == absl::string_view::npos &&
        (parts.port.empty() ? !absl::EndsWith(rest, ":") : IsPort(parts.port))) {
      const absl::string_view port = parts.port.empty() ? "443" : parts.port;
      return ServerAddress{absl::StrCat(parts.host, ":", port), ServerAddress::Security::kTls};
    }
  } else if (const HostAndPort parts = Split(text); !parts.host.empty() && IsPort(parts.port)) {
    if (IsLoopback(parts.host)) return ServerAddress{std::string(text), ServerAddress::Security::kNone};
    const Text why{"your token would travel unprotected to this host; use https://",
                   "votre jeton voyagerait en clair vers cette machine ; utilisez https://"};
    return UsageError(absl::StrCat(why.In(language), text));
  }
  const Text why{"expected a server such as unix:/run/soutenance.sock, 127.0.0.1:7001 or https://host, not ",
                 "un serveur s’écrit unix:/run/soutenance.sock, 127.0.0.1:7001 ou https://machine, et non "};
  return UsageError(absl::StrCat(why.In(language), "\"", text, "\""));
}

}  // namespace soutenance::clients
