#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/error.h"
#include "services/scheduling/solver/io/fields.h"
#include "services/scheduling/solver/io/lines.h"
#include "services/scheduling/solver/io/problem_text.h"
#include "services/scheduling/solver/model/limits.h"

namespace soutenance::scheduling::solver {
namespace {

class Reader {
 public:
  explicit Reader(absl::string_view text) : lines_(text, "soutenance problem", 1) {}

  absl::StatusOr<Problem> Run() {
    while (lines_.Next()) ReadLine();
    if (!lines_.ok()) return InvalidFields(lines_.TakeFaults());
    return Problem::Create(std::move(spec_));
  }

 private:
  // What a keyword may stand below. kTop: anywhere, it begins something of its own.
  enum class Block { kTop, kCampaign, kPerson, kRoom, kDefence, kRole };

  struct Keyword {
    absl::string_view name;
    Block block;
    bool once;  // within its block
    void (Reader::*read)(Fields&);
  };
  static absl::Span<const Keyword> Keywords();

  void ReadLine() {
    const Word& first = lines_.words().front();
    const Keyword* keyword = first.quoted ? nullptr : Find(first.text);
    if (keyword == nullptr) {
      lines_.Fault(
          absl::StrCat(Quoted(first.text), " is not known ", Where(block_), "; expected one of ", Known()));
      return;
    }
    if (keyword->block == Block::kTop) {
      seen_.clear();
    } else if (keyword->once && !seen_.insert(keyword->name).second) {
      lines_.Fault(absl::StrCat(keyword->name, " is given twice ", Where(block_)));
      return;
    }
    Fields fields(absl::MakeConstSpan(lines_.words()).subspan(1));
    (this->*keyword->read)(fields);
    std::string fault = fields.Fault();
    if (!fault.empty()) lines_.Fault(absl::StrCat(keyword->name, ": ", fault));
  }

  const Keyword* Find(absl::string_view name) const {
    for (const Keyword& keyword : Keywords()) {
      if (keyword.name == name && (keyword.block == Block::kTop || keyword.block == block_)) return &keyword;
    }
    return nullptr;
  }

  std::string Known() const {
    std::vector<absl::string_view> known;
    for (const Keyword& keyword : Keywords()) {
      if (keyword.block == block_ || keyword.block == Block::kTop) known.push_back(keyword.name);
    }
    return absl::StrCat(absl::StrJoin(known, ", "), ", end");
  }

  // "in a person".
  static absl::string_view Where(Block block) {
    switch (block) {
      case Block::kPerson:
        return "in a person";
      case Block::kRoom:
        return "in a room";
      case Block::kDefence:
        return "in a defence";
      case Block::kRole:
        return "in a role";
      case Block::kCampaign:
      case Block::kTop:
        break;
    }
    return "at the beginning";
  }

  // The campaign.
  void FirstDate(Fields& fields) {
    const absl::CivilDay date = fields.Date();
    has_first_date_line_ = true;
    if (!fields.ok()) return;
    first_date_ = date;
    spec_.first_date = DateForm(date);
  }
  void Now(Fields& fields) {
    WantFirstDate();
    spec_.now = fields.Moment(first_date_);
  }
  void GridMinutes(Fields& fields) { spec_.grid_minutes = fields.Number("minutes"); }
  void BufferMinutes(Fields& fields) { spec_.buffer_minutes = fields.Number("minutes"); }
  void TravelMinutes(Fields& fields) { spec_.travel_minutes = fields.Number("minutes"); }
  void Opening(Fields& fields) { ReadPeriod(fields, spec_.opening); }
  void Pause(Fields& fields) {
    WantFirstDate();
    PauseSpec& pause = spec_.pauses.emplace_back();
    pause.begins = fields.Period(first_date_);
    if (!fields.Takes("least")) fields.Refuse("expected \"least\" and minutes");
    pause.least_minutes = fields.Number("minutes");
    if (!fields.Takes("wanted")) fields.Refuse("expected \"wanted\" and minutes");
    pause.wanted_minutes = fields.Number("minutes");
    if (fields.Takes("until")) pause.until = fields.Moment(first_date_);
  }
  void Early(Fields& fields) { ReadHour(fields, spec_.early); }
  void Late(Fields& fields) { ReadHour(fields, spec_.late); }
  static void ReadHour(Fields& fields, std::vector<HourCostSpec>& hours) {
    HourCostSpec& hour = hours.emplace_back();
    hour.time = fields.Time();
    if (!fields.Takes("cost")) fields.Refuse("expected \"cost\" and points");
    hour.cost = fields.Number("points");
  }
  void Rule(Fields& fields) {
    RuleSetting setting{.rule = fields.BareWord("the name of a rule")};
    const std::string level = fields.BareWord("a level");
    if (const auto known = ParseRuleLevel(level)) {
      setting.level = *known;
    } else {
      fields.Refuse(
          absl::StrCat(Quoted(level), " is no level; expected off, hard, strong, soft or soft_2 to soft_6"));
    }
    if (fields.Takes("weight")) setting.weight = fields.Number("points");
    if (fields.Takes("parameter")) setting.parameter = fields.Number("the parameter");
    spec_.rules.push_back(std::move(setting));
  }

  // A person.
  void Person(Fields& fields) {
    Begin(Block::kPerson, spec_.persons.size(), kPersonsMax, "persons");
    PersonSpec& person = spec_.persons.emplace_back();
    person.key = fields.Text("the key of a person");
    if (!fields.IsAtEnd()) person.name = fields.Text("a name");
  }
  void Blocked(Fields& fields) { ReadPeriod(fields, spec_.persons.back().blocked); }
  void IfNeeded(Fields& fields) { ReadPeriod(fields, spec_.persons.back().if_needed); }
  void MaxPerDay(Fields& fields) { spec_.persons.back().max_per_day = fields.Number("defences"); }
  void Weight(Fields& fields) { spec_.persons.back().weight = fields.Number("a weight"); }
  void PersonSubject(Fields& fields) { spec_.persons.back().subjects.push_back(fields.Text("a subject")); }
  void Nearness(Fields& fields) { ReadWaits(fields, spec_.persons.back().nearness); }
  void RoomChange(Fields& fields) { ReadWaits(fields, spec_.persons.back().room_change); }
  void MaxTotal(Fields& fields) { spec_.persons.back().max_total = fields.Number("defences"); }
  void RoleLimit(Fields& fields) {
    RoleLimitSpec& limit = spec_.persons.back().role_limits.emplace_back();
    limit.role = fields.Text("the name of a role");
    if (fields.Takes("per_day")) limit.max_per_day = fields.Number("defences");
    if (fields.Takes("total")) limit.max_total = fields.Number("defences");
  }

  // A room.
  void Room(Fields& fields) {
    Begin(Block::kRoom, spec_.rooms.size(), kRoomsMax, "rooms");
    RoomSpec& room = spec_.rooms.emplace_back();
    room.key = fields.Text("the key of a room");
    if (!fields.IsAtEnd()) room.name = fields.Text("a name");
  }
  void Site(Fields& fields) { spec_.rooms.back().site = fields.Text("a site"); }
  void RoomCapacity(Fields& fields) { spec_.rooms.back().capacity = fields.Number("seats"); }
  void RoomEquipment(Fields& fields) { spec_.rooms.back().equipment.push_back(fields.Text("equipment")); }
  void Open(Fields& fields) { ReadPeriod(fields, spec_.rooms.back().open); }

  // A defence.
  void Defence(Fields& fields) {
    Begin(Block::kDefence, spec_.defences.size(), kDefencesMax, "defences");
    DefenceSpec& defence = spec_.defences.emplace_back();
    defence.key = fields.Text("the key of a defence");
    if (!fields.IsAtEnd()) defence.label = fields.Text("a label");
  }
  void DurationMinutes(Fields& fields) { spec_.defences.back().duration_minutes = fields.Number("minutes"); }
  void Seat(Fields& fields) {
    SeatSpec& seat = spec_.defences.back().seats.emplace_back();
    seat.person = fields.Text("the key of a person");
    seat.role = fields.Text("a role");
    seat.remote = fields.Takes("remote");
  }
  void Guest(Fields& fields) {
    Seat(fields);
    spec_.defences.back().seats.back().guest = true;
  }
  void OpenSeat(Fields& fields) {
    SeatSpec& seat = spec_.defences.back().seats.emplace_back();
    seat.role = fields.Text("a role");
    seat.remote = fields.Takes("remote");
    seat.shared = fields.Takes("shared");
  }
  void Candidate(Fields& fields) {
    std::vector<SeatSpec>& seats = spec_.defences.back().seats;
    CandidateSpec candidate{.person = fields.Text("the key of a person")};
    if (fields.Takes("cost")) candidate.cost = fields.Number("points");
    if (seats.empty() || !seats.back().person.empty()) {
      fields.Refuse("an open_seat must come before its candidates");
    } else {
      seats.back().candidates.push_back(std::move(candidate));
    }
  }
  void DefenceEquipment(Fields& fields) {
    spec_.defences.back().equipment.push_back(fields.Text("equipment"));
  }
  void DefenceCapacity(Fields& fields) { spec_.defences.back().capacity = fields.Number("seats"); }
  void DefenceSubject(Fields& fields) { spec_.defences.back().subjects.push_back(fields.Text("a subject")); }
  void ExpectedPeople(Fields& fields) { spec_.defences.back().expected_people = fields.Number("people"); }
  void Cohort(Fields& fields) { spec_.defences.back().cohort = fields.Text("a cohort"); }
  void Topic(Fields& fields) { spec_.defences.back().topic = fields.Text("a topic"); }
  void Allowed(Fields& fields) { ReadPeriod(fields, spec_.defences.back().allowed); }
  void Reference(Fields& fields) {
    WantFirstDate();
    ReferenceSpec& reference = spec_.defences.back().reference.emplace();
    reference.start = fields.Moment(first_date_);
    reference.room = fields.Text("the key of a room, or nothing");
  }
  void PinDay(Fields& fields) {
    WantFirstDate();
    const absl::CivilDay date = fields.Date();
    if (first_date_) spec_.defences.back().pin.day = static_cast<int32_t>(date - *first_date_);
  }
  void PinTime(Fields& fields) { spec_.defences.back().pin.time = fields.Time(); }
  void PinRoom(Fields& fields) { spec_.defences.back().pin.room = fields.Text("the key of a room"); }
  void PinJuror(Fields& fields) {
    spec_.defences.back().pin.jurors.push_back(fields.Text("the key of a person"));
  }
  void PinMode(Fields& fields) {
    const std::string mode = fields.BareWord("on_site or video");
    if (mode == "on_site") {
      spec_.defences.back().pin.mode = Mode::kOnSite;
    } else if (mode == "video") {
      spec_.defences.back().pin.mode = Mode::kVideo;
    } else {
      fields.Refuse(absl::StrCat(Quoted(mode), " is no mode; expected on_site or video"));
    }
  }

  // A role.
  void Role(Fields& fields) {
    Begin(Block::kRole, spec_.roles.size(), kRolesMax, "roles");
    spec_.roles.push_back({.name = fields.Text("the name of a role"), .load = {}, .combined = {}});
  }
  void AbsenceCost(Fields& fields) { spec_.roles.back().absence_cost = fields.Number("points"); }
  void ChangeCost(Fields& fields) { spec_.roles.back().change_cost = fields.Number("points"); }
  void DayChangeCost(Fields& fields) { spec_.roles.back().day_change_cost = fields.Number("points"); }
  void MixCost(Fields& fields) { spec_.roles.back().mix_cost = fields.Number("points"); }
  void Load(Fields& fields) {
    LoadBandSpec& band = spec_.roles.back().load.emplace_back();
    band.low = fields.Number("seats");
    if (!fields.Takes("to")) fields.Refuse("expected \"to\" between two numbers of seats");
    band.high = fields.Number("seats");
    if (!fields.Takes("cost")) fields.Refuse("expected \"cost\" and points");
    band.cost = fields.Number("points");
    if (!fields.Takes("only")) return;
    do {
      band.only.push_back(fields.Text("the key of a person"));
    } while (!fields.IsAtEnd() && fields.ok());
  }
  void Combined(Fields& fields) {
    CombinedRoleSpec& combined = spec_.roles.back().combined.emplace_back();
    combined.role = fields.Text("the name of a role");
    if (!fields.Takes("cost")) fields.Refuse("expected \"cost\" and points");
    combined.cost = fields.Number("points");
  }

  void Begin(Block block, std::size_t count, int32_t most, absl::string_view what) {
    block_ = block;
    if (count < static_cast<std::size_t>(most)) return;
    lines_.Fault(absl::StrCat("there are more than ", most, " ", what));
    lines_.Stop();
  }

  // "0 2 1": points by wait.
  static void ReadWaits(Fields& fields, std::vector<int32_t>& points) {
    do {
      points.push_back(fields.Number("points"));
    } while (!fields.IsAtEnd() && fields.ok());
  }

  void ReadPeriod(Fields& fields, std::vector<Interval>& intervals) {
    WantFirstDate();
    intervals.push_back(fields.Period(first_date_));
  }

  // Dates mean nothing without it. Noted once: one fault, not one for each line with a date.
  void WantFirstDate() {
    if (has_first_date_line_ || first_date_missed_) return;
    lines_.Fault("comes before first_date, which must be known first");
    first_date_missed_ = true;
  }

  LineReader lines_;
  ProblemSpec spec_;
  Block block_ = Block::kCampaign;
  std::set<absl::string_view> seen_;  // keywords of the present block
  std::optional<absl::CivilDay> first_date_;
  bool has_first_date_line_ = false;
  bool first_date_missed_ = false;
};

absl::Span<const Reader::Keyword> Reader::Keywords() {
  static constexpr Keyword kKeywords[] = {
      {"person", Block::kTop, false, &Reader::Person},
      {"room", Block::kTop, false, &Reader::Room},
      {"defence", Block::kTop, false, &Reader::Defence},
      {"role", Block::kTop, false, &Reader::Role},
      {"first_date", Block::kCampaign, true, &Reader::FirstDate},
      {"now", Block::kCampaign, true, &Reader::Now},
      {"grid_minutes", Block::kCampaign, true, &Reader::GridMinutes},
      {"buffer_minutes", Block::kCampaign, true, &Reader::BufferMinutes},
      {"travel_minutes", Block::kCampaign, true, &Reader::TravelMinutes},
      {"opening", Block::kCampaign, false, &Reader::Opening},
      {"pause", Block::kCampaign, false, &Reader::Pause},
      {"early", Block::kCampaign, false, &Reader::Early},
      {"late", Block::kCampaign, false, &Reader::Late},
      {"rule", Block::kCampaign, false, &Reader::Rule},
      {"blocked", Block::kPerson, false, &Reader::Blocked},
      {"if_needed", Block::kPerson, false, &Reader::IfNeeded},
      {"max_per_day", Block::kPerson, true, &Reader::MaxPerDay},
      {"max_total", Block::kPerson, true, &Reader::MaxTotal},
      {"weight", Block::kPerson, true, &Reader::Weight},
      {"subject", Block::kPerson, false, &Reader::PersonSubject},
      {"nearness", Block::kPerson, true, &Reader::Nearness},
      {"room_change", Block::kPerson, true, &Reader::RoomChange},
      {"role_limit", Block::kPerson, false, &Reader::RoleLimit},
      {"site", Block::kRoom, true, &Reader::Site},
      {"capacity", Block::kRoom, true, &Reader::RoomCapacity},
      {"equipment", Block::kRoom, false, &Reader::RoomEquipment},
      {"open", Block::kRoom, false, &Reader::Open},
      {"duration_minutes", Block::kDefence, true, &Reader::DurationMinutes},
      {"seat", Block::kDefence, false, &Reader::Seat},
      {"guest", Block::kDefence, false, &Reader::Guest},
      {"open_seat", Block::kDefence, false, &Reader::OpenSeat},
      {"candidate", Block::kDefence, false, &Reader::Candidate},
      {"equipment", Block::kDefence, false, &Reader::DefenceEquipment},
      {"capacity", Block::kDefence, true, &Reader::DefenceCapacity},
      {"expected_people", Block::kDefence, true, &Reader::ExpectedPeople},
      {"cohort", Block::kDefence, true, &Reader::Cohort},
      {"topic", Block::kDefence, true, &Reader::Topic},
      {"subject", Block::kDefence, false, &Reader::DefenceSubject},
      {"allowed", Block::kDefence, false, &Reader::Allowed},
      {"reference", Block::kDefence, true, &Reader::Reference},
      {"pin_day", Block::kDefence, true, &Reader::PinDay},
      {"pin_time", Block::kDefence, true, &Reader::PinTime},
      {"pin_room", Block::kDefence, true, &Reader::PinRoom},
      {"pin_juror", Block::kDefence, false, &Reader::PinJuror},
      {"pin_mode", Block::kDefence, true, &Reader::PinMode},
      {"absence_cost", Block::kRole, true, &Reader::AbsenceCost},
      {"change_cost", Block::kRole, true, &Reader::ChangeCost},
      {"day_change_cost", Block::kRole, true, &Reader::DayChangeCost},
      {"mix_cost", Block::kRole, true, &Reader::MixCost},
      {"load", Block::kRole, false, &Reader::Load},
      {"combined", Block::kRole, false, &Reader::Combined},
  };
  return kKeywords;
}

}  // namespace

absl::StatusOr<Problem> ParseProblem(absl::string_view text) { return Reader(text).Run(); }

}  // namespace soutenance::scheduling::solver
