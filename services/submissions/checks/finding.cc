#include "services/submissions/checks/finding.h"

#include "services/submissions/checks/utf8.h"

namespace soutenance::submissions {
namespace {

constexpr CheckVerdict kOk = CheckVerdict::kOk;
constexpr CheckVerdict kWarning = CheckVerdict::kWarning;
constexpr CheckVerdict kRefused = CheckVerdict::kRefused;
constexpr CheckVerdict kUnchecked = CheckVerdict::kUnchecked;

constexpr absl::string_view kChecks[] = {
    "file_type",
    "pdf_structure",
    "pdf_encryption",
    "pages",
    "pdf_active_content",
    "pdf_fonts",
    "archive_structure",
    "archive_names",
    "archive_entries",
    "archive_size",
    "text",
    "virus",
};

constexpr bool kFinal = true;

constexpr char kExportAgain[] = "export the document again as a plain PDF and submit that";
constexpr char kPackAgain[] = "make the archive again with an ordinary program and submit that";
constexpr char kRename[] = "rename the entry, make the archive again and submit that";
constexpr char kTellStaff[] =
    "open the file to see whether it is sound; those who run the programme can have it looked at again";

constexpr CheckReason kReasons[] = {
    {"OK", "", kOk, "nothing to say", ""},

    {"TYPE_UNKNOWN", "file_type", kWarning, "it cannot be told what kind of file this is",
     "submit a PDF, or a ZIP archive of ordinary files"},
    {"TYPE_MISMATCH", "file_type", kWarning, "the content is of another type than the file name says",
     "give the file the name that fits, or submit the file that was meant"},
    {"TYPE_NOT_ACCEPTED", "file_type", kRefused, "the milestone accepts other types of files",
     "submit one of these"},
    {"TYPE_WEB_PAGE", "file_type", kWarning, "this is a web page, which may run scripts when it is opened",
     "print it to a PDF and submit that"},
    {"TYPE_PROGRAM", "file_type", kRefused, "this is a program", "submit a document", kFinal},
    {"TYPE_NOT_LOOKED_INTO", "file_type", kWarning, "files of this type are not looked into",
     "submit a PDF, or a ZIP archive of ordinary files"},

    {"PAGES_NONE", "pages", kRefused, "the document has no pages", kExportAgain, kFinal},
    {"PAGES_TOO_MANY", "pages", kRefused, "the document has more pages than the milestone allows",
     "shorten it"},

    {"PDF_BROKEN", "pdf_structure", kRefused, "the file is no readable PDF", kExportAgain, kFinal},
    {"PDF_DAMAGED", "pdf_structure", kWarning, "the PDF is damaged; readers have to guess", kExportAgain},
    {"PDF_JUNK_BEFORE", "pdf_structure", kWarning, "the PDF does not begin at the beginning of the file",
     kExportAgain},

    {"PDF_ENCRYPTED", "pdf_encryption", kRefused, "the PDF cannot be opened without a password",
     "export it without a password", kFinal},
    {"PDF_RESTRICTED", "pdf_encryption", kWarning,
     "the PDF is encrypted: it opens, but restricts printing, copying or changing",
     "export it without restrictions"},

    {"PDF_JAVASCRIPT", "pdf_active_content", kRefused, "the PDF contains JavaScript", kExportAgain},
    {"PDF_LAUNCH", "pdf_active_content", kRefused, "the PDF can start a program", kExportAgain},
    {"PDF_EMBEDDED_FILE", "pdf_active_content", kWarning, "other files are embedded in the PDF",
     "submit them beside it, in a ZIP archive, unless they belong inside"},
    {"PDF_SENDS", "pdf_active_content", kWarning, "the PDF can send or fetch the content of a form",
     kExportAgain},
    {"PDF_REMOTE", "pdf_active_content", kWarning, "the PDF leads into other files", "take these links out"},
    {"PDF_XFA", "pdf_active_content", kWarning, "the PDF is an XFA form, which many readers cannot show",
     kExportAgain},
    {"PDF_MULTIMEDIA", "pdf_active_content", kWarning, "sounds, films or 3D models are embedded in the PDF",
     "submit them beside it, in a ZIP archive"},

    {"FONTS_NOT_EMBEDDED", "pdf_fonts", kWarning, "fonts are not embedded: other machines show other letters",
     "export the document with all fonts embedded (PDF/A does)"},

    {"ARCHIVE_BROKEN", "archive_structure", kRefused, "the archive cannot be read", kPackAgain, kFinal},
    {"ARCHIVE_CUT_OFF", "archive_structure", kRefused, "the end of the archive is missing", kPackAgain,
     kFinal},
    {"ARCHIVE_OVERLAP", "archive_structure", kRefused,
     "entries of the archive overlap, as in an archive bomb", kPackAgain, kFinal},
    {"ARCHIVE_CONTRADICTION", "archive_structure", kRefused,
     "the archive contradicts itself: programs would unpack different things", kPackAgain},
    {"ARCHIVE_JUNK", "archive_structure", kWarning,
     "there is something before or between the entries of the archive", kPackAgain},
    {"ARCHIVE_METHOD", "archive_structure", kWarning,
     "entries are compressed in a way that is not looked into",
     "make the archive with ordinary compression (Deflate)"},
    {"ARCHIVE_EMPTY", "archive_structure", kWarning, "the archive is empty",
     "pack the files that were meant"},

    {"NAME_TRAVERSAL", "archive_names", kRefused, "the name of an entry leads out of the folder", kRename,
     kFinal},
    {"NAME_ABSOLUTE", "archive_names", kRefused, "the name of an entry is an absolute path", kRename, kFinal},
    {"NAME_CONTROL", "archive_names", kRefused, "the name of an entry has a control character", kRename},
    {"NAME_DIRECTION", "archive_names", kRefused,
     "the name of an entry changes the direction of writing to look like another", kRename},
    {"NAME_TOO_LONG", "archive_names", kRefused, "the name of an entry is longer than file systems allow",
     kRename},
    {"NAME_EMPTY", "archive_names", kRefused, "an entry has no name", kRename},
    {"NAME_DUPLICATE", "archive_names", kRefused, "two entries have the same name", kRename},
    {"NAME_CLASH", "archive_names", kWarning, "two entries have names that are the same on some systems",
     kRename},
    {"NAME_NOT_UTF8", "archive_names", kWarning,
     "the name of an entry is not UTF-8: accents may come out wrong", kRename},
    {"NAME_RESERVED", "archive_names", kWarning, "the name of an entry is not allowed on some systems",
     kRename},

    {"ENTRY_ENCRYPTED", "archive_entries", kRefused, "entries are encrypted",
     "make the archive without a password"},
    {"ENTRY_LINK", "archive_entries", kRefused, "an entry is a link to another place",
     "pack the files themselves", kFinal},
    {"ENTRY_SPECIAL", "archive_entries", kRefused, "an entry is neither a file nor a folder",
     "pack ordinary files", kFinal},
    {"ENTRY_ARCHIVE", "archive_entries", kRefused, "there is an archive in the archive",
     "unpack the inner one and pack its files"},
    {"ENTRY_PROGRAM", "archive_entries", kWarning, "an entry is a program", "submit source and data instead"},
    {"ENTRY_MACROS", "archive_entries", kWarning, "the document has macros", "save it without macros"},
    {"TOO_MANY_ENTRIES", "archive_entries", kRefused, "the archive has too many entries to be looked at",
     "leave out what others can fetch, such as installed packages"},

    {"ARCHIVE_BOMB", "archive_size", kRefused,
     "the archive unpacks to many times its size, as an archive bomb does", "leave out such files", kFinal},
    {"ARCHIVE_SIZE_LIE", "archive_size", kRefused, "an entry unpacks to another size than the archive says",
     kPackAgain},
    {"ARCHIVE_TOO_LARGE", "archive_size", kRefused, "the archive unpacks to more than can be looked at",
     "leave out what others can fetch, or submit the data in parts"},

    {"TEXT_NONE", "text", kWarning,
     "no text was found: the pages are probably images, which nobody can search or have read out",
     "export the document instead of scanning it, or have text recognised in it"},

    {"TEXT_BROKEN", "text", kWarning,
     "the text of the document cannot be read to its end: it cannot be compared as a whole",
     "open it, save it again and submit that, or export it as a PDF"},

    {"VIRUS_FOUND", "virus", kRefused, "the virus scanner found something",
     "clean the machine the file comes from and submit another file", kFinal},
    {"SCANNER_AWAY", "virus", kUnchecked, "the virus scanner did not answer",
     "those who run the programme can have it looked at again"},
    {"SCANNER_LIMIT", "virus", kUnchecked, "the file is larger than the virus scanner accepts", ""},

    {"CONTENT_MISSING", "file_type", kUnchecked, "the content of the version is not where it is kept",
     "restore it from a backup"},
    {"INSPECTION_CRASHED", "", kUnchecked, "the inspector failed on this file", kTellStaff},
    {"INSPECTION_TIMED_OUT", "", kUnchecked, "looking at this file took too long", kTellStaff},
    {"INSPECTION_TOO_LARGE", "", kUnchecked, "looking at this file took too much memory", kTellStaff},
};

}  // namespace

absl::Span<const CheckReason> AllReasons() { return kReasons; }

const CheckReason* FindReason(absl::string_view name) {
  for (const CheckReason& reason : kReasons) {
    if (reason.name == name) return &reason;
  }
  return nullptr;
}

absl::Span<const absl::string_view> AllChecks() { return kChecks; }

std::string Shown(absl::string_view text, std::size_t bytes_max) {
  std::string shown;
  while (!text.empty()) {
    const Utf8Character next = FirstCharacter(text);
    const bool visible = next.valid && !IsControl(next.code) && !ChangesDirection(next.code);
    const absl::string_view piece = visible ? text.substr(0, next.bytes) : "?";
    if (shown.size() + piece.size() > bytes_max) break;
    shown.append(piece.data(), piece.size());
    text.remove_prefix(next.bytes);
  }
  return shown;
}

}  // namespace soutenance::submissions
