// Arguments.h: Constant expressions as arguments of annotations.
#ifndef DECLORM_PLUGIN_ARGUMENTS_H
#define DECLORM_PLUGIN_ARGUMENTS_H

#include "runtime/model/model.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"

namespace declorm::plugin {

/// What an argument is worth.
struct Argument {
  /// As in Annotations.def, and: r real, e enumerator, n null, k unknown name, x a list of other
  /// things, c no constant, o something else, ? depends on a template parameter.
  char Kind = 'o';
  model::Value Value;
  const clang::FunctionDecl *Function = nullptr; ///< Kind 'f'
};

/// Folds `E`; never reports.
Argument evaluateArgument(clang::ASTContext &Context, const clang::Expr *E);

/// The string literal that `E` is, under parentheses and casts; null if it is computed.
const clang::StringLiteral *literalOf(const clang::Expr *E);

/// "::app::now": how the registration text names a function or a static member function.
std::string qualifiedName(const clang::NamedDecl *D);

} // namespace declorm::plugin

#endif // DECLORM_PLUGIN_ARGUMENTS_H
