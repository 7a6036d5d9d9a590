#include "services/scheduling/stored_facts.h"

#include "services/scheduling/cast.h"
#include "services/scheduling/testing/samples.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling {
namespace {

using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using testing::Moment;
using testing::SmallFacts;

TEST(StoredFacts, HaveTheDigestOfTheirProblem) {
  // From FIPS 180-2.
  EXPECT_EQ(DigestOf("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(MakeStoredFacts("abc", "cast", "base").problem_digest, DigestOf("abc"));
}

TEST(StoredFacts, AreTheSameOnlyIfAllPartsAre) {
  const std::string id = MakeStoredFacts("problem", "cast", "base").id;
  EXPECT_EQ(MakeStoredFacts("problem", "cast", "base").id, id);
  EXPECT_NE(MakeStoredFacts("problem", "cast", "").id, id);
  EXPECT_NE(MakeStoredFacts("problem", "", "base").id, id);
  EXPECT_NE(MakeStoredFacts("", "cast", "base").id, id);
}

TEST(Base, ReadsWhatWasWritten) {
  const std::vector<BasePlacement> base = {
      {.thesis = "theses/1", .start = Moment("2027-06-14T09:30"), .room = "rooms/a", .pin_time = true},
      {.thesis = "theses/2",
       .start = Moment("2027-06-15T10:00"),
       .room = "rooms/b",
       .pin_day = true,
       .pin_room = true,
       .holders = {{.person = "people/eve", .role = SeatRole::kReviewer, .is_remote = true}}},
      {.thesis = "theses/3"},
      {.thesis = "theses/4",
       .pin_day = true,
       .pin_jurors = {"people/ana"},
       .pinned_start = Moment("2027-06-15T16:00"),
       .pinned_room = "rooms/b"}};
  EXPECT_THAT(ParseBase(WriteBase(base)), IsOkAndHolds(base));
  EXPECT_THAT(ParseBase(WriteBase({})), IsOkAndHolds(std::vector<BasePlacement>{}));
  EXPECT_THAT(ParseBase(WriteBase(base).substr(0, 30)), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(Cast, ReadsWhatWasWritten) {
  CampaignFacts facts = SmallFacts();
  facts.theses["theses/1"].level = Confidentiality::kClosedSession;
  facts.juries["theses/1"].seats[0].is_remote = true;
  const Cast cast = CastOf(facts);

  EXPECT_THAT(ParseCast(WriteCast(cast)), IsOkAndHolds(cast));
  EXPECT_THAT(ParseCast(WriteCast(cast).substr(0, 100)), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(ParseCast("nonsense"), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(Cast, KnowsWhoDefendsAndWhoJudges) {
  CampaignFacts facts = SmallFacts();
  facts.defences[0].duration_minutes = 80;
  const Cast cast = CastOf(facts);

  const Cast::Thesis& thesis = cast.theses.at("theses/1");
  EXPECT_EQ(thesis.duration_minutes, 80);
  EXPECT_THAT(thesis.authors, ElementsAre("people/lea"));
  EXPECT_EQ(thesis.jury.size(), 2u);
  EXPECT_EQ(cast.NameOf("people/bob"), "Bob Stone");
  EXPECT_EQ(cast.NameOf("people/nobody"), "people/nobody");
  EXPECT_EQ(cast.TitleOf("rooms/a"), "A 101");
}

TEST(Cast, HasNoThesisThatIsNotDefended) {
  CampaignFacts facts = SmallFacts();
  facts.theses["theses/1"].is_withdrawn = true;
  EXPECT_TRUE(CastOf(facts).theses.empty());
}

}  // namespace
}  // namespace soutenance::scheduling
