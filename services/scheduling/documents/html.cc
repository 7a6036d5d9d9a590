#include "services/scheduling/documents/html.h"

#include <algorithm>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/status.h"
#include "services/scheduling/documents/arrangement.h"
#include "services/scheduling/documents/dates.h"
#include "services/scheduling/documents/html_style.h"
#include "services/scheduling/documents/typography.h"
#include "services/scheduling/documents/words.h"

namespace soutenance::scheduling::documents {
namespace {

constexpr int kRoomColours = 8;
// A card shorter than this has room for time and students only.
constexpr int kBriefMinutesMax = 40;

std::string Escape(absl::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped.push_back(c);
    }
  }
  return escaped;
}

// Writes one document. The parts append to `html_` from top to bottom.
class Page {
 public:
  Page(const TimetableDocument& document, const Arrangement& arrangement)
      : document_(document), arrangement_(arrangement), words_(WordsOf(document.language)) {
    for (size_t i = 0; i < arrangement.rooms.size(); ++i)
      colour_of_[arrangement.rooms[i].room] = i % kRoomColours;
  }

  std::string Write() {
    Head();
    for (const ArrangedDay& day : arrangement_.days) Day(day);
    if (arrangement_.days.empty()) Add("<p>", words_.none_placed, "</p>\n");
    if (!document_.unplaced.empty()) Unplaced();
    Add("</main>\n<footer><p>", Set(VersionSentence(document_, arrangement_)), ". ", words_.hours_of, " ",
        Escape(document_.zone), ".</p></footer>\n</div>\n</body>\n</html>\n");
    return std::move(html_);
  }

 private:
  template <typename... Parts>
  void Add(const Parts&... parts) {
    absl::StrAppend(&html_, parts...);
  }

  // Text of the document as it goes into the page.
  std::string Set(absl::string_view text) const { return Escape(Typeset(text, document_.language)); }

  std::string Colon() const { return document_.language == Language::kFrench ? "\u00a0: " : ": "; }

  template <typename Person>
  std::string Names(const std::vector<Person>& people) const {
    return Set(absl::StrJoin(people, ", ",
                             [](std::string* out, const Person& person) { out->append(person.name); }));
  }

  std::string Span(const PlacedDefence& defence) const {
    return ClockSpan(defence.start, EndOf(defence, arrangement_.zone), document_.language);
  }

  std::string Anchor(const ArrangedDay& day) const {
    return absl::StrCat("jour-", absl::FormatCivilTime(day.day));
  }

  void Head() {
    const std::string title = Set(document_.campaign_title);
    Add("<!DOCTYPE html>\n<html lang=\"", words_.language_tag, "\">\n<head>\n<meta charset=\"utf-8\">\n",
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
        "<meta name=\"robots\" content=\"noindex\">\n<title>", title, " – ", Set(document_.programme_title),
        "</title>\n<style>", kHtmlStyle, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#planning\">",
        words_.skip, "</a>\n<div class=\"wide\">\n<header class=\"top\">\n");
    const std::string institution = Set(document_.institution);
    Add("<p class=\"programme\"><b>", institution, "</b>", institution.empty() ? "" : " · ",
        Set(document_.programme_title), "</p>\n<h1>", title, "</h1>\n<p class=\"facts\">",
        Set(CountsSentence(document_, arrangement_)), " · ", Set(VersionSentence(document_, arrangement_)),
        "</p>\n");
    if (document_.state == TimetableState::kDraft) Notice(words_.draft_notice);
    if (document_.state == TimetableState::kSuperseded) Notice(words_.superseded_notice);
    Navigation();
    Add("</header>\n<main id=\"planning\">\n");
  }

  void Notice(absl::string_view sentence) { Add("<p class=\"notice\">", sentence, "</p>\n"); }

  void Navigation() {
    Add("<nav aria-label=\"", words_.days, "\"><ul>\n");
    for (const ArrangedDay& day : arrangement_.days) {
      Add("<li><a href=\"#", Anchor(day), "\">", ShortDate(day.day, document_.language), " <small>(",
          day.defences.size(), ")</small></a></li>\n");
    }
    if (!document_.unplaced.empty()) {
      Add("<li><a href=\"#sans-creneau\">", words_.unplaced, " <small>(", document_.unplaced.size(),
          ")</small></a></li>\n");
    }
    Add("</ul></nav>\n");
  }

  void Day(const ArrangedDay& day) {
    std::string date = LongDate(day.day, document_.language);
    Add("<section class=\"day\" id=\"", Anchor(day), "\" aria-labelledby=\"", Anchor(day), "-h\">\n<h2 id=\"",
        Anchor(day), "-h\"><span><span class=\"first\">", date.substr(0, date.find(' ')), "</span>",
        date.substr(date.find(' ')), "</span> <small>",
        DefenceCount(static_cast<int>(day.defences.size()), document_.language), "</small></h2>\n");
    Grid(day);
    List(day);
    Add("</section>\n");
  }

  // The day as columns of rooms, to scale. A cancelled defence leaves its place free and is in the list only.
  void Grid(const ArrangedDay& day) {
    std::vector<const PlacedDefence*> confirmed;
    for (const PlacedDefence* d : day.defences) {
      if (d->status == DefenceStatus::kConfirmed) confirmed.push_back(d);
    }
    if (confirmed.empty()) return;
    const absl::CivilMinute midnight(day.day);
    absl::CivilMinute last = confirmed.front()->start;
    int shortest = confirmed.front()->duration_minutes;
    for (const PlacedDefence* d : confirmed) {
      last = std::max(last, d->start + d->duration_minutes);
      shortest = std::min(shortest, d->duration_minutes);
    }
    // Some minutes above the first defence make room for the label of its hour.
    const int begin = static_cast<int>(confirmed.front()->start - midnight) - 10;
    const int end = std::min(static_cast<int>(last - midnight) + 10, kDurationMinutesMax + 10);
    Add("<h3 id=\"", Anchor(day), "-g\">", words_.by_room,
        "</h3>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" ", "aria-labelledby=\"", Anchor(day),
        "-h ", Anchor(day), "-g\">\n<div class=\"grid\" style=\"--rooms:", arrangement_.rooms.size(),
        ";--span:", end - begin, ";--offset:", (60 - begin % 60) % 60,
        shortest < kBriefMinutesMax ? ";--minute:.17rem" : "",
        "\">\n<div class=\"hours\" aria-hidden=\"true\"><div>");
    for (int hour = (begin + 59) / 60; hour * 60 <= end; ++hour) {
      Add("<span style=\"--from:", hour * 60 - begin, "\">",
          ClockTime(midnight + hour * 60, document_.language), "</span>");
    }
    Add("</div></div>\n");
    for (const ArrangedRoom& room : arrangement_.rooms) Room(room, confirmed, midnight + begin);
    Add("</div>\n</div>\n");
  }

  void Room(const ArrangedRoom& room, const std::vector<const PlacedDefence*>& defences,
            absl::CivilMinute from) {
    Add("<div class=\"room r", colour_of_[room.room], "\"><h4>", Set(room.name));
    if (!room.site.empty()) Add(" <small>", Set(room.site), "</small>");
    Add("</h4><ol>\n");
    for (const PlacedDefence* d : defences) {
      if (d->room == room.room) Card(*d, static_cast<int>(d->start - from));
    }
    Add("</ol></div>\n");
  }

  void Card(const PlacedDefence& d, int from) {
    Add("<li class=\"slot", d.duration_minutes < kBriefMinutesMax ? " brief" : "", "\" style=\"--from:", from,
        ";--for:", d.duration_minutes, "\"><p class=\"when\">", Span(d), Chips(d), "</p><p class=\"who\">",
        Names(d.students), "</p>");
    if (!d.is_closed && !d.title.empty()) Add("<p class=\"what\">", Set(d.title), "</p>");
    if (!d.jury.empty()) Add("<p class=\"short\">", words_.jury, Colon(), Names(d.jury), "</p>");
    Add("</li>\n");
  }

  std::string Chips(const PlacedDefence& d) const {
    std::string chips;
    if (d.status == DefenceStatus::kCancelled) {
      absl::StrAppend(&chips, " <span class=\"chip bad\">", words_.cancelled, "</span>");
    }
    if (d.is_closed) absl::StrAppend(&chips, " <span class=\"chip\">", words_.closed, "</span>");
    const bool has_remote =
        std::any_of(d.jury.begin(), d.jury.end(), [](const DocumentJuror& juror) { return juror.is_remote; });
    if (has_remote) absl::StrAppend(&chips, " <span class=\"chip quiet\">", words_.remote, "</span>");
    return chips;
  }

  void List(const ArrangedDay& day) {
    Add("<h3 id=\"", Anchor(day), "-l\">", words_.in_order, "</h3>\n<table aria-labelledby=\"", Anchor(day),
        "-h ", Anchor(day), "-l\">\n<thead><tr>");
    for (const absl::string_view header : {words_.time, words_.room, words_.defence, words_.jury}) {
      Add("<th scope=\"col\">", header, "</th>");
    }
    Add("</tr></thead>\n<tbody>\n");
    for (const PlacedDefence* d : day.defences) Row(*d);
    Add("</tbody>\n</table>\n");
  }

  void Row(const PlacedDefence& d) {
    Add(d.status == DefenceStatus::kCancelled ? "<tr class=\"cancelled\">" : "<tr>",
        "<th scope=\"row\"><span class=\"time\">", Span(d), "</span></th><td class=\"where r",
        colour_of_[d.room], "\"><span class=\"dot\"></span>", Set(d.room_name));
    if (!d.site.empty() && HasSeveralSites(arrangement_))
      Add("<br><span class=\"role\">", Set(d.site), "</span>");
    Add("</td><td><b>", Names(d.students), "</b>", Chips(d));
    Title(d);
    Add("</td><td>");
    Jury(d.jury);
    Add("</td></tr>\n");
  }

  template <typename Defence>
  void Title(const Defence& d) {
    if (!d.is_closed && !d.title.empty()) Add("<p class=\"title\">", Set(d.title), "</p>");
  }

  void Jury(const std::vector<DocumentJuror>& jury) {
    Add("<ul>");
    for (const DocumentJuror& juror : jury) {
      Add("<li>", Set(juror.name), " <span class=\"role\">", RoleWord(juror.role, document_.language),
          "</span>");
      if (juror.is_remote) Add(" <span class=\"chip quiet\">", words_.remote, "</span>");
      Add("</li>");
    }
    Add("</ul>");
  }

  void Unplaced() {
    Add("<section class=\"rest\" id=\"sans-creneau\" aria-labelledby=\"sans-creneau-h\">\n",
        "<h2 id=\"sans-creneau-h\">", words_.unplaced, " <small>", document_.unplaced.size(),
        "</small></h2>\n<table aria-labelledby=\"sans-creneau-h\">\n<thead><tr>");
    for (const absl::string_view header : {words_.defence, words_.jury, words_.reason}) {
      Add("<th scope=\"col\">", header, "</th>");
    }
    Add("</tr></thead>\n<tbody>\n");
    for (const UnplacedDefence& d : document_.unplaced) {
      Add("<tr><td><b>", Names(d.students), "</b>");
      if (d.is_closed) Add(" <span class=\"chip\">", words_.closed, "</span>");
      Title(d);
      Add("</td><td>");
      Jury(d.jury);
      Add("</td><td>", Set(d.reason), "</td></tr>\n");
    }
    Add("</tbody>\n</table>\n</section>\n");
  }

  const TimetableDocument& document_;
  const Arrangement& arrangement_;
  const Words& words_;
  std::map<std::string, size_t> colour_of_;
  std::string html_;
};

}  // namespace

absl::StatusOr<std::string> RenderHtml(const TimetableDocument& document) {
  ASSIGN_OR_RETURN(const Arrangement arrangement, Arrange(document));
  return Page(document, arrangement).Write();
}

}  // namespace soutenance::scheduling::documents
