#ifndef SOUTENANCE_SERVICES_RUNTIME_WIRE_CHANGES_H_
#define SOUTENANCE_SERVICES_RUNTIME_WIRE_CHANGES_H_

#include "services/base/change.h"
#include "soutenance/changes/v1/change.pb.h"

namespace soutenance::runtime {

changes::v1::ChangeList ToProto(const ChangeList& list);

}  // namespace soutenance::runtime

#endif  // SOUTENANCE_SERVICES_RUNTIME_WIRE_CHANGES_H_
