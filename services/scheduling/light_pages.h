#ifndef SOUTENANCE_SERVICES_SCHEDULING_LIGHT_PAGES_H_
#define SOUTENANCE_SERVICES_SCHEDULING_LIGHT_PAGES_H_

#include <cstddef>
#include <string>

#include "services/base/page.h"
#include "services/scheduling/resource_names.h"

namespace soutenance::scheduling {

// Entries of entries, such as the periods of answers, that one page carries: about a megabyte, a quarter of
// what a client receives at once.
inline constexpr std::size_t kPageWeightMax = 20'000;

// Cuts `page` after the entry with which it weighs kPageWeightMax or more, so that a list of heavy entries
// has more pages instead of answers that cannot be sent. `weight_of(item)` is the number of its entries,
// `name_of(item)` the resource name by whose id the list is ordered.
template <typename T, typename W, typename N>
void Lighten(Page<T>& page, W&& weight_of, N&& name_of) {
  std::size_t weight = 0;
  for (std::size_t i = 0; i + 1 < page.items.size(); ++i) {
    weight += weight_of(page.items[i]);
    if (weight < kPageWeightMax) continue;
    page.items.resize(i + 1);
    page.next = std::string(IdOf(name_of(page.items[i])));
    return;
  }
}

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_LIGHT_PAGES_H_
