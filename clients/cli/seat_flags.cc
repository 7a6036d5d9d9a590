#include "clients/cli/seat_flags.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/cli/fields.h"
#include "clients/cli/names.h"
#include "clients/cli/words.h"
#include "clients/lib/failure.h"
#include "services/base/status.h"

namespace soutenance::cli {
namespace {

namespace pb = scheduling::v1;

constexpr absl::string_view kDefault = "default";

// "reviewer=ana,bo" as "reviewer" and "ana,bo"; whether there is a second part.
struct Parts {
  std::string left;
  std::string right;
  bool has_right = false;
};

Parts Split(const std::string& text) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits('=', 1));
  return {.left = parts.first, .right = parts.second, .has_right = parts.first.size() != text.size()};
}

template <typename List>
void Remove(List& list, const std::string& role) {
  const auto kept =
      std::remove_if(list.begin(), list.end(), [&](const auto& held) { return held.role() == role; });
  list.erase(kept, list.end());
}

// "ana", "ana:3".
bool ReadCandidate(const std::string& text, pb::SeatNeed& need) {
  const std::vector<std::string> words = absl::StrSplit(text, ':');
  int cost = 0;
  if (words.size() > 2 || words[0].empty() || (words.size() == 2 && !absl::SimpleAtoi(words[1], &cost)))
    return false;
  pb::Candidate& candidate = *need.add_candidates();
  candidate.set_person(TopName("people", words[0]));
  candidate.set_cost(cost);
  return true;
}

// False if `text` is not understood.
bool ReadSeat(const std::string& text, SeatNeeds& seats) {
  const Parts parts = Split(text);
  const std::vector<std::string> words = absl::StrSplit(parts.left, ':');
  pb::SeatNeed need;
  need.set_role(words[0]);
  need.set_count(1);
  for (std::size_t i = 1; i < words.size(); ++i) {
    int count = 0;
    if (words[i] == "remote") {
      need.set_remote(true);
    } else if (absl::SimpleAtoi(words[i], &count)) {
      need.set_count(count);
    } else {
      return false;
    }
  }
  if (words[0].empty()) return false;
  if (parts.right != kDefault) {
    for (const absl::string_view person : absl::StrSplit(parts.right, ',', absl::SkipEmpty())) {
      if (!ReadCandidate(std::string(person), need)) return false;
    }
  }
  Remove(seats, need.role());
  if (parts.right != kDefault) *seats.Add() = std::move(need);
  return true;
}

bool ReadKnows(const std::string& text, SeatNeeds& seats) {
  const Parts parts = Split(text);
  const std::string person = TopName("people", parts.left);
  bool is_known = false;
  for (pb::SeatNeed& need : seats) {
    for (pb::Candidate& candidate : *need.mutable_candidates()) {
      if (candidate.person() != person) continue;
      is_known = true;
      candidate.clear_topics();
      for (const absl::string_view topic : absl::StrSplit(parts.right, ',', absl::SkipEmpty())) {
        candidate.add_topics(std::string(topic));
      }
    }
  }
  return is_known && parts.has_right;
}

// "absence:1000", "load:4-9:10", "combined:supervisor:2".
bool ReadCost(const std::string& text, pb::RoleSetting& setting) {
  const std::vector<std::string> words = absl::StrSplit(text, ':');
  int cost = 0;
  if (words.size() < 2 || !absl::SimpleAtoi(words.back(), &cost)) return false;
  if (words[0] == "load" && words.size() == 3) {
    const std::vector<std::string> ends = absl::StrSplit(words[1], '-');
    int low = 0;
    int high = 0;
    if (ends.size() != 2 || !absl::SimpleAtoi(ends[0], &low) || !absl::SimpleAtoi(ends[1], &high))
      return false;
    pb::LoadBand& band = *setting.add_load();
    band.set_low(low);
    band.set_high(high);
    band.set_cost(cost);
    return true;
  }
  if (words[0] == "combined" && words.size() == 3) {
    pb::CombinedRole& combined = *setting.add_combined();
    combined.set_role(words[1]);
    combined.set_cost(cost);
    return true;
  }
  if (words.size() != 2) return false;
  if (words[0] == "absence") {
    setting.set_absence_cost(cost);
  } else if (words[0] == "change") {
    setting.set_change_cost(cost);
  } else if (words[0] == "off_topic") {
    setting.set_off_topic_cost(cost);
  } else if (words[0] == "mix") {
    setting.set_mix_cost(cost);
  } else if (words[0] == "day_change") {
    setting.set_day_change_cost(cost);
  } else {
    return false;
  }
  return true;
}

bool ReadRoleCost(const std::string& text, RoleSettings& roles) {
  const Parts parts = Split(text);
  pb::RoleSetting setting;
  setting.set_role(parts.left);
  if (parts.left.empty() || parts.right.empty()) return false;
  if (parts.right != kDefault) {
    for (const absl::string_view cost : absl::StrSplit(parts.right, ',')) {
      if (!ReadCost(std::string(cost), setting)) return false;
    }
  }
  Remove(roles, setting.role());
  if (parts.right != kDefault) *roles.Add() = std::move(setting);
  return true;
}

template <typename List, typename Read>
absl::Status Apply(const Input& input, const char* flag, Text expected, Language language, List& list,
                   Read read) {
  for (const std::string& text : input.GetAll(flag)) {
    if (!read(text, list))
      return clients::UsageError(absl::StrCat(flag, " ", text, ": ", expected.In(language)));
  }
  return absl::OkStatus();
}

std::string CandidateText(const pb::Candidate& candidate) {
  std::vector<std::string> notes;
  if (candidate.cost() != 0) notes.push_back(absl::StrCat(candidate.cost()));
  if (candidate.topics_size() > 0) notes.push_back(absl::StrJoin(candidate.topics(), ", "));
  const std::string name = ShortName(candidate.person());
  return notes.empty() ? name : absl::StrCat(name, " (", absl::StrJoin(notes, "; "), ")");
}

}  // namespace

Flag SeatFlag() {
  return Repeated(TextFlag(
      "--seat", "ROLE[:COUNT]=PEOPLE",
      {"a role that a jury must have and who may be chosen, such as reviewer=ana,bruno:5 (5: cost), "
       "examiner:2:remote=eve,tom; reviewer:0 asks for none, reviewer=default says nothing any more",
       "un rôle que le jury doit avoir et qui peut l’être, par exemple reviewer=ana,bruno:5 (5 : coût), "
       "examiner:2:remote=eve,tom ; reviewer:0 n’en demande aucun, reviewer=default ne dit plus rien"}));
}

Flag KnowsFlag() {
  return Repeated(TextFlag("--knows", "PERSON=TOPICS",
                           {"topics that a candidate knows, such as ana=Robotics,Vision",
                            "spécialités d’un candidat, par exemple ana=Robotique,Vision"}));
}

Flag RoleCostFlag() {
  return Repeated(TextFlag(
      "--role-cost", "ROLE=COSTS",
      {"what rules about roles count, such as president=absence:1000,change:1000; also load:4-9:10, "
       "combined:supervisor:2, off_topic:5, mix:3 and day_change:2, or president=default",
       "ce que comptent les règles sur les rôles, par exemple president=absence:1000,change:1000 ; aussi "
       "load:4-9:10, combined:supervisor:2, off_topic:5, mix:3 et day_change:2, ou president=default"}));
}

absl::Status ApplySeatFlags(const Input& input, Language language, SeatNeeds& seats) {
  RETURN_IF_ERROR(Apply(input, "--seat",
                        {"expected ROLE[:COUNT][:remote][=PERSON[:COST],...], or ROLE=default",
                         "attendu RÔLE[:NOMBRE][:remote][=PERSONNE[:COÛT],...], ou RÔLE=default"},
                        language, seats, ReadSeat));
  return Apply(input, "--knows",
               {"expected PERSON=TOPIC,... of a candidate for a seat",
                "attendu PERSONNE=SPÉCIALITÉ,... d’un candidat à une place"},
               language, seats, ReadKnows);
}

absl::Status ApplyRoleCostFlags(const Input& input, Language language, RoleSettings& roles) {
  return Apply(
      input, "--role-cost",
      {"expected ROLE= with absence:POINTS, change:POINTS, load:LOW-HIGH:POINTS, combined:ROLE:POINTS, "
       "off_topic:POINTS, mix:POINTS, day_change:POINTS, or ROLE=default",
       "attendu RÔLE= avec absence:POINTS, change:POINTS, load:MIN-MAX:POINTS, combined:RÔLE:POINTS, "
       "off_topic:POINTS, mix:POINTS, day_change:POINTS, ou RÔLE=default"},
      language, roles, ReadRoleCost);
}

std::string SeatsText(const SeatNeeds& seats, Language language) {
  return absl::StrJoin(seats, "; ", [&](std::string* out, const pb::SeatNeed& need) {
    absl::StrAppend(out, need.count(), " ", WordFor(need.role(), language),
                    need.remote() ? Text{" on video", " en visio"}.In(language) : "");
    if (need.candidates_size() == 0) return;
    absl::StrAppend(
        out, Text{" among ", " parmi "}.In(language),
        absl::StrJoin(need.candidates(), ", ", [](std::string* to, const pb::Candidate& candidate) {
          absl::StrAppend(to, CandidateText(candidate));
        }));
  });
}

std::string RoleCostsText(const RoleSettings& roles, Language language) {
  return absl::StrJoin(roles, "; ", [&](std::string* out, const pb::RoleSetting& setting) {
    std::vector<std::string> costs;
    const auto add = [&](absl::string_view name, int cost) {
      if (cost != 0) costs.push_back(absl::StrCat(name, " ", cost));
    };
    add("absence", setting.absence_cost());
    add("change", setting.change_cost());
    add("off_topic", setting.off_topic_cost());
    add("mix", setting.mix_cost());
    add("day_change", setting.day_change_cost());
    for (const pb::LoadBand& band : setting.load()) {
      costs.push_back(absl::StrCat("load ", band.low(), "-", band.high(), " ", band.cost()));
    }
    for (const pb::CombinedRole& other : setting.combined()) {
      costs.push_back(absl::StrCat("combined ", WordFor(other.role(), language), " ", other.cost()));
    }
    absl::StrAppend(out, WordFor(setting.role(), language), ": ", absl::StrJoin(costs, ", "));
  });
}

}  // namespace soutenance::cli
