#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_RPC_TESTING_ACCESS_ROWS_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_RPC_TESTING_ACCESS_ROWS_H_

#include <string>
#include <vector>

#include "services/base/confidentiality.h"

// The table of the test of who may see what. A new method of the module joins it by a line, and a new service
// by its name in ServiceNames and its lines; the test refuses a method without one.
namespace soutenance::submissions::access_test {

// What a method is about, which decides who may know of it.
enum class About { kNothing, kThesis, kProblem };

// What those find in the answer who may see it, and nobody else.
enum class Shows {
  kNothing,
  kTexts,         // title, abstract, keywords
  kDealings,      // reasons, opinions
  kDraft,         // a version of kind draft, or an upload
  kDeposit,       // a version that is read and defended
  kDisseminated,  // a version made for dissemination
};

struct Row {
  const char* method;   // "SubmissionsService/GetThesis"
  const char* request;  // in text format; nothing that would change anything
  About about = About::kThesis;
  Shows shows = Shows::kNothing;
  // Whether it gives a new name: names are taken from one set, and a taken one says so to those who could
  // take it.
  bool gives_a_name = false;
  // Whether what comes of it depends on the state: tried in every one, the others in those that matter to who
  // may see what.
  bool depends_on_state = false;
};

const std::vector<Row>& Rows();
// Full names: "soutenance.submissions.v1.SubmissionsService".
const std::vector<std::string>& ServiceNames();

}  // namespace soutenance::submissions::access_test

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_RPC_TESTING_ACCESS_ROWS_H_
