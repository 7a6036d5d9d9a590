#include "services/scheduling/facts.h"

#include <algorithm>
#include <set>
#include <utility>

#include "services/base/error.h"
#include "services/base/status.h"
#include "services/scheduling/resource_names.h"

namespace soutenance::scheduling {
namespace {

// What the own store knows, on one snapshot.
absl::Status ReadOwnFacts(const CampaignStore& store, absl::string_view name, CampaignFacts& facts) {
  return store.Read([&](const CampaignReader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(std::optional<Campaign> campaign, reader.FindCampaign(name));
    if (!campaign) return NotFound("campaign", name);
    facts.campaign = *std::move(campaign);
    ASSIGN_OR_RETURN(facts.defences, reader.AllDefences(name));
    ASSIGN_OR_RETURN(std::vector<Availability> answers, reader.AllAvailabilities(name));
    facts.availabilities.clear();
    for (Availability& answer : answers) {
      std::string person = answer.person;
      facts.availabilities.emplace(std::move(person), std::move(answer));
    }
    return absl::OkStatus();
  });
}

// Everybody who has a part in a thesis: documents name them, the problem needs those who attend.
std::vector<std::string> PeopleOf(const CampaignFacts& facts) {
  std::set<std::string> names;
  for (const auto& [name, thesis] : facts.theses) {
    names.insert(thesis.authors.begin(), thesis.authors.end());
    names.insert(thesis.supervisor);
    names.insert(thesis.company_tutor);
  }
  for (const auto& [thesis, jury] : facts.juries) {
    for (const JurySeat& seat : jury.seats) names.insert(seat.person);
  }
  for (std::string& candidate : facts.Candidates()) names.insert(std::move(candidate));
  names.erase("");
  return {names.begin(), names.end()};
}

}  // namespace

std::vector<std::string> CampaignFacts::DefendedTheses() const {
  std::vector<std::string> defended;
  for (const Defence& defence : defences) {
    const auto thesis = theses.find(defence.thesis);
    if (thesis == theses.end() || thesis->second.is_withdrawn || thesis->second.authors.empty()) continue;
    defended.push_back(defence.thesis);
  }
  return defended;
}

std::vector<OpenSeat> CampaignFacts::OpenSeatsOf(const Defence& defence, int* left_out) const {
  const auto jury = juries.find(defence.thesis);
  const auto thesis = theses.find(defence.thesis);
  std::vector<OpenSeat> open = scheduling::OpenSeatsOf(
      campaign.seats, defence.seats, jury == juries.end() ? std::vector<JurySeat>{} : jury->second.seats,
      thesis == theses.end() ? std::vector<std::string>{} : thesis->second.authors);
  const auto most = static_cast<std::size_t>(kOpenSeatsMax);
  if (left_out != nullptr) *left_out = static_cast<int>(open.size() - std::min(open.size(), most));
  if (open.size() > most) open.resize(most);
  return open;
}

std::vector<std::string> CampaignFacts::Candidates() const {
  std::set<std::string> names;
  const auto add = [&](const std::vector<SeatNeed>& seats) {
    for (const SeatNeed& need : seats) {
      for (const Candidate& candidate : need.candidates) names.insert(candidate.person);
    }
  };
  add(campaign.seats);
  for (const Defence& defence : defences) add(defence.seats);
  return {names.begin(), names.end()};
}

std::string CampaignFacts::NameOf(absl::string_view person) const {
  const auto found = people.find(std::string(person));
  if (found == people.end() || found->second.display_name.empty()) return std::string(IdOf(person));
  return found->second.display_name;
}

absl::StatusOr<CampaignFacts> GatherFacts(const FactSources& sources, absl::string_view campaign) {
  CampaignFacts facts;
  RETURN_IF_ERROR(ReadOwnFacts(sources.store, campaign, facts));

  std::vector<std::string> theses;
  theses.reserve(facts.defences.size());
  for (const Defence& defence : facts.defences) theses.push_back(defence.thesis);
  ASSIGN_OR_RETURN(std::vector<ThesisFacts> thesis_facts, sources.theses.Theses(theses));
  for (ThesisFacts& thesis : thesis_facts) facts.theses.emplace(thesis.name, std::move(thesis));
  ASSIGN_OR_RETURN(std::vector<JuryFacts> jury_facts, sources.juries.Juries(theses));
  for (JuryFacts& jury : jury_facts) facts.juries.emplace(jury.thesis, std::move(jury));

  ASSIGN_OR_RETURN(std::vector<PersonFacts> people, sources.directory.People(PeopleOf(facts)));
  for (PersonFacts& person : people) facts.people.emplace(person.name, std::move(person));
  ASSIGN_OR_RETURN(std::vector<RoomFacts> rooms, sources.directory.Rooms(facts.campaign.rooms));
  for (RoomFacts& room : rooms) facts.rooms.emplace(room.name, std::move(room));
  ASSIGN_OR_RETURN(facts.programme, sources.directory.Programme(facts.campaign.programme));
  if (!facts.campaign.cohort.empty()) {
    ASSIGN_OR_RETURN(facts.cohort, sources.directory.Cohort(facts.campaign.cohort));
  }
  return facts;
}

}  // namespace soutenance::scheduling
