#include "services/submissions/submissions.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/error.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"
#include "services/submissions/reference_check.h"
#include "services/submissions/thesis_access.h"
#include "services/submissions/thesis_lives.h"

namespace soutenance::submissions {
namespace {

using Reader = SubmissionStore::Reader;
using Writer = SubmissionStore::Writer;

// The thesis `id`, which `caller` may change and has read at `version`; authors change some of it.
absl::StatusOr<Thesis> FindToChange(const Reader& reader, const Caller& caller, absl::string_view id,
                                    std::optional<int64_t> version, bool may_be_author = false) {
  ASSIGN_OR_RETURN(const std::optional<Thesis> stored, reader.Find(id));
  if (!stored || !AsSeenBy(caller, *stored)) return NotFound("thesis", absl::StrCat("theses/", id));
  if (!may_be_author || !stored->IsAuthor(caller.person)) {
    RETURN_IF_ERROR(CheckRunsProgramme(caller, stored->programme));
  }
  if (version && *version != stored->version) return StaleEtag(stored->Name());
  return *stored;
}

// Whether an author may change `field` while the thesis is in `state`.
bool IsOpenToAuthors(ThesisField field, ThesisState state) {
  switch (field) {
    case ThesisField::kTitle:
    case ThesisField::kLanguage:
      return IsTitleOpen(state);
    case ThesisField::kAbstract:
    case ThesisField::kKeywords:
      return IsAbstractOpen(state);
    default:
      return false;
  }
}

// Whether nothing changes that an author may not change.
absl::Status CheckIsOpenToAuthors(const Thesis& before, const Thesis& after,
                                  const std::vector<ThesisField>& fields) {
  for (const ThesisField field : fields) {
    Thesis other = before;
    Copy(field, after, other);
    if (other == before || IsOpenToAuthors(field, before.state)) continue;
    return Error(absl::StatusCode::kPermissionDenied,
                 absl::StrCat("authors cannot change ", FieldName(field), " while the thesis is ",
                              StateName(before.state), "; ask those who run the programme"),
                 {.reason = "FIELD_NOT_YOURS",
                  .metadata = {{"thesis", before.Name()},
                               {"field", std::string(FieldName(field))},
                               {"state", std::string(StateName(before.state))}}});
  }
  return absl::OkStatus();
}

struct Revision {
  Thesis before;
  Thesis after;
};

absl::StatusOr<Revision> Revise(const Reader& reader, const Caller& caller, const ThesisUpdate& update) {
  ASSIGN_OR_RETURN(Thesis before, FindToChange(reader, caller, update.values.id, update.version, true));
  Thesis after = before;
  for (const ThesisField field : update.fields) Copy(field, update.values, after);
  if (!RunsProgramme(caller, before.programme)) {
    RETURN_IF_ERROR(CheckIsOpenToAuthors(before, after, update.fields));
  }
  std::vector<FieldViolation> problems;
  CheckThesis(after, "thesis", problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  if (after.programme != before.programme) RETURN_IF_ERROR(CheckRunsProgramme(caller, after.programme));
  return Revision{.before = std::move(before), .after = std::move(after)};
}

absl::Status CheckReferences(const ReferenceCheck& references, const PeopleLookup& people) {
  std::vector<FieldViolation> problems;
  RETURN_IF_ERROR(references.Run(people, problems));
  return problems.empty() ? absl::OkStatus() : InvalidFields(std::move(problems));
}

std::string EntryPath(std::size_t index) { return absl::StrCat("theses[", index, "]"); }

absl::Status CheckEntries(const Caller& caller, const std::vector<Thesis>& theses) {
  std::vector<FieldViolation> problems;
  std::map<absl::string_view, std::size_t> first_of_id;
  for (std::size_t i = 0; i < theses.size(); ++i) {
    CheckThesis(theses[i], EntryPath(i), problems);
    if (const auto [first, is_new] = first_of_id.try_emplace(theses[i].id, i); !is_new) {
      problems.push_back({.field = absl::StrCat(EntryPath(i), ".name"),
                          .description = absl::StrCat(theses[i].Name(), " comes twice, first as ",
                                                      EntryPath(first->second))});
    }
  }
  if (!problems.empty()) return InvalidFields(std::move(problems));
  std::set<std::string> programmes;
  for (const Thesis& thesis : theses) programmes.insert(thesis.programme);
  for (const std::string& programme : programmes) RETURN_IF_ERROR(CheckRunsProgramme(caller, programme));
  return absl::OkStatus();
}

std::vector<std::string> IdsOf(const std::vector<Thesis>& theses) {
  std::vector<std::string> ids;
  ids.reserve(theses.size());
  for (const Thesis& thesis : theses) ids.push_back(thesis.id);
  return ids;
}

// Those of `theses` that are stored, by id.
absl::StatusOr<std::map<std::string, Thesis>> FindStored(const Reader& reader,
                                                         const std::vector<Thesis>& theses) {
  ASSIGN_OR_RETURN(std::vector<Thesis> found, reader.FindAll(IdsOf(theses)));
  std::map<std::string, Thesis> stored;
  for (Thesis& thesis : found) stored.emplace(thesis.id, std::move(thesis));
  return stored;
}

// Takes everything that is not given from `stored`: the life of a thesis, and what an import has no column
// for.
void Keep(const Thesis& stored, Thesis& thesis) {
  thesis.version = stored.version;
  thesis.withdrawal = stored.withdrawal;
  thesis.state = stored.state;
  thesis.state_before = stored.state_before;
  thesis.state_until = stored.state_until;
  thesis.consents = stored.consents;
  thesis.problem = stored.problem;
  if (IsConfidential(thesis.level) == IsConfidential(stored.level)) thesis.level = stored.level;
  if (thesis.abstract.empty()) thesis.abstract = stored.abstract;
  if (thesis.keywords.empty()) thesis.keywords = stored.keywords;
  if (!thesis.confidential_until) thesis.confidential_until = stored.confidential_until;
  if (!thesis.embargo_until) thesis.embargo_until = stored.embargo_until;
}

// What becomes of `stored`, if it is there, when `given` takes its place.
absl::StatusOr<Thesis> InPlaceOf(const Thesis* stored, const Thesis& given, const Caller& caller) {
  Thesis after = given;
  after.version = 0;
  after.withdrawal.reset();
  after.state = ThesisState::kActive;
  if (stored == nullptr) return after;
  if (!AsSeenBy(caller, *stored)) return ThesisExists(given.id);
  RETURN_IF_ERROR(CheckRunsProgramme(caller, stored->programme));
  Keep(*stored, after);
  return after;
}

absl::StatusOr<ChangeList> Upsert(const Reader& reader, Writer* writer, const Caller& caller,
                                  const std::vector<Thesis>& theses) {
  ASSIGN_OR_RETURN(const auto stored, FindStored(reader, theses));
  std::vector<const Thesis*> by_id;
  for (const Thesis& thesis : theses) by_id.push_back(&thesis);
  std::sort(by_id.begin(), by_id.end(), [](const Thesis* a, const Thesis* b) { return a->id < b->id; });

  ChangeList changes;
  for (const Thesis* given : by_id) {
    const auto found = stored.find(given->id);
    const Thesis* const before = found == stored.end() ? nullptr : &found->second;
    ASSIGN_OR_RETURN(const Thesis after, InPlaceOf(before, *given, caller));
    if (before == nullptr) {
      if (writer != nullptr) RETURN_IF_ERROR(writer->Insert(after));
      changes.Add({.kind = Change::Kind::kCreated, .resource = after.Name(), .label = after.title});
    } else if (after == *before) {
      changes.AddUnchanged();
    } else {
      if (writer != nullptr) RETURN_IF_ERROR(writer->Update(after));
      changes.Add({.kind = Change::Kind::kUpdated,
                   .resource = after.Name(),
                   .label = after.title,
                   .fields = Differences(*before, after)});
    }
  }
  return changes;
}

// Whether a thesis, as its reader sees it, is one that is asked for. Capitals of the Latin alphabet without
// accents do not matter.
bool IsAskedFor(const Thesis& seen, const ThesisQuery& query) {
  if (!query.programme.empty() && seen.programme != query.programme) return false;
  if (!query.cohort.empty() && seen.cohort != query.cohort) return false;
  if (!query.states.IsEmpty() && !query.states.Has(seen.state)) return false;
  if (query.text.empty()) return true;
  const auto has = [&](const std::string& text) { return HasText(text, query.text); };
  return has(seen.title) || has(seen.abstract) ||
         std::any_of(seen.keywords.begin(), seen.keywords.end(), has);
}

// One caller who reads lists of theses, with what is needed to decide what they see.
struct ListReader {
  const Caller& caller;
  const Seats& seats;
  const absl::Time now;

  std::optional<Thesis> See(Thesis thesis, const ThesisQuery& query) const {
    std::optional<Thesis> seen = AsSeenBy(caller, std::move(thesis), seats, now);
    if (seen && !IsAskedFor(*seen, query)) seen.reset();
    return seen;
  }
};

// Adds to a page that may be full already: then says where the next one begins, and returns false.
bool AddTo(Page<Thesis>& page, Thesis seen, const ThesisQuery& query) {
  if (page.items.size() == static_cast<std::size_t>(query.page.size)) {
    page.next = page.items.back().id;
    return false;
  }
  page.items.push_back(std::move(seen));
  return true;
}

absl::StatusOr<Page<Thesis>> InOrderAskedFor(const Reader& reader, const ListReader& reading,
                                             const ThesisQuery& query) {
  auto first = query.ids.begin();
  if (!query.page.after.empty()) {
    first = std::find(first, query.ids.end(), query.page.after);
    if (first == query.ids.end()) {
      return InvalidFields(
          {{.field = "page_token", .description = "is not a token of an answer for these names"}});
    }
    ++first;
  }
  ASSIGN_OR_RETURN(std::vector<Thesis> found,
                   reader.FindAll(std::vector<std::string>(first, query.ids.end())));
  Page<Thesis> page;
  for (Thesis& thesis : found) {
    std::optional<Thesis> seen = reading.See(std::move(thesis), query);
    if (seen && !AddTo(page, *std::move(seen), query)) break;
  }
  return page;
}

// A thesis that the store finds may be hidden all the same: then the page is filled from further on.
absl::StatusOr<Page<Thesis>> InOrderOfIds(const Reader& reader, const ListReader& reading,
                                          const ThesisQuery& query) {
  ThesisSelection selection = SeenBy(reading.caller, query.programme, reading.seats);
  selection.only_cohort = query.cohort;
  selection.only_states = query.states;
  Page<Thesis> page;
  PageRequest part = query.page;
  do {
    ASSIGN_OR_RETURN(Page<Thesis> stored, reader.List(selection, part));
    for (Thesis& thesis : stored.items) {
      std::optional<Thesis> seen = reading.See(std::move(thesis), query);
      if (seen && !AddTo(page, *std::move(seen), query)) return page;
    }
    part.after = std::move(stored.next);
  } while (!part.after.empty());
  return page;
}

}  // namespace

absl::StatusOr<Thesis> Submissions::GetThesis(const Caller& caller, absl::string_view id) const {
  std::optional<Thesis> thesis;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(thesis, reader.Find(id));
    return absl::OkStatus();
  }));
  ASSIGN_OR_RETURN(const Seats seats, SeatsFor(juries_, caller, id, thesis ? &*thesis : nullptr));
  if (thesis) thesis = AsSeenBy(caller, *std::move(thesis), seats, clock_.Now());
  if (!thesis) return NotFound("thesis", absl::StrCat("theses/", id));
  return *std::move(thesis);
}

absl::StatusOr<Page<Thesis>> Submissions::ListTheses(const Caller& caller, const ThesisQuery& query) const {
  ASSIGN_OR_RETURN(const Seats seats, SeatsFor(juries_, caller, query.ids));
  const ListReader reading{.caller = caller, .seats = seats, .now = clock_.Now()};
  Page<Thesis> page;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    ThesisQuery asked = query;
    if (!query.authors.empty()) {
      ASSIGN_OR_RETURN(asked.ids, reader.IdsByAuthors(query.authors));
      page = {};
      if (asked.ids.empty()) return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(page, asked.ids.empty() ? InOrderOfIds(reader, reading, asked)
                                             : InOrderAskedFor(reader, reading, asked));
    return absl::OkStatus();
  }));
  return page;
}

absl::StatusOr<Thesis> Submissions::CreateThesis(const Caller& caller, const Thesis& given,
                                                 const Mutation& mutation) {
  std::vector<FieldViolation> problems;
  CheckThesis(given, "thesis", problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  RETURN_IF_ERROR(CheckRunsProgramme(caller, given.programme));
  ASSIGN_OR_RETURN(std::optional<Thesis> first_result, FindFirstResult<Thesis>(store_, mutation));
  if (first_result) return *std::move(first_result);

  ReferenceCheck references;
  references.Add("thesis", given, nullptr);
  RETURN_IF_ERROR(CheckReferences(references, people_));

  return Once<Thesis>(store_, mutation, clock_.Now(),
                      [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Thesis> {
                        ASSIGN_OR_RETURN(const std::optional<Thesis> taken, reader.Find(given.id));
                        if (taken) return ThesisExists(given.id);
                        ASSIGN_OR_RETURN(Thesis thesis, InPlaceOf(nullptr, given, caller));
                        if (writer == nullptr) return thesis;
                        RETURN_IF_ERROR(writer->Insert(thesis));
                        thesis.version = 1;
                        return thesis;
                      });
}

absl::StatusOr<Thesis> Submissions::UpdateThesis(const Caller& caller, const ThesisUpdate& update,
                                                 const Mutation& mutation) {
  ASSIGN_OR_RETURN(std::optional<Thesis> first_result, FindFirstResult<Thesis>(store_, mutation));
  if (first_result) return *std::move(first_result);

  // The directory is asked before the transaction, so that no other writer waits for it. What it is asked
  // about is what this update changes, which does not depend on what others do in between.
  ReferenceCheck references;
  std::vector<Thesis> judged;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const Revision revision, Revise(reader, caller, update));
    references = ReferenceCheck();
    references.Add("thesis", revision.after, &revision.before);
    judged.clear();
    if (MattersToJury(revision.before, revision.after)) judged.push_back(revision.after);
    return absl::OkStatus();
  }));
  RETURN_IF_ERROR(CheckReferences(references, people_));
  if (jury_check_ != nullptr && !judged.empty()) RETURN_IF_ERROR(jury_check_->Check(judged));

  absl::StatusOr<Thesis> updated = Once<Thesis>(
      store_, mutation, clock_.Now(), [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Thesis> {
        ASSIGN_OR_RETURN(Revision revision, Revise(reader, caller, update));
        if (writer == nullptr || revision.after == revision.before) return revision.after;
        RETURN_IF_ERROR(writer->Update(revision.after));
        ++revision.after.version;
        return revision.after;
      });
  const bool names_programme =
      std::count(update.fields.begin(), update.fields.end(), ThesisField::kProgramme) > 0;
  if (updated.ok() && names_programme && !mutation.validate_only) {
    RETURN_IF_ERROR(TakeJuriesAlong({*updated}));
  }
  return updated;
}

// A thesis that has moved is where it is, whether its jury could be told or not: naming the programme once
// more tells it again. Not UNAVAILABLE, which would be repeated unseen and answered with the first result.
absl::Status Submissions::TakeJuriesAlong(const std::vector<Thesis>& theses) const {
  if (jury_check_ == nullptr || theses.empty()) return absl::OkStatus();
  const absl::Status followed = jury_check_->Follow(theses);
  if (followed.ok()) return followed;
  const std::string names =
      absl::StrJoin(theses, ", ", [](std::string* out, const Thesis& thesis) { out->append(thesis.Name()); });
  return Error(
      absl::StatusCode::kFailedPrecondition,
      absl::StrCat(names, theses.size() == 1 ? " has" : " have", " moved to ", theses.front().programme,
                   ", but the jury could not be taken along (", followed.message(),
                   "); name the programme of the thesis once more to take it along"),
      {.reason = "JURY_LEFT_BEHIND",
       .metadata = {{"theses", names}, {"programme", theses.front().programme}}});
}

absl::StatusOr<Thesis> Submissions::WithdrawThesis(const Caller& caller, const ThesisWithdrawal& withdrawal,
                                                   const Mutation& mutation) {
  if (absl::StripAsciiWhitespace(withdrawal.reason).empty()) {
    return InvalidFields({{.field = "reason", .description = "is empty; say why the thesis is withdrawn"}});
  }
  if (withdrawal.reason.size() > ThesisWithdrawal::kReasonBytesMax) {
    return InvalidFields({{.field = "reason",
                           .description = absl::StrCat("has ", withdrawal.reason.size(), " bytes; at most ",
                                                       ThesisWithdrawal::kReasonBytesMax, " are kept")}});
  }
  const absl::Time now = clock_.Now();
  return Once<Thesis>(
      store_, mutation, now, [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Thesis> {
        ASSIGN_OR_RETURN(const Thesis thesis,
                         FindToChange(reader, caller, withdrawal.id, withdrawal.version));
        if (thesis.IsWithdrawn()) return thesis;
        ASSIGN_OR_RETURN(Outcome outcome,
                         Happen({.event = ThesisEvent::kWithdraw, .reason = withdrawal.reason}, thesis, {},
                                {}, ActorsOf(caller, thesis), AccountOf(caller), now));
        if (writer == nullptr) return outcome.thesis;
        RETURN_IF_ERROR(Write(*writer, outcome, caller));
        ++outcome.thesis.version;
        return outcome.thesis;
      });
}

absl::StatusOr<ChangeList> Submissions::BatchUpsertTheses(const Caller& caller,
                                                          const std::vector<Thesis>& theses,
                                                          const Mutation& mutation,
                                                          const std::set<std::string>& juries_follow) {
  RETURN_IF_ERROR(CheckEntries(caller, theses));
  ASSIGN_OR_RETURN(std::optional<ChangeList> first_result, FindFirstResult<ChangeList>(store_, mutation));
  if (first_result) return *std::move(first_result);

  std::map<std::string, Thesis> stored;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(stored, FindStored(reader, theses));
    return absl::OkStatus();
  }));
  if (!caller.IsService()) {
    ReferenceCheck references;
    for (std::size_t i = 0; i < theses.size(); ++i) {
      const auto found = stored.find(theses[i].id);
      references.Add(EntryPath(i), theses[i], found == stored.end() ? nullptr : &found->second);
    }
    RETURN_IF_ERROR(CheckReferences(references, people_));
  }
  std::vector<Thesis> judged;
  for (const Thesis& thesis : theses) {
    const auto before = stored.find(thesis.id);
    if (before == stored.end() || !MattersToJury(before->second, thesis)) continue;
    // Who may not know of a thesis is refused below, and learns nothing about its jury.
    if (!RunsProgramme(caller, before->second.programme)) continue;
    if (!caller.IsService() || juries_follow.count(thesis.id) == 0) judged.push_back(thesis);
  }
  if (jury_check_ != nullptr && !judged.empty()) RETURN_IF_ERROR(jury_check_->Check(judged));

  absl::StatusOr<ChangeList> changes = Once<ChangeList>(
      store_, mutation, clock_.Now(),
      [&](const Reader& reader, Writer* writer) { return Upsert(reader, writer, caller, theses); });
  if (!changes.ok() || mutation.validate_only) return changes;
  std::vector<Thesis> moved;
  for (const Thesis& thesis : theses) {
    const auto before = stored.find(thesis.id);
    if (before == stored.end() || before->second.programme == thesis.programme) continue;
    if (!caller.IsService() || juries_follow.count(thesis.id) == 0) moved.push_back(thesis);
  }
  RETURN_IF_ERROR(TakeJuriesAlong(moved));
  return changes;
}

}  // namespace soutenance::submissions
