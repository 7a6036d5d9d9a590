#ifndef SOUTENANCE_SERVICES_HOST_MODULE_BUILDERS_H_
#define SOUTENANCE_SERVICES_HOST_MODULE_BUILDERS_H_

#include <memory>

#include "absl/status/statusor.h"
#include "services/host/hosted.h"

namespace soutenance::host {

// One for each module of the table, in its own file (<module>_module.cc): opens the database of the module,
// builds its stores, use cases and services. Errors are those of storage::OpenServiceDatabase.
absl::StatusOr<std::unique_ptr<Hosted>> BuildDirectory(const Parts& parts);
absl::StatusOr<std::unique_ptr<Hosted>> BuildSubmissions(const Parts& parts);
absl::StatusOr<std::unique_ptr<Hosted>> BuildAssignment(const Parts& parts);
absl::StatusOr<std::unique_ptr<Hosted>> BuildScheduling(const Parts& parts);

}  // namespace soutenance::host

#endif  // SOUTENANCE_SERVICES_HOST_MODULE_BUILDERS_H_
