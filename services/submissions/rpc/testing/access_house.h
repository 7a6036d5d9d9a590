#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_RPC_TESTING_ACCESS_HOUSE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_RPC_TESTING_ACCESS_HOUSE_H_

#include <grpcpp/generic/generic_stub.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "services/runtime/testing/pipeline.h"
#include "services/submissions/checks/checks.h"
#include "services/submissions/drafts.h"
#include "services/submissions/milestones.h"
#include "services/submissions/outages.h"
#include "services/submissions/problem_bank.h"
#include "services/submissions/reviews/reviews.h"
#include "services/submissions/rpc/check_service.h"
#include "services/submissions/rpc/draft_service.h"
#include "services/submissions/rpc/outage_service.h"
#include "services/submissions/rpc/problem_service.h"
#include "services/submissions/rpc/review_service.h"
#include "services/submissions/rpc/statement_service.h"
#include "services/submissions/rpc/submissions_service.h"
#include "services/submissions/statements/statements.h"
#include "services/submissions/submissions.h"
#include "services/submissions/thesis_lives.h"
#include "storage/files/content_store.h"
#include "storage/files/text_store.h"
#include "storage/open.h"
#include "storage/sql/check_store.h"
#include "storage/sql/draft_store.h"
#include "storage/sql/review_store.h"
#include "storage/sql/statement_store.h"
#include "storage/sql/submission_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/process.h"

// The services of this module on a database of their own, with one thesis and one problem in it, for the test
// of who may see what (access_matrix_test.cc).
namespace soutenance::submissions::access_test {

inline constexpr char kMsi[] = "programmes/msi";
inline constexpr char kLaw[] = "programmes/law";
inline constexpr char kThesisId[] = "thesis-x";  // its id, also in a house where it is absent

// Texts that say in an answer what it shows. All have the same length in every house.
struct Canaries {
  std::string text;      // in title, abstract, keywords, and in the problem
  std::string dealings;  // in reasons, comments of opinions and reviews, statements
  std::string file;      // in the versions
};
Canaries CanariesOf(char house);

// The thesis as a cell of the test wants it.
struct Situation {
  ThesisState state = ThesisState::kActive;
  Confidentiality level = Confidentiality::kInternal;
  bool is_embargoed = false;
  bool is_one_of_all_states = false;  // for what depends on the state only
};

// Everybody exists, and those whose names begin with "juror" or "guest" sit on the jury of the thesis.
class EverybodyExists final : public PeopleLookup {
 public:
  absl::StatusOr<std::set<std::string>> KnownPeople(const std::set<std::string>& people) const override {
    return people;
  }
  absl::StatusOr<bool> HasProgramme(const std::string&) const override { return true; }
  absl::StatusOr<bool> HasCohort(const std::string&) const override { return true; }
};
class JuryOfTheThesis final : public JuryLookup {
 public:
  absl::StatusOr<Seats> SeatsOf(const std::string& person,
                                const std::vector<std::string>& theses) const override;
};

// Nothing is looked at: what was found is put there.
class NoInspector final : public Inspector {
 public:
  absl::StatusOr<Inspection> Inspect(const ContentId&, std::stop_token) override {
    return absl::UnavailableError("nobody looks");
  }
};

// Everybody may review.
class NoConflicts final : public ReviewerCheck {
 public:
  absl::Status Check(const Thesis&, const std::string&) const override { return absl::OkStatus(); }
};

// A machine that was never started again.
class OneBoot final : public Uptime {
 public:
  std::string Boot() const override { return "boot"; }
  absl::Duration SinceBoot() const override { return absl::Hours(1); }
};

class House {
 public:
  enum class Inhabited { kYes, kNo };
  // `canaries` are in the texts of the thesis and the problem, unless there are none.
  House(const Canaries& canaries, Inhabited inhabited);

  void Know(const std::string& token, Caller caller) {
    pipeline_.authenticator().Add(token, std::move(caller));
  }
  // Puts the thesis and the level of the problem into this situation.
  void Arrange(const Situation& situation);

  // Everything that a client receives: code, message, details, and all messages of the answer.
  std::string Answer(const std::string& token, const std::string& path, const std::string& request);

  std::vector<std::string> LogLines() const { return pipeline_.LogLines(); }

 private:
  void Populate(const Canaries& canaries);
  void AddVersion(int number, DraftKind kind, const std::string& bytes);

  const Inhabited inhabited_;
  soutenance::testing::TemporaryFolder folder_;
  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "submissions");
  storage::sql::SubmissionStore store_{*database_};
  storage::sql::DraftStore draft_store_{*database_};
  storage::sql::CheckStore check_store_{*database_};
  storage::sql::ReviewStore review_store_{*database_};
  storage::sql::StatementStore statement_store_{*database_};
  std::unique_ptr<storage::files::ContentStore> contents_ =
      *storage::files::ContentStore::Open(storage::files::PosixFileSystem(), folder_.path());
  std::unique_ptr<storage::files::TextStore> texts_ =
      *storage::files::TextStore::Open(storage::files::PosixFileSystem(), folder_.path());
  const receipts::SigningKey key_ = *receipts::SigningKey::Create(std::string(64, '7'));
  const std::string institution_ = "U";
  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  EverybodyExists people_;
  JuryOfTheThesis juries_;
  Submissions submissions_{store_, people_, clock_, juries_};
  Lives lives_{{.store = store_, .people = people_, .juries = juries_, .clock = clock_}};
  ProblemBank bank_{store_, people_, clock_};
  Milestones milestones_{draft_store_, clock_};
  Drafts drafts_{{.store = draft_store_,
                  .contents = *contents_,
                  .key = key_,
                  .institution = institution_,
                  .clock = clock_,
                  .juries = juries_},
                 {}};
  OneBoot uptime_;
  Outages outages_{
      {.store = draft_store_, .key = key_, .institution = institution_, .clock = clock_, .uptime = uptime_}};
  NoInspector inspector_;
  Checks checks_{{.store = check_store_,
                  .texts = *texts_,
                  .contents = *contents_,
                  .drafts = drafts_,
                  .milestones = milestones_,
                  .inspector = inspector_,
                  .scanner = nullptr,
                  .clock = clock_}};
  NoConflicts conflicts_;
  Reviews reviews_{review_store_, *contents_, people_, conflicts_, clock_};
  Statements statements_{statement_store_, clock_};
  runtime::testing::Pipeline pipeline_;
  SubmissionsService submissions_service_{submissions_, lives_, pipeline_.calls()};
  DraftService draft_service_{milestones_, drafts_, pipeline_.calls()};
  CheckService check_service_{checks_, pipeline_.calls(), [] {}};
  ProblemService problem_service_{bank_, pipeline_.calls()};
  ReviewService review_service_{reviews_, clock_, pipeline_.calls()};
  StatementService statement_service_{statements_, pipeline_.calls()};
  OutageService outage_service_{outages_, pipeline_.calls()};
  std::unique_ptr<grpc::GenericStub> stub_;
};

}  // namespace soutenance::submissions::access_test

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_RPC_TESTING_ACCESS_HOUSE_H_
