#include "services/scheduling/rpc/thesis_lookup_grpc.h"

#include <algorithm>

#include "services/base/page.h"
#include "services/base/status.h"
#include "services/scheduling/rpc/name_chunks.h"

namespace soutenance::scheduling {
namespace {

namespace pb = ::soutenance::submissions::v1;

// What is not known here, is closed.
Confidentiality LevelOf(const pb::Thesis& thesis) {
  switch (thesis.level()) {
    case pb::CONFIDENTIALITY_PUBLIC:
      return Confidentiality::kPublic;
    case pb::CONFIDENTIALITY_INTERNAL:
      return Confidentiality::kInternal;
    case pb::CONFIDENTIALITY_JURY:
      return Confidentiality::kJury;
    case pb::CONFIDENTIALITY_UNSPECIFIED:  // of a server that knows no levels
      return thesis.confidential() ? Confidentiality::kClosedSession : Confidentiality::kInternal;
    default:
      return Confidentiality::kClosedSession;
  }
}

// Whether it is not defended: for good, or for the time being.
bool IsOut(pb::Thesis::State state) {
  return state == pb::Thesis::STATE_WITHDRAWN || state == pb::Thesis::STATE_ABANDONED ||
         state == pb::Thesis::STATE_SUSPENDED || state == pb::Thesis::STATE_SUBJECT_REFUSED;
}

ThesisFacts FactsOf(const pb::Thesis& thesis) {
  return {.name = thesis.name(),
          .title = thesis.title(),
          .authors = {thesis.authors().begin(), thesis.authors().end()},
          .supervisor = thesis.supervisor(),
          .company_tutor = thesis.company_tutor(),
          .programme = thesis.programme(),
          .cohort = thesis.cohort(),
          .level = LevelOf(thesis),
          .is_withdrawn = IsOut(thesis.state())};
}

}  // namespace

absl::StatusOr<std::vector<ThesisFacts>> ThesisLookupGrpc::Theses(absl::Span<const std::string> names) const {
  return Ask(names, For::kCaller);
}

absl::StatusOr<std::map<std::string, Confidentiality>> ThesisLookupGrpc::LevelsOf(
    absl::Span<const std::string> names) const {
  std::map<std::string, Confidentiality> levels;
  ASSIGN_OR_RETURN(const std::vector<ThesisFacts> theses, Ask(names, For::kItself));
  for (const ThesisFacts& thesis : theses) levels[thesis.name] = thesis.level;
  return levels;
}

absl::StatusOr<std::vector<ThesisFacts>> ThesisLookupGrpc::Ask(absl::Span<const std::string> names,
                                                               For whom) const {
  std::vector<ThesisFacts> theses;
  RETURN_IF_ERROR(ForEachChunk(names, [&](absl::Span<const std::string> chunk) -> absl::Status {
    pb::ListThesesRequest request;
    request.set_page_size(kPageSizeMax);
    for (const std::string& name : chunk) request.add_names(name);
    do {
      constexpr auto kList = &pb::SubmissionsService::Stub::ListTheses;
      ASSIGN_OR_RETURN(const pb::ListThesesResponse page, whom == For::kCaller
                                                              ? submissions_.Call(kList, request)
                                                              : submissions_.CallForItself(kList, request));
      for (const pb::Thesis& thesis : page.theses()) theses.push_back(FactsOf(thesis));
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return absl::OkStatus();
  }));
  std::sort(theses.begin(), theses.end(),
            [](const ThesisFacts& a, const ThesisFacts& b) { return a.name < b.name; });
  return theses;
}

}  // namespace soutenance::scheduling
