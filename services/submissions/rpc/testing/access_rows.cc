#include "services/submissions/rpc/testing/access_rows.h"

#include "soutenance/submissions/v1/checks.grpc.pb.h"
#include "soutenance/submissions/v1/drafts.grpc.pb.h"
#include "soutenance/submissions/v1/outages.grpc.pb.h"
#include "soutenance/submissions/v1/problems.grpc.pb.h"
#include "soutenance/submissions/v1/reviews.grpc.pb.h"
#include "soutenance/submissions/v1/statements.grpc.pb.h"
#include "soutenance/submissions/v1/submissions.grpc.pb.h"

namespace soutenance::submissions::access_test {

const std::vector<std::string>& ServiceNames() {
  static const auto& names = *new std::vector<std::string>{
      v1::SubmissionsService::service_full_name(), v1::DraftService::service_full_name(),
      v1::DraftCheckService::service_full_name(),  v1::ProblemService::service_full_name(),
      v1::ReviewService::service_full_name(),      v1::StatementService::service_full_name(),
      v1::OutageService::service_full_name()};
  return names;
}

const std::vector<Row>& Rows() {
  using enum Shows;
  constexpr About kNothing_ = About::kNothing;
  constexpr About kThesis_ = About::kThesis;
  constexpr About kProblem_ = About::kProblem;
  // clang-format off
  static const auto& rows = *new std::vector<Row>{
      {"SubmissionsService/GetThesis", R"(name: "theses/thesis-x")", kThesis_, kTexts, false, true},
      {"SubmissionsService/ListTheses", "", kThesis_, kTexts, false, true},
      {"SubmissionsService/ListTheses", R"(names: "theses/thesis-x")", kThesis_, kTexts},
      {"SubmissionsService/ListTheses", R"(programme: "programmes/msi")", kThesis_, kTexts},
      {"SubmissionsService/ListTheses", R"(text: "CANARY-text")", kThesis_, kTexts},
      {"SubmissionsService/CreateThesis", R"(thesis_id: "thesis-x" validate_only: true thesis { title: "t" authors: "people/a" supervisor: "people/b" programme: "programmes/msi" })", kThesis_, kNothing, true},
      {"SubmissionsService/UpdateThesis", R"(thesis { name: "theses/thesis-x" language: "en" } update_mask { paths: "language" } validate_only: true)", kThesis_, kNothing, false, true},
      {"SubmissionsService/WithdrawThesis", R"(name: "theses/thesis-x" reason: "r" validate_only: true)", kThesis_, kNothing, false, true},
      {"SubmissionsService/BatchUpsertTheses", R"(theses { name: "theses/thesis-x" title: "t" authors: "people/a" supervisor: "people/b" programme: "programmes/msi" } validate_only: true)", kThesis_, kNothing, true},
      {"SubmissionsService/ProposeThesis", R"(thesis_id: "thesis-x" validate_only: true thesis { title: "t" authors: "people/author" supervisor: "people/b" programme: "programmes/msi" })", kThesis_, kNothing, true},
      {"SubmissionsService/GiveOpinion", R"(opinion { thesis: "theses/thesis-x" side: SIDE_PROGRAMME verdict: VERDICT_FAVOURABLE } validate_only: true)", kThesis_, kNothing, false, true},
      {"SubmissionsService/ListOpinions", R"(parent: "theses/thesis-x")", kThesis_, kDealings},
      {"SubmissionsService/TransitionThesis", R"(name: "theses/thesis-x" event: THESIS_EVENT_RECORD_DEFENCE validate_only: true)", kThesis_, kNothing, false, true},
      {"SubmissionsService/TransitionThesis", R"(name: "theses/thesis-x" event: THESIS_EVENT_ABANDON reason: "r" validate_only: true)", kThesis_, kNothing, false, true},
      {"SubmissionsService/ListThesisTransitions", R"(parent: "theses/thesis-x")", kThesis_, kNothing, false, true},
      {"SubmissionsService/ListThesisHistory", R"(parent: "theses/thesis-x")", kThesis_, kDealings},
      {"SubmissionsService/SetConsent", R"(name: "theses/thesis-x" consent: true validate_only: true)", kThesis_, kNothing, false, true},
      {"SubmissionsService/ListNotices", ""},
      {"SubmissionsService/ListNotices", R"(programme: "programmes/msi")"},

      {"DraftService/GetMilestone", R"(name: "programmes/msi/milestones/final")", kNothing_},
      {"DraftService/ListMilestones", R"(parent: "programmes/msi")", kNothing_},
      {"DraftService/CreateMilestone", R"(parent: "programmes/msi" milestone_id: "m" validate_only: true)", kNothing_},
      {"DraftService/CreateDefaultMilestones", R"(parent: "programmes/msi" first_date: "2026-10-01" last_date: "2027-06-30" validate_only: true)", kNothing_},
      {"DraftService/UpdateMilestone", R"(milestone { name: "programmes/msi/milestones/final" } validate_only: true)", kNothing_},
      {"DraftService/GrantExtension", R"(extension { milestone: "programmes/msi/milestones/final" person: "people/author" reason: "r" } validate_only: true)", kNothing_},
      {"DraftService/ListExtensions", R"(parent: "programmes/msi/milestones/final")", kNothing_},
      {"DraftService/ListMilestoneStatuses", R"(parent: "programmes/msi/milestones/final")", kNothing_},
      {"DraftService/CreateUpload", R"(parent: "theses/thesis-x" upload { kind: DRAFT_KIND_DRAFT sha256: "0000000000000000000000000000000000000000000000000000000000000000" size: 1 file_name: "f" } validate_only: true)", kThesis_, kNothing, false, true},
      {"DraftService/GetUpload", R"(name: "theses/thesis-x/uploads/upload-1")", kThesis_, kDraft},
      {"DraftService/UploadContent", R"(name: "theses/thesis-x/uploads/upload-9" offset: 0 content: "x")"},
      {"DraftService/SubmitDraft", R"(upload: "theses/thesis-x/uploads/upload-9")"},
      {"DraftService/CancelUpload", R"(name: "theses/thesis-x/uploads/upload-9")"},
      {"DraftService/GetDraft", R"(name: "theses/thesis-x/drafts/1")", kThesis_, kDraft},
      {"DraftService/GetDraft", R"(name: "theses/thesis-x/drafts/2")", kThesis_, kDeposit},
      {"DraftService/GetDraft", R"(name: "theses/thesis-x/drafts/3")", kThesis_, kDisseminated},
      {"DraftService/ListDrafts", R"(parent: "theses/thesis-x")", kThesis_, kDisseminated},
      {"DraftService/DownloadDraft", R"(name: "theses/thesis-x/drafts/1")", kThesis_, kDraft},
      {"DraftService/DownloadDraft", R"(name: "theses/thesis-x/drafts/2")", kThesis_, kDeposit},
      {"DraftService/DownloadDraft", R"(name: "theses/thesis-x/drafts/3")", kThesis_, kDisseminated},
      {"DraftService/GetReceipt", R"(name: "theses/thesis-x/drafts/2")", kThesis_, kDeposit},
      {"DraftService/GetReceipt", R"(name: "theses/thesis-x/uploads/upload-1")", kThesis_, kDraft},
      {"DraftService/GetReceiptKey", "", kNothing_},
      {"DraftService/GetReceiptLogHead", "", kNothing_},
      {"DraftService/ListReceiptLogEntries", "", kNothing_},

      {"DraftCheckService/GetDraftChecks", R"(name: "theses/thesis-x/drafts/1")", kThesis_, kDraft},
      {"DraftCheckService/GetDraftChecks", R"(name: "theses/thesis-x/drafts/2")", kThesis_, kDeposit},
      {"DraftCheckService/GetDraftChecks", R"(name: "theses/thesis-x/drafts/3")", kThesis_, kDisseminated},
      {"DraftCheckService/ListDraftChecks", R"(parent: "theses/thesis-x")", kThesis_, kDisseminated},
      {"DraftCheckService/RecheckDraft", R"(name: "theses/thesis-x/drafts/9")"},
      {"DraftCheckService/OverrideFinding", R"(name: "theses/thesis-x/drafts/1" finding: "PDF_JAVASCRIPT" reason: "r" validate_only: true)", kThesis_, kDraft},
      {"DraftCheckService/OverrideFinding", R"(name: "theses/thesis-x/drafts/9" finding: "PDF_JAVASCRIPT" reason: "r" validate_only: true)"},
      {"DraftCheckService/WithdrawOverride", R"(name: "theses/thesis-x/drafts/2" finding: "PDF_LAUNCH" reason: "r" validate_only: true)", kThesis_, kDeposit},
      {"DraftCheckService/CompareDrafts", R"(name: "theses/thesis-x/drafts/1" other: "theses/thesis-x/drafts/2")", kThesis_, kDraft},
      {"DraftCheckService/CompareDrafts", R"(name: "theses/thesis-x/drafts/2" other: "theses/thesis-x/drafts/3")", kThesis_, kDeposit},
      {"DraftCheckService/GetCheckPolicy", R"(milestone: "programmes/msi/milestones/final")", kNothing_},
      {"DraftCheckService/SetCheckPolicy", R"(policy { milestone: "programmes/msi/milestones/final" pages_max: 80 } validate_only: true)", kNothing_},

      {"ProblemService/GetProblem", R"(name: "problems/problem-x")", kProblem_, kTexts},
      {"ProblemService/ListProblems", "", kProblem_, kTexts},
      {"ProblemService/ListProblems", R"(text: "CANARY-text")", kProblem_, kTexts},
      {"ProblemService/OfferProblem", R"(problem_id: "problem-x" problem { title: "t" programme: "programmes/msi" } validate_only: true)", kProblem_, kNothing, true},
      {"ProblemService/UpdateProblem", R"(problem { name: "problems/problem-x" capacity: 2 } update_mask { paths: "capacity" } validate_only: true)", kProblem_},
      {"ProblemService/CloseProblem", R"(name: "problems/problem-x" validate_only: true)", kProblem_},
      {"ProblemService/WishProblem", R"(parent: "problems/problem-x" wish { rank: 1 } validate_only: true)", kProblem_},
      {"ProblemService/CancelWish", R"(name: "problems/problem-x/wishes/author" validate_only: true)", kProblem_},
      {"ProblemService/ListWishes", R"(parent: "problems/problem-x")", kProblem_},
      {"ProblemService/AcceptWish", R"(name: "problems/problem-x/wishes/author" thesis_id: "t" validate_only: true)", kProblem_},
      {"ProblemService/DeclineWish", R"(name: "problems/problem-x/wishes/author" reason: "r" validate_only: true)", kProblem_},

      {"ReviewService/GetGrid", R"(name: "programmes/msi/grids/grid")", kNothing_},
      {"ReviewService/ListGrids", R"(parent: "programmes/msi")", kNothing_},
      {"ReviewService/SetGrid", R"(grid { name: "programmes/msi/grids/grid" title: "t" criteria { id: "a" title: "A" points_max: 5 } } validate_only: true)", kNothing_},
      {"ReviewService/InviteReviewer", R"(parent: "theses/thesis-x" review { reviewer: "people/rita" due_time { seconds: 1900000000 } } validate_only: true)", kThesis_},
      {"ReviewService/GetReview", R"(name: "theses/thesis-x/reviews/rita")", kThesis_, kDealings},
      {"ReviewService/ListReviews", R"(parent: "theses/thesis-x")", kThesis_, kDealings},
      {"ReviewService/ListReviews", R"(parent: "programmes/msi")", kNothing_},
      {"ReviewService/SaveReview", R"(review { name: "theses/thesis-x/reviews/rita" student_comment: "c" } validate_only: true)", kThesis_},
      {"ReviewService/TransitionReview", R"(name: "theses/thesis-x/reviews/rita" event: EVENT_REOPEN reason: "r" validate_only: true)", kThesis_},
      {"ReviewService/TransitionReview", R"(name: "theses/thesis-x/reviews/rita" event: EVENT_ACCEPT validate_only: true)", kThesis_},
      {"ReviewService/UploadReviewFile", R"(name: "theses/thesis-x/reviews/rita" file { file_name: "f" size: 1 sha256: "0000000000000000000000000000000000000000000000000000000000000000" } content: "x")", kThesis_},
      {"ReviewService/DownloadReviewFile", R"(name: "theses/thesis-x/reviews/rita")", kThesis_},
      {"ReviewService/ListReviewEvents", R"(parent: "theses/thesis-x/reviews/rita")", kThesis_},
      {"ReviewService/RemindReviewers", R"(parent: "programmes/msi" validate_only: true)", kNothing_},

      {"StatementService/MakeStatement", R"(parent: "theses/thesis-x" statement { kind: KIND_AI_USE text: "t" } validate_only: true)", kThesis_},
      {"StatementService/ListStatements", R"(parent: "theses/thesis-x")", kThesis_, kDealings},
      {"StatementService/ListStatements", R"(parent: "programmes/msi")", kNothing_},
      {"StatementService/DecideStatement", R"(name: "theses/thesis-x/statements/author.originality" decision: DECISION_VALIDATE validate_only: true)", kThesis_},
      {"StatementService/ListMissingStatements", R"(parent: "programmes/msi")", kNothing_},
      {"StatementService/RecordSimilarityReading", R"(reading { draft: "theses/thesis-x/drafts/2" tool: "t" conclusion: CONCLUSION_NO_FOLLOW_UP } validate_only: true)", kThesis_},
      {"StatementService/ListSimilarityReadings", R"(parent: "theses/thesis-x")", kThesis_},

      {"OutageService/ListOutages", "", kNothing_},
      {"OutageService/GetOutageRule", R"(name: "programmes/msi/outageRule")", kNothing_},
      {"OutageService/UpdateOutageRule", R"(outage_rule { name: "programmes/msi/outageRule" minutes_min: 5 window_minutes: 240 step_minutes: 5 } validate_only: true)", kNothing_},
  };
  // clang-format on
  return rows;
}

}  // namespace soutenance::submissions::access_test
