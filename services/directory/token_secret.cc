#include "services/directory/token_secret.h"

#include <sodium.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace soutenance::directory {
namespace {

constexpr absl::string_view kPrefix = "sout_";
constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kEncodedBytes = 43;  // 32 bytes in base 64 without padding

void RequireSodium() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) std::abort();
}

}  // namespace

std::string NewTokenSecret() {
  RequireSodium();
  unsigned char bytes[kSecretBytes];
  randombytes_buf(bytes, sizeof bytes);
  const std::string encoded =
      absl::WebSafeBase64Escape(absl::string_view(reinterpret_cast<const char*>(bytes), sizeof bytes));
  sodium_memzero(bytes, sizeof bytes);
  return absl::StrCat(kPrefix, encoded);
}

bool LooksLikeTokenSecret(absl::string_view text) {
  if (text.size() != kPrefix.size() + kEncodedBytes || !absl::StartsWith(text, kPrefix)) return false;
  text.remove_prefix(kPrefix.size());
  return std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_';
  });
}

std::string TokenHash(absl::string_view secret) {
  RequireSodium();
  unsigned char hash[crypto_generichash_BYTES];
  crypto_generichash(hash, sizeof hash, reinterpret_cast<const unsigned char*>(secret.data()), secret.size(),
                     nullptr, 0);
  return absl::BytesToHexString(absl::string_view(reinterpret_cast<const char*>(hash), sizeof hash));
}

}  // namespace soutenance::directory
