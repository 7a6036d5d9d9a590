#include "services/submissions/content_store.h"

#include <algorithm>

namespace soutenance::submissions {

bool IsSha256(absl::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

}  // namespace soutenance::submissions
