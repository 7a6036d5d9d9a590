#include "services/scheduling/solver/model/utf8.h"

#include <cstdint>

namespace soutenance::scheduling::solver {
namespace {

// How many bytes follow a first byte; -1: it is none.
int FollowersOf(unsigned char first) {
  if (first < 0x80) return 0;
  if (first < 0xC2) return -1;
  if (first < 0xE0) return 1;
  if (first < 0xF0) return 2;
  return first < 0xF5 ? 3 : -1;
}

}  // namespace

bool IsUtf8(absl::string_view text) {
  constexpr uint32_t kLeast[] = {0, 0x80, 0x800, 0x10000};
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i]);
    const int followers = FollowersOf(first);
    if (followers < 0 || text.size() - i <= static_cast<std::size_t>(followers)) return false;
    uint32_t character = followers == 0 ? first : first & (0x3Fu >> followers);
    for (int k = 1; k <= followers; ++k) {
      const auto next = static_cast<unsigned char>(text[i + static_cast<std::size_t>(k)]);
      if ((next & 0xC0) != 0x80) return false;
      character = (character << 6) | (next & 0x3F);
    }
    const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
    if (character < kLeast[followers] || surrogate || character > 0x10FFFF) return false;
    i += static_cast<std::size_t>(followers) + 1;
  }
  return true;
}

}  // namespace soutenance::scheduling::solver
