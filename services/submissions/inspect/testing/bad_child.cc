// Stands in for an inspector that a file got the better of: BAD_CHILD says how.
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <string>

int main() {
  const std::string how = BAD_CHILD;
  const auto say = [](const std::string& text) { return write(STDOUT_FILENO, text.data(), text.size()) > 0; };
  if (how == "crashes") {
    const std::string priority = std::to_string(getpriority(PRIO_PROCESS, 0));
    say("stage file_type\nfinding file_type OK priority " + priority + "\nstage pdf_fonts\n");
    std::raise(SIGSEGV);
  }
  if (how == "sleeps") {
    say("stage file_type\n");
    sleep(600);
  }
  const std::string much(1 << 20, 'x');
  while (say(much)) {
  }
  return 0;
}
