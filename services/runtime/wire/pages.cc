#include "services/runtime/wire/pages.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace soutenance::runtime {
namespace {

// Says which form the token has, so that a later form can be told apart.
constexpr absl::string_view kForm = "after:";

}  // namespace

PageRequest PageFromProto(int32_t page_size, absl::string_view page_token,
                          std::vector<FieldViolation>& problems) {
  PageRequest page;
  if (page_size < 0) {
    problems.push_back({.field = "page_size",
                        .description = absl::StrCat(page_size, " is negative; 0 means ", kPageSizeDefault)});
  } else if (page_size > 0) {
    page.size = std::min(page_size, kPageSizeMax);
  }
  if (page_token.empty()) return page;
  std::string text;
  absl::string_view after;
  if (absl::WebSafeBase64Unescape(page_token, &text) && absl::StartsWith(text, kForm)) {
    after = absl::StripPrefix(text, kForm);
  }
  if (after.empty()) {
    problems.push_back({.field = "page_token",
                        .description = "is not a token of an earlier answer; leave it empty to begin anew"});
  }
  page.after = std::string(after);
  return page;
}

std::string PageToken(absl::string_view next) {
  return next.empty() ? "" : absl::WebSafeBase64Escape(absl::StrCat(kForm, next));
}

}  // namespace soutenance::runtime
