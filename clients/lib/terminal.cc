#include "clients/lib/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace soutenance::clients {
namespace {

constexpr int kDefaultWidth = 80;

absl::string_view Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? absl::string_view() : absl::string_view(value);
}

int WidthOf(int file_descriptor) {
  int columns = 0;
  if (absl::SimpleAtoi(Variable("COLUMNS"), &columns) && columns > 0) return columns;
  winsize size{};
  if (ioctl(file_descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return kDefaultWidth;
}

absl::string_view CodeOf(Mark mark) {
  switch (mark) {
    case Mark::kBold:
      return "1";
    case Mark::kFaint:
      return "2";
    case Mark::kGood:
      return "32";
    case Mark::kWarning:
      return "33";
    case Mark::kBad:
      return "31";
  }
  return "0";
}

}  // namespace

Terminal TerminalOf(int file_descriptor) {
  if (isatty(file_descriptor) == 0) return {};
  const bool dumb = Variable("TERM") == "dumb";
  return {.interactive = !dumb,
          .coloured = !dumb && Variable("NO_COLOR").empty(),
          .width = WidthOf(file_descriptor)};
}

std::string Marked(absl::string_view text, Mark mark, const Terminal& terminal) {
  if (!terminal.coloured || text.empty()) return std::string(text);
  return absl::StrCat("\033[", CodeOf(mark), "m", text, "\033[0m");
}

}  // namespace soutenance::clients
