// names.h: What the names of annotation strings may stand for.
//
// Classes by any tail of their qualified names and tables by name. Made when first asked: most
// programs' strings are few.
#ifndef DECLORM_MODEL_EXPRESSION_NAMES_H
#define DECLORM_MODEL_EXPRESSION_NAMES_H

#include "runtime/model/expression/ast.h"
#include "runtime/model/mapping.h"

#include <span>
#include <unordered_map>

namespace declorm::model {

class Names {
public:
  /// Both must outlive the result and stay as they are.
  Names(const Program &program, const Mapping &mapping) : program_(program), mapping_(mapping) {}

  /// The annotated classes whose qualified name is `name` or, where there is none, ends in
  /// "::" + `name`. `name` may begin with "::" to mean the whole name. Mixins count: they are
  /// refused later, with a better message. Of several with one qualified name, which anonymous
  /// namespaces may hold, those in the file of `from`, the class whose string it is, are meant.
  std::vector<const Class *> classes(std::string_view name, const MappedClass &from);

  /// The first class that declares the table, or has it by table_from("name"); or null.
  const MappedClass *table(std::string_view metadata, std::string_view full_name);
  /// The first class that declares a table of that name in any MetaData, or null.
  const MappedClass *table_anywhere(std::string_view full_name);

  /// Names of classes, and of tables, near `name`; or "".
  std::string nearest_class(std::string_view name);
  std::string nearest_table(std::string_view name);
  std::string nearest_class_or_table(std::string_view name);

  const Program &program() const { return program_; }
  const Mapping &mapping() const { return mapping_; }

private:
  void index();
  template <class Predicate>
  const MappedClass *first_table(std::string_view full_name, Predicate fits);

  const Program &program_;
  const Mapping &mapping_;
  bool is_indexed_ = false;
  std::unordered_multimap<std::string_view, const Class *> classes_; ///< by unqualified name
  std::unordered_multimap<std::string, const MappedClass *> tables_; ///< by full name
};

/// Whether the class is mapped by an annotation whose table is not known from its members.
bool is_mapped_elsewhere(const Program &program, const Class &class_);

/// The full name of the table that the class declares or names; "" : none, or nobody knows.
std::string table_name(const MappedClass &mapped);
/// Whether the class's table may have columns that no member stands for: it is made elsewhere.
bool may_have_more_columns(const MappedClass &mapped);

/// The column of that name, or null.
const ColumnDecl *find_column(const TableDecl &table, std::string_view name);

/// Names of columns and members near `name`; or "".
std::string nearest_column(const TableDecl &table, std::string_view name);

/// "; did you mean 'near'?", or "" for no name.
std::string did_you_mean(const std::string &near);

/// "shop::Address.email": a chain as it was written, for messages. `separator` overrides the dots.
std::string spell(std::span<const NamePart> parts, std::string_view separator = {});

} // namespace declorm::model

#endif // DECLORM_MODEL_EXPRESSION_NAMES_H
