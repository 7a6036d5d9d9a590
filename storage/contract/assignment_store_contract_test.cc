#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/status.h"
#include "storage/contract/backends.h"
#include "storage/sql/assignment_store.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::storage::sql {
namespace {

using assignment::Jury;
using assignment::JurySelection;
using assignment::Seat;
using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;
using Reader = AssignmentStore::Reader;
using Writer = AssignmentStore::Writer;

Jury AJury(const std::string& thesis, const std::vector<std::string>& people = {"people/ana"}) {
  Jury jury{.thesis = thesis, .programme = "programmes/msi"};
  for (const std::string& person : people) jury.seats.push_back({.person = person});
  return jury;
}

class AssignmentStoreContract : public contract::OnEveryBackend {
 protected:
  absl::StatusOr<int64_t> Insert(const Jury& jury) {
    int64_t version = 0;
    RETURN_IF_ERROR(store_.Write([&](Writer& writer) -> absl::Status {
      ASSIGN_OR_RETURN(version, writer.Insert(jury));
      return absl::OkStatus();
    }));
    return version;
  }
  absl::Status Update(const Jury& jury) {
    return store_.Write([&](Writer& writer) { return writer.Update(jury); });
  }
  absl::Status Dissolve(const Jury& jury) {
    return store_.Write([&](Writer& writer) { return writer.Dissolve(jury); });
  }
  absl::StatusOr<std::optional<Jury>> Find(const std::string& thesis) {
    std::optional<Jury> jury;
    RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(jury, reader.Find(thesis));
      return absl::OkStatus();
    }));
    return jury;
  }
  std::vector<Jury> FindAll(const std::vector<std::string>& theses) {
    std::vector<Jury> juries;
    EXPECT_OK(store_.Read([&](const Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(juries, reader.FindAll(theses));
      return absl::OkStatus();
    }));
    return juries;
  }
  // The theses of the selected juries with their numbers of seats, walked through in pages of `size`, which
  // are separated by "|".
  std::vector<std::string> List(const JurySelection& selection, int size = 100) {
    std::vector<std::string> listed;
    EXPECT_OK(store_.Read([&](const Reader& reader) -> absl::Status {
      PageRequest page{.size = size};
      do {
        ASSIGN_OR_RETURN(const Page<Jury> part, reader.List(selection, page));
        for (const Jury& jury : part.items)
          listed.push_back(absl::StrCat(jury.thesis, ":", jury.seats.size()));
        page.after = part.next;
        if (!page.after.empty()) listed.push_back("|");
      } while (!page.after.empty());
      return absl::OkStatus();
    }));
    return listed;
  }

  std::unique_ptr<Database> database_ = OpenDatabase("assignment");
  AssignmentStore store_{*database_};
};

TEST_P(AssignmentStoreContract, KeepsEverySeatInItsPlace) {
  Jury jury{.thesis = "0042", .programme = "programmes/msi"};
  int number = 0;
  for (const Seat::Role role : assignment::kSeatRoles) {
    for (const Seat::Mode mode : assignment::kSeatModes) {
      jury.seats.push_back({.person = absl::StrCat("people/p", 20 - number++), .role = role, .mode = mode});
    }
  }
  ASSERT_EQ(jury.seats.size(), Jury::kSeatsMax);
  EXPECT_THAT(Insert(jury), IsOkAndHolds(1));
  jury.version = 1;
  EXPECT_THAT(Find("0042"), IsOkAndHolds(Optional(jury)));
}

TEST_P(AssignmentStoreContract, KeepsAJuryWithoutSeats) {
  ASSERT_OK(Insert(AJury("7", {})));
  ASSERT_OK_AND_ASSIGN(const std::optional<Jury> jury, Find("7"));
  ASSERT_TRUE(jury.has_value());
  EXPECT_THAT(jury->seats, IsEmpty());
  EXPECT_THAT(Find("8"), IsOkAndHolds(std::nullopt));
}

TEST_P(AssignmentStoreContract, RefusesASecondJuryOfAThesis) {
  ASSERT_OK(Insert(AJury("7")));
  EXPECT_THAT(Insert(AJury("7", {"people/bob"})),
              StatusIs(absl::StatusCode::kAlreadyExists, Reason("JURY_EXISTS")));
  ASSERT_OK_AND_ASSIGN(const auto stored, Find("7"));
  EXPECT_TRUE(stored->Seats("people/ana"));
}

TEST_P(AssignmentStoreContract, ReplacesTheSeatsAndRefusesAnOlderVersion) {
  ASSERT_OK(Insert(AJury("7", {"people/ana", "people/bob"})));
  Jury jury = AJury("7", {"people/bob", "people/zoe", "people/ana"});
  jury.version = 1;
  jury.programme = "programmes/law";
  ASSERT_OK(Update(jury));
  EXPECT_THAT(Update(jury), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  jury.version = 2;
  EXPECT_THAT(Find("7"), IsOkAndHolds(Optional(jury)));

  Jury absent = AJury("8");
  absent.version = 1;
  EXPECT_THAT(Update(absent), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
}

TEST_P(AssignmentStoreContract, ADissolvedJuryIsGone) {
  ASSERT_OK(Insert(AJury("7")));
  Jury jury = AJury("7");
  jury.version = 1;
  ASSERT_OK(Dissolve(jury));
  EXPECT_THAT(Find("7"), IsOkAndHolds(std::nullopt));
  EXPECT_THAT(FindAll({"7"}), IsEmpty());
  EXPECT_THAT(List({.all = true}), IsEmpty());
  EXPECT_THAT(List({.programmes = {"programmes/msi"}, .person = "people/ana", .theses = {"7"}}), IsEmpty());
  for (const int64_t version : {1, 2}) {
    jury.version = version;
    EXPECT_THAT(Dissolve(jury), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
    EXPECT_THAT(Update(jury), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  }
}

TEST_P(AssignmentStoreContract, NoVersionComesBackAfterADissolution) {
  ASSERT_OK(Insert(AJury("7")));
  Jury jury = AJury("7");
  jury.version = 1;
  ASSERT_OK(Dissolve(jury));
  EXPECT_THAT(Insert(AJury("7", {"people/bob"})), IsOkAndHolds(3));
  ASSERT_OK_AND_ASSIGN(const auto stored, Find("7"));
  EXPECT_EQ(stored->version, 3);
  EXPECT_FALSE(stored->Seats("people/ana"));
}

TEST_P(AssignmentStoreContract, FindsManyInTheOrderAskedForEachOnce) {
  for (const char* thesis : {"a", "b", "c"}) ASSERT_OK(Insert(AJury(thesis)));
  std::vector<std::string> theses;
  for (int i = 0; i < 250; ++i) theses.push_back(absl::StrCat("nowhere-", i));
  theses.insert(theses.begin(), "c");
  theses.push_back("a");
  theses.push_back("c");
  const std::vector<Jury> juries = FindAll(theses);
  ASSERT_EQ(juries.size(), 2u);
  EXPECT_EQ(juries[0].thesis, "c");
  EXPECT_EQ(juries[0].seats.size(), 1u);
  EXPECT_EQ(juries[1].thesis, "a");
}

TEST_P(AssignmentStoreContract, ListsAllByThesisByteByByte) {
  for (const char* thesis : {"b", "A", "a", "10", "9", "a-"}) {
    ASSERT_OK(Insert(AJury(thesis, {"people/ana", "people/bob"})));
  }
  EXPECT_THAT(List({.all = true}), ElementsAre("10:2", "9:2", "A:2", "a:2", "a-:2", "b:2"));
  EXPECT_THAT(List({.all = true}, 4), ElementsAre("10:2", "9:2", "A:2", "a:2", "|", "a-:2", "b:2"));
  EXPECT_THAT(List({.all = true}, 6), ElementsAre("10:2", "9:2", "A:2", "a:2", "a-:2", "b:2"));
}

class JurySelectionContract : public AssignmentStoreContract {
 protected:
  void SetUp() override {
    Jury law = AJury("law-1", {"people/zoe", "people/tom"});
    law.programme = "programmes/law";
    Jury art = AJury("art-1", {});
    art.programme = "programmes/art";
    for (const Jury& jury : {law, art, AJury("msi-1", {"people/tom", "people/zoe"}), AJury("msi-2")}) {
      ASSERT_OK(Insert(jury));
    }
  }
};

TEST_P(JurySelectionContract, HoldsThoseOfProgrammesPersonAndThesesEachOnceWithAllSeats) {
  EXPECT_THAT(List({.person = "people/tom"}, 1), ElementsAre("law-1:2", "|", "msi-1:2"));
  EXPECT_THAT(List({.theses = {"msi-2", "nowhere", "art-1"}}, 1), ElementsAre("art-1:0", "|", "msi-2:1"));
  EXPECT_THAT(List({.programmes = {"programmes/msi", "programmes/art"},
                    .person = "people/tom",
                    .theses = {"msi-1", "law-1"}},
                   2),
              ElementsAre("art-1:0", "law-1:2", "|", "msi-1:2", "msi-2:1"));
  EXPECT_THAT(List({}), IsEmpty());
}

TEST_P(JurySelectionContract, MayBeLimitedToOneProgramme) {
  EXPECT_THAT(List({.all = true, .only_programme = "programmes/msi"}), ElementsAre("msi-1:2", "msi-2:1"));
  EXPECT_THAT(
      List({.person = "people/tom", .theses = {"msi-2", "law-1"}, .only_programme = "programmes/msi"}),
      ElementsAre("msi-1:2", "msi-2:1"));
  EXPECT_THAT(
      List({.programmes = {"programmes/msi"}, .person = "people/tom", .only_programme = "programmes/law"}),
      ElementsAre("law-1:2"));
}

TEST_P(AssignmentStoreContract, WritesAllOrNothing) {
  const absl::Status status = store_.Write([&](Writer& writer) -> absl::Status {
    RETURN_IF_ERROR(writer.Insert(AJury("7")).status());
    return absl::AbortedError("changed my mind");
  });
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(Find("7"), IsOkAndHolds(std::nullopt));
}

TEST_P(AssignmentStoreContract, RemembersTheResultWithTheChange) {
  const RequestKey key{.request_id = "r", .account = "accounts/x", .method = "M", .fingerprint = "f"};
  ASSERT_OK(store_.Write([&](Writer& writer) -> absl::Status {
    RETURN_IF_ERROR(writer.Insert(AJury("7")).status());
    return writer.RememberRequest(key, "result", absl::FromUnixSeconds(1'800'000'000));
  }));
  std::optional<std::string> result;
  ASSERT_OK(store_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(result, reader.FindRequest(key));
    return absl::OkStatus();
  }));
  EXPECT_EQ(result, "result");
}

TEST_P(AssignmentStoreContract, RemembersAfterClosing) {
  if (!RemembersAfterClosing()) return;
  ASSERT_OK(Insert(AJury("7")));
  database_.reset();
  database_ = OpenDatabase("assignment");
  AssignmentStore reopened(*database_);
  ASSERT_OK(reopened.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const std::optional<Jury> jury, reader.Find("7"));
    EXPECT_TRUE(jury.has_value());
    return absl::OkStatus();
  }));
}

SOUTENANCE_ON_EVERY_BACKEND(AssignmentStoreContract);
SOUTENANCE_ON_EVERY_BACKEND(JurySelectionContract);

assignment::JuryDecision ADecision(const std::string& thesis, int64_t version) {
  assignment::JuryDecision decision{.thesis = thesis,
                                    .version = version,
                                    .programme = "programmes/msi",
                                    .way = assignment::DecisionWay::kFile,
                                    .account = "accounts/chief",
                                    .time = absl::FromUnixMicros(1'790'000'000'123'456),
                                    .reason = "l'été; \"\\",
                                    .source = "jurys.csv",
                                    .batch = "b1"};
  decision.before = AJury(thesis, {"people/ana", "people/bob"});
  decision.before->version = version - 1;
  decision.after = AJury(thesis, {"people/bob", "people/eva"});
  decision.after->version = version;
  return decision;
}

class DecisionContract : public AssignmentStoreContract {
 protected:
  void Add(const assignment::JuryDecision& decision) {
    ASSERT_OK(store_.Write([&](Writer& writer) { return writer.AddDecision(decision); }));
  }
  void Add(const assignment::JuryBatch& batch) {
    ASSERT_OK(store_.Write([&](Writer& writer) { return writer.AddBatch(batch); }));
  }
  template <typename Result, typename Ask>
  Result Read(Ask ask) {
    Result result;
    EXPECT_OK(store_.Read([&](const Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(result, ask(reader));
      return absl::OkStatus();
    }));
    return result;
  }
  std::vector<std::string> List(const assignment::DecisionSelection& selection,
                                const PageRequest& page = {}) {
    const auto list = Read<Page<assignment::JuryDecision>>(
        [&](const Reader& reader) { return reader.ListDecisions(selection, page); });
    std::vector<std::string> listed;
    for (const assignment::JuryDecision& decision : list.items) {
      listed.push_back(absl::StrCat(decision.thesis, "@", decision.version));
    }
    if (!list.next.empty()) listed.push_back(absl::StrCat("next:", list.next));
    return listed;
  }
};
SOUTENANCE_ON_EVERY_BACKEND(DecisionContract);

TEST_P(DecisionContract, RemembersAllOfADecision) {
  assignment::JuryDecision decision = ADecision("t1", 4);
  Add(decision);
  decision.number = 1;
  assignment::JuryDecision dissolved = ADecision("t1", 5);
  dissolved.after.reset();
  Add(dissolved);
  dissolved.number = 2;
  const auto list = Read<Page<assignment::JuryDecision>>(
      [&](const Reader& reader) { return reader.ListDecisions({.all = true}, {}); });
  EXPECT_THAT(list.items, ElementsAre(dissolved, decision));
  EXPECT_THAT(store_.Write([&](Writer& writer) { return writer.AddDecision(ADecision("t1", 4)); }),
              StatusIs(absl::StatusCode::kAlreadyExists));
}

TEST_P(DecisionContract, ListsTheNewestFirstByThesisPersonAndProgramme) {
  Add(ADecision("t1", 1));
  assignment::JuryDecision of_law = ADecision("t2", 1);
  of_law.programme = "programmes/law";
  Add(of_law);
  Add(ADecision("t1", 2));
  Add(ADecision("t3", 1));
  EXPECT_THAT(List({.all = true}), ElementsAre("t3@1", "t1@2", "t2@1", "t1@1"));
  EXPECT_THAT(List({.programmes = {"programmes/law", "programmes/msi"}}, {.size = 2, .after = ""}),
              ElementsAre("t3@1", "t1@2", "next:3"));
  EXPECT_THAT(List({.programmes = {"programmes/law", "programmes/msi"}}, {.size = 2, .after = "3"}),
              ElementsAre("t2@1", "t1@1"));
  EXPECT_THAT(List({.programmes = {"programmes/law"}}), ElementsAre("t2@1"));
  EXPECT_THAT(List({.programmes = {"programmes/law"}, .thesis = "t1"}), IsEmpty());
  EXPECT_THAT(List({.all = true, .thesis = "t1"}), ElementsAre("t1@2", "t1@1"));
  // bob's seat stays as it is.
  EXPECT_THAT(List({.all = true, .person = "people/bob"}), IsEmpty());
  EXPECT_THAT(List({.all = true, .person = "people/eva"}), ElementsAre("t3@1", "t1@2", "t2@1", "t1@1"));
  EXPECT_THAT(List({.programmes = {"programmes/msi"}, .thesis = "t1", .person = "people/ana"}),
              ElementsAre("t1@2", "t1@1"));
  EXPECT_THAT(List({}), IsEmpty());
}

TEST_P(DecisionContract, FindsWhatWasDecidedAboutTheJuriesOfABatchAfterIt) {
  Add(ADecision("t2", 7));
  Add(ADecision("t1", 3));
  assignment::JuryDecision other = ADecision("t1", 4);
  other.batch = "";
  Add(other);
  assignment::JuryDecision elsewhere = ADecision("t9", 1);
  elsewhere.batch = "b2";
  Add(elsewhere);
  const auto theses = [](const std::vector<assignment::JuryDecision>& decisions) {
    std::vector<std::string> found;
    for (const assignment::JuryDecision& decision : decisions) {
      found.push_back(absl::StrCat(decision.thesis, "@", decision.version));
    }
    return found;
  };
  using Decisions = std::vector<assignment::JuryDecision>;
  EXPECT_THAT(theses(Read<Decisions>([](const Reader& reader) { return reader.DecisionsOf("b1"); })),
              ElementsAre("t1@3", "t2@7"));
  EXPECT_THAT(theses(Read<Decisions>([](const Reader& reader) { return reader.DecisionsAfter("b1"); })),
              ElementsAre("t1@4"));
}

TEST_P(DecisionContract, ListsTheBatchesOfAProgrammeWithWhatUndidThem) {
  assignment::JuryBatch batch{.id = "20261101-a",
                              .account = "accounts/chief",
                              .time = absl::FromUnixSeconds(1'790'000'000),
                              .reason = "why",
                              .source = "jurys.csv",
                              .programmes = {"programmes/law", "programmes/msi"},
                              .created = 1,
                              .updated = 2,
                              .removed = 3,
                              .unchanged = 4};
  Add(batch);
  assignment::JuryBatch undo{.id = "20261102-b", .programmes = {"programmes/msi"}, .undoes = "20261101-a"};
  undo.time = absl::FromUnixSeconds(1'790'000'001);
  Add(undo);
  batch.undone_by = {"20261102-b"};
  using Batches = Page<assignment::JuryBatch>;
  const auto of = [&](const std::string& programme, const PageRequest& page) {
    return Read<Batches>([&](const Reader& reader) { return reader.ListBatches(programme, page); });
  };
  EXPECT_THAT(of("programmes/msi", {}).items, ElementsAre(undo, batch));
  EXPECT_THAT(of("programmes/law", {}).items, ElementsAre(batch));
  EXPECT_THAT(of("programmes/none", {}).items, IsEmpty());
  EXPECT_EQ(of("programmes/msi", {.size = 1, .after = ""}).next, "20261102-b");
  EXPECT_THAT(of("programmes/msi", {.size = 1, .after = "20261102-b"}).items, ElementsAre(batch));
  using One = std::optional<assignment::JuryBatch>;
  EXPECT_EQ(Read<One>([](const Reader& reader) { return reader.FindBatch("20261101-a"); }), batch);
  EXPECT_EQ(Read<One>([](const Reader& reader) { return reader.FindBatch("none"); }), std::nullopt);
}

}  // namespace
}  // namespace soutenance::storage::sql
