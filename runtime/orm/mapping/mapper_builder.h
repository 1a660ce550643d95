// mapper_builder.h: how a MapperState is made.
#ifndef DECLORM_ORM_MAPPING_MAPPER_BUILDER_H
#define DECLORM_ORM_MAPPING_MAPPER_BUILDER_H

#include "runtime/orm/mapping/mapper_state.h"
#include "runtime/orm/mapping/registered_classes.h"

namespace declorm::detail {

/// Makes the MapperState of one class from its mapping and its registration, once.
class MapperBuilder {
public:
  /// `table`: the one that the class's own columns stand in; `parent`: of the class that it shares
  /// rows with, or null.
  MapperBuilder(const model::MappedClass &mapped, Table &table, MapperState *parent,
                const RegisteredClasses &classes)
      : mapped_(mapped), table_(table), parent_(parent), classes_(classes) {}

  /// Throws ArgumentError for what only the registration and tables that were made by hand show.
  std::unique_ptr<MapperState> build();

private:
  void set_class();
  void add_bases(const Class &class_, std::uint64_t offset);
  void reserve(std::size_t columns);
  void set_parts();
  std::vector<const Column *> key_columns(const Table &table) const;
  void set_key();
  /// A column of the class's own table and the one above that equals it.
  using Pairs = std::vector<std::pair<const Column *, const Column *>>;
  Pairs inherited_join() const;
  Pairs made_join(const model::Function &function) const;
  void set_joins();
  void set_mirrors();
  void set_discriminator();
  void set_version();
  void set_packed();
  void add_expressions();
  void set_deferred_bits();
  void add_hooks();
  void add_expression(const model::ExpressionDecl &declared);

  // mapped_columns.cpp
  void add_columns();
  void add_attribute(const model::AttributeDecl &attribute);
  /// `tables`: those that have the column, the class's own first.
  unsigned add_column(const model::ColumnDecl &declared, const std::vector<Table *> &tables,
                      const std::vector<std::string> &column_names = {});
  void add_to_part(TablePart &part, const Column &column, unsigned position, bool is_first);
  void set_place(const model::ColumnDecl &declared, Field &field, MemberPlace &info);
  /// Without the first `skipped` ones, and in an object that begins at `begin` of the class.
  const Gate *gate_of(const model::ColumnDecl &declared, std::size_t skipped = 0,
                      std::uint64_t begin = 0);
  void add_to_composite(const model::ColumnDecl &declared, const Field &field, unsigned position);
  void fill_gates();
  void set_defaults(const model::ColumnDecl &declared, const Column &column, ColumnInfo &info);
  void set_unset(const model::ColumnDecl &declared, const Column &made, ColumnInfo &info);

  const model::MappedClass &mapped_;
  Table &table_;
  MapperState *parent_;
  const RegisteredClasses &classes_;
  // The class that declared the last column. Most often it declares the next one too.
  const model::Class *declaring_ = nullptr;
  const Class *registered_declaring_ = nullptr;
  std::vector<Field> fields_; ///< for MapperState::set_fields()
  std::unique_ptr<MapperState> state_ = std::make_unique<MapperState>();
};

/// How a member lies in memory. Its place in the class is set later.
Field field_of(const model::Member &member);

} // namespace declorm::detail

#endif // DECLORM_ORM_MAPPING_MAPPER_BUILDER_H
