#ifndef SOUTENANCE_SERVICES_DIRECTORY_IN_TRANSACTION_H_
#define SOUTENANCE_SERVICES_DIRECTORY_IN_TRANSACTION_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/base/clock.h"

// The transactions of the stores, for work that results in a value.
namespace soutenance::directory {

// What time it is, in the whole microseconds that stores keep: what is returned now equals what is read
// later.
inline absl::Time StoredNow(const Clock& clock) {
  return absl::FromUnixMicros(absl::ToUnixMicros(clock.Now()));
}

// The value of `look(reader)` on one snapshot of `store`.
template <typename T, typename Store, typename Look>
absl::StatusOr<T> ReadFrom(const Store& store, Look look) {
  absl::StatusOr<T> result = absl::UnknownError("the store did not look");
  const absl::Status status = store.Read([&](const typename Store::Reader& reader) {
    result = look(reader);
    return result.status();
  });
  if (!status.ok()) return status;
  return result;
}

// The value of `work(writer)`, once its transaction is committed.
template <typename T, typename Store, typename Action>
absl::StatusOr<T> WriteTo(Store& store, Action work) {
  absl::StatusOr<T> result = absl::UnknownError("the store did not work");
  const absl::Status status = store.Write([&](typename Store::Writer& writer) {
    result = work(writer);
    return result.status();
  });
  if (!status.ok()) return status;
  return result;
}

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_IN_TRANSACTION_H_
