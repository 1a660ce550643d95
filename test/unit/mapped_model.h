// mapped_model.h: Tests that map a small model and look at what became of it.
#ifndef DECLORM_TEST_UNIT_MAPPED_MODEL_H
#define DECLORM_TEST_UNIT_MAPPED_MODEL_H

#include "test/unit/model_builder.h"

#include <gtest/gtest.h>

namespace declorm::model::test {

struct MappedModel : testing::Test {
  Program program_;
  Diagnostics diagnostics;
  Mapping mapping;

  void map(std::vector<ClassBuilder> classes) {
    program_ = program(std::move(classes));
    mapping = declorm::model::map(program_, diagnostics);
  }
  const MappedClass &get(std::string_view key) const {
    const MappedClass *found = mapping.find(key);
    if (!found)
      throw std::runtime_error("not mapped: " + std::string(key));
    return *found;
  }
};

} // namespace declorm::model::test

#endif // DECLORM_TEST_UNIT_MAPPED_MODEL_H
