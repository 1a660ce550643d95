// `numeric` beside Decimal, which says the same.
// RUN: not %declorm_clang -fsyntax-only %s 2>&1 | FileCheck %s
#include <declorm/decimal.h>

struct [[declorm::table("items")]] Item {
  [[using declorm: column, primary_key]] int id = 0;
  // CHECK: decimal.cpp:[[@LINE+1]]:{{[0-9]+}}: error: 'declorm::numeric' is said already by 'declorm::Decimal<10, 2>', the type of 'price'; leave it out
  [[using declorm: column, numeric(12, 4)]] declorm::Decimal<10, 2> price;
};
