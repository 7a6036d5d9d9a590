#include <gmock/gmock.h>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "services/base/status.h"
#include "services/scheduling/testing/samples.h"
#include "storage/contract/backends.h"
#include "storage/sql/campaign_store.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::storage::sql {
namespace {

using ::soutenance::scheduling::Answer;
using ::soutenance::scheduling::Availability;
using ::soutenance::scheduling::AvailabilityKey;
using ::soutenance::scheduling::Campaign;
using ::soutenance::scheduling::CampaignReader;
using ::soutenance::scheduling::CampaignWriter;
using ::soutenance::scheduling::Defence;
using ::soutenance::scheduling::DefenceKey;
using ::soutenance::scheduling::SilentPolicy;
using ::soutenance::scheduling::testing::ACampaign;
using ::soutenance::scheduling::testing::Day;
using ::soutenance::scheduling::testing::Period;
using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Optional;

constexpr char kCampaign[] = "campaigns/m2";

class CampaignStoreContract : public contract::OnEveryBackend {
 protected:
  absl::Status Write(absl::FunctionRef<absl::Status(CampaignWriter&)> work) { return store_.Write(work); }

  // What `read` returns in a transaction of its own.
  template <typename F>
  auto Read(F&& read) const {
    std::invoke_result_t<F&, const CampaignReader&> result = absl::UnknownError("not read");
    const absl::Status status = store_.Read([&](const CampaignReader& reader) {
      result = read(reader);
      return result.status();
    });
    if (!status.ok()) result = status;
    return result;
  }

  absl::StatusOr<std::optional<Campaign>> Find(absl::string_view name) const {
    return Read([&](const CampaignReader& reader) { return reader.FindCampaign(name); });
  }

  absl::Status Insert(const Campaign& campaign) {
    return Write([&](CampaignWriter& writer) { return writer.InsertCampaign(campaign); });
  }

  std::unique_ptr<Database> database_ = OpenDatabase("scheduling");
  CampaignStore store_{*database_};
};

Campaign Full() {
  Campaign campaign = ACampaign();
  campaign.title = "Soutenances d'été \"2027\"";
  campaign.cohort = "programmes/msi/cohorts/2027";
  campaign.session = 2;
  campaign.time_zone = "Europe/Brussels";
  campaign.language = "en";
  campaign.hours.push_back({.from = 1200, .to = 1440});
  campaign.buffer_minutes = 5;
  campaign.travel_minutes = 45;
  campaign.silent_policy = SilentPolicy::kIfNeeded;
  campaign.seats = {{.role = scheduling::SeatRole::kReviewer,
                     .count = 2,
                     .is_remote = true,
                     .candidates = {{.person = "people/ana", .cost = 3, .topics = {"Génie \"logiciel\""}}}}};
  campaign.roles = {{.role = scheduling::SeatRole::kPresident,
                     .absence_cost = 1000,
                     .load = {{.low = 1, .high = 4, .cost = 10}},
                     .combined = {{.role = scheduling::SeatRole::kSupervisor, .cost = 2}},
                     .mix_cost = 3,
                     .day_change_cost = 5}};
  campaign.day = {.pause =
                      scheduling::DayPause{
                          .from = 690, .to = 780, .least_minutes = 45, .wanted_minutes = 60, .until = 870},
                  .early = {{.time = 540, .cost = 5}},
                  .late = {{.time = 1020, .cost = 3}}};
  campaign.people = {{.weight = 2, .role_limits = {{.role = scheduling::SeatRole::kPresident, .day_max = 2}}},
                     {.person = "people/ana", .nearness = {3, 0, 1}, .topics = {"Génie \"logiciel\""}}};
  campaign.rooms = {"rooms/b12", "rooms/a-1"};
  campaign.rules = {
      {.rule = "stability", .level = scheduling::solver::RuleLevel::kOff},
      {.rule = "gaps", .level = scheduling::solver::RuleLevel::kStrong, .weight = 7, .parameter = 0}};
  return campaign;
}

TEST_P(CampaignStoreContract, KeepsEverySettingOfACampaign) {
  ASSERT_OK(Insert(Full()));

  Campaign expected = Full();
  expected.version = 1;
  EXPECT_THAT(Find(kCampaign), IsOkAndHolds(Optional(expected)));
  EXPECT_THAT(Find("campaigns/other"), IsOkAndHolds(Eq(std::nullopt)));
}

TEST_P(CampaignStoreContract, RefusesASecondCampaignOfTheSameId) {
  ASSERT_OK(Insert(ACampaign()));

  EXPECT_THAT(Insert(Full()), StatusIs(absl::StatusCode::kAlreadyExists, Reason("CAMPAIGN_EXISTS")));
}

TEST_P(CampaignStoreContract, UpdatesOnlyTheVersionThatWasRead) {
  ASSERT_OK(Insert(ACampaign()));
  Campaign changed = Full();
  changed.version = 1;

  ASSERT_OK(Write([&](CampaignWriter& writer) { return writer.UpdateCampaign(changed); }));
  EXPECT_THAT(Write([&](CampaignWriter& writer) { return writer.UpdateCampaign(changed); }),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  changed.version = 2;
  EXPECT_THAT(Find(kCampaign), IsOkAndHolds(Optional(changed)));
}

TEST_P(CampaignStoreContract, AnUpdateLeavesThePublishedTimetable) {
  ASSERT_OK(Insert(ACampaign()));
  ASSERT_OK(database_->Write([](Session& session) {
    return session.Execute(
        "UPDATE campaigns SET published_timetable = 'campaigns/m2/timetables/3' WHERE id = 'm2'");
  }));
  Campaign changed = ACampaign();
  changed.version = 1;

  ASSERT_OK(Write([&](CampaignWriter& writer) { return writer.UpdateCampaign(changed); }));
  EXPECT_THAT(Find(kCampaign),
              IsOkAndHolds(Optional(Field(&Campaign::published_timetable, "campaigns/m2/timetables/3"))));
}

TEST_P(CampaignStoreContract, ListsCampaignsOfProgrammesByNamePageByPage) {
  const auto insert = [&](const std::string& id, const std::string& programme) {
    Campaign campaign = ACampaign();
    campaign.name = "campaigns/" + id;
    campaign.programme = programme;
    return Insert(campaign);
  };
  ASSERT_OK(insert("c", "programmes/msi"));
  ASSERT_OK(insert("a", "programmes/law"));
  ASSERT_OK(insert("B", "programmes/msi"));
  ASSERT_OK(insert("d", "programmes/art"));

  const auto list = [&](const std::optional<std::vector<std::string>>& programmes, const PageRequest& page) {
    return Read([&](const CampaignReader& reader) { return reader.ListCampaigns(programmes, page); });
  };
  const auto names = [](const auto&... name) { return ElementsAre(Field(&Campaign::name, name)...); };

  ASSERT_OK_AND_ASSIGN(const Page<Campaign> all, list(std::nullopt, {}));
  EXPECT_THAT(all.items, names("campaigns/B", "campaigns/a", "campaigns/c", "campaigns/d"));
  EXPECT_EQ(all.next, "");

  const std::vector<std::string> two = {"programmes/law", "programmes/msi"};
  ASSERT_OK_AND_ASSIGN(const Page<Campaign> first, list(two, {.size = 2}));
  EXPECT_THAT(first.items, names("campaigns/B", "campaigns/a"));
  ASSERT_OK_AND_ASSIGN(const Page<Campaign> second, list(two, {.size = 2, .after = first.next}));
  EXPECT_THAT(second.items, names("campaigns/c"));
  EXPECT_EQ(second.next, "");

  ASSERT_OK_AND_ASSIGN(const Page<Campaign> none, list(std::vector<std::string>{}, {}));
  EXPECT_THAT(none.items, IsEmpty());
}

TEST_P(CampaignStoreContract, CountsTheVersionsOfADefence) {
  ASSERT_OK(Insert(ACampaign()));
  Defence defence{
      .campaign = kCampaign, .thesis = "theses/42", .duration_minutes = 80, .equipment = {"video"}};
  const auto put = [&] {
    absl::StatusOr<int64_t> version = 0;
    const absl::Status status = Write([&](CampaignWriter& writer) {
      version = writer.PutDefence(defence);
      return version.status();
    });
    return version;
  };

  EXPECT_THAT(put(), IsOkAndHolds(1));
  defence.equipment = {};
  defence.seats = {{.role = scheduling::SeatRole::kReviewer, .count = 0}};
  defence.topic = "Robotique « mobile »";
  EXPECT_THAT(put(), IsOkAndHolds(2));
  defence.version = 2;
  const DefenceKey key{.campaign = kCampaign, .thesis = "theses/42"};
  const auto find = [&] {
    return Read([&](const CampaignReader& reader) { return reader.FindDefence(key); });
  };
  EXPECT_THAT(find(), IsOkAndHolds(Optional(defence)));

  ASSERT_OK(Write([&](CampaignWriter& writer) { return writer.RemoveDefence(key); }));
  EXPECT_THAT(find(), IsOkAndHolds(Eq(std::nullopt)));
  ASSERT_OK(Write([&](CampaignWriter& writer) { return writer.RemoveDefence(key); }));
}

TEST_P(CampaignStoreContract, ListsTheDefencesOfOneCampaign) {
  Campaign other = ACampaign();
  other.name = "campaigns/m3";
  ASSERT_OK(Insert(ACampaign()));
  ASSERT_OK(Insert(other));
  ASSERT_OK(Write([&](CampaignWriter& writer) -> absl::Status {
    for (const char* thesis : {"theses/3", "theses/10", "theses/007"}) {
      RETURN_IF_ERROR(writer.PutDefence({.campaign = kCampaign, .thesis = thesis}).status());
    }
    return writer.PutDefence({.campaign = other.name, .thesis = "theses/1"}).status();
  }));
  const auto list = [&](const PageRequest& page) {
    return Read([&](const CampaignReader& reader) { return reader.ListDefences(kCampaign, page); });
  };
  const auto theses = [](const auto&... name) { return ElementsAre(Field(&Defence::thesis, name)...); };

  ASSERT_OK_AND_ASSIGN(const Page<Defence> first, list({.size = 2}));
  EXPECT_THAT(first.items, theses("theses/007", "theses/10"));
  ASSERT_OK_AND_ASSIGN(const Page<Defence> second, list({.size = 2, .after = first.next}));
  EXPECT_THAT(second.items, theses("theses/3"));
  EXPECT_EQ(second.next, "");
  EXPECT_THAT(Read([&](const CampaignReader& reader) { return reader.AllDefences(kCampaign); }),
              IsOkAndHolds(theses("theses/007", "theses/10", "theses/3")));
}

TEST_P(CampaignStoreContract, KeepsAnswersWithTheirPeriods) {
  ASSERT_OK(Insert(ACampaign()));
  Availability answer{.campaign = kCampaign,
                      .person = "people/zoe~1",
                      .periods = {Period("2027-03-28", "00:00", "24:00", Answer::kYes),
                                  Period("2027-06-14", "09:05", "12:30", Answer::kIfNeeded),
                                  Period("2027-06-15", "00:00", "08:00", Answer::kNo)},
                      .entered_by = "accounts/7f3a"};
  Availability empty{.campaign = kCampaign, .person = "people/bob"};
  ASSERT_OK(Write([&](CampaignWriter& writer) -> absl::Status {
    RETURN_IF_ERROR(writer.PutAvailability(answer).status());
    return writer.PutAvailability(empty).status();
  }));

  answer.version = 1;
  empty.version = 1;
  EXPECT_THAT(Read([&](const CampaignReader& reader) { return reader.AllAvailabilities(kCampaign); }),
              IsOkAndHolds(ElementsAre(empty, answer)));
  const AvailabilityKey key{.campaign = kCampaign, .person = "people/bob"};
  EXPECT_THAT(Read([&](const CampaignReader& reader) { return reader.FindAvailability(key); }),
              IsOkAndHolds(Optional(empty)));
  ASSERT_OK_AND_ASSIGN(const Page<Availability> page, Read([&](const CampaignReader& reader) {
                         return reader.ListAvailabilities(kCampaign, {.size = 1});
                       }));
  EXPECT_THAT(page.items, ElementsAre(empty));
  EXPECT_EQ(page.next, "bob");

  ASSERT_OK(Write([&](CampaignWriter& writer) { return writer.RemoveAvailability(key); }));
  EXPECT_THAT(Read([&](const CampaignReader& reader) { return reader.FindAvailability(key); }),
              IsOkAndHolds(Eq(std::nullopt)));
}

TEST_P(CampaignStoreContract, KeepsNothingOfATransactionThatFails) {
  EXPECT_THAT(Write([&](CampaignWriter& writer) -> absl::Status {
                RETURN_IF_ERROR(writer.InsertCampaign(ACampaign()));
                return absl::OutOfRangeError("changed my mind");
              }),
              StatusIs(absl::StatusCode::kOutOfRange));
  EXPECT_THAT(Find(kCampaign), IsOkAndHolds(Eq(std::nullopt)));
}

TEST_P(CampaignStoreContract, FindsEverythingAgainAfterClosing) {
  if (!RemembersAfterClosing()) GTEST_SKIP() << "a database in memory";
  ASSERT_OK(Insert(Full()));
  database_.reset();

  database_ = OpenDatabase("scheduling");
  CampaignStore reopened(*database_);
  absl::StatusOr<std::optional<Campaign>> found;
  ASSERT_OK(reopened.Read([&](const CampaignReader& reader) {
    found = reader.FindCampaign(kCampaign);
    return found.status();
  }));
  EXPECT_THAT(found, IsOkAndHolds(Optional(Field(&Campaign::title, Full().title))));
}

TEST_P(CampaignStoreContract, WritesFiveThousandDefencesAndTenThousandAnswersInSeconds) {
  ASSERT_OK(Insert(ACampaign()));
  const absl::Time start = absl::Now();
  ASSERT_OK(Write([&](CampaignWriter& writer) -> absl::Status {
    for (int i = 0; i < 5'000; ++i) {
      RETURN_IF_ERROR(
          writer.PutDefence({.campaign = kCampaign, .thesis = absl::StrFormat("theses/%05d", i)}).status());
    }
    for (int i = 0; i < 10'000; ++i) {
      RETURN_IF_ERROR(writer
                          .PutAvailability({.campaign = kCampaign,
                                            .person = absl::StrFormat("people/%05d", i),
                                            .periods = {Period("2027-06-14", "09:00", "12:00", Answer::kYes),
                                                        Period("2027-06-15", "09:00", "12:00", Answer::kNo)}})
                          .status());
    }
    return absl::OkStatus();
  }));
  ASSERT_OK_AND_ASSIGN(const std::vector<Availability> answers, Read([&](const CampaignReader& reader) {
                         return reader.AllAvailabilities(kCampaign);
                       }));

  EXPECT_EQ(answers.size(), 10'000u);
  EXPECT_EQ(answers.back().periods.size(), 2u);
  // About one second without sanitizers; the limit catches what grows with the square of the number.
  EXPECT_LT(absl::Now() - start, absl::Seconds(20));
  RecordProperty("milliseconds", static_cast<int>(absl::ToInt64Milliseconds(absl::Now() - start)));
}

SOUTENANCE_ON_EVERY_BACKEND(CampaignStoreContract);

}  // namespace
}  // namespace soutenance::storage::sql
