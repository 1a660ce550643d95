// polymorphic_union.cpp: a Table that is the union of others: its columns and key.
#include "declorm/schema.h"

#include "runtime/ascii.h"
#include "runtime/engine/type_rules.h"
#include "runtime/schema/table_list.h"

#include <algorithm>

namespace declorm {

namespace {

/// Types go together in one column of a union as PostgreSQL, the strictest of the databases, has
/// it: those with values of one form do, and all numbers.
bool go_together(const Type &left, const Type &right) {
  using detail::StoredForm;
  const auto form_of = [](const Type &type) {
    const StoredForm form = detail::TypeRules().form_of(type);
    return form == StoredForm::real ? StoredForm::integer : form;
  };
  const StoredForm one = form_of(left), other = form_of(right);
  return one == StoredForm::any || other == StoredForm::any ||
         (one == other && left.exact == right.exact);
}

const char *name_of(const Type &type) {
  constexpr const char *names[] = {"no type", "Integer",  "SmallInteger",     "BigInteger",
                                   "Boolean", "Float",    "Double",           "Numeric",
                                   "String",  "Text",     "LargeBinary",      "Date",
                                   "Time",    "DateTime", "Interval",         "Enum",
                                   "Uuid",    "Json",     "a type of its own"};
  return names[static_cast<std::size_t>(type.kind)];
}

bool is_text(const Value &identity) { return std::holds_alternative<std::string>(identity.data()); }

/// Puts together what a union is made of; reports what does not fit.
class UnionBuilder {
public:
  UnionBuilder(const std::string &name, const detail::UnionDefinition &definition)
      : title_("polymorphic_union '" + name + "'"), definition_(definition) {
    if (definition.parts.empty())
      fail("it has no tables; give at least one");
    for (auto part = definition.parts.begin(); part != definition.parts.end(); ++part)
      check_part(part);
    for (const UnionPart &part : definition.parts)
      for (const auto &column : part.table->owned_columns())
        add(*column);
  }

  std::vector<Column> columns() const {
    std::vector<Column> columns;
    for (const std::vector<const Column *> &same : columns_)
      columns.push_back(column_of(same));
    if (definition_.type_column.empty())
      return columns;
    const auto has = [&](auto test) {
      return std::ranges::any_of(definition_.parts,
                                 [&](const UnionPart &part) { return test(part.identity); });
    };
    Column &type =
        columns.emplace_back(definition_.type_column, has(is_text) ? Type(String) : Type(Integer));
    if (!has([](const Value &identity) { return identity.is_null(); }))
      type.apply(not_null);
    return columns;
  }

  /// The columns that are key in all parts, in the order of the first one's key.
  std::vector<std::string> key() const {
    std::vector<std::string> key;
    for (const Column *column : definition_.parts.front().table->primary_key())
      for (const std::vector<const Column *> &same : columns_)
        if (same.front() == column && is_in_all(same) &&
            std::ranges::all_of(same, [](const Column *each) { return each->primary_key(); }))
          key.push_back(column->name());
    return key;
  }

private:
  using Part = std::vector<UnionPart>::const_iterator;

  [[noreturn]] void fail(const std::string &what) const {
    throw ArgumentError(title_ + ": " + what);
  }
  bool is_in_all(const std::vector<const Column *> &same) const {
    return same.size() == definition_.parts.size();
  }
  void check_part(Part part) const;
  void check_identity(Part part) const;
  void add(const Column &column);
  Column column_of(const std::vector<const Column *> &same) const;

  std::string title_;
  const detail::UnionDefinition &definition_;
  std::vector<std::vector<const Column *>> columns_; ///< those of one name, in the parts' order
};

void UnionBuilder::check_part(Part part) const {
  const Part first = definition_.parts.begin();
  const std::string &name = part->table->full_name();
  if (&part->table->metadata() != &first->table->metadata())
    fail("the tables " + first->table->full_name() + " and " + name +
         " belong to different MetaData");
  if (std::any_of(first, part, [&](const UnionPart &known) { return known.table == part->table; }))
    fail("the table " + name + " is in it twice");
  if (!definition_.type_column.empty())
    check_identity(part);
}

void UnionBuilder::check_identity(Part part) const {
  const Part first = definition_.parts.begin();
  const std::string &name = part->table->full_name();
  const Value &identity = part->identity;
  const bool is_known = identity.is_null() || is_text(identity) ||
                        std::holds_alternative<std::int64_t>(identity.data());
  if (!is_known)
    fail("the identity " + identity.to_string() + " of table " + name +
         " is neither text nor an integer");
  for (Part known = first; known != part; ++known) {
    const bool any_null = identity.is_null() || known->identity.is_null();
    if (!any_null && is_text(identity) != is_text(known->identity))
      fail("the identities " + known->identity.to_string() + " of table " +
           known->table->full_name() + " and " + identity.to_string() + " of table " + name +
           " are of different types; one column holds both");
    if (known->identity == identity)
      fail("the tables " + known->table->full_name() + " and " + name + " have the same identity " +
           identity.to_string() +
           "; give each one of its own, so that their rows can be told apart");
  }
}

void UnionBuilder::add(const Column &column) {
  const std::string full_name = column.table().full_name() + "." + column.name();
  if (detail::ascii_lower(column.name()) == detail::ascii_lower(definition_.type_column))
    fail("the type column '" + definition_.type_column + "' would hide the column " + full_name +
         "; give it another name");
  for (std::vector<const Column *> &same : columns_) {
    const Column &first = *same.front();
    if (detail::ascii_lower(first.name()) != detail::ascii_lower(column.name()))
      continue;
    const std::string both =
        "the columns " + first.table().full_name() + "." + first.name() + " and " + full_name;
    if (first.name() != column.name())
      fail(both + " differ in upper and lower case only; spell them in one way");
    if (!go_together(first.type(), column.type()))
      fail(both + " would be one column, and their types " + name_of(first.type()) + " and " +
           name_of(column.type()) + " do not go together; rename one of them");
    same.push_back(&column);
    return;
  }
  columns_.push_back({&column});
}

/// It may be NULL if a part lacks it, and refers to what all that have it refer to.
Column UnionBuilder::column_of(const std::vector<const Column *> &same) const {
  const Column &first = *same.front();
  Column column(first.name(), first.type());
  if (is_in_all(same) &&
      std::ranges::none_of(same, [](const Column *each) { return each->nullable(); }))
    column.apply(not_null);
  for (const ForeignKey &key : first.foreign_keys()) {
    const bool common = std::ranges::all_of(same, [&](const Column *each) {
      return std::ranges::any_of(each->foreign_keys(), [&](const ForeignKey &other) {
        return other.target() == key.target();
      });
    });
    if (common)
      column.apply(ForeignKey(key.target()));
  }
  return column;
}

} // namespace

Table &polymorphic_union(std::vector<UnionPart> parts, std::string type_column, std::string name,
                         UnionOptions options) {
  auto definition = std::make_unique<detail::UnionDefinition>(
      detail::UnionDefinition{std::move(parts), std::move(type_column), options});
  const UnionBuilder builder(name, *definition);
  MetaData &metadata = definition->parts.front().table->metadata();
  std::unique_ptr<Table> table = metadata.new_table(std::move(name));
  for (Column &column : builder.columns())
    table->append(std::move(column));
  if (std::vector<std::string> key = builder.key(); !key.empty())
    table->append(PrimaryKeyConstraint(std::move(key)));
  table->union_ = detail::Owned<const detail::UnionDefinition>(definition.release());
  const std::lock_guard lock(metadata.list_->mutex);
  return *metadata.list_->unions.emplace_back(std::move(table));
}

} // namespace declorm
