#ifndef SOUTENANCE_SERVICES_BASE_CHANGE_H_
#define SOUTENANCE_SERVICES_BASE_CHANGE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace soutenance {

// What a bulk operation did, or would do, to one resource. The values of the kinds are those of
// soutenance.changes.v1.Change.Kind.
struct Change {
  enum class Kind { kCreated = 1, kUpdated = 2, kRemoved = 3 };

  // One field that differs.
  struct Field {
    std::string name;    // in the resource's message: "capacity"
    std::string before;  // as a person would read it; empty if there was none
    std::string after;

    friend bool operator==(const Field&, const Field&) = default;
  };

  Kind kind = Kind::kCreated;
  std::string resource;       // "people/ana"
  std::string label;          // what a person calls it: "Ana Martin"
  std::vector<Field> fields;  // only for kUpdated

  friend bool operator==(const Change&, const Change&) = default;
};

// The result of a bulk operation on one collection. Invariant: `changes` is ordered by resource and holds all
// changes, or the first kListedMax of them; the counts are complete.
class ChangeList {
 public:
  static constexpr std::size_t kListedMax = 1000;

  // Counts `change`, and keeps it if it is among the first kListedMax by resource.
  void Add(Change change);
  // Counts a resource that stays as it is.
  void AddUnchanged() { ++unchanged_count_; }

  const std::vector<Change>& changes() const { return changes_; }
  int created_count() const { return created_count_; }
  int updated_count() const { return updated_count_; }
  int removed_count() const { return removed_count_; }
  int unchanged_count() const { return unchanged_count_; }

  // Whether nothing changed.
  bool IsEmpty() const { return created_count_ + updated_count_ + removed_count_ == 0; }

  // The list as bytes, for the result that is kept under a request id, and back. Parse returns DATA_LOSS if
  // `bytes` does not come from Serialize.
  std::string Serialize() const;
  static absl::StatusOr<ChangeList> Parse(absl::string_view bytes);

  friend bool operator==(const ChangeList&, const ChangeList&) = default;

 private:
  std::vector<Change> changes_;
  int created_count_ = 0;
  int updated_count_ = 0;
  int removed_count_ = 0;
  int unchanged_count_ = 0;
};

}  // namespace soutenance

#endif  // SOUTENANCE_SERVICES_BASE_CHANGE_H_
