#include "services/submissions/outages.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/id.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"
#include "services/submissions/draft_statement.h"
#include "services/submissions/receipts/receipt.h"

namespace soutenance::submissions {
namespace {

using Reader = DraftStore::Reader;
using Writer = DraftStore::Writer;

receipts::Statement StatementOf(const Outage& outage, absl::string_view institution,
                                absl::string_view nonce) {
  return {
      .institution = std::string(institution),
      .event = "outage",
      .version = outage.Name(),
      .begun = InstantText(outage.begin),
      .received = InstantText(outage.end),
      .verdict = absl::StrCat(
          "outage ", absl::ToInt64Minutes(absl::Ceil(outage.end - outage.begin, absl::Minutes(1))), " min"),
      .nonce = std::string(nonce)};
}

absl::StatusOr<OutageRule> RuleOf(const Reader& reader, absl::string_view programme) {
  ASSIGN_OR_RETURN(std::optional<OutageRule> rule, reader.FindOutageRule(programme));
  return rule ? *std::move(rule) : OutageRule{.programme = std::string(programme)};
}

}  // namespace

absl::Status Outages::Beat() {
  const Pulse pulse{.at = ToMicroseconds(parts_.clock.Now()),
                    .boot = parts_.uptime.Boot(),
                    .since_boot = parts_.uptime.SinceBoot()};
  Outage outage{.id = NewId(), .end = pulse.at};
  const std::string nonce = NewNonce();
  RETURN_IF_ERROR(parts_.store.Write([&](Writer& writer) -> absl::Status {
    ASSIGN_OR_RETURN(const std::optional<Pulse> last, writer.LastPulse());
    RETURN_IF_ERROR(writer.PutPulse(pulse));
    if (!last) return absl::OkStatus();
    const absl::Duration silence = SilenceBetween(*last, pulse);
    if (silence < Outage::kMin) return absl::OkStatus();
    // By the clock as it is now: it may have been set in between.
    outage.begin = ToMicroseconds(pulse.at - silence);
    ASSIGN_OR_RETURN(receipts::LogTree log, writer.Log());
    const receipts::Statement statement = StatementOf(outage, parts_.institution, nonce);
    outage.evidence = receipts::Issue(statement, log, parts_.key);
    RETURN_IF_ERROR(writer.AppendToLog(log, receipts::LeafOf(statement)));
    return writer.InsertOutage(outage);
  }));
  const std::lock_guard lock(mutex_);
  last_ = pulse;
  return absl::OkStatus();
}

absl::Status Outages::CatchUp() {
  {
    const std::lock_guard lock(mutex_);
    if (last_ && parts_.uptime.SinceBoot() - last_->since_boot < 2 * kBeatEvery) return absl::OkStatus();
  }
  return Beat();
}

absl::StatusOr<Page<Outage>> Outages::List(const PageRequest& page) const {
  Page<Outage> outages;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(outages, reader.ListOutages(page));
    return absl::OkStatus();
  }));
  return outages;
}

absl::StatusOr<OutageRule> Outages::Rule(absl::string_view programme) const {
  OutageRule rule;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(rule, RuleOf(reader, programme));
    return absl::OkStatus();
  }));
  return rule;
}

absl::StatusOr<OutageRule> Outages::Update(const Caller& caller, const OutageRule& given,
                                           std::optional<int64_t> version, const Mutation& mutation) {
  std::vector<FieldViolation> problems;
  CheckOutageRule(given, problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  RETURN_IF_ERROR(CheckRunsProgramme(caller, given.programme));
  return Once<OutageRule>(parts_.store, mutation, parts_.clock.Now(),
                          [&](const Reader& reader, Writer* writer) -> absl::StatusOr<OutageRule> {
                            ASSIGN_OR_RETURN(const OutageRule before, RuleOf(reader, given.programme));
                            if (version && *version != before.version)
                              return StaleEtag(absl::StrCat(given.programme, "/outageRule"));
                            OutageRule rule = given;
                            rule.version = before.version + 1;
                            if (writer != nullptr) RETURN_IF_ERROR(writer->PutOutageRule(rule));
                            return rule;
                          });
}

absl::StatusOr<Limits> LimitsFor(const Reader& reader, const Milestone& milestone,
                                 std::optional<absl::Time> extended_until) {
  const Limits limits = milestone.LimitsWith(extended_until);
  ASSIGN_OR_RETURN(const OutageRule rule, RuleOf(reader, milestone.programme));
  ASSIGN_OR_RETURN(const std::vector<Outage> outages, reader.OutagesSince(rule.EarliestEnd(limits.due)));
  return Lengthened(limits, rule, outages);
}

absl::StatusOr<std::vector<CountedOutage>> OutagesCountedFor(const Reader& reader, const Milestone& milestone,
                                                             std::optional<absl::Time> extended_until) {
  const absl::Time due = milestone.LimitsWith(extended_until).due;
  ASSIGN_OR_RETURN(const OutageRule rule, RuleOf(reader, milestone.programme));
  ASSIGN_OR_RETURN(const std::vector<Outage> outages, reader.OutagesSince(rule.EarliestEnd(due)));
  return CountedFor(due, due, rule, outages);
}

}  // namespace soutenance::submissions
