#include "services/scheduling/solver/explain/phrases.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"

namespace soutenance::scheduling::solver {
namespace {

constexpr char kNoBreak[] = "\u00a0";

// Whether French elides "de" before `name`. Names with h keep it: "de Hugo".
bool BeginsWithVowel(absl::string_view name) {
  static constexpr absl::string_view kVowels[] = {"a", "e", "i", "o", "u", "A", "E", "I", "O", "U", "à", "â",
                                                  "ä", "é", "è", "ê", "ë", "î", "ï", "ô", "ö", "á", "í", "ó",
                                                  "å", "Á", "Í", "Ó", "Å", "ù", "û", "ü", "À", "Â", "Ä", "É",
                                                  "È", "Ê", "Ë", "Î", "Ï", "Ô", "Ö", "Ù", "Û", "Ü", "œ", "Œ"};
  return std::any_of(std::begin(kVowels), std::end(kVowels),
                     [name](absl::string_view vowel) { return absl::StartsWith(name, vowel); });
}

const std::string& LabelOf(const Problem& problem, DefenceId id) {
  const Defence& defence = problem.defence(id);
  return defence.label.empty() ? defence.key : defence.label;
}

std::string Join(absl::Span<const std::string> words, absl::string_view last) {
  if (words.empty()) return "";
  const std::string head = absl::StrJoin(words.first(words.size() - 1), ", ");
  return head.empty() ? words.back() : absl::StrCat(head, last, words.back());
}

// "de 9 h à 10 h", as PeriodText tells it after the date.
Text HoursText(const Problem& problem, const Interval& interval) {
  const Text period = PeriodText(problem, interval);
  const Text date = DateText(problem, interval.from);
  return {period.fr.substr(date.fr.size() + 1), period.en.substr(date.en.size() + 1)};
}

}  // namespace

std::string De(absl::string_view name) { return absl::StrCat(BeginsWithVowel(name) ? "d’" : "de ", name); }

std::string JoinFr(absl::Span<const std::string> words) { return Join(words, " et "); }
std::string JoinEn(absl::Span<const std::string> words) { return Join(words, " and "); }

Text DefencePhrase(const Problem& problem, DefenceId defence) {
  const std::string& label = LabelOf(problem, defence);
  return {absl::StrCat("la soutenance ", De(label)), absl::StrCat("the defence of ", label)};
}

Text DefencesPhrase(const Problem& problem, absl::Span<const DefenceId> defences) {
  constexpr std::size_t kNamedMax = 5;
  if (defences.size() == 1) return DefencePhrase(problem, defences[0]);
  std::vector<std::string> fr;
  std::vector<std::string> en;
  for (const DefenceId id : defences.first(std::min(kNamedMax, defences.size()))) {
    fr.push_back(De(LabelOf(problem, id)));
    en.push_back(LabelOf(problem, id));
  }
  if (defences.size() > kNamedMax) {
    const auto others = static_cast<int64_t>(defences.size() - kNamedMax);
    fr.push_back(absl::StrCat("de ", CountFr(others, "autre", "autres")));
    en.push_back(CountEn(others, "other", "others"));
  }
  return {absl::StrCat("les soutenances ", JoinFr(fr)), absl::StrCat("the defences of ", JoinEn(en))};
}

Text RoomPhrase(const Problem& problem, RoomId id) {
  const Room& room = problem.room(id);
  return RoomPhrase(room.name.empty() ? room.key : room.name);
}

Text RoomPhrase(const std::string& name) {
  Text phrase{absl::StrCat("la salle ", name), absl::StrCat("room ", name)};
  // Doors say "Salle B12" and "Amphi Curie", too.
  if (absl::StartsWithIgnoreCase(name, "salle ")) {
    phrase = {absl::StrCat("la salle ", name.substr(6)), name};
  } else if (absl::StartsWithIgnoreCase(name, "amphi")) {
    phrase = {absl::StrCat("l’", "a", name.substr(1)), name};
  }
  if (absl::StartsWithIgnoreCase(name, "room ")) phrase.en = absl::StrCat("room ", name.substr(5));
  return phrase;
}

Text OnDate(const Problem& problem, Minute minute) {
  const Text date = DateText(problem, minute);
  return {absl::StrCat("le ", date.fr), absl::StrCat("on ", date.en)};
}

Text OnMoment(const Problem& problem, Minute minute) {
  const Text moment = MomentText(problem, minute);
  return {absl::StrCat("le ", moment.fr), absl::StrCat("on ", moment.en)};
}

Text OnPeriod(const Problem& problem, const Interval& interval) {
  const Text period = PeriodText(problem, interval);
  return {absl::StrCat("le ", period.fr), absl::StrCat("on ", period.en)};
}

Text OnPeriods(const Problem& problem, absl::Span<const Interval> intervals, std::size_t max) {
  std::vector<std::string> fr;
  std::vector<std::string> en;
  const std::size_t told = std::min(max, intervals.size());
  for (std::size_t i = 0; i < told;) {
    const absl::Span<const Interval> rest = intervals.subspan(i, told - i);
    const Minute date = rest[0].from / kMinutesPerDay;
    std::vector<std::string> hours_fr;
    std::vector<std::string> hours_en;
    for (const Interval& interval : rest) {
      if (interval.from / kMinutesPerDay != date) break;
      const Text hours = HoursText(problem, interval);
      hours_fr.push_back(hours.fr);
      hours_en.push_back(hours.en);
    }
    const Text day = OnDate(problem, rest[0].from);
    fr.push_back(absl::StrCat(day.fr, " ", JoinFr(hours_fr)));
    en.push_back(absl::StrCat(day.en, " ", JoinEn(hours_en)));
    i += hours_fr.size();
  }
  Text text{absl::StrJoin(fr, ", "), absl::StrJoin(en, ", ")};
  if (told < intervals.size()) {
    const auto others = static_cast<int64_t>(intervals.size() - told);
    absl::StrAppend(&text.fr, ", et ", CountFr(others, "autre fois", "autres fois"));
    absl::StrAppend(&text.en, ", and ", CountEn(others, "other time", "other times"));
  }
  return text;
}

Text RolePhrase(const std::string& role) {
  if (role == "president") return {"président", "president"};
  if (role == "supervisor") return {"directeur", "supervisor"};
  if (role == "reviewer") return {"rapporteur", "reviewer"};
  if (role == "examiner") return {"examinateur", "examiner"};
  if (role == "company_tutor") return {"tuteur d’entreprise", "company tutor"};
  if (role == "guest") return {"invité", "guest"};
  if (role == "secretary") return {"secrétaire", "secretary"};
  if (role == "student") return {"étudiant", "student"};
  return {role, role};
}

std::string MinutesPhrase(int64_t minutes) {
  if (minutes < 60) return absl::StrCat(minutes, kNoBreak, "min");
  const std::string hours = absl::StrCat(minutes / 60, kNoBreak, "h");
  return minutes % 60 == 0 ? hours : absl::StrFormat("%s%s%02d", hours, kNoBreak, minutes % 60);
}

std::string CountFr(int64_t count, absl::string_view singular, absl::string_view plural) {
  return absl::StrCat(count, kNoBreak, std::abs(count) < 2 ? singular : plural);
}

std::string CountEn(int64_t count, absl::string_view singular, absl::string_view plural) {
  return absl::StrCat(count, " ", count == 1 ? singular : plural);
}

Text NotEstablished(const Problem& problem, DefenceId defence) {
  const Text phrase = DefencePhrase(problem, defence);
  return Capitalised(
      Text{absl::StrCat("on n’a pas établi en temps voulu pourquoi ", phrase.fr, " n’a pas de place."),
           absl::StrCat("it was not established in time why ", phrase.en, " has no place.")});
}

std::string Capitalised(std::string sentence) {
  // Our own sentences begin with a letter of ASCII; names keep the case that people gave them.
  if (!sentence.empty()) sentence[0] = absl::ascii_toupper(static_cast<unsigned char>(sentence[0]));
  return sentence;
}

Text Capitalised(Text sentence) {
  return {Capitalised(std::move(sentence.fr)), Capitalised(std::move(sentence.en))};
}

}  // namespace soutenance::scheduling::solver
