#ifndef SOUTENANCE_SERVICES_DIRECTORY_TOKEN_SECRET_H_
#define SOUTENANCE_SERVICES_DIRECTORY_TOKEN_SECRET_H_

#include <string>

#include "absl/strings/string_view.h"

// The secrets of bearer tokens: "sout_" and 256 random bits in URL-safe base 64.
namespace soutenance::directory {

// A new secret from the system's random source. Ends the process if there is none.
std::string NewTokenSecret();

// Whether `text` has the form of a secret. What has not, need not be looked for.
bool LooksLikeTokenSecret(absl::string_view text);

// What is kept of `secret`: its BLAKE2b hash of 256 bits, in hexadecimal. A secret of 256 random bits cannot
// be guessed from it, and looking up a hash tells nothing by its timing about secrets that hash to others.
std::string TokenHash(absl::string_view secret);

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_TOKEN_SECRET_H_
