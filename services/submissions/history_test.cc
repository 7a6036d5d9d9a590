#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/status.h"
#include "services/submissions/submissions.h"
#include "storage/open.h"
#include "storage/sql/submission_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

// Random histories of changes on a store that fails in the middle, runs work twice and loses answers, beside
// a model that cannot fail. Whatever happens: nothing is half done, a repetition returns the first result and
// does nothing, and versions count the changes.
namespace soutenance::submissions {
namespace {

constexpr char kMsi[] = "programmes/msi";

// What the next write does besides its work.
enum class Fault { kNone, kFailsInTheMiddle, kRunsTwice, kLosesTheAnswer };

absl::Status Lost() { return absl::UnavailableError("the connection is gone"); }

// Passes on so many changes, then fails.
class FailingWriter final : public SubmissionStore::Writer {
 public:
  FailingWriter(SubmissionStore::Writer& writer, int changes) : writer_(writer), left_(changes) {}

  absl::StatusOr<std::optional<Thesis>> Find(absl::string_view id) const override { return writer_.Find(id); }
  absl::StatusOr<std::vector<std::string>> IdsByAuthors(absl::Span<const std::string> people) const override {
    return writer_.IdsByAuthors(people);
  }
  absl::StatusOr<std::vector<Thesis>> FindAll(absl::Span<const std::string> ids) const override {
    return writer_.FindAll(ids);
  }
  absl::StatusOr<Page<Thesis>> List(const ThesisSelection& selection,
                                    const PageRequest& page) const override {
    return writer_.List(selection, page);
  }
  absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const override {
    return writer_.FindRequest(key);
  }
  absl::StatusOr<LifeFacts> FindLifeFacts(absl::string_view thesis) const override {
    return writer_.FindLifeFacts(thesis);
  }
  absl::StatusOr<std::vector<Opinion>> ListOpinions(absl::string_view thesis) const override {
    return writer_.ListOpinions(thesis);
  }
  absl::StatusOr<Page<ThesisChange>> ListChanges(absl::string_view thesis,
                                                 const PageRequest& page) const override {
    return writer_.ListChanges(thesis, page);
  }
  absl::StatusOr<Page<Notice>> ListNotices(const NoticeSelection& selection,
                                           const PageRequest& page) const override {
    return writer_.ListNotices(selection, page);
  }
  absl::StatusOr<std::optional<Problem>> FindProblem(absl::string_view id) const override {
    return writer_.FindProblem(id);
  }
  absl::StatusOr<Page<Problem>> ListProblems(absl::string_view programme,
                                             const PageRequest& page) const override {
    return writer_.ListProblems(programme, page);
  }
  absl::StatusOr<std::optional<Wish>> FindWish(absl::string_view problem,
                                               absl::string_view student) const override {
    return writer_.FindWish(problem, student);
  }
  absl::StatusOr<std::vector<Wish>> ListWishes(absl::string_view problem) const override {
    return writer_.ListWishes(problem);
  }
  absl::Status PutOpinion(const Opinion& opinion) override {
    return --left_ < 0 ? Lost() : writer_.PutOpinion(opinion);
  }
  absl::StatusOr<int64_t> AddChange(const ThesisChange& change) override {
    if (--left_ < 0) return Lost();
    return writer_.AddChange(change);
  }
  absl::Status AddNotice(const Notice& notice) override {
    return --left_ < 0 ? Lost() : writer_.AddNotice(notice);
  }
  absl::Status InsertProblem(const Problem& problem) override {
    return --left_ < 0 ? Lost() : writer_.InsertProblem(problem);
  }
  absl::Status UpdateProblem(const Problem& problem) override {
    return --left_ < 0 ? Lost() : writer_.UpdateProblem(problem);
  }
  absl::Status PutWish(const Wish& wish) override { return --left_ < 0 ? Lost() : writer_.PutWish(wish); }
  absl::Status Insert(const Thesis& thesis) override { return --left_ < 0 ? Lost() : writer_.Insert(thesis); }
  absl::Status Update(const Thesis& thesis) override { return --left_ < 0 ? Lost() : writer_.Update(thesis); }
  absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) override {
    return --left_ < 0 ? Lost() : writer_.RememberRequest(key, result, now);
  }

 private:
  SubmissionStore::Writer& writer_;
  int left_;
};

class FaultyStore final : public SubmissionStore {
 public:
  explicit FaultyStore(SubmissionStore& store) : store_(store) {}

  absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) override {
    switch (fault) {
      case Fault::kNone:
        return store_.Write(work);
      case Fault::kFailsInTheMiddle:
        return store_.Write([&](Writer& writer) {
          FailingWriter failing(writer, changes_before_failure);
          return work(failing);
        });
      case Fault::kRunsTwice: {
        const absl::Status rolled_back = store_.Write([&](Writer& writer) -> absl::Status {
          RETURN_IF_ERROR(work(writer));
          return Lost();
        });
        return absl::IsUnavailable(rolled_back) ? store_.Write(work) : rolled_back;
      }
      case Fault::kLosesTheAnswer: {
        RETURN_IF_ERROR(store_.Write(work));
        return Lost();
      }
    }
    return absl::InternalError("no such fault");
  }
  absl::Status Read(absl::FunctionRef<absl::Status(const Reader&)> look) const override {
    return store_.Read(look);
  }

  Fault fault = Fault::kNone;
  int changes_before_failure = 0;

 private:
  SubmissionStore& store_;
};

// A directory in which everything exists.
class EveryoneLookup final : public PeopleLookup {
 public:
  absl::StatusOr<std::set<std::string>> KnownPeople(const std::set<std::string>& people) const override {
    return people;
  }
  absl::StatusOr<bool> HasProgramme(const std::string&) const override { return true; }
  absl::StatusOr<bool> HasCohort(const std::string&) const override { return true; }
};

using Model = std::map<std::string, Thesis>;

// A call that can be sent again: what it does to the submissions, and to the model when it succeeds. Its
// result is told as text.
struct Request {
  std::string what;
  std::function<absl::StatusOr<std::string>(Submissions&)> send;
  std::function<void(Model&)> apply;
  absl::StatusCode expected = absl::StatusCode::kOk;
};

class History {
 public:
  explicit History(uint32_t seed) : random_(seed) {}

  void Run(int steps) {
    std::vector<std::pair<Request, std::string>> done;
    for (int step = 0; step < steps && !::testing::Test::HasFailure(); ++step) {
      clock_.Advance(absl::Seconds(1));
      if (!done.empty() && Below(4) == 0) {
        const auto& [request, result] = done[Below(done.size())];
        SCOPED_TRACE(absl::StrCat("step ", step, ", again: ", request.what));
        Expect(request.send(submissions_), result);
      } else {
        const Request request = Draw(step);
        SCOPED_TRACE(absl::StrCat("step ", step, ": ", request.what));
        if (std::optional<std::string> result = Carry(request))
          done.emplace_back(request, *std::move(result));
      }
      CompareWithModel();
    }
  }

 private:
  // Sends `request`, again as long as its answer is lost, and returns its result if it succeeds.
  std::optional<std::string> Carry(const Request& request) {
    const Model before = model_;
    for (int attempt = 0;; ++attempt) {
      store_.fault = attempt < 5 ? static_cast<Fault>(Below(4)) : Fault::kNone;
      store_.changes_before_failure = static_cast<int>(Below(6));
      const bool may_be_written = store_.fault == Fault::kLosesTheAnswer;
      const absl::StatusOr<std::string> answer = request.send(submissions_);
      store_.fault = Fault::kNone;
      if (absl::IsUnavailable(answer.status())) {
        if (may_be_written) ApplyOnce(request, before);
        CompareWithModel();
        continue;
      }
      EXPECT_EQ(answer.status().code(), request.expected) << answer.status();
      if (!answer.ok()) return std::nullopt;
      ApplyOnce(request, before);
      return *answer;
    }
  }

  void ApplyOnce(const Request& request, const Model& before) {
    model_ = before;
    request.apply(model_);
  }

  static void Expect(const absl::StatusOr<std::string>& answer, const std::string& result) {
    EXPECT_OK(answer);
    if (answer.ok()) {
      EXPECT_EQ(*answer, result);
    }
  }

  void CompareWithModel() {
    Model stored;
    EXPECT_OK(inner_store_.Read([&](const SubmissionStore::Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(const Page<Thesis> page, reader.List({.all = true}, {.size = 1000}));
      for (const Thesis& thesis : page.items) stored[thesis.id] = thesis;
      return absl::OkStatus();
    }));
    for (auto& [id, thesis] : stored) {
      // The model does not know when; that the first withdrawal stays, it knows by its reason.
      if (thesis.withdrawal) thesis.withdrawal->time = absl::Time();
    }
    EXPECT_EQ(stored.size(), model_.size());
    for (const auto& [id, thesis] : model_) {
      EXPECT_TRUE(stored[id] == thesis)
          << id << ": " << stored[id].Serialize() << " instead of " << thesis.Serialize();
    }
  }

  Request Draw(int step) {
    const std::string id = absl::StrCat("t", Below(6));
    switch (Below(4)) {
      case 0:
        return Create(step, AThesis(id));
      case 1:
        return Update(step, id);
      case 2:
        return Withdraw(step, id);
      default:
        return Batch(step);
    }
  }

  Request Create(int step, Thesis thesis) {
    if (Below(8) == 0) thesis.title.clear();
    const Mutation mutation = Protected(step);
    Request request{.what = absl::StrCat("create ", thesis.id)};
    request.expected = thesis.title.empty()           ? absl::StatusCode::kInvalidArgument
                       : model_.count(thesis.id) == 0 ? absl::StatusCode::kOk
                                                      : absl::StatusCode::kAlreadyExists;
    request.send = [thesis, mutation](Submissions& submissions) -> absl::StatusOr<std::string> {
      ASSIGN_OR_RETURN(const Thesis result, submissions.CreateThesis(Staff(), thesis, mutation));
      return result.Serialize();
    };
    request.apply = [thesis](Model& model) { Put(thesis, model); };
    return request;
  }

  Request Update(int step, const std::string& id) {
    ThesisUpdate update{.values = AThesis(id), .fields = {ThesisField::kTitle, ThesisField::kConfidential}};
    const auto stored = model_.find(id);
    const bool stale = Below(3) == 0;
    if (stored != model_.end()) update.version = stored->second.version + (stale ? 1 : 0);
    const Mutation mutation = Protected(step);
    Request request{.what = absl::StrCat("update ", id)};
    request.expected = stored == model_.end() ? absl::StatusCode::kNotFound
                       : stale                ? absl::StatusCode::kAborted
                                              : absl::StatusCode::kOk;
    request.send = [update, mutation](Submissions& submissions) -> absl::StatusOr<std::string> {
      ASSIGN_OR_RETURN(const Thesis result, submissions.UpdateThesis(Staff(), update, mutation));
      return result.Serialize();
    };
    request.apply = [update](Model& model) {
      Thesis thesis = model.at(update.values.id);
      thesis.title = update.values.title;
      if (IsConfidential(thesis.level) != IsConfidential(update.values.level)) {
        thesis.level = update.values.level;
      }
      Put(thesis, model);
    };
    return request;
  }

  Request Withdraw(int step, const std::string& id) {
    const ThesisWithdrawal withdrawal{.id = id, .reason = absl::StrCat("reason ", step)};
    const Mutation mutation = Protected(step);
    Request request{.what = absl::StrCat("withdraw ", id)};
    request.expected = model_.count(id) > 0 ? absl::StatusCode::kOk : absl::StatusCode::kNotFound;
    request.send = [withdrawal, mutation](Submissions& submissions) -> absl::StatusOr<std::string> {
      ASSIGN_OR_RETURN(const Thesis result, submissions.WithdrawThesis(Staff(), withdrawal, mutation));
      return result.Serialize();
    };
    request.apply = [withdrawal](Model& model) {
      Thesis& thesis = model.at(withdrawal.id);
      if (thesis.IsWithdrawn()) return;
      thesis.state_before = thesis.state;
      thesis.state = ThesisState::kWithdrawn;
      thesis.withdrawal =
          Withdrawal{.reason = withdrawal.reason, .account = "accounts/staff", .time = absl::Time()};
      ++thesis.version;
    };
    return request;
  }

  Request Batch(int step) {
    std::vector<Thesis> theses;
    const std::size_t first = Below(6);
    for (std::size_t i = 0; i < 1 + Below(4); ++i)
      theses.push_back(AThesis(absl::StrCat("t", (first + i) % 6)));
    const bool repeated = Below(8) == 0;
    if (repeated) theses.push_back(theses.front());
    const Mutation mutation = Protected(step);
    Request request{.what = absl::StrCat("batch of ", theses.size())};
    request.expected = repeated ? absl::StatusCode::kInvalidArgument : absl::StatusCode::kOk;
    request.send = [theses, mutation](Submissions& submissions) -> absl::StatusOr<std::string> {
      ASSIGN_OR_RETURN(const ChangeList result, submissions.BatchUpsertTheses(Staff(), theses, mutation));
      return result.Serialize();
    };
    request.apply = [theses](Model& model) {
      for (Thesis thesis : theses) {
        const auto stored = model.find(thesis.id);
        if (stored != model.end()) {
          thesis.withdrawal = stored->second.withdrawal;
          thesis.state = stored->second.state;
          thesis.state_before = stored->second.state_before;
        }
        Put(thesis, model);
      }
    };
    return request;
  }

  // Stores `thesis` as the next version of itself, unless it is the same.
  static void Put(Thesis thesis, Model& model) {
    const auto stored = model.find(thesis.id);
    thesis.version = stored == model.end() ? 1 : stored->second.version;
    if (stored != model.end() && !(stored->second == thesis)) ++thesis.version;
    model[thesis.id] = thesis;
  }

  Thesis AThesis(const std::string& id) {
    return {.id = id,
            .title = absl::StrCat("Title ", Below(3)),
            .authors = {"people/ana"},
            .supervisor = "people/sam",
            .programme = kMsi,
            .level = Below(2) == 0 ? Confidentiality::kClosedSession : Confidentiality::kInternal};
  }
  static Caller Staff() { return {.account = "accounts/staff", .grants = {{Role::kStaff, kMsi}}}; }
  static Mutation Protected(int step) {
    return {.request = {.request_id = absl::StrCat("r", step), .account = "accounts/staff", .method = "M"}};
  }
  std::size_t Below(std::size_t n) { return random_() % n; }

  std::mt19937 random_;
  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "submissions");
  storage::sql::SubmissionStore inner_store_{*database_};
  FaultyStore store_{inner_store_};
  EveryoneLookup people_;
  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  Submissions submissions_{store_, people_, clock_};
  Model model_;
};

TEST(SubmissionsHistory, IsNeverHalfDoneAndRepetitionsReturnTheFirstResult) {
  for (uint32_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    History(seed).Run(60);
    if (HasFailure()) break;
  }
}

}  // namespace
}  // namespace soutenance::submissions
