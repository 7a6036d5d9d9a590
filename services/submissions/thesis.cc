#include "services/submissions/thesis.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
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

}  // namespace

std::string Thesis::Name() const { return absl::StrCat("theses/", id); }

bool Thesis::HasPart(absl::string_view person) const {
  if (person.empty()) return false;
  return absl::string_view(supervisor) == person || absl::string_view(company_tutor) == person ||
         Contains(authors, person);
}

std::string Thesis::Serialize() const {
  RecordWriter out;
  out.Text(id).Integer(version).Text(title).Integer(static_cast<int64_t>(authors.size()));
  for (const std::string& author : authors) out.Text(author);
  out.Text(supervisor).Text(company_tutor).Text(programme).Text(cohort);
  out.Integer(confidential ? 1 : 0).Text(language).Integer(withdrawal ? 1 : 0);
  if (withdrawal) {
    out.Text(withdrawal->reason).Text(withdrawal->account).Integer(absl::ToUnixMicros(withdrawal->time));
  }
  return out.bytes();
}

absl::StatusOr<Thesis> Thesis::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  Thesis thesis;
  thesis.id = in.Text();
  thesis.version = in.Integer();
  thesis.title = in.Text();
  for (int64_t n = in.Integer(); n > 0 && !in.IsAtEnd(); --n) thesis.authors.push_back(in.Text());
  thesis.supervisor = in.Text();
  thesis.company_tutor = in.Text();
  thesis.programme = in.Text();
  thesis.cohort = in.Text();
  thesis.confidential = in.Integer() != 0;
  thesis.language = in.Text();
  if (in.Integer() != 0) {
    Withdrawal withdrawal{.reason = in.Text()};
    withdrawal.account = in.Text();
    withdrawal.time = absl::FromUnixMicros(in.Integer());
    thesis.withdrawal = std::move(withdrawal);
  }
  if (!in.IsComplete()) return absl::DataLossError("the bytes are not a thesis");
  return thesis;
}

absl::Status ThesisExists(absl::string_view id) {
  const std::string name = absl::StrCat("theses/", id);
  return Error(absl::StatusCode::kAlreadyExists,
               absl::StrCat(name, " exists already; update it, or choose another id"),
               {.reason = "THESIS_EXISTS", .metadata = {{"name", name}}});
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
  if (thesis.language != "fr" && thesis.language != "en") {
    problems.Add("language", absl::StrCat("is \"", thesis.language, "\"; \"fr\" and \"en\" are possible"));
  }
}

}  // namespace soutenance::submissions
