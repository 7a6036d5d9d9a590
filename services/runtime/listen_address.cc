#include "services/runtime/listen_address.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/base/error.h"

namespace soutenance::runtime {
namespace {

constexpr std::size_t kSocketPathBytesMax = sizeof(sockaddr_un::sun_path) - 1;

absl::Status Invalid(absl::string_view text, absl::string_view why) {
  return Error(absl::StatusCode::kInvalidArgument,
               absl::StrCat("\"", text, "\" is not an address to listen on: ", why),
               {.reason = "ADDRESS_INVALID", .metadata = {{"address", std::string(text)}}});
}

absl::Status Unusable(const std::string& path, absl::string_view why) {
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("the socket ", path, " cannot be made: ", why),
               {.reason = "ADDRESS_UNUSABLE", .metadata = {{"path", path}}});
}

bool SomebodyAnswers(const std::string& path) {
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return true;  // when in doubt, take nothing away from another server
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.data(), path.size());
  const bool connected = connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  const bool refused = !connected && (errno == ECONNREFUSED || errno == ENOENT);
  close(fd);
  return !refused;
}

}  // namespace

bool ListenAddress::IsLoopback() const {
  return absl::StartsWith(host, "127.") || host == "::1" || host == "localhost";
}

absl::StatusOr<ListenAddress> ParseListenAddress(absl::string_view text) {
  ListenAddress address{.text = std::string(text)};
  if (absl::ConsumePrefix(&text, "unix:")) {
    address.socket_path = std::string(text);
    if (!absl::StartsWith(text, "/")) return Invalid(address.text, "the path of the socket must be absolute");
    if (text.size() > kSocketPathBytesMax) {
      return Invalid(address.text, absl::StrCat("the path of a socket may have at most ", kSocketPathBytesMax,
                                                " bytes; choose a shorter one with --listen"));
    }
    return address;
  }
  const std::size_t colon = text.rfind(':');
  int port = 0;
  if (colon == absl::string_view::npos || colon == 0 || !absl::SimpleAtoi(text.substr(colon + 1), &port) ||
      port < 0 || port > 65535) {
    return Invalid(address.text, "expected unix:/path/to/socket or HOST:PORT");
  }
  absl::string_view host = text.substr(0, colon);
  if (absl::ConsumePrefix(&host, "[") && !absl::ConsumeSuffix(&host, "]")) {
    return Invalid(address.text, "the bracket is not closed");
  }
  address.host = std::string(host);
  return address;
}

absl::Status PrepareSocket(const ListenAddress& address) {
  const std::string& path = address.socket_path;
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  std::error_code error;
  if (!std::filesystem::exists(folder, error)) {
    if (!std::filesystem::create_directories(folder, error)) return Unusable(path, error.message());
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    if (error) return Unusable(path, error.message());
  }
  struct stat facts = {};
  if (lstat(path.c_str(), &facts) != 0) {
    return errno == ENOENT ? absl::OkStatus() : Unusable(path, std::strerror(errno));
  }
  if (!S_ISSOCK(facts.st_mode)) return Unusable(path, "there is a file of that name that is not a socket");
  if (SomebodyAnswers(path)) {
    return Error(absl::StatusCode::kUnavailable,
                 absl::StrCat("another server answers at ", path, "; stop it or choose another --listen"),
                 {.reason = "ADDRESS_IN_USE", .metadata = {{"address", address.text}}});
  }
  return unlink(path.c_str()) == 0 ? absl::OkStatus() : Unusable(path, std::strerror(errno));
}

}  // namespace soutenance::runtime
