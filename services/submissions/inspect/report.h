#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_REPORT_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_REPORT_H_

#include <functional>
#include <set>
#include <string>

#include "absl/strings/string_view.h"
#include "services/submissions/checks/inspector.h"

// What the inspector, a child process, tells the server: lines, written as soon as something is known, so
// that what was found before a crash is not lost.
//   stage pdf_structure        what is looked at from now on
//   type application/pdf
//   pages 12
//   finding pdf_fonts FONTS_NOT_EMBEDDED Arial, Times
//   text 1234 0                and then 1234 bytes; 1: there is more
//   end
namespace soutenance::submissions::inspect {

// Writes it. Each reason is told once, with the first detail.
class Report {
 public:
  using Out = std::function<void(absl::string_view)>;
  explicit Report(Out out) : out_(std::move(out)) {}

  void Stage(absl::string_view check);
  void MediaType(absl::string_view type);
  void Pages(int pages);
  // `reason` is one that FindReason knows. Of the check that the reason belongs to, or of the stage.
  void Found(absl::string_view reason, absl::string_view detail = "");
  // That there is nothing to say about `check`, unless something was found.
  void Done(absl::string_view check);
  void Text(absl::string_view text, bool cut_off);
  void End();

  bool HasFound(absl::string_view reason) const { return reasons_.count(std::string(reason)) > 0; }

 private:
  const Out out_;
  std::string stage_ = "file_type";
  std::set<std::string> reasons_;
  std::set<std::string> checks_;  // in which something was found
};

// What was understood of a report. Nothing in it is believed to be well-formed: whatever a file made of the
// inspector, this is harmless to keep and to show.
struct ReadReport {
  Inspection inspection;
  bool complete = false;
  std::string stage;  // the last one
};
ReadReport ParseReport(absl::string_view bytes);

}  // namespace soutenance::submissions::inspect

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_REPORT_H_
