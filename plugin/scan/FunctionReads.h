// FunctionReads.h: One function: what it gets from sessions, and what it does with that.
//
// The function's statements are visited in the order of their text. Where a session is named, what
// the call returns is traced through expressions and variables, up to where it is used.
#ifndef DECLORM_PLUGIN_FUNCTIONREADS_H
#define DECLORM_PLUGIN_FUNCTIONREADS_H

#include "plugin/scan/ReadLog.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseSet.h"

namespace declorm::plugin {

/// Appends the reads of one function, which has a body.
void addReads(const clang::FunctionDecl &Function, std::vector<model::RelationshipRead> &Found);

/// Appends the reads in the initializer of a variable outside functions: of lambdas, say.
void addReads(const clang::VarDecl &Var, std::vector<model::RelationshipRead> &Found);

/// Visits one body.
class FunctionReads {
public:
  void walk(const clang::Stmt *S, const clang::Stmt *Parent);
  const ReadLog &log() const { return Log; }

private:
  // The order of the text: FunctionReads.cpp.
  void walkChildren(const clang::Stmt *S);
  void walkVar(const clang::VarDecl *Var, const clang::Stmt *Parent);
  void walkLoop(const clang::Stmt *S);
  void walkRange(const clang::CXXForRangeStmt *Loop);
  void walkBlock(const clang::CompoundStmt *Block);
  void walkLambda(const clang::LambdaExpr *Lambda);
  void leave(const clang::Expr *E);
  void callProgram(const clang::Expr *E);
  /// The expression's parent, but for what the compiler puts around it without a meaning here.
  const clang::Stmt *climb(const clang::Expr *&E) const;

  // Sessions: FunctionReads.cpp.
  void nameSession(const clang::Expr *E, const clang::ValueDecl *Session);
  void callSession(const clang::CXXMemberCallExpr *Call, const clang::ValueDecl *Session);
  void begin(const clang::CXXMemberCallExpr *Call, const clang::ValueDecl *Session, TracedKind Kind,
             model::ObjectSource Source, const clang::CXXRecordDecl *Class);
  void clear(const clang::CXXMemberCallExpr *Call, const clang::ValueDecl *Session);
  const clang::ValueDecl *sessionOf(const clang::ValueDecl *Named) const;

  // Uses of what is traced: TracedUses.cpp. Each step returns the expression that goes on with the
  // value, changed or not, or null where its way ends.
  void follow(const clang::Expr *E, Traced Value);
  const clang::Expr *step(const clang::Expr *E, Traced &Value);
  const clang::Expr *stepCast(const clang::CastExpr *Cast, Traced &Value);
  const clang::Expr *stepMember(const clang::MemberExpr *Member, const clang::Expr *E,
                                Traced &Value);
  const clang::Expr *stepField(const clang::Expr *Access, const clang::FieldDecl *Field,
                               clang::SourceLocation Loc, const clang::Expr *Object, Traced &Value);
  const clang::Expr *stepMethod(const clang::CXXMemberCallExpr *Call, const clang::Expr *Object,
                                Traced &Value);
  const clang::Expr *stepQuery(const clang::CXXMemberCallExpr *Call, Traced &Value);
  const clang::Expr *stepOperator(const clang::CXXOperatorCallExpr *Call, const clang::Expr *E,
                                  Traced &Value);
  const clang::Expr *stepArgument(const clang::CallExpr *Call, const clang::Expr *E, Traced &Value);
  const clang::Expr *toElement(const clang::Expr *E, Traced &Value, TracedKind Kind);
  void bind(const clang::VarDecl *Var, const clang::Expr *Init, Traced &Value);
  void bindElement(const clang::VarDecl *Var, Traced &Value);
  void bindParameters(const clang::CallExpr *Call, const Traced &Value);
  void addOptions(const clang::CXXMemberCallExpr *Call, Traced &Value);
  bool isReadOnly(const clang::Expr *Access) const;
  bool isQuiet(const clang::CallExpr *Call) const;
  void read(const Traced &Value);
  /// What is traced goes where it cannot be traced.
  void escape(const clang::Expr *E, const Traced &Value);
  void change(const clang::ValueDecl *Session);

  ReadLog Log;
  unsigned Now = 0; ///< the number of the statement that is visited
  llvm::DenseMap<const clang::Stmt *, const clang::Stmt *> Parents;
  llvm::DenseMap<const clang::Stmt *, const clang::VarDecl *> InitOf;
  llvm::DenseMap<const clang::ValueDecl *, Traced> Vars;
  llvm::DenseMap<const clang::ValueDecl *, const clang::ValueDecl *> SessionAliases;
  llvm::DenseSet<const clang::ValueDecl *> AnySession; ///< parameters of lambdas
  llvm::DenseSet<const clang::Stmt *> Followed;        ///< members of what is traced
  struct OpenClearing {
    const clang::CompoundStmt *Block;
    const clang::ValueDecl *Session;
    unsigned At;
  };
  std::vector<OpenClearing> Open;
};

} // namespace declorm::plugin

#endif // DECLORM_PLUGIN_FUNCTIONREADS_H
