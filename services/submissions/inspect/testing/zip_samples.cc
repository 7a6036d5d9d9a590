#include "absl/strings/str_cat.h"
#include "services/submissions/inspect/testing/samples.h"
#include "services/submissions/inspect/testing/zip_builder.h"

namespace soutenance::submissions::inspect::testing {
namespace {

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
  const std::string document = MakeZip(
      {{.name = "[Content_Types].xml", .data = "<Types/>"}, {.name = "word/document.xml", .data = "<w/>"}});
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

std::vector<Sample> ZipSamples() {
  std::vector<Sample> all;
  for (const auto& some : {Names(), Entries(), Sizes(), Structure()})
    all.insert(all.end(), some.begin(), some.end());
  return all;
}

}  // namespace soutenance::submissions::inspect::testing
