#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/status.h"
#include "storage/contract/backends.h"
#include "storage/sql/submission_store.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::storage::sql {
namespace {

using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using submissions::Thesis;
using submissions::ThesisSelection;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;
using Reader = SubmissionStore::Reader;
using Writer = SubmissionStore::Writer;

Thesis AThesis(const std::string& id) {
  return {.id = id,
          .title = absl::StrCat("Thesis ", id),
          .authors = {"people/ana"},
          .supervisor = "people/sam",
          .programme = "programmes/msi"};
}

class SubmissionStoreContract : public contract::OnEveryBackend {
 protected:
  absl::Status Insert(const Thesis& thesis) {
    return store_.Write([&](Writer& writer) { return writer.Insert(thesis); });
  }
  absl::Status Update(const Thesis& thesis) {
    return store_.Write([&](Writer& writer) { return writer.Update(thesis); });
  }
  absl::StatusOr<std::optional<Thesis>> Find(const std::string& id) {
    std::optional<Thesis> thesis;
    RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(thesis, reader.Find(id));
      return absl::OkStatus();
    }));
    return thesis;
  }
  std::vector<std::string> FindAll(const std::vector<std::string>& ids) {
    std::vector<std::string> found;
    EXPECT_OK(store_.Read([&](const Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(const std::vector<Thesis> theses, reader.FindAll(ids));
      for (const Thesis& thesis : theses) found.push_back(thesis.id);
      return absl::OkStatus();
    }));
    return found;
  }
  // The ids of the selected theses, walked through in pages of `size`, which are separated by "|".
  std::vector<std::string> List(const ThesisSelection& selection, int size = 100) {
    std::vector<std::string> ids;
    EXPECT_OK(store_.Read([&](const Reader& reader) -> absl::Status {
      PageRequest page{.size = size};
      do {
        ASSIGN_OR_RETURN(const Page<Thesis> part, reader.List(selection, page));
        for (const Thesis& thesis : part.items) ids.push_back(thesis.id);
        page.after = part.next;
        if (!page.after.empty()) ids.push_back("|");
      } while (!page.after.empty());
      return absl::OkStatus();
    }));
    return ids;
  }

  std::unique_ptr<Database> database_ = OpenDatabase("submissions");
  SubmissionStore store_{*database_};
};

TEST_P(SubmissionStoreContract, FindsThesesByEitherAuthor) {
  const auto insert = [&](const std::string& id, std::vector<std::string> authors) {
    ASSERT_OK(Insert({.id = id,
                      .title = "T",
                      .authors = std::move(authors),
                      .supervisor = "people/sam",
                      .programme = "programmes/msi"}));
  };
  insert("3", {"people/ana", "people/bob"});
  insert("1", {"people/bob"});
  insert("2", {"people/zoe"});
  std::vector<std::string> ids;
  ASSERT_OK(store_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(ids,
                     reader.IdsByAuthors(std::vector<std::string>{"people/bob", "people/ana", "people/sam"}));
    return absl::OkStatus();
  }));
  EXPECT_THAT(ids, ElementsAre("1", "3"));
}

TEST_P(SubmissionStoreContract, KeepsEveryField) {
  Thesis full{.id = "0042",
              .title = "L'été à Œuilly : \"données\"; --'",
              .authors = {"people/ana", "people/bob"},
              .supervisor = "people/sam",
              .company_tutor = "people/tom",
              .programme = "programmes/msi",
              .cohort = "programmes/msi/cohorts/2027",
              .level = Confidentiality::kJury,
              .language = "en",
              .withdrawal = submissions::Withdrawal{.reason = "left",
                                                    .account = "accounts/x",
                                                    .time = absl::FromUnixMicros(1'800'000'000'000'001)},
              .abstract = "One line.\nAnother.",
              .keywords = {"réseaux", "privacy"},
              .confidential_until = absl::FromUnixMicros(1'900'000'000'000'001),
              .embargo_until = absl::FromUnixMicros(1'950'000'000'000'001),
              .consents = {"people/ana", "people/bob"},
              .state = submissions::ThesisState::kWithdrawn,
              .state_before = submissions::ThesisState::kInReview,
              .state_until = absl::FromUnixMicros(1'850'000'000'000'001),
              .problem = "problems/p1"};
  ASSERT_OK(Insert(full));
  full.version = 1;
  EXPECT_THAT(Find("0042"), IsOkAndHolds(Optional(full)));

  Thesis bare = AThesis("7");
  ASSERT_OK(Insert(bare));
  bare.version = 1;
  EXPECT_THAT(Find("7"), IsOkAndHolds(Optional(bare)));
}

TEST_P(SubmissionStoreContract, FindsNothingWhereThereIsNothing) {
  EXPECT_THAT(Find("7"), IsOkAndHolds(std::nullopt));
}

TEST_P(SubmissionStoreContract, RefusesAnIdThatIsTakenAndKeepsTheFirst) {
  ASSERT_OK(Insert(AThesis("7")));
  Thesis second = AThesis("7");
  second.title = "Another";
  EXPECT_THAT(Insert(second), StatusIs(absl::StatusCode::kAlreadyExists, Reason("THESIS_EXISTS")));
  ASSERT_OK_AND_ASSIGN(const auto stored, Find("7"));
  EXPECT_EQ(stored->title, "Thesis 7");
}

TEST_P(SubmissionStoreContract, CountsUpdatesAndRefusesOneOfAnOlderVersion) {
  ASSERT_OK(Insert(AThesis("7")));
  Thesis thesis = AThesis("7");
  thesis.version = 1;
  thesis.title = "Better";
  thesis.authors.push_back("people/bob");
  ASSERT_OK(Update(thesis));
  ASSERT_OK_AND_ASSIGN(const auto stored, Find("7"));
  EXPECT_EQ(stored->version, 2);
  EXPECT_EQ(stored->title, "Better");
  EXPECT_THAT(stored->authors, ElementsAre("people/ana", "people/bob"));

  EXPECT_THAT(Update(thesis), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  Thesis absent = AThesis("8");
  absent.version = 1;
  EXPECT_THAT(Update(absent), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
}

TEST_P(SubmissionStoreContract, FindsManyInTheOrderAskedForEachOnce) {
  for (const char* id : {"a", "b", "c"}) ASSERT_OK(Insert(AThesis(id)));
  EXPECT_THAT(FindAll({"c", "nowhere", "a", "c"}), ElementsAre("c", "a"));
  EXPECT_THAT(FindAll({}), IsEmpty());
}

TEST_P(SubmissionStoreContract, FindsMoreThanOneStatementAsksFor) {
  std::vector<std::string> ids;
  ASSERT_OK(store_.Write([&](Writer& writer) -> absl::Status {
    for (int i = 0; i < 250; ++i) {
      ids.push_back(absl::StrCat("t", i));
      RETURN_IF_ERROR(writer.Insert(AThesis(ids.back())));
    }
    return absl::OkStatus();
  }));
  EXPECT_EQ(FindAll(ids), ids);
}

TEST_P(SubmissionStoreContract, ListsAllByIdByteByByte) {
  for (const char* id : {"b", "A", "a", "B", "10", "9", "a_", "a-"}) ASSERT_OK(Insert(AThesis(id)));
  EXPECT_THAT(List({.all = true}), ElementsAre("10", "9", "A", "B", "a", "a-", "a_", "b"));
  EXPECT_THAT(List({.all = true}, 3), ElementsAre("10", "9", "A", "|", "B", "a", "a-", "|", "a_", "b"));
  EXPECT_THAT(List({.all = true}, 8), ElementsAre("10", "9", "A", "B", "a", "a-", "a_", "b"));
}

class SelectionContract : public SubmissionStoreContract {
 protected:
  void SetUp() override {
    Thesis law = AThesis("law-1");
    law.programme = "programmes/law";
    law.company_tutor = "people/tom";
    Thesis art = AThesis("art-1");
    art.programme = "programmes/art";
    art.authors = {"people/zoe", "people/tom"};
    Thesis msi = AThesis("msi-1");
    msi.authors = {"people/tom"};
    Thesis other = AThesis("msi-2");
    other.supervisor = "people/tom";
    for (const Thesis& thesis : {law, art, msi, other, AThesis("msi-3")}) ASSERT_OK(Insert(thesis));
  }
};

TEST_P(SelectionContract, HoldsThoseOfThePersonInEveryPart) {
  EXPECT_THAT(List({.person = "people/tom"}, 2), ElementsAre("art-1", "law-1", "|", "msi-1", "msi-2"));
  EXPECT_THAT(List({.person = "people/nobody"}), IsEmpty());
}

TEST_P(SelectionContract, HoldsThoseOfTheProgrammesAndThePersonEachOnce) {
  EXPECT_THAT(List({.programmes = {"programmes/msi", "programmes/law"}}, 3),
              ElementsAre("law-1", "msi-1", "msi-2", "|", "msi-3"));
  EXPECT_THAT(List({.programmes = {"programmes/msi"}, .person = "people/tom"}, 2),
              ElementsAre("art-1", "law-1", "|", "msi-1", "msi-2", "|", "msi-3"));
}

TEST_P(SelectionContract, MayBeLimitedToOneProgramme) {
  EXPECT_THAT(List({.all = true, .only_programme = "programmes/msi"}),
              ElementsAre("msi-1", "msi-2", "msi-3"));
  EXPECT_THAT(List({.person = "people/tom", .only_programme = "programmes/msi"}),
              ElementsAre("msi-1", "msi-2"));
  EXPECT_THAT(
      List({.programmes = {"programmes/msi"}, .person = "people/tom", .only_programme = "programmes/law"}),
      ElementsAre("law-1"));
  EXPECT_THAT(
      List({.programmes = {"programmes/msi"}, .person = "people/tom", .only_programme = "programmes/msi"}),
      ElementsAre("msi-1", "msi-2", "msi-3"));
}

TEST_P(SelectionContract, OfNothingIsEmpty) { EXPECT_THAT(List({}), IsEmpty()); }

TEST_P(SubmissionStoreContract, WritesAllOrNothing) {
  const absl::Status status = store_.Write([&](Writer& writer) -> absl::Status {
    RETURN_IF_ERROR(writer.Insert(AThesis("7")));
    return absl::AbortedError("changed my mind");
  });
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(Find("7"), IsOkAndHolds(std::nullopt));
}

TEST_P(SubmissionStoreContract, RemembersTheResultWithTheChange) {
  const RequestKey key{.request_id = "r", .account = "accounts/x", .method = "M", .fingerprint = "f"};
  ASSERT_OK(store_.Write([&](Writer& writer) -> absl::Status {
    RETURN_IF_ERROR(writer.Insert(AThesis("7")));
    return writer.RememberRequest(key, "result", absl::FromUnixSeconds(1'800'000'000));
  }));
  std::optional<std::string> result;
  ASSERT_OK(store_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(result, reader.FindRequest(key));
    return absl::OkStatus();
  }));
  EXPECT_EQ(result, "result");
}

TEST_P(SubmissionStoreContract, RemembersAfterClosing) {
  if (!RemembersAfterClosing()) return;
  ASSERT_OK(Insert(AThesis("7")));
  database_.reset();
  database_ = OpenDatabase("submissions");
  SubmissionStore reopened(*database_);
  ASSERT_OK(reopened.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const std::optional<Thesis> thesis, reader.Find("7"));
    EXPECT_TRUE(thesis.has_value());
    return absl::OkStatus();
  }));
}

SOUTENANCE_ON_EVERY_BACKEND(SubmissionStoreContract);
SOUTENANCE_ON_EVERY_BACKEND(SelectionContract);

}  // namespace
}  // namespace soutenance::storage::sql
