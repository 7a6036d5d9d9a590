#include "clients/lib/server_address.h"

#include <gtest/gtest.h>

#include "clients/lib/failure.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::clients {
namespace {

using Security = ServerAddress::Security;

TEST(ParseServerAddress, UnderstandsSocketsLoopbackAndHttps) {
  struct Case {
    const char* text;
    const char* target;
    Security security;
  };
  for (const Case& c :
       {Case{"unix:/run/s.sock", "unix:/run/s.sock", Security::kNone},
        Case{"127.0.0.1:7001", "127.0.0.1:7001", Security::kNone},
        Case{"localhost:7001", "localhost:7001", Security::kNone},
        Case{"[::1]:7001", "[::1]:7001", Security::kNone},
        Case{"https://defences.example.org", "defences.example.org:443", Security::kTls},
        Case{"https://defences.example.org:8443/", "defences.example.org:8443", Security::kTls},
        Case{"https://[2001:db8::1]", "[2001:db8::1]:443", Security::kTls}}) {
    ASSERT_OK_AND_ASSIGN(const ServerAddress address, ParseServerAddress(c.text, Language::kEnglish));
    EXPECT_EQ(address.target, c.target);
    EXPECT_EQ(address.security, c.security) << c.text;
  }
}

TEST(ParseServerAddress, NeverSendsATokenUnprotectedToAnotherHost) {
  for (const char* text :
       {"defences.example.org:7001", "192.168.1.4:7001", "localhost.evil.org:7001", "127.evil.org:1"}) {
    const auto address = ParseServerAddress(text, Language::kEnglish);
    EXPECT_EQ(ExitCodeOf(address.status()), kUsage) << text;
  }
}

TEST(ParseServerAddress, RefusesWhatIsNoAddress) {
  for (const char* text : {"", "nonsense", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "unix:relative",
                           "https://", "https://host/path", "https://host:", "http://127.0.0.1:80"}) {
    EXPECT_EQ(ExitCodeOf(ParseServerAddress(text, Language::kFrench).status()), kUsage) << text;
  }
}

TEST(ParseServerAddress, RefusesASocketPathThatNoSocketCanHave) {
  EXPECT_EQ(ExitCodeOf(ParseServerAddress("unix:/" + std::string(107, 'x'), Language::kEnglish).status()),
            kUsage);
  EXPECT_OK(ParseServerAddress("unix:/" + std::string(106, 'x'), Language::kEnglish));
}

}  // namespace
}  // namespace soutenance::clients
