// Functions.h: The functions of the registration text.
//
// Where a constant table cannot reach: making and destroying objects, bit-fields, getters and
// setters, converted types, functions given as arguments.
#ifndef DECLORM_PLUGIN_FUNCTIONS_H
#define DECLORM_PLUGIN_FUNCTIONS_H

#include "plugin/scan/Scan.h"

#include "llvm/Support/raw_ostream.h"

namespace declorm::plugin {

/// A string literal.
std::string quoted(llvm::StringRef Text);

/// Writes the functions of one class. `Type` names the class, `Id` ends all names, `Linkage` stands
/// before each function.
class FunctionWriter {
public:
  FunctionWriter(clang::Sema &S, llvm::raw_ostream &OS, std::string Type, std::string Id,
                 std::string Linkage)
      : S(S), OS(OS), Type(std::move(Type)), Id(std::move(Id)), Linkage(std::move(Linkage)) {}

  /// Each writes what is needed and returns the expression for the table, or "nullptr".
  std::string construct(clang::CXXRecordDecl *Record);
  std::string destroy(clang::CXXRecordDecl *Record);
  /// The fields of the detail::Accessor; "" if the member's offset is enough.
  std::string accessor(const model::Member &Member, const MemberSource &Source);
  /// A function given to an annotation of `Owner`; null: of the class.
  std::string thunk(const clang::FunctionDecl *Function, const std::string &Name,
                    llvm::StringRef Annotation, const model::Member *Member,
                    const MemberSource *Source);

  /// A function that is called for an object of the class, or for the class.
  std::string hook(const clang::CXXMethodDecl *Method, bool ForClass);
  /// A function that checks the value of a member, or of a getter with that setter.
  std::string validator(const clang::CXXMethodDecl *Method, const clang::NamedDecl *Attribute,
                        const clang::CXXMethodDecl *Setter);

private:
  std::string made(const clang::CXXMethodDecl *Maker);
  std::string begin(llvm::StringRef Kind, llvm::StringRef Result, llvm::StringRef Parameters);
  std::string valueType(const MemberSource &Source);
  std::string set(const model::Member &Member, const MemberSource &Source);
  std::string objectOf(const MemberSource &Source, const std::string &Pointer) const;
  std::string versionBefore(const model::Member &Member, const MemberSource &Source);
  std::string gate(const model::Member &Member, const MemberSource &Source);

  clang::Sema &S;
  llvm::raw_ostream &OS;
  std::string Type, Id, Linkage;
  unsigned Count = 0;
};

} // namespace declorm::plugin

#endif // DECLORM_PLUGIN_FUNCTIONS_H
