// soutenance-expertise: how well people know what theses are about, from a file of texts.

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "services/assignment/expertise/expertise.h"

namespace soutenance::assignment::expertise {
namespace {

constexpr int kExitDone = 0;
constexpr int kExitRefused = 1;
constexpr int kExitUsage = 2;

constexpr char kFooter[] = R"(
A line of TEXTS is one text: "thesis" or "person", a key, a title, the rest, separated by tabs. A person has as many
lines as texts. What is printed is one line for each thesis and person: their keys, a score from 0 to 1, and the words
that count with their part of it.

Example:
  soutenance-expertise texts.tsv --words 3

  t1	ana	0.118	packet loss 31%, congestion 12%, packets 9%

Exit codes: 0 done, 1 refused (the file or what it says), 2 usage.)";

struct Texts {
  std::vector<std::string> thesis_keys;
  std::vector<Text> theses;
  std::vector<std::string> person_keys;
  std::vector<PersonTexts> people;
};

// Returns what is wrong, or nothing.
std::string Read(std::istream& file, Texts& texts) {
  std::map<std::string, size_t> person_numbers;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.empty()) continue;
    const std::vector<std::string> fields = absl::StrSplit(line, '\t');
    if (fields.size() != 4 || fields[1].empty() || (fields[0] != "thesis" && fields[0] != "person")) {
      return absl::StrFormat(
          "line %d: expected \"thesis\" or \"person\", a key, a title and a text, between tabs", number);
    }
    const Text text{fields[2], fields[3]};
    if (fields[0] == "thesis") {
      texts.thesis_keys.push_back(fields[1]);
      texts.theses.push_back(text);
      continue;
    }
    const auto [found, is_new] = person_numbers.emplace(fields[1], texts.people.size());
    if (is_new) {
      texts.person_keys.push_back(fields[1]);
      texts.people.emplace_back();
    }
    texts.people[found->second].texts.push_back(text);
  }
  return "";
}

void Print(const Texts& texts, size_t words) {
  const Expertises expertises(texts.theses, texts.people);
  for (size_t t = 0; t < texts.theses.size(); ++t) {
    for (size_t p = 0; p < texts.people.size(); ++p) {
      const Expertise expertise = expertises.Of(t, p, words);
      std::string reasons;
      for (const Expertise::Reason& reason : expertise.reasons) {
        absl::StrAppendFormat(&reasons, "%s%s %.0f%%", reasons.empty() ? "" : ", ", reason.word,
                              100 * reason.share);
      }
      std::cout << absl::StrFormat("%s\t%s\t%.9f\t%s\n", texts.thesis_keys[t], texts.person_keys[p],
                                   expertise.score, reasons);
    }
  }
  std::cout << std::flush;
}

int Run(int argc, const char* const* argv) {
  CLI::App app("Tells how well people know what theses are about.", "soutenance-expertise");
  app.footer(kFooter);
  std::string path;
  size_t words = 5;
  app.add_option("TEXTS", path, "The texts")->required();
  app.add_option("--words", words, "How many words that count are printed, 0 to 100")
      ->check(CLI::Range(0, 100))
      ->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kExitDone : kExitUsage;
  }
  std::ifstream file(path, std::ios::binary);
  Texts texts;
  const std::string wrong = file ? Read(file, texts) : absl::StrCat("cannot be read: ", std::strerror(errno));
  if (!wrong.empty()) {
    std::cerr << path << ": " << wrong << "\n";
    return kExitRefused;
  }
  Print(texts, words);
  return kExitDone;
}

}  // namespace
}  // namespace soutenance::assignment::expertise

int main(int argc, char** argv) { return soutenance::assignment::expertise::Run(argc, argv); }
