#ifndef SOUTENANCE_SERVICES_BASE_PAGE_H_
#define SOUTENANCE_SERVICES_BASE_PAGE_H_

#include <string>
#include <vector>

namespace soutenance {

inline constexpr int kPageSizeDefault = 100;
inline constexpr int kPageSizeMax = 1000;

// Which part of a list is wanted. Lists are ordered by resource name, byte by byte.
struct PageRequest {
  int size = kPageSizeDefault;  // 1 to kPageSizeMax entries
  std::string after;            // the resource id of the last entry already seen; empty for the first page
};

template <typename T>
struct Page {
  std::vector<T> items;
  std::string next;  // what to put in PageRequest::after for the next page; empty if this is the last one
};

}  // namespace soutenance

#endif  // SOUTENANCE_SERVICES_BASE_PAGE_H_
