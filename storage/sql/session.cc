#include "storage/sql/session.h"

#include <limits>

#include "absl/strings/numbers.h"
#include "storage/sql/connection.h"

namespace soutenance::storage::sql {

int64_t Row::Integer(std::size_t column) const {
  int64_t value = 0;
  if (!nulls_[column] && !absl::SimpleAtoi(columns_[column], &value)) sound_ = false;
  return value;
}

int Row::Int(std::size_t column) const {
  const int64_t value = Integer(column);
  if (value < std::numeric_limits<int>::min() || value > std::numeric_limits<int>::max()) {
    sound_ = false;
    return 0;
  }
  return static_cast<int>(value);
}

double Row::Real(std::size_t column) const {
  double value = 0;
  if (!nulls_[column] && !absl::SimpleAtod(columns_[column], &value)) sound_ = false;
  return value;
}

std::optional<std::string> Row::OptionalText(std::size_t column) const {
  if (IsNull(column)) return std::nullopt;
  return Text(column);
}

std::optional<int64_t> Row::OptionalInteger(std::size_t column) const {
  if (IsNull(column)) return std::nullopt;
  return Integer(column);
}

std::optional<absl::Time> Row::OptionalTime(std::size_t column) const {
  if (IsNull(column)) return std::nullopt;
  return Time(column);
}

absl::Status Session::Execute(absl::string_view sql, absl::Span<const Value> values) {
  return connection_.Run(sql, values, nullptr).status();
}

absl::StatusOr<int64_t> Session::ExecuteCounting(absl::string_view sql, absl::Span<const Value> values) {
  return connection_.Run(sql, values, nullptr);
}

absl::Status Session::Rows(absl::string_view sql, absl::Span<const Value> values,
                           absl::FunctionRef<absl::Status(const Row&)> each) {
  return connection_.Run(sql, values, &each).status();
}

}  // namespace soutenance::storage::sql
