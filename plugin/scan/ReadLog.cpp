// ReadLog.cpp: Which reads of a function nothing before them can have filled.

#include "plugin/scan/ReadLog.h"
#include "plugin/scan/QueryCalls.h"
#include "plugin/scan/Scan.h"

#include <set>

using namespace clang;

namespace declorm::plugin {

namespace {

bool isSameSession(const ValueDecl *A, const ValueDecl *B) { return A == B || !A || !B; }

/// Whether an object of one class may be one of the other.
bool isRelated(const CXXRecordDecl *A, const CXXRecordDecl *B) {
  if (!A || !B)
    return true;
  A = A->getCanonicalDecl(), B = B->getCanonicalDecl();
  return A == B || !A->hasDefinition() || !B->hasDefinition() || A->isDerivedFrom(B) ||
         B->isDerivedFrom(A);
}

} // namespace

/// Whether a call that is not given the session can use it: those of objects by their functions,
/// and those that anybody can reach by any.
bool ReadLog::reaches(const Filling &What, const ValueDecl *Session) const {
  if (What.Reach == Filling::Given)
    return isSameSession(What.Session, Session);
  if (!Session)
    return false;
  if (Kept.contains(Session))
    return true;
  const auto *Var = dyn_cast<VarDecl>(Session);
  if (!Var)
    return What.Reach == Filling::OfObjects;
  if (isa<ParmVarDecl>(Var))
    return false;
  if (!Var->hasLocalStorage())
    return true;
  // What was before it got the session is as unknown as what a caller has done.
  const bool Refers = Var->getType()->isReferenceType() || Var->getType()->isPointerType();
  return Refers && What.At > DeclaredAt.lookup(Var);
}

/// Whether the session let go of what it held after that, and before the query.
bool ReadLog::isCleared(const Filling &What, const Read &At) const {
  return llvm::any_of(Clearings, [&](const Clearing &Cleared) {
    // A lambda that stands before may be called later.
    const bool Waits = llvm::any_of(Lambdas, [&](const Extent &Lambda) {
      return Lambda.contains(What.At) && !Lambda.contains(Cleared.Rest.Begin);
    });
    return Cleared.Session == At.Value.Session && What.At < Cleared.Rest.Begin && !Waits &&
           Cleared.Rest.contains(At.Value.OriginAt);
  });
}

/// Whether it may happen before the read, in the life of what is read.
bool ReadLog::precedes(const Filling &What, const Read &At) const {
  if (What.IsAnywhere)
    return true;
  if (What.At < At.At)
    return !isCleared(What, At);
  const auto IsAgain = [&](const Extent &Loop) {
    return Loop.contains(What.At) && Loop.contains(At.At) && !Loop.contains(At.Value.ObjectAt);
  };
  // Nobody knows when a lambda is called that uses a session from outside.
  const auto IsLater = [&](const Extent &Lambda) {
    const auto Declared = DeclaredAt.find(At.Value.Session);
    const bool Inside = Declared != DeclaredAt.end() && Lambda.contains(Declared->second);
    return Lambda.contains(At.At) && !Lambda.contains(What.At) && !Inside;
  };
  return llvm::any_of(Loops, IsAgain) || llvm::any_of(Lambdas, IsLater);
}

bool ReadLog::fills(const Filling &What, const Read &At) const {
  const Traced &Value = At.Value;
  if (What.Kind == Filling::Holding || !reaches(What, Value.Session))
    return false;
  if (What.Kind == Filling::OfMember &&
      What.Field->getCanonicalDecl() != Value.Path.back().Field->getCanonicalDecl())
    return false;
  if (What.Kind == Filling::OfClass &&
      !isRelated(What.Class, linkedClass(Value.Path.back().Field->getType())) &&
      llvm::none_of(Value.Path,
                    [&](const TracedStep &Step) { return isRelated(What.Class, Step.Class); }))
    return false;
  // The objects of a stream are no part of the session: only what is done to them counts.
  if (Value.Source == model::ObjectSource::stream && What.Kind != Filling::OfClass &&
      What.At < Value.OriginAt)
    return false;
  return precedes(What, At);
}

void ReadLog::finish(const ASTContext &Context, std::vector<model::RelationshipRead> &Found) const {
  std::set<std::pair<const CallExpr *, std::vector<const FieldDecl *>>> Known;
  for (const Read &At : Reads) {
    const Traced &Value = At.Value;
    if (llvm::any_of(Fillings, [&](const Filling &What) { return fills(What, At); }))
      continue;
    std::vector<const FieldDecl *> Members;
    for (const TracedStep &Step : Value.Path)
      Members.push_back(Step.Field);
    if (!Known.insert({Value.Origin, std::move(Members)}).second)
      continue;
    model::RelationshipRead Read;
    Read.source = Value.Source;
    for (const TracedStep &Step : Value.Path) {
      Read.path.push_back({keyOf(Step.Class), Step.Field->getNameAsString(),
                           llvm::is_contained(Value.Loaded, Step.Field)});
      Read.held_classes.push_back(Read.path.back().class_key);
    }
    if (Read.path.back().is_loaded && Read.source != model::ObjectSource::stream)
      continue;
    for (const Filling &What : Fillings)
      if (What.Kind == Filling::Holding && isSameSession(What.Session, Value.Session) &&
          precedes(What, At)) {
        Read.holds_any |= !What.Class;
        if (What.Class)
          Read.held_classes.push_back(keyOf(What.Class));
      }
    Read.is_public = Value.Path.back().Field->getAccess() == AS_public;
    Read.location = locationOf(Context, Value.MemberLoc);
    Read.query = locationOf(Context, Value.Origin->getExprLoc());
    Found.push_back(std::move(Read));
  }
}

} // namespace declorm::plugin
