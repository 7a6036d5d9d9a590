#ifndef SOUTENANCE_STORAGE_SQL_IN_LIST_H_
#define SOUTENANCE_STORAGE_SQL_IN_LIST_H_

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/base/status.h"
#include "storage/sql/session.h"

namespace soutenance::storage::sql {

// A statement about many ids at once, "SELECT ... WHERE id IN (:ids)". Its text is a constant, as a Session
// wants it: it has room for kIdsMax ids, and a shorter list repeats its last one. Reads of thousands of rows
// cost one statement for every kIdsMax of them. A single id, the most frequent list, has a text of its own.
class InList {
 public:
  static constexpr std::size_t kIdsMax = 100;

  // `sql` contains "(:ids)" once and no other parameter.
  explicit InList(absl::string_view sql);

  // Calls `each(const Row&)`, which returns nothing or an absl::Status, for every row: in the order of the
  // statement within every kIdsMax of `ids`. A repeated id may give its rows once or more often.
  template <typename F>
  absl::Status Query(Session& session, absl::Span<const std::string> ids, F&& each) const {
    for (std::size_t begin = 0; begin < ids.size(); begin += kIdsMax) {
      const std::size_t end = std::min(ids.size(), begin + kIdsMax);
      std::vector<Value> values(ids.begin() + static_cast<std::ptrdiff_t>(begin),
                                ids.begin() + static_cast<std::ptrdiff_t>(end));
      if (values.size() > 1) values.resize(kIdsMax, values.back());
      RETURN_IF_ERROR(session.Query(values.size() > 1 ? text_ : text_of_one_, values, each));
    }
    return absl::OkStatus();
  }

 private:
  std::string text_;
  std::string text_of_one_;
};

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_IN_LIST_H_
