#ifndef SOUTENANCE_SERVICES_SCHEDULING_TESTING_SAMPLES_H_
#define SOUTENANCE_SERVICES_SCHEDULING_TESTING_SAMPLES_H_

#include <string>
#include <vector>

#include "services/base/caller.h"
#include "services/scheduling/campaign.h"
#include "services/scheduling/facts.h"

// Small legal things for tests, of which a test changes what matters to it.
namespace soutenance::scheduling::testing {

// "2027-06-14" as a day, "2027-06-14T09:30" as a moment, "09:30" as minutes. Abort if they are none.
absl::CivilDay Day(absl::string_view date);
absl::CivilMinute Moment(absl::string_view moment);
MinuteOfDay Time(absl::string_view time);

// A part of one day: Period("2027-06-14", "09:00", "12:00", Answer::kNo).
AvailabilityPeriod Period(absl::string_view date, absl::string_view from, absl::string_view to,
                          Answer answer);

// "campaigns/m2" of "programmes/msi": Monday 14 and Tuesday 15 June 2027, 09:00 to 12:00 and 13:00 to 17:00,
// defences of 60 minutes on a grid of 30, in "rooms/a".
Campaign ACampaign();

// Facts of ACampaign: "theses/1" by Léa Martin ("people/lea"), supervised by Ana Ruiz ("people/ana"), who
// sits on the jury with Bob Stone ("people/bob"), the president. Room A has 30 seats. Nobody has answered.
CampaignFacts SmallFacts();

// Adds a defence of "theses/<id>" by "people/<author>", whose name is `author`, with `jurors` on site.
void AddDefence(CampaignFacts& facts, const std::string& id, const std::string& author,
                const std::vector<std::string>& jurors);

// Gives an answer of `person`.
void Answered(CampaignFacts& facts, const std::string& person, std::vector<AvailabilityPeriod> periods);

// Accounts of these roles in "programmes/msi": "accounts/staff", and "accounts/ana", the juror Ana.
Caller Staff();
Caller Ana();
// Staff of "programmes/law".
Caller Stranger();

}  // namespace soutenance::scheduling::testing

#endif  // SOUTENANCE_SERVICES_SCHEDULING_TESTING_SAMPLES_H_
