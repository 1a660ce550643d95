// parser.h: The expression language of annotation strings.
//
// In: a string with its placeholders filled. Out: a tree, or what is wrong with the string and
// where. The language, loosest first:
//
//     list       := item (',' item)*                                   where several may stand
//     item       := expression ['asc' | 'desc']                        where an order may stand
//     expression := expression 'or' expression | expression 'and' expression | 'not' expression
//                 | value ['not'] 'in' '(' expression, … ')' | value ['not'] ('like' | 'ilike')
//                 value | value ['not'] 'between' value 'and' value | value 'is' ['not'] 'null' |
//                 value ('=' | '==' | '!=' | '<>' | '<' | '<=' | '>' | '>=') value
//     value      := value ('+' | '-') value | value ('*' | '/' | '%') value | value '||' value
//                 | '-' value | primary
//     primary    := '(' expression ')' | number | 'text' | 'true' | 'false' | 'null' | name
//                 | 'case' [expression] ('when' expression 'then' expression)+ ['else' expression]
//                   'end'
//                 | 'cast' '(' expression 'as' type ')' | 'func' '.' word '(' … ')'
//                 | ('foreign' | 'remote' | 'is_null' | 'is_not_null' | 'asc' | 'desc')
//                   '(' expression ')'
//                 | 'select' '(' expression ')' ['.' 'where' '(' expression ')'] | 'sql' '(' text
//                 ')'
//     name       := ['::'] word ('::' word)* ('.' word)*
//
// Words are C++ identifiers, or "anything" in double quotes; keywords stand in any case and may be
// names after '.' or '::'. A text has single quotes, doubled inside.
#ifndef DECLORM_MODEL_EXPRESSION_PARSER_H
#define DECLORM_MODEL_EXPRESSION_PARSER_H

#include "runtime/model/expression/ast.h"

#include <string_view>
#include <variant>

namespace declorm::model {

/// What may stand in a string besides expressions.
enum class Grammar : unsigned char {
  expression, ///< one expression
  order,      ///< one or more, each with a direction
  names,      ///< one or more names
  comparison, ///< {left}, {op}, {right}, and functions without `func.`
};

/// Trees deeper than this are refused: whoever walks them may recurse.
inline constexpr unsigned max_expression_depth = 200;

using Parsed = std::variant<ExprTree, ExprError>;

/// Never throws anything but std::bad_alloc, whatever the bytes.
Parsed parse_expression(std::string_view source, Grammar grammar = Grammar::expression);

} // namespace declorm::model

#endif // DECLORM_MODEL_EXPRESSION_PARSER_H
