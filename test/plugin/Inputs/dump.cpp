// Stands in for the runtime: prints what the program's translation units register.
#include "declorm/registration.h"

#include <cstdio>
#include <cstring>

namespace declorm::detail {

static void dump(const Class &c) {
  std::printf("class %s size %u flags %u%s\n", c.name, c.size, c.flags,
              c.construct ? "" : " no-default-constructor");
  for (unsigned i = 0; i != c.class_annotation_count; ++i)
    std::printf("  [[%s]] %u\n", c.annotations[i].name, c.annotations[i].argument_count);
  for (unsigned i = 0; i != c.base_count; ++i)
    std::printf("  base %s at %d%s\n", c.bases[i].key, int(c.bases[i].offset),
                c.bases[i].upcast ? " upcast" : "");
  for (unsigned i = 0; i != c.member_count; ++i) {
    const Member &m = c.members[i];
    std::printf("  %s at %d type %d container %d flags %d%s%s\n", m.name, int(m.offset),
                int(m.type.code), int(m.type.container), m.type.flags,
                m.accessor && m.accessor->get ? " get" : "",
                m.accessor && m.accessor->set ? " set" : "");
    for (unsigned e = 0; e != m.type.enumerator_count; ++e)
      std::printf("    enumerator %s %lld\n", m.type.enumerators[e].name,
                  m.type.enumerators[e].value);
    for (unsigned a = m.first_annotation; a != m.first_annotation + m.annotation_count; ++a) {
      const Annotation &x = c.annotations[a];
      std::printf("    [[%s", x.name);
      for (unsigned k = x.first_argument; k != x.first_argument + x.argument_count; ++k) {
        const Argument &v = c.arguments[k];
        std::printf(" %d:%s:%lld%s", int(v.kind), v.text ? v.text : "", v.integer,
                    v.function ? ":function" : "");
      }
      std::printf("]]\n");
    }
  }
  if (c.construct && c.destroy) {
    void *storage = ::operator new(c.size);
    c.destroy(c.construct(storage));
    ::operator delete(storage);
  }
}

Registration::Registration(const Module &module) noexcept : module_(module) {
  std::printf("module version %u classes %u\n", module.version, module.count);
  for (unsigned i = 0; i != module.count; ++i)
    dump(*module.classes[i]);
}

Registration::~Registration() { (void)module_; }

} // namespace declorm::detail
