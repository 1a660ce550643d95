// Classes of every kind that can be named from outside a function.
//
// RUN: %declorm_clang -Wall -Wextra -Werror %s %S/Inputs/dump.cpp -o %t
// RUN: %t | FileCheck %s --implicit-check-not=class

#include <string>

// CHECK: module version 7 classes 16

namespace shop {

// CHECK-LABEL: class shop::Order size 8 flags 16{{$}}
struct [[declorm::table]] Order {
  [[using declorm: column, primary_key]] int id;
  // CHECK: inner at 4 type
  struct {
    [[declorm::column]] int inner;
  };
};

class Outer {
  struct [[declorm::table]] Inner {
    [[using declorm: column, primary_key]] int id;
  };
};
// CHECK-LABEL: class shop::Outer::Inner size 4 flags 16{{$}}

template <class T> struct [[declorm::abstract]] Page {
  T id;
  [[using declorm: column, length(sizeof(T))]] std::string text;
  struct [[declorm::abstract]] Item {
    [[declorm::column]] int number;
    T id;
  };
  Item *item;
};
// Never instantiated.
template <class T> struct [[declorm::table]] Unused {
  [[using declorm: column, primary_key]] T id;
};
template <> struct [[declorm::table("pages")]] Page<char> {
  [[using declorm: column, primary_key]] char id;
};

} // namespace shop

// CHECK-LABEL: class shop::Page<long> size 48 flags 18{{$}}
// CHECK: {{\[\[}}length i:8]]
shop::Page<long> instantiated;
// CHECK-LABEL: class shop::Page<char> size 1 flags 16{{$}}

namespace {
// CHECK-LABEL: class Internal size 4 flags 17{{$}}
struct [[declorm::table]] Internal {
  [[using declorm: column, primary_key]] int id;
};
} // namespace

// CHECK-LABEL: class stat size 4 flags 16{{$}}
struct [[declorm::table]] stat {
  [[using declorm: column, primary_key]] int id;
};
int stat(int);

// CHECK-LABEL: class Holder size 16 flags 16{{$}}
struct [[declorm::table]] Holder {
  [[using declorm: column, primary_key]] int id;
  // Completes the template.
  shop::Page<struct stat> *page;
};

// CHECK-LABEL: class Old size 4 flags 16{{$}}
typedef struct [[declorm::table]] {
  [[using declorm: column, primary_key]] int id;
} Old;

class [[declorm::table]] Closed {
  [[using declorm: column, primary_key]] int id = 0;
  explicit Closed(int);
};
// CHECK-LABEL: class Closed size 4 flags 32 no-default-constructor

struct Mixin {
  [[declorm::column]] int mixed;
};
struct Unannotated {
  int nothing;
};
struct Between : Unannotated, virtual Mixin {};
// CHECK-LABEL: class Mixin size 4 flags 16
// CHECK: mixed at 0
// CHECK-LABEL: class Derived size {{[0-9]+}} flags 4{{$}}
// CHECK: base c:@S@Between at 0{{$}}
struct [[declorm::table]] Derived : Between {
  [[using declorm: column, primary_key]] int id;
  [[declorm::column]] unsigned bits : 3; // CHECK: bits at -1 type 8 {{.*}} get set
  virtual ~Derived() = default;
};
// CHECK-LABEL: class Between
// CHECK-NEXT: base c:@S@Unannotated at 8{{$}}
// CHECK-NEXT: base c:@S@Mixin at -1{{$}}
// CHECK-NEXT: virtual base c:@S@Mixin at 12{{$}}

// CHECK-LABEL: class Abstract size 16 flags 12 no-default-constructor
struct [[declorm::table]] Abstract {
  [[using declorm: column, primary_key]] char id;
  virtual void pure() = 0;
};

// CHECK-LABEL: class shop::Page<long>::Item size 16 flags 18{{$}}
// CHECK-LABEL: class shop::Page<stat> size 48 flags 18{{$}}
// CHECK-LABEL: class shop::Page<stat>::Item size 8 flags 18{{$}}

int main() {}
