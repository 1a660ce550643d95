// ReadLog.h: What happens in a function that tells whether a relationship it reads is filled.
//
// In: reads, and whatever may have filled a relationship before, by their places in the function's
// text. Out: the reads that nothing can have filled, as plain data.
#ifndef DECLORM_PLUGIN_READLOG_H
#define DECLORM_PLUGIN_READLOG_H

#include "runtime/model/relationship_reads.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"

namespace declorm::plugin {

/// What an expression stands for.
enum class TracedKind {
  Query,        ///< session.query<T>(), with whatever it was told
  List,         ///< pointers to the objects of a query
  Iterator,     ///< of any of these
  Object,       ///< an object or what refers to it
  Relationship, ///< a member that refers to objects
};

/// A member on the way to what is traced, and the class of the object that has it.
struct TracedStep {
  const clang::CXXRecordDecl *Class = nullptr;
  const clang::FieldDecl *Field = nullptr;
};

/// What came from a session, as the value of an expression or a variable.
struct Traced {
  TracedKind Kind = TracedKind::Object;
  model::ObjectSource Source = model::ObjectSource::query;
  /// The call that began it; null: the objects come from elsewhere, and only changes matter.
  const clang::CallExpr *Origin = nullptr;
  unsigned OriginAt = 0;
  unsigned ObjectAt = 0;                       ///< where it is told which of the objects it is
  const clang::ValueDecl *Session = nullptr;   ///< null: any
  const clang::CXXRecordDecl *Class = nullptr; ///< the query's
  llvm::SmallVector<const clang::FieldDecl *, 2> Loaded; ///< by options
  llvm::SmallVector<TracedStep, 2> Path;                 ///< from an object of the query
  clang::SourceLocation MemberLoc;                       ///< of the last step
};

/// What may fill relationships.
struct Filling {
  enum Kinds {
    Everything, ///< nothing is known of any relationship any more
    OfClass,    ///< of objects of the class, and those that refer to it
    OfMember,   ///< that one
    Holding,    ///< pointers to objects of the class, which the session holds; null: of any class
  } Kind = Everything;
  unsigned At = 0;
  const clang::ValueDecl *Session = nullptr; ///< null: any
  const clang::CXXRecordDecl *Class = nullptr;
  const clang::FieldDecl *Field = nullptr;
  bool IsAnywhere = false; ///< it counts wherever it stands
  /// Whose sessions it is for: a function that is not given a session can use those of others.
  enum Reaches { Given, Shared, OfObjects } Reach = Given;
};

/// A part of a function's text, in the numbers of its statements.
struct Extent {
  unsigned Begin = 0, End = ~0U;
  bool contains(unsigned At) const { return Begin <= At && At <= End; }
};

/// The text of one function.
class ReadLog {
public:
  void add(const Filling &What) { Fillings.push_back(What); }
  void addRead(const Traced &Value, unsigned At) { Reads.push_back({Value, At}); }
  /// The session lets go of all its objects, for the rest of the block that ends at Block's end.
  void addClearing(const clang::ValueDecl *Session, Extent Rest) {
    Clearings.push_back({Session, Rest});
  }
  void addLoop(Extent Body) { Loops.push_back(Body); }
  void addLambda(Extent Body) { Lambdas.push_back(Body); }
  void declare(const clang::ValueDecl *Var, unsigned At) { DeclaredAt[Var] = At; }
  /// Something keeps the session: any function may use it.
  void share(const clang::ValueDecl *Session) { Kept.insert(Session); }

  /// Appends the reads that nothing has filled: of each member and query, the first.
  void finish(const clang::ASTContext &Context, std::vector<model::RelationshipRead> &Found) const;

private:
  struct Read {
    Traced Value;
    unsigned At = 0;
  };
  struct Clearing {
    const clang::ValueDecl *Session;
    Extent Rest;
  };
  bool reaches(const Filling &What, const clang::ValueDecl *Session) const;
  bool isCleared(const Filling &What, const Read &At) const;
  bool precedes(const Filling &What, const Read &At) const;
  bool fills(const Filling &What, const Read &At) const;

  std::vector<Filling> Fillings;
  std::vector<Read> Reads;
  std::vector<Clearing> Clearings;
  std::vector<Extent> Loops, Lambdas;
  llvm::DenseMap<const clang::ValueDecl *, unsigned> DeclaredAt;
  llvm::DenseSet<const clang::ValueDecl *> Kept;
};

} // namespace declorm::plugin

#endif // DECLORM_PLUGIN_READLOG_H
