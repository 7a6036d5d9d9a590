#ifndef SOUTENANCE_SERVICES_DIRECTORY_MUTATION_H_
#define SOUTENANCE_SERVICES_DIRECTORY_MUTATION_H_

#include "services/base/request_key.h"

namespace soutenance::directory {

// How a call that changes something is carried out.
struct Mutation {
  RequestKey request;          // a repetition of the same call returns its first result
  bool validate_only = false;  // everything is checked and the result returned, nothing is written
};

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_MUTATION_H_
