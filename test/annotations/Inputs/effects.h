// effects.h: what the programs of test/annotations share; precompiled.
#pragma once

#include "../../orm/Inputs/traced.h"
#include <map>

using declorm::attr, declorm::col;

namespace test {

/// Makes the tables of the program, and shows how.
inline declorm::Engine create_traced() {
  declorm::Engine engine = traced_engine();
  tracing = true;
  declorm::metadata().create_all(engine);
  return engine;
}

} // namespace test
