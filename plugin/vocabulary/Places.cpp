// Places.cpp: Where the bytes of a string argument stand in the source.

#include "plugin/vocabulary/Places.h"

#include "clang/Basic/SourceManager.h"
#include "clang/Basic/TargetInfo.h"

using namespace clang;

namespace declorm::plugin {

/// Finding a byte means lexing the literal up to it: longer ones are one place.
static constexpr unsigned LongestSearched = 4096;

/// The literal's place in a file, if it is written there or given to a macro there.
static SourceLocation writtenAt(const SourceManager &SM, SourceLocation Loc) {
  const SourceLocation Spelled = SM.getSpellingLoc(Loc);
  if (Spelled != SM.getFileLoc(Loc) || SM.isWrittenInScratchSpace(Spelled))
    return {};
  return Spelled;
}

static model::TextPlace fixedAt(SourceLocation Loc) {
  return {0, 0, 0, Loc.getRawEncoding(), true};
}

/// Whether the source holds the text as it is, in quotes.
static bool isVerbatim(const SourceManager &SM, const clang::StringLiteral *Literal,
                       SourceLocation Loc) {
  const auto [File, Offset] = SM.getDecomposedLoc(Loc);
  bool Invalid = false;
  llvm::StringRef Source = SM.getBufferData(File, &Invalid).drop_front(Offset);
  return !Invalid && Source.consume_front("\"") && Source.consume_front(Literal->getString()) &&
         Source.starts_with("\"");
}

std::vector<model::TextPlace> placesOf(const ASTContext &Context,
                                       const clang::StringLiteral *Literal) {
  const SourceManager &SM = Context.getSourceManager();
  const SourceLocation First = writtenAt(SM, Literal->getStrTokenLoc(0));
  if (First.isInvalid())
    return {fixedAt(Literal->getBeginLoc())};
  if (Literal->getNumConcatenated() == 1 && isVerbatim(SM, Literal, First))
    return {{0, 0, 0, First.getLocWithOffset(1).getRawEncoding(), false}};
  if (Literal->getByteLength() > LongestSearched)
    return {fixedAt(First)};
  std::vector<model::TextPlace> Result;
  unsigned Token = 0, TokenOffset = 0;
  SourceLocation Previous;
  for (unsigned I = 0; I <= Literal->getByteLength(); ++I) {
    const SourceLocation Byte = Literal->getLocationOfByte(
        I, SM, Context.getLangOpts(), Context.getTargetInfo(), &Token, &TokenOffset);
    const SourceLocation Loc = writtenAt(SM, Byte);
    if (Loc.isInvalid())
      return {fixedAt(First)};
    if (Previous.isInvalid() || Loc != Previous.getLocWithOffset(1) ||
        SM.getCharacterData(Loc)[-1] == '\n')
      Result.push_back({I, 0, 0, Loc.getRawEncoding(), false});
    Previous = Loc;
  }
  return Result;
}

} // namespace declorm::plugin
