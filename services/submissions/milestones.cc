#include "services/submissions/milestones.h"

#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/base/id.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"
#include "services/submissions/outages.h"

namespace soutenance::submissions {
namespace {

using Reader = DraftStore::Reader;
using Writer = DraftStore::Writer;

constexpr absl::string_view kMilestones = "/milestones/";

// Whether `caller` has some role in `programme`: enough to know what is due there.
bool BelongsTo(const Caller& caller, absl::string_view programme) {
  if (RunsProgramme(caller, programme)) return true;
  for (const Grant& grant : caller.grants) {
    if (grant.programme.empty() || grant.programme == programme) return true;
  }
  return false;
}

absl::StatusOr<Milestone> Find(const Reader& reader, const Caller& caller, const MilestoneKey& key) {
  ASSIGN_OR_RETURN(std::optional<Milestone> milestone, reader.FindMilestone(key.programme, key.id));
  if (!milestone || !BelongsTo(caller, key.programme)) {
    return NotFound("milestone", absl::StrCat(key.programme, kMilestones, key.id));
  }
  return *std::move(milestone);
}

absl::StatusOr<Milestone> FindToRun(const Reader& reader, const Caller& caller, const MilestoneKey& key) {
  ASSIGN_OR_RETURN(Milestone milestone, Find(reader, caller, key));
  RETURN_IF_ERROR(CheckRunsProgramme(caller, milestone.programme));
  return milestone;
}

absl::Status CheckExtension(const Extension& extension) {
  std::vector<FieldViolation> problems;
  if (!ParseName(extension.person, "people").ok()) {
    problems.push_back({.field = "extension.person", .description = "is not \"people/{id}\""});
  }
  if (absl::StripAsciiWhitespace(extension.reason).empty()) {
    problems.push_back({.field = "extension.reason", .description = "is empty; say why more time is given"});
  } else if (extension.reason.size() > Extension::kReasonBytesMax) {
    problems.push_back(
        {.field = "extension.reason", .description = "is too long; at most 2,000 bytes are kept"});
  }
  return problems.empty() ? absl::OkStatus() : InvalidFields(std::move(problems));
}

absl::StatusOr<std::vector<Thesis>> WrittenBy(const Reader& reader, const Caller& caller,
                                              absl::string_view programme) {
  if (caller.person.empty()) return std::vector<Thesis>();
  return reader.ThesesWrittenBy(programme, caller.person);
}

// What one thesis has to keep, or everybody if it is null.
absl::StatusOr<OwnLimits> LimitsOf(const Reader& reader, const Caller& caller, const Milestone& milestone,
                                   const Thesis* thesis) {
  OwnLimits own;
  std::optional<absl::Time> extended_until;
  if (thesis != nullptr) {
    own.thesis = thesis->id;
    for (const std::string& author : thesis->authors) {
      ASSIGN_OR_RETURN(std::optional<Extension> extension, reader.FindExtension(milestone, author));
      if (!extension || (own.extension && extension->until <= own.extension->until)) continue;
      own.extension = std::move(extension);
    }
  }
  if (own.extension) extended_until = own.extension->until;
  ASSIGN_OR_RETURN(own.limits, LimitsFor(reader, milestone, extended_until));
  ASSIGN_OR_RETURN(own.outages, OutagesCountedFor(reader, milestone, extended_until));
  // One that the deadline of everybody has overtaken does not count.
  if (!own.limits.extended) own.extension.reset();
  if (own.extension && own.extension->person != caller.person) own.extension->reason.clear();
  return own;
}

absl::StatusOr<MilestoneWithLimits> WithLimits(const Reader& reader, const Caller& caller,
                                               Milestone milestone, const std::vector<Thesis>& written) {
  MilestoneWithLimits with{.milestone = std::move(milestone)};
  for (const Thesis& thesis : written) {
    if (!with.milestone.IsFor(thesis)) continue;
    ASSIGN_OR_RETURN(OwnLimits own, LimitsOf(reader, caller, with.milestone, &thesis));
    with.limits.push_back(std::move(own));
  }
  if (!with.limits.empty()) return with;
  ASSIGN_OR_RETURN(OwnLimits everybody, LimitsOf(reader, caller, with.milestone, nullptr));
  with.limits.push_back(std::move(everybody));
  return with;
}

MilestoneStatus StatusOf(Thesis thesis, const Limits& limits, absl::Time now) {
  MilestoneStatus status{.thesis = std::move(thesis), .limits = limits};
  status.state =
      now > status.limits.due ? MilestoneStatus::State::kMissing : MilestoneStatus::State::kExpected;
  return status;
}

}  // namespace

absl::StatusOr<MilestoneKey> ParseMilestoneName(absl::string_view name) {
  const std::size_t at = name.rfind(kMilestones);
  if (at != absl::string_view::npos) {
    MilestoneKey key{.programme = std::string(name.substr(0, at)),
                     .id = std::string(name.substr(at + kMilestones.size()))};
    if (ParseName(key.programme, "programmes").ok() && CheckId(key.id).ok()) return key;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("\"", name, "\" is not \"programmes/{programme}/milestones/{id}\""));
}

absl::StatusOr<Milestone> Milestones::Get(const Caller& caller, const MilestoneKey& key) const {
  std::optional<Milestone> milestone;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(milestone, Find(reader, caller, key));
    return absl::OkStatus();
  }));
  return *std::move(milestone);
}

absl::StatusOr<Page<Milestone>> Milestones::List(const Caller& caller, absl::string_view programme,
                                                 const PageRequest& page) const {
  Page<Milestone> milestones;
  if (!BelongsTo(caller, programme)) return milestones;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(milestones, reader.ListMilestones(programme, page));
    return absl::OkStatus();
  }));
  return milestones;
}

absl::StatusOr<MilestoneWithLimits> Milestones::GetWithLimits(const Caller& caller,
                                                              const MilestoneKey& key) const {
  MilestoneWithLimits found;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(Milestone milestone, Find(reader, caller, key));
    ASSIGN_OR_RETURN(const std::vector<Thesis> own, WrittenBy(reader, caller, key.programme));
    ASSIGN_OR_RETURN(found, WithLimits(reader, caller, std::move(milestone), own));
    return absl::OkStatus();
  }));
  return found;
}

absl::StatusOr<Page<MilestoneWithLimits>> Milestones::ListWithLimits(const Caller& caller,
                                                                     absl::string_view programme,
                                                                     const PageRequest& page) const {
  Page<MilestoneWithLimits> found;
  if (!BelongsTo(caller, programme)) return found;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    found = {};
    ASSIGN_OR_RETURN(Page<Milestone> milestones, reader.ListMilestones(programme, page));
    ASSIGN_OR_RETURN(const std::vector<Thesis> own, WrittenBy(reader, caller, programme));
    for (Milestone& each : milestones.items) {
      ASSIGN_OR_RETURN(MilestoneWithLimits with, WithLimits(reader, caller, std::move(each), own));
      found.items.push_back(std::move(with));
    }
    found.next = std::move(milestones.next);
    return absl::OkStatus();
  }));
  return found;
}

absl::StatusOr<Milestone> Milestones::Create(const Caller& caller, const Milestone& given,
                                             const Mutation& mutation) {
  std::vector<FieldViolation> problems;
  CheckMilestone(given, problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  RETURN_IF_ERROR(CheckRunsProgramme(caller, given.programme));
  return Once<Milestone>(
      store_, mutation, clock_.Now(), [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Milestone> {
        ASSIGN_OR_RETURN(const auto taken, reader.FindMilestone(given.programme, given.id));
        if (taken) return MilestoneExists(given.Name());
        Milestone milestone = given;
        milestone.version = 0;
        if (writer == nullptr) return milestone;
        RETURN_IF_ERROR(writer->InsertMilestone(milestone));
        milestone.version = 1;
        return milestone;
      });
}

absl::StatusOr<MilestoneList> Milestones::CreateDefaults(const Caller& caller,
                                                         const DefaultMilestonesOrder& order,
                                                         const Mutation& mutation) {
  RETURN_IF_ERROR(CheckRunsProgramme(caller, order.programme));
  ASSIGN_OR_RETURN(const std::vector<Milestone> milestones, DefaultMilestones(order));
  std::vector<FieldViolation> problems;
  for (const Milestone& each : milestones) CheckMilestone(each, problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  return Once<MilestoneList>(store_, mutation, clock_.Now(),
                             [&](const Reader& reader, Writer* writer) -> absl::StatusOr<MilestoneList> {
                               MilestoneList created{.items = milestones};
                               for (Milestone& each : created.items) {
                                 ASSIGN_OR_RETURN(const auto taken,
                                                  reader.FindMilestone(each.programme, each.id));
                                 if (taken) return MilestoneExists(each.Name());
                                 if (writer == nullptr) continue;
                                 RETURN_IF_ERROR(writer->InsertMilestone(each));
                                 each.version = 1;
                               }
                               return created;
                             });
}

absl::StatusOr<Milestone> Milestones::Update(const Caller& caller, const MilestoneUpdate& update,
                                             const Mutation& mutation) {
  const MilestoneKey key{.programme = update.values.programme, .id = update.values.id};
  return Once<Milestone>(store_, mutation, clock_.Now(),
                         [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Milestone> {
                           ASSIGN_OR_RETURN(const Milestone before, FindToRun(reader, caller, key));
                           if (update.version && *update.version != before.version)
                             return StaleEtag(before.Name());
                           Milestone after = before;
                           for (const MilestoneField field : update.fields)
                             CopyField(field, update.values, after);
                           std::vector<FieldViolation> problems;
                           CheckMilestone(after, problems);
                           if (!problems.empty()) return InvalidFields(std::move(problems));
                           if (writer == nullptr || after == before) return after;
                           RETURN_IF_ERROR(writer->UpdateMilestone(after));
                           ++after.version;
                           return after;
                         });
}

absl::StatusOr<Extension> Milestones::Grant(const Caller& caller, const Extension& given,
                                            const Mutation& mutation) {
  RETURN_IF_ERROR(CheckExtension(given));
  const absl::Time now = ToMicroseconds(clock_.Now());
  const MilestoneKey key{.programme = given.programme, .id = given.milestone};
  return Once<Extension>(
      store_, mutation, now, [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Extension> {
        ASSIGN_OR_RETURN(const Milestone milestone, FindToRun(reader, caller, key));
        if (given.until <= milestone.due) {
          return InvalidFields(
              {{.field = "extension.until_time",
                .description = absl::StrCat("is not after the deadline of everybody, ",
                                            CivilText(milestone.due, milestone.time_zone))}});
        }
        Extension extension = given;
        extension.granted_by = caller.account;
        extension.granted = now;
        if (writer != nullptr) RETURN_IF_ERROR(writer->PutExtension(extension));
        return extension;
      });
}

absl::StatusOr<Page<Extension>> Milestones::ListExtensions(const Caller& caller, const MilestoneKey& key,
                                                           const PageRequest& page) const {
  Page<Extension> extensions;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const Milestone milestone, Find(reader, caller, key));
    if (RunsProgramme(caller, key.programme)) {
      ASSIGN_OR_RETURN(extensions, reader.ListExtensions(milestone, page));
      return absl::OkStatus();
    }
    // Their own, by asking from just before it on.
    extensions = {};
    if (caller.person.empty()) return absl::OkStatus();
    std::string before = caller.person;
    before.pop_back();
    ASSIGN_OR_RETURN(const auto near,
                     reader.ListExtensions(milestone, {.size = kPageSizeMax, .after = before}));
    for (const Extension& extension : near.items) {
      if (extension.person == caller.person) extensions.items.push_back(extension);
    }
    return absl::OkStatus();
  }));
  return extensions;
}

absl::StatusOr<Page<MilestoneStatus>> Milestones::ListStatuses(const Caller& caller, const MilestoneKey& key,
                                                               absl::string_view cohort,
                                                               const PageRequest& page) const {
  const absl::Time now = clock_.Now();
  Page<MilestoneStatus> statuses;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    statuses = {};
    if (!RunsProgramme(caller, key.programme)) {
      return NotFound("milestone", absl::StrCat(key.programme, kMilestones, key.id));
    }
    ASSIGN_OR_RETURN(const Milestone milestone, Find(reader, caller, key));
    if (!cohort.empty() && !milestone.cohort.empty() && milestone.cohort != cohort) return absl::OkStatus();
    ASSIGN_OR_RETURN(Page<Thesis> theses,
                     reader.ListTheses(key.programme, cohort.empty() ? milestone.cohort : cohort, page));
    ASSIGN_OR_RETURN(auto drafts, reader.DraftsFor(milestone));
    ASSIGN_OR_RETURN(const auto uploads, reader.OpenUploadsFor(milestone));
    statuses.next = std::move(theses.next);
    for (Thesis& thesis : theses.items) {
      ASSIGN_OR_RETURN(const auto extended_until, reader.LatestExtension(milestone, thesis.authors));
      ASSIGN_OR_RETURN(const Limits limits, LimitsFor(reader, milestone, extended_until));
      const std::string id = thesis.id;
      MilestoneStatus status = StatusOf(std::move(thesis), limits, now);
      if (const auto draft = drafts.find(id); draft != drafts.end()) {
        status.state = MilestoneStatus::State::kReceived;
        status.begun = draft->second.begun;
        status.draft = std::move(draft->second);
      } else if (const auto upload = uploads.find(id); upload != uploads.end()) {
        status.state = MilestoneStatus::State::kBegun;
        status.begun = upload->second.begun;
      }
      statuses.items.push_back(std::move(status));
    }
    return absl::OkStatus();
  }));
  return statuses;
}

}  // namespace soutenance::submissions
