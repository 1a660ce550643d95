// against.cpp: Tables of the Model as the runtime makes them, compared with a database by it. The
// one file here with exceptions and without LLVM.
#include "utils/declorm-check/against.h"

#include "declorm/difference.h"
#include "declorm/engine.h"
#include "runtime/engine/dialect_names.h"
#include "runtime/model/concrete.h"
#include "runtime/orm/mapping/declarative_tables.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace declorm::check {
namespace {

/// The classes of one MetaData, and their tables.
struct Tables {
  MetaData metadata;
  std::map<std::string, const model::MappedClass *> classes; ///< by the table's full name
};

/// Adds the class's table. One that cannot be made is another check's finding.
void add(Tables &tables, const model::MappedClass &mapped) {
  model::TableDecl declared = mapped.table;
  if (mapped.deferred) { // what they name may be only in the database
    declared.constraints.clear();
    declared.indexes.clear();
  }
  if (tables.metadata.find_table(declared.full_name()))
    return;
  try {
    detail::declare_table(tables.metadata, declared);
    tables.classes.emplace(declared.full_name(), &mapped);
  } catch (const Error &) {
  }
}

/// Whether the class's annotations say anything about it.
bool concerns(const model::MappedClass &mapped, const Difference &difference) {
  switch (difference.kind) {
  case DifferenceKind::missing_table:
  case DifferenceKind::missing_column:
  case DifferenceKind::type:
    return true;
  case DifferenceKind::primary_key: // named: a member is said to be made by the database
    return !mapped.deferred || !difference.name.empty();
  case DifferenceKind::extra_column:
    return !mapped.deferred || !model::leaves_out(mapped, difference.name);
  default:
    return !mapped.deferred;
  }
}

model::Location place_of(const model::MappedClass &mapped, const Difference &difference) {
  for (const model::ColumnDecl &column : mapped.table.columns)
    if (column.name == difference.name && column.member)
      return column.member->location;
  return mapped.table.location;
}

} // namespace

bool compare_with(const model::Program &program, const std::string &url,
                  model::Diagnostics &findings, std::string &error) {
  try {
    model::Diagnostics own, ignored; // these are the other checks'
    const model::Mapping mapping = model::map(program, ignored);
    std::map<std::string, Tables> by_metadata;
    for (const model::MappedClass &mapped : mapping.classes)
      if (mapped.has_table())
        add(by_metadata[mapped.table.metadata], mapped);
    const Engine engine = create_engine(declorm::detail::url_of_existing(url, true));
    engine.connect();
    for (auto &[name, tables] : by_metadata)
      for (const Difference &difference : tables.metadata.compare(engine)) {
        const model::MappedClass &mapped = *tables.classes.at(difference.table);
        if (concerns(mapped, difference))
          own.push_back({drift_check,
                         model::Severity::warning,
                         to_string(difference),
                         place_of(mapped, difference),
                         {}});
      }
    const auto place = [](const model::Diagnostic &finding) {
      return std::tie(finding.location.file, finding.location.line, finding.location.column,
                      finding.message);
    };
    std::ranges::sort(own, {}, place);
    findings.insert(findings.end(), own.begin(), own.end());
    return true;
  } catch (const std::exception &caught) {
    error = caught.what();
    error = error.substr(0, error.find('\n')); // the statement is ours
    return false;
  }
}

} // namespace declorm::check
