#include "storage/sql/in_list.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace soutenance::storage::sql {

InList::InList(absl::string_view sql) {
  std::string names = "(:id0";
  for (std::size_t i = 1; i < kIdsMax; ++i) absl::StrAppend(&names, ", :id", i);
  text_of_one_ = absl::StrReplaceAll(sql, {{"(:ids)", "(:id0)"}});
  text_ = absl::StrReplaceAll(sql, {{"(:ids)", absl::StrCat(names, ")")}});
}

}  // namespace soutenance::storage::sql
