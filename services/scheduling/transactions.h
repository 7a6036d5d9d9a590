#ifndef SOUTENANCE_SERVICES_SCHEDULING_TRANSACTIONS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_TRANSACTIONS_H_

#include <optional>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "services/scheduling/timetable_store.h"

// Transactions with a value: what `look` and `work` return is an absl::StatusOr<T>, and so is the result.
namespace soutenance::scheduling {

// `Look` is called with a const TimetableReader&.
template <typename Look>
std::invoke_result_t<Look&, const TimetableReader&> ReadFrom(const TimetableStore& store, Look look) {
  std::optional<std::invoke_result_t<Look&, const TimetableReader&>> result;
  absl::Status status = store.Read([&](const TimetableReader& reader) {
    result.emplace(look(reader));
    return result->status();
  });
  if (!status.ok()) return status;
  return *std::move(result);
}

// `Work` is called with a TimetableWriter&, perhaps twice.
template <typename Work>
std::invoke_result_t<Work&, TimetableWriter&> WriteTo(TimetableStore& store, Work work) {
  std::optional<std::invoke_result_t<Work&, TimetableWriter&>> result;
  absl::Status status = store.Write([&](TimetableWriter& writer) {
    result.emplace(work(writer));
    return result->status();
  });
  if (!status.ok()) return status;
  return *std::move(result);
}

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_TRANSACTIONS_H_
