// expression_writer.cpp: expressions to SQL text with parameters.
#include "runtime/engine/raw_sql.h"
#include "runtime/sql/sql_writer_parts.h"

#include <algorithm>
#include <charconv>

namespace declorm::detail {

SqlWriter::Spelling SqlWriter::spelling(Operator op) const {
  switch (op) {
  case Operator::or_:
    return {" OR ", tight_or};
  case Operator::and_:
    return {" AND ", tight_and};
  case Operator::not_:
    return {"NOT ", tight_not};
  case Operator::equal:
    return {" = ", tight_comparison};
  case Operator::not_equal:
    return {" != ", tight_comparison};
  case Operator::less:
    return {" < ", tight_comparison};
  case Operator::less_equal:
    return {" <= ", tight_comparison};
  case Operator::greater:
    return {" > ", tight_comparison};
  case Operator::greater_equal:
    return {" >= ", tight_comparison};
  case Operator::in:
    return {" IN ", tight_comparison};
  case Operator::not_in:
    return {" NOT IN ", tight_comparison};
  case Operator::is_null:
    return {" IS NULL", tight_comparison};
  case Operator::is_not_null:
    return {" IS NOT NULL", tight_comparison};
  case Operator::is_distinct:
    return {" IS DISTINCT FROM ", tight_comparison};
  case Operator::is_not_distinct:
    return {" IS NOT DISTINCT FROM ", tight_comparison};
  case Operator::add:
    return {" + ", tight_sum};
  case Operator::subtract:
    return {" - ", tight_sum};
  case Operator::multiply:
    return {" * ", tight_product};
  case Operator::divide:
    return {" / ", tight_product};
  case Operator::modulo:
    return {" % ", tight_product};
  case Operator::concat:
    return {" || ", tight_other};
  case Operator::negate:
    return {"-", tight_sign};
  case Operator::exists:
    return {"EXISTS ", tight_all};
  case Operator::distinct:
    return {"DISTINCT ", loose};
  }
  return {"", loose};
}

void SqlWriter::write_constant(const Value &value) {
  if (const auto *text = std::get_if<std::string>(&value.data())) {
    sql_ += dialect_.quote_literal(*text);
  } else if (const auto *integer = std::get_if<std::int64_t>(&value.data())) {
    sql_ += std::to_string(*integer);
  } else if (const auto *real = std::get_if<double>(&value.data())) {
    char digits[32];
    const auto [end, code] = std::to_chars(digits, digits + sizeof digits, *real);
    const std::string_view shortest(digits, std::size_t(end - digits));
    sql_ += shortest;
    if (shortest.find_first_of(".e") == std::string_view::npos)
      sql_ += ".0";
  } else {
    sql_ += "NULL";
  }
}

void SqlWriter::write_text(const TextNode &text, int tightness) {
  // Raw SQL inside something else keeps its meaning, unless it is a lone word.
  const bool word = text.sql.find_first_of(" \t\n=<>+-*/%|&,") == std::string::npos;
  const bool is_part = !sql_.empty();
  const Parentheses parentheses(*this, tightness > loose && !word);
  for (const TextPiece &piece : split_text(text.sql, dialect_.text_rules())) {
    sql_ += piece.sql;
    if (piece.kind == TextPiece::Kind::end)
      break;
    if (piece.kind == TextPiece::Kind::positional)
      throw_positional(text.sql);
    const auto given =
        std::ranges::find(text.params, piece.name, &std::pair<std::string, Value>::first);
    if (given == text.params.end())
      throw ArgumentError("text(): no value for the parameter :" + std::string(piece.name) +
                          "; give it with bindparams({{\"" + std::string(piece.name) +
                          "\", value}}), in: " + text.sql);
    write_text_parameter(given->second);
  }
  // A comment at its end must not reach what follows.
  const std::size_t comment = text.sql.rfind("--");
  if (is_part && comment != std::string::npos && text.sql.find('\n', comment) == std::string::npos)
    sql_ += '\n';
  compiled_.reads_unknown |= ascii_lower(text.sql).find("select") != std::string::npos;
}

void SqlWriter::write_column(const Scope::Resolved &resolved, const NodePtr &node) {
  const Source &source = *resolved.source;
  if (resolved.scope != scope_ || !bare_columns_) {
    write_name(source, resolved.column ? &resolved.column->table() : source.table);
    sql_ += '.';
  }
  // A source of the same name in between would be meant instead.
  for (const Scope *scope = scope_; scope != resolved.scope; scope = scope->outer())
    for (const Source &nearer : scope->sources())
      if (nearer.written_name() == source.written_name())
        throw ArgumentError("a subquery reads from " + nearer.describe() + ", which hides the " +
                            source.describe() +
                            " of the statement around it; give one of them a name of its own with "
                            "alias<T>(\"name\")");
  const auto *derived = as<DerivedColumnNode>(node);
  sql_ += dialect_.quote(derived ? derived->name : resolved.column->name());
}

void SqlWriter::write_list(const std::vector<NodePtr> &nodes, const Field *field) {
  for (std::size_t i = 0; i != nodes.size(); ++i) {
    sql_ += i ? ", " : "";
    write(nodes[i], loose, field);
  }
}

void SqlWriter::write_in(const OperatorNode &node) {
  if (const NodePtr compared = comparisons_of(node))
    return write(compared, tight_comparison);
  const Field *field = scope_->field_of(node.left);
  write(node.left, tight_comparison + 1);
  sql_ += spelling(node.op).text;
  if (const auto *list = as<ListNode>(node.right))
    write_in_list(*list, as<ListNode>(node.left), field);
  else
    write(node.right, tight_comparison + 1);
}

void SqlWriter::write_in_list(const ListNode &list, const ListNode *row, const Field *field) {
  sql_ += '(';
  for (std::size_t i = 0; i != list.items.size(); ++i) {
    sql_ += i ? ", " : "";
    if (row)
      write_row(list.items[i], *row);
    else
      write(list.items[i], loose, field);
  }
  sql_ += ')';
}

void SqlWriter::write_exists(const OperatorNode &node) {
  const SelectData &select = *as<SubqueryNode>(node.left)->select;
  sql_ += spelling(node.op).text;
  sql_ += '(';
  ++depth_;
  if (select.is_compound() || select.text)
    write_select(select, scope_, nullptr);
  else
    write_simple(select, scope_, nullptr, true);
  --depth_;
  sql_ += ')';
}

void SqlWriter::write_operator(const OperatorNode &node, int tightness) {
  const auto [text, own] = spelling(node.op);
  const Parentheses parentheses(*this, own < tightness);
  switch (node.op) {
  case Operator::exists:
    return write_exists(node);
  case Operator::not_:
  case Operator::negate:
  case Operator::distinct:
    sql_ += text;
    return write(node.left, own + 1);
  case Operator::is_null:
  case Operator::is_not_null:
    write(node.left, own + 1);
    sql_ += text;
    return;
  case Operator::in:
  case Operator::not_in:
    return write_in(node);
  case Operator::concat:
    return write_concat(node);
  case Operator::is_distinct:
  case Operator::is_not_distinct:
    return write_distinct_from(node);
  default:
    return write_binary(node, text);
  }
}

void SqlWriter::write_custom(const CustomNode &custom) {
  write(custom.left, tight_other);
  sql_ += " " + custom.text + " ";
  write(custom.right, tight_other + 1);
}

void SqlWriter::write_concat(const OperatorNode &node) {
  write_binary(node, spelling(node.op).text);
}

void SqlWriter::write_distinct_from(const OperatorNode &node) {
  write_binary(node, spelling(node.op).text);
}

void SqlWriter::write_binary(const OperatorNode &node, const char *text) {
  const int own = spelling(node.op).tightness;
  // Comparisons do not chain; AND and OR need no parentheses on either side; a - (b - c) does on
  // the right.
  const bool compares = own == tight_comparison;
  if (compares && !node.as_it_stands)
    if (const NodePtr custom = comparison_of(node))
      return write(custom, tight_comparison);
  const bool chain = node.op == Operator::and_ || node.op == Operator::or_;
  const int left = compares ? own + 1 : own, right = chain ? own : own + 1;
  if (!compares && own != tight_sum) {
    write(node.left, left);
    sql_ += text;
    return write(node.right, right);
  }
  const auto *left_row = as<ListNode>(node.left), *right_row = as<ListNode>(node.right);
  if (left_row && right_row) {
    write_row(node.left, *right_row);
    sql_ += text;
    return write_row(node.right, *left_row);
  }
  const Field *fields[] = {scope_->field_of(node.left), scope_->field_of(node.right)};
  if (!compares) // a duration to a duration
    for (const Field *&field : fields)
      field = field && field->code == TypeCode::duration ? field : nullptr;
  write_beside(node.left, left, fields[1]);
  sql_ += text;
  write_beside(node.right, right, fields[0]);
}

void SqlWriter::write_like(const LikeNode &node) {
  const bool fold = node.flags & like_folded;
  const auto side = [&](const NodePtr &operand) {
    sql_ += fold ? "lower(" : "";
    write(operand, fold ? int(loose) : tight_comparison + 1);
    sql_ += fold ? ")" : "";
  };
  side(node.operand);
  sql_ += node.flags & like_negated ? " NOT LIKE " : " LIKE ";
  side(node.pattern);
  if (node.escape)
    sql_ += " ESCAPE " + dialect_.quote_literal(std::string_view(&node.escape, 1));
}

void SqlWriter::write_between(const BetweenNode &node) {
  if (const NodePtr compared = comparisons_of(node))
    return write(compared, tight_comparison);
  const Field *field = scope_->field_of(node.operand);
  write(node.operand, tight_comparison + 1);
  sql_ += " BETWEEN ";
  write_beside(node.low, tight_comparison + 1, field);
  sql_ += " AND ";
  write_beside(node.high, tight_comparison + 1, field);
}

void SqlWriter::write_function(const FunctionNode &node, const NodePtr &self, const Field *field) {
  const Field *own = scope_->field_of(self);
  sql_ += node.name + "(";
  write_list(node.arguments, own ? own : field);
  sql_ += ')';
}

void SqlWriter::write_extract(const ExtractNode &node) {
  sql_ += "EXTRACT(" + node.part + " FROM ";
  write(node.operand);
  sql_ += ')';
}

void SqlWriter::write_filter(const FilterNode &node, const Field *field) {
  write(node.aggregate, loose, field);
  sql_ += " FILTER (WHERE ";
  write(node.condition);
  sql_ += ')';
}

void SqlWriter::write_frame(const WindowData &window) {
  static constexpr const char *units[] = {"", "ROWS", "RANGE", "GROUPS"};
  const auto bound = [&](const Window::Bound &distance, const char *all) {
    if (!distance)
      sql_ += all;
    else if (*distance == 0)
      sql_ += "CURRENT ROW";
    else if (*distance < 0)
      sql_ += std::to_string(0 - std::uint64_t(*distance)) + " PRECEDING";
    else
      sql_ += std::to_string(*distance) + " FOLLOWING";
  };
  sql_ += units[int(window.unit)];
  sql_ += " BETWEEN ";
  bound(window.first, "UNBOUNDED PRECEDING");
  sql_ += " AND ";
  bound(window.last, "UNBOUNDED FOLLOWING");
}

void SqlWriter::write_over(const OverNode &node, const Field *field) {
  write(node.function, loose, field);
  sql_ += " OVER (";
  const char *gap = "";
  if (!node.window.partition.empty()) {
    sql_ += "PARTITION BY ";
    write_list(node.window.partition);
    gap = " ";
  }
  if (!node.window.order.empty()) {
    sql_ += std::exchange(gap, " ");
    sql_ += "ORDER BY ";
    const auto labels = std::exchange(labels_, {}); // they are not to be seen here
    write_orders(node.window.order);
    labels_ = labels;
  }
  if (node.window.unit != Window::Unit::none) {
    sql_ += gap;
    write_frame(node.window);
  }
  sql_ += ')';
}

void SqlWriter::write_case(const CaseNode &node, const NodePtr &self, const Field *field) {
  const Field *own = scope_->field_of(self);
  const Field *subject = scope_->field_of(node.subject);
  own = own ? own : field;
  sql_ += "CASE";
  if (node.subject) {
    sql_ += ' ';
    write(node.subject, tight_comparison + 1);
  }
  for (const auto &[when, then] : node.whens) {
    sql_ += " WHEN ";
    write(when, node.subject ? tight_comparison + 1 : int(loose), subject);
    sql_ += " THEN ";
    write(then, loose, own);
  }
  if (node.otherwise) {
    sql_ += " ELSE ";
    write(node.otherwise, loose, own);
  }
  sql_ += " END";
}

void SqlWriter::write_ordering(const Ordering &order, const NodePtr &node) {
  const auto *label = as<LabelNode>(node);
  const bool selected =
      label && std::find(labels_.begin(), labels_.end(), label->name) != labels_.end();
  const auto write_expression = [&] {
    if (selected)
      sql_ += dialect_.quote(label->name);
    else
      write(node);
  };
  if (order.nulls() != Ordering::Nulls::as_the_database_does)
    return write_with_nulls(write_expression, order);
  write_expression();
  sql_ += order.descending() ? " DESC" : "";
}

void SqlWriter::write_with_nulls(const std::function<void()> &write_expression,
                                 const Ordering &order) {
  write_expression();
  sql_ += order.descending() ? " DESC" : "";
  sql_ += order.nulls() == Ordering::Nulls::first ? " NULLS FIRST" : " NULLS LAST";
}

void SqlWriter::write_orders(const std::vector<Ordering> &orders) {
  for (std::size_t i = 0; i != orders.size(); ++i) {
    sql_ += i ? ", " : "";
    write_ordering(orders[i], orders[i].node());
  }
}

void SqlWriter::write(const NodePtr &node, int tightness, const Field *field) {
  if (!node)
    throw ArgumentError(
        "an expression of the statement has no value: it was moved from, or made of "
        "nothing");
  if (const NodePtr expression = scope_->expand(node))
    return write(expression, tightness, field);
  if (const auto resolved = scope_->resolve(node))
    return write_column(*resolved, node);
  const auto in_comparison = [&](auto write_it) {
    const Parentheses parentheses(*this, tight_comparison < tightness);
    write_it();
  };
  // Each kind of node is named here, so that a new one is an error of the compiler.
  std::visit(
      Overloaded{
          // These were expanded or resolved above, or an error was thrown.
          [](const MemberNode &) {},
          [](const AttributeNode &) {},
          [](const ColumnNode &) {},
          [](const DerivedColumnNode &) {},
          [](const RelationshipNode &) {},
          [](const CompositeTestNode &) {},
          [](const CompositeValueNode &) {
            throw ArgumentError("a value of a class stands beside something that is no composite; "
                                "compare it with, or give it to, a [[declorm::composite]] member");
          },
          [&](const ExcludedNode &excluded) { write_excluded(excluded.column); },
          [&](const LiteralNode &literal) { write_literal(literal, field); },
          [&](const ParameterNode &) { bind(Value()); },
          [&](const ConstantNode &constant) { write_constant(constant.value); },
          [&](const VerbatimNode &verbatim) { sql_ += verbatim.sql; },
          [&](const TextNode &text) { write_text(text, tightness); },
          [&](const OperatorNode &op) { write_operator(op, tightness); },
          [&](const CustomNode &custom) {
            const Parentheses parentheses(*this, tight_other < tightness);
            write_custom(custom);
          },
          [&](const LikeNode &like) { in_comparison([&] { write_like(like); }); },
          [&](const BetweenNode &between) { in_comparison([&] { write_between(between); }); },
          [&](const ListNode &list) {
            sql_ += '(';
            write_list(list.items, field);
            sql_ += ')';
          },
          [&](const FunctionNode &call) { write_function(call, node, field); },
          [&](const FilterNode &filter) { write_filter(filter, field); },
          [&](const OverNode &over) { write_over(over, field); },
          [&](const CaseNode &choice) { write_case(choice, node, field); },
          [&](const CastNode &cast) { write_cast(cast.operand, cast.type); },
          [&](const ExtractNode &extract) { write_extract(extract); },
          // Only the SELECT list names it.
          [&](const LabelNode &label) { write(label.operand, tightness, field); },
          [&](const CollateNode &collate) {
            const Parentheses parentheses(*this, tight_collate < tightness);
            write(collate.operand, tight_collate);
            sql_ += " COLLATE " + dialect_.quote(collate.name);
          },
          [&](const SubqueryNode &subquery) { write_subquery(*subquery.select, scope_); },
      },
      node->data);
}

} // namespace declorm::detail
