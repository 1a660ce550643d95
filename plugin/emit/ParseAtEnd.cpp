// ParseAtEnd.cpp: Text parsed behind the last declaration.

#include "plugin/emit/Emit.h"

#include "clang/AST/ASTConsumer.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Parse/Parser.h"
#include "clang/Sema/Sema.h"
#include "llvm/ADT/StringSet.h"

using namespace clang;

namespace declorm::plugin {

bool canEmit(const CompilerInstance &CI) {
  const SourceManager &SM = CI.getSourceManager();
  // A precompiled header must not carry registrations; a loaded main file is a module or AST file
  // being compiled, which brings its own.
  return CI.getPreprocessor().TUKind == TU_Complete && !SM.isLoadedFileID(SM.getMainFileID());
}

/// `#undef` for every macro whose name the text uses: a program may define `name` or `text`.
static std::string undefineMacros(Preprocessor &PP, llvm::StringRef Text) {
  std::string Result;
  llvm::StringSet<> Seen;
  Lexer Lex(SourceLocation(), PP.getLangOpts(), Text.begin(), Text.begin(), Text.end());
  for (Token Tok; !Lex.LexFromRawLexer(Tok);) {
    if (Tok.isNot(tok::raw_identifier))
      continue;
    const llvm::StringRef Name = Tok.getRawIdentifier();
    if (Name == "DECLORM_REGISTRATION_H" || Name == "DECLORM_LINKS_H" || !Seen.insert(Name).second)
      continue;
    if (PP.getIdentifierInfo(Name)->hasMacroDefinition())
      Result += "#undef " + Name.str() + "\n";
  }
  return Result;
}

void parseAtEnd(CompilerInstance &CI, const std::string &Text) {
  Preprocessor &PP = CI.getPreprocessor();
  Sema &S = CI.getSema();
  // ParseAST's own parser, at end of file: a second one would register its pragmas twice.
  auto *P = static_cast<Parser *>(S.OpaqueParser);
  if (!P)
    return;
  std::string Whole = undefineMacros(PP, Text);
  if (S.AlignPackStack.CurrentValue != S.AlignPackStack.DefaultValue)
    Whole += "#pragma pack()\n";
  Whole += Text;
  SourceManager &SM = CI.getSourceManager();
  const SourceLocation Loc = SM.getLocForEndOfFile(SM.getMainFileID());
  const FileID File =
      SM.createFileID(llvm::MemoryBuffer::getMemBufferCopy(Whole, "<declorm registration>"),
                      SrcMgr::C_System, 0, 0, Loc);
  // The parser consults the options for each access.
  auto &Options = const_cast<LangOptions &>(PP.getLangOpts());
  const unsigned Access = Options.AccessControl;
  Options.AccessControl = false;
  PP.EnterSourceFile(File, nullptr, Loc);
  P->ConsumeAnyToken();
  P->EnterScope(Scope::DeclScope);
  S.ActOnTranslationUnitScope(P->getCurScope());
  auto Imports = Sema::ModuleImportState::NotACXX20Module;
  while (P->getCurToken().isNot(tok::eof)) {
    Parser::DeclGroupPtrTy Group = nullptr;
    P->ParseTopLevelDecl(Group, Imports);
    if (Group)
      CI.getASTConsumer().HandleTopLevelDecl(Group.get());
  }
  S.DefineUsedVTables();
  S.PerformPendingInstantiations();
  Options.AccessControl = Access;
  P->ExitScope();
}

} // namespace declorm::plugin
