#include "services/scheduling/stored_facts.h"

#include <openssl/sha.h>

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/base/record.h"
#include "services/scheduling/campaign_time.h"

namespace soutenance::scheduling {

std::string DigestOf(absl::string_view bytes) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(digest), SHA256_DIGEST_LENGTH));
}

StoredFacts MakeStoredFacts(std::string problem_text, std::string cast_text, std::string base_text) {
  StoredFacts facts{.problem_text = std::move(problem_text),
                    .cast_text = std::move(cast_text),
                    .base_text = std::move(base_text)};
  facts.problem_digest = DigestOf(facts.problem_text);
  RecordWriter parts;
  parts.Text(facts.problem_digest).Text(DigestOf(facts.cast_text)).Text(DigestOf(facts.base_text));
  facts.id = DigestOf(parts.bytes());
  return facts;
}

std::string WriteBase(const std::vector<BasePlacement>& base) {
  RecordWriter record;
  record.Integer(static_cast<int64_t>(base.size()));
  for (const BasePlacement& placement : base) {
    record.Text(placement.thesis);
    record.Text(placement.start ? MomentText(*placement.start) : "");
    record.Text(placement.room);
    record.Integer((placement.pin_day ? 1 : 0) + (placement.pin_time ? 2 : 0) + (placement.pin_room ? 4 : 0));
  }
  return record.bytes();
}

absl::StatusOr<std::vector<BasePlacement>> ParseBase(absl::string_view text) {
  RecordReader record(text);
  std::vector<BasePlacement> base;
  for (int64_t left = record.Integer(); left > 0 && !record.IsAtEnd(); --left) {
    BasePlacement placement{.thesis = record.Text()};
    placement.start = ParseMoment(record.Text());
    placement.room = record.Text();
    const int64_t pins = record.Integer();
    placement.pin_day = (pins & 1) != 0;
    placement.pin_time = (pins & 2) != 0;
    placement.pin_room = (pins & 4) != 0;
    base.push_back(std::move(placement));
  }
  if (!record.IsComplete()) return absl::DataLossError("the placements of a base timetable cannot be read");
  return base;
}

}  // namespace soutenance::scheduling
