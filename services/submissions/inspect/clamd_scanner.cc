#include "services/submissions/inspect/clamd_scanner.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/base/status.h"

namespace soutenance::submissions::inspect {
namespace {

constexpr std::size_t kPieceBytes = 64 << 10;
constexpr std::size_t kAnswerBytesMax = 4096;
constexpr absl::string_view kLoopback = "127.0.0.1:";
constexpr char kUnix[] = "unix:";

Finding Found(absl::string_view reason, absl::string_view detail) {
  return {"virus", std::string(reason), Shown(detail, Finding::kDetailBytesMax)};
}

// The port of "127.0.0.1:3310"; 0 if it is no such address.
int PortOf(const std::string& address) {
  int port = 0;
  if (!absl::StartsWith(address, kLoopback)) return 0;
  if (!absl::SimpleAtoi(address.substr(kLoopback.size()), &port)) return 0;
  return port > 0 && port < 65536 ? port : 0;
}

// A connected socket, or -1.
int Connect(const std::string& address, absl::Duration time_max) {
  const bool is_unix = absl::StartsWith(address, kUnix);
  const int descriptor = socket(is_unix ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return -1;
  const timeval time = absl::ToTimeval(time_max);
  setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
  setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
  int connected = -1;
  if (is_unix) {
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    std::strncpy(to.sun_path, address.c_str() + std::strlen(kUnix), sizeof to.sun_path - 1);
    connected = connect(descriptor, reinterpret_cast<const sockaddr*>(&to), sizeof to);
  } else {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<uint16_t>(PortOf(address)));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected = connect(descriptor, reinterpret_cast<const sockaddr*>(&to), sizeof to);
  }
  if (connected == 0) return descriptor;
  close(descriptor);
  return -1;
}

bool Send(int descriptor, absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

// Sends the content in pieces, each after its length; the last has none. False if the scanner stops
// listening, as it does when there is too much for it: then it has answered.
absl::StatusOr<bool> SendContent(int descriptor, const ContentStore::Reader& content) {
  if (!Send(descriptor, absl::string_view("zINSTREAM\0", 10))) return false;
  int64_t offset = 0;
  for (;;) {
    ASSIGN_OR_RETURN(const std::string piece, content.Read(offset, kPieceBytes));
    const uint32_t length = htonl(static_cast<uint32_t>(piece.size()));
    char header[sizeof length];
    std::memcpy(header, &length, sizeof length);
    if (!Send(descriptor, absl::string_view(header, sizeof header)) || !Send(descriptor, piece)) return false;
    if (piece.empty()) return true;
    offset += static_cast<int64_t>(piece.size());
  }
}

std::string Answer(int descriptor) {
  std::string answer;
  char bytes[512];
  while (answer.size() < kAnswerBytesMax) {
    const ssize_t received = recv(descriptor, bytes, sizeof bytes, 0);
    if (received < 0 && errno == EINTR) continue;
    if (received <= 0) break;
    answer.append(bytes, static_cast<std::size_t>(received));
    if (answer.back() == '\0') break;
  }
  return answer.substr(0, answer.find('\0'));
}

}  // namespace

Finding ClamdScanner::Scan(const ContentStore::Reader& content) {
  const int descriptor = Connect(address_, time_max_);
  if (descriptor < 0) return Found("SCANNER_AWAY", "");
  const absl::Cleanup close_it = [descriptor] { close(descriptor); };
  if (const auto sent = SendContent(descriptor, content); !sent.ok()) return Found("SCANNER_AWAY", "");
  const std::string answer = Answer(descriptor);
  absl::string_view said = answer;
  if (absl::StrContains(said, "size limit exceeded")) return Found("SCANNER_LIMIT", "");
  if (!absl::ConsumePrefix(&said, "stream: ")) return Found("SCANNER_AWAY", answer);
  if (said == "OK") return Found("OK", "");
  if (absl::ConsumeSuffix(&said, " FOUND")) return Found("VIRUS_FOUND", said);
  return Found("SCANNER_AWAY", answer);
}

}  // namespace soutenance::submissions::inspect
