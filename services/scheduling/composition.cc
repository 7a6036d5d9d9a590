#include "services/scheduling/composition.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/base/id.h"

namespace soutenance::scheduling {
namespace {

using Problems = std::vector<FieldViolation>;

void Refuse(Problems& problems, std::string field, std::string why) {
  problems.push_back({.field = std::move(field), .description = std::move(why)});
}

void CheckRange(Problems& problems, std::string field, int found, int min, int max) {
  if (found >= min && found <= max) return;
  Refuse(problems, std::move(field), absl::StrCat(found, " is not between ", min, " and ", max));
}

void CheckCandidate(const Candidate& candidate, const std::string& field, Problems& problems) {
  if (const absl::Status name = ParseName(candidate.person, "people").status(); !name.ok()) {
    Refuse(problems, field + ".person", std::string(name.message()));
  }
  CheckRange(problems, field + ".cost", candidate.cost, 0, kCompositionCostMax);
  if (candidate.topics.size() > static_cast<std::size_t>(kTopicsMax)) {
    Refuse(problems, field + ".topics",
           absl::StrCat("has ", candidate.topics.size(), " topics; at most ", kTopicsMax, " are possible"));
  }
  for (std::size_t i = 0; i < candidate.topics.size(); ++i) {
    const std::string& topic = candidate.topics[i];
    std::string why = topic.empty() ? "is empty" : ProblemOfTopic(topic);
    if (!why.empty()) Refuse(problems, absl::StrCat(field, ".topics[", i, "]"), std::move(why));
  }
}

void CheckCandidates(const std::vector<Candidate>& candidates, const std::string& field, Problems& problems) {
  if (candidates.size() > static_cast<std::size_t>(kCandidatesMax)) {
    Refuse(problems, field,
           absl::StrCat("has ", candidates.size(), " people; at most ", kCandidatesMax, " are possible"));
  }
  std::set<absl::string_view> seen;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const std::string entry = absl::StrCat(field, "[", i, "]");
    CheckCandidate(candidates[i], entry, problems);
    if (!seen.insert(candidates[i].person).second) {
      Refuse(problems, entry + ".person", absl::StrCat("\"", candidates[i].person, "\" is named twice"));
    }
  }
}

std::vector<Candidate> Eligible(const std::vector<Candidate>& candidates, const std::vector<JurySeat>& seats,
                                const std::vector<std::string>& authors) {
  std::vector<Candidate> eligible;
  for (const Candidate& candidate : candidates) {
    const bool sits = std::any_of(seats.begin(), seats.end(),
                                  [&](const JurySeat& seat) { return seat.person == candidate.person; });
    const bool wrote = std::count(authors.begin(), authors.end(), candidate.person) > 0;
    if (!sits && !wrote) eligible.push_back(candidate);
  }
  return eligible;
}

const SeatNeed* Find(const std::vector<SeatNeed>& seats, SeatRole role) {
  const auto found =
      std::find_if(seats.begin(), seats.end(), [&](const SeatNeed& need) { return need.role == role; });
  return found == seats.end() ? nullptr : &*found;
}

// A line of words, the last of which may be free text.
struct Line {
  absl::string_view keyword;
  absl::string_view rest;
};

Line LineOf(const std::string& text) {
  const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(text, absl::MaxSplits(' ', 1));
  return {.keyword = parts.first, .rest = parts.second};
}

// Reads `count` numbers from `words`, from position `from` on.
template <typename... Numbers>
bool ReadNumbers(const std::vector<absl::string_view>& words, std::size_t from, Numbers&... numbers) {
  if (words.size() != from + sizeof...(numbers)) return false;
  std::size_t i = from;
  return (absl::SimpleAtoi(words[i++], &numbers) && ...);
}

bool ReadRole(absl::string_view word, SeatRole& role) {
  const std::optional<SeatRole> found = ParseSeatRole(word);
  if (found) role = *found;
  return found.has_value();
}

bool ReadSeat(absl::string_view rest, std::vector<SeatNeed>& seats) {
  const std::vector<absl::string_view> words = absl::StrSplit(rest, ' ');
  SeatNeed need;
  const bool is_sound = words.size() == 3 && ReadRole(words[0], need.role) &&
                        absl::SimpleAtoi(words[1], &need.count) &&
                        (words[2] == "remote" || words[2] == "on_site");
  if (is_sound) need.is_remote = words[2] == "remote";
  seats.push_back(std::move(need));
  return is_sound;
}

bool ReadCandidate(absl::string_view rest, std::vector<SeatNeed>& seats) {
  const std::vector<absl::string_view> words = absl::StrSplit(rest, ' ');
  if (seats.empty()) return false;
  Candidate candidate;
  const bool is_sound = ReadNumbers(words, 1, candidate.cost);
  if (is_sound) candidate.person = std::string(words[0]);
  seats.back().candidates.push_back(std::move(candidate));
  return is_sound;
}

bool ReadTopic(absl::string_view rest, std::vector<SeatNeed>& seats) {
  if (seats.empty() || seats.back().candidates.empty()) return false;
  seats.back().candidates.back().topics.emplace_back(rest);
  return true;
}

bool ReadSetting(absl::string_view rest, std::vector<RoleSetting>& roles) {
  const std::vector<absl::string_view> words = absl::StrSplit(rest, ' ');
  RoleSetting setting;
  const bool is_sound =
      ReadRole(words[0], setting.role) &&
      ReadNumbers(words, 1, setting.absence_cost, setting.change_cost, setting.off_topic_cost);
  roles.push_back(std::move(setting));
  return is_sound;
}

bool ReadBand(absl::string_view rest, std::vector<RoleSetting>& roles) {
  if (roles.empty()) return false;
  LoadBand band;
  const std::vector<absl::string_view> words = absl::StrSplit(rest, ' ');
  const bool is_sound = ReadNumbers(words, 0, band.low, band.high, band.cost);
  roles.back().load.push_back(band);
  return is_sound;
}

bool ReadCombined(absl::string_view rest, std::vector<RoleSetting>& roles) {
  if (roles.empty()) return false;
  CombinedRole combined;
  const std::vector<absl::string_view> words = absl::StrSplit(rest, ' ');
  const bool is_sound = ReadRole(words[0], combined.role) && ReadNumbers(words, 1, combined.cost);
  roles.back().combined.push_back(combined);
  return is_sound;
}

absl::Status Unreadable(absl::string_view line) {
  return absl::DataLossError(absl::StrCat("what juries must have cannot be read: \"", line, "\""));
}

}  // namespace

void Normalise(std::vector<SeatNeed>& seats) {
  const auto by_role = [](const SeatNeed& a, const SeatNeed& b) { return a.role < b.role; };
  std::stable_sort(seats.begin(), seats.end(), by_role);
  for (SeatNeed& need : seats) {
    std::stable_sort(need.candidates.begin(), need.candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.person < b.person; });
    for (Candidate& candidate : need.candidates) {
      std::vector<std::string>& topics = candidate.topics;
      std::sort(topics.begin(), topics.end());
      topics.erase(std::unique(topics.begin(), topics.end()), topics.end());
    }
  }
}

void Normalise(std::vector<RoleSetting>& roles) {
  std::stable_sort(roles.begin(), roles.end(),
                   [](const RoleSetting& a, const RoleSetting& b) { return a.role < b.role; });
  for (RoleSetting& setting : roles) {
    std::stable_sort(setting.combined.begin(), setting.combined.end(),
                     [](const CombinedRole& a, const CombinedRole& b) { return a.role < b.role; });
  }
}

std::string ProblemOfTopic(absl::string_view topic) {
  if (topic.size() > kTopicBytesMax) {
    return absl::StrCat("has ", topic.size(), " bytes; at most ", kTopicBytesMax, " are possible");
  }
  const bool has_control = std::any_of(
      topic.begin(), topic.end(), [](char c) { return absl::ascii_iscntrl(static_cast<unsigned char>(c)); });
  if (!has_control && absl::StripAsciiWhitespace(topic) == topic) return "";
  return absl::StrCat("\"", absl::Utf8SafeCEscape(topic),
                      "\" has a control character, or a blank at its beginning or end");
}

void CheckSeats(const std::vector<SeatNeed>& seats, absl::string_view path, Problems& problems) {
  std::set<SeatRole> seen;
  int count = 0;
  for (std::size_t i = 0; i < seats.size(); ++i) {
    const SeatNeed& need = seats[i];
    const std::string field = absl::StrCat(path, "[", i, "]");
    CheckRange(problems, field + ".count", need.count, 0, kOpenSeatsMax);
    count += std::clamp(need.count, 0, kOpenSeatsMax);
    if (!seen.insert(need.role).second) {
      Refuse(problems, field + ".role",
             absl::StrCat("the role ", SeatRoleName(need.role), " is named twice; give its count instead"));
    }
    CheckCandidates(need.candidates, field + ".candidates", problems);
  }
  if (count > kOpenSeatsMax) {
    Refuse(problems, std::string(path),
           absl::StrCat("asks for ", count, " seats; at most ", kOpenSeatsMax, " are possible"));
  }
}

void CheckRoles(const std::vector<RoleSetting>& roles, absl::string_view path, Problems& problems) {
  std::set<SeatRole> seen;
  for (std::size_t i = 0; i < roles.size(); ++i) {
    const RoleSetting& setting = roles[i];
    const std::string field = absl::StrCat(path, "[", i, "]");
    if (!seen.insert(setting.role).second) {
      Refuse(problems, field + ".role",
             absl::StrCat("the role ", SeatRoleName(setting.role), " is named twice"));
    }
    CheckRange(problems, field + ".absence_cost", setting.absence_cost, 0, kCompositionCostMax);
    CheckRange(problems, field + ".change_cost", setting.change_cost, 0, kCompositionCostMax);
    CheckRange(problems, field + ".off_topic_cost", setting.off_topic_cost, 0, kCompositionCostMax);
    CheckRange(problems, field + ".mix_cost", setting.mix_cost, 0, kCompositionCostMax);
    CheckRange(problems, field + ".day_change_cost", setting.day_change_cost, 0, kCompositionCostMax);
    if (setting.load.size() > static_cast<std::size_t>(kLoadBandsMax)) {
      Refuse(problems, field + ".load",
             absl::StrCat("has ", setting.load.size(), " bands; at most ", kLoadBandsMax, " are possible"));
    }
    for (std::size_t j = 0; j < setting.load.size(); ++j) {
      const LoadBand& band = setting.load[j];
      const std::string entry = absl::StrCat(field, ".load[", j, "]");
      CheckRange(problems, entry + ".low", band.low, 0, kCompositionCostMax);
      CheckRange(problems, entry + ".high", band.high, std::max(band.low, 0), kCompositionCostMax);
      CheckRange(problems, entry + ".cost", band.cost, 0, kCompositionCostMax);
    }
    std::set<SeatRole> combined;
    for (std::size_t j = 0; j < setting.combined.size(); ++j) {
      const CombinedRole& other = setting.combined[j];
      const std::string entry = absl::StrCat(field, ".combined[", j, "]");
      CheckRange(problems, entry + ".cost", other.cost, 0, kCompositionCostMax);
      if (other.role == setting.role) Refuse(problems, entry + ".role", "is the role itself");
      if (!combined.insert(other.role).second) {
        Refuse(problems, entry + ".role",
               absl::StrCat("the role ", SeatRoleName(other.role), " is named twice"));
      }
    }
  }
}

std::size_t WeightOf(const std::vector<SeatNeed>& seats) {
  std::size_t weight = 0;
  for (const SeatNeed& need : seats) {
    for (const Candidate& candidate : need.candidates) weight += 1 + candidate.topics.size();
  }
  return weight;
}

std::vector<OpenSeat> OpenSeatsOf(const std::vector<SeatNeed>& campaign, const std::vector<SeatNeed>& own,
                                  const std::vector<JurySeat>& seats,
                                  const std::vector<std::string>& authors) {
  std::vector<OpenSeat> open;
  for (const SeatRole role : kAllSeatRoles) {
    const SeatNeed* const of_all = Find(campaign, role);
    const SeatNeed* const of_this = Find(own, role);
    const SeatNeed* const need = of_this != nullptr ? of_this : of_all;
    if (need == nullptr) continue;
    const auto held =
        std::count_if(seats.begin(), seats.end(), [&](const JurySeat& seat) { return seat.role == role; });
    const bool has_own = !need->candidates.empty() || of_all == nullptr;
    const std::vector<Candidate>& candidates = has_own ? need->candidates : of_all->candidates;
    for (auto i = held; i < need->count; ++i) {
      open.push_back(
          {.role = role, .is_remote = need->is_remote, .candidates = Eligible(candidates, seats, authors)});
    }
  }
  return open;
}

std::vector<std::string> SeatLines(const std::vector<SeatNeed>& seats) {
  std::vector<std::string> lines;
  for (const SeatNeed& need : seats) {
    lines.push_back(absl::StrCat("seat ", SeatRoleName(need.role), " ", need.count,
                                 need.is_remote ? " remote" : " on_site"));
    for (const Candidate& candidate : need.candidates) {
      lines.push_back(absl::StrCat("candidate ", candidate.person, " ", candidate.cost));
      for (const std::string& topic : candidate.topics) lines.push_back(absl::StrCat("topic ", topic));
    }
  }
  return lines;
}

absl::StatusOr<std::vector<SeatNeed>> ParseSeatLines(const std::vector<std::string>& lines) {
  std::vector<SeatNeed> seats;
  for (const std::string& text : lines) {
    const Line line = LineOf(text);
    const bool is_sound = line.keyword == "seat"        ? ReadSeat(line.rest, seats)
                          : line.keyword == "candidate" ? ReadCandidate(line.rest, seats)
                          : line.keyword == "topic"     ? ReadTopic(line.rest, seats)
                                                        : false;
    if (!is_sound) return Unreadable(text);
  }
  return seats;
}

std::vector<std::string> RoleLines(const std::vector<RoleSetting>& roles) {
  std::vector<std::string> lines;
  for (const RoleSetting& setting : roles) {
    lines.push_back(absl::StrCat("role ", SeatRoleName(setting.role), " ", setting.absence_cost, " ",
                                 setting.change_cost, " ", setting.off_topic_cost));
    for (const LoadBand& band : setting.load) {
      lines.push_back(absl::StrCat("load ", band.low, " ", band.high, " ", band.cost));
    }
    for (const CombinedRole& other : setting.combined) {
      lines.push_back(absl::StrCat("combined ", SeatRoleName(other.role), " ", other.cost));
    }
    if (setting.mix_cost != 0) lines.push_back(absl::StrCat("mix ", setting.mix_cost));
    if (setting.day_change_cost != 0) lines.push_back(absl::StrCat("day_change ", setting.day_change_cost));
  }
  return lines;
}

absl::StatusOr<std::vector<RoleSetting>> ParseRoleLines(const std::vector<std::string>& lines) {
  std::vector<RoleSetting> roles;
  for (const std::string& text : lines) {
    const Line line = LineOf(text);
    const auto cost_of = [&](int RoleSetting::*cost) {
      return !roles.empty() && absl::SimpleAtoi(line.rest, &(roles.back().*cost));
    };
    const bool is_sound = line.keyword == "role"         ? ReadSetting(line.rest, roles)
                          : line.keyword == "load"       ? ReadBand(line.rest, roles)
                          : line.keyword == "combined"   ? ReadCombined(line.rest, roles)
                          : line.keyword == "mix"        ? cost_of(&RoleSetting::mix_cost)
                          : line.keyword == "day_change" ? cost_of(&RoleSetting::day_change_cost)
                                                         : false;
    if (!is_sound) return Unreadable(text);
  }
  return roles;
}

}  // namespace soutenance::scheduling
