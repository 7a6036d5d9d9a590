#ifndef SOUTENANCE_SERVICES_DIRECTORY_FILL_PAGE_H_
#define SOUTENANCE_SERVICES_DIRECTORY_FILL_PAGE_H_

#include <utility>

#include "absl/status/statusor.h"
#include "services/base/page.h"
#include "services/base/status.h"

namespace soutenance::directory {

// A page of those entries that `may_see` lets through. `list` gives pages of all entries; it is asked again
// until the page is full, so that hidden entries leave no gaps.
template <typename T, typename List, typename MaySee>
absl::StatusOr<Page<T>> FillPage(const PageRequest& page, List list, MaySee may_see) {
  Page<T> result;
  PageRequest rest = page;
  do {
    ASSIGN_OR_RETURN(Page<T> part, list(rest));
    for (T& item : part.items) {
      if (may_see(item)) result.items.push_back(std::move(item));
    }
    result.next = std::move(part.next);
    rest.after = result.next;
    rest.size = page.size - static_cast<int>(result.items.size());
  } while (!result.next.empty() && rest.size > 0);
  return result;
}

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_FILL_PAGE_H_
