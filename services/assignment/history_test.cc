#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/assignment/assignment.h"
#include "services/assignment/testing/fake_conflict_facts.h"
#include "services/base/status.h"
#include "storage/open.h"
#include "storage/sql/assignment_store.h"
#include "storage/sql/conflict_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

// Random histories of changes on a store that fails before it commits, runs work twice and loses answers,
// beside a model that cannot fail. Whatever happens: nothing is half done, a repetition returns the first
// result and does nothing, no version of a jury ever comes back, and no author sits on the jury of their own
// thesis.
namespace soutenance::assignment {
namespace {

constexpr char kMsi[] = "programmes/msi";

// What the next write does besides its work.
enum class Fault { kNone, kFails, kRunsTwice, kLosesTheAnswer };

absl::Status Lost() { return absl::UnavailableError("the connection is gone"); }

class FaultyStore final : public AssignmentStore {
 public:
  explicit FaultyStore(AssignmentStore& store) : store_(store) {}

  absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) override {
    const auto roll_back = [&](Writer& writer) -> absl::Status {
      RETURN_IF_ERROR(work(writer));
      return Lost();
    };
    switch (fault) {
      case Fault::kNone:
        return store_.Write(work);
      case Fault::kFails:
        return store_.Write(roll_back);
      case Fault::kRunsTwice: {
        const absl::Status rolled_back = store_.Write(roll_back);
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

 private:
  AssignmentStore& store_;
};

// Every thesis exists; person p0 is the author of t0, p1 of t1, and so on.
class NumberedLookup final : public ThesisLookup, public PeopleLookup {
 public:
  absl::StatusOr<std::map<std::string, ThesisFacts>> Find(const std::set<std::string>& ids) const override {
    std::map<std::string, ThesisFacts> found;
    for (const std::string& id : ids) {
      found[id] = {.id = id, .programme = kMsi, .authors = {absl::StrCat("people/p", id.substr(1))}};
    }
    return found;
  }
  absl::StatusOr<std::vector<ThesisFacts>> Visible(const std::string&) const override {
    return std::vector<ThesisFacts>();
  }
  absl::StatusOr<std::set<std::string>> KnownPeople(const std::set<std::string>& people) const override {
    return people;
  }
};

// The juries there are, and the last version of every one there ever was.
struct Model {
  std::map<std::string, Jury> juries;
  std::map<std::string, int64_t> versions;

  void Put(Jury jury) {
    const auto stored = juries.find(jury.thesis);
    jury.version = versions[jury.thesis];
    if (stored != juries.end() && stored->second == jury) return;
    jury.version = ++versions[jury.thesis];
    juries[jury.thesis] = jury;
  }
  void Dissolve(const std::string& thesis) {
    juries.erase(thesis);
    ++versions[thesis];
  }
};

// A call that can be sent again: what it does to the juries, and to the model when it succeeds. Its result is
// told as text.
struct Request {
  std::string what;
  absl::StatusCode expected = absl::StatusCode::kOk;
  std::function<absl::StatusOr<std::string>(Assignment&)> send;
  std::function<void(Model&)> apply;
};

class History {
 public:
  explicit History(uint32_t seed) : random_(seed) {}

  void Run(int steps) {
    std::vector<std::pair<Request, std::string>> done;
    for (int step = 0; step < steps && !::testing::Test::HasFailure(); ++step) {
      if (!done.empty() && Below(4) == 0) {
        const auto& [request, result] = done[Below(done.size())];
        SCOPED_TRACE(absl::StrCat("step ", step, ", again: ", request.what));
        EXPECT_THAT(request.send(assignment_), soutenance::testing::IsOkAndHolds(result));
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
      const bool is_written = store_.fault == Fault::kLosesTheAnswer;
      const absl::StatusOr<std::string> answer = request.send(assignment_);
      store_.fault = Fault::kNone;
      const bool is_lost = absl::IsUnavailable(answer.status());
      if (answer.ok() || (is_lost && is_written)) {
        model_ = before;
        request.apply(model_);
      }
      if (is_lost) {
        CompareWithModel();
        continue;
      }
      EXPECT_EQ(answer.status().code(), request.expected) << answer.status();
      return answer.ok() ? std::optional<std::string>(*answer) : std::nullopt;
    }
  }

  void CompareWithModel() {
    std::map<std::string, Jury> stored;
    EXPECT_OK(inner_store_.Read([&](const AssignmentStore::Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(const Page<Jury> page, reader.List({.all = true}, {.size = 1000}));
      for (const Jury& jury : page.items) stored[jury.thesis] = jury;
      return absl::OkStatus();
    }));
    EXPECT_EQ(stored.size(), model_.juries.size());
    for (const auto& [thesis, jury] : model_.juries) {
      EXPECT_TRUE(stored[thesis] == jury)
          << thesis << ": " << stored[thesis].Serialize() << " instead of " << jury.Serialize();
      EXPECT_FALSE(stored[thesis].Seats(absl::StrCat("people/p", thesis.substr(1))));
    }
  }

  Request Draw(int step) {
    switch (Below(3)) {
      case 0:
        return Set(step);
      case 1:
        return Delete(step);
      default:
        return Batch(step);
    }
  }

  Request Set(int step) {
    const Jury jury = AJury(Below(5));
    JuryReplacement replacement{.jury = jury};
    const bool stale = Below(4) == 0;
    const auto stored = model_.juries.find(jury.thesis);
    const int64_t version = stored == model_.juries.end() ? 0 : stored->second.version;
    if (stale || Below(2) == 0) replacement.version = version + (stale ? 1 : 0);
    Request request{.what = absl::StrCat("set ", jury.Name())};
    request.expected = HasAuthor(jury) ? absl::StatusCode::kFailedPrecondition
                       : stale         ? absl::StatusCode::kAborted
                                       : absl::StatusCode::kOk;
    request.send = [replacement,
                    how = Protected(step)](Assignment& assignment) -> absl::StatusOr<std::string> {
      ASSIGN_OR_RETURN(const Jury result, assignment.SetJury(Staff(), replacement, how));
      return result.Serialize();
    };
    request.apply = [jury](Model& model) { model.Put(jury); };
    return request;
  }

  Request Delete(int step) {
    const std::string thesis = absl::StrCat("t", Below(5));
    Request request{.what = absl::StrCat("delete the jury of ", thesis)};
    request.expected = model_.juries.count(thesis) > 0 ? absl::StatusCode::kOk : absl::StatusCode::kNotFound;
    request.send = [thesis, how = Protected(step)](Assignment& assignment) -> absl::StatusOr<std::string> {
      ASSIGN_OR_RETURN(const Jury result, assignment.DeleteJury(Staff(), {.thesis = thesis}, how));
      return result.Serialize();
    };
    request.apply = [thesis](Model& model) { model.Dissolve(thesis); };
    return request;
  }

  Request Batch(int step) {
    std::vector<Jury> juries;
    const std::size_t first = Below(5);
    const std::size_t count = 1 + Below(4);
    for (std::size_t i = 0; i < count; ++i) juries.push_back(AJury((first + i) % 5));
    Request request{.what = absl::StrCat("batch of ", count)};
    for (const Jury& jury : juries) {
      if (HasAuthor(jury)) request.expected = absl::StatusCode::kFailedPrecondition;
    }
    request.send = [juries, how = Protected(step)](Assignment& assignment) -> absl::StatusOr<std::string> {
      ASSIGN_OR_RETURN(const ChangeList result, assignment.BatchUpsertJuries(Staff(), juries, how));
      return result.Serialize();
    };
    request.apply = [juries](Model& model) {
      for (const Jury& jury : juries) model.Put(jury);
    };
    return request;
  }

  // A jury of zero to two of six people, of whom one is the author now and then.
  Jury AJury(std::size_t number) {
    Jury jury{.thesis = absl::StrCat("t", number), .programme = kMsi};
    const std::size_t first = Below(6);
    const std::size_t count = Below(3);
    for (std::size_t i = 0; i < count; ++i) {
      jury.seats.push_back(
          {.person = absl::StrCat("people/p", (first + i) % 6), .role = kSeatRoles[Below(6)]});
    }
    return jury;
  }
  static bool HasAuthor(const Jury& jury) {
    return jury.Seats(absl::StrCat("people/p", jury.thesis.substr(1)));
  }
  static Caller Staff() { return {.account = "accounts/staff", .grants = {{Role::kStaff, kMsi}}}; }
  static Mutation Protected(int step) {
    return {.request = {.request_id = absl::StrCat("r", step), .account = "accounts/staff", .method = "M"}};
  }
  std::size_t Below(std::size_t n) { return random_() % n; }

  std::mt19937 random_;
  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "assignment");
  storage::sql::AssignmentStore inner_store_{*database_};
  FaultyStore store_{inner_store_};
  NumberedLookup lookup_;
  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  storage::sql::ConflictStore conflict_store_{*database_};
  testing::FakeConflictFacts facts_;
  ConflictGate gate_{conflict_store_, facts_, clock_};
  Assignment assignment_{store_, lookup_, lookup_, gate_, clock_};
  Model model_;
};

TEST(AssignmentHistory, IsNeverHalfDoneAndRepetitionsReturnTheFirstResult) {
  for (uint32_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    History(seed).Run(60);
    if (HasFailure()) break;
  }
}

}  // namespace
}  // namespace soutenance::assignment
