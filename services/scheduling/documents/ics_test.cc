#include "services/scheduling/documents/ics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libical/ical.h>

#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "services/scheduling/documents/golden.h"
#include "services/scheduling/documents/sample_document.h"
#include "services/scheduling/documents/typography.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling::documents {
namespace {

using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;

// What a calendar program understands of one event, read with libical.
struct Event {
  std::string uid;
  std::string summary;
  std::string description;
  std::string location;
  int sequence = -1;
  icalproperty_status status = ICAL_STATUS_NONE;
  icalproperty_class access = ICAL_CLASS_NONE;
  std::string tzid;
  time_t start = 0;
  time_t end = 0;
};

struct Calendar {
  std::unique_ptr<icalcomponent, void (*)(icalcomponent*)> root{nullptr, icalcomponent_free};
  std::vector<Event> events;
};

std::string Text(const char* text) { return text == nullptr ? "" : text; }

Event Read(icalcomponent* vevent) {
  Event event{.uid = Text(icalcomponent_get_uid(vevent)),
              .summary = Text(icalcomponent_get_summary(vevent)),
              .description = Text(icalcomponent_get_description(vevent)),
              .location = Text(icalcomponent_get_location(vevent)),
              .sequence = icalcomponent_get_sequence(vevent),
              .status = icalcomponent_get_status(vevent)};
  event.access = icalproperty_get_class(icalcomponent_get_first_property(vevent, ICAL_CLASS_PROPERTY));
  icalproperty* dtstart = icalcomponent_get_first_property(vevent, ICAL_DTSTART_PROPERTY);
  event.tzid = Text(icalproperty_get_parameter_as_string(dtstart, "TZID"));
  const icaltimetype start = icalcomponent_get_dtstart(vevent);
  const icaltimetype end = icalcomponent_get_dtend(vevent);
  event.start = icaltime_as_timet_with_zone(start, icaltime_get_timezone(start));
  event.end = icaltime_as_timet_with_zone(end, icaltime_get_timezone(end));
  return event;
}

Calendar Parse(const std::string& ics) {
  Calendar calendar;
  calendar.root.reset(icalparser_parse_string(ics.c_str()));
  EXPECT_NE(calendar.root, nullptr);
  if (calendar.root == nullptr) return calendar;
  EXPECT_EQ(icalcomponent_count_errors(calendar.root.get()), 0);
  for (icalcomponent* vevent = icalcomponent_get_first_component(calendar.root.get(), ICAL_VEVENT_COMPONENT);
       vevent != nullptr;
       vevent = icalcomponent_get_next_component(calendar.root.get(), ICAL_VEVENT_COMPONENT)) {
    calendar.events.push_back(Read(vevent));
  }
  return calendar;
}

std::vector<std::string> UidsOf(const Calendar& calendar) {
  std::vector<std::string> uids;
  for (const Event& event : calendar.events) uids.push_back(event.uid);
  return uids;
}

time_t Utc(int year, int month, int day, int hour, int minute) {
  return absl::ToTimeT(
      absl::FromCivil(absl::CivilSecond(year, month, day, hour, minute, 0), absl::UTCTimeZone()));
}

// The event of a one-hour defence of this zone and start, as libical reads it with our VTIMEZONE only.
Event OneHourAt(const std::string& zone, absl::CivilMinute start) {
  PlacedDefence defence = ADefence();
  defence.start = start;
  TimetableDocument document = DocumentOf(defence);
  document.zone = zone;
  const absl::StatusOr<std::string> ics = RenderIcs(document);
  EXPECT_OK(ics);
  const Calendar calendar = Parse(ics.value_or(""));
  EXPECT_EQ(calendar.events.size(), 1u);
  return calendar.events.empty() ? Event{} : calendar.events[0];
}

TEST(RenderIcs, ReadsBackAsThePublishedDefence) {
  PlacedDefence defence = ADefence();
  defence.sequence = 4;
  defence.title = "Villes ; ports, et \\ canaux";
  ASSERT_OK_AND_ASSIGN(const std::string ics, RenderIcs(DocumentOf(defence)));
  const Calendar calendar = Parse(ics);
  ASSERT_EQ(calendar.events.size(), 1u);
  const Event& event = calendar.events[0];
  EXPECT_EQ(event.uid, "soutenance-m1@rive-neuve.example");
  EXPECT_EQ(event.sequence, 4);
  EXPECT_EQ(event.summary, "Soutenance — Ana Dupré");
  EXPECT_EQ(event.location, "A 12, Campus des Carmes");
  EXPECT_TRUE(absl::StartsWith(event.description, "Villes ; ports, et \\ canaux\n")) << event.description;
  EXPECT_EQ(event.status, ICAL_STATUS_CONFIRMED);
  EXPECT_EQ(event.access, ICAL_CLASS_PUBLIC);
  EXPECT_EQ(event.tzid, "Europe/Paris");
  EXPECT_EQ(event.start, Utc(2027, 6, 14, 7, 0));
  EXPECT_EQ(event.end, Utc(2027, 6, 14, 8, 0));
  EXPECT_EQ(icalcomponent_get_method(calendar.root.get()), ICAL_METHOD_PUBLISH);
}

TEST(RenderIcs, NamesNoAttendee) {
  ASSERT_OK_AND_ASSIGN(const std::string ics, RenderIcs(SampleDocument()));
  EXPECT_FALSE(absl::StrContains(ics, "ATTENDEE"));
}

TEST(RenderIcs, HidesTheTitleOfAClosedSession) {
  PlacedDefence defence = ADefence();
  defence.is_closed = true;
  defence.title = "Secret industriel";
  ASSERT_OK_AND_ASSIGN(const std::string ics, RenderIcs(DocumentOf(defence)));
  EXPECT_FALSE(absl::StrContains(ics, "Secret"));
  const Calendar calendar = Parse(ics);
  ASSERT_EQ(calendar.events.size(), 1u);
  EXPECT_EQ(calendar.events[0].summary, "Soutenance (huis clos)");
  EXPECT_EQ(calendar.events[0].access, ICAL_CLASS_PRIVATE);
}

TEST(RenderIcs, KeepsACancelledDefenceSoThatCalendarsLearnOfIt) {
  PlacedDefence defence = ADefence();
  defence.status = DefenceStatus::kCancelled;
  ASSERT_OK_AND_ASSIGN(const std::string ics, RenderIcs(DocumentOf(defence)));
  const Calendar calendar = Parse(ics);
  ASSERT_EQ(calendar.events.size(), 1u);
  EXPECT_EQ(calendar.events[0].status, ICAL_STATUS_CANCELLED);
  EXPECT_EQ(calendar.events[0].uid, ADefence().uid);
}

TEST(RenderIcs, CallsTheDefencesOfADraftTentative) {
  TimetableDocument document = DocumentOf(ADefence());
  document.state = TimetableState::kDraft;
  ASSERT_OK_AND_ASSIGN(const std::string ics, RenderIcs(document));
  EXPECT_EQ(Parse(ics).events.at(0).status, ICAL_STATUS_TENTATIVE);
}

TEST(RenderIcs, SelectsByPersonAndRoom) {
  const TimetableDocument document = SampleDocument();
  ASSERT_OK_AND_ASSIGN(const std::string student, RenderIcs(document, {.person = "people/mai"}));
  EXPECT_THAT(UidsOf(Parse(student)), ::testing::ElementsAre("soutenance-m2@rive-neuve.example"));
  ASSERT_OK_AND_ASSIGN(const std::string juror, RenderIcs(document, {.person = "people/weiss"}));
  EXPECT_THAT(UidsOf(Parse(juror)),
              ::testing::ElementsAre("soutenance-m2@rive-neuve.example", "soutenance-m3@rive-neuve.example"));
  ASSERT_OK_AND_ASSIGN(const std::string both,
                       RenderIcs(document, {.person = "people/nguyen", .room = "rooms/tillion"}));
  EXPECT_THAT(UidsOf(Parse(both)), ::testing::ElementsAre("soutenance-m3@rive-neuve.example"));
  ASSERT_OK_AND_ASSIGN(const std::string nobody, RenderIcs(document, {.person = "people/nobody"}));
  EXPECT_THAT(UidsOf(Parse(nobody)), ::testing::IsEmpty());
}

TEST(RenderIcs, FoldsAt75OctetsWithoutCuttingACharacter) {
  PlacedDefence defence = ADefence();
  defence.title = absl::StrReplaceAll("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", {{"x", "éàœ — "}});
  ASSERT_OK_AND_ASSIGN(const std::string ics, RenderIcs(DocumentOf(defence)));
  const std::vector<std::string> lines = absl::StrSplit(ics, "\r\n");
  for (const std::string& line : lines) {
    EXPECT_LE(line.size(), 75u) << line;
    EXPECT_TRUE(IsPrintableUtf8(line)) << line;
    EXPECT_FALSE(absl::StrContains(line, "\n")) << "a line end without CR in: " << line;
  }
  EXPECT_TRUE(absl::StrContains(Parse(ics).events.at(0).description, defence.title));
}

TEST(RenderIcs, TellsTheHourAcrossTheYear) {
  EXPECT_EQ(OneHourAt("Europe/Paris", absl::CivilMinute(2027, 1, 14, 9, 0)).start, Utc(2027, 1, 14, 8, 0));
  EXPECT_EQ(OneHourAt("Europe/Paris", absl::CivilMinute(2027, 12, 14, 9, 0)).start, Utc(2027, 12, 14, 8, 0));
  EXPECT_EQ(OneHourAt("Europe/Paris", absl::CivilMinute(2027, 10, 30, 9, 0)).start, Utc(2027, 10, 30, 7, 0));
  EXPECT_EQ(OneHourAt("Europe/Paris", absl::CivilMinute(2027, 10, 31, 9, 0)).start, Utc(2027, 10, 31, 8, 0));
}

TEST(RenderIcs, KeepsTheLengthInTheNightTheClocksGoBack) {
  // 01:30 summer time plus one hour is 02:30, which that night has twice.
  const Event event = OneHourAt("Europe/Paris", absl::CivilMinute(2027, 10, 31, 1, 30));
  EXPECT_EQ(event.start, Utc(2027, 10, 30, 23, 30));
  EXPECT_EQ(event.end, Utc(2027, 10, 31, 0, 30));
}

TEST(RenderIcs, KeepsTheLengthInTheNightTheClocksGoForward) {
  const Event event = OneHourAt("Europe/Paris", absl::CivilMinute(2027, 3, 28, 1, 30));
  EXPECT_EQ(event.start, Utc(2027, 3, 28, 0, 30));
  EXPECT_EQ(event.end, Utc(2027, 3, 28, 1, 30));
}

TEST(RenderIcs, GivesRuleBasedChangesAsRules) {
  ASSERT_OK_AND_ASSIGN(const std::string ics, RenderIcs(DocumentOf(ADefence())));
  EXPECT_TRUE(absl::StrContains(ics, "BYDAY=-1SU"));
  EXPECT_TRUE(absl::StrContains(ics, "TZID:Europe/Paris\r\n"));
}

TEST(RenderIcs, KnowsZonesWithOtherRulesOrNone) {
  EXPECT_EQ(OneHourAt("America/Toronto", absl::CivilMinute(2027, 6, 14, 9, 0)).start,
            Utc(2027, 6, 14, 13, 0));
  EXPECT_EQ(OneHourAt("America/Martinique", absl::CivilMinute(2027, 6, 14, 9, 0)).start,
            Utc(2027, 6, 14, 13, 0));
  EXPECT_EQ(OneHourAt("Indian/Reunion", absl::CivilMinute(2027, 6, 14, 9, 0)).start, Utc(2027, 6, 14, 5, 0));
  // Ramadan interrupts summer time: the dates follow no yearly rule.
  EXPECT_EQ(OneHourAt("Africa/Casablanca", absl::CivilMinute(2025, 6, 14, 9, 0)).start,
            Utc(2025, 6, 14, 8, 0));
  EXPECT_EQ(OneHourAt("Africa/Casablanca", absl::CivilMinute(2025, 3, 14, 9, 0)).start,
            Utc(2025, 3, 14, 9, 0));
}

TEST(RenderIcs, RefusesADefenceWithoutUid) {
  PlacedDefence defence = ADefence();
  defence.uid = "";
  EXPECT_THAT(RenderIcs(DocumentOf(defence)).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
}

TEST(RenderIcs, MatchesTheGoldenFile) {
  ASSERT_OK_AND_ASSIGN(const std::string ics, RenderIcs(SampleDocument()));
  ExpectGolden("timetable.ics", ics);
}

}  // namespace
}  // namespace soutenance::scheduling::documents
