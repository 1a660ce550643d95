// baseline.cpp: Findings that are known and not to be shown again.

#include "utils/declorm-check/baseline.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

namespace declorm::check {

namespace {

llvm::raw_ostream &complain(const std::string &file) {
  return llvm::errs() << "declorm-check: baseline '" << file << "': ";
}

} // namespace

Baseline::Entry Baseline::entry_of(const model::Diagnostic &finding) {
  // As JSON will give them back.
  return {"declorm-" + finding.rule, llvm::json::fixUTF8(finding.location.file),
          llvm::json::fixUTF8(finding.message)};
}

std::optional<Baseline> Baseline::read(const std::string &file) {
  auto buffer = llvm::MemoryBuffer::getFile(file);
  if (!buffer) {
    complain(file) << buffer.getError().message() << "; --write-baseline makes one\n";
    return std::nullopt;
  }
  llvm::Expected<llvm::json::Value> json = llvm::json::parse((*buffer)->getBuffer());
  if (!json) {
    complain(file) << llvm::toString(json.takeError()) << "\n";
    return std::nullopt;
  }
  const llvm::json::Object *object = json->getAsObject();
  const llvm::json::Array *findings = object ? object->getArray("findings") : nullptr;
  if (!findings) {
    complain(file) << "not a baseline: there is no list \"findings\"\n";
    return std::nullopt;
  }
  Baseline baseline;
  for (const llvm::json::Value &item : *findings) {
    const llvm::json::Object *finding = item.getAsObject();
    const auto text = [&](const char *key) {
      return finding ? finding->getString(key) : std::nullopt;
    };
    const auto rule = text("rule"), place = text("file"), message = text("message");
    if (!rule || !place || !message) {
      complain(file) << "a finding needs \"rule\", \"file\" and \"message\": "
                     << llvm::formatv("{0}", item) << "\n";
      return std::nullopt;
    }
    ++baseline.entries_[{rule->str(), place->str(), message->str()}];
  }
  return baseline;
}

std::size_t Baseline::drop_known(model::Diagnostics &findings) const {
  std::map<Entry, std::size_t> left = entries_;
  std::erase_if(findings, [&](const model::Diagnostic &finding) {
    const auto found = left.find(entry_of(finding));
    if (found == left.end() || found->second == 0)
      return false;
    --found->second;
    return true;
  });
  std::size_t count = 0;
  for (const auto &[entry, number] : left)
    count += number;
  return count;
}

bool write_baseline(const std::string &file, const model::Diagnostics &findings) {
  llvm::json::Array list;
  for (const model::Diagnostic &finding : findings)
    list.push_back(llvm::json::Object{{"rule", "declorm-" + finding.rule},
                                      {"file", llvm::json::fixUTF8(finding.location.file)},
                                      {"message", llvm::json::fixUTF8(finding.message)}});
  std::error_code error;
  llvm::raw_fd_ostream out(file, error);
  if (!error) {
    out << llvm::formatv("{0:2}",
                         llvm::json::Value(llvm::json::Object{{"findings", std::move(list)}}))
        << '\n';
    out.flush();
    error = out.error();
    out.clear_error();
  }
  if (error)
    complain(file) << error.message() << "\n";
  return !error;
}

} // namespace declorm::check
