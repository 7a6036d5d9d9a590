#include "services/submissions/thesis_life.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "services/submissions/thesis.h"

namespace soutenance::submissions {
namespace {

using S = ThesisState;
using E = ThesisEvent;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

std::vector<S> AllStates() {
  std::vector<S> states;
  for (int i = static_cast<int>(kFirstThesisState); i <= static_cast<int>(kLastThesisState); ++i) {
    states.push_back(static_cast<S>(i));
  }
  return states;
}
std::vector<E> AllEvents() {
  std::vector<E> events;
  for (int i = static_cast<int>(kFirstThesisEvent); i <= static_cast<int>(kLastThesisEvent); ++i) {
    events.push_back(static_cast<E>(i));
  }
  return events;
}

Thesis AThesis(S state = S::kActive) {
  return {.id = "42",
          .title = "Title",
          .authors = {"people/ana", "people/bob"},
          .supervisor = "people/sam",
          .company_tutor = "people/tom",
          .programme = "programmes/msi",
          .state = state};
}

std::vector<std::string> UnmetWords(E event, const Thesis& thesis, const LifeFacts& facts) {
  const LifeRule* const rule = FindRule(event, thesis.state);
  if (rule == nullptr) return {"not possible here"};
  std::vector<std::string> words;
  for (const Unmet& unmet : UnmetOf(*rule, thesis, facts, kNow)) words.push_back(unmet.word);
  return words;
}

TEST(LifeTable, NamesEveryStateAndEventOnceAndBothWays) {
  std::set<std::string> names;
  for (const S state : AllStates()) {
    EXPECT_EQ(ThesisStateOf(StateName(state)), state);
    EXPECT_TRUE(names.emplace(StateName(state)).second) << StateName(state);
  }
  for (const E event : AllEvents()) EXPECT_EQ(ThesisEventOf(EventName(event)), event);
  EXPECT_EQ(StateName(S::kActive), "active");
  EXPECT_EQ(StateName(S::kInReview), "in_review");
  EXPECT_EQ(StateName(S::kAbandoned), "abandoned");
  EXPECT_EQ(EventName(E::kSubmitSubject), "submit_subject");
  EXPECT_EQ(EventName(E::kAdjourn), "adjourn");
  EXPECT_EQ(EventName(E::kReinstate), "reinstate");
}

TEST(LifeTable, LeadsEachEventFromAStateToOnePlace) {
  for (const E event : AllEvents()) {
    bool is_in_the_table = false;
    for (const S state : AllStates()) {
      int lines = 0;
      for (const LifeRule& rule : LifeRules()) lines += rule.event == event && rule.from.Has(state);
      EXPECT_LE(lines, 1) << EventName(event) << " from " << StateName(state);
      is_in_the_table = is_in_the_table || lines == 1;
    }
    EXPECT_TRUE(is_in_the_table) << EventName(event);
  }
}

TEST(LifeTable, SaysOfEveryLineWhoCausesItAndWhoIsTold) {
  for (const LifeRule& rule : LifeRules()) {
    EXPECT_FALSE(rule.who.IsEmpty()) << EventName(rule.event);
    EXPECT_FALSE(rule.told.IsEmpty()) << EventName(rule.event);
  }
}

// From the first state everything can be reached, and from everywhere but the ends something leads on.
TEST(LifeTable, ReachesEveryStateAndEndsWhereItShould) {
  std::set<S> reached = {S::kSubjectDraft};
  for (std::size_t before = 0; before != reached.size();) {
    before = reached.size();
    for (const LifeRule& rule : LifeRules()) {
      for (const S state : std::set<S>(reached)) {
        if (rule.from.Has(state)) reached.insert(StateAfter(rule, AThesis(state)));
      }
    }
  }
  EXPECT_EQ(reached.size(), AllStates().size());

  std::set<S> ends;
  for (const S state : AllStates()) {
    bool leads_on = false;
    for (const E event : AllEvents()) leads_on = leads_on || FindRule(event, state) != nullptr;
    if (!leads_on) ends.insert(state);
  }
  EXPECT_THAT(ends, IsEmpty()) << "withdrawn and abandoned can be taken back, what is archived disseminated";
}

TEST(LifeTable, InterruptsOnlyWhatHasNotBeenDefended) {
  for (const S state : {S::kDefended, S::kToCorrect, S::kCorrected, S::kAccepted, S::kArchived,
                        S::kDisseminated, S::kNotDisseminated}) {
    for (const E event : {E::kSuspend, E::kAbandon, E::kWithdraw}) {
      EXPECT_EQ(FindRule(event, state), nullptr) << EventName(event) << " from " << StateName(state);
    }
  }
}

TEST(LifeTable, LeadsBackToTheStateBefore) {
  Thesis thesis = AThesis(S::kSuspended);
  thesis.state_before = S::kInReview;
  EXPECT_EQ(StateAfter(*FindRule(E::kResume, S::kSuspended), thesis), S::kInReview);
}

TEST(LifeTable, KeepsTheStateWhenMoreTimeIsGiven) {
  for (const S state : {S::kActive, S::kIncomplete, S::kToCorrect}) {
    EXPECT_EQ(StateAfter(*FindRule(E::kExtend, state), AThesis(state)), state);
  }
}

TEST(Conditions, AskForThreeOpinionsBeforeASubjectIsValidated) {
  Thesis thesis = AThesis(S::kSubjectProposed);
  LifeFacts facts;
  EXPECT_THAT(UnmetWords(E::kValidateSubject, thesis, facts),
              ElementsAre("programme_opinion", "supervisor_opinion", "company_opinion"));
  facts.opinions = {{.side = Opinion::Side::kProgramme, .verdict = Opinion::Verdict::kReserved},
                    {.side = Opinion::Side::kSupervisor, .verdict = Opinion::Verdict::kUnfavourable}};
  EXPECT_THAT(UnmetWords(E::kValidateSubject, thesis, facts),
              ElementsAre("supervisor_opinion", "company_opinion"));
  facts.opinions[1].verdict = Opinion::Verdict::kFavourable;
  thesis.company_tutor.clear();
  EXPECT_THAT(UnmetWords(E::kValidateSubject, thesis, facts), IsEmpty());
  thesis.level = Confidentiality::kJury;
  EXPECT_THAT(UnmetWords(E::kValidateSubject, thesis, facts), ElementsAre("end_of_confidentiality"));
  thesis.confidential_until = kNow;
  EXPECT_THAT(UnmetWords(E::kValidateSubject, thesis, facts), IsEmpty());
}

TEST(Conditions, AskForADepositThatIsNewerThanTheLastOne) {
  LifeFacts facts;
  EXPECT_THAT(UnmetWords(E::kDeposit, AThesis(), facts), ElementsAre("deposit_received"));
  facts.deposit = kNow;
  EXPECT_THAT(UnmetWords(E::kDeposit, AThesis(), facts), IsEmpty());
  facts.last_deposit = kNow;
  EXPECT_THAT(UnmetWords(E::kDeposit, AThesis(S::kIncomplete), facts), ElementsAre("deposit_received"));
  facts.deposit = kNow + absl::Microseconds(1);
  EXPECT_THAT(UnmetWords(E::kDeposit, AThesis(S::kIncomplete), facts), IsEmpty());
}

TEST(Conditions, DisseminateNothingWithoutConsentOrAgainstItsLevel) {
  Thesis thesis = AThesis(S::kArchived);
  thesis.level = Confidentiality::kClosedSession;
  thesis.consents = {"people/ana"};
  EXPECT_THAT(UnmetWords(E::kDisseminate, thesis, {}), ElementsAre("consents", "not_confidential"));
  thesis.consents = {"people/ana", "people/bob"};
  thesis.confidential_until = kNow;
  EXPECT_THAT(UnmetWords(E::kDisseminate, thesis, {}), IsEmpty());
}

TEST(AcceptsVersions, OnlyOfTheLiving) {
  for (const S state : {S::kSubjectDraft, S::kSubjectProposed, S::kSuspended, S::kWithdrawn, S::kAbandoned}) {
    EXPECT_FALSE(AcceptsVersions(state)) << StateName(state);
  }
  for (const S state : {S::kSubjectValidated, S::kActive, S::kIncomplete, S::kToCorrect, S::kAccepted}) {
    EXPECT_TRUE(AcceptsVersions(state)) << StateName(state);
  }
}

}  // namespace
}  // namespace soutenance::submissions
