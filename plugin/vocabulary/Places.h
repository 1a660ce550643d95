// Places.h: Where the bytes of a string argument stand in the source.
#ifndef DECLORM_PLUGIN_PLACES_H
#define DECLORM_PLUGIN_PLACES_H

#include "runtime/model/model.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"

namespace declorm::plugin {

/// The runs of `Literal`, by their handles only: one for an ordinary literal, more behind escapes,
/// line ends of raw strings, and between adjacent literals. A literal in the body of a macro is one
/// fixed place.
std::vector<model::TextPlace> placesOf(const clang::ASTContext &Context,
                                       const clang::StringLiteral *Literal);

} // namespace declorm::plugin

#endif // DECLORM_PLUGIN_PLACES_H
