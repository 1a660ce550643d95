// Spelling.cpp: Annotations that no handler ever sees.

#include "plugin/vocabulary/Spelling.h"
#include "plugin/Report.h"
#include "plugin/vocabulary/Vocabulary.h"

#include "runtime/model/diagnostic.h"

#include "clang/Lex/Lexer.h"
#include "clang/Lex/PPCallbacks.h"

using namespace clang;

namespace declorm::plugin {

namespace {

class Callbacks : public PPCallbacks {
public:
  explicit Callbacks(std::shared_ptr<SpellingWatch> Watch) : Watch(std::move(Watch)) {}
  void SourceRangeSkipped(SourceRange Range, SourceLocation) override {
    Watch->Skipped.push_back(Range);
  }

private:
  std::shared_ptr<SpellingWatch> Watch;
};

/// Reads the attribute lists of one file.
class FileChecker {
public:
  FileChecker(Sema &S, SourceLocation Start, llvm::StringRef Buffer, const SpellingWatch &Watch,
              std::vector<Misspelt> &Unknown)
      : S(S), Watch(Watch), Unknown(Unknown),
        Lex(Start, S.getLangOpts(), Buffer.begin(), Buffer.begin(), Buffer.end()) {
    advance();
  }

  void run() {
    while (Tok.isNot(tok::eof)) {
      if (Tok.isAtStartOfLine() && Tok.is(tok::hash))
        readDirective();
      else if (!take(tok::l_square))
        advance();
      else if (take(tok::l_square))
        readList();
    }
  }

private:
  void advance() { Lex.LexFromRawLexer(Tok); }

  bool take(tok::TokenKind Kind) {
    if (Tok.isNot(Kind))
      return false;
    advance();
    return true;
  }

  bool takeName(llvm::StringRef &Name, SourceLocation &Loc) {
    if (Tok.isNot(tok::raw_identifier))
      return false;
    Name = Tok.getRawIdentifier();
    Loc = Tok.getLocation();
    advance();
    return true;
  }

  /// The parameters of a macro stand for names that are not here.
  void readDirective() {
    llvm::StringRef Name;
    SourceLocation Loc;
    Parameters.clear();
    advance();
    if (Tok.isAtStartOfLine() || !takeName(Name, Loc) || Name != "define" || !takeName(Name, Loc) ||
        Tok.isNot(tok::l_paren) || Tok.hasLeadingSpace())
      return;
    while (Tok.isNot(tok::r_paren) && Tok.isNot(tok::eof) && !Tok.isAtStartOfLine()) {
      if (Tok.is(tok::raw_identifier))
        Parameters.push_back(Tok.getRawIdentifier());
      advance();
    }
  }

  /// `[[using declorm: a, b(1)]]` or `[[declorm::a, other::b]]`, behind the brackets.
  void readList() {
    llvm::StringRef Using, Name;
    SourceLocation Loc;
    bool Ours = false;
    if (Tok.is(tok::raw_identifier) && Tok.getRawIdentifier() == "using") {
      advance();
      Ours = takeName(Using, Loc) && Using == "declorm";
      if (!take(tok::colon))
        return;
    }
    while (Tok.isNot(tok::eof) && Tok.isNot(tok::r_square)) {
      bool OursHere = Ours;
      if (takeName(Name, Loc)) {
        if (take(tok::coloncolon)) {
          OursHere = Name == "declorm";
          if (!takeName(Name, Loc))
            continue;
        }
        if (OursHere)
          check(Name, Loc);
        if (Tok.is(tok::l_paren))
          skipParentheses();
      } else {
        advance();
      }
    }
  }

  void skipParentheses() {
    unsigned Depth = 0;
    do {
      Depth += Tok.is(tok::l_paren);
      Depth -= Tok.is(tok::r_paren);
      advance();
    } while (Depth != 0 && Tok.isNot(tok::eof));
  }

  bool isSkipped(SourceLocation Loc) const {
    const SourceManager &SM = S.getSourceManager();
    return llvm::any_of(Watch.Skipped, [&](SourceRange Range) {
      return SM.isPointWithin(Loc, Range.getBegin(), Range.getEnd());
    });
  }

  /// A macro stands for names that are not here either.
  bool isMacro(llvm::StringRef Name) const {
    IdentifierInfo *Identifier = S.getPreprocessor().getIdentifierInfo(Name);
    return Identifier && Identifier->hadMacroDefinition();
  }

  void check(llvm::StringRef Name, SourceLocation Loc) {
    if (llvm::is_contained(Parameters, Name) || isMacro(Name))
      return;
    const bool Known = isAnnotation(Name);
    const bool Superfluous = Known && Tok.is(tok::l_paren) && !takesArguments(Name);
    if ((Known && !Superfluous) || isSkipped(Loc))
      return;
    if (Superfluous) {
      error(S.Diags, Loc, "'declorm::%0' takes no arguments") << Name;
      return;
    }
    Unknown.push_back({Loc, Tok.is(tok::l_paren)});
    const std::string Near = model::nearest(Name.str(), annotationNames());
    if (Near.empty())
      error(S.Diags, Loc, "unknown annotation '%0'") << Name;
    else
      error(S.Diags, Loc, "unknown annotation '%0'; did you mean '%1'?")
          << Name << Near << FixItHint::CreateReplacement(Loc, Near);
  }

  Sema &S;
  const SpellingWatch &Watch;
  std::vector<Misspelt> &Unknown;
  Lexer Lex;
  Token Tok;
  std::vector<llvm::StringRef> Parameters;
};

} // namespace

std::shared_ptr<SpellingWatch> watchSpelling(Preprocessor &PP) {
  auto Watch = std::make_shared<SpellingWatch>();
  PP.addPPCallbacks(std::make_unique<Callbacks>(Watch));
  return Watch;
}

std::vector<Misspelt> checkSpelling(Sema &S, const SpellingWatch &Watch) {
  SourceManager &SM = S.getSourceManager();
  // Asking for a file's place loads entries of a precompiled header, which adds to the files: the
  // iteration comes first.
  std::vector<std::pair<FileEntryRef, llvm::StringRef>> Loaded;
  for (auto It = SM.fileinfo_begin(); It != SM.fileinfo_end(); ++It) {
    const SrcMgr::ContentCache *Content = It->second;
    const auto Text = Content ? Content->getBufferDataIfLoaded() : std::nullopt;
    if (Text && Text->contains("declorm"))
      Loaded.emplace_back(It->first, *Text);
  }
  // Files, not inclusions: a header is checked once. By place, for a stable order.
  std::vector<std::pair<SourceLocation, llvm::StringRef>> Files;
  for (const auto &[Entry, Text] : Loaded)
    if (const FileID File = SM.translateFile(Entry); File.isValid())
      Files.emplace_back(SM.getLocForStartOfFile(File), Text);
  llvm::sort(Files, llvm::less_first());
  std::vector<Misspelt> Unknown;
  for (const auto &[Start, Text] : Files)
    FileChecker(S, Start, Text, Watch, Unknown).run();
  return Unknown;
}

} // namespace declorm::plugin
