#include "services/scheduling/documents/ics.h"

#include <libical/ical.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/scheduling/documents/arrangement.h"
#include "services/scheduling/documents/vtimezone.h"
#include "services/scheduling/documents/words.h"

namespace soutenance::scheduling::documents {
namespace {

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

bool IsSelected(const PlacedDefence& defence, const IcsFilter& filter) {
  if (!filter.room.empty() && defence.room != filter.room) return false;
  if (filter.person.empty()) return true;
  const auto is_wanted = [&](const auto& attendant) { return attendant.person == filter.person; };
  return std::any_of(defence.students.begin(), defence.students.end(), is_wanted) ||
         std::any_of(defence.jury.begin(), defence.jury.end(), is_wanted);
}

icaltimetype UtcTime(absl::Time time) {
  return icaltime_from_timet_with_zone(absl::ToTimeT(time), 0, icaltimezone_get_utc_timezone());
}

icaltimetype WallTime(absl::CivilMinute time) {
  icaltimetype wall = icaltime_null_time();
  wall.year = static_cast<int>(time.year());
  wall.month = time.month();
  wall.day = time.day();
  wall.hour = time.hour();
  wall.minute = time.minute();
  return wall;
}

void Add(icalcomponent* component, icalproperty* property) {
  icalcomponent_add_property(component, property);
}

void AddZoned(icalcomponent* event, icalproperty* property, const std::string& zone) {
  icalproperty_add_parameter(property, icalparameter_new_tzid(zone.c_str()));
  Add(event, property);
}

// Written without a VALUE parameter, which the readers of these old extensions do not expect.
void AddExtension(icalcomponent* component, const char* name, const std::string& value) {
  icalproperty* property = icalproperty_new_x(value.c_str());
  icalproperty_set_x_name(property, name);
  Add(component, property);
}

template <typename Person>
std::string NamesOf(const std::vector<Person>& people) {
  return absl::StrJoin(people, ", ",
                       [](std::string* out, const Person& person) { out->append(person.name); });
}

std::string SummaryOf(const PlacedDefence& defence, Language language) {
  const Words& words = WordsOf(language);
  std::string summary = std::string(words.defence);
  if (defence.is_closed) {
    absl::StrAppend(&summary, language == Language::kFrench ? " (huis clos)" : " (closed session)");
  } else if (!defence.students.empty()) {
    absl::StrAppend(&summary, " — ", NamesOf(defence.students));
  }
  return defence.status == DefenceStatus::kCancelled ? absl::StrCat(words.cancelled, " — ", summary)
                                                     : summary;
}

std::string DescriptionOf(const PlacedDefence& defence, Language language) {
  const Words& words = WordsOf(language);
  const absl::string_view colon = language == Language::kFrench ? "\u00a0:" : ":";
  std::vector<std::string> lines;
  if (!defence.is_closed && !defence.title.empty()) lines.push_back(defence.title);
  if (!defence.students.empty())
    lines.push_back(absl::StrCat(words.students, colon, " ", NamesOf(defence.students)));
  if (!defence.jury.empty()) lines.push_back(absl::StrCat(words.jury, colon));
  for (const DocumentJuror& juror : defence.jury) {
    lines.push_back(absl::StrCat("- ", juror.name, " (", RoleWord(juror.role, language),
                                 juror.is_remote ? absl::StrCat(", ", words.remote, ")") : ")"));
  }
  return absl::StrJoin(lines, "\n");
}

// A wall time would be ambiguous, or end before it begins, when the clocks change during the defence: there
// UTC is given instead.
void AddSpan(icalcomponent* event, const PlacedDefence& defence, absl::TimeZone zone) {
  const absl::CivilMinute end = EndOf(defence, zone);
  const bool clocks_change = end - defence.start != defence.duration_minutes ||
                             zone.At(absl::CivilSecond(end)).kind != absl::TimeZone::TimeInfo::UNIQUE;
  if (clocks_change) {
    const absl::Time start = absl::FromCivil(defence.start, zone);
    Add(event, icalproperty_new_dtstart(UtcTime(start)));
    Add(event, icalproperty_new_dtend(UtcTime(start + absl::Minutes(defence.duration_minutes))));
    return;
  }
  AddZoned(event, icalproperty_new_dtstart(WallTime(defence.start)), zone.name());
  AddZoned(event, icalproperty_new_dtend(WallTime(end)), zone.name());
}

icalcomponent* NewEvent(const PlacedDefence& defence, const TimetableDocument& document,
                        absl::TimeZone zone) {
  const bool is_cancelled = defence.status == DefenceStatus::kCancelled;
  const bool is_draft = document.state == TimetableState::kDraft;
  const bool was_published = document.published_at > absl::InfinitePast();
  icalcomponent* event = icalcomponent_new_vevent();
  Add(event, icalproperty_new_uid(defence.uid.c_str()));
  Add(event, icalproperty_new_dtstamp(UtcTime(was_published ? document.published_at : absl::UnixEpoch())));
  Add(event, icalproperty_new_sequence(defence.sequence));
  AddSpan(event, defence, zone);
  Add(event, icalproperty_new_summary(SummaryOf(defence, document.language).c_str()));
  Add(event, icalproperty_new_description(DescriptionOf(defence, document.language).c_str()));
  const std::string location =
      defence.site.empty() ? defence.room_name : absl::StrCat(defence.room_name, ", ", defence.site);
  if (!location.empty()) Add(event, icalproperty_new_location(location.c_str()));
  Add(event, icalproperty_new_status(is_cancelled ? ICAL_STATUS_CANCELLED
                                     : is_draft   ? ICAL_STATUS_TENTATIVE
                                                  : ICAL_STATUS_CONFIRMED));
  Add(event, icalproperty_new_transp(is_cancelled ? ICAL_TRANSP_TRANSPARENT : ICAL_TRANSP_OPAQUE));
  Add(event, icalproperty_new_class(defence.is_closed ? ICAL_CLASS_PRIVATE : ICAL_CLASS_PUBLIC));
  return event;
}

Component NewCalendar(const TimetableDocument& document) {
  Component calendar(icalcomponent_new_vcalendar());
  Add(calendar.get(), icalproperty_new_version("2.0"));
  Add(calendar.get(), icalproperty_new_prodid("-//Soutenance//Timetable 1//EN"));
  Add(calendar.get(), icalproperty_new_calscale("GREGORIAN"));
  Add(calendar.get(), icalproperty_new_method(ICAL_METHOD_PUBLISH));
  Add(calendar.get(), icalproperty_new_name(document.campaign_title.c_str()));
  AddExtension(calendar.get(), "X-WR-CALNAME", document.campaign_title);
  AddExtension(calendar.get(), "X-WR-TIMEZONE", document.zone);
  icalproperty* refresh = icalproperty_new_refreshinterval(icaldurationtype_from_int(3600));
  icalproperty_add_parameter(refresh, icalparameter_new_value(ICAL_VALUE_DURATION));
  Add(calendar.get(), refresh);
  AddExtension(calendar.get(), "X-PUBLISHED-TTL", "PT1H");
  return calendar;
}

}  // namespace

absl::StatusOr<std::string> RenderIcs(const TimetableDocument& document, const IcsFilter& filter) {
  ASSIGN_OR_RETURN(const Arrangement arrangement, Arrange(document));
  std::vector<FieldViolation> violations;
  for (size_t i = 0; i < document.placed.size(); ++i) {
    if (document.placed[i].uid.empty()) {
      violations.push_back(
          {absl::StrCat("placed[", i, "].uid"), "is empty; expected an identifier for life"});
    }
  }
  if (!violations.empty()) return InvalidFields(std::move(violations));

  std::vector<const PlacedDefence*> selected;
  for (const ArrangedDay& day : arrangement.days) {
    for (const PlacedDefence* defence : day.defences) {
      if (IsSelected(*defence, filter)) selected.push_back(defence);
    }
  }
  const Component calendar = NewCalendar(document);
  if (!selected.empty()) {
    const absl::Time first = absl::FromCivil(selected.front()->start, arrangement.zone);
    const absl::Time last = absl::FromCivil(selected.back()->start, arrangement.zone);
    icalcomponent_add_component(
        calendar.get(), NewVtimezone(arrangement.zone, first, last + absl::Minutes(kDurationMinutesMax)));
  }
  for (const PlacedDefence* defence : selected) {
    icalcomponent_add_component(calendar.get(), NewEvent(*defence, document, arrangement.zone));
  }
  char* text = icalcomponent_as_ical_string_r(calendar.get());
  std::string ics(text);
  icalmemory_free_buffer(text);
  return ics;
}

}  // namespace soutenance::scheduling::documents
