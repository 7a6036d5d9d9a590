#include "services/assignment/jury_file.h"

#include <map>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/sheets/columns.h"
#include "services/sheets/sheet.h"
#include "services/sheets/write.h"

namespace soutenance::assignment {
namespace {

using sheets::Choice;
using sheets::ColumnFormat;
using sheets::Language;
using sheets::Name;
using sheets::Need;

// Where the columns of a kind stand in its format; -1: it has none.
struct Columns {
  int thesis = 0;
  int person = 1;
  int role = 2;
  int mode = 3;
  int revision = 4;
};

const std::vector<ColumnFormat>& FormatOf(JuryFileKind kind) {
  static const auto* const juries = new std::vector<ColumnFormat>{{{"thesis", "memoire"}, Need::kRequired},
                                                                  {{"person", "personne"}, Need::kRequired},
                                                                  {{"role", "role"}, Need::kRequired},
                                                                  {{"mode", "mode"}},
                                                                  {{"revision", "revision"}}};
  static const auto* const reviewers =
      new std::vector<ColumnFormat>{{{"thesis", "memoire"}, Need::kRequired},
                                    {{"person", "personne"}, Need::kRequired},
                                    {{"mode", "mode"}},
                                    {{"revision", "revision"}}};
  return kind == JuryFileKind::kReviewers ? *reviewers : *juries;
}

Columns ColumnsOf(JuryFileKind kind) {
  if (kind == JuryFileKind::kReviewers) return {.role = -1, .mode = 2, .revision = 3};
  return {};
}

const std::vector<Choice<Seat::Role>>& Roles() {
  static const auto* const roles = new std::vector<Choice<Seat::Role>>{
      {{"president", "president"}, Seat::Role::kPresident},
      {{"supervisor", "encadrant"}, Seat::Role::kSupervisor},
      {{"reviewer", "rapporteur"}, Seat::Role::kReviewer},
      {{"examiner", "examinateur"}, Seat::Role::kExaminer},
      {{"company_tutor", "tuteur_entreprise"}, Seat::Role::kCompanyTutor},
      {{"guest", "invite"}, Seat::Role::kGuest},
  };
  return *roles;
}

const std::vector<Choice<Seat::Mode>>& Modes() {
  static const auto* const modes = new std::vector<Choice<Seat::Mode>>{
      {{"on_site", "sur place"}, Seat::Mode::kOnSite}, {{"remote", "visio"}, Seat::Mode::kRemote}};
  return *modes;
}

template <typename E>
std::string WordOf(const std::vector<Choice<E>>& choices, E value, Language language) {
  for (const Choice<E>& choice : choices) {
    if (choice.value == value)
      return std::string(language == Language::kFrench ? choice.name.fr : choice.name.en);
  }
  return "";
}

class Reader {
 public:
  Reader(JuryFileKind kind, JuryFileReading& reading) : columns_(ColumnsOf(kind)), reading_(reading) {}

  void Read(const sheets::Sheet& sheet) {
    for (int i = 0; i < sheet.table().row_count(); ++i) {
      sheets::RowReader row(sheet, i, reading_.problems);
      ReadRow(row);
      if (is_full_) return;
    }
  }

 private:
  void ReadRow(sheets::RowReader& row) {
    const std::string thesis = row.Id(columns_.thesis);
    FiledSeat filed{.place = row.PlaceOf(columns_.person), .found = std::string(row.Raw(columns_.person))};
    const std::string person = row.Id(columns_.person);
    if (!person.empty()) filed.seat.person = absl::StrCat("people/", person);
    filed.seat.role =
        columns_.role < 0 ? Seat::Role::kReviewer : row.OneOf(columns_.role, Roles(), Seat::Role::kExaminer);
    filed.seat.mode = row.OneOf(columns_.mode, Modes(), Seat::Mode::kOnSite);
    const std::optional<int64_t> base = Revision(row);
    if (thesis.empty()) return;
    FiledJury* const jury = JuryOf(row, thesis);
    if (jury == nullptr) return;
    if (row.ok()) Add(row, *jury, std::move(filed), base);
    if (!row.ok()) jury->is_sound = false;
  }

  std::optional<int64_t> Revision(sheets::RowReader& row) {
    if (row.IsEmpty(columns_.revision)) return std::nullopt;
    int64_t revision = 0;
    if (absl::SimpleAtoi(row.Raw(columns_.revision), &revision) && revision >= 0) return revision;
    row.Refuse(columns_.revision, "revision_invalid",
               {"expected the number that an export wrote here, or nothing",
                "le numéro écrit ici par un export est attendu, ou rien"});
    return std::nullopt;
  }

  FiledJury* JuryOf(sheets::RowReader& row, const std::string& thesis) {
    const auto [at, is_new] = places_.try_emplace(thesis, reading_.juries.size());
    if (!is_new) return &reading_.juries[at->second];
    if (reading_.juries.size() == JuryFileReading::kThesesMax) {
      is_full_ = true;
      row.Refuse(
          columns_.thesis, "theses_too_many",
          {absl::StrCat("the file is about more than ", JuryFileReading::kThesesMax, " theses; split it"),
           absl::StrCat("le fichier concerne plus de ", JuryFileReading::kThesesMax,
                        " mémoires ; divisez-le")});
      return nullptr;
    }
    reading_.juries.push_back({.thesis = thesis, .place = row.PlaceOf(columns_.thesis)});
    return &reading_.juries.back();
  }

  // Lines of one thesis must not contradict each other.
  void Add(sheets::RowReader& row, FiledJury& jury, FiledSeat filed, std::optional<int64_t> base) {
    for (const FiledSeat& other : jury.seats) {
      if (other.seat.person != filed.seat.person) continue;
      row.Refuse(columns_.person, "person_repeated",
                 {absl::StrCat("this person already has a seat on this jury on line ", other.place.line,
                               "; keep one of the two lines"),
                  absl::StrCat("cette personne siège déjà à ce jury, ligne ", other.place.line,
                               " ; ne gardez qu'une des deux lignes")});
      return;
    }
    if (base && jury.base && *base != *jury.base) {
      row.Refuse(
          columns_.revision, "revision_contradicts",
          {absl::StrCat("line ", jury.base_place.line, " says ", *jury.base,
                        " for the same thesis; all lines of a thesis have the same revision"),
           absl::StrCat("la ligne ", jury.base_place.line, " dit ", *jury.base,
                        " pour le même mémoire ; toutes les lignes d'un mémoire ont la même révision")});
      return;
    }
    if (base && !jury.base) {
      jury.base = base;
      jury.base_place = row.PlaceOf(columns_.revision);
    }
    if (jury.seats.size() == Jury::kSeatsMax) {
      row.Refuse(columns_.thesis, "jury_too_large",
                 {absl::StrCat("a jury has at most ", Jury::kSeatsMax, " members"),
                  absl::StrCat("un jury a au plus ", Jury::kSeatsMax, " membres")});
      return;
    }
    jury.seats.push_back(std::move(filed));
  }

  const Columns columns_;
  JuryFileReading& reading_;
  std::map<std::string, std::size_t> places_;  // by thesis
  bool is_full_ = false;
};

}  // namespace

JuryFileReading ReadJuryFile(JuryFileKind kind, const std::string& file, absl::string_view bytes) {
  JuryFileReading reading;
  const std::optional<sheets::Sheet> sheet = sheets::ReadSheet(file, bytes, FormatOf(kind), reading.problems);
  if (sheet && sheet->IsReadable()) Reader(kind, reading).Read(*sheet);
  return reading;
}

std::string WriteJuryFile(JuryFileKind kind, const std::vector<Jury>& juries, Language language) {
  const bool is_french = language == Language::kFrench;
  const char separator = is_french ? ';' : ',';
  std::string csv = is_french ? "\xEF\xBB\xBF" : "";
  std::vector<std::string> header;
  for (const ColumnFormat& column : FormatOf(kind)) {
    header.emplace_back(is_french ? column.name.fr : column.name.en);
  }
  sheets::AppendRow(csv, header, separator);
  for (const Jury& jury : juries) {
    for (const Seat& seat : jury.seats) {
      if (kind == JuryFileKind::kReviewers && seat.role != Seat::Role::kReviewer) continue;
      std::vector<std::string> cells = {jury.thesis, seat.person.substr(seat.person.find('/') + 1)};
      if (kind == JuryFileKind::kJuries) cells.push_back(WordOf(Roles(), seat.role, language));
      cells.push_back(WordOf(Modes(), seat.mode, language));
      cells.push_back(absl::StrCat(jury.version));
      sheets::AppendRow(csv, cells, separator);
    }
  }
  return csv;
}

std::string JuryFileName(JuryFileKind kind, Language language) {
  const bool is_french = language == Language::kFrench;
  if (kind == JuryFileKind::kReviewers) return is_french ? "rapporteurs.csv" : "reviewers.csv";
  return is_french ? "jurys.csv" : "juries.csv";
}

}  // namespace soutenance::assignment
