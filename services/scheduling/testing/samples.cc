#include "services/scheduling/testing/samples.h"

#include <cstdlib>
#include <iostream>
#include <utility>

#include "absl/strings/str_cat.h"

namespace soutenance::scheduling::testing {
namespace {

template <typename T>
T Require(std::optional<T> value, absl::string_view text) {
  if (!value) {
    std::cerr << text << " cannot be read" << std::endl;
    std::abort();
  }
  return *value;
}

}  // namespace

absl::CivilDay Day(absl::string_view date) { return Require(ParseDate(date), date); }
absl::CivilMinute Moment(absl::string_view moment) { return Require(ParseMoment(moment), moment); }
MinuteOfDay Time(absl::string_view time) { return Require(ParseTimeOfDay(time), time); }

AvailabilityPeriod Period(absl::string_view date, absl::string_view from, absl::string_view to,
                          Answer answer) {
  return {.date = Day(date), .from = Time(from), .to = Time(to), .answer = answer};
}

Campaign ACampaign() {
  return {
      .name = "campaigns/m2",
      .title = "Soutenances 2027",
      .programme = "programmes/msi",
      .year = 2027,
      .days = {Day("2027-06-14"), Day("2027-06-15")},
      .hours = {{.from = Time("09:00"), .to = Time("12:00")}, {.from = Time("13:00"), .to = Time("17:00")}},
      .grid_minutes = 30,
      .rooms = {"rooms/a"}};
}

CampaignFacts SmallFacts() {
  CampaignFacts facts{.campaign = ACampaign()};
  facts.people["people/lea"] = {.name = "people/lea", .display_name = "Léa Martin"};
  facts.people["people/ana"] = {.name = "people/ana", .display_name = "Ana Ruiz"};
  facts.people["people/bob"] = {.name = "people/bob", .display_name = "Bob Stone"};
  facts.rooms["rooms/a"] = {.name = "rooms/a", .title = "A 101", .capacity_seats = 30};
  facts.programme = ProgrammeFacts{.name = "programmes/msi", .title = "Master SI"};
  facts.defences.push_back({.campaign = "campaigns/m2", .thesis = "theses/1", .version = 1});
  facts.theses["theses/1"] = {.name = "theses/1",
                              .title = "Réseaux",
                              .authors = {"people/lea"},
                              .supervisor = "people/ana",
                              .programme = "programmes/msi"};
  facts.juries["theses/1"] = {.thesis = "theses/1",
                              .seats = {{.person = "people/bob", .role = SeatRole::kPresident},
                                        {.person = "people/ana", .role = SeatRole::kSupervisor}}};
  return facts;
}

void AddDefence(CampaignFacts& facts, const std::string& id, const std::string& author,
                const std::vector<std::string>& jurors) {
  const std::string thesis = absl::StrCat("theses/", id);
  const std::string person = absl::StrCat("people/", author);
  facts.people[person] = {.name = person, .display_name = author};
  facts.defences.push_back({.campaign = facts.campaign.name, .thesis = thesis, .version = 1});
  facts.theses[thesis] = {.name = thesis,
                          .title = absl::StrCat("Thesis ", id),
                          .authors = {person},
                          .supervisor = "people/ana",
                          .programme = facts.campaign.programme};
  JuryFacts& jury = facts.juries[thesis];
  jury.thesis = thesis;
  for (const std::string& juror : jurors) {
    if (facts.people.count(juror) == 0) {
      facts.people[juror] = {.name = juror, .display_name = juror.substr(juror.find('/') + 1)};
    }
    jury.seats.push_back({.person = juror});
  }
}

void Answered(CampaignFacts& facts, const std::string& person, std::vector<AvailabilityPeriod> periods) {
  facts.availabilities[person] = {
      .campaign = facts.campaign.name, .person = person, .version = 1, .periods = std::move(periods)};
}

Caller Staff() {
  return {.account = "accounts/staff", .grants = {{.role = Role::kStaff, .programme = "programmes/msi"}}};
}

Caller Ana() {
  return {.account = "accounts/ana",
          .person = "people/ana",
          .grants = {{.role = Role::kJuror, .programme = "programmes/msi"}}};
}

Caller Stranger() {
  return {.account = "accounts/law", .grants = {{.role = Role::kStaff, .programme = "programmes/law"}}};
}

}  // namespace soutenance::scheduling::testing
