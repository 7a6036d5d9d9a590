#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_RECEIPTS_SIGNING_KEY_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_RECEIPTS_SIGNING_KEY_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace soutenance::submissions::receipts {

// An Ed25519 key pair. Kept as its seed, 64 hexadecimal digits, which must stay secret. Immutable.
class SigningKey {
 public:
  // A new random seed.
  static std::string NewSeed();
  // INVALID_ARGUMENT if `seed` is not 64 hexadecimal digits.
  static absl::StatusOr<SigningKey> Create(absl::string_view seed);
  ~SigningKey();
  SigningKey(const SigningKey&) = default;
  SigningKey& operator=(const SigningKey&) = default;

  // 64 hexadecimal digits.
  const std::string& public_key() const { return public_key_; }
  // 128 hexadecimal digits; the same for the same text.
  std::string Sign(absl::string_view text) const;

 private:
  SigningKey() = default;

  std::string secret_;
  std::string public_key_;
};

// Whether `signature` is that of `text` by the owner of `public_key`; also false if they are not hexadecimal
// digits of the right number.
bool IsSignature(absl::string_view text, absl::string_view signature, absl::string_view public_key);

// Whether `text` is `count` lower-case hexadecimal digits.
bool IsHex(absl::string_view text, std::size_t count);

}  // namespace soutenance::submissions::receipts

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_RECEIPTS_SIGNING_KEY_H_
