#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RPC_JURY_RULE_SERVICE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RPC_JURY_RULE_SERVICE_H_

#include "services/assignment/jury_rule_book.h"
#include "services/runtime/calls.h"
#include "soutenance/assignment/v1/rules.grpc.pb.h"

namespace soutenance::assignment {

// The wire side of JuryRuleBook; the contract is rules.proto. Safe for concurrent use.
class JuryRuleService final : public v1::JuryRuleService::Service {
 public:
  // Both must outlive it.
  JuryRuleService(JuryRuleBook& book, const runtime::Calls& calls) : book_(book), calls_(calls) {}

  grpc::Status GetJuryRules(grpc::ServerContext* context, const v1::GetJuryRulesRequest* request,
                            v1::JuryRules* response) override;
  grpc::Status SetJuryRules(grpc::ServerContext* context, const v1::SetJuryRulesRequest* request,
                            v1::JuryRules* response) override;
  grpc::Status ListDefaultJuryRules(grpc::ServerContext* context,
                                    const v1::ListDefaultJuryRulesRequest* request,
                                    v1::ListDefaultJuryRulesResponse* response) override;
  grpc::Status CheckJuries(grpc::ServerContext* context, const v1::CheckJuriesRequest* request,
                           v1::CheckJuriesResponse* response) override;
  grpc::Status GrantDerogation(grpc::ServerContext* context, const v1::GrantDerogationRequest* request,
                               v1::Derogation* response) override;
  grpc::Status RevokeDerogation(grpc::ServerContext* context, const v1::RevokeDerogationRequest* request,
                                google::protobuf::Empty* response) override;
  grpc::Status ListDerogations(grpc::ServerContext* context, const v1::ListDerogationsRequest* request,
                               v1::ListDerogationsResponse* response) override;

 private:
  JuryRuleBook& book_;
  const runtime::Calls& calls_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RPC_JURY_RULE_SERVICE_H_
