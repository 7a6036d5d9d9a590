#ifndef SOUTENANCE_SERVICES_SCHEDULING_TESTING_CAMPAIGNS_FIXTURE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_TESTING_CAMPAIGNS_FIXTURE_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "services/scheduling/campaigns.h"
#include "services/scheduling/testing/fake_lookups.h"
#include "services/scheduling/testing/samples.h"
#include "storage/sql/campaign_store.h"
#include "storage/sql/database.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling::testing {

// The use cases of campaigns on a SQLite database in memory, and other services that know Léa, Ana and Bob,
// the rooms A and B, the theses 1 and 2, the programmes msi and law, and the cohort msi/2027.
class CampaignsFixture : public ::testing::Test {
 protected:
  CampaignsFixture() {
    for (const auto& [name, title] : {std::pair<std::string, std::string>("people/lea", "Léa Martin"),
                                      {"people/ana", "Ana Ruiz"},
                                      {"people/bob", "Bob Stone"}}) {
      directory.AddPerson(name, title);
    }
    directory.AddRoom({.name = "rooms/a", .title = "A 101"});
    directory.AddRoom({.name = "rooms/b", .title = "B 202"});
    for (const std::string name : {"programmes/msi", "programmes/law"}) {
      directory.programmes[name] = {.name = name};
    }
    directory.cohorts["programmes/msi/cohorts/2027"] = {.name = "programmes/msi/cohorts/2027"};
    for (const std::string name : {"theses/1", "theses/2"}) {
      theses.Add({.name = name,
                  .title = "Title of " + name,
                  .authors = {"people/lea"},
                  .supervisor = "people/ana",
                  .programme = "programmes/msi"});
    }
  }

  // ACampaign, created by the staff.
  Campaign Created() {
    absl::StatusOr<Campaign> created = campaigns.CreateCampaign(Staff(), ACampaign(), {});
    EXPECT_OK(created);
    return created.value_or(Campaign{});
  }

  // A protected call: one request id, one content.
  static Mutation Request(const std::string& id, const std::string& content = "") {
    return {
        .request = {.request_id = id, .account = "accounts/staff", .method = "M", .fingerprint = content}};
  }
  static Mutation ValidateOnly() { return {.validate_only = true}; }

  std::unique_ptr<storage::sql::Database> database =
      *storage::sql::Database::Open("sqlite::memory:", {.service = "scheduling"});
  storage::sql::CampaignStore store{*database};
  FakeDirectory directory;
  FakeTheses theses;
  FakeJuries juries;
  soutenance::testing::FakeClock clock{absl::FromUnixSeconds(1'800'000'000)};
  Campaigns campaigns{
      {.store = store, .theses = theses, .juries = juries, .directory = directory, .clock = clock}};
};

// The fields that an INVALID_ARGUMENT names.
inline std::vector<std::string> FieldsOf(const absl::Status& status) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : FactsOf(status).fields) fields.push_back(violation.field);
  return fields;
}

}  // namespace soutenance::scheduling::testing

#endif  // SOUTENANCE_SERVICES_SCHEDULING_TESTING_CAMPAIGNS_FIXTURE_H_
