// Scan.h: From the AST to the Model.
//
// In: a translation unit that Clang has parsed to its end. Out: its annotated classes as plain
// data, and beside them the declarations they came from, for the emitter.
#ifndef DECLORM_PLUGIN_SCAN_H
#define DECLORM_PLUGIN_SCAN_H

#include "plugin/vocabulary/Spelling.h"

#include "runtime/model/attribute_uses.h"

#include "clang/AST/DeclCXX.h"
#include "clang/Sema/Sema.h"

namespace declorm::plugin {

/// Where a model::Member comes from.
struct MemberSource {
  const clang::NamedDecl *Decl = nullptr; ///< a field or a method
  /// Of a getter; one without parameters returns a reference to assign to.
  const clang::CXXMethodDecl *Setter = nullptr;
  bool Links = false; ///< refers to objects that may be mapped, not by a plain `T *`
};

/// Where a model::Class comes from.
struct ClassSource {
  clang::CXXRecordDecl *Record = nullptr;
  std::vector<MemberSource> Members; ///< parallel to model::Class::members
  /// The functions given as arguments, in the order in which the class's annotations, then those of
  /// each member, hold values of type model::Function.
  std::vector<const clang::FunctionDecl *> Functions;
};

struct ScanResult {
  model::TranslationUnit Unit;
  std::vector<ClassSource> Sources;      ///< parallel to Unit.classes
  std::vector<model::AttributeUse> Uses; ///< of attributes, in functions
};

/// Scans the whole translation unit and reports what is wrong with single annotations. Where one of
/// them is `Unknown`, or was refused, what it belongs to is only partly known: that is noted in the
/// Model, and nothing is said of what may be missing.
ScanResult scan(clang::Sema &S, llvm::ArrayRef<Misspelt> Unknown = {});

/// A place as the Model knows it.
model::Location locationOf(const clang::ASTContext &Context, clang::SourceLocation Loc);

/// The key of a declaration: its USR, with the main file if its linkage is internal.
std::string keyOf(const clang::NamedDecl *D);

/// "shop::Page<shop::Order>": without what nobody wrote. With tag keywords, "struct
/// shop::Page<struct shop::Order>", it means the type at global scope even where functions hide the
/// classes.
std::string typeName(const clang::ASTContext &Context, clang::QualType Type,
                     bool TagKeywords = false);

} // namespace declorm::plugin

#endif // DECLORM_PLUGIN_SCAN_H
