// class_tables.h: the MetaData of the program and the Table of each class.
#ifndef DECLORM_ORM_MAPPING_CLASS_TABLES_H
#define DECLORM_ORM_MAPPING_CLASS_TABLES_H

#include "runtime/orm/mapping/overlay.h"

#include <map>
#include <set>
#include <unordered_map>

namespace declorm::detail {

/// Each MetaData that classes have tables in, and which Table is whose: declared by the class,
/// given by the program, or reflected from a database. Not locked: its owner is.
class ClassTables {
public:
  /// Returns the MetaData of that name, which is made if there is none.
  MetaData &metadata(std::string_view name);
  /// Returns the name of a MetaData; one that the program made gets one that no class can say.
  std::string name_of(MetaData &metadata);
  /// Returns the table of that name in that MetaData; null if there is none.
  Table *find_table(std::string_view metadata_name, std::string_view table_name) const;

  /// Returns the table of the class of that key; null if it has none yet, or none of its own.
  Table *table_of(std::string_view key) const;
  /// Makes the table that the class declares, and those of the classes above it, if that was not
  /// done.
  void declare(const model::MappedClass &mapped);
  /// Makes the columns of a `row` struct, which stand in no MetaData of the program.
  Table &declare_row(const model::MappedClass &row);
  /// Returns the table that table_from gives the class. Throws ArgumentError if it gives none.
  Table &given(const model::MappedClass &mapped);
  /// Lays what the class says over the table that it was given. Throws ArgumentError.
  void lay_over(const model::MappedClass &mapped, Table &table) {
    overlay_.lay_over(mapped, table);
  }
  /// Returns a name for a union of tables that no other table or union has: several unions may
  /// stand in one statement.
  std::string free_union_name(MetaData &metadata_of_parts);

  /// Lays a class that a call maps over the table that the call gave. Throws ArgumentError.
  void lay_over_called(const model::MappedClass &mapped) {
    overlay_.lay_over_called(mapped, *table_of(mapped.table_class->class_->key));
  }

  /// Notes the table that was reflected, or given, for a class, or forgets it.
  void set_reflected(const std::string &key, Table &table) { tables_[key] = {&table, true}; }
  void set_given(const std::string &key, Table &table) {
    tables_[key] = {&table, !table.union_definition()};
  }
  void forget(const std::string &key) { tables_.erase(key); }
  /// Forgets a MetaData of the program that ends.
  void forget(const MetaData &metadata) {
    std::erase_if(metadata_, [&](const auto &known) { return known.second.metadata == &metadata; });
  }
  /// Returns what the tables that were reflected or given say of their columns and keys.
  model::ReflectedShapes reflected_shapes() const;

private:
  struct ClassTable {
    Table *table = nullptr;
    bool is_reflected = false; ///< or given: its columns are not those that the class declares
  };
  struct KnownMetaData {
    std::unique_ptr<MetaData> owned; ///< null: the program made it
    MetaData *metadata = nullptr;
  };

  std::map<std::string, KnownMetaData, std::less<>> metadata_;
  unsigned named_ = 0; ///< how many of the program's MetaData got a name
  std::unordered_map<std::string, ClassTable> tables_;  ///< by key of the class
  std::vector<std::unique_ptr<MetaData>> row_metadata_; ///< one for each `row` struct
  std::set<std::string> union_names_;
  GivenTables overlay_;
};

} // namespace declorm::detail

#endif // DECLORM_ORM_MAPPING_CLASS_TABLES_H
