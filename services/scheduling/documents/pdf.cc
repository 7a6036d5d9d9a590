#include "services/scheduling/documents/pdf.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/status.h"
#include "services/scheduling/documents/arrangement.h"
#include "services/scheduling/documents/dates.h"
#include "services/scheduling/documents/pdf_metadata.h"
#include "services/scheduling/documents/pdf_sheet.h"
#include "services/scheduling/documents/typography.h"
#include "services/scheduling/documents/words.h"

namespace soutenance::scheduling::documents {
namespace {

// Lengths in points. The columns and the three gaps between them fill the width between the margins.
constexpr double kMargin = 42;
constexpr double kInside = PdfSheet::kWidth - 2 * kMargin;
constexpr double kTop = 44;
constexpr double kBottom = PdfSheet::kHeight - 52;
constexpr double kGap = 10;
constexpr double kRowPadding = 5;
constexpr double kDefenceColumns[] = {82, 72, 180, kInside - 82 - 72 - 180 - 3 * kGap};
constexpr double kUnplacedColumns[] = {180, 140, kInside - 180 - 140 - 2 * kGap};

constexpr TextStyle kHeading1{.size = 17, .is_bold = true};
constexpr TextStyle kHeading2{.size = 12.5, .is_bold = true};
constexpr TextStyle kPlain{.size = 9};
constexpr TextStyle kQuiet{.size = 8, .grey = 0.3};
constexpr TextStyle kBanner{.size = 10, .is_bold = true};

struct Cell {
  std::string markup;
  double width = 0;
};

// What stays together on one page: a paragraph, a heading or a row of a table.
struct Block {
  const char* tag = "P";      // "H1", "H2", "P", or "TR" for a row
  const char* cell_tag = "";  // "TH" or "TD" in a row
  TextStyle style;
  std::vector<Cell> cells;  // from left to right; a paragraph has one
  double space_before = 0;
  double height = 0;  // of the tallest cell, with padding
};

struct PlacedBlock {
  Block block;
  double y = 0;
};
using Page = std::vector<PlacedBlock>;

// A day, or the defences without a place: repeated on each page that it reaches.
struct Section {
  Block heading;
  Block header;
  std::vector<Block> rows;
};

bool IsRow(const Block& block) { return block.cell_tag[0] != '\0'; }

// Builds the blocks, breaks them into pages, then draws: the number of pages is known only at the end.
class Composition {
 public:
  Composition(const TimetableDocument& document, const Arrangement& arrangement)
      : document_(document),
        arrangement_(arrangement),
        words_(WordsOf(document.language)),
        sheet_(Typeset(document.campaign_title, document.language), words_.language_tag) {}

  absl::StatusOr<std::string> Write() {
    pages_.emplace_back();
    for (Block& block : Opening()) Put(std::move(block));
    for (const ArrangedDay& day : arrangement_.days) Put(SectionOf(day));
    if (!document_.unplaced.empty()) Put(UnplacedSection());
    for (size_t i = 0; i < pages_.size(); ++i) {
      if (i > 0) sheet_.NextPage();
      Draw(pages_[i], i + 1);
    }
    return sheet_.Finish();
  }

 private:
  std::string Set(absl::string_view text) const { return EscapeMarkup(Typeset(text, document_.language)); }

  template <typename Person>
  std::string Names(const std::vector<Person>& people) const {
    return Set(absl::StrJoin(people, ", ",
                             [](std::string* out, const Person& person) { out->append(person.name); }));
  }

  Block Measured(Block block) {
    for (const Cell& cell : block.cells) {
      block.height = std::max(block.height, sheet_.HeightOf(cell.markup, block.style, cell.width));
    }
    if (IsRow(block)) block.height += 2 * kRowPadding;
    return block;
  }

  Block Paragraph(const char* tag, const TextStyle& style, const std::string& markup, double space_before) {
    return Measured({.tag = tag, .style = style, .cells = {{markup, kInside}}, .space_before = space_before});
  }

  Block Row(const char* cell_tag, const TextStyle& style, std::vector<Cell> cells) {
    return Measured({.tag = "TR", .cell_tag = cell_tag, .style = style, .cells = std::move(cells)});
  }

  std::vector<Block> Opening() {
    std::vector<Block> blocks;
    const std::string programme = absl::StrJoin({document_.institution, document_.programme_title}, " — ");
    blocks.push_back(Paragraph(
        "P", kQuiet, Set(document_.institution.empty() ? document_.programme_title : programme), 0));
    blocks.push_back(Paragraph("H1", kHeading1, Set(document_.campaign_title), 3));
    blocks.push_back(Paragraph("P", kPlain, Set(CountsSentence(document_, arrangement_)) + ".", 4));
    if (document_.state == TimetableState::kDraft) {
      blocks.push_back(Paragraph("P", kBanner, EscapeMarkup(words_.draft_notice), 8));
    } else if (document_.state == TimetableState::kSuperseded) {
      blocks.push_back(Paragraph("P", kBanner, EscapeMarkup(words_.superseded_notice), 8));
    }
    if (arrangement_.days.empty())
      blocks.push_back(Paragraph("P", kPlain, EscapeMarkup(words_.none_placed), 8));
    return blocks;
  }

  Section SectionOf(const ArrangedDay& day) {
    std::string date = LongDate(day.day, document_.language);
    // Weekdays begin with an ASCII letter in both languages; a heading begins with a capital.
    if (date[0] >= 'a' && date[0] <= 'z') date[0] = static_cast<char>(date[0] - 'a' + 'A');
    Section section{.heading = Paragraph("H2", kHeading2, EscapeMarkup(date), 18),
                    .header = Row("TH", kQuiet,
                                  {{std::string(words_.time), kDefenceColumns[0]},
                                   {std::string(words_.room), kDefenceColumns[1]},
                                   {std::string(words_.defence), kDefenceColumns[2]},
                                   {std::string(words_.jury), kDefenceColumns[3]}})};
    for (const PlacedDefence* d : day.defences) {
      section.rows.push_back(Row("TD", kPlain,
                                 {{Time(*d), kDefenceColumns[0]},
                                  {Room(*d), kDefenceColumns[1]},
                                  {Who(*d, d->status == DefenceStatus::kCancelled), kDefenceColumns[2]},
                                  {Jury(d->jury), kDefenceColumns[3]}}));
    }
    return section;
  }

  Section UnplacedSection() {
    Section section{.heading = Paragraph("H2", kHeading2, EscapeMarkup(words_.unplaced), 18),
                    .header = Row("TH", kQuiet,
                                  {{std::string(words_.defence), kUnplacedColumns[0]},
                                   {std::string(words_.jury), kUnplacedColumns[1]},
                                   {std::string(words_.reason), kUnplacedColumns[2]}})};
    for (const UnplacedDefence& d : document_.unplaced) {
      section.rows.push_back(Row("TD", kPlain,
                                 {{Who(d, false), kUnplacedColumns[0]},
                                  {Jury(d.jury), kUnplacedColumns[1]},
                                  {Set(d.reason), kUnplacedColumns[2]}}));
    }
    return section;
  }

  std::string Time(const PlacedDefence& d) const {
    const std::string span = ClockSpan(d.start, EndOf(d, arrangement_.zone), document_.language);
    if (d.status == DefenceStatus::kConfirmed) return absl::StrCat("<b>", span, "</b>");
    return absl::StrCat("<s>", span, "</s>\n<b>", words_.cancelled, "</b>");
  }

  std::string Room(const PlacedDefence& d) const {
    if (d.site.empty() || !HasSeveralSites(arrangement_)) return Set(d.room_name);
    return absl::StrCat(Set(d.room_name), "\n", Set(d.site));
  }

  template <typename Defence>
  std::string Who(const Defence& d, bool is_cancelled) const {
    std::string markup = absl::StrCat("<b>", Names(d.students), "</b>");
    if (d.is_closed) {
      absl::StrAppend(&markup, "\n", words_.closed);
    } else if (!d.title.empty()) {
      absl::StrAppend(&markup, "\n", Set(d.title));
    }
    return is_cancelled ? absl::StrCat("<s>", markup, "</s>") : markup;
  }

  std::string Jury(const std::vector<DocumentJuror>& jury) const {
    return absl::StrJoin(jury, "\n", [&](std::string* out, const DocumentJuror& juror) {
      absl::StrAppend(out, Set(juror.name), " (", RoleWord(juror.role, document_.language),
                      juror.is_remote ? absl::StrCat(", ", words_.remote, ")") : ")");
    });
  }

  // Puts a block under the last one of the page, whatever the room that is left.
  void Put(Block block) {
    Page& page = pages_.back();
    const double y = page.empty() ? kTop : y_ + block.space_before;
    y_ = y + block.height;
    page.push_back({std::move(block), y});
  }

  bool Fits(double height) const { return y_ + height <= kBottom; }

  // A heading never stands alone at the foot of a page.
  void Put(const Section& section) {
    const double first_row = section.rows.empty() ? 0 : section.rows.front().height;
    const double head = section.heading.space_before + section.heading.height + section.header.height;
    if (!Fits(head + first_row)) pages_.emplace_back();
    Put(section.heading);
    Put(section.header);
    for (const Block& row : section.rows) {
      if (!Fits(row.height)) {
        pages_.emplace_back();
        Put(section.heading);
        Put(section.header);
      }
      Put(row);
    }
  }

  void Draw(const Page& page, size_t number) {
    bool is_in_table = false;
    for (const PlacedBlock& placed : page) {
      if (IsRow(placed.block) != is_in_table) {
        is_in_table = !is_in_table;
        if (is_in_table) sheet_.Open("Table");
        if (!is_in_table) sheet_.Close("Table");
      }
      Draw(placed);
    }
    if (is_in_table) sheet_.Close("Table");
    const std::string numbers = absl::StrCat(words_.page, " ", number, " ", words_.of, " ", pages_.size());
    sheet_.Line(kMargin, kBottom + 12, kInside, 0.4, 0.6);
    sheet_.Text(Set(VersionSentence(document_, arrangement_)), kQuiet, kMargin, kBottom + 17, kInside - 90);
    TextStyle right = kQuiet;
    right.is_right = true;
    sheet_.Text(numbers, right, kMargin + kInside - 90, kBottom + 17, 90);
  }

  void Draw(const PlacedBlock& placed) {
    const Block& block = placed.block;
    const bool is_row = IsRow(block);
    if (is_row) sheet_.Line(kMargin, placed.y, kInside, 0.4, block.cell_tag[1] == 'H' ? 0 : 0.7);
    sheet_.Open(block.tag);
    double x = kMargin;
    for (const Cell& cell : block.cells) {
      if (is_row) sheet_.Open(block.cell_tag);
      sheet_.Text(cell.markup, block.style, x, placed.y + (is_row ? kRowPadding : 0), cell.width);
      if (is_row) sheet_.Close(block.cell_tag);
      x += cell.width + kGap;
    }
    sheet_.Close(block.tag);
  }

  const TimetableDocument& document_;
  const Arrangement& arrangement_;
  const Words& words_;
  PdfSheet sheet_;
  std::vector<Page> pages_;
  double y_ = 0;  // foot of the last block of the last page
};

}  // namespace

absl::StatusOr<std::string> RenderPdf(const TimetableDocument& document) {
  ASSIGN_OR_RETURN(const Arrangement arrangement, Arrange(document));
  ASSIGN_OR_RETURN(const std::string drawn, Composition(document, arrangement).Write());
  return CompletePdf(drawn, WordsOf(document.language).language_tag, document.published_at);
}

}  // namespace soutenance::scheduling::documents
