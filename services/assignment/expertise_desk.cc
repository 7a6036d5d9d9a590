#include "services/assignment/expertise_desk.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/assignment/conflict_records.h"
#include "services/base/error.h"
#include "services/base/programme_roles.h"
#include "services/base/record.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

constexpr double kMillion = 1e6;

std::string LastPart(absl::string_view name) { return std::string(name.substr(name.rfind('/') + 1)); }

std::string NameOf(const std::string& thesis, const std::string& person) {
  return absl::StrCat("theses/", thesis, "/expertise/", LastPart(person));
}

absl::Status ExpertiseNotFound(const std::string& name) { return NotFound("expertise", name); }

}  // namespace

std::string ExpertiseOverride::Serialize() const {
  RecordWriter out;
  out.Text(thesis).Text(person).Integer(version);
  out.Integer(score ? std::llround(*score * kMillion) : -1);
  out.Text(reason).Text(account).Integer(absl::ToUnixMicros(time));
  return out.bytes();
}

absl::StatusOr<ExpertiseOverride> ExpertiseOverride::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  ExpertiseOverride parsed{.thesis = in.Text(), .person = in.Text(), .version = in.Integer()};
  if (const int64_t score = in.Integer(); score >= 0) parsed.score = static_cast<double>(score) / kMillion;
  parsed.reason = in.Text();
  parsed.account = in.Text();
  parsed.time = absl::FromUnixMicros(in.Integer());
  if (!in.IsComplete()) return absl::DataLossError("the bytes are not an expertise that was overruled");
  return parsed;
}

PersonExpertise ExpertiseTable::Of(const std::string& thesis, const std::string& person) const {
  PersonExpertise answer{.thesis = thesis, .person = person};
  const auto own = own_texts_.find({thesis, person});
  const std::size_t without = own == own_texts_.end() ? expertise::Expertises::kNoText : own->second;
  answer.computed = scores_->Of(thesis_numbers_.at(thesis), person_numbers_.at(person), kReasonsMax, without);
  answer.score = answer.computed.score;
  answer.texts_count = texts_counts_.at(person) - (own == own_texts_.end() ? 0 : 1);
  const auto overruled = overrides_.find({thesis, person});
  if (overruled != overrides_.end() && overruled->second.score) {
    answer.overruled_by = overruled->second;
    answer.score = *overruled->second.score;
  }
  return answer;
}

absl::StatusOr<std::vector<Jury>> ExpertiseDesk::JuriesOf(const std::string& programme) const {
  std::vector<Jury> juries;
  RETURN_IF_ERROR(juries_.Read([&](const AssignmentStore::Reader& reader) -> absl::Status {
    juries.clear();
    PageRequest page{.size = kPageSizeMax};
    do {
      ASSIGN_OR_RETURN(Page<Jury> part, reader.List({.all = true, .only_programme = programme}, page));
      for (Jury& jury : part.items) juries.push_back(std::move(jury));
      page.after = part.next;
    } while (!page.after.empty());
    return absl::OkStatus();
  }));
  return juries;
}

absl::StatusOr<ExpertiseTable> ExpertiseDesk::Look(const std::string& programme,
                                                   const std::set<std::string>& people) const {
  ASSIGN_OR_RETURN(std::vector<ThesisText> theses, facts_.ThesesIn(programme));
  ASSIGN_OR_RETURN(const std::vector<Jury> juries, JuriesOf(programme));
  return LookAt(theses, juries, people);
}

absl::StatusOr<ExpertiseTable> ExpertiseDesk::LookAt(const std::vector<ThesisText>& theses,
                                                     const std::vector<Jury>& juries,
                                                     const std::set<std::string>& people) const {
  ExpertiseTable table;
  std::vector<expertise::Text> texts;
  std::vector<std::string> ids;
  for (const ThesisText& thesis : theses) {
    table.thesis_numbers_[thesis.id] = texts.size();
    texts.push_back(thesis.text);
    ids.push_back(thesis.id);
  }
  ASSIGN_OR_RETURN(auto known, facts_.People(people));
  const auto add = [&](const std::string& thesis, const std::string& person) {
    const auto of_person = known.find(person);
    const auto number = table.thesis_numbers_.find(thesis);
    if (of_person == known.end() || number == table.thesis_numbers_.end()) return;
    std::vector<expertise::Text>& list = of_person->second.texts;
    // Who supervises a thesis sits on its jury too.
    if (table.own_texts_.try_emplace({thesis, person}, list.size()).second)
      list.push_back(texts[number->second]);
  };
  for (const ThesisText& thesis : theses) add(thesis.id, thesis.supervisor);
  for (const Jury& jury : juries) {
    for (const Seat& seat : jury.seats) {
      if (seat.role != Seat::Role::kGuest && seat.role != Seat::Role::kCompanyTutor) {
        add(jury.thesis, seat.person);
      }
    }
  }
  std::vector<expertise::PersonTexts> of_people;
  for (auto& [person, of_person] : known) {
    table.person_numbers_[person] = of_people.size();
    table.texts_counts_[person] = static_cast<int>(of_person.texts.size());
    of_people.push_back(std::move(of_person));
  }
  table.scores_ = std::make_unique<expertise::Expertises>(texts, of_people);
  RETURN_IF_ERROR(store_.Read([&](const ExpertiseStore::Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const std::vector<ExpertiseOverride> overrides, reader.LastOverrides(ids));
    table.overrides_.clear();
    for (const ExpertiseOverride& last : overrides) table.overrides_[{last.thesis, last.person}] = last;
    return absl::OkStatus();
  }));
  return table;
}

absl::StatusOr<std::string> ExpertiseDesk::ProgrammeFor(const Caller& caller, const std::string& thesis,
                                                        const std::string& name) const {
  ASSIGN_OR_RETURN(std::string programme, facts_.ProgrammeOf(thesis));
  if (programme.empty() || !RunsProgramme(caller, programme)) return ExpertiseNotFound(name);
  return programme;
}

absl::StatusOr<Page<PersonExpertise>> ExpertiseDesk::ListExpertise(const Caller& caller,
                                                                   const std::string& thesis,
                                                                   const std::set<std::string>& people,
                                                                   const PageRequest& request) const {
  ASSIGN_OR_RETURN(const std::string programme,
                   ProgrammeFor(caller, thesis, absl::StrCat("theses/", thesis)));
  ASSIGN_OR_RETURN(const std::vector<ThesisText> theses, facts_.ThesesIn(programme));
  ASSIGN_OR_RETURN(const std::vector<Jury> juries, JuriesOf(programme));
  std::set<std::string> asked = people;
  if (people.empty()) {
    for (const ThesisText& other : theses) asked.insert(other.supervisor);
    for (const Jury& jury : juries) {
      for (const Seat& seat : jury.seats) asked.insert(seat.person);
    }
  }
  ASSIGN_OR_RETURN(const ExpertiseTable table, LookAt(theses, juries, asked));
  if (!table.HasThesis(thesis)) return ExpertiseNotFound(absl::StrCat("theses/", thesis));
  std::vector<PersonExpertise> all;
  for (const std::string& person : asked) {
    if (table.Knows(person)) all.push_back(table.Of(thesis, person));
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const PersonExpertise& a, const PersonExpertise& b) { return a.score > b.score; });
  auto next = all.begin();
  if (!request.after.empty()) {
    next = std::find_if(all.begin(), all.end(), [&](const PersonExpertise& entry) {
      return LastPart(entry.person) == request.after;
    });
    if (next != all.end()) ++next;
  }
  Page<PersonExpertise> page;
  for (; next != all.end(); ++next) {
    if (page.items.size() == static_cast<std::size_t>(request.size)) {
      page.next = LastPart(page.items.back().person);
      break;
    }
    page.items.push_back(std::move(*next));
  }
  return page;
}

absl::StatusOr<PersonExpertise> ExpertiseDesk::GetExpertise(const Caller& caller, const std::string& thesis,
                                                            const std::string& person) const {
  const std::string name = NameOf(thesis, person);
  ASSIGN_OR_RETURN(const std::string programme, ProgrammeFor(caller, thesis, name));
  ASSIGN_OR_RETURN(const ExpertiseTable table, Look(programme, {person}));
  if (!table.HasThesis(thesis) || !table.Knows(person)) return ExpertiseNotFound(name);
  PersonExpertise answer = table.Of(thesis, person);
  RETURN_IF_ERROR(store_.Read([&](const ExpertiseStore::Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(answer.history, reader.Overrides(thesis, person));
    return absl::OkStatus();
  }));
  return answer;
}

absl::StatusOr<PersonExpertise> ExpertiseDesk::Override(const Caller& caller, const ExpertiseOverride& wanted,
                                                        const Mutation& mutation) {
  const std::string name = NameOf(wanted.thesis, wanted.person);
  ASSIGN_OR_RETURN(const std::string programme, ProgrammeFor(caller, wanted.thesis, name));
  std::vector<FieldViolation> problems;
  if (absl::StripAsciiWhitespace(wanted.reason).empty()) {
    problems.push_back({.field = "reason", .description = "is empty; say why"});
  } else if (wanted.reason.size() > kConflictReasonBytesMax) {
    problems.push_back({.field = "reason",
                        .description = absl::StrCat("has ", wanted.reason.size(), " bytes; at most ",
                                                    kConflictReasonBytesMax, " are kept")});
  }
  // Written so that what is not a number is refused too.
  if (wanted.score && !(*wanted.score >= 0 && *wanted.score <= 1)) {
    problems.push_back({.field = "score", .description = "is not between 0 and 1"});
  }
  ASSIGN_OR_RETURN(ExpertiseTable table, Look(programme, {wanted.person}));
  if (!table.Knows(wanted.person)) {
    problems.push_back(
        {.field = "name", .description = absl::StrCat("there is no ", wanted.person, " in the directory")});
  }
  if (!problems.empty()) return InvalidFields(std::move(problems));
  if (!table.HasThesis(wanted.thesis)) return ExpertiseNotFound(name);
  const absl::Time now = clock_.Now();
  const auto change = [&](const ExpertiseStore::Reader& reader,
                          ExpertiseStore::Writer* writer) -> absl::StatusOr<ExpertiseOverride> {
    ASSIGN_OR_RETURN(const std::vector<ExpertiseOverride> before,
                     reader.Overrides(wanted.thesis, wanted.person));
    ExpertiseOverride added = wanted;
    added.version = static_cast<int64_t>(before.size()) + 1;
    added.account = caller.account;
    added.time = now;
    if (added.score) added.score = static_cast<double>(std::llround(*added.score * kMillion)) / kMillion;
    if (writer != nullptr) RETURN_IF_ERROR(writer->AddOverride(added));
    return added;
  };
  ASSIGN_OR_RETURN(ExpertiseOverride added, Once<ExpertiseOverride>(store_, mutation, now, change));
  table.overrides_[{wanted.thesis, wanted.person}] = std::move(added);
  return table.Of(wanted.thesis, wanted.person);
}

}  // namespace soutenance::assignment
