#ifndef SOUTENANCE_SERVICES_DIRECTORY_TESTING_CALLERS_H_
#define SOUTENANCE_SERVICES_DIRECTORY_TESTING_CALLERS_H_

#include <string>

#include "services/base/caller.h"
#include "services/base/mutation.h"

// Who asks, in tests.
namespace soutenance::directory::testing {

// `programme`: "programmes/msi", or empty for all.
inline Caller With(Role role, const std::string& programme = "") {
  return {.account = "accounts/zoe", .person = "people/zoe", .grants = {{role, programme}}};
}
inline Caller AnAdministrator() { return With(Role::kAdministrator); }
inline Caller Staff(const std::string& programme = "") { return With(Role::kStaff, programme); }
inline Caller AStudent() { return With(Role::kStudent, "programmes/msi"); }
inline Caller AService() { return {.service = "scheduling"}; }

// A call that may be repeated under the request id `id`.
inline Mutation Repeatable(const std::string& id, const std::string& fingerprint = "f") {
  return {
      .request = {.request_id = id, .account = "accounts/zoe", .method = "M", .fingerprint = fingerprint}};
}

}  // namespace soutenance::directory::testing

#endif  // SOUTENANCE_SERVICES_DIRECTORY_TESTING_CALLERS_H_
