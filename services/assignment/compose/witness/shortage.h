#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_WITNESS_SHORTAGE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_WITNESS_SHORTAGE_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "services/assignment/compose/model/problem.h"

namespace soutenance::assignment::compose {

// Why some theses must stay without jury, such that anybody can count it, and what would change it.
struct Shortage {
  enum class Kind {
    kNoJury,        // of one thesis: no people at all make a legal jury, loads apart
    kTooFewPlaces,  // these theses need more seats held by these people than they have places
    kTogether,      // each has juries, and a smaller part of them can be seated; all of them cannot, as a
                    // search through everything found
  };
  Kind kind = Kind::kNoJury;
  std::vector<int> theses;  // ascending

  // Places of people that count, of kTooFewPlaces.
  struct Place {
    int person = 0;
    int role = -1;  // -1: in any role
    int places = 0;
    Value weight = 1;  // how often it is counted; mostly 1

    friend bool operator==(const Place&, const Place&) = default;
  };
  std::vector<Place> places;
  std::vector<Value> least;  // by thesis of `theses`: what each legal jury of it takes of them at least
  Value needed = 0;          // the sum of that
  Value offered = 0;         // by all places; less

  // Of kNoJury: not one of them can be left out of the reason. Of kTooFewPlaces: without it some of the
  // theses would need less.
  std::vector<int> rules;
  std::vector<int> seats;          // of kNoJury: open seats that nobody may hold
  bool has_no_slot = false;        // of kNoJury: the given people have no slot in common
  bool is_only_for_slots = false;  // of kNoJury: people of legal juries have no slot in common

  // A change that helps.
  struct Step {
    enum class Kind {
      kMorePlaces,   // with `person`, `by`; in `role` if it is not -1
      kLiftRule,     // `rule`, for `thesis`
      kOtherPeople,  // for seat `seat` of `thesis`: somebody else who may hold it; -1: other given people
    };
    Kind kind = Kind::kMorePlaces;
    int person = -1;
    int role = -1;
    int by = 0;
    int thesis = -1;
    int rule = -1;
    int seat = -1;

    friend bool operator==(const Step&, const Step&) = default;
  };
  // kNoJury: any one of them helps that thesis. Else: all together help these theses.
  std::vector<Step> way_out;
};

struct Shortages {
  std::vector<Shortage> all;
  // The first theses without jury for which nothing was proven: the search was too much work.
  bool is_complete = true;
};

// Whatever keeps theses without jury: each thesis that has none at all, then what keeps the others from
// having one at the same time, one reason after the other as if those before had been helped. Empty if all
// can be seated.
Shortages FindShortages(
    const Problem& problem, const std::function<bool()>& should_stop = [] { return false; });

// "9 theses need one seat each held by 3 people with 2 places each: ana (2), ..." and why, in English.
std::string Sentence(const Problem& problem, const Shortage& shortage);
// "2 more places with ana" and the like.
std::string StepSentence(const Problem& problem, const Shortage::Step& step);

// The problem after a step.
ProblemSpec After(const ProblemSpec& spec, const Shortage::Step& step);

}  // namespace soutenance::assignment::compose

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_WITNESS_SHORTAGE_H_
