// report.cpp: Prints findings.

#include "utils/declorm-check/report.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <map>

namespace declorm::check {

namespace {

/// The files that findings point into, each read once.
class Sources {
public:
  /// Line `number` of `file` without its end, or "" if there is none.
  llvm::StringRef line(const std::string &file, unsigned number) {
    auto [entry, is_new] = lines_.try_emplace(file);
    if (is_new) {
      if (auto buffer = llvm::MemoryBuffer::getFile(file)) {
        buffers_.push_back(std::move(*buffer));
        buffers_.back()->getBuffer().split(entry->second, '\n');
      }
    }
    const auto &lines = entry->second;
    return number > 0 && number <= lines.size() ? lines[number - 1].rtrim('\r') : llvm::StringRef();
  }

private:
  std::map<std::string, llvm::SmallVector<llvm::StringRef, 0>> lines_;
  std::vector<std::unique_ptr<llvm::MemoryBuffer>> buffers_;
};

class TextPrinter {
public:
  explicit TextPrinter(llvm::raw_ostream &out) : out_(out) {}

  void print(const model::Diagnostic &diagnostic) {
    const bool is_error = diagnostic.severity == model::Severity::error;
    const std::string rule = diagnostic.rule.empty() ? "" : " [declorm-" + diagnostic.rule + "]";
    print(diagnostic.location, is_error ? "error" : "warning", diagnostic.message + rule);
    for (const model::Note &note : diagnostic.notes)
      print(note.location, "note", note.message);
  }

private:
  void print(const model::Location &location, const char *level, const std::string &message) {
    if (location.valid())
      out_ << location.file << ':' << location.line << ':' << location.column << ": ";
    out_ << level << ": " << message << '\n';
    llvm::StringRef line = sources_.line(location.file, location.line);
    if (line.empty() || location.column == 0 || location.column > line.size() + 1)
      return;
    // Tabs stay tabs, so that the caret stands where the column is.
    std::string indent;
    for (char c : line.take_front(location.column - 1))
      if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) // not the rest of a UTF-8 character
        indent += c == '\t' ? '\t' : ' ';
    const std::string number = std::to_string(location.line);
    out_.indent(number.size() < 5 ? 5 - number.size() : 0) << number << " | " << line << '\n';
    out_.indent(number.size() < 5 ? 5 : number.size()) << " | " << indent << "^\n";
  }

  llvm::raw_ostream &out_;
  Sources sources_;
};

llvm::json::Object json_of(const std::string &message, const model::Location &location) {
  llvm::json::Object object{{"message", llvm::json::fixUTF8(message)}};
  if (location.valid()) {
    object["file"] = llvm::json::fixUTF8(location.file);
    object["line"] = location.line;
    object["column"] = location.column;
  }
  return object;
}

llvm::json::Array json_of(const model::Diagnostics &diagnostics) {
  llvm::json::Array list;
  for (const model::Diagnostic &diagnostic : diagnostics) {
    llvm::json::Object object = json_of(diagnostic.message, diagnostic.location);
    if (!diagnostic.rule.empty())
      object["rule"] = "declorm-" + diagnostic.rule;
    object["severity"] = diagnostic.severity == model::Severity::error ? "error" : "warning";
    llvm::json::Array notes;
    for (const model::Note &note : diagnostic.notes)
      notes.push_back(json_of(note.message, note.location));
    object["notes"] = std::move(notes);
    list.push_back(std::move(object));
  }
  return list;
}

} // namespace

void report(const Options &options, const Analysis &analysis, const model::Diagnostics &findings) {
  if (options.format == Format::json) {
    llvm::json::Array failed;
    for (const std::string &file : analysis.failed)
      failed.push_back(llvm::json::fixUTF8(file));
    llvm::json::Object object{{"findings", json_of(findings)},
                              {"errors", json_of(analysis.errors)},
                              {"failed", std::move(failed)},
                              {"version", DECLORM_VERSION}};
    llvm::outs() << llvm::formatv("{0:2}", llvm::json::Value(std::move(object))) << '\n';
    return;
  }
  TextPrinter errors(llvm::errs());
  for (const model::Diagnostic &error : analysis.errors)
    errors.print(error);
  TextPrinter text(llvm::outs());
  for (const model::Diagnostic &finding : findings)
    text.print(finding);
  llvm::outs().flush();
  for (const std::string &file : analysis.failed)
    llvm::errs() << "declorm-check: could not analyse '" << file << "'\n";
}

} // namespace declorm::check
