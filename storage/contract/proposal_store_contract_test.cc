#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/base/status.h"
#include "storage/contract/backends.h"
#include "storage/sql/proposal_store.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::storage::sql {
namespace {

using assignment::Proposal;
using assignment::Seat;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;

Proposal AProposal(const std::string& id) {
  Proposal proposal{.id = id, .programme = "programmes/msi", .kind = Proposal::Kind::kJuries};
  proposal.created = absl::FromUnixSeconds(1'790'000'000);
  proposal.author = "accounts/chief";
  proposal.value = 2'500'000;
  proposal.value_max = 2'600'000;
  proposal.juries = {{.thesis = "t1",
                      .base_version = 3,
                      .seats = {{.seat = {.person = "people/ana", .role = Seat::Role::kPresident},
                                 .is_held = false,
                                 .expertise = 700'000,
                                 .words = {"réseaux", "graphs"},
                                 .load_after = 2,
                                 .load_max = 5,
                                 .load_elsewhere = 1,
                                 .alternatives = {{"people/bob", 600'000, 100'000, 1}}}},
                      .accepted = absl::FromUnixSeconds(1'790'000'100),
                      .tight_rules = {"externals: 1 of 1"}},
                     {.thesis = "t2"}};
  proposal.shortages = {{"1 thesis has no jury", {"t2"}, {"people/bob"}, {"1 more place with bob"}}};
  return proposal;
}

class ProposalStoreContract : public contract::OnEveryBackend {
 protected:
  absl::Status Put(const Proposal& proposal) {
    return store_.Write([&](ProposalStore::Writer& writer) { return writer.PutProposal(proposal); });
  }
  std::optional<Proposal> Find(const std::string& id) {
    std::optional<Proposal> found;
    EXPECT_OK(store_.Read([&](const ProposalStore::Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(found, reader.FindProposal(id));
      return absl::OkStatus();
    }));
    return found;
  }
  Page<Proposal> List(const PageRequest& page) {
    Page<Proposal> list;
    EXPECT_OK(store_.Read([&](const ProposalStore::Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(list, reader.ListProposals("programmes/msi", page));
      return absl::OkStatus();
    }));
    return list;
  }

  const std::unique_ptr<Database> database_ = OpenDatabase("assignment");
  ProposalStore store_{*database_};
};
SOUTENANCE_ON_EVERY_BACKEND(ProposalStoreContract);

TEST_P(ProposalStoreContract, RemembersAllOfAProposal) {
  Proposal proposal = AProposal("20261125-a");
  ASSERT_OK(Put(proposal));
  proposal.version = 1;
  EXPECT_EQ(Find("20261125-a"), proposal);
  EXPECT_EQ(Find("20261125-b"), std::nullopt);
}

TEST_P(ProposalStoreContract, ReplacesTheVersionThatItWasToldOnly) {
  ASSERT_OK(Put(AProposal("a")));
  EXPECT_THAT(Put(AProposal("a")), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  Proposal second = AProposal("a");
  second.version = 1;
  second.juries[1].accepted = absl::FromUnixSeconds(1);
  ASSERT_OK(Put(second));
  EXPECT_EQ(Find("a")->version, 2);
  EXPECT_EQ(Find("a")->CountAccepted(), 2);
  EXPECT_THAT(Put(second), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
}

TEST_P(ProposalStoreContract, ListsTheNewestFirst) {
  for (const std::string id : {"20261101-a", "20261125-a", "20261110-a"}) ASSERT_OK(Put(AProposal(id)));
  Proposal other = AProposal("20261126-a");
  other.programme = "programmes/other";
  ASSERT_OK(Put(other));
  const Page<Proposal> first = List({.size = 2, .after = ""});
  ASSERT_EQ(first.items.size(), 2u);
  EXPECT_EQ(first.items[0].id, "20261125-a");
  EXPECT_EQ(first.items[1].id, "20261110-a");
  const Page<Proposal> second = List({.size = 2, .after = first.next});
  ASSERT_EQ(second.items.size(), 1u);
  EXPECT_EQ(second.items[0].id, "20261101-a");
  EXPECT_EQ(second.next, "");
}

}  // namespace
}  // namespace soutenance::storage::sql
