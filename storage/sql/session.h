#ifndef SOUTENANCE_STORAGE_SQL_SESSION_H_
#define SOUTENANCE_STORAGE_SQL_SESSION_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

// What an adapter sees of a database: a Session inside a transaction, Values going in, Rows coming out. No
// SOCI type appears here, so that adapters compile fast and no exception reaches them.
namespace soutenance::storage::sql {

class Connection;

// A value bound to a statement's parameter. Refers to the text it is made of, which must outlive the call.
class Value {
 public:
  enum class Kind { kText, kInteger, kReal };

  Value(absl::string_view text) : kind_(Kind::kText), text_(text) {}
  Value(const std::string& text) : Value(absl::string_view(text)) {}
  Value(const char* text) : Value(absl::string_view(text)) {}
  Value(double real) : kind_(Kind::kReal), real_(real) {}
  // Booleans are stored as 0 and 1.
  template <typename T, std::enable_if_t<std::is_integral_v<T>, int> = 0>
  Value(T integer) : kind_(Kind::kInteger), integer_(static_cast<int64_t>(integer)) {}
  // Instants are stored as microseconds since 1970, UTC.
  Value(absl::Time time) : Value(absl::ToUnixMicros(time)) {}
  // Nothing is stored as NULL.
  template <typename T>
  Value(const std::optional<T>& value) : Value(value ? Value(*value) : Value(T{})) {
    is_null_ = !value.has_value();
  }

  Kind kind() const { return kind_; }
  bool is_null() const { return is_null_; }
  absl::string_view text() const { return text_; }
  int64_t integer() const { return integer_; }
  double real() const { return real_; }

 private:
  Kind kind_;
  bool is_null_ = false;
  absl::string_view text_;
  int64_t integer_ = 0;
  double real_ = 0;
};

// One row of a result. Columns are counted from 0. NULL reads as empty text, 0, or the first instant of 1970;
// the Optional... forms tell it apart. A column that does not hold the asked kind of value makes the whole
// query return DATA_LOSS. Valid only inside the function it was given to.
class Row {
 public:
  Row(const std::vector<std::string>& columns, const std::vector<bool>& nulls)
      : columns_(columns), nulls_(nulls) {}

  bool IsNull(std::size_t column) const { return nulls_[column]; }
  const std::string& Text(std::size_t column) const { return columns_[column]; }
  int64_t Integer(std::size_t column) const;
  int Int(std::size_t column) const;
  bool Bool(std::size_t column) const { return Integer(column) != 0; }
  double Real(std::size_t column) const;
  absl::Time Time(std::size_t column) const { return absl::FromUnixMicros(Integer(column)); }
  std::optional<std::string> OptionalText(std::size_t column) const;
  std::optional<int64_t> OptionalInteger(std::size_t column) const;
  std::optional<absl::Time> OptionalTime(std::size_t column) const;

  // Whether every column read so far held the kind of value that was asked for.
  bool IsSound() const { return sound_; }

 private:
  const std::vector<std::string>& columns_;
  const std::vector<bool>& nulls_;
  mutable bool sound_ = true;
};

// Runs statements inside one transaction. Given by Database::Read and Database::Write, valid only during that
// call, used by one thread.
//
// Statements are prepared once per connection and found again by their text, so the text must be a constant:
// never paste a value into it. Parameters are written `:name`; `values` gives them in the order in which
// their names first appear, and a name that appears again stands for the same value.
//
// Every statement that fails makes the transaction fail: even if the caller drops the error, Write rolls back
// and returns it. Statements for which a conflict is a normal outcome say ON CONFLICT DO NOTHING.
//
// Errors: ALREADY_EXISTS, reason UNIQUE_VIOLATION; FAILED_PRECONDITION, reason REFERENCE_BROKEN, for a
// foreign key; UNAVAILABLE, reason STORE_BUSY or STORE_DOWN; RESOURCE_EXHAUSTED, reason STORE_FULL; else
// INTERNAL.
class Session {
 public:
  explicit Session(Connection& connection) : connection_(connection) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Runs a statement whose rows, if it returns any, are of no interest.
  absl::Status Execute(absl::string_view sql, absl::Span<const Value> values = {});

  // The same, and returns how many rows were inserted, changed, deleted or, with RETURNING, returned.
  absl::StatusOr<int64_t> ExecuteCounting(absl::string_view sql, absl::Span<const Value> values = {});

  // Calls `each(const Row&)` for every row of the result, in order. `each` returns nothing, or an
  // absl::Status of which the first that is not OK ends the query and is returned. `each` may run other
  // statements, but not the same one.
  template <typename F>
  absl::Status Query(absl::string_view sql, absl::Span<const Value> values, F&& each) {
    if constexpr (std::is_void_v<std::invoke_result_t<F&, const Row&>>) {
      return Rows(sql, values, [&](const Row& row) {
        each(row);
        return absl::OkStatus();
      });
    } else {
      return Rows(sql, values, each);
    }
  }

 private:
  absl::Status Rows(absl::string_view sql, absl::Span<const Value> values,
                    absl::FunctionRef<absl::Status(const Row&)> each);

  Connection& connection_;
};

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_SESSION_H_
