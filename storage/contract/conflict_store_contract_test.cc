#include <gmock/gmock.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/base/status.h"
#include "storage/contract/backends.h"
#include "storage/sql/conflict_store.h"
#include "storage/sql/expertise_store.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::storage::sql {
namespace {

using assignment::AnswerState;
using assignment::ConflictAnswer;
using assignment::ConflictDecision;
using assignment::ConflictPolicy;
using assignment::ExpertiseOverride;
using assignment::conflicts::Declaration;
using assignment::conflicts::Kind;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kMsi[] = "programmes/msi";
constexpr char kLaw[] = "programmes/law";

absl::Time At(int seconds) { return absl::FromUnixSeconds(1'800'000'000 + seconds); }

Declaration ADeclaration(const std::string& declarer, const std::string& other,
                         const std::string& programme = kMsi) {
  return {.programme = programme,
          .declarer = declarer,
          .other = other,
          .kind = Kind::kFamily,
          .reason = "cousins; \"É\"\n",
          .time = At(1)};
}

class ConflictStoreContract : public contract::OnEveryBackend {
 protected:
  template <typename T>
  T Read(absl::StatusOr<T> (*ask)(const ConflictStore::Reader&)) {
    T found;
    EXPECT_OK(store_.Read([&](const ConflictStore::Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(found, ask(reader));
      return absl::OkStatus();
    }));
    return found;
  }
  absl::Status Put(const Declaration& declaration) {
    return store_.Write([&](ConflictStore::Writer& writer) { return writer.PutDeclaration(declaration); });
  }
  absl::Status Decide(int64_t version, ConflictDecision::Verdict verdict,
                      const std::string& person = "people/pia", const std::string& thesis = "m1") {
    return store_.Write([&](ConflictStore::Writer& writer) {
      return writer.AddDecision({.thesis = thesis,
                                 .person = person,
                                 .version = version,
                                 .verdict = verdict,
                                 .reason = "because",
                                 .account = "accounts/staff",
                                 .time = At(2),
                                 .authors = {"people/ana", "people/bob"}});
    });
  }

  std::unique_ptr<Database> database_ = OpenDatabase("assignment");
  ConflictStore store_{*database_};
  ExpertiseStore expertise_{*database_};
};

TEST_P(ConflictStoreContract, KeepsDeclarationsOfEachSideAndProgramme) {
  const Declaration by_pia = ADeclaration("people/pia", "people/ana");
  Declaration by_ana = ADeclaration("people/ana", "people/pia");
  by_ana.kind = Kind::kCoauthorship;
  by_ana.year = 2025;
  const Declaration in_law = ADeclaration("people/pia", "people/ana", kLaw);
  const Declaration of_others = ADeclaration("people/x", "people/y");
  for (const Declaration& declaration : {by_pia, by_ana, in_law, of_others}) ASSERT_OK(Put(declaration));
  EXPECT_THAT(
      Read<std::vector<Declaration>>([](const auto& reader) { return reader.DeclarationsIn(kMsi, ""); }),
      ElementsAre(by_ana, by_pia, of_others));
  EXPECT_THAT(Read<std::vector<Declaration>>(
                  [](const auto& reader) { return reader.DeclarationsIn(kMsi, "people/pia"); }),
              ElementsAre(by_pia));
  EXPECT_THAT(Read<std::vector<Declaration>>([](const auto& reader) {
                return reader.DeclarationsAbout(std::vector<std::string>{"people/ana", "people/pia"});
              }),
              ElementsAre(in_law, by_ana, by_pia))
      << "each once, though both sides are asked about";
}

TEST_P(ConflictStoreContract, ReplacesAndRemovesADeclaration) {
  ASSERT_OK(Put(ADeclaration("people/pia", "people/ana")));
  Declaration changed = ADeclaration("people/pia", "people/ana");
  changed.kind = Kind::kPastWork;
  changed.year = 2020;
  changed.time = At(9);
  ASSERT_OK(Put(changed));
  const auto find = [](const ConflictStore::Reader& reader) {
    return reader.FindDeclaration(kMsi, "people/pia", "people/ana");
  };
  EXPECT_EQ(Read<std::optional<Declaration>>(find), changed);
  for (int i = 0; i < 2; ++i) {
    ASSERT_OK(store_.Write([&](ConflictStore::Writer& writer) {
      return writer.RemoveDeclaration(kMsi, "people/pia", "people/ana");
    }));
  }
  EXPECT_EQ(Read<std::optional<Declaration>>(find), std::nullopt);
}

TEST_P(ConflictStoreContract, KeepsAnswers) {
  const ConflictAnswer asked{.programme = kMsi, .person = "people/pia", .asked = At(1)};
  const ConflictAnswer answered{.programme = kMsi, .person = "people/eve", .answered = At(2)};
  ASSERT_OK(store_.Write([&](ConflictStore::Writer& writer) -> absl::Status {
    RETURN_IF_ERROR(writer.PutAnswer({.programme = kMsi, .person = "people/pia"}));
    RETURN_IF_ERROR(writer.PutAnswer(asked));
    return writer.PutAnswer(answered);
  }));
  EXPECT_THAT(Read<std::vector<ConflictAnswer>>([](const auto& reader) { return reader.AnswersIn(kMsi); }),
              ElementsAre(answered, asked));
  EXPECT_THAT(Read<std::vector<ConflictAnswer>>([](const auto& reader) { return reader.AnswersIn(kLaw); }),
              IsEmpty());
  EXPECT_EQ(Read<std::optional<ConflictAnswer>>(
                [](const auto& reader) { return reader.FindAnswer(kMsi, "people/pia"); }),
            asked);
}

TEST_P(ConflictStoreContract, AddsDecisionsOneAfterTheOther) {
  ASSERT_OK(Decide(1, ConflictDecision::Verdict::kConflict));
  ASSERT_OK(Decide(2, ConflictDecision::Verdict::kTakenBack));
  ASSERT_OK(Decide(1, ConflictDecision::Verdict::kNoConflict, "people/eve"));
  ASSERT_OK(Decide(1, ConflictDecision::Verdict::kNoConflict, "people/eve", "m2"));
  for (const int64_t version : {1, 2, 4}) {
    EXPECT_THAT(Decide(version, ConflictDecision::Verdict::kConflict),
                StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  }
  const auto last = Read<std::vector<ConflictDecision>>(
      [](const auto& reader) { return reader.LastDecisions(std::vector<std::string>{"m1"}); });
  ASSERT_EQ(last.size(), 2u);
  EXPECT_EQ(last[0].person, "people/eve");
  EXPECT_EQ(last[1].version, 2);
  EXPECT_EQ(last[1].verdict, ConflictDecision::Verdict::kTakenBack);
  EXPECT_THAT(last[1].authors, ElementsAre("people/ana", "people/bob"));
  const auto all = Read<std::vector<ConflictDecision>>(
      [](const auto& reader) { return reader.Decisions("m1", "people/pia"); });
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].verdict, ConflictDecision::Verdict::kConflict);
  EXPECT_EQ(all[0].time, At(2));
}

TEST_P(ConflictStoreContract, KeepsPolicies) {
  const auto find = [](const ConflictStore::Reader& reader) { return reader.FindPolicy(kMsi); };
  EXPECT_EQ(Read<ConflictPolicy>(find), (ConflictPolicy{.programme = kMsi}));
  const auto put = [&](int64_t version, int years) {
    return store_.Write([&](ConflictStore::Writer& writer) {
      return writer.PutPolicy({.programme = kMsi, .version = version, .years = years});
    });
  };
  ASSERT_OK(put(0, 5));
  EXPECT_THAT(put(0, 6), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  ASSERT_OK(put(1, 7));
  EXPECT_THAT(put(1, 8), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  EXPECT_EQ(Read<ConflictPolicy>(find), (ConflictPolicy{.programme = kMsi, .version = 2, .years = 7}));
}

TEST_P(ConflictStoreContract, AddsOverridesOneAfterTheOther) {
  const ExpertiseOverride first{.thesis = "m1",
                                .person = "people/pia",
                                .version = 1,
                                .score = 0.25,
                                .reason = "r",
                                .account = "accounts/staff",
                                .time = At(1)};
  ExpertiseOverride second = first;
  second.version = 2;
  second.score.reset();
  const auto add = [&](const ExpertiseOverride& added) {
    return expertise_.Write([&](ExpertiseStore::Writer& writer) { return writer.AddOverride(added); });
  };
  ASSERT_OK(add(first));
  EXPECT_THAT(add(first), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  ASSERT_OK(add(second));
  std::vector<ExpertiseOverride> all, last;
  ASSERT_OK(expertise_.Read([&](const ExpertiseStore::Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(all, reader.Overrides("m1", "people/pia"));
    ASSIGN_OR_RETURN(last, reader.LastOverrides(std::vector<std::string>{"m1", "m2"}));
    return absl::OkStatus();
  }));
  EXPECT_THAT(all, ElementsAre(first, second));
  EXPECT_THAT(last, ElementsAre(second));
}

TEST_P(ConflictStoreContract, FindsEverythingAfterClosing) {
  if (!RemembersAfterClosing()) GTEST_SKIP() << "nothing is remembered here";
  ASSERT_OK(Put(ADeclaration("people/pia", "people/ana")));
  database_.reset();
  database_ = OpenDatabase("assignment");
  ConflictStore reopened(*database_);
  ASSERT_OK(reopened.Read([&](const ConflictStore::Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const auto found, reader.DeclarationsIn(kMsi, ""));
    EXPECT_THAT(found, ElementsAre(ADeclaration("people/pia", "people/ana")));
    return absl::OkStatus();
  }));
}

SOUTENANCE_ON_EVERY_BACKEND(ConflictStoreContract);

}  // namespace
}  // namespace soutenance::storage::sql
