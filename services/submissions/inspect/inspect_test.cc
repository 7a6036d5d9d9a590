// The inspector as the server runs it: a child process, for each of the files that were made to break it.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/submissions/inspect/child_inspector.h"
#include "services/submissions/inspect/report.h"
#include "services/submissions/inspect/testing/samples.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::submissions::inspect {
namespace {

using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::HasSubstr;
using testing::Sample;

// An inspector of `bytes`.
ChildInspector Of(const std::string& bytes, const std::string& program = SOUTENANCE_INSPECT,
                  absl::Duration time_max = absl::Minutes(1)) {
  return ChildInspector(
      program,
      [bytes](absl::string_view) -> absl::StatusOr<int> {
        const int descriptor = memfd_create("sample", MFD_CLOEXEC);
        EXPECT_EQ(write(descriptor, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
        return descriptor;
      },
      time_max);
}

std::set<std::string> ReasonsOf(const Inspection& inspection) {
  std::set<std::string> reasons;
  for (const Finding& finding : inspection.findings) {
    if (finding.reason != "OK") reasons.insert(finding.reason);
  }
  return reasons;
}

class EverySample : public ::testing::TestWithParam<Sample> {};

TEST_P(EverySample, BringsWhatIsWrongWithIt) {
  const Sample& sample = GetParam();
  ChildInspector inspector = Of(sample.bytes);
  const absl::Time begin = absl::Now();
  const auto inspection = inspector.Inspect({}, {});
  ASSERT_OK(inspection);
  EXPECT_EQ(ReasonsOf(*inspection), sample.reasons);
  EXPECT_FALSE(inspection->media_type.empty());
  EXPECT_LT(absl::Now() - begin, absl::Seconds(20)) << "two seconds on a machine that does nothing else";
}

std::string NameOf(const ::testing::TestParamInfo<Sample>& sample) { return sample.param.name; }

INSTANTIATE_TEST_SUITE_P(Archives, EverySample, ::testing::ValuesIn(testing::ZipSamples()), NameOf);
INSTANTIATE_TEST_SUITE_P(Pdfs, EverySample, ::testing::ValuesIn(testing::PdfSamples()), NameOf);
INSTANTIATE_TEST_SUITE_P(Others, EverySample, ::testing::ValuesIn(testing::OtherSamples()), NameOf);

TEST(Samples, AreMoreThanForty) {
  EXPECT_GT(testing::ZipSamples().size() + testing::PdfSamples().size() + testing::OtherSamples().size(),
            80u);
}

TEST(ChildInspector, ExtractsTheTextOfPagesAndCountsThem) {
  const auto inspection = Of(testing::MakePagePdf({.text = "Bonjour"})).Inspect({}, {});
  ASSERT_OK(inspection);
  EXPECT_EQ(inspection->media_type, "application/pdf");
  EXPECT_EQ(inspection->pages, 1);
  EXPECT_THAT(inspection->text, HasSubstr("Bonjour"));
  EXPECT_FALSE(inspection->text_cut_off);
}

TEST(ChildInspector, ExtractsTheTextOfWordDocuments) {
  const auto inspection =
      Of(testing::MakeDocx(
             "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr>"
             "<w:r><w:t>Été</w:t><w:tab/><w:t xml:space=\"preserve\"> à l&#8217;école</w:t></w:r></w:p>"
             "<w:p><w:del><w:r><w:delText>retiré</w:delText></w:r></w:del>"
             "<w:moveFrom><w:r><w:t>parti</w:t></w:r></w:moveFrom>"
             "<w:ins><w:r><w:t>ajouté</w:t><w:br/><w:t>en "
             "bas</w:t><w:instrText>PAGE</w:instrText></w:r></w:ins>"
             "</w:p><w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"
             "<w:p><w:r><w:lastRenderedPageBreak/><w:t>page 2</w:t></w:r></w:p>"
             "<w:p><mc:AlternateContent><mc:Choice><w:r><w:t>une fois</w:t></w:r></mc:Choice>"
             "<mc:Fallback><w:r><w:t>deux fois</w:t></w:r></mc:Fallback></mc:AlternateContent>"
             "<w:r><w:lastRenderedPageBreak/><w:t>page 3</w:t></w:r></w:p>",
             "<w:footnote><w:p><w:r><w:t>une note</w:t></w:r></w:p></w:footnote>"))
          .Inspect({}, {});
  ASSERT_OK(inspection);
  EXPECT_EQ(inspection->media_type, "application/vnd.openxmlformats-officedocument");
  EXPECT_EQ(inspection->text, "Été\t à l’école\najouté\nen bas\n\f\npage 2\nune fois\fpage 3\nune note\n");
  EXPECT_THAT(inspection->findings, ::testing::Contains(Finding{"text", "OK", ""}));
}

TEST(ChildInspector, ExtractsTheTextOfOpenDocuments) {
  const auto inspection =
      Of(testing::MakeOdt("<text:tracked-changes><text:p>retiré</text:p></text:tracked-changes>"
                          "<text:h>Titre</text:h><text:p>Un<text:s text:c=\"2\"/>deux<text:tab/>trois"
                          "<text:span> quatre</text:span><text:line-break/>cinq"
                          "<office:annotation><text:p>à revoir</text:p></office:annotation></text:p> hors "
                          "<text:p>fin<text:soft-page-break/> de page</text:p>"))
          .Inspect({}, {});
  ASSERT_OK(inspection);
  EXPECT_EQ(inspection->media_type, "application/vnd.oasis.opendocument");
  EXPECT_EQ(inspection->text, "Titre\nUn  deux\ttrois quatre\ncinq\nfin\f de page\n");
}

TEST(ChildInspector, KeepsWhatCanBeReadOfADocument) {
  const auto inspection =
      Of(testing::MakeDocx("<w:p><w:r><w:t>Bonjour</w:t></w:r></w:p><w:p><w:r></w:p>")).Inspect({}, {});
  ASSERT_OK(inspection);
  EXPECT_EQ(inspection->text, "Bonjour\n");
  EXPECT_THAT(ReasonsOf(*inspection), ::testing::ElementsAre("TEXT_BROKEN"));
  std::string long_body;
  for (int i = 0; i < 300'000; ++i) long_body += "<w:p><w:r><w:t>seize caractères</w:t></w:r></w:p>";
  const auto cut_off = Of(testing::MakeDocx(long_body)).Inspect({}, {});
  ASSERT_OK(cut_off);
  EXPECT_TRUE(cut_off->text_cut_off);
  EXPECT_GT(cut_off->text.size(), Inspection::kTextBytesMax - 100);
  EXPECT_THAT(ReasonsOf(*cut_off), ::testing::IsEmpty());
}

TEST(ChildInspector, KeepsOnlyTheBeginningOfALongText) {
  const auto inspection = Of(std::string(Inspection::kTextBytesMax + 1, 'a')).Inspect({}, {});
  ASSERT_OK(inspection);
  EXPECT_EQ(inspection->text.size(), Inspection::kTextBytesMax);
  EXPECT_TRUE(inspection->text_cut_off);
}

TEST(ChildInspector, ReadsTheTextOfOlderPrograms) {
  const auto inspection = Of("Un m\xe9moire en texte.\n").Inspect({}, {});
  ASSERT_OK(inspection);
  EXPECT_EQ(inspection->media_type, "text/plain");
  EXPECT_EQ(inspection->text, "Un m\xc3\xa9moire en texte.\n");
}

// Programs that stand in for an inspector that a file got the better of.
TEST(ChildInspector, SaysOfAChildThatCrashesThatItFailed) {
  const auto inspection = Of("x", SOUTENANCE_BAD_CHILD_CRASHES).Inspect({}, {});
  ASSERT_OK(inspection);
  // It tells its own priority: it stands back from its very start, and the server does not.
  const std::string priority = absl::StrCat("priority ", std::max(10, getpriority(PRIO_PROCESS, 0)));
  EXPECT_THAT(inspection->findings, ::testing::ElementsAre(Finding{"file_type", "OK", priority},
                                                           Finding{"pdf_fonts", "INSPECTION_CRASHED", ""}))
      << "what was found before stays";
}

TEST(ChildInspector, EndsAChildThatTakesTooLong) {
  const absl::Time begin = absl::Now();
  const auto inspection = Of("x", SOUTENANCE_BAD_CHILD_SLEEPS, absl::Milliseconds(300)).Inspect({}, {});
  ASSERT_OK(inspection);
  EXPECT_THAT(inspection->findings, ::testing::ElementsAre(Finding{"file_type", "INSPECTION_TIMED_OUT", ""}));
  EXPECT_LT(absl::Now() - begin, absl::Seconds(20));
}

TEST(ChildInspector, EndsAChildThatSaysTooMuch) {
  const auto inspection = Of("x", SOUTENANCE_BAD_CHILD_TALKS).Inspect({}, {});
  ASSERT_OK(inspection);
  EXPECT_THAT(inspection->findings, ::testing::Contains(Finding{"file_type", "INSPECTION_TOO_LARGE", ""}));
}

TEST(ChildInspector, StopsWhenTheServerDoes) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THAT(Of("x", SOUTENANCE_BAD_CHILD_SLEEPS).Inspect({}, stop.get_token()),
              StatusIs(absl::StatusCode::kCancelled));
}

TEST(ChildInspector, IsUnavailableWithoutItsProgram) {
  EXPECT_THAT(Of("x", "/nowhere/soutenance-inspect").Inspect({}, {}),
              StatusIs(absl::StatusCode::kUnavailable, Reason("INSPECTOR_MISSING")));
}

TEST(Report, IsNotBelieved) {
  const ReadReport report = ParseReport(
      "stage nothing\ntype not a type\npages -3\nfinding pdf_fonts NO_SUCH_REASON\nfinding pdf_fonts "
      "PDF_LAUNCH\n"
      "finding nothing OK\nfinding text TEXT_NONE \x1b[2J\xff\xe2\x80\xae\ntext 99999999999 0\n");
  EXPECT_FALSE(report.complete);
  EXPECT_EQ(report.stage, "");
  EXPECT_EQ(report.inspection.media_type, "");
  EXPECT_EQ(report.inspection.pages, 0);
  EXPECT_THAT(report.inspection.findings, ::testing::ElementsAre(Finding{"text", "TEXT_NONE", "?[2J??"}));
  EXPECT_EQ(report.inspection.text, "");
}

TEST(Report, KeepsTextWithoutWhatIsNoText) {
  EXPECT_EQ(ParseReport("text 8 1\nA\x01\xff\n\x0c"
                        "B\xc3\xa9\nend\n")
                .inspection.text,
            "A?\n\x0c"
            "B\xc3\xa9");
}

}  // namespace
}  // namespace soutenance::submissions::inspect
