#include "absl/strings/str_cat.h"
#include "services/submissions/inspect/testing/samples.h"
#include "services/submissions/inspect/testing/zip_builder.h"

namespace soutenance::submissions::inspect::testing {
namespace {

constexpr char kWordSpace[] = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

const ZipPart kReadme{.name = "readme.txt", .data = "Bonjour"};

std::string WithName(const std::string& name) { return MakeZip({kReadme, {.name = name, .data = "x"}}); }

std::string ManyEntries(int count) {
  std::vector<ZipPart> parts;
  for (int i = 0; i < count; ++i) parts.push_back({.name = absl::StrCat(i)});
  return MakeZip(parts);
}

std::vector<Sample> Names() {
  return {
      {"zip_name_leads_out", WithName("../../etc/passwd"), {"NAME_TRAVERSAL"}},
      {"zip_name_leads_out_inside", WithName("a/b/../../../c"), {"NAME_TRAVERSAL"}},
      {"zip_name_leads_out_with_backslashes", WithName("..\\..\\x"), {"NAME_TRAVERSAL", "NAME_RESERVED"}},
      {"zip_name_absolute", WithName("/etc/passwd"), {"NAME_ABSOLUTE"}},
      {"zip_name_on_a_drive", WithName("C:/x"), {"NAME_ABSOLUTE", "NAME_RESERVED"}},
      {"zip_name_on_a_share", WithName("\\\\host\\x"), {"NAME_ABSOLUTE", "NAME_RESERVED"}},
      {"zip_name_with_nul", WithName(std::string("a.pdf\0.exe", 10)), {"NAME_CONTROL"}},
      {"zip_name_with_escape", WithName("\x1b[2J"), {"NAME_CONTROL"}},
      {"zip_name_written_backwards",
       WithName("annexe\xe2\x80\xae"
                "fdp.exe"),
       {"NAME_DIRECTION"}},
      {"zip_name_too_long", WithName(std::string(256, 'a')), {"NAME_TOO_LONG"}},
      {"zip_name_of_a_device", WithName("aux.txt"), {"NAME_RESERVED"}},
      {"zip_name_empty", WithName(""), {"NAME_EMPTY"}},
      {"zip_name_not_utf8", WithName("m\x82moire.txt"), {"NAME_NOT_UTF8"}},
      {"zip_name_in_french", WithName("Données/m\xc3\xa9moire \xc2\xab final \xc2\xbb.txt"), {}},
      {"zip_name_twice", WithName("readme.txt"), {"NAME_DUPLICATE"}},
      {"zip_name_twice_as_file_and_folder", MakeZip({kReadme, {.name = "readme.txt/"}}), {"NAME_DUPLICATE"}},
      {"zip_name_twice_but_for_case", WithName("README.txt"), {"NAME_CLASH"}},
  };
}

std::vector<Sample> Entries() {
  const std::string inner = MakeZip({kReadme});
  const std::string document = MakeDocx("<w:p><w:r><w:t>Bonjour</w:t></w:r></w:p>");
  std::string tar(512, '\0');
  tar.replace(0, 257, 257, 'a').replace(257, 5, "ustar");
  return {
      {"zip_link",
       MakeZip({kReadme, {.name = "x", .data = "/etc/passwd", .unix_mode = 0120777}}),
       {"ENTRY_LINK"}},
      {"zip_pipe", MakeZip({kReadme, {.name = "x", .unix_mode = 0010644}}), {"ENTRY_SPECIAL"}},
      {"zip_device", MakeZip({kReadme, {.name = "x", .unix_mode = 0020644}}), {"ENTRY_SPECIAL"}},
      {"zip_encrypted",
       MakeZip({kReadme, {.name = "x", .data = "secretsecretsecret", .flags = 0x0801}}),
       {"ENTRY_ENCRYPTED"}},
      {"zip_in_zip", MakeZip({kReadme, {.name = "x.zip", .data = inner}}), {"ENTRY_ARCHIVE"}},
      {"zip_in_zip_packed",
       MakeZip({kReadme, {.name = "x.dat", .data = inner, .deflated = true}}),
       {"ENTRY_ARCHIVE"}},
      {"zip_in_zip_in_zip",
       MakeZip({{.name = "y", .data = MakeZip({{.name = "x", .data = inner}})}}),
       {"ENTRY_ARCHIVE"}},
      {"zip_with_tar", MakeZip({kReadme, {.name = "x.tar", .data = tar}}), {"ENTRY_ARCHIVE"}},
      {"zip_with_document", MakeZip({kReadme, {.name = "x.docx", .data = document}}), {}},
      {"zip_with_program",
       MakeZip({kReadme,
                {.name = "x",
                 .data = "\x7f"
                         "ELF\x02\x01\x01"}}),
       {"ENTRY_PROGRAM"}},
      {"document", document, {}},
      {"document_with_macros",
       MakeZip({{.name = "[Content_Types].xml", .data = "<Types/>"},
                {.name = "word/vbaProject.bin", .data = "x"}}),
       {"ENTRY_MACROS"}},
      {"zip_of_10000_entries", ManyEntries(10'000), {}},
      {"zip_of_65535_entries", ManyEntries(65'535), {"TOO_MANY_ENTRIES"}},
  };
}

// Documents of word processors whose XML was made to break what reads it.
std::vector<Sample> Documents() {
  const std::string paragraph = "<w:p><w:r><w:t>Bonjour</w:t></w:r></w:p>";
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<w:tbl>";
  std::string laughs = "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY l0 \"ha\">";
  for (int i = 1; i < 12; ++i) {
    absl::StrAppend(&laughs, "<!ENTITY l", i, " \"");
    for (int j = 0; j < 10; ++j) absl::StrAppend(&laughs, "&l", i - 1, ";");
    absl::StrAppend(&laughs, "\">");
  }
  absl::StrAppend(&laughs, "]><l>&l11;</l>");
  const auto docx = [](const std::string& xml) {
    return MakeZip({{.name = "[Content_Types].xml", .data = "<Types/>"},
                    {.name = "word/document.xml", .data = xml, .deflated = true}});
  };
  return {
      {"docx", MakeDocx(paragraph), {}},
      {"docx_without_text", MakeDocx("<w:p/>"), {"TEXT_NONE"}},
      {"docx_cut_off",
       docx(absl::StrCat("<w:document xmlns:w=\"", kWordSpace, "\">", paragraph)),
       {"TEXT_BROKEN"}},
      {"docx_of_no_xml", docx("Bonjour"), {"TEXT_BROKEN", "TEXT_NONE"}},
      {"docx_with_entity_bomb", docx(laughs), {"TEXT_BROKEN", "TEXT_NONE"}},
      {"docx_with_entity_of_a_file",
       docx("<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><x>&f;</x>"),
       {"TEXT_BROKEN", "TEXT_NONE"}},
      {"docx_nested_deeply", MakeDocx(absl::StrCat(paragraph, deep)), {"TEXT_BROKEN"}},
      {"docx_with_endless_tag",
       MakeDocx(absl::StrCat(paragraph, "<w:p x=\"", std::string(8 << 20, 'x'), "\"/>")),
       {"TEXT_BROKEN"}},
      {"docx_with_wrong_encoding",
       docx("<?xml version=\"1.0\" encoding=\"x-none\"?><x/>"),
       {"TEXT_BROKEN", "TEXT_NONE"}},
      {"odt", MakeOdt("<text:p>Bonjour</text:p>"), {}},
      {"odt_without_content",
       MakeZip({{.name = "mimetype", .data = "application/vnd.oasis.opendocument.text"}}),
       {}},
      {"odt_cut_off", MakeOdt("<text:p>Bonjour"), {"TEXT_BROKEN"}},
  };
}

std::vector<Sample> Sizes() {
  const std::string zeros(64 << 20, '\0');
  // An entry that is a small bomb, many times.
  std::vector<ZipPart> small_bombs;
  for (int i = 0; i < 200; ++i)
    small_bombs.push_back({.name = absl::StrCat(i), .data = std::string(1 << 20, '\0'), .deflated = true});
  return {
      {"zip_bomb", MakeZip({kReadme, {.name = "zeros", .data = zeros, .deflated = true}}), {"ARCHIVE_BOMB"}},
      {"zip_bomb_of_many", MakeZip(small_bombs), {"ARCHIVE_BOMB"}},
      {"zip_bomb_that_lies",
       MakeZip({kReadme, {.name = "zeros", .data = zeros, .deflated = true, .unpacked = 100}}),
       {"ARCHIVE_SIZE_LIE"}},
      {"zip_size_too_small",
       MakeZip({{.name = "x", .data = std::string(5000, 'x'), .deflated = true, .unpacked = 4999}}),
       {"ARCHIVE_SIZE_LIE"}},
      {"zip_size_too_large",
       MakeZip({{.name = "x", .data = std::string(5000, 'x'), .deflated = true, .unpacked = 5001}}),
       {"ARCHIVE_SIZE_LIE"}},
      {"zip_stored_size_lies", MakeZip({{.name = "x", .data = "xxxx", .unpacked = 3}}), {"ARCHIVE_SIZE_LIE"}},
      {"zip_of_exabytes",
       MakeZip({{.name = "x", .data = "xxxx", .deflated = true, .zip64_unpacked = uint64_t{1} << 60}}),
       {"ARCHIVE_CONTRADICTION", "ARCHIVE_BOMB"}},
      {"zip_of_more_than_numbers_hold",
       MakeZip({{.name = "x", .data = "xxxx", .deflated = true, .zip64_unpacked = ~uint64_t{0}}}),
       {"ARCHIVE_CONTRADICTION", "ARCHIVE_BOMB"}},
  };
}

std::vector<Sample> Structure() {
  const std::string sound =
      MakeZip({kReadme, {.name = "a/b.txt", .data = std::string(3000, 'b'), .deflated = true}});
  return {
      {"zip_sound", sound, {}},
      {"zip_sound_with_comment", MakeZip({kReadme}, {.comment = "Fait à Lille"}), {}},
      {"zip_empty", MakeZip({}), {"ARCHIVE_EMPTY"}},
      {"zip_cut_off", sound.substr(0, sound.size() - 30), {"ARCHIVE_CUT_OFF"}},
      {"zip_header_alone", sound.substr(0, 30), {"ARCHIVE_CUT_OFF"}},
      {"zip_signature_alone", "PK\x03\x04", {"ARCHIVE_CUT_OFF"}},
      {"zip_middle_missing", sound.substr(0, 20) + sound.substr(60), {"ARCHIVE_BROKEN"}},
      {"zip_directory_elsewhere", MakeZip({kReadme}, {.directory_at = 1 << 30}), {"ARCHIVE_BROKEN"}},
      {"zip_after_something", MakeZip({kReadme}, {.before = "PK\x03\x04 something else"}), {"ARCHIVE_JUNK"}},
      {"zip_before_something", MakeZip({kReadme}, {.after = "something else"}), {"ARCHIVE_JUNK"}},
      {"zip_of_two_volumes", MakeZip({kReadme}, {.second_volume = true}), {"ARCHIVE_BROKEN"}},
      {"zip_with_too_few_entries", MakeZip({kReadme}, {.entries = 2}), {"ARCHIVE_CONTRADICTION"}},
      {"zip_with_hidden_entries",
       MakeZip({kReadme, {.name = "x"}}, {.entries = 1}),
       {"ARCHIVE_CONTRADICTION"}},
      {"zip64_sound", MakeZip({kReadme}, {.zip64_entries = 1}), {}},
      {"zip64_with_too_many_entries",
       MakeZip({kReadme}, {.zip64_entries = uint64_t{1} << 60}),
       {"TOO_MANY_ENTRIES"}},
      {"zip_two_names_for_one_entry",
       MakeZip({{.name = "x", .data = "x", .local_name = "y"}}),
       {"ARCHIVE_CONTRADICTION"}},
      {"zip_entries_overlap",
       MakeZip({kReadme, {.name = "x", .data = "Bonjour", .same_place_as_first = true}}),
       {"ARCHIVE_CONTRADICTION", "ARCHIVE_OVERLAP"}},
      {"zip_entry_reaches_into_directory",
       MakeZip({{.name = "x", .data = "xxxx", .packed_in_directory = 5000}}),
       {"ARCHIVE_BROKEN"}},
      {"zip_entry_wraps_around",
       MakeZip({{.name = "x", .data = "xxxx", .packed_in_directory = 0xfffffffe}}),
       {"ARCHIVE_BROKEN"}},
      {"zip_other_method", MakeZip({{.name = "x", .data = "xxxx", .method = 14}}), {"ARCHIVE_METHOD"}},
      {"zip_wrong_sum", MakeZip({{.name = "x", .data = "xxxx", .crc = 7}}), {"ARCHIVE_BROKEN"}},
      {"zip_not_deflated",
       MakeZip({{.name = "x", .data = "\xff\xff\xff\xff", .method = 8}}),
       {"ARCHIVE_BROKEN"}},
  };
}

}  // namespace

std::string MakeDocx(const std::string& body, const std::string& footnotes) {
  const auto part = [](const std::string& content) {
    return absl::StrCat(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"", kWordSpace,
        "\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><w:body>", content,
        "</w:body></w:document>");
  };
  std::vector<ZipPart> parts = {
      {.name = "[Content_Types].xml", .data = "<Types/>"},
      {.name = "word/document.xml", .data = part(body), .deflated = true},
  };
  if (!footnotes.empty()) parts.push_back({.name = "word/footnotes.xml", .data = part(footnotes)});
  return MakeZip(parts);
}

std::string MakeOdt(const std::string& body) {
  return MakeZip(
      {{.name = "mimetype", .data = "application/vnd.oasis.opendocument.text"},
       {.name = "content.xml",
        .data = absl::StrCat(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content "
            "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
            "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:text>",
            body, "</office:text></office:body></office:document-content>"),
        .deflated = true}});
}

std::vector<Sample> ZipSamples() {
  std::vector<Sample> all;
  for (const auto& some : {Names(), Entries(), Documents(), Sizes(), Structure()})
    all.insert(all.end(), some.begin(), some.end());
  return all;
}

}  // namespace soutenance::submissions::inspect::testing
