#include "services/submissions/inspect/clamd_scanner.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/testing/process.h"

namespace soutenance::submissions::inspect {
namespace {

class Text final : public ContentStore::Reader {
 public:
  explicit Text(std::string text) : text_(std::move(text)) {}
  absl::StatusOr<std::string> Read(int64_t offset, std::size_t bytes_max) const override {
    return text_.substr(std::min(text_.size(), static_cast<std::size_t>(offset)), bytes_max);
  }

 private:
  const std::string text_;
};

// Answers one scan as clamd does: reads "zINSTREAM", pieces after their lengths, up to an empty one.
class FakeClamd {
 public:
  // `limit`: bytes after which it says that it is too much. `mute`: hangs up without an answer.
  explicit FakeClamd(std::size_t limit = 1 << 30, bool mute = false) : limit_(limit), mute_(mute) {
    listening_ = socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    std::strncpy(to.sun_path, path_.c_str(), sizeof to.sun_path - 1);
    EXPECT_EQ(bind(listening_, reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
    EXPECT_EQ(listen(listening_, 1), 0);
    thread_ = std::thread([this] { Serve(); });
  }
  ~FakeClamd() {
    shutdown(listening_, SHUT_RDWR);
    thread_.join();
    close(listening_);
  }
  std::string address() const { return absl::StrCat("unix:", path_); }

 private:
  static std::string Take(int from, std::size_t bytes) {
    std::string taken(bytes, '\0');
    taken.resize(
        static_cast<std::size_t>(std::max<ssize_t>(0, recv(from, taken.data(), bytes, MSG_WAITALL))));
    return taken;
  }

  void Serve() {
    const int client = accept(listening_, nullptr, nullptr);
    if (client < 0) return;
    std::string answer = "stream: OK";
    if (Take(client, 10) != std::string("zINSTREAM\0", 10)) answer = "UNKNOWN COMMAND";
    std::string content;
    for (;;) {
      uint32_t length = 0;
      const std::string header = Take(client, sizeof length);
      if (header.size() != sizeof length) break;
      std::memcpy(&length, header.data(), sizeof length);
      if (length == 0) break;
      content += Take(client, ntohl(length));
      if (content.size() > limit_) {
        answer = "INSTREAM size limit exceeded. ERROR";
        break;
      }
    }
    if (absl::StrContains(content, "EICAR")) answer = "stream: Eicar-Test-Signature FOUND";
    answer += '\0';
    if (!mute_) {
      EXPECT_GT(send(client, answer.data(), answer.size(), MSG_NOSIGNAL), 0);
    }
    close(client);
  }

  const std::size_t limit_;
  const bool mute_;
  const soutenance::testing::TemporaryFolder folder_;
  const std::string path_ = absl::StrCat(folder_.path(), "/clamd");
  int listening_ = -1;
  std::thread thread_;
};

TEST(ClamdScanner, HasNothingToSayAboutCleanContentOfAnyLength) {
  for (const std::size_t size : {1u, 65536u, 65537u, 1000000u}) {
    const FakeClamd clamd;
    EXPECT_EQ(ClamdScanner(clamd.address()).Scan(Text(std::string(size, 'x'))), (Finding{"virus", "OK", ""}))
        << size;
  }
}

TEST(ClamdScanner, NamesWhatWasFound) {
  const FakeClamd clamd;
  EXPECT_EQ(ClamdScanner(clamd.address()).Scan(Text(std::string(100'000, 'x') + "EICAR")),
            (Finding{"virus", "VIRUS_FOUND", "Eicar-Test-Signature"}));
}

TEST(ClamdScanner, SaysThatTheContentIsTooLargeForIt) {
  const FakeClamd clamd(100'000);
  EXPECT_EQ(ClamdScanner(clamd.address()).Scan(Text(std::string(150'000, 'x'))).reason, "SCANNER_LIMIT");
}

TEST(ClamdScanner, IsAwayIfNobodyListensOrAnswers) {
  EXPECT_EQ(ClamdScanner("unix:/nowhere/clamd").Scan(Text("x")), (Finding{"virus", "SCANNER_AWAY", ""}));
  EXPECT_EQ(ClamdScanner("127.0.0.1:1").Scan(Text("x")).reason, "SCANNER_AWAY");
  const FakeClamd mute(1 << 30, true);
  EXPECT_EQ(ClamdScanner(mute.address()).Scan(Text("x")).reason, "SCANNER_AWAY");
}

TEST(ClamdScanner, DoesNotWaitForEver) {
  const int listening = socket(AF_UNIX, SOCK_STREAM, 0);
  const soutenance::testing::TemporaryFolder folder;
  const std::string path = absl::StrCat(folder.path(), "/silent");
  sockaddr_un to{};
  to.sun_family = AF_UNIX;
  std::strncpy(to.sun_path, path.c_str(), sizeof to.sun_path - 1);
  ASSERT_EQ(bind(listening, reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
  ASSERT_EQ(listen(listening, 1), 0);
  EXPECT_EQ(ClamdScanner(absl::StrCat("unix:", path), absl::Milliseconds(100)).Scan(Text("x")).reason,
            "SCANNER_AWAY");
  close(listening);
}

}  // namespace
}  // namespace soutenance::submissions::inspect
