#include "services/scheduling/documents/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "services/scheduling/documents/golden.h"
#include "services/scheduling/documents/sample_document.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling::documents {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string Html(const TimetableDocument& document) {
  const absl::StatusOr<std::string> html = RenderHtml(document);
  EXPECT_OK(html);
  return html.value_or("");
}

size_t CountOf(const std::string& text, const std::string& part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

TEST(RenderHtml, EscapesWhatPeopleWrote) {
  PlacedDefence defence = ADefence();
  defence.title = "<script>alert(1)</script> & \"co";
  defence.students[0].name = "<img src=x>";
  defence.jury[0].name = "A&B";
  defence.room_name = "<i>1</i>";
  TimetableDocument document = DocumentOf(defence);
  document.campaign_title = "</title><b>";
  document.unplaced = {{.id = "u", .students = {{"people/x", "<u>"}}, .reason = "1 < 2"}};
  const std::string html = Html(document);
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;co"));
  EXPECT_THAT(html, HasSubstr("A&amp;B"));
  EXPECT_THAT(html, HasSubstr("1 &lt; 2"));
  for (const char* markup : {"<script", "<img", "<i>1", "</title><b>", "<u>"}) {
    EXPECT_THAT(html, Not(HasSubstr(markup)));
  }
}

TEST(RenderHtml, NeedsNothingFromOutside) {
  const std::string html = Html(SampleDocument());
  for (const char* outside : {"http:", "https:", "src=", "@import", "url(", "<script", "<link"}) {
    EXPECT_THAT(html, Not(HasSubstr(outside)));
  }
}

TEST(RenderHtml, NeverPrintsTheTitleOfAClosedSession) {
  PlacedDefence defence = ADefence();
  defence.is_closed = true;
  defence.title = "Secret industriel";
  const std::string html = Html(DocumentOf(defence));
  EXPECT_THAT(html, Not(HasSubstr("Secret")));
  EXPECT_THAT(html, HasSubstr("Huis clos"));
}

TEST(RenderHtml, HasTheLandmarksAndHeadersThatAssistiveToolsNeed) {
  const std::string html = Html(SampleDocument());
  EXPECT_THAT(html, HasSubstr("<html lang=\"fr\">"));
  EXPECT_EQ(CountOf(html, "<h1>"), 1u);
  EXPECT_THAT(html, HasSubstr("<a class=\"skip\" href=\"#planning\">"));
  EXPECT_THAT(html, HasSubstr("<main id=\"planning\">"));
  EXPECT_EQ(CountOf(html, "scope=\"row\""), SampleDocument().placed.size());
  EXPECT_EQ(CountOf(html, "<th "), CountOf(html, "<th scope="));
  EXPECT_EQ(CountOf(html, "<section"), 3u);
}

TEST(RenderHtml, ShowsACancelledDefenceInTheListOnly) {
  PlacedDefence defence = ADefence();
  defence.status = DefenceStatus::kCancelled;
  const std::string html = Html(DocumentOf(defence));
  EXPECT_EQ(CountOf(html, "Ana Dupré"), 1u);
  EXPECT_THAT(html, HasSubstr("<span class=\"chip bad\">Annulée</span>"));
}

TEST(RenderHtml, SaysThatADraftIsADraft) {
  TimetableDocument document = SampleDocument();
  document.state = TimetableState::kDraft;
  EXPECT_THAT(Html(document), HasSubstr("Ce planning est un brouillon"));
  document.state = TimetableState::kSuperseded;
  EXPECT_THAT(Html(document), HasSubstr("n’est plus valable"));
}

TEST(RenderHtml, SpeaksEnglish) {
  TimetableDocument document = SampleDocument();
  document.language = Language::kEnglish;
  const std::string html = Html(document);
  EXPECT_THAT(html, HasSubstr("<html lang=\"en\">"));
  EXPECT_THAT(html, HasSubstr("Tuesday"));
  EXPECT_THAT(html, HasSubstr("14:30\u00a0– 15:45"));
  EXPECT_THAT(html, HasSubstr("Closed session"));
}

TEST(RenderHtml, ShowsAnEmptyTimetable) {
  TimetableDocument document = SampleDocument();
  document.placed.clear();
  EXPECT_THAT(Html(document), HasSubstr("Aucune soutenance n’a encore de créneau."));
}

TEST(RenderHtml, MatchesTheGoldenFile) { ExpectGolden("timetable.html", Html(SampleDocument())); }

}  // namespace
}  // namespace soutenance::scheduling::documents
