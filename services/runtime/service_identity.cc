#include "services/runtime/service_identity.h"

#include <sodium.h>
#include <sys/stat.h>

#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"

namespace soutenance::runtime {
namespace {

constexpr char kVersion[] = "1";

absl::Status Refuse(absl::string_view reason, absl::string_view sentence) {
  return Error(absl::StatusCode::kUnauthenticated, sentence, {.reason = std::string(reason)});
}

absl::Status Invalid() { return Refuse("TOKEN_INVALID", "the token of the calling service is not valid"); }

// The payload is a sequence of length-prefixed strings ("5:hello"): nothing to escape, one reading only.
void Put(absl::string_view text, std::string& out) { absl::StrAppend(&out, text.size(), ":", text); }

class Reader {
 public:
  explicit Reader(absl::string_view in) : in_(in) {}

  std::string Text() {
    const std::size_t colon = in_.find(':');
    std::size_t size = 0;
    if (colon == absl::string_view::npos || !absl::SimpleAtoi(in_.substr(0, colon), &size) ||
        in_.size() - colon - 1 < size) {
      failed_ = true;
      in_ = {};
      return {};
    }
    std::string text(in_.substr(colon + 1, size));
    in_.remove_prefix(colon + 1 + size);
    return text;
  }

  int64_t Number() {
    int64_t number = 0;
    if (!absl::SimpleAtoi(Text(), &number)) failed_ = true;
    return number;
  }

  bool failed() const { return failed_; }

 private:
  absl::string_view in_;
  bool failed_ = false;
};

absl::StatusOr<std::string> ReadKey(const std::string& path) {
  struct stat facts = {};
  std::ifstream file(path);
  if (!file || stat(path.c_str(), &facts) != 0) {
    return Error(absl::StatusCode::kNotFound, absl::StrCat("the service key file ", path, " cannot be read"),
                 {.reason = "SERVICE_KEY_NOT_FOUND", .metadata = {{"path", path}}});
  }
  if ((facts.st_mode & 077) != 0) {
    return Error(absl::StatusCode::kFailedPrecondition,
                 absl::StrCat("others may read the service key file ", path, "; change its mode to 0600"),
                 {.reason = "SERVICE_KEY_EXPOSED", .metadata = {{"path", path}}});
  }
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const absl::string_view digits = absl::StripAsciiWhitespace(text);
  const bool hex = digits.find_first_not_of("0123456789abcdefABCDEF") == absl::string_view::npos;
  if (!hex || digits.size() != 2 * crypto_auth_KEYBYTES) {
    return Error(absl::StatusCode::kInvalidArgument,
                 absl::StrCat("the service key file ", path,
                              " must hold 64 hexadecimal digits; make one with: openssl rand -hex 32"),
                 {.reason = "SERVICE_KEY_INVALID", .metadata = {{"path", path}}});
  }
  return absl::HexStringToBytes(digits);
}

}  // namespace

ServiceIdentity::ServiceIdentity(std::string key, const Clock& clock)
    : key_(std::move(key)), clock_(&clock) {}

absl::StatusOr<ServiceIdentity> ServiceIdentity::FromKeyFile(const std::string& path, const Clock& clock) {
  if (sodium_init() < 0) return absl::InternalError("libsodium cannot be initialised");
  ASSIGN_OR_RETURN(std::string key, ReadKey(path));
  return ServiceIdentity(std::move(key), clock);
}

ServiceIdentity ServiceIdentity::WithRandomKey(const Clock& clock) {
  // Without a source of randomness every key could be guessed: better no server at all.
  if (sodium_init() < 0) std::abort();
  std::string key(crypto_auth_KEYBYTES, '\0');
  randombytes_buf(key.data(), key.size());
  return ServiceIdentity(std::move(key), clock);
}

std::string ServiceIdentity::Mac(absl::string_view payload) const {
  std::string mac(crypto_auth_BYTES, '\0');
  crypto_auth(reinterpret_cast<unsigned char*>(mac.data()),
              reinterpret_cast<const unsigned char*>(payload.data()), payload.size(),
              reinterpret_cast<const unsigned char*>(key_.data()));
  return mac;
}

std::string ServiceIdentity::Sign(absl::string_view module, const Caller& on_behalf_of) const {
  std::string payload;
  Put(kVersion, payload);
  Put(module, payload);
  Put(absl::StrCat(absl::ToUnixMillis(clock_->Now() + kLifetime)), payload);
  Put(on_behalf_of.account, payload);
  Put(on_behalf_of.person, payload);
  Put(absl::StrCat(on_behalf_of.grants.size()), payload);
  for (const Grant& grant : on_behalf_of.grants) {
    Put(RoleName(grant.role), payload);
    Put(grant.programme, payload);
  }
  return absl::StrCat(absl::WebSafeBase64Escape(payload), ".", absl::WebSafeBase64Escape(Mac(payload)));
}

absl::StatusOr<Caller> ServiceIdentity::Verify(absl::string_view token) const {
  const std::size_t dot = token.find('.');
  std::string payload, mac;
  if (dot == absl::string_view::npos || !absl::WebSafeBase64Unescape(token.substr(0, dot), &payload) ||
      !absl::WebSafeBase64Unescape(token.substr(dot + 1), &mac) || mac.size() != crypto_auth_BYTES ||
      crypto_auth_verify(reinterpret_cast<const unsigned char*>(mac.data()),
                         reinterpret_cast<const unsigned char*>(payload.data()), payload.size(),
                         reinterpret_cast<const unsigned char*>(key_.data())) != 0) {
    return Invalid();
  }
  Reader reader(payload);
  if (reader.Text() != kVersion) return Invalid();
  Caller caller{.service = reader.Text()};
  const absl::Time expiry = absl::FromUnixMillis(reader.Number());
  caller.account = reader.Text();
  caller.person = reader.Text();
  for (int64_t n = reader.Number(); n > 0 && !reader.failed(); --n) {
    const std::string name = reader.Text();
    std::string programme = reader.Text();
    for (const Role role : kAllRoles) {
      if (RoleName(role) == name) caller.grants.push_back({.role = role, .programme = std::move(programme)});
    }
  }
  if (reader.failed() || caller.service.empty()) return Invalid();
  if (clock_->Now() >= expiry) {
    return Refuse(
        "TOKEN_EXPIRED",
        "the token of the calling service has expired; the clocks of the machines may differ by less "
        "than a minute");
  }
  return caller;
}

}  // namespace soutenance::runtime
