#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "services/scheduling/solver/io/problem_text.h"
#include "services/scheduling/testing/timetable_house.h"
#include "services/scheduling/timetables.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling {
namespace {

using namespace testing;  // NOLINT: the house and what is in it

using Format = Timetables::Format;
using ::soutenance::testing::IsOk;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr Format kForPeople[] = {Format::kHtml, Format::kCsvFrench, Format::kCsv, Format::kIcs, Format::kPdf};

std::string Export(House& house, int number, Format format, const std::string& only = "",
                   const Caller& caller = Staff()) {
  const auto document =
      house.timetables.Export(caller, {.timetable = Number(number), .format = format, .only = only});
  EXPECT_OK(document);
  return document.ok() ? document->content : "";
}

// The calendar entry of a thesis, without the line ends that iCalendar folds lines with; empty if there is
// none.
std::string Event(const std::string& calendar, const std::string& thesis) {
  const std::string text = absl::StrReplaceAll(calendar, {{"\r\n ", ""}});
  const std::size_t uid = text.find("UID:soutenance-m2-" + thesis + "@example.org");
  if (uid == std::string::npos) return "";
  const std::size_t begin = text.rfind("BEGIN:VEVENT", uid);
  return text.substr(begin, text.find("END:VEVENT", uid) - begin);
}

// A student of the programme who has no part in a defence.
Caller Fellow() {
  return {.account = "accounts/f", .person = "people/f", .grants = {{Role::kStudent, "programmes/msi"}}};
}

void Move(House& house, int number, const std::string& id, std::optional<Place> to) {
  EXPECT_OK(house.timetables.Move(
      Staff(), {.timetable = Number(number), .defence = "campaigns/m2/defences/" + id, .to = std::move(to)}));
}

TEST(ExportTimetable, GivesEveryKindOfDocument) {
  House house(ThreeDefences());
  house.Published();
  EXPECT_THAT(Export(house, 1, Format::kHtml), AllOf(HasSubstr("<html lang=\"fr\""), HasSubstr("Réseaux")));
  EXPECT_THAT(Export(house, 1, Format::kCsvFrench), StartsWith("\xEF\xBB\xBF"));
  EXPECT_THAT(Export(house, 1, Format::kCsv),
              AllOf(StartsWith("defence,status,start"), HasSubstr("Réseaux")));
  EXPECT_THAT(Export(house, 1, Format::kIcs), StartsWith("BEGIN:VCALENDAR"));
  EXPECT_THAT(Export(house, 1, Format::kPdf), StartsWith("%PDF-"));
}

TEST(ExportTimetable, NamesTheFileAndItsKind) {
  House house(ThreeDefences());
  house.Published();
  house.Compute();
  const auto file = [&](int number, Format format, const std::string& only) {
    const auto document =
        house.timetables.Export(Staff(), {.timetable = Number(number), .format = format, .only = only});
    EXPECT_OK(document);
    return document->file_name + " " + document->media_type;
  };
  EXPECT_EQ(file(1, Format::kHtml, ""), "soutenances-m2.html text/html; charset=utf-8");
  EXPECT_EQ(file(1, Format::kCsvFrench, ""), "soutenances-m2.csv text/csv; charset=utf-8");
  EXPECT_EQ(file(1, Format::kIcs, "people/bob"), "soutenances-m2-bob.ics text/calendar; charset=utf-8");
  EXPECT_EQ(file(1, Format::kPdf, "rooms/a"), "soutenances-m2-a.pdf application/pdf");
  EXPECT_EQ(file(2, Format::kHtml, ""), "soutenances-m2-v2.html text/html; charset=utf-8");
  EXPECT_EQ(file(2, Format::kProblem, ""), "soutenances-m2-2.txt text/plain; charset=utf-8");
}

TEST(ExportTimetable, RefusesAPersonOrARoomThatDoesNotExist) {
  House house(ThreeDefences());
  house.Published();
  house.directory.people["people/new"] = {.name = "people/new"};
  EXPECT_THAT(Export(house, 1, Format::kIcs, "people/new"), Not(HasSubstr("VEVENT"))) << "nothing to do";
  const auto only = [&](const std::string& name, const Caller& caller) {
    return house.timetables.Export(caller, {.timetable = Number(1), .format = Format::kIcs, .only = name});
  };
  EXPECT_THAT(only("people/gone", Staff()),
              StatusIs(absl::StatusCode::kNotFound, Reason("PERSON_NOT_FOUND")));
  EXPECT_THAT(only("rooms/gone", Staff()), StatusIs(absl::StatusCode::kNotFound, Reason("ROOM_NOT_FOUND")));
  EXPECT_OK(only("people/gone", Fellow())) << "to be told from one who is hidden by nobody";
}

TEST(ExportTimetable, SpeaksTheLanguageAskedFor) {
  House house(ThreeDefences());
  house.Published();
  ASSERT_OK_AND_ASSIGN(
      const Timetables::Document english,
      house.timetables.Export(Staff(), {.timetable = Number(1), .language = Language::kEnglish}));
  EXPECT_THAT(english.content, HasSubstr("<html lang=\"en\""));
}

TEST(ExportTimetable, PrintsTheTitleOfAConfidentialThesisNowhere) {
  CampaignFacts facts = ThreeDefences();
  facts.theses["theses/1"].level = Confidentiality::kClosedSession;
  House house(facts);
  house.Published();
  for (const Format format : kForPeople) {
    EXPECT_THAT(Export(house, 1, format), Not(HasSubstr("Réseaux")));
    EXPECT_THAT(Export(house, 1, format, "people/lea"), Not(HasSubstr("Réseaux")));
  }
  EXPECT_THAT(Export(house, 1, Format::kCsv), HasSubstr("Thesis 2"));
}

// A title at one level is in no byte for somebody below it, nor, above what is internal, in anything that is
// passed on.
TEST(ExportTimetable, PrintsATitleOnlyForThoseWhomItsLevelAdmits) {
  for (const Confidentiality level : kConfidentialities) {
    CampaignFacts facts = ThreeDefences();
    facts.theses["theses/1"].title = "canary-title";
    facts.theses["theses/1"].level = level;
    House house(facts);
    house.Published();
    const bool is_internal = level <= Confidentiality::kInternal;
    const std::pair<Caller, bool> readers[] = {
        {Staff(), is_internal}, {Ana(), is_internal}, {Stranger(), level == Confidentiality::kPublic}};
    for (const auto& [reader, is_printed] : readers) {
      for (const Format format : kForPeople) {
        // iCalendar folds lines, and what a PDF shows is not in its bytes as it is.
        const std::string text = absl::StrReplaceAll(Export(house, 1, format, "", reader), {{"\r\n ", ""}});
        const bool is_there = absl::StrContains(text, "canary-title");
        EXPECT_EQ(is_there, is_printed && format != Format::kPdf)
            << ConfidentialityName(level) << " for " << reader.account;
      }
    }
  }
}

TEST(ExportTimetable, PrintsNoTitleThatBecameConfidentialAfterItWasPublished) {
  House house(ThreeDefences());
  house.Published();
  EXPECT_THAT(Export(house, 1, Format::kHtml), HasSubstr("Réseaux"));
  EXPECT_EQ(PlacementOf(*house.Get(1, Fellow()), "theses/1").title, "Réseaux");
  house.theses.theses["theses/1"].level = Confidentiality::kClosedSession;
  for (const Format format : kForPeople) {
    EXPECT_THAT(Export(house, 1, format), Not(HasSubstr("Réseaux")));
  }
  EXPECT_EQ(PlacementOf(*house.Get(1, Fellow()), "theses/1").title, "");
  EXPECT_EQ(PlacementOf(*house.Get(1), "theses/1").title, "Réseaux");
  EXPECT_TRUE(PlacementOf(*house.Get(1), "theses/1").is_closed);
  // A lower level takes effect with the next publication: what was promised is kept.
  house.theses.theses["theses/1"].level = Confidentiality::kInternal;
  EXPECT_EQ(PlacementOf(*house.Get(1, Fellow()), "theses/1").title, "Réseaux");
}

TEST(ExportTimetable, SaysNothingThatMayHaveBecomeConfidentialWhileThatIsNotKnown) {
  House house(ThreeDefences());
  house.Published();
  house.theses.failure = absl::UnavailableError("away");
  EXPECT_EQ(PlacementOf(*house.Get(1, Fellow()), "theses/1").title, "") << "the timetable can still be read";
  EXPECT_EQ(PlacementOf(*house.Get(1, {.account = "accounts/x", .person = "people/ana"}), "theses/1").title,
            "Réseaux");
  EXPECT_THAT(house.timetables.Export(Staff(), {.timetable = Number(1), .format = Format::kHtml}),
              StatusIs(absl::StatusCode::kUnavailable));
}

TEST(ExportTimetable, GivesTheProblemToStaffOnly) {
  House house(ThreeDefences());
  house.Published();
  EXPECT_OK(solver::ParseProblem(Export(house, 1, Format::kProblem)));
  EXPECT_THAT(house.timetables.Export(Ana(), {.timetable = Number(1), .format = Format::kProblem}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
}

TEST(ExportTimetable, GivesADraftToStaffOnly) {
  House house(ThreeDefences());
  house.Compute();
  EXPECT_THAT(house.timetables.Export(Ana(), {.timetable = Number(1)}),
              StatusIs(absl::StatusCode::kNotFound, Reason("TIMETABLE_NOT_FOUND")));
  ASSERT_OK(house.Publish(1));
  EXPECT_THAT(Export(house, 1, Format::kHtml, "", Ana()), HasSubstr("Réseaux"));
}

TEST(ExportTimetable, GivesOnePersonOrOneRoomTheirOwn) {
  House house(ThreeDefences());
  house.directory.people["people/free"] = {.name = "people/free"};
  house.Compute();
  Move(house, 1, "3", At("2027-06-15T16:00", "rooms/b"));
  Move(house, 1, "2", At("2027-06-15T14:00", "rooms/a"));
  ASSERT_OK(house.Publish(1));
  for (const Format format : {Format::kHtml, Format::kCsv, Format::kIcs}) {
    const std::string eve = Export(house, 1, format, "people/eve");
    EXPECT_THAT(eve, AllOf(HasSubstr("zoe"), Not(HasSubstr("Thesis 2")), Not(HasSubstr("Léa"))));
    EXPECT_THAT(Export(house, 1, format, "people/zoe"), HasSubstr("zoe"));
    EXPECT_THAT(Export(house, 1, format, "rooms/b"), AllOf(HasSubstr("zoe"), Not(HasSubstr("Thesis 2"))));
    EXPECT_THAT(Export(house, 1, format, "people/free"), Not(HasSubstr("zoe")));
  }
}

TEST(ExportTimetable, TellsWhyADefenceHasNoPlaceToStaffOnly) {
  CampaignFacts facts = ThreeDefences();
  Answered(facts, "people/eve",
           {Period("2027-06-14", "00:00", "24:00", Answer::kNo),
            Period("2027-06-15", "00:00", "24:00", Answer::kNo)});
  House house(facts);
  house.Compute();
  ASSERT_OK(house.Publish(1, true));
  ASSERT_OK_AND_ASSIGN(const TimetableView ours, house.Get(1));
  const std::string reason = PlacementOf(ours, "theses/3").unplaced_reason;
  const std::string theirs = Export(house, 1, Format::kCsv, "", Ana());
  EXPECT_THAT(Export(house, 1, Format::kCsv), HasSubstr(reason.substr(0, 10)));
  EXPECT_THAT(theirs, AllOf(HasSubstr("Sans date pour le moment."), Not(HasSubstr(reason.substr(0, 10)))));
}

TEST(Calendar, FollowsADefenceThroughPublications) {
  House house(ThreeDefences());
  house.Compute();
  Move(house, 1, "3", At("2027-06-15T16:00", "rooms/b"));
  ASSERT_OK(house.Publish(1));
  EXPECT_THAT(Event(Export(house, 1, Format::kIcs), "3"),
              AllOf(HasSubstr("SEQUENCE:0"), HasSubstr("20270615T160000"), HasSubstr("STATUS:CONFIRMED")));

  Move(house, 1, "3", At("2027-06-15T14:00", "rooms/b"));
  // A draft tells what would be told.
  EXPECT_THAT(Event(Export(house, 2, Format::kIcs), "3"),
              AllOf(HasSubstr("SEQUENCE:1"), HasSubstr("20270615T140000"), HasSubstr("STATUS:TENTATIVE")));
  ASSERT_OK(house.Publish(2));
  EXPECT_THAT(Event(Export(house, 2, Format::kIcs), "3"),
              AllOf(HasSubstr("SEQUENCE:1"), HasSubstr("STATUS:CONFIRMED")));
  EXPECT_THAT(Event(Export(house, 2, Format::kIcs), "1"), HasSubstr("SEQUENCE:0"));

  Move(house, 2, "3", std::nullopt);
  ASSERT_OK(house.Publish(3, true));
  EXPECT_THAT(Event(Export(house, 3, Format::kIcs), "3"),
              AllOf(HasSubstr("SEQUENCE:2"), HasSubstr("STATUS:CANCELLED"), HasSubstr("20270615T140000"),
                    HasSubstr("zoe")));

  Move(house, 3, "3", At("2027-06-15T14:00", "rooms/b"));
  ASSERT_OK(house.Publish(4));
  EXPECT_THAT(Event(Export(house, 4, Format::kIcs), "3"),
              AllOf(HasSubstr("SEQUENCE:3"), HasSubstr("STATUS:CONFIRMED")));
}

TEST(Calendar, CancelsTheDefenceOfAThesisThatWasWithdrawn) {
  House house(ThreeDefences());
  house.Published();
  house.theses.theses["theses/3"].is_withdrawn = true;
  const TimetableView later = house.Published();
  const int number = later.timetable.key.number;
  EXPECT_THAT(Event(Export(house, number, Format::kIcs), "3"),
              AllOf(HasSubstr("STATUS:CANCELLED"), HasSubstr("SEQUENCE:1"), HasSubstr("zoe")));
  EXPECT_THAT(Event(Export(house, number, Format::kIcs, "people/eve"), "3"), HasSubstr("STATUS:CANCELLED"));
  EXPECT_THAT(Export(house, number, Format::kCsv), HasSubstr("3,cancelled,"));
}

TEST(Calendar, TellsReadersOfACancelledDefenceOnceAndCalendarsForEver) {
  House house(ThreeDefences());
  house.Published();
  house.theses.theses["theses/3"].is_withdrawn = true;
  house.clock.Advance(absl::Hours(1));
  house.Published();
  house.clock.Advance(absl::Hours(1));
  const int number = house.Published().timetable.key.number;
  EXPECT_THAT(Export(house, number, Format::kCsv), Not(HasSubstr("cancelled")));
  EXPECT_THAT(Event(Export(house, number, Format::kIcs), "3"), HasSubstr("STATUS:CANCELLED"));
}

TEST(Calendar, ShowsAnOldVersionAsItWas) {
  House house(ThreeDefences());
  house.Compute();
  Move(house, 1, "3", At("2027-06-15T16:00", "rooms/b"));
  ASSERT_OK(house.Publish(1));
  const std::string before = Export(house, 1, Format::kCsv);
  Move(house, 1, "3", At("2027-06-15T14:00", "rooms/b"));
  ASSERT_OK(house.Publish(2));
  house.directory.people["people/eve"].display_name = "Eve Dupont";
  house.theses.theses["theses/3"].title = "Another title";
  EXPECT_EQ(Export(house, 1, Format::kCsv), before);
}

}  // namespace
}  // namespace soutenance::scheduling
