#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_THESIS_CHANGE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_THESIS_CHANGE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/submissions/thesis_life.h"

namespace soutenance::submissions {

// Something that happened to a thesis: one line of its journal, which only grows.
struct ThesisChange {
  static constexpr std::size_t kReasonBytesMax = 2000;

  std::string thesis;  // the id
  int64_t number = 0;  // from 1 within the thesis
  ThesisEvent event = ThesisEvent::kSubmitSubject;
  std::optional<ThesisState> from;  // nothing for the first
  ThesisState to = ThesisState::kActive;
  std::string reason;
  std::string account;  // "accounts/ana", or "services/directory"
  absl::Time time;
  std::optional<absl::Time> until;
  std::vector<std::string> waived;  // words of conditions that were set aside

  friend bool operator==(const ThesisChange&, const ThesisChange&) = default;
};

// That somebody is to be told of a change. The outbox holds it once for each change and recipient, without
// any text of the thesis.
struct Notice {
  std::string thesis;  // the id
  int64_t change = 0;  // its number
  ThesisEvent event = ThesisEvent::kSubmitSubject;
  ThesisState to = ThesisState::kActive;
  std::string person;  // "people/ana", or empty: all with `role`
  std::string role;    // "staff", "programme_head", "jury", or empty
  std::string programme;
  absl::Time time;

  // Who: the id of the person, or the role.
  std::string Recipient() const;
  // "theses/42/notices/000003-ana": ordered as what happened.
  std::string Name() const;

  friend bool operator==(const Notice&, const Notice&) = default;
};

// Whose notices: all of a programme, or those of one person.
struct NoticeSelection {
  std::string programme;
  std::string person;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_THESIS_CHANGE_H_
