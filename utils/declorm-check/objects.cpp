// objects.cpp: From what the compiler and the linker made back to Models.

#include "utils/declorm-check/objects.h"
#include "utils/declorm-check/paths.h"

#include "runtime/model/json.h"

#include "llvm/BinaryFormat/Magic.h"
#include "llvm/Bitcode/BitcodeReader.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Object/Archive.h"
#include "llvm/Object/ObjectFile.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

#include <map>

namespace declorm::check {

namespace {

/// Records of one section: each ends in NUL, alignment puts further ones between.
void split_records(llvm::StringRef section, std::vector<std::string_view> &records) {
  llvm::SmallVector<llvm::StringRef, 0> parts;
  section.split(parts, '\0', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef part : parts)
    records.emplace_back(part.data(), part.size());
}

llvm::Error records_of_object(const llvm::object::ObjectFile &object,
                              std::vector<std::string_view> &records) {
  for (const llvm::object::SectionRef &section : object.sections()) {
    llvm::Expected<llvm::StringRef> name = section.getName();
    if (!name)
      return name.takeError();
    if (*name != model::section_name)
      continue;
    llvm::Expected<llvm::StringRef> contents = section.getContents();
    if (!contents)
      return contents.takeError();
    split_records(*contents, records);
  }
  return llvm::Error::success();
}

/// The records are initialisers of variables; `strings` keeps what they point into.
llvm::Error records_of_bitcode(llvm::MemoryBufferRef buffer, std::vector<std::string> &strings,
                               std::vector<std::string_view> &records) {
  llvm::Expected<std::vector<llvm::BitcodeModule>> modules = llvm::getBitcodeModuleList(buffer);
  if (!modules)
    return modules.takeError();
  for (llvm::BitcodeModule &part : *modules) {
    llvm::LLVMContext context;
    auto loaded =
        part.getLazyModule(context, /*ShouldLazyLoadMetadata=*/true, /*IsImporting=*/false);
    if (!loaded)
      return loaded.takeError();
    for (const llvm::GlobalVariable &variable : (*loaded)->globals()) {
      if (variable.getSection() != model::section_name || !variable.hasInitializer())
        continue;
      if (const auto *data =
              llvm::dyn_cast<llvm::ConstantDataSequential>(variable.getInitializer()))
        strings.push_back(data->getRawDataValues().str());
    }
  }
  for (const std::string &text : strings)
    split_records(text, records);
  return llvm::Error::success();
}

class ObjectReader {
public:
  explicit ObjectReader(Analysis &analysis) : analysis_(analysis) {
    llvm::SmallString<128> current;
    llvm::sys::fs::current_path(current);
    current_ = std::string(current);
  }

  void read(const std::string &file);

  /// Whether any of the files held a Model.
  bool found_any() const { return found_any_; }

  void fail(const std::string &file, const std::string &message) {
    analysis_.errors.push_back({"", model::Severity::error, message, {}, {}});
    if (analysis_.failed.empty() || analysis_.failed.back() != file)
      analysis_.failed.push_back(file);
  }

private:
  void read_archive(const std::string &file, llvm::MemoryBufferRef buffer);
  void read_buffer(const std::string &file, llvm::MemoryBufferRef buffer,
                   const std::string &member = {});
  void add_units(const std::string &file, const std::string &member, bool is_image,
                 const std::vector<std::string_view> &records);

  static std::string name(const std::string &file, const std::string &member) {
    return member.empty() ? "'" + file + "'" : "'" + file + "(" + member + ")'";
  }

  Analysis &analysis_;
  std::string current_;
  bool found_any_ = false;
};

void ObjectReader::read(const std::string &file) {
  auto buffer = llvm::MemoryBuffer::getFile(file, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer) {
    fail(file, "cannot read '" + file + "': " + buffer.getError().message());
    return;
  }
  if (llvm::identify_magic((*buffer)->getBuffer()) == llvm::file_magic::archive)
    read_archive(file, **buffer);
  else
    read_buffer(file, **buffer);
}

void ObjectReader::read_archive(const std::string &file, llvm::MemoryBufferRef buffer) {
  const auto damaged = [&](llvm::Error error) {
    fail(file, "'" + file + "' is damaged: " + llvm::toString(std::move(error)));
  };
  llvm::Expected<std::unique_ptr<llvm::object::Archive>> archive =
      llvm::object::Archive::create(buffer);
  if (!archive)
    return damaged(archive.takeError());
  llvm::Error error = llvm::Error::success();
  for (const llvm::object::Archive::Child &child : (*archive)->children(error)) {
    llvm::Expected<llvm::StringRef> member = child.getName();
    llvm::Expected<llvm::MemoryBufferRef> contents = child.getMemoryBufferRef();
    if (!member || !contents) {
      damaged(llvm::joinErrors(member ? llvm::Error::success() : member.takeError(),
                               contents ? llvm::Error::success() : contents.takeError()));
      break;
    }
    read_buffer(file, *contents, member->str());
  }
  if (error)
    damaged(std::move(error));
}

void ObjectReader::read_buffer(const std::string &file, llvm::MemoryBufferRef buffer,
                               const std::string &member) {
  std::vector<std::string> strings;
  std::vector<std::string_view> records;
  std::unique_ptr<llvm::object::ObjectFile> object;
  llvm::Error error = llvm::Error::success();
  const llvm::file_magic magic = llvm::identify_magic(buffer.getBuffer());
  bool is_image = false;
  switch (magic) {
  case llvm::file_magic::bitcode:
    error = llvm::joinErrors(std::move(error), records_of_bitcode(buffer, strings, records));
    break;
  case llvm::file_magic::elf_executable:
  case llvm::file_magic::elf_shared_object:
    is_image = true;
    [[fallthrough]];
  case llvm::file_magic::elf_relocatable: {
    auto opened = llvm::object::ObjectFile::createELFObjectFile(buffer);
    if (opened)
      object = std::move(*opened);
    error = llvm::joinErrors(std::move(error),
                             opened ? records_of_object(*object, records) : opened.takeError());
    break;
  }
  default:
    if (member.empty()) // anything may lie in an archive
      fail(file, "'" + file + "' is no object file, library, program or LLVM bitcode" +
                     (llvm::StringRef(buffer.getBuffer()).contains('\0')
                          ? ""
                          : "; sources are checked without --objects"));
    return;
  }
  if (error)
    fail(file, name(file, member) + " is damaged: " + llvm::toString(std::move(error)));
  else
    add_units(file, member, is_image, records);
}

void ObjectReader::add_units(const std::string &file, const std::string &member, bool is_image,
                             const std::vector<std::string_view> &records) {
  std::string error;
  auto units = model::from_records(records, error);
  if (!units) {
    found_any_ = true; // one that cannot be read is one
    fail(file, "the declorm model in " + name(file, member) + " cannot be read: " + error);
    return;
  }
  found_any_ |= !units->empty();
  if (units->empty() && is_image)
    units->emplace_back(); // a program without classes is still one that a class may be missing in
  const Paths paths(current_);
  std::string last, last_shortened; // most places of a unit are in one file
  for (model::TranslationUnit &unit : *units) {
    shorten_paths(unit, [&](std::string &path) {
      if (path.empty())
        return;
      if (path != last)
        last_shortened = paths.shorten(last = path, current_);
      path = last_shortened;
    });
    if (is_image) {
      unit.image = file;
    } else if (!member.empty()) {
      unit.library = file;
      unit.object = member;
    }
    analysis_.units.push_back(std::move(unit));
  }
}

} // namespace

Analysis read_objects(const Options &options) {
  Analysis analysis;
  ObjectReader reader(analysis);
  for (const std::string &file : options.files)
    reader.read(file);
  if (!reader.found_any())
    for (const std::string &file : options.files)
      if (llvm::find(analysis.failed, file) == analysis.failed.end())
        reader.fail(file, "'" + file +
                              "' holds no declorm model: it was made without the declorm plugin "
                              "(-fplugin=declorm), or of sources without annotated classes");
  return analysis;
}

} // namespace declorm::check
