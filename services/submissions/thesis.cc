#include "services/submissions/thesis.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/base/id.h"
#include "services/base/record.h"

namespace soutenance::submissions {
namespace {

bool Contains(const std::vector<std::string>& people, absl::string_view person) {
  return std::any_of(people.begin(), people.end(),
                     [&](const std::string& name) { return absl::string_view(name) == person; });
}

// Collects problems under the path of one thesis.
class Problems {
 public:
  Problems(absl::string_view at, std::vector<FieldViolation>& problems) : at_(at), problems_(problems) {}

  void Add(absl::string_view field, absl::string_view description) {
    problems_.push_back({.field = absl::StrCat(at_, ".", field), .description = std::string(description)});
  }

  // Whether `name` is "<collection>/<id>".
  bool CheckName(absl::string_view name, absl::string_view collection, absl::string_view field) {
    const absl::Status status = ParseName(name, collection).status();
    if (!status.ok()) Add(field, status.message());
    return status.ok();
  }

 private:
  const absl::string_view at_;
  std::vector<FieldViolation>& problems_;
};

void CheckTitle(const std::string& title, Problems& problems) {
  if (absl::StripAsciiWhitespace(title).empty()) {
    problems.Add("title", "is empty; a thesis has a title");
  } else if (title.size() > Thesis::kTitleBytesMax) {
    problems.Add("title",
                 absl::StrCat("has ", title.size(), " bytes; at most ", Thesis::kTitleBytesMax, " are kept"));
  } else if (std::any_of(title.begin(), title.end(),
                         [](char c) { return absl::ascii_iscntrl(static_cast<unsigned char>(c)); })) {
    problems.Add("title", "has a line end, a tab or another control character; write it on one line");
  }
}

void CheckAuthors(const std::vector<std::string>& authors, Problems& problems) {
  if (authors.empty()) problems.Add("authors", "is empty; a thesis has one or two authors");
  if (authors.size() > Thesis::kAuthorsMax) {
    problems.Add("authors",
                 absl::StrCat("has ", authors.size(), " entries; a thesis has one or two authors"));
  }
  for (std::size_t i = 0; i < authors.size(); ++i) {
    const std::string field = absl::StrCat("authors[", i, "]");
    if (!problems.CheckName(authors[i], "people", field)) continue;
    if (std::find(authors.begin(), authors.begin() + static_cast<std::ptrdiff_t>(i), authors[i]) !=
        authors.begin() + static_cast<std::ptrdiff_t>(i)) {
      problems.Add(field, absl::StrCat(authors[i], " is named twice"));
    }
  }
}

void WriteTime(const std::optional<absl::Time>& time, RecordWriter& out) {
  out.Text(time ? absl::StrCat(absl::ToUnixMicros(*time)) : "");
}
std::optional<absl::Time> ReadTime(RecordReader& in) {
  int64_t micros = 0;
  if (!absl::SimpleAtoi(in.Text(), &micros)) return std::nullopt;
  return absl::FromUnixMicros(micros);
}

void WriteTexts(const std::vector<std::string>& texts, RecordWriter& out) {
  out.Integer(static_cast<int64_t>(texts.size()));
  for (const std::string& text : texts) out.Text(text);
}
std::vector<std::string> ReadTexts(RecordReader& in) {
  std::vector<std::string> texts;
  for (int64_t n = in.Integer(); n > 0 && !in.IsAtEnd(); --n) texts.push_back(in.Text());
  return texts;
}

}  // namespace

std::string Thesis::Name() const { return absl::StrCat("theses/", id); }

bool Thesis::HasPart(absl::string_view person) const {
  if (person.empty()) return false;
  return absl::string_view(supervisor) == person || absl::string_view(company_tutor) == person ||
         Contains(authors, person);
}

bool Thesis::IsAuthor(absl::string_view person) const { return !person.empty() && Contains(authors, person); }

bool Thesis::HasAllConsents() const {
  return std::all_of(authors.begin(), authors.end(),
                     [this](const std::string& author) { return Contains(consents, author); });
}

Secrecy Thesis::secrecy() const {
  return {.level = level,
          .until = confidential_until,
          .embargo_until = embargo_until,
          .is_disseminated = state == ThesisState::kDisseminated};
}

std::string Thesis::Serialize() const {
  RecordWriter out;
  out.Text(id).Integer(version).Text(title);
  WriteTexts(authors, out);
  out.Text(supervisor).Text(company_tutor).Text(programme).Text(cohort);
  out.Integer(ConfidentialityCode(level)).Text(language).Integer(withdrawal ? 1 : 0);
  if (withdrawal) {
    out.Text(withdrawal->reason).Text(withdrawal->account).Integer(absl::ToUnixMicros(withdrawal->time));
  }
  out.Text(StateName(state)).Text(state_before ? StateName(*state_before) : "");
  out.Text(abstract);
  WriteTexts(keywords, out);
  WriteTime(confidential_until, out);
  WriteTime(embargo_until, out);
  WriteTexts(consents, out);
  WriteTime(state_until, out);
  out.Text(problem);
  return out.bytes();
}

absl::StatusOr<Thesis> Thesis::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  Thesis thesis;
  thesis.id = in.Text();
  thesis.version = in.Integer();
  thesis.title = in.Text();
  thesis.authors = ReadTexts(in);
  thesis.supervisor = in.Text();
  thesis.company_tutor = in.Text();
  thesis.programme = in.Text();
  thesis.cohort = in.Text();
  thesis.level = ConfidentialityOfCode(in.Integer());
  thesis.language = in.Text();
  if (in.Integer() != 0) {
    Withdrawal withdrawal{.reason = in.Text()};
    withdrawal.account = in.Text();
    withdrawal.time = absl::FromUnixMicros(in.Integer());
    thesis.withdrawal = std::move(withdrawal);
  }
  // What was remembered before theses had a life ends here.
  if (in.IsComplete()) {
    if (thesis.withdrawal) thesis.state = ThesisState::kWithdrawn;
    return thesis;
  }
  const std::optional<ThesisState> state = ThesisStateOf(in.Text());
  thesis.state_before = ThesisStateOf(in.Text());
  thesis.abstract = in.Text();
  thesis.keywords = ReadTexts(in);
  thesis.confidential_until = ReadTime(in);
  thesis.embargo_until = ReadTime(in);
  thesis.consents = ReadTexts(in);
  thesis.state_until = ReadTime(in);
  thesis.problem = in.Text();
  if (!state || !in.IsComplete()) return absl::DataLossError("the bytes are not a thesis");
  thesis.state = *state;
  return thesis;
}

absl::Status ThesisExists(absl::string_view id) {
  const std::string name = absl::StrCat("theses/", id);
  return Error(absl::StatusCode::kAlreadyExists,
               absl::StrCat(name, " exists already; update it, or choose another id"),
               {.reason = "THESIS_EXISTS", .metadata = {{"name", name}}});
}

void CheckText(absl::string_view text, std::size_t bytes_max, bool may_have_lines, absl::string_view field,
               std::vector<FieldViolation>& problems) {
  const auto is_bad = [&](char c) {
    return absl::ascii_iscntrl(static_cast<unsigned char>(c)) &&
           !(may_have_lines && (c == '\n' || c == '\t'));
  };
  if (text.size() > bytes_max) {
    problems.push_back(
        {.field = std::string(field),
         .description = absl::StrCat("has ", text.size(), " bytes; at most ", bytes_max, " are kept")});
  } else if (std::any_of(text.begin(), text.end(), is_bad)) {
    problems.push_back({.field = std::string(field),
                        .description = may_have_lines ? "has a control character; take it out"
                                                      : "has a line end or another control character; write "
                                                        "it on one line"});
  }
}

void CheckKeywords(const std::vector<std::string>& keywords, absl::string_view field,
                   std::vector<FieldViolation>& problems) {
  if (keywords.size() > Thesis::kKeywordsMax) {
    problems.push_back({.field = std::string(field),
                        .description = absl::StrCat("has ", keywords.size(), " entries; at most ",
                                                    Thesis::kKeywordsMax, " are kept")});
  }
  for (std::size_t i = 0; i < keywords.size(); ++i) {
    const std::string at = absl::StrCat(field, "[", i, "]");
    if (keywords[i].empty()) problems.push_back({.field = at, .description = "is empty; leave it out"});
    CheckText(keywords[i], Thesis::kKeywordBytesMax, false, at, problems);
  }
}

bool HasText(absl::string_view text, absl::string_view wanted) {
  return absl::StrContains(absl::AsciiStrToLower(text), absl::AsciiStrToLower(wanted));
}

void CheckThesis(const Thesis& thesis, absl::string_view at, std::vector<FieldViolation>& violations) {
  Problems problems(at, violations);
  CheckTitle(thesis.title, problems);
  CheckAuthors(thesis.authors, problems);
  if (problems.CheckName(thesis.supervisor, "people", "supervisor") &&
      Contains(thesis.authors, thesis.supervisor)) {
    problems.Add("supervisor", "is an author; an author cannot supervise their own thesis");
  }
  if (!thesis.company_tutor.empty() && problems.CheckName(thesis.company_tutor, "people", "company_tutor") &&
      Contains(thesis.authors, thesis.company_tutor)) {
    problems.Add("company_tutor", "is an author; an author cannot be the company tutor of their own thesis");
  }
  if (problems.CheckName(thesis.programme, "programmes", "programme") && !thesis.cohort.empty()) {
    problems.CheckName(thesis.cohort, absl::StrCat(thesis.programme, "/cohorts"), "cohort");
  }
  CheckText(thesis.abstract, Thesis::kAbstractBytesMax, true, absl::StrCat(at, ".abstract"), violations);
  CheckKeywords(thesis.keywords, absl::StrCat(at, ".keywords"), violations);
  if (thesis.language != "fr" && thesis.language != "en") {
    problems.Add("language", absl::StrCat("is \"", thesis.language, "\"; \"fr\" and \"en\" are possible"));
  }
}

}  // namespace soutenance::submissions
