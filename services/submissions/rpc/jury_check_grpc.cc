#include "services/submissions/rpc/jury_check_grpc.h"

#include <string>

namespace soutenance::submissions {

namespace pb = ::soutenance::assignment::v1;

namespace {

void Write(const Thesis& thesis, pb::ThesisAsToBecome& message) {
  message.set_name(thesis.Name());
  message.set_programme(thesis.programme);
  for (const std::string& author : thesis.authors) message.add_authors(author);
  message.set_supervisor(thesis.supervisor);
  message.set_company_tutor(thesis.company_tutor);
}

}  // namespace

absl::Status JuryCheckGrpc::Check(const std::vector<Thesis>& theses) const {
  pb::CheckThesisChangesRequest request;
  for (const Thesis& thesis : theses) Write(thesis, *request.add_theses());
  return conflicts_.Call(&pb::ConflictService::Stub::CheckThesisChanges, request).status();
}

absl::Status ReviewerCheckGrpc::Check(const Thesis& thesis, const std::string& person) const {
  pb::CheckReviewerRequest request;
  Write(thesis, *request.mutable_thesis());
  request.set_person(person);
  return conflicts_.Call(&pb::ConflictService::Stub::CheckReviewer, request).status();
}

absl::Status JuryCheckGrpc::Follow(const std::vector<Thesis>& theses) const {
  pb::FollowThesesRequest request;
  for (const Thesis& thesis : theses) {
    pb::FollowThesesRequest::Place& place = *request.add_places();
    place.set_thesis(thesis.Name());
    place.set_programme(thesis.programme);
  }
  return juries_.CallForItself(&pb::AssignmentService::Stub::FollowTheses, request).status();
}

}  // namespace soutenance::submissions
