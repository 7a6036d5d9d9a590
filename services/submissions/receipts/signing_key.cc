#include "services/submissions/receipts/signing_key.h"

#include <sodium.h>

#include <algorithm>
#include <cstdlib>

#include "absl/strings/escaping.h"

namespace soutenance::submissions::receipts {
namespace {

void RequireSodium() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) std::abort();
}

const unsigned char* Unsigned(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

bool IsHex(absl::string_view text, std::size_t count) {
  return text.size() == count && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

std::string SigningKey::NewSeed() {
  RequireSodium();
  std::string seed(crypto_sign_SEEDBYTES, '\0');
  randombytes_buf(seed.data(), seed.size());
  return absl::BytesToHexString(seed);
}

absl::StatusOr<SigningKey> SigningKey::Create(absl::string_view seed) {
  RequireSodium();
  if (!IsHex(seed, 2 * crypto_sign_SEEDBYTES)) {
    return absl::InvalidArgumentError("a key for receipts is 64 lower-case hexadecimal digits");
  }
  SigningKey key;
  key.secret_.resize(crypto_sign_SECRETKEYBYTES);
  std::string public_key(crypto_sign_PUBLICKEYBYTES, '\0');
  crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(public_key.data()),
                           reinterpret_cast<unsigned char*>(key.secret_.data()),
                           Unsigned(absl::HexStringToBytes(seed)));
  key.public_key_ = absl::BytesToHexString(public_key);
  return key;
}

SigningKey::~SigningKey() { sodium_memzero(secret_.data(), secret_.size()); }

std::string SigningKey::Sign(absl::string_view text) const {
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, Unsigned(text),
                       text.size(), Unsigned(secret_));
  return absl::BytesToHexString(signature);
}

bool IsSignature(absl::string_view text, absl::string_view signature, absl::string_view public_key) {
  RequireSodium();
  if (!IsHex(signature, 2 * crypto_sign_BYTES) || !IsHex(public_key, 2 * crypto_sign_PUBLICKEYBYTES))
    return false;
  return crypto_sign_verify_detached(Unsigned(absl::HexStringToBytes(signature)), Unsigned(text), text.size(),
                                     Unsigned(absl::HexStringToBytes(public_key))) == 0;
}

}  // namespace soutenance::submissions::receipts
