#include "services/assignment/rules/testing/example.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/assignment/rules/defaults.h"
#include "services/assignment/rules/fold.h"

namespace soutenance::assignment::rules {
namespace {

// The words of one line: the first ones as they are, "name=value" by name. "_" in a value is a space.
struct Line {
  explicit Line(absl::string_view text) {
    for (const absl::string_view word : absl::StrSplit(text, ' ', absl::SkipEmpty())) {
      const std::pair<std::string, std::string> parts = absl::StrSplit(word, absl::MaxSplits('=', 1));
      if (word.find('=') == absl::string_view::npos) {
        words.emplace_back(word);
      } else {
        values[parts.first] = parts.second;
      }
    }
  }
  bool Says(absl::string_view word) const {
    return std::count(words.begin(), words.end(), std::string(word)) > 0;
  }
  std::string Word(std::size_t i) const { return i < words.size() ? words[i] : ""; }
  std::string Get(const std::string& name) const {
    const auto at = values.find(name);
    return at == values.end() ? "" : at->second;
  }
  std::vector<std::string> List(const std::string& name) const {
    return absl::StrSplit(Get(name), ',', absl::SkipEmpty());
  }
  std::optional<int> Count(const std::string& name) const {
    int count = 0;
    return absl::SimpleAtoi(Get(name), &count) ? std::optional<int>(count) : std::nullopt;
  }

  std::vector<std::string> words;
  std::map<std::string, std::string> values;
};

template <typename Enum, std::size_t n>
Enum Named(const Enum (&all)[n], absl::string_view (*name_of)(Enum), const std::string& name,
           Enum otherwise) {
  for (const Enum one : all) {
    if (name_of(one) == absl::string_view(name)) return one;
  }
  return otherwise;
}

std::string PersonName(const std::string& id) { return id.empty() ? "" : absl::StrCat("people/", id); }

absl::CivilDay Day(const std::string& text) {
  absl::CivilDay day;
  absl::ParseCivilTime(text, &day);
  return day;
}

class Reader {
 public:
  void Read(absl::string_view text) {
    for (const absl::string_view line : absl::StrSplit(text, '\n')) {
      if (line.empty() || line.front() == '#') continue;
      Take(Line(line), line);
    }
  }
  Example Take() { return std::move(example_); }

 private:
  void Take(const Line& line, absl::string_view text) {
    const std::string first = line.Word(0);
    if (first == "rules") {
      Rules(line);
    } else if (first == "rule") {
      example_.set.rules.push_back(RuleOf(line));
    } else if (first == "person") {
      Person(line);
    } else if (first == "thesis") {
      Thesis(line);
    } else if (first == "defence") {
      example_.context.posted_on = Day(line.Get("posted"));
      example_.context.defence_on = Day(line.Get("on"));
    } else if (first == "seat") {
      SeatOf(line);
    } else if (first == "expect") {
      Expect(line);
    } else {
      example_.problem = absl::StrCat("not understood: ", text);
    }
  }

  void Rules(const Line& line) {
    for (const DefaultSet& one : DefaultSets()) {
      if (one.id == line.Word(1)) example_.set = one.set;
    }
    if (example_.set.rules.empty() && line.Word(1) != "none") example_.problem = "no such rules";
    example_.set.institutions = {"Cnam"};
  }

  Rule RuleOf(const Line& line) {
    Rule rule{.id = line.Word(1),
              .kind = Named(kKinds, KindName, line.Word(2), Kind::kAuthors),
              .level = Named(kLevels, LevelName, line.Get("level"), Level::kRequired),
              .min = line.Count("min"),
              .max = line.Count("max"),
              .sector = Named(kSectors, SectorName, line.Get("sector"), Sector::kUnknown),
              .or_habilitated = line.Says("or_habilitated"),
              .may_preside = line.Says("may_preside"),
              .words = line.List("words"),
              .source = {.text = "Example", .article = "1"}};
    if (rule.kind == Kind::kAuthors) example_.problem = "no such kind";
    for (const std::string& role : line.List("roles")) rule.roles.Add(RoleOf(role));
    for (const std::string& rank : line.List("ranks"))
      rule.ranks.push_back(Named(kRanks, RankName, rank, Rank::kUnknown));
    const std::vector<std::string> share = absl::StrSplit(line.Get("share"), '/', absl::SkipEmpty());
    if (share.size() == 2) rule.share = Share{std::stoi(share[0]), std::stoi(share[1])};
    if (!line.Get("voice").empty())
      rule.voice = Named(kVoices, VoiceName, line.Get("voice"), Voice::kObserver);
    return rule;
  }

  void Person(const Line& line) {
    PersonFacts person{.person = PersonName(line.Word(1)),
                       .is_known = !line.Says("unknown"),
                       .rank = Named(kRanks, RankName, line.Get("rank"), Rank::kUnknown),
                       .sector = Named(kSectors, SectorName, line.Get("sector"), Sector::kUnknown),
                       .institution = Fold(line.Get("institution")),
                       .company = line.Get("company"),
                       .may_preside = line.Says("presides"),
                       .emeritus = line.Says("emeritus"),
                       .habilitated = line.Says("habilitated"),
                       .languages = line.List("languages"),
                       .gender = Named(kGenders, GenderName, line.Get("gender"), Gender::kUnknown)};
    for (const std::string& keyword : line.List("keywords")) person.keywords.push_back(Fold(keyword));
    person.load.per_campaign_max = line.Count("accepts").value_or(0);
    if (line.Count("elsewhere")) person.seats_elsewhere[Seat::Role::kExaminer] = *line.Count("elsewhere");
    // A later line about somebody replaces the earlier one.
    for (PersonFacts& known : example_.people) {
      if (known.person != person.person) continue;
      known = std::move(person);
      return;
    }
    example_.people.push_back(std::move(person));
  }

  void Thesis(const Line& line) {
    for (const std::string& author : line.List("authors"))
      example_.context.authors.push_back(PersonName(author));
    example_.context.supervisor = PersonName(line.Get("supervisor"));
    example_.context.company_tutor = PersonName(line.Get("company_tutor"));
    example_.context.language = line.Get("language");
    for (const std::string& keyword : line.List("keywords"))
      example_.context.keywords.push_back(Fold(keyword));
    if (line.Says("unknown")) example_.context.knows_thesis = false;
  }

  void SeatOf(const Line& line) {
    SeatFacts seat{.role = RoleOf(line.Word(2)),
                   .mode = line.Says("remote") ? Seat::Mode::kRemote : Seat::Mode::kOnSite};
    for (const PersonFacts& person : example_.people) {
      if (person.person == PersonName(line.Word(1))) seat.person = &person;
    }
    if (seat.person == nullptr && line.Word(1) != "open")
      example_.problem = absl::StrCat("nobody: ", line.Word(1));
    example_.seats.push_back(seat);
  }

  void Expect(const Line& line) {
    const std::string what = line.Word(1);
    if (what == "accepted" || what == "refused") {
      example_.is_accepted = what == "accepted";
      return;
    }
    constexpr std::pair<absl::string_view, Outcome> kOutcomes[] = {{"met", Outcome::kMet},
                                                                   {"broken", Outcome::kBroken},
                                                                   {"open", Outcome::kOpen},
                                                                   {"unmeasured", Outcome::kUnmeasured}};
    Expectation expectation{.counted = line.Count("counted"), .of = line.Count("of")};
    bool is_outcome = false;
    for (const auto& [name, outcome] : kOutcomes) {
      if (name != absl::string_view(line.Word(2))) continue;
      expectation.outcome = outcome;
      is_outcome = true;
    }
    if (!is_outcome) example_.problem = absl::StrCat("no such outcome: ", line.Word(2));
    example_.expected[what] = expectation;
  }

  Seat::Role RoleOf(const std::string& name) {
    for (const Seat::Role role : kSeatRoles) {
      if (SeatRoleName(role) == absl::string_view(name)) return role;
    }
    example_.problem = absl::StrCat("no such role: ", name);
    return Seat::Role::kGuest;
  }

  Example example_;
};

}  // namespace

Example ReadExample(absl::string_view text, absl::string_view people) {
  Reader reader;
  reader.Read(people);
  reader.Read(text);
  return reader.Take();
}

}  // namespace soutenance::assignment::rules
