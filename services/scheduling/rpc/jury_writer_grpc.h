#ifndef SOUTENANCE_SERVICES_SCHEDULING_RPC_JURY_WRITER_GRPC_H_
#define SOUTENANCE_SERVICES_SCHEDULING_RPC_JURY_WRITER_GRPC_H_

#include "absl/time/time.h"
#include "services/runtime/calls.h"
#include "services/runtime/peer_calls.h"
#include "services/runtime/peers.h"
#include "services/scheduling/jury_writer.h"
#include "soutenance/assignment/v1/assignment.grpc.pb.h"

namespace soutenance::scheduling {

// JuryWriter over the module "assignment", in one call. Safe for concurrent use.
class JuryWriterGrpc final : public JuryWriter {
 public:
  // Both must outlive it.
  JuryWriterGrpc(runtime::Peers& peers, const runtime::Calls& calls)
      : assignment_(peers, calls, "assignment", absl::Seconds(50)) {}

  absl::StatusOr<ChangeList> SetJuries(absl::Span<const JuryToSet> juries, absl::string_view request_id,
                                       bool validate_only) override;

 private:
  runtime::PeerCalls<assignment::v1::AssignmentService> assignment_;
};

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_RPC_JURY_WRITER_GRPC_H_
