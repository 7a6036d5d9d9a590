#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_CONFLICTS_CONFLICTS_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_CONFLICTS_CONFLICTS_H_

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

// What stands between somebody who judges a thesis and those who wrote it, from facts alone: no store, no
// network, no clock. People are "people/{id}" everywhere and are the same person only if these are equal.
namespace soutenance::assignment::conflicts {

// The values are those of soutenance.assignment.v1.ConflictKind; the proto says what each means.
enum class Kind {
  kAuthor = 1,
  kSupervision,
  kCompany,
  kCoauthorship,
  kPastWork,
  kFamily,
  kOther,
  kSameFamilyName,
  kSameAddress
};
inline constexpr Kind kKinds[] = {Kind::kAuthor,       Kind::kSupervision,    Kind::kCompany,
                                  Kind::kCoauthorship, Kind::kPastWork,       Kind::kFamily,
                                  Kind::kOther,        Kind::kSameFamilyName, Kind::kSameAddress};
// "same_family_name": how it is stored and shown.
absl::string_view KindName(Kind kind);
// "who supervises or tutors an author, or did": after "somebody", for a sentence.
absl::string_view KindMeaning(Kind kind);
// Whether people may declare it.
bool IsDeclarable(Kind kind);
// Whether it only counts for some years.
bool FadesAway(Kind kind);

// The values are those of ConflictSource and ConflictState.
enum class Source { kComputed = 1, kDeclaredByJuror, kDeclaredByAuthor };
enum class State { kNone = 1, kQuestion, kConflict };  // the larger, the heavier
inline constexpr State kStates[] = {State::kNone, State::kQuestion, State::kConflict};

// As what somebody sits, as far as conflicts are concerned. Who supervises or tutors a thesis is a member of
// its jury by just that (whether they may preside is a rule of the jury), but cannot be the independent
// reader. A guest does not vote.
enum class Chair { kReviewer = 1, kMember, kGuest };

struct Person {
  std::string family_name;
  std::vector<std::string> companies;     // names of what they work for
  std::vector<std::string> institutions;  // names of their universities and schools
  std::vector<std::string> addresses;     // e-mail or postal
};

struct Thesis {
  std::string id;
  std::string programme;  // "programmes/{id}"
  std::vector<std::string> authors;
  std::string supervisor;
  std::string company_tutor;  // or empty

  bool IsBy(absl::string_view person) const;
};

// What `declarer` says of themselves and `other`.
struct Declaration {
  std::string programme;  // to which it was said: "programmes/{id}"
  std::string declarer;
  std::string other;
  Kind kind = Kind::kOther;
  std::string reason;
  std::optional<int> year;  // the last one of what fades away; nothing: it goes on
  absl::Time time;

  friend bool operator==(const Declaration&, const Declaration&) = default;
};

// What those who run the programme decided about a thesis and a person.
struct Decision {
  bool is_conflict = true;
  std::vector<std::string> authors;  // of the thesis when it was decided
  absl::Time time;
};

// One fact and what it alone would mean.
struct Finding {
  State state = State::kConflict;
  Kind kind = Kind::kOther;
  Source source = Source::kComputed;
  std::string author;     // whom of the authors it is about
  std::string programme;  // whose staff may know of it; empty: that of the thesis
  std::optional<int> year;
  std::optional<absl::Time> since;  // when it was declared
  std::string detail;               // the reason declared, or the fact found: "theses/m1-003"

  friend bool operator==(const Finding&, const Finding&) = default;
};

// What counts, and why.
struct Verdict {
  State state = State::kConflict;  // until somebody has looked
  std::vector<Finding> findings;   // the heaviest first
  bool decision_holds = false;
};

// What is known, to be asked about any number of theses and people.
struct Facts {
  std::map<std::string, Person> people;   // authors, supervisors, tutors and those who judge
  std::vector<Thesis> theses;             // all that the authors in question wrote, this year and before
  std::vector<Declaration> declarations;  // in which the authors in question are on one side
  int this_year = 0;
};

// Text in which case, accents, punctuation and spaces make no difference: "D'Aubigné " is "d aubigne".
std::string Folded(absl::string_view text);
// An address likewise; what follows "+" before the "@" is a label of the same mailbox.
std::string FoldedAddress(absl::string_view address);

// The facts, ready for many questions. Copies what it needs. Safe for concurrent use after it was made.
class Relations {
 public:
  explicit Relations(Facts facts);

  // What is between `thesis` and `person`, who sits on `chair`. Works in common count up to `years` years
  // after their last one. `decision`, if not null, overrules what is found:
  //   a conflict   as long as one of the authors it was about is one; after that it is a question at least.
  //   no conflict  as long as all authors are among those it was about and nobody declared anything since.
  // Nobody can decide that an author may judge their own thesis.
  Verdict Between(const Thesis& thesis, const std::string& person, Chair chair, int years,
                  const Decision* decision) const;

 private:
  // What of a person is compared, folded.
  struct Compared {
    std::string family_name;
    std::string shown_family_name;
    std::vector<std::string> companies;
    std::vector<std::string> shown_companies;  // parallel
    std::vector<std::string> institutions;
    std::vector<std::string> addresses;
  };
  // What an author and another person did together in one thesis.
  struct Shared {
    Kind kind;
    std::string thesis;  // id
    std::string programme;
  };
  using Pair = std::pair<std::string, std::string>;
  const Compared* Find(const std::string& person) const;
  void AddShared(const Thesis& thesis, const std::string& author, const std::string& person,
                 std::vector<Finding>& found) const;
  void AddCompany(const Thesis& thesis, const std::string& author, const std::string& person,
                  std::vector<Finding>& found) const;
  void AddLikeness(const std::string& author, const std::string& person, std::vector<Finding>& found) const;
  void AddDeclared(const std::string& author, const std::string& person, int years,
                   std::vector<Finding>& found) const;

  std::map<std::string, Compared> people_;
  std::map<Pair, std::vector<Shared>> shared_;         // by author and other
  std::map<Pair, std::vector<Declaration>> declared_;  // by declarer and other
  int this_year_;
};

}  // namespace soutenance::assignment::conflicts

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_CONFLICTS_CONFLICTS_H_
