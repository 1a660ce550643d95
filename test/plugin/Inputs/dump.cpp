// Stands in for the runtime: prints what the program's translation units register.
#include "declorm/registration.h"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace declorm::detail {

// Reads the text of a class as its description in registration.h says.
struct Reader {
  const char *at;

  char peek() {
    while (*at == ' ')
      ++at;
    return *at;
  }
  bool accept(char mark) { return peek() == mark && ++at; }
  long long number() {
    char *end;
    const long long value = std::strtoll(at, &end, 10);
    at = end;
    return value;
  }
  std::string string() {
    const auto size = static_cast<std::size_t>(number());
    std::string value(at + 1, size);
    at += 1 + size;
    return value;
  }
};

struct Dump {
  const Class &c;
  Reader text{c.text};
  unsigned thunks = 0;

  // Kinds and values, lists flat; returns how many.
  unsigned arguments(std::string &out) {
    unsigned count = 0;
    for (; text.peek() >= 'a' && text.peek() <= 'z'; ++count) {
      const char kind = *text.at++;
      out += std::string(" ") + kind;
      if (std::string("rspek").find(kind) != std::string::npos) {
        const std::string value = text.string();
        out += ":" + std::string(value.c_str()); // what stands before a NUL
        if (kind == 's')
          out += ":" + std::to_string(value.size());
      }
      while (kind == 's' && (text.accept('^') || text.accept('!')))
        for (int i = 0; i != 3; ++i)
          text.number(); // offset, line, column
      if (kind == 'i' || kind == 'l' || kind == 'e')
        out += ":" + std::to_string(text.number());
      if (kind == 'p')
        out += c.thunks[thunks++] ? ":function" : ":null";
    }
    return count;
  }

  void member(unsigned index) {
    const std::string name = text.string();
    for (int i = 0; i != 4; ++i)
      text.number(); // line, column, kind, flags
    text.string();   // the type's spelling
    const int code = int(text.number()), container = int(text.number()), flags = int(text.number());
    for (int i = 0; i != 4; ++i)
      text.number(); // rep, size, num, den
    const Accessor *accessor = accessor_of(c, index);
    std::printf("  %s at %d type %d container %d flags %d%s%s\n", name.c_str(),
                int(c.offsets[index]), code, container, flags, accessor ? " get" : "",
                accessor && accessor->set ? " set" : "");
    if (text.accept('>'))
      text.string();
    while (text.accept('=')) {
      const std::string enumerator = text.string();
      std::printf("    enumerator %s %lld\n", enumerator.c_str(), text.number());
    }
    while (text.accept('@')) {
      std::string line = text.string();
      text.number();
      text.number();
      arguments(line);
      std::printf("    [[%s]]\n", line.c_str());
    }
  }

  void run() {
    const std::string name = text.string();
    text.string();
    text.number();
    text.number();
    std::printf("class %s size %u flags %u%s\n", name.c_str(), c.size, c.flags,
                c.construct ? "" : " no-default-constructor");
    while (text.accept('@')) {
      const std::string annotation = text.string();
      text.number();
      text.number();
      std::string ignored;
      const unsigned count = arguments(ignored);
      std::printf("  [[%s]] %u\n", annotation.c_str(), count);
    }
    for (unsigned i = 0; i != c.base_count; ++i)
      std::printf("  base %s at %d\n", c.bases[i].key, int(c.bases[i].offset));
    while (text.accept('%')) {
      const std::string key = text.string();
      std::printf("  virtual base %s at %d\n", key.c_str(), int(text.number()));
    }
    for (unsigned i = 0; text.accept('.'); ++i)
      member(i);
    if (text.peek())
      std::printf("  unread: %s\n", text.at);
    if (c.construct && c.destroy) {
      void *storage = ::operator new(c.size);
      c.destroy(c.construct(storage));
      ::operator delete(storage);
    }
  }
};

Registration::Registration(const Module &module) noexcept : module_(module) {
  std::printf("module version %u classes %u\n", module.version, module.count);
  for (unsigned i = 0; i != module.count; ++i)
    Dump{*module.classes[i]}.run();
}

Registration::~Registration() { (void)module_; }

} // namespace declorm::detail
