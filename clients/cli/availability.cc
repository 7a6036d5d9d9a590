#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/cli/dates.h"
#include "clients/cli/fields.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/nouns.h"
#include "clients/cli/people_names.h"
#include "clients/cli/resource.h"
#include "clients/cli/words.h"
#include "clients/lib/display_text.h"
#include "clients/lib/failure.h"
#include "services/base/status.h"
#include "soutenance/directory/v1/accounts.pb.h"
#include "soutenance/scheduling/v1/campaigns.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = scheduling::v1;
using clients::Column;

// "2027-06-14", "2027-06-14..2027-06-18", either with " 08:00-12:00".
std::string ReadPeriod(const std::string& text, pb::AvailabilityPeriod::Answer answer,
                       google::protobuf::Message& resource, Language language) {
  const std::vector<std::string> parts = absl::StrSplit(text, ' ', absl::SkipEmpty());
  const auto days = parts.empty() ? std::nullopt : ParseDays(parts[0], Span::kEveryDay);
  const auto span = parts.size() == 2 ? ParseTimeSpan(parts[1]) : std::nullopt;
  if (!days || parts.size() > 2 || (parts.size() == 2 && !span)) {
    return Text{"expected \"2027-06-14\" or \"2027-06-14..2027-06-18 08:00-12:00\"",
                "attendu « 2027-06-14 » ou « 2027-06-14..2027-06-18 08:00-12:00 »"}
        .In(language);
  }
  for (const std::string& day : *days) {
    pb::AvailabilityPeriod& period = *static_cast<pb::Availability&>(resource).add_periods();
    period.set_date(day);
    if (span) period.set_from(span->from);
    if (span) period.set_to(span->to);
    period.set_answer(answer);
  }
  return "";
}

template <pb::AvailabilityPeriod::Answer answer>
std::string Read(const std::string& text, google::protobuf::Message& resource, Language language) {
  return ReadPeriod(text, answer, resource, language);
}

const std::vector<Field>& Fields() {
  static const auto& fields = *new std::vector<Field>{
      {.flag = Repeated(TextFlag("--yes", "DAYS [HOURS]", {"can come then", "peut venir alors"})),
       .name = "periods",
       .read = Read<pb::AvailabilityPeriod::ANSWER_YES>},
      {.flag = Repeated(TextFlag("--if-needed", "DAYS [HOURS]",
                                 {"can come then if needed", "peut venir alors si besoin"})),
       .name = "periods",
       .read = Read<pb::AvailabilityPeriod::ANSWER_IF_NEEDED>},
      {.flag = Repeated(TextFlag("--no", "DAYS [HOURS]", {"cannot come then", "ne peut pas venir alors"})),
       .name = "periods",
       .read = Read<pb::AvailabilityPeriod::ANSWER_NO>},
  };
  return fields;
}

std::string PeriodText(const pb::AvailabilityPeriod& period, const Session& session) {
  return absl::StrCat(ShortDay(period.date(), session.language()), " ",
                      period.from().empty() ? session.Say({"all day", "toute la journée"})
                                            : absl::StrCat(period.from(), "-", period.to()));
}

std::string AvailabilityText(Session& session, const pb::Availability& availability) {
  const std::string person = TopName("people", ShortName(availability.name()));
  const std::string label = PeopleNames::Of(session, {person}).Label(person);
  std::string text =
      FactsText(absl::StrCat(session.Say({"Availability of ", "Disponibilité de "}), label),
                {{{"campaign", "campagne"}, ShortName(ParentIn("campaigns", availability.name()))},
                 {{"entered by", "saisie par"}, ShortName(availability.entered_by())},
                 {{"etag", "etag"}, availability.etag()}},
                session.language(), session.out());
  if (availability.state() == pb::Availability::STATE_NOT_ANSWERED) {
    return absl::StrCat(text, "  ", session.Say({"no answer yet", "pas encore de réponse"}), "\n");
  }
  for (const pb::AvailabilityPeriod& period : availability.periods()) {
    absl::StrAppend(&text, "  ", clients::PaddedRight(WordFor(period.answer(), session.language()), 10), "  ",
                    PeriodText(period, session), "\n");
  }
  if (availability.periods_size() == 0) {
    absl::StrAppend(&text, "  ", session.Say({"can come at every time", "peut venir à tout moment"}), "\n");
  }
  return text;
}

// The answer meant: of PERSON, or of the caller.
absl::StatusOr<std::string> NameFor(Session& session, const Input& input) {
  std::string person = input.Get("PERSON");
  ASSIGN_OR_RETURN(const std::string campaign, session.CampaignFor(input, person));
  if (person.empty()) {
    ASSIGN_OR_RETURN(const auto account,
                     session.Call<directory::v1::Account>(directory::v1::WhoAmIRequest()));
    if (account.person().empty()) {
      return clients::UsageError(
          session.Say({"your account is not a person's; say whose availability is meant",
                       "votre compte n’est pas celui d’une personne ; indiquez de qui il s’agit"}));
    }
    person = account.person();
  }
  return ChildName(campaign, "availabilities",
                   ParentIn("people", person).empty() ? person : ShortName(person));
}

absl::Status List(Session& session, const Input& input) {
  pb::ListAvailabilitiesRequest request;
  ASSIGN_OR_RETURN(const std::string campaign, session.CampaignFor(input));
  request.set_parent(campaign);
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListAvailabilitiesResponse>(request));
  std::set<std::string> people;
  for (const pb::Availability& availability : list.availabilities()) people.insert(availability.person());
  const PeopleNames names = PeopleNames::Of(session, people);
  clients::Table table(
      {{session.Say({"Person", "Personne"})},
       {session.Say({"Name", "Nom"}), Column::Align::kLeft, Column::Fit::kShrink},
       {session.Say({"Yes", "Oui"}), Column::Align::kRight},
       {session.Say({"If needed", "Si besoin"}), Column::Align::kRight},
       {session.Say({"No", "Non"}), Column::Align::kRight},
       {session.Say({"Entered by", "Saisie par"}), Column::Align::kLeft, Column::Fit::kShrink}});
  for (const pb::Availability& availability : list.availabilities()) {
    int counts[4] = {0, 0, 0, 0};
    for (const pb::AvailabilityPeriod& period : availability.periods()) {
      if (period.answer() >= 0 && period.answer() < 4) ++counts[period.answer()];
    }
    table.Row({ShortName(availability.name()), names.Name(availability.person()), absl::StrCat(counts[1]),
               absl::StrCat(counts[2]), absl::StrCat(counts[3]), ShortName(availability.entered_by())});
  }
  ShowTable(session, list, table, {"nobody has answered", "personne n’a répondu"});
  return absl::OkStatus();
}

absl::Status Show(Session& session, const Input& input) {
  pb::GetAvailabilityRequest request;
  ASSIGN_OR_RETURN(const std::string name, NameFor(session, input));
  request.set_name(name);
  ASSIGN_OR_RETURN(const auto availability, session.Call<pb::Availability>(request));
  session.Show(availability, [&] { return AvailabilityText(session, availability); });
  return absl::OkStatus();
}

using Periods = google::protobuf::RepeatedPtrField<pb::AvailabilityPeriod>;

std::string FromOf(const pb::AvailabilityPeriod& period) {
  return period.from().empty() ? "00:00" : period.from();
}
std::string ToOf(const pb::AvailabilityPeriod& period) { return period.to().empty() ? "24:00" : period.to(); }

// `periods` without the time of `other`. Times of a day are ordered as their texts are.
Periods Without(const Periods& periods, const pb::AvailabilityPeriod& other) {
  Periods left;
  for (const pb::AvailabilityPeriod& period : periods) {
    const std::string from = FromOf(period);
    const std::string to = ToOf(period);
    if (period.date() != other.date() || to <= FromOf(other) || from >= ToOf(other)) {
      *left.Add() = period;
      continue;
    }
    const auto keep = [&](const std::string& begin, const std::string& end) {
      if (begin >= end) return;
      pb::AvailabilityPeriod& part = *left.Add();
      part = period;
      part.set_from(begin);
      part.set_to(end);
    };
    keep(from, FromOf(other));
    keep(ToOf(other), to);
  }
  return left;
}

// Puts `given` over what was answered before.
absl::Status KeepRest(const Session& session, const pb::Availability& before, Periods& given) {
  const auto says_when = [](const Periods& periods) {
    return std::any_of(periods.begin(), periods.end(), [](const pb::AvailabilityPeriod& period) {
      return period.answer() != pb::AvailabilityPeriod::ANSWER_NO;
    });
  };
  // An answer of noes alone says yes to all the rest.
  const bool is_free = !says_when(before.periods());
  Periods all = before.periods();
  for (const pb::AvailabilityPeriod& period : given) {
    all = Without(all, period);
    if (is_free && period.answer() == pb::AvailabilityPeriod::ANSWER_IF_NEEDED) {
      return clients::UsageError(session.Say(
          {"the answer so far is yes at all other times; say with --yes when exactly, without --keep",
           "la réponse actuelle est oui à tout autre moment ; dites quand exactement avec --yes, sans "
           "--keep"}));
    }
    if (!is_free || period.answer() == pb::AvailabilityPeriod::ANSWER_NO) *all.Add() = period;
  }
  given = std::move(all);
  return absl::OkStatus();
}

// Says so if what was answered is about no day on which anybody defends: a slip, most often of the year.
void WarnOfOtherDays(Session& session, const pb::Availability& given) {
  if (given.periods().empty() || session.json()) return;
  pb::GetCampaignRequest request;
  request.set_name(ParentIn("campaigns", given.name()));
  const auto campaign = session.Call<pb::Campaign>(request);
  if (!campaign.ok() || campaign->days().empty()) return;
  const std::set<std::string> days(campaign->days().begin(), campaign->days().end());
  std::set<std::string> others;
  for (const pb::AvailabilityPeriod& period : given.periods()) {
    if (days.count(period.date()) > 0) return;
    others.insert(period.date());
  }
  const std::string told = absl::StrJoin(days, ", ");
  session.Warn(
      absl::StrCat(*others.begin(), others.size() > 1 ? ", …" : "",
                   session.Say({": no defence takes place then; the days of the campaign are ",
                                " : aucune soutenance n’a lieu alors ; les jours de la campagne sont "}),
                   told));
}

absl::Status Set(Session& session, const Input& input) {
  pb::SetAvailabilityRequest request;
  pb::Availability& availability = *request.mutable_availability();
  ASSIGN_OR_RETURN(const std::string name, NameFor(session, input));
  availability.set_name(name);
  RETURN_IF_ERROR(FillResource(input, Fields(), session.language(), availability).status());
  availability.set_person(TopName("people", ShortName(name)));
  if (input.Has("--etag")) availability.set_etag(input.Get("--etag"));
  if (availability.periods_size() == 0 && !input.Has("--always") && !input.Has("--file")) {
    return clients::UsageError(session.Say({"say when: --yes, --if-needed, --no, or --always",
                                            "indiquez quand : --yes, --if-needed, --no, ou --always"}));
  }
  const pb::Availability given = availability;
  if (input.Has("--keep")) {
    pb::GetAvailabilityRequest get;
    get.set_name(name);
    ASSIGN_OR_RETURN(const auto before, session.Call<pb::Availability>(get));
    RETURN_IF_ERROR(KeepRest(session, before, *availability.mutable_periods()));
    if (availability.etag().empty()) availability.set_etag(before.etag());
  }
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto set, session.Call<pb::Availability>(request));
  ShowOutcome(session, input, {"Answer kept.", "Réponse enregistrée."}, set, AvailabilityText(session, set));
  WarnOfOtherDays(session, given);
  return absl::OkStatus();
}

}  // namespace

Noun AvailabilityNoun() {
  const Argument person =
      NameArgument("PERSON", "people", {"whose; default: yours", "de qui ; par défaut la vôtre"},
                   Argument::Need::kOptional);
  return {.name = "availability",
          .summary = {"who can come when", "qui peut venir quand"},
          .commands = {
              {.verb = "list",
               .summary = {"List the answers of a campaign", "Lister les réponses d’une campagne"},
               .flags = {CampaignFlag()},
               .examples = {{"availability list",
                             {"periods by answer, per person",
                              "nombre de périodes par réponse et par personne"}}},
               .run = List},
              {.verb = "show",
               .summary = {"Show one person's answer", "Montrer la réponse d’une personne"},
               .arguments = {person},
               .flags = {CampaignFlag()},
               .examples = {{"availability show bruno", {"bruno's", "celle de bruno"}}},
               .run = Show},
              {.verb = "set",
               .summary = {"Replace one person's answer", "Remplacer la réponse d’une personne"},
               .details = {"If one period says yes or if needed, every time outside such periods is a no; "
                           "otherwise every time "
                           "outside the no ones is a yes.",
                           "Si une période dit oui ou si besoin, tout moment hors de ces périodes est un non "
                           "; sinon, tout moment "
                           "hors des périodes non est un oui."},
               .arguments = {person},
               .flags = Flags(FlagsOf(Fields()),
                              {{.name = "--always",
                                .value = {},
                                .help = {"can come at every time", "peut venir à tout moment"}},
                               {.name = "--keep",
                                .value = {},
                                .help = {"beside what was answered before, such as a day of illness",
                                         "en plus de ce qui était répondu, par exemple un jour de "
                                         "maladie"}},
                               CampaignFlag(),
                               EtagFlag(),
                               DryRunFlag()}),
               .examples = {{"availability set bruno --yes \"2027-06-14 08:00-12:00\" --if-needed 2027-06-15",
                             {"a morning, and a day if needed", "une matinée, et un jour si besoin"}},
                            {"availability set --no 2027-06-16..2027-06-18",
                             {"your own: all but three days", "la vôtre : tout sauf trois jours"}},
                            {"availability set bruno --keep --no 2027-06-16",
                             {"bruno is ill that day; the rest stays",
                              "bruno est malade ce jour-là ; le reste tient"}}},
               .run = Set},
          }};
}

}  // namespace soutenance::cli
