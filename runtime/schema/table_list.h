// table_list.h: what a MetaData holds.
#ifndef DECLORM_SCHEMA_TABLE_LIST_H
#define DECLORM_SCHEMA_TABLE_LIST_H

#include "declorm/schema.h"

#include <mutex>
#include <unordered_map>

namespace declorm::detail {

/// The tables of a MetaData, and the lock that each of its functions holds.
struct TableList {
  std::recursive_mutex mutex;
  std::vector<std::unique_ptr<Table>> tables;
  std::vector<std::unique_ptr<Table>> unions; ///< tables() and find_table() leave these out
  std::unordered_map<std::string_view, Table *> by_name; ///< each of `tables` by its full_name()
  std::optional<NamingConvention> naming;
  void (*at_end)(const MetaData &ended) = nullptr;
};

} // namespace declorm::detail

#endif // DECLORM_SCHEMA_TABLE_LIST_H
