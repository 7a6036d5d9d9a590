#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_TESTING_SAMPLES_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_TESTING_SAMPLES_H_

#include <ostream>
#include <set>
#include <string>
#include <vector>

namespace soutenance::submissions::inspect::testing {

// A file that is made for tests, and what must be found in it.
struct Sample {
  std::string name;
  std::string bytes;
  std::set<std::string> reasons;  // all but OK

  friend void PrintTo(const Sample& sample, std::ostream* out) { *out << sample.name; }
};

// Archives, PDFs, and other files, sound and malformed.
std::vector<Sample> ZipSamples();
std::vector<Sample> PdfSamples();
std::vector<Sample> OtherSamples();

// A document of Word with this body and these footnotes, and one of LibreOffice, with the namespaces "w",
// "mc", "text" and "office".
std::string MakeDocx(const std::string& body, const std::string& footnotes = "");
std::string MakeOdt(const std::string& body);

// A PDF with these objects, numbered from 1, the first of which is the catalogue.
std::string MakePdf(const std::vector<std::string>& objects, const std::string& trailer = "");

// A PDF of one page that says `text`, whose catalogue and page also have these entries, and with further
// objects, from number 8 on. All of its letters are in the file.
struct PdfParts {
  std::string text = "Bonjour";
  std::string catalogue;
  std::string page;
  std::vector<std::string> objects;
};
std::string MakePagePdf(const PdfParts& parts = {});

}  // namespace soutenance::submissions::inspect::testing

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_TESTING_SAMPLES_H_
