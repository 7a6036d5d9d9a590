#include "services/assignment/assignment.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/assignment/jury_access.h"
#include "services/assignment/jury_rules.h"
#include "services/assignment/jury_writing.h"
#include "services/assignment/world_check.h"
#include "services/base/error.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

using Reader = AssignmentStore::Reader;
using Writer = AssignmentStore::Writer;

absl::Status JuryNotFound(absl::string_view thesis) {
  return NotFound("jury", absl::StrCat("theses/", thesis, "/jury"));
}

const ThesisFacts* FactsAbout(const std::map<std::string, ThesisFacts>& theses, const std::string& id) {
  const auto found = theses.find(id);
  return found == theses.end() ? nullptr : &found->second;
}

// OK if `given` may take the place of `stored`. A thesis that moved to another programme takes its jury
// along: once submissions `confirms` that it belongs where `given` says, those who run that programme may
// replace its jury.
absl::Status AllowReplacing(const Jury& stored, bool confirmed, const Caller& caller) {
  if (confirmed || RunsProgramme(caller, stored.programme)) return absl::OkStatus();
  if (!MaySee(caller, stored, nullptr)) return JuryExists(stored.thesis);
  return CheckRunsProgramme(caller, stored.programme);
}

// `given` as it stands in place of `stored`, null if the thesis has no jury.
Jury InPlaceOf(const Jury* stored, const Jury& given) {
  Jury after = given;
  after.version = stored == nullptr ? 0 : stored->version;
  return after;
}

absl::Status CheckGrounds(const Grounds& grounds) {
  std::vector<FieldViolation> problems;
  CheckReason(grounds.reason, "reason", problems);
  return problems.empty() ? absl::OkStatus() : InvalidFields(std::move(problems));
}

absl::Status CheckEntries(const Caller& caller, const std::vector<Jury>& juries) {
  std::vector<FieldViolation> problems;
  std::map<absl::string_view, std::size_t> first_of_thesis;
  for (std::size_t i = 0; i < juries.size(); ++i) {
    const std::string at = absl::StrCat("juries[", i, "]");
    CheckJury(juries[i], at, problems);
    if (const auto [first, is_new] = first_of_thesis.try_emplace(juries[i].thesis, i); !is_new) {
      problems.push_back({.field = absl::StrCat(at, ".name"),
                          .description = absl::StrCat(juries[i].Name(), " comes twice, first as juries[",
                                                      first->second, "]")});
    }
  }
  if (!problems.empty()) return InvalidFields(std::move(problems));
  std::set<std::string> programmes;
  for (const Jury& jury : juries) programmes.insert(jury.programme);
  for (const std::string& programme : programmes) RETURN_IF_ERROR(CheckRunsProgramme(caller, programme));
  return absl::OkStatus();
}

absl::StatusOr<ChangeList> Upsert(const Reader& reader, Writer* writer, const Deciding& deciding,
                                  const std::vector<Jury>& juries,
                                  const std::map<std::string, ThesisFacts>& theses) {
  std::vector<const Jury*> by_thesis;
  std::vector<std::string> ids;
  for (const Jury& jury : juries) {
    by_thesis.push_back(&jury);
    ids.push_back(jury.thesis);
  }
  std::sort(by_thesis.begin(), by_thesis.end(),
            [](const Jury* a, const Jury* b) { return a->thesis < b->thesis; });
  std::map<std::string, Jury> stored;
  ASSIGN_OR_RETURN(std::vector<Jury> found, reader.FindAll(ids));
  for (Jury& jury : found) stored.emplace(jury.thesis, std::move(jury));

  std::vector<const Jury*> changed;
  for (const Jury* given : by_thesis) {
    const auto at = stored.find(given->thesis);
    if (at == stored.end() || InPlaceOf(&at->second, *given) != at->second) changed.push_back(given);
  }
  RETURN_IF_ERROR(CheckJuryRules(reader, changed, {.theses = theses}));

  ChangeList changes;
  JuryBatch batch{.id = deciding.batch,
                  .way = deciding.grounds.way,
                  .account = deciding.caller.account,
                  .time = deciding.now,
                  .reason = deciding.grounds.reason,
                  .source = deciding.grounds.source};
  const auto write = [&](const std::optional<Jury>& before, const Jury& after) -> absl::Status {
    if (writer == nullptr) return absl::OkStatus();
    ASSIGN_OR_RETURN(const JuryDecision decision, WriteJury(*writer, before, after, deciding));
    batch.Count(decision);
    return absl::OkStatus();
  };
  for (const Jury* given : by_thesis) {
    const auto at = stored.find(given->thesis);
    const Jury* const before = at == stored.end() ? nullptr : &at->second;
    const Jury after = InPlaceOf(before, *given);
    if (before == nullptr) {
      RETURN_IF_ERROR(write(std::nullopt, after));
      changes.Add({.kind = Change::Kind::kCreated, .resource = after.Name(), .label = after.thesis});
      continue;
    }
    const ThesisFacts* const thesis = FactsAbout(theses, given->thesis);
    const bool confirmed = thesis != nullptr && thesis->programme == given->programme;
    RETURN_IF_ERROR(AllowReplacing(*before, confirmed, deciding.caller));
    if (after == *before) {
      changes.AddUnchanged();
      ++batch.unchanged;
      continue;
    }
    RETURN_IF_ERROR(write(*before, after));
    changes.Add({.kind = Change::Kind::kUpdated,
                 .resource = after.Name(),
                 .label = after.thesis,
                 .fields = Differences(*before, after)});
  }
  if (writer != nullptr && !changes.IsEmpty()) RETURN_IF_ERROR(writer->AddBatch(batch));
  return changes;
}

}  // namespace

absl::StatusOr<Jury> Assignment::GetJury(const Caller& caller, absl::string_view thesis) const {
  std::optional<Jury> jury;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(jury, reader.Find(thesis));
    return absl::OkStatus();
  }));
  if (jury && MaySee(caller, *jury, nullptr)) return *std::move(jury);
  if (!NeedsThesis(caller)) return JuryNotFound(thesis);
  // Also if there is no jury: whether submissions can be reached must not tell the hidden from the absent.
  const std::string id(thesis);
  ASSIGN_OR_RETURN(const auto theses, theses_.Find({id}));
  if (jury && MaySee(caller, *jury, FactsAbout(theses, id))) return *std::move(jury);
  return JuryNotFound(thesis);
}

absl::StatusOr<Page<Jury>> Assignment::ListJuries(const Caller& caller, const JuryQuery& query) const {
  return query.theses.empty() ? InOrderOfTheses(caller, query) : InOrderAskedFor(caller, query);
}

absl::StatusOr<Page<Jury>> Assignment::InOrderOfTheses(const Caller& caller, const JuryQuery& query) const {
  JurySelection selection{.all = RunsEveryProgramme(caller),
                          .programmes = ProgrammesRunBy(caller),
                          .person = caller.person,
                          .only_programme = query.programme};
  const bool runs_it_all =
      selection.all || (!query.programme.empty() && RunsProgramme(caller, query.programme));
  if (!runs_it_all && NeedsThesis(caller)) {
    ASSIGN_OR_RETURN(const std::vector<ThesisFacts> theses, theses_.Visible(query.programme));
    for (const ThesisFacts& thesis : theses) {
      if (thesis.HasPart(caller.person)) selection.theses.push_back(thesis.id);
    }
  }
  Page<Jury> page;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(page, reader.List(selection, query.page));
    return absl::OkStatus();
  }));
  return page;
}

absl::StatusOr<Page<Jury>> Assignment::InOrderAskedFor(const Caller& caller, const JuryQuery& query) const {
  auto first = query.theses.begin();
  if (!query.page.after.empty()) {
    first = std::find(first, query.theses.end(), query.page.after);
    if (first == query.theses.end()) {
      return InvalidFields(
          {{.field = "page_token", .description = "is not a token of an answer for these theses"}});
    }
    ++first;
  }
  const std::vector<std::string> asked(first, query.theses.end());
  std::vector<Jury> found;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(found, reader.FindAll(asked));
    return absl::OkStatus();
  }));
  std::map<std::string, ThesisFacts> theses;
  if (NeedsThesis(caller)) {
    std::set<std::string> unclear(asked.begin(), asked.end());
    for (const Jury& jury : found) {
      if (MaySee(caller, jury, nullptr)) unclear.erase(jury.thesis);
    }
    if (!unclear.empty()) {
      ASSIGN_OR_RETURN(theses, theses_.Find(unclear));
    }
  }
  Page<Jury> page;
  for (Jury& jury : found) {
    if (!query.programme.empty() && jury.programme != query.programme) continue;
    if (!MaySee(caller, jury, FactsAbout(theses, jury.thesis))) continue;
    if (page.items.size() == static_cast<std::size_t>(query.page.size)) {
      page.next = page.items.back().thesis;
      break;
    }
    page.items.push_back(std::move(jury));
  }
  return page;
}

absl::Status Assignment::AddThesesElsewhere(const std::vector<Entry>& entries,
                                            std::map<std::string, ThesisFacts>& theses) const {
  std::vector<const Jury*> juries;
  for (const Entry& entry : entries) juries.push_back(entry.jury);
  std::set<std::string> elsewhere;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(elsewhere, ThesesElsewhere(reader, juries));
    return absl::OkStatus();
  }));
  if (elsewhere.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(auto found, theses_.Find(elsewhere));
  theses.merge(found);
  return absl::OkStatus();
}

absl::StatusOr<std::map<std::string, ThesisFacts>> Assignment::AskAbout(
    const Caller& caller, const std::vector<Entry>& entries,
    const std::map<std::string, std::set<std::string>>& who) const {
  std::vector<FieldViolation> problems;
  ASSIGN_OR_RETURN(auto theses, FindTheses(theses_, entries));
  for (const Entry& entry : entries) {
    if (theses.count(entry.jury->thesis) == 0) return NotFound("thesis", entry.jury->ThesisName());
  }
  RETURN_IF_ERROR(CheckReferences(people_, theses, entries, problems));
  if (!problems.empty()) return InvalidFields(std::move(problems));
  RETURN_IF_ERROR(CheckRules(theses, entries));
  std::vector<Seating> seatings = SeatingsIn(theses, entries);
  seatings.erase(std::remove_if(seatings.begin(), seatings.end(),
                                [&](const Seating& seating) {
                                  const auto asked = who.find(seating.thesis.id);
                                  return asked != who.end() && asked->second.count(seating.person) == 0;
                                }),
                 seatings.end());
  RETURN_IF_ERROR(conflicts_.Admit(caller, seatings).status());
  if (!entries.empty()) RETURN_IF_ERROR(AddThesesElsewhere(entries, theses));
  return theses;
}

absl::StatusOr<std::map<std::string, ThesisFacts>> Assignment::AdmitJuries(
    const Caller& caller, const std::vector<const Jury*>& juries,
    const std::map<std::string, std::set<std::string>>& who) const {
  std::vector<FieldViolation> problems;
  std::vector<Entry> entries;
  for (const Jury* jury : juries) {
    entries.push_back({.at = juries.size() == 1 ? "jury" : jury->Name(), .jury = jury});
    CheckJury(*jury, entries.back().at, problems);
  }
  if (!problems.empty()) return InvalidFields(std::move(problems));
  for (const Jury* jury : juries) RETURN_IF_ERROR(CheckRunsProgramme(caller, jury->programme));
  return AskAbout(caller, entries, who);
}

absl::StatusOr<Jury> Assignment::PutJury(const Reader& reader, Writer* writer,
                                         const JuryReplacement& replacement,
                                         const std::map<std::string, ThesisFacts>& theses,
                                         const Caller& caller, absl::Time now) {
  ASSIGN_OR_RETURN(const std::optional<Jury> stored, reader.Find(replacement.jury.thesis));
  Jury after = InPlaceOf(stored ? &*stored : nullptr, replacement.jury);
  if (replacement.version && *replacement.version != after.version) return StaleEtag(after.Name());
  if (stored && after == *stored) return after;
  RETURN_IF_ERROR(CheckJuryRules(reader, {&after}, {.theses = theses}));
  if (writer == nullptr) return after;
  ASSIGN_OR_RETURN(const JuryDecision decision,
                   WriteJury(*writer, stored, after,
                             {.caller = caller, .now = now, .grounds = replacement.grounds, .batch = ""}));
  return *decision.after;
}

absl::StatusOr<Jury> Assignment::SetJury(const Caller& caller, const JuryReplacement& replacement,
                                         const Mutation& mutation) {
  const Jury& given = replacement.jury;
  std::vector<FieldViolation> problems;
  CheckJury(given, "jury", problems);
  CheckReason(replacement.grounds.reason, "reason", problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  RETURN_IF_ERROR(CheckRunsProgramme(caller, given.programme));
  ASSIGN_OR_RETURN(std::optional<Jury> first_result, FindFirstResult<Jury>(store_, mutation));
  if (first_result) return *std::move(first_result);

  // The other services are asked before the transaction, so that no other writer waits for them.
  const std::vector<Entry> entries = {{.at = "jury", .jury = &given}};
  ASSIGN_OR_RETURN(const auto theses, AskAbout(caller, entries, {}));
  return Once<Jury>(store_, mutation, clock_.Now(),
                    [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Jury> {
                      return PutJury(reader, writer, replacement, theses, caller, clock_.Now());
                    });
}

absl::StatusOr<Jury> Assignment::DeleteJury(const Caller& caller, const JuryDissolution& dissolution,
                                            const Mutation& mutation) {
  RETURN_IF_ERROR(CheckGrounds(dissolution.grounds));
  ASSIGN_OR_RETURN(std::optional<Jury> first_result, FindFirstResult<Jury>(store_, mutation));
  if (first_result) return *std::move(first_result);
  RETURN_IF_ERROR(GetJury(caller, dissolution.thesis).status());
  return Once<Jury>(
      store_, mutation, clock_.Now(), [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Jury> {
        ASSIGN_OR_RETURN(const std::optional<Jury> stored, reader.Find(dissolution.thesis));
        if (!stored) return JuryNotFound(dissolution.thesis);
        RETURN_IF_ERROR(CheckRunsProgramme(caller, stored->programme));
        if (dissolution.version && *dissolution.version != stored->version) {
          return StaleEtag(stored->Name());
        }
        if (writer != nullptr) {
          RETURN_IF_ERROR(
              WriteJury(*writer, stored, std::nullopt,
                        {.caller = caller, .now = clock_.Now(), .grounds = dissolution.grounds, .batch = ""})
                  .status());
        }
        return *stored;
      });
}

absl::StatusOr<ChangeList> Assignment::BatchUpsertJuries(const Caller& caller,
                                                         const std::vector<Jury>& juries,
                                                         const Mutation& mutation,
                                                         const std::map<std::string, ThesisFacts>& to_become,
                                                         const Grounds& grounds) {
  return WriteBatch(caller, juries, mutation, to_become, grounds,
                    [](const Reader&) { return absl::OkStatus(); });
}

absl::StatusOr<ChangeList> Assignment::BatchReplaceJuries(const Caller& caller,
                                                          const std::vector<JuryReplacement>& replacements,
                                                          const Mutation& mutation,
                                                          std::vector<std::string>& moved,
                                                          const Grounds& grounds) {
  std::vector<Jury> juries;
  for (const JuryReplacement& replacement : replacements) juries.push_back(replacement.jury);
  return WriteBatch(caller, juries, mutation, {}, grounds, [&](const Reader& reader) -> absl::Status {
    moved.clear();
    for (const JuryReplacement& replacement : replacements) {
      ASSIGN_OR_RETURN(const std::optional<Jury> stored, reader.Find(replacement.jury.thesis));
      const Jury* const before = stored ? &*stored : nullptr;
      const bool is_done = stored && InPlaceOf(before, replacement.jury) == *stored;
      if (!is_done && replacement.version && *replacement.version != (stored ? stored->version : 0)) {
        moved.push_back(replacement.jury.thesis);
      }
    }
    return moved.empty() ? absl::OkStatus() : StaleEtag(absl::StrCat("theses/", moved.front(), "/jury"));
  });
}

absl::StatusOr<ChangeList> Assignment::WriteBatch(const Caller& caller, const std::vector<Jury>& juries,
                                                  const Mutation& mutation,
                                                  const std::map<std::string, ThesisFacts>& to_become,
                                                  const Grounds& grounds,
                                                  absl::FunctionRef<absl::Status(const Reader&)> check) {
  RETURN_IF_ERROR(CheckEntries(caller, juries));
  RETURN_IF_ERROR(CheckGrounds(grounds));
  ASSIGN_OR_RETURN(std::optional<ChangeList> first_result, FindFirstResult<ChangeList>(store_, mutation));
  if (first_result) return *std::move(first_result);

  std::vector<Entry> entries;
  for (std::size_t i = 0; i < juries.size(); ++i) {
    entries.push_back({.at = absl::StrCat("juries[", i, "]"), .jury = &juries[i]});
  }
  std::map<std::string, ThesisFacts> theses;
  if (caller.IsService()) theses = to_become;
  std::vector<Entry> untold;
  for (const Entry& entry : entries) {
    if (theses.count(entry.jury->thesis) == 0) untold.push_back(entry);
  }
  // What a service tries out is about theses that are not written yet, or not yet as they will be.
  const bool ask = !untold.empty() && !(caller.IsService() && mutation.validate_only);
  if (ask) {
    ASSIGN_OR_RETURN(auto found, FindTheses(theses_, untold));
    theses.merge(found);
  }
  if (!caller.IsService()) {
    std::vector<FieldViolation> problems;
    for (const auto& [at, jury] : entries) {
      if (theses.count(jury->thesis) > 0) continue;
      problems.push_back({.field = absl::StrCat(at, ".name"),
                          .description = absl::StrCat("there is no ", jury->ThesisName(),
                                                      "; create it first, or correct the name")});
    }
    RETURN_IF_ERROR(CheckReferences(people_, theses, entries, problems));
    if (!problems.empty()) return InvalidFields(std::move(problems));
  }
  RETURN_IF_ERROR(CheckRules(theses, entries));
  RETURN_IF_ERROR(conflicts_.Admit(caller, SeatingsIn(theses, entries)).status());
  if (!entries.empty()) RETURN_IF_ERROR(AddThesesElsewhere(entries, theses));

  const absl::Time now = clock_.Now();
  const Deciding deciding{.caller = caller, .now = now, .grounds = grounds, .batch = NewBatchId(now)};
  return Once<ChangeList>(store_, mutation, now,
                          [&](const Reader& reader, Writer* writer) -> absl::StatusOr<ChangeList> {
                            RETURN_IF_ERROR(check(reader));
                            return Upsert(reader, writer, deciding, juries, theses);
                          });
}

absl::Status Assignment::FollowTheses(const Caller& caller,
                                      const std::map<std::string, std::string>& programmes) {
  std::vector<std::string> ids;
  for (const auto& [thesis, programme] : programmes) ids.push_back(thesis);
  const absl::Time now = clock_.Now();
  return store_.Write([&](Writer& writer) -> absl::Status {
    ASSIGN_OR_RETURN(const std::vector<Jury> juries, writer.FindAll(ids));
    for (const Jury& jury : juries) {
      Jury moved = jury;
      moved.programme = programmes.at(jury.thesis);
      if (moved == jury) continue;
      const Grounds grounds{.way = DecisionWay::kBatch, .reason = "", .source = jury.ThesisName()};
      RETURN_IF_ERROR(
          WriteJury(writer, jury, moved, {.caller = caller, .now = now, .grounds = grounds, .batch = ""})
              .status());
    }
    return absl::OkStatus();
  });
}

}  // namespace soutenance::assignment
