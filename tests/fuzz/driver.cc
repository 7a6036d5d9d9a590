// Stands in for libFuzzer where the compiler has none: runs the target on each file, then on files that are
// changed by chance. The same arguments do the same.
//   fuzz_problem_text [--runs N] [--seconds N] [--seed S] [--dict FILE] FILE|FOLDER...
// It ends after so many changed files, or so many seconds, whichever comes first.
// A file that makes the target fail is written to the current folder, as libFuzzer does: run it alone to see
// why.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <limits>
#include <random>
#include <string>
#include <utility>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size);

namespace {

constexpr std::size_t kBytesMax = 1 << 16;

// What is tried now, for the handler of SIGABRT.
std::string current;  // NOLINT: it must be reached from a signal

void Keep(int) {
  std::ofstream("crash-input", std::ios::binary) << current;
  std::cerr << "kept as crash-input (" << current.size() << " bytes)" << std::endl;
}

void RunOn(const std::string& bytes) {
  current = bytes;
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(current.data()), current.size());
}

// Words that mean something, from a file in the form of libFuzzer's dictionaries: "word" a line, with \\, \"
// and \xAB.
std::vector<std::string> WordsOf(const std::string& file) {
  std::vector<std::string> words;
  std::ifstream stream(file);
  if (!stream) {
    std::cerr << file << " cannot be read" << std::endl;
    std::exit(2);
  }
  for (std::string line; std::getline(stream, line);) {
    if (line.size() < 2 || line.front() != '"' || line.back() != '"') continue;
    std::string word;
    for (std::size_t i = 1; i + 1 < line.size(); ++i) {
      if (line[i] != '\\') {
        word += line[i];
      } else if (line[i + 1] == 'x') {
        word += static_cast<char>(std::strtol(line.substr(i + 2, 2).c_str(), nullptr, 16));
        i += 3;
      } else {
        word += line[++i];
      }
    }
    words.push_back(word);
  }
  return words;
}

class Mutator {
 public:
  // `words` may be empty.
  Mutator(uint64_t seed, std::vector<std::string> words) : words_(std::move(words)), random_(seed) {
    if (words_.empty()) words_.push_back(std::string(1, '\0'));
  }

  std::string Changed(const std::vector<std::string>& corpus) {
    std::string text = corpus[Below(corpus.size())];
    for (std::size_t n = 1 + Below(8); n > 0; --n) Change(text, corpus);
    if (text.size() > kBytesMax) text.resize(kBytesMax);
    return text;
  }

 private:
  std::size_t Below(std::size_t count) { return static_cast<std::size_t>(random_() % count); }

  // From where to where the word, or the line, around a place reaches.
  std::pair<std::size_t, std::size_t> Around(const std::string& text, const char* ends) {
    const std::size_t at = Below(text.size());
    const std::size_t before = text.find_last_of(ends, at);
    const std::size_t after = text.find_first_of(ends, at);
    const std::size_t from = before == std::string::npos ? 0 : std::min(before + 1, at);
    return {from, (after == std::string::npos ? text.size() : after) - from};
  }

  void Change(std::string& text, const std::vector<std::string>& corpus) {
    const std::string& word = words_[Below(words_.size())];
    if (text.empty()) {
      text = word;
      return;
    }
    const std::size_t at = Below(text.size());
    switch (Below(8)) {
      case 0:
        text[at] = static_cast<char>(Below(256));
        break;
      case 1:
        text.erase(at, 1 + Below(4));
        break;
      case 2: {
        const auto [from, count] = Around(text, " \n");
        text.replace(from, count, word);
        break;
      }
      case 3:
        text.insert(at, word);
        break;
      case 4: {
        const auto [from, count] = Around(text, "\n");
        text.insert(Below(text.size()), text.substr(from, count) + "\n");
        break;
      }
      case 5: {
        const auto [from, count] = Around(text, "\n");
        text.erase(from, count);
        break;
      }
      case 6:
        text.resize(at);
        break;
      default: {
        const std::string& other = corpus[Below(corpus.size())];
        if (!other.empty()) text = text.substr(0, at) + other.substr(Below(other.size()));
        break;
      }
    }
  }

  std::vector<std::string> words_;
  std::mt19937_64 random_;
};

std::vector<std::string> FilesOf(const std::vector<std::string>& paths) {
  std::vector<std::filesystem::path> files;
  for (const std::string& path : paths) {
    if (!std::filesystem::is_directory(path)) {
      files.emplace_back(path);
      continue;
    }
    for (const auto& entry : std::filesystem::directory_iterator(path)) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<std::string> contents;
  for (const std::filesystem::path& file : files) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
      std::cerr << file.string() << " cannot be read" << std::endl;
      std::exit(2);
    }
    contents.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  }
  return contents;
}

}  // namespace

int main(int argc, char** argv) {
  uint64_t runs = 0;
  uint64_t seed = 1;
  uint64_t seconds = 0;
  std::vector<std::string> words;
  std::vector<std::string> paths;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    const bool has_value = i + 1 < argc;
    if (argument == "--runs" && has_value) {
      runs = std::strtoull(argv[++i], nullptr, 10);
    } else if (argument == "--seed" && has_value) {
      seed = std::strtoull(argv[++i], nullptr, 10);
    } else if (argument == "--seconds" && has_value) {
      seconds = std::strtoull(argv[++i], nullptr, 10);
    } else if (argument == "--dict" && has_value) {
      words = WordsOf(argv[++i]);
    } else if (argument.rfind("--", 0) == 0) {
      std::cerr << "usage: " << argv[0] << " [--runs N] [--seconds N] [--seed S] [--dict FILE] FILE|FOLDER..."
                << std::endl;
      return 2;
    } else {
      paths.push_back(argument);
    }
  }
  std::signal(SIGABRT, Keep);
  const std::vector<std::string> corpus = FilesOf(paths);
  for (const std::string& bytes : corpus) RunOn(bytes);
  if (seconds > 0 && runs == 0) runs = std::numeric_limits<uint64_t>::max();
  if (corpus.empty() && runs > 0) {
    std::cerr << "there is no file to start from" << std::endl;
    return 2;
  }
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  Mutator mutator(seed, std::move(words));
  uint64_t run = 0;
  for (; run < runs && (seconds == 0 || std::chrono::steady_clock::now() < end); ++run) {
    RunOn(mutator.Changed(corpus));
  }
  std::cout << corpus.size() << " files and " << run << " changed ones: no fault" << std::endl;
  return 0;
}
