#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_IO_LINES_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_IO_LINES_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/base/error.h"

// What the texts of io/ have in common: lines of words, read one by one, with every fault noted.
namespace soutenance::scheduling::solver {

// Longest text that is read, and most faults that are listed. A problem of 10,000 defences takes about 8 MiB.
inline constexpr std::size_t kTextSizeMax = 32 << 20;
inline constexpr std::size_t kFaultsMax = 1'000;

// A word of a line: bare, or between quotes and then with its escapes resolved.
struct Word {
  std::string text;
  bool quoted = false;
};

// Reads a text line by line: blank lines and lines that start with "#" are passed over, blanks at the
// beginning of a line mean nothing. The first line must be `title` and a version, the last one "end", so that
// a text that was cut off is noticed. A line that is not UTF-8, has control characters or bad quotes is a
// fault and skipped.
class LineReader {
 public:
  // `text` must outlive this.
  LineReader(absl::string_view text, absl::string_view title, int version);

  // Goes to the next line; false if there is none, or no sense in going on.
  bool Next();

  const std::vector<Word>& words() const { return words_; }

  // Notes a fault of the present line.
  void Fault(std::string description);

  // Makes Next return false from now on.
  void Stop() { stopped_ = true; }

  // After Next has returned false: what is wrong, in the order of the lines.
  std::vector<FieldViolation> TakeFaults() { return std::move(faults_); }
  bool ok() const { return faults_.empty(); }

 private:
  bool ReadLine();
  bool SplitLine(absl::string_view line);
  void ReadTitle(absl::string_view title, int version);

  absl::string_view rest_;
  int number_ = 0;
  bool stopped_ = false;
  bool ended_ = false;
  std::vector<Word> words_;
  std::vector<FieldViolation> faults_;
};

// `text` between quotes, with what could be misread escaped: \" \\ \n \r \t and other control characters as
// \u0007.
std::string Quoted(absl::string_view text);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_IO_LINES_H_
