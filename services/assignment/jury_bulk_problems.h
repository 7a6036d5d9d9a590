#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_JURY_BULK_PROBLEMS_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_JURY_BULK_PROBLEMS_H_

#include <string>

#include "services/assignment/jury_bulk.h"
#include "services/sheets/problem.h"

// Why a jury of a file, or of an undo, is refused. Internal to jury_bulk*.cc.
namespace soutenance::assignment {

// An error of that kind about the jury of `thesis`, at `place`, where `found` stands.
BulkProblem Refusal(const std::string& thesis, const sheets::Place& place, std::string kind,
                    std::string found, sheets::Sentence sentence);

// Nobody knows the thesis, or the caller may not.
BulkProblem ThesisUnknown(const std::string& thesis, const sheets::Place& place);

// The caller does not run `programme`, of which the thesis is.
BulkProblem NotYours(const std::string& thesis, const sheets::Place& place, const std::string& programme);

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_JURY_BULK_PROBLEMS_H_
