// reflected_tables.h: Tables from what a dialect reads of a database.
#ifndef DECLORM_REFLECTION_REFLECTED_TABLES_H
#define DECLORM_REFLECTION_REFLECTED_TABLES_H

#include "runtime/engine/schema_reader.h"

#include <functional>

namespace declorm::detail {

using TableFilter = std::function<bool(const TableName &name)>;

/// What there is in a schema, temporary tables among it if it is the default one.
std::vector<TableName> read_names(const Engine &engine, std::string_view schema);

/// What `options` ask for, without what `is_known`: in one transaction. Throws NoSuchTableError.
std::vector<ReflectedTable> read_tables(const Engine &engine, const ReflectOptions &options,
                                        const TableFilter &is_known);

/// Those tables and views of a schema that `is_wanted`, be they as many as they may; `names`: of
/// all that there are.
std::vector<ReflectedTable> read_tables_there(const Engine &engine, const std::string &schema,
                                              const TableFilter &is_wanted,
                                              std::vector<std::string> &names);

/// The tables of a schema that `metadata` has. It must live as long as the filter.
TableFilter known_tables(MetaData &metadata, const std::string &schema, const Dialect &dialect);

/// Takes columns out of the table, and all that needs one of them; of its checks, and of the
/// indexes that have expressions or conditions, nobody knows, so that they go too. What went with
/// the columns, as "the unique constraint 'x' (a, b)".
std::vector<std::string> keep_columns(ReflectedTable &table,
                                      const std::function<bool(const std::string &)> &is_kept);

/// A Table that is not in `metadata` yet. `schema`: as it was asked for.
std::unique_ptr<Table> make_table(MetaData &metadata, ReflectedTable reflected,
                                  const std::string &schema);

} // namespace declorm::detail

#endif // DECLORM_REFLECTION_REFLECTED_TABLES_H
