// expressions.cpp: The annotations whose strings are expressions.

#include "runtime/model/expression/expressions.h"

#include "runtime/model/expression/parser.h"

#include <algorithm>
#include <unordered_map>

namespace declorm::model {

namespace {

enum class UseKind {
  value, ///< an SQL expression
  join,  ///< one in which foreign(…) and remote(…) may stand
  name,  ///< one attribute of the class itself, as it is: no parser reads it
};

/// How an annotation's strings are read.
struct Use {
  std::string_view annotation;
  Grammar grammar;
  UseKind kind = UseKind::value;
};

/// Sorted.
constexpr Use uses[] = {
    {"column_property", Grammar::expression},
    {"comparison", Grammar::comparison},
    {"default_for", Grammar::names, UseKind::name},
    {"foreign_keys", Grammar::names},
    {"hybrid", Grammar::expression},
    {"inherit_condition", Grammar::expression, UseKind::join},
    {"mapper_primary_key", Grammar::names, UseKind::name},
    {"order_by", Grammar::order},
    {"polymorphic_on", Grammar::names, UseKind::name},
    {"primaryjoin", Grammar::expression, UseKind::join},
    {"remote_side", Grammar::names},
    {"secondaryjoin", Grammar::expression, UseKind::join},
    {"synonym", Grammar::names},
    {"version_id", Grammar::names, UseKind::name},
};

const Use *use_of(std::string_view annotation) {
  const auto *found =
      std::lower_bound(std::begin(uses), std::end(uses), annotation,
                       [](const Use &use, std::string_view name) { return use.annotation < name; });
  return found == std::end(uses) || found->annotation != annotation ? nullptr : found;
}

/// Columns, of which there are many, have at most a comparison; that stands behind `column`.
bool may_hold_expressions(const Annotations &annotations) {
  return std::any_of(annotations.begin(), annotations.end(), [](const Annotation &annotation) {
    return annotation.name == "relationship" || use_of(annotation.name);
  });
}

} // namespace

bool has_expressions(const Lineage &lineage) {
  for (const Ancestor &ancestor : lineage.ancestors) {
    if (may_hold_expressions(ancestor.class_->annotations))
      return true;
    for (const Member &member : ancestor.class_->members)
      if (may_hold_expressions(member.annotations))
        return true;
  }
  return false;
}

void ExpressionReader::read() {
  for (unsigned i = 0; i != lineage_.ancestors.size(); ++i)
    if (i == 0 || !claims_mapping(*lineage_.ancestors[i].class_))
      read_annotations(lineage_.ancestors[i].class_->annotations, nullptr, i);
  for (unsigned i = 0; i != lineage_.ancestors.size(); ++i)
    for (const Member &member : lineage_.ancestors[i].class_->members)
      if (may_hold_expressions(member.annotations) && !lineage_.is_hidden(member, i))
        read_annotations(member.annotations, &member, i);
}

void ExpressionReader::read_annotations(const Annotations &annotations, const Member *member,
                                        unsigned ancestor) {
  for (const Annotation &annotation : annotations) {
    const bool is_inherited_join = annotation.name == "inherit_condition" && ancestor != 0;
    if (!use_of(annotation.name) || is_inherited_join)
      continue;
    for (const Value &argument : annotation.arguments) {
      if (argument.string())
        read_string(argument, annotation, member, ancestor);
      else if (const std::vector<Value> *list = argument.list())
        for (const Value &element : *list)
          if (element.string())
            read_string(element, annotation, member, ancestor);
    }
  }
}

void ExpressionReader::report(const char *rule, std::string message, const SourceText &source,
                              TextRange range, std::string fix) {
  Diagnostic diagnostic{rule, Severity::error, std::move(message), source.at(range.begin), {}};
  if (!fix.empty())
    diagnostic.fix = source.fix(range, std::move(fix));
  diagnostics_.push_back(std::move(diagnostic));
}

/// `deferred` beside `column_property`.
void ExpressionReader::read_deferred(ColumnDecl &attribute, bool inherited) {
  const Annotation *deferred = find(attribute.member->annotations, "deferred");
  if (!deferred)
    return;
  attribute.deferred = true;
  if (const std::string_view group = deferred->string(); !group.empty())
    attribute.add_rare().deferred_group = placeholders_.fill(group, deferred->location, inherited);
}

void ExpressionReader::read_string(const Value &value, const Annotation &annotation,
                                   const Member *member, unsigned ancestor) {
  const Use &use = *use_of(annotation.name);
  // The braces of a comparison are its own.
  Placeholders *placeholders = use.grammar == Grammar::comparison ? nullptr : &placeholders_;
  const SourceText source(value, annotation, placeholders, ancestor != 0);
  if (use.kind == UseKind::name) {
    read_name(source, annotation);
    return;
  }
  Parsed parsed = parse_expression(source.text(), use.grammar);
  if (auto *error = std::get_if<ExprError>(&parsed)) {
    report("expression-syntax", "in 'declorm::" + annotation.name + "': " + error->message, source,
           error->range, std::move(error->fix));
    return;
  }
  ExpressionDecl decl;
  decl.annotation =
      find(member ? member->annotations : lineage_.ancestors[ancestor].class_->annotations,
           annotation.name);
  decl.location = source.at(0);
  decl.attribute.member = member;
  decl.attribute.declared_in = lineage_.ancestors[ancestor].class_;
  if (member) {
    decl.attribute.name = member->name;
    decl.attribute.base = lineage_.ancestors[ancestor].class_;
    decl.attribute.holder = lineage_.ancestors[ancestor].offset;
    decl.attribute.offset = add_offsets(lineage_.ancestors[ancestor].offset, member->offset);
    if (annotation.name == "column_property")
      read_deferred(decl.attribute, ancestor != 0);
  }
  decl.tree = std::get<ExprTree>(std::move(parsed));
  const bool is_well_formed = check_forms(decl, source);
  resolve(decl, source, member);
  if (is_well_formed)
    mapped_.expressions.push_back(std::move(decl));
}

/// `version_id("counter")`, `polymorphic_on("kind")`: a member or column of the class itself.
void ExpressionReader::read_name(const SourceText &source, const Annotation &annotation) {
  // A Table that is made by a function has columns without members.
  if (annotation.name == "polymorphic_on" && mapped_.concrete_union &&
      mapped_.concrete_union->kind == UnionKind::made)
    return;
  const TextRange whole{0, static_cast<unsigned>(source.text().size())};
  std::optional<NameProblem> problem;
  NameResolver(names_, mapped_, nullptr).resolve({{source.text(), whole, false}}, problem);
  if (problem)
    diagnostics_.push_back(diagnostic_of(std::move(*problem), source));
}

/// foreign(…) and remote(…) are for joins, directions for the outermost level of an order.
bool ExpressionReader::check_forms(const ExpressionDecl &decl, const SourceText &source) {
  const Use &use = *use_of(decl.annotation->name);
  bool is_well_formed = true;
  for (unsigned i = 0; i != decl.tree.nodes.size(); ++i) {
    const Expr &node = decl.tree.nodes[i];
    const bool is_direction = node.kind == ExprKind::ascending || node.kind == ExprKind::descending;
    const bool is_side = node.kind == ExprKind::foreign || node.kind == ExprKind::remote;
    const bool is_root =
        std::find(decl.tree.roots.begin(), decl.tree.roots.end(), i) != decl.tree.roots.end();
    if (is_direction && !(use.grammar == Grammar::order && is_root)) {
      report("expression-syntax",
             "'asc' and 'desc' stand outermost in 'declorm::order_by' and nowhere else", source,
             node.range, {});
      is_well_formed = false;
    }
    if (is_side && use.kind != UseKind::join) {
      report("expression-syntax", "'foreign' and 'remote' mark columns of joins and nothing else",
             source, node.range, {});
      is_well_formed = false;
    }
  }
  return is_well_formed;
}

/// The class that a relationship leads to, if it is here; or null.
const Class *ExpressionReader::target_of(const Member &member) const {
  return member.type.target.empty() ? nullptr : names_.program().find(member.type.target);
}

Diagnostic diagnostic_of(NameProblem problem, const SourceText &source) {
  Diagnostic diagnostic{problem.rule, Severity::error, std::move(problem.message),
                        source.at(problem.range.begin), std::move(problem.notes)};
  if (!problem.fix.empty())
    diagnostic.fix = source.fix(problem.range, std::move(problem.fix));
  return diagnostic;
}

void ExpressionReader::resolve(ExpressionDecl &decl, const SourceText &source,
                               const Member *member) {
  decl.targets.resize(decl.tree.nodes.size());
  NameResolver resolver(names_, mapped_, member ? target_of(*member) : nullptr);
  for (std::size_t i = 0; i != decl.tree.nodes.size(); ++i) {
    if (decl.tree.nodes[i].kind != ExprKind::name)
      continue;
    std::optional<NameProblem> problem;
    decl.targets[i] = resolver.resolve(decl.tree.nodes[i].name, problem);
    if (!problem)
      continue;
    const bool is_certain = !problem->may_be_elsewhere;
    Diagnostic found = diagnostic_of(std::move(*problem), source);
    if (is_certain || (names_.program().whole && !names_.program().incomplete))
      diagnostics_.push_back(std::move(found));
    else
      decl.unresolved.push_back(std::move(found));
  }
}

namespace {

/// How many expressions may stand in each other's place, and how deep the whole may be: whoever
/// walks it may recurse.
constexpr unsigned max_chain = 32, max_levels = 2 * max_expression_depth;

/// Follows the expressions that stand in each other's place.
class Circles {
public:
  Circles(Mapping &mapping, Diagnostics &diagnostics)
      : mapping_(mapping), diagnostics_(diagnostics) {}

  /// The levels of the expression with all that stand in it. `chain`: how many led here.
  unsigned visit(const MappedClass &mapped, ExpressionDecl &decl, unsigned chain) {
    if (const auto known = levels_.find(&decl); known != levels_.end())
      return known->second;
    const unsigned own = decl.tree.root().depth;
    unsigned below = 0;
    path_.push_back(&decl);
    for (NameTarget &target : decl.targets) {
      ExpressionDecl *next = target.member ? find_expression(target) : nullptr;
      if (!next)
        continue;
      const bool is_circle = std::find(path_.begin(), path_.end(), next) != path_.end();
      const bool is_cut = is_circle || chain == max_chain;
      const unsigned levels = is_cut ? max_levels : visit(*target.class_, *next, chain + 1);
      if (own + levels > max_levels)
        report(mapped, decl, target, is_circle);
      else
        below = std::max(below, levels);
    }
    path_.pop_back();
    return levels_[&decl] = own + below;
  }

private:
  ExpressionDecl *find_expression(const NameTarget &target) {
    const auto index = static_cast<std::size_t>(target.class_ - mapping_.classes.data());
    for (ExpressionDecl &decl : mapping_.classes[index].expressions)
      if (decl.attribute.member == target.member)
        return &decl;
    return nullptr;
  }

  void report(const MappedClass &mapped, const ExpressionDecl &decl, NameTarget &target,
              bool is_circle) {
    const std::string through = target.member->name;
    diagnostics_.push_back(
        {"expression-syntax",
         Severity::error,
         "expression '" + decl.attribute.name + "' of class '" + mapped.class_->name + "' " +
             (is_circle ? "is made of itself" : "nests too deeply") + ", through '" + through + "'",
         decl.location,
         {}});
    target.member = nullptr; // nobody follows it again
  }

  Mapping &mapping_;
  Diagnostics &diagnostics_;
  std::vector<const ExpressionDecl *> path_;
  std::unordered_map<const ExpressionDecl *, unsigned> levels_;
};

} // namespace

void check_circles(Mapping &mapping, Diagnostics &diagnostics) {
  Circles circles(mapping, diagnostics);
  for (MappedClass &mapped : mapping.classes)
    for (ExpressionDecl &decl : mapped.expressions)
      circles.visit(mapped, decl, 0);
}

} // namespace declorm::model
