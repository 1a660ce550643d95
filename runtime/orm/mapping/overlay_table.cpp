// overlay_table.cpp: a whole class over the Table that somebody else made.
#include "runtime/orm/mapping/overlay.h"

#include "runtime/model/allow.h"
#include "runtime/model/concrete.h"

#include <algorithm>

namespace declorm::detail {

namespace {

class Overlay {
public:
  Overlay(const model::MappedClass &mapped, Table &table, const Dialect *reflected_by)
      : mapped_(mapped), table_(table), dialect_(reflected_by) {}

  void run() {
    for (std::size_t i = 0; i != mapped_.table.columns.size(); ++i)
      lay_over_column(mapped_.declarer(i), mapped_.table.columns[i], table_, dialect_);
    lay_over_arguments(mapped_, table_);
    check_key();
    check_discriminator();
    if (!table_.is_view())
      check_needed();
  }

private:
  void check_key() const {
    const std::string subject = describe(mapped_) + " maps to table '" + table_.full_name() +
                                (dialect_ ? "' of the database, " : "', ");
    if (!mapped_.root->mapper_key.empty() ||
        model::allows(mapped_.class_->annotations, "no-primary-key"))
      return;
    if (table_.primary_key().empty())
      throw ArgumentError(
          subject + "which has no primary key; " +
          (dialect_ ? "mark the member that identifies a row with [[using declorm: column, "
                      "primary_key]]"
                    : "give it one, or name the columns that tell its rows apart with "
                      "mapper_primary_key(\"column\")"));
    for (const Column *column : table_.primary_key())
      if (!is_mapped(*column))
        throw ArgumentError(subject + "whose primary key has the column '" + column->name() +
                            "', which no member stands for; add one of type " +
                            spelled_type(column->type(), dialect_));
  }

  void check_discriminator() const {
    const model::Annotation *named = model::find(mapped_.class_->annotations, "polymorphic_on");
    if (named && !mapped_.up() && !mapped_.discriminator)
      throw ArgumentError(describe(mapped_) + ": polymorphic_on names '" +
                          std::string(named->string()) +
                          "', which is no member with a column; add a member for it");
  }

  /// Refuses a column that each INSERT of the class's objects would have to give and none could.
  void check_needed() const {
    for (const Column *column : table_.columns()) {
      const bool is_made = column->server_default() || column->computed() ||
                           column->default_value() || column->autoincrement();
      if (column->nullable() || is_made || is_mapped(*column) ||
          model::leaves_out(mapped_, column->name()))
        continue;
      throw ArgumentError(
          describe(mapped_) + ": the column '" + column->name() + "' of table '" +
          table_.full_name() + "' is " + spelled_type(column->type(), dialect_) +
          " NOT NULL without a default, and no member stands for it, so that no object could be "
          "inserted; add a member, or say exclude_properties(\"" +
          column->name() + "\") on a class that only reads and changes rows");
    }
  }

  bool is_mapped(const Column &column) const {
    const auto &columns = mapped_.table.columns;
    return std::any_of(columns.begin(), columns.end(), [&](const model::ColumnDecl &declared) {
      return declared.name == column.name();
    });
  }

  const model::MappedClass &mapped_;
  Table &table_;
  const Dialect *dialect_;
};

} // namespace

void lay_over_table(const model::MappedClass &mapped, Table &table, const Dialect *reflected_by) {
  Overlay(mapped, table, reflected_by).run();
}

} // namespace declorm::detail
