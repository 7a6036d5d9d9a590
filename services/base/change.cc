#include "services/base/change.h"

#include <algorithm>
#include <utility>

#include "services/base/record.h"

namespace soutenance {

void ChangeList::Add(Change change) {
  switch (change.kind) {
    case Change::Kind::kCreated:
      ++created_count_;
      break;
    case Change::Kind::kUpdated:
      ++updated_count_;
      break;
    case Change::Kind::kRemoved:
      ++removed_count_;
      break;
  }
  // Callers usually come in the order of the names, so this is an append.
  const auto place =
      std::upper_bound(changes_.begin(), changes_.end(), change,
                       [](const Change& a, const Change& b) { return a.resource < b.resource; });
  changes_.insert(place, std::move(change));
  if (changes_.size() > kListedMax) changes_.pop_back();
}

std::string ChangeList::Serialize() const {
  RecordWriter out;
  out.Integer(created_count_).Integer(updated_count_).Integer(removed_count_).Integer(unchanged_count_);
  for (const Change& change : changes_) {
    out.Integer(static_cast<int>(change.kind)).Text(change.resource).Text(change.label);
    out.Integer(static_cast<int64_t>(change.fields.size()));
    for (const Change::Field& field : change.fields) {
      out.Text(field.name).Text(field.before).Text(field.after);
    }
  }
  return out.bytes();
}

absl::StatusOr<ChangeList> ChangeList::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  ChangeList list;
  list.created_count_ = static_cast<int>(in.Integer());
  list.updated_count_ = static_cast<int>(in.Integer());
  list.removed_count_ = static_cast<int>(in.Integer());
  list.unchanged_count_ = static_cast<int>(in.Integer());
  while (!in.IsAtEnd()) {
    Change change;
    change.kind = static_cast<Change::Kind>(in.Integer());
    change.resource = in.Text();
    change.label = in.Text();
    for (int64_t n = in.Integer(); n > 0 && !in.IsAtEnd(); --n) {
      std::string name = in.Text();
      std::string before = in.Text();
      change.fields.push_back({.name = std::move(name), .before = std::move(before), .after = in.Text()});
    }
    list.changes_.push_back(std::move(change));
  }
  if (!in.IsComplete()) return absl::DataLossError("the bytes are not a list of changes");
  return list;
}

}  // namespace soutenance
