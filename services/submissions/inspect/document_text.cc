#include "services/submissions/inspect/document_text.h"

#include <expat.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/submissions/inspect/zip_unpack.h"

namespace soutenance::submissions::inspect {
namespace {

constexpr int64_t kXmlBytesMax = int64_t{1} << 30;
constexpr int kDepthMax = 2000;
constexpr std::size_t kTagBytesMax = 1 << 20;
constexpr int kSpacesMax = 1000;  // of one element that stands for several

// What an element means for the text.
enum class Part {
  kNothing,
  kText,       // the characters directly in it are text
  kParagraph,  // ends a line
  kTab,
  kLine,
  kPageSeen,  // a page ended here when it was last laid out
  kSpaces,    // as many as it says
  kSkipped,   // nothing in it counts
};

// One element: its name without the prefix, and what the namespace must contain.
struct Rule {
  absl::string_view space;
  absl::string_view name;
  Part part;
};

constexpr absl::string_view kWordSpace = "wordprocessingml";
constexpr Rule kWordRules[] = {
    {kWordSpace, "t", Part::kText},
    {kWordSpace, "p", Part::kParagraph},
    {kWordSpace, "tab", Part::kTab},
    {kWordSpace, "cr", Part::kLine},
    {kWordSpace, "br", Part::kLine},  // or a page, by its type
    {kWordSpace, "lastRenderedPageBreak", Part::kPageSeen},
    {kWordSpace, "del", Part::kSkipped},
    {kWordSpace, "moveFrom", Part::kSkipped},
    {kWordSpace, "pPr", Part::kSkipped},  // its tabs are stops
    {"markup-compatibility", "Fallback", Part::kSkipped},
};
constexpr absl::string_view kOpenSpace = "opendocument:xmlns:text";
constexpr Rule kOpenRules[] = {
    {kOpenSpace, "p", Part::kParagraph},
    {kOpenSpace, "h", Part::kParagraph},
    {kOpenSpace, "tab", Part::kTab},
    {kOpenSpace, "line-break", Part::kLine},
    {kOpenSpace, "soft-page-break", Part::kPageSeen},
    {kOpenSpace, "s", Part::kSpaces},
    {kOpenSpace, "tracked-changes", Part::kSkipped},
    {"opendocument:xmlns:office", "annotation", Part::kSkipped},
    {"opendocument:xmlns:office", "scripts", Part::kSkipped},
    {"opendocument:xmlns:office", "binary-data", Part::kSkipped},
};

// Collects the text of one part of a document while its XML comes in.
class TextReader {
 public:
  // In OpenDocument the characters of paragraphs are text, in Word those of elements within them.
  enum class Dialect { kWord, kOpenDocument };

  TextReader(Dialect dialect, std::string& text)
      : dialect_(dialect), text_(text), parser_(XML_ParserCreateNS(nullptr, ' '), XML_ParserFree) {
    if (parser_ == nullptr) return;
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), Start, End);
    XML_SetCharacterDataHandler(parser_.get(), Characters);
    // Documents have no document type. Without one there are no entities, whatever they would be.
    XML_SetStartDoctypeDeclHandler(parser_.get(),
                                   [](void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
                                     static_cast<TextReader*>(self)->Refuse("it has a document type");
                                   });
  }

  // False if no more is wanted.
  bool Feed(absl::string_view piece) {
    if (parser_ == nullptr) return Refuse("no memory"), false;
    fed_ += piece.size();
    if (fed_ > kTagBytesMax) return Refuse("a tag without end"), false;
    const int size = static_cast<int>(piece.size());
    if (XML_Parse(parser_.get(), piece.data(), size, XML_FALSE) == XML_STATUS_OK) return !is_full_;
    if (!is_full_) Refuse(XML_ErrorString(XML_GetErrorCode(parser_.get())));
    return false;
  }
  void Finish() {
    if (parser_ == nullptr || is_full_ || !problem_.empty()) return;
    if (XML_Parse(parser_.get(), "", 0, XML_TRUE) != XML_STATUS_OK) {
      Refuse(XML_ErrorString(XML_GetErrorCode(parser_.get())));
    }
  }

  // What is wrong with it; empty if it was read to its end, or as far as text is kept.
  const std::string& problem() const { return problem_; }
  bool is_full() const { return is_full_; }

 private:
  static TextReader& Of(void* self) {
    TextReader& reader = *static_cast<TextReader*>(self);
    reader.fed_ = 0;
    return reader;
  }

  static void Start(void* self, const XML_Char* name, const XML_Char** attributes) {
    TextReader& reader = Of(self);
    if (++reader.depth_ > kDepthMax) return reader.Refuse("its elements are nested too deeply");
    if (reader.skipped_at_ > 0) return;
    reader.Begin(reader.PartOf(name), attributes);
  }
  static void End(void* self, const XML_Char* name) {
    TextReader& reader = Of(self);
    const int depth = reader.depth_--;
    if (reader.skipped_at_ == depth) reader.skipped_at_ = 0;
    if (reader.skipped_at_ > 0) return;
    const Part part = reader.PartOf(name);
    if (part == Part::kText || (part == Part::kParagraph && reader.IsOpenDocument())) --reader.capturing_;
    if (part == Part::kParagraph) reader.Add("\n");
  }
  static void Characters(void* self, const XML_Char* characters, int count) {
    TextReader& reader = Of(self);
    if (reader.capturing_ == 0 || reader.skipped_at_ > 0) return;
    reader.Add(absl::string_view(characters, static_cast<std::size_t>(count)));
  }

  bool IsOpenDocument() const { return dialect_ == Dialect::kOpenDocument; }

  // `name` is "namespace local", or "local".
  Part PartOf(absl::string_view name) const {
    const std::size_t blank = name.rfind(' ');
    if (blank == absl::string_view::npos) return Part::kNothing;
    const absl::string_view space = name.substr(0, blank);
    const absl::string_view local = name.substr(blank + 1);
    const auto find = [&](const auto& rules) {
      for (const Rule& rule : rules) {
        if (rule.name == local && absl::StrContains(space, rule.space)) return rule.part;
      }
      return Part::kNothing;
    };
    return IsOpenDocument() ? find(kOpenRules) : find(kWordRules);
  }

  static absl::string_view ValueOf(const XML_Char** attributes, absl::string_view local) {
    for (; attributes[0] != nullptr; attributes += 2) {
      const absl::string_view name = attributes[0];
      if (absl::EndsWith(name, local) &&
          (name.size() == local.size() || name[name.size() - local.size() - 1] == ' ')) {
        return attributes[1];
      }
    }
    return "";
  }

  void Begin(Part part, const XML_Char** attributes) {
    switch (part) {
      case Part::kNothing:
        break;
      case Part::kText:
        ++capturing_;
        break;
      case Part::kParagraph:
        if (IsOpenDocument()) ++capturing_;
        break;
      case Part::kTab:
        Add("\t");
        break;
      case Part::kLine:
        ValueOf(attributes, "type") == "page" ? EndPage() : Add("\n");
        break;
      case Part::kPageSeen:
        // After a page that the writer ended, the layout says the same once more.
        if (has_text_on_page_) EndPage();
        break;
      case Part::kSpaces: {
        int count = 1;
        if (!absl::SimpleAtoi(ValueOf(attributes, "c"), &count)) count = 1;
        Add(std::string(static_cast<std::size_t>(std::clamp(count, 1, kSpacesMax)), ' '));
        break;
      }
      case Part::kSkipped:
        skipped_at_ = depth_;
        break;
    }
  }

  void EndPage() {
    Add("\f");
    has_text_on_page_ = false;
  }
  void Add(absl::string_view text) {
    if (text_.size() + text.size() > submissions::Inspection::kTextBytesMax) {
      is_full_ = true;
      XML_StopParser(parser_.get(), XML_FALSE);
      return;
    }
    if (text != "\n" && text != "\f") has_text_on_page_ = true;
    text_.append(text.data(), text.size());
  }
  void Refuse(absl::string_view problem) {
    if (problem_.empty()) problem_ = std::string(problem);
    if (parser_ != nullptr) XML_StopParser(parser_.get(), XML_FALSE);
  }

  const Dialect dialect_;
  std::string& text_;
  const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser_;
  std::size_t fed_ = 0;  // since something was understood
  int depth_ = 0;
  int skipped_at_ = 0;  // the depth of the element that is passed over; 0: none
  int capturing_ = 0;   // elements around here whose characters are text
  bool has_text_on_page_ = false;
  bool is_full_ = false;
  std::string problem_;
};

// The parts of a document that have its text, in the order in which it is read.
std::vector<const PlacedEntry*> PartsOf(const std::vector<PlacedEntry>& entries,
                                        TextReader::Dialect dialect) {
  std::vector<const PlacedEntry*> parts;
  const auto add = [&](absl::string_view start, absl::string_view end) {
    for (const PlacedEntry& placed : entries) {
      if (absl::StartsWith(placed.entry.name, start) && absl::EndsWith(placed.entry.name, end)) {
        parts.push_back(&placed);
      }
    }
  };
  if (dialect == TextReader::Dialect::kOpenDocument) {
    for (const PlacedEntry& placed : entries) {
      if (placed.entry.name == "content.xml") parts.push_back(&placed);
    }
    return parts;
  }
  add("word/document", ".xml");
  if (parts.empty()) return parts;
  add("word/footnotes", ".xml");
  add("word/endnotes", ".xml");
  return parts;
}

}  // namespace

void ExtractDocumentText(const Source& source, const std::vector<PlacedEntry>& entries,
                         absl::string_view media_type, Report& report) {
  const bool is_open = absl::StartsWith(media_type, "application/vnd.oasis.opendocument");
  if (!is_open && !absl::StartsWith(media_type, "application/vnd.openxmlformats-officedocument")) return;
  const auto dialect = is_open ? TextReader::Dialect::kOpenDocument : TextReader::Dialect::kWord;
  const std::vector<const PlacedEntry*> parts = PartsOf(entries, dialect);
  if (parts.empty()) return;
  report.Stage("text");
  std::string text;
  text.reserve(submissions::Inspection::kTextBytesMax);  // nothing is to be moved while a parser runs
  bool cut_off = false;
  for (const PlacedEntry* const part : parts) {
    const std::string& name = part->entry.name;
    if (!CanUnpack(part->entry)) {
      report.Found("TEXT_BROKEN", name);
      continue;
    }
    TextReader reader(dialect, text);
    Unpack(source, *part, kXmlBytesMax, [&](absl::string_view piece) { return reader.Feed(piece); });
    reader.Finish();
    if (!reader.problem().empty()) report.Found("TEXT_BROKEN", absl::StrCat(name, ": ", reader.problem()));
    cut_off = cut_off || reader.is_full();
    if (cut_off) break;
  }
  if (text.find_first_not_of("\f\n\r\t ") == std::string::npos) return report.Found("TEXT_NONE");
  report.Done("text");
  report.Text(text, cut_off);
}

}  // namespace soutenance::submissions::inspect
