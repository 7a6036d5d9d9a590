#ifndef SOUTENANCE_CLIENTS_CLI_LAYOUT_H_
#define SOUTENANCE_CLIENTS_CLI_LAYOUT_H_

#include <string>
#include <utility>
#include <vector>

#include "clients/lib/language.h"
#include "clients/lib/terminal.h"
#include "soutenance/changes/v1/change.pb.h"

// Shapes that many answers share.
namespace soutenance::cli {

// One resource in full: a title and a line per fact. Facts without a value are left out.
using Facts = std::vector<std::pair<clients::Text, std::string>>;
std::string FactsText(const std::string& title, const Facts& facts, clients::Language language,
                      const clients::Terminal& terminal);

// A paragraph, wrapped and indented; `bullet` begins it ("- " or "").
std::string Paragraph(const std::string& text, int indent, const std::string& bullet,
                      const clients::Terminal& terminal);

// "3 added, 1 changed, 40 unchanged"; "none" if there is nothing at all.
std::string ChangeCounts(const changes::v1::ChangeList& changes, clients::Language language);

// The changes one by one, indented by two cells, at most `count_max` of them.
std::string ChangeLines(const changes::v1::ChangeList& changes, int count_max, clients::Language language);

// "1 defence", "2 defences": `one` and `many` without the number.
std::string Counted(int64_t count, clients::Text one, clients::Text many, clients::Language language);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_LAYOUT_H_
