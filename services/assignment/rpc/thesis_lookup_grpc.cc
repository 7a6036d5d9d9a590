#include "services/assignment/rpc/thesis_lookup_grpc.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/id.h"
#include "services/base/page.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

namespace pb = ::soutenance::submissions::v1;

absl::StatusOr<ThesisFacts> FromProto(const pb::Thesis& message) {
  ASSIGN_OR_RETURN(std::string id, ParseName(message.name(), "theses"));
  return ThesisFacts{.id = std::move(id),
                     .programme = message.programme(),
                     .authors = {message.authors().begin(), message.authors().end()},
                     .supervisor = message.supervisor(),
                     .company_tutor = message.company_tutor(),
                     .cohort = message.cohort(),
                     .language = message.language(),
                     .is_withdrawn = message.state() == pb::Thesis::STATE_WITHDRAWN};
}

}  // namespace

absl::StatusOr<std::vector<ThesisFacts>> ThesisLookupGrpc::AllPages(pb::ListThesesRequest request) const {
  request.set_page_size(kPageSizeMax);
  std::vector<ThesisFacts> theses;
  do {
    ASSIGN_OR_RETURN(const pb::ListThesesResponse page,
                     submissions_.Call(&pb::SubmissionsService::Stub::ListTheses, request));
    for (const pb::Thesis& message : page.theses()) {
      ASSIGN_OR_RETURN(ThesisFacts thesis, FromProto(message));
      theses.push_back(std::move(thesis));
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return theses;
}

absl::StatusOr<std::map<std::string, ThesisFacts>> ThesisLookupGrpc::Find(
    const std::set<std::string>& ids) const {
  std::map<std::string, ThesisFacts> found;
  for (auto next = ids.begin(); next != ids.end();) {
    pb::ListThesesRequest request;
    for (; next != ids.end() && request.names_size() < kPageSizeMax; ++next) {
      request.add_names(absl::StrCat("theses/", *next));
    }
    ASSIGN_OR_RETURN(std::vector<ThesisFacts> theses, AllPages(std::move(request)));
    for (ThesisFacts& thesis : theses) found.emplace(thesis.id, std::move(thesis));
  }
  return found;
}

absl::StatusOr<std::vector<ThesisFacts>> ThesisLookupGrpc::Visible(const std::string& programme) const {
  pb::ListThesesRequest request;
  request.set_programme(programme);
  return AllPages(std::move(request));
}

}  // namespace soutenance::assignment
