#include "services/assignment/rpc/proposal_proto.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/runtime/wire/etags.h"
#include "services/runtime/wire/fields.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"

namespace soutenance::assignment {
namespace {

namespace pb = ::soutenance::assignment::v1;
using runtime::IdFromName;
using runtime::Unless;
using Problems = std::vector<FieldViolation>;

constexpr int kRoleCountMax = 6;
constexpr int kLoadMax = 1000;
constexpr double kBalanceMax = 10;

double InSeats(int64_t units) { return static_cast<double>(units) / static_cast<double>(kProposalUnits); }

void SetTime(absl::Time time, google::protobuf::Timestamp& message) {
  message.set_seconds(absl::ToUnixSeconds(time));
  message.set_nanos(
      static_cast<int32_t>((time - absl::FromUnixSeconds(message.seconds())) / absl::Nanoseconds(1)));
}

template <typename Names>
std::set<std::string> Ids(const Names& names, absl::string_view collection, absl::string_view field,
                          Problems& problems) {
  runtime::CheckCount(static_cast<std::size_t>(names.size()), ProposalScope::kThesesMax, field, problems);
  std::set<std::string> ids;
  for (int i = 0; i < names.size(); ++i) {
    ids.insert(IdFromName(names[i], collection, absl::StrCat(field, "[", i, "]"), problems));
  }
  return ids;
}

template <typename Request>
ProposalScope ScopeOf(const Request& request, Problems& problems) {
  IdFromName(request.programme(), "programmes", "programme", problems);
  return {.programme = request.programme(),
          .cohort = request.cohort(),
          .theses = Ids(request.theses(), "theses", "theses", problems)};
}

template <typename Exclusions>
std::set<std::pair<std::string, std::string>> ExclusionsOf(const Exclusions& exclusions, Problems& problems) {
  std::set<std::pair<std::string, std::string>> excluded;
  for (int i = 0; i < exclusions.size(); ++i) {
    const std::string at = absl::StrCat("excluded[", i, "]");
    IdFromName(exclusions[i].person(), "people", at + ".person", problems);
    excluded.insert({exclusions[i].thesis().empty()
                         ? ""
                         : IdFromName(exclusions[i].thesis(), "theses", at + ".thesis", problems),
                     exclusions[i].person()});
  }
  return excluded;
}

// `usual` for 0.
int NumberWithin(int value, int usual, int most, absl::string_view field, Problems& problems) {
  if (value < 0 || value > most) {
    problems.push_back(
        {.field = std::string(field), .description = absl::StrCat("is ", value, "; expected 0 to ", most)});
  }
  return value == 0 ? usual : value;
}

std::vector<WantedRole> RolesOf(const pb::ProposeJuriesRequest& request, Problems& problems) {
  std::vector<WantedRole> roles;
  for (int i = 0; i < request.roles_size(); ++i) {
    const pb::RoleCount& role = request.roles(i);
    const std::string at = absl::StrCat("roles[", i, "]");
    if (role.role() < pb::Seat::ROLE_PRESIDENT || role.role() > pb::Seat::ROLE_GUEST) {
      problems.push_back(
          {.field = at + ".role", .description = "is missing or unknown; say as what people sit"});
      continue;
    }
    const int min = NumberWithin(role.min(), 0, kRoleCountMax, at + ".min", problems);
    const int max = NumberWithin(role.max(), min, kRoleCountMax, at + ".max", problems);
    if (max < min) {
      problems.push_back(
          {.field = at + ".max", .description = absl::StrCat("is less than min, which is ", min)});
    }
    roles.push_back({static_cast<Seat::Role>(static_cast<int>(role.role())), min, max});
  }
  return roles;
}

void Write(const ProposedSeat& seat, pb::ProposedSeat& message) {
  message.mutable_seat()->set_person(seat.seat.person);
  message.mutable_seat()->set_role(static_cast<pb::Seat::Role>(static_cast<int>(seat.seat.role)));
  message.mutable_seat()->set_mode(static_cast<pb::Seat::Mode>(static_cast<int>(seat.seat.mode)));
  message.set_is_held(seat.is_held);
  message.set_expertise(InSeats(seat.expertise));
  for (const std::string& word : seat.words) message.add_words(word);
  message.set_load_after(seat.load_after);
  message.set_load_max(seat.load_max);
  message.set_load_elsewhere(seat.load_elsewhere);
  for (const SeatAlternative& other : seat.alternatives) {
    pb::SeatAlternative& alternative = *message.add_alternatives();
    alternative.set_person(other.person);
    alternative.set_expertise(InSeats(other.expertise));
    alternative.set_loss(InSeats(other.loss));
    alternative.set_load_after(other.load_after);
  }
}

void WriteJuries(const Proposal& proposal, pb::Proposal& message) {
  for (const ProposedJury& jury : proposal.juries) {
    pb::ProposedJury& out = *message.add_juries();
    out.set_thesis(absl::StrCat("theses/", jury.thesis));
    out.set_base_etag(runtime::EtagFromVersion(jury.base_version));
    for (const ProposedSeat& seat : jury.seats) Write(seat, *out.add_seats());
    if (jury.accepted) SetTime(*jury.accepted, *out.mutable_accept_time());
    for (const std::string& rule : jury.tight_rules) out.add_tight_rules(rule);
    out.set_common_starts(jury.common_starts);
  }
  for (const ProposedShortage& shortage : proposal.shortages) {
    pb::ProposalShortage& out = *message.add_shortages();
    out.set_sentence(shortage.sentence);
    for (const std::string& thesis : shortage.theses) out.add_theses(absl::StrCat("theses/", thesis));
    for (const std::string& person : shortage.people) out.add_people(person);
    for (const std::string& step : shortage.way_out) out.add_way_out(step);
  }
}

pb::Proposal WithoutJuries(const Proposal& proposal) {
  pb::Proposal message;
  message.set_name(proposal.Name());
  message.set_etag(runtime::EtagFromVersion(proposal.version));
  message.set_programme(proposal.programme);
  message.set_kind(static_cast<pb::Proposal::Kind>(static_cast<int>(proposal.kind)));
  SetTime(proposal.created, *message.mutable_create_time());
  message.set_author(proposal.author);
  message.set_value(InSeats(proposal.value));
  message.set_value_max(InSeats(proposal.value_max));
  message.set_is_best(proposal.is_best);
  message.set_worst_off(InSeats(proposal.worst_off));
  message.set_theses_count(static_cast<int>(proposal.juries.size()));
  message.set_complete_count(proposal.CountComplete());
  message.set_accepted_count(proposal.CountAccepted());
  message.set_without_start_count(proposal.without_start);
  return message;
}

}  // namespace

absl::StatusOr<JuriesWanted> FromProto(const pb::ProposeJuriesRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  JuriesWanted wanted{.scope = ScopeOf(request, problems), .roles = RolesOf(request, problems)};
  wanted.load_max = NumberWithin(request.load_max(), wanted.load_max, kLoadMax, "load_max", problems);
  if (!request.from().empty()) wanted.from = IdFromName(request.from(), "proposals", "from", problems);
  wanted.frozen = Ids(request.frozen(), "theses", "frozen", problems);
  if (!wanted.frozen.empty() && wanted.from.empty()) {
    problems.push_back({.field = "from", .description = "is missing; say in which proposal they are frozen"});
  }
  wanted.excluded = ExclusionsOf(request.excluded(), problems);
  for (int i = 0; i < request.withdrawn_size(); ++i) {
    IdFromName(request.withdrawn(i), "people", absl::StrCat("withdrawn[", i, "]"), problems);
    wanted.withdrawn.insert(request.withdrawn(i));
  }
  if (request.has_balance()) {
    wanted.balance = request.balance();
    if (!(wanted.balance >= 0 && wanted.balance <= kBalanceMax)) {
      problems.push_back({.field = "balance", .description = "is out of range; expected 0 to 10"});
    }
  }
  wanted.replace_refused = request.replace_refused();
  wanted.campaign = request.campaign();
  if (!wanted.campaign.empty()) IdFromName(wanted.campaign, "campaigns", "campaign", problems);
  wanted.seed = static_cast<uint64_t>(static_cast<uint32_t>(request.seed()));
  return Unless(problems, std::move(wanted));
}

absl::StatusOr<ReviewersWanted> FromProto(const pb::ProposeReviewersRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  ReviewersWanted wanted{.scope = ScopeOf(request, problems)};
  wanted.reviewers = NumberWithin(request.reviewers(), 1, kRoleCountMax, "reviewers", problems);
  wanted.load_max = NumberWithin(request.load_max(), wanted.load_max, kLoadMax, "load_max", problems);
  wanted.is_fair = request.aim() == pb::ProposeReviewersRequest::AIM_FAIR;
  wanted.excluded = ExclusionsOf(request.excluded(), problems);
  return Unless(problems, std::move(wanted));
}

absl::StatusOr<std::string> FromProto(const pb::GetProposalRequest& request) {
  Problems problems;
  return Unless(problems, IdFromName(request.name(), "proposals", "name", problems));
}

absl::StatusOr<ProposalQuery> FromProto(const pb::ListProposalsRequest& request) {
  Problems problems;
  IdFromName(request.programme(), "programmes", "programme", problems);
  ProposalQuery query{.programme = request.programme(),
                      .page = runtime::PageFromProto(request.page_size(), request.page_token(), problems)};
  return Unless(problems, std::move(query));
}

absl::StatusOr<Acceptance> FromProto(const pb::AcceptProposalRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  Acceptance acceptance{.id = IdFromName(request.name(), "proposals", "name", problems),
                        .version = runtime::VersionFromEtag(request.etag()),
                        .theses = Ids(request.theses(), "theses", "theses", problems),
                        .reason = request.reason()};
  return Unless(problems, std::move(acceptance));
}

absl::StatusOr<OverviewQuery> FromProto(const pb::GetJuryOverviewRequest& request) {
  Problems problems;
  IdFromName(request.programme(), "programmes", "programme", problems);
  return Unless(problems, OverviewQuery{request.programme(), request.cohort()});
}

pb::Proposal ToProto(const Proposal& proposal) {
  pb::Proposal message = WithoutJuries(proposal);
  WriteJuries(proposal, message);
  return message;
}

pb::CompositionProgress ToProto(const ProposalProgress& progress, absl::Duration elapsed) {
  pb::CompositionProgress message;
  message.set_phase(static_cast<pb::CompositionProgress::Phase>(static_cast<int>(progress.phase)));
  message.set_elapsed_ms(static_cast<int32_t>(absl::ToInt64Milliseconds(elapsed)));
  message.set_theses_count(progress.theses);
  message.set_done_count(progress.done);
  return message;
}

pb::ListProposalsResponse ToProto(const Page<Proposal>& page) {
  pb::ListProposalsResponse response;
  for (const Proposal& proposal : page.items) *response.add_proposals() = WithoutJuries(proposal);
  response.set_next_page_token(runtime::PageToken(page.next));
  return response;
}

pb::JuryOverview ToProto(const JuryOverview& overview) {
  pb::JuryOverview message;
  int complete = 0, broken = 0, conflicts = 0, questions = 0, over = 0, without = 0;
  int unanswered = 0, refusals = 0;
  for (const JuryOverview::OfThesis& thesis : overview.theses) {
    pb::JuryOverview::OfThesis& row = *message.add_theses();
    row.set_thesis(absl::StrCat("theses/", thesis.thesis));
    row.set_seats_count(thesis.seats);
    row.set_is_complete(thesis.is_complete);
    for (const std::string& rule : thesis.broken_rules) row.add_broken_rules(rule);
    for (const std::string& person : thesis.conflicts) row.add_conflicts(person);
    for (const std::string& person : thesis.questions) row.add_questions(person);
    for (const std::string& person : thesis.unanswered) row.add_unanswered(person);
    for (const std::string& person : thesis.refusals) row.add_refusals(person);
    unanswered += row.unanswered_size();
    refusals += row.refusals_size();
    complete += thesis.is_complete ? 1 : 0;
    broken += row.broken_rules_size();
    conflicts += row.conflicts_size();
    questions += row.questions_size();
  }
  for (const JuryOverview::OfPerson& person : overview.people) {
    pb::JuryOverview::OfPerson& row = *message.add_people();
    row.set_person(person.person);
    row.set_load(person.load);
    row.set_load_max(person.load_max);
    row.set_load_elsewhere(person.elsewhere);
    row.set_presidencies(person.presidencies);
    row.set_load_past(person.past);
    over += person.load_max > 0 && person.load > person.load_max ? 1 : 0;
    without += person.load == 0 ? 1 : 0;
  }
  message.set_complete_count(complete);
  message.set_incomplete_count(message.theses_size() - complete);
  message.set_over_load_count(over);
  message.set_without_load_count(without);
  message.set_broken_rules_count(broken);
  message.set_conflicts_count(conflicts);
  message.set_questions_count(questions);
  message.set_unanswered_count(unanswered);
  message.set_refusals_count(refusals);
  return message;
}

}  // namespace soutenance::assignment
