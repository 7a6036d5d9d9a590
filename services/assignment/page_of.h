#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_PAGE_OF_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_PAGE_OF_H_

#include <map>
#include <string>
#include <utility>

#include "services/base/page.h"

namespace soutenance::assignment {

// A page of what is in memory as a whole, by its key. Takes the entries of the page out of `all`.
template <typename T>
Page<T> PageOf(std::map<std::string, T>& all, const PageRequest& request) {
  Page<T> page;
  for (auto entry = all.upper_bound(request.after); entry != all.end(); ++entry) {
    if (page.items.size() == static_cast<std::size_t>(request.size)) {
      page.next = std::prev(entry)->first;
      break;
    }
    page.items.push_back(std::move(entry->second));
  }
  return page;
}

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_PAGE_OF_H_
