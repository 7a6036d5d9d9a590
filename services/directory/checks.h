#ifndef SOUTENANCE_SERVICES_DIRECTORY_CHECKS_H_
#define SOUTENANCE_SERVICES_DIRECTORY_CHECKS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/base/error.h"

// The checks that several entities share. Each appends one problem for `field` if the value cannot be
// accepted.
namespace soutenance::directory {

// Longest texts, in characters.
inline constexpr std::size_t kNameCharactersMax = 200;
inline constexpr std::size_t kTitleCharactersMax = 500;

enum class Presence { kRequired, kOptional };

// Valid UTF-8 on one line, without control characters, of at most `characters_max` characters; not empty if
// required.
void CheckText(absl::string_view text, Presence presence, std::size_t characters_max, std::string field,
               std::vector<FieldViolation>& problems);

// A legal id (services/base/id.h).
void CheckIdField(absl::string_view id, std::string field, std::vector<FieldViolation>& problems);

// A whole number from 0 to `max`.
void CheckCount(int64_t number, int64_t max, std::string field, std::vector<FieldViolation>& problems);

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_CHECKS_H_
