// Virtual bases: columns that stand in them, direct and far, of classes of all kinds: plain
// members, bit-fields, getters, members of composites; written, read, changed and deleted.
// RUN: %declorm_clang -Wall -Wextra -Werror %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
// RUN: %declorm_clang -O2 -fsanitize=address,undefined -fno-sanitize-recover=all %s %link_declorm -o %t
// RUN: %if !sanitized %{ %t | FileCheck %s --match-full-lines %}
#include "../Inputs/database.h"
#include <declorm/declorm.h>
#include <iostream>

struct Padding {
  char padding[24]{};
};
struct Author {
  [[declorm::column]] std::optional<std::string> author{};
};
class Stamped : public Padding, public Author {
  int weight_ = 3;

public:
  [[declorm::column]] unsigned revision : 4 = 1;
  [[declorm::column]] std::string note = "a text that does not fit into the string object itself";
  [[declorm::column]] int weight() const { return weight_; }
  void set_weight(int weight) { weight_ = weight; }
};

struct Left : virtual Stamped {
  [[declorm::column]] int left = 1;
};
struct Right : virtual Stamped {
  [[declorm::column]] int right = 2;
};
struct [[declorm::table("diamonds")]] Diamond : Left, Right {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};

// The same bases, elsewhere: more stands before them, and the class has virtual functions.
struct Size {
  double size[5]{};
};
struct Shape {
  virtual ~Shape() = default;
  virtual std::string shape() const { return "shape"; }
};
struct [[declorm::table("shapes")]] Drawn : Shape, Size, Right, Left {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  std::string shape() const override { return "drawn"; }
};

template <class Self> struct Keyed {
  virtual ~Keyed() = default;
  [[using declorm: column, primary_key, sort_order(-1)]] std::int64_t id = 0;
};
template <class Self> struct Named : virtual Keyed<Self>, virtual Stamped {};
namespace {
struct [[declorm::table("locals")]] Local : Named<Local>, virtual Left {};
} // namespace

struct Amount {
  [[declorm::column]] int amount = 4;
};
struct Money : virtual Amount {
  [[declorm::column]] std::string currency = "EUR";
};
struct [[declorm::table("prices")]] Price : virtual Keyed<Price> {
  char before = 0;
  [[declorm::composite("net_")]] Money net;
};

// A mapped class as a virtual base: joined, and single below.
struct [[using declorm: table("parties"), polymorphic_identity("party")]] Party {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, polymorphic_on]] std::string kind;
  [[declorm::column]] std::string name;
};
struct [[using declorm: table("firms"), polymorphic_identity("firm")]] Firm : Size, virtual Party {
  [[declorm::column]] int seats = 0;
};
struct [[using declorm: mapped, polymorphic_identity("bank")]] Bank : Shape, Firm {
  [[declorm::column]] std::string code;
};

template <class T> static void change(T &object) {
  object.revision = object.revision + 8u;
  object.author = std::string(object.note) + ", changed";
  object.set_weight(object.weight() * 2);
  object.left += 10;
}

template <class T> static void show(const char *name, const T &object) {
  std::cout << name << " id " << object.id << " author " << object.author.value_or("-")
            << " revision " << object.revision << " weight " << object.weight() << " left "
            << object.left << std::endl;
}

template <class T> static void in_session(const char *name) {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  {
    declorm::Session session(engine);
    T object;
    object.note = "first";
    session.add(std::move(object));
    session.commit();
    change(session.query<T>().one());
    session.commit();
  }
  declorm::Session session(engine);
  T &object = session.query<T>().one();
  show(name, object);
  session.delete_(object);
  session.commit();
  std::cout << session.query<T>().count() << std::endl;
}

static void hierarchy() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  {
    declorm::Session session(engine);
    Firm firm;
    firm.name = "a firm";
    firm.seats = 3;
    Bank bank;
    bank.name = "a bank";
    bank.seats = 4;
    bank.code = "XYZ";
    session.add(std::move(firm));
    session.add(std::move(bank));
    session.commit();
  }
  declorm::Session session(engine);
  for (Party &party : session.query<Party>().order_by(declorm::col<&Party::id>)) {
    std::cout << party.kind << ' ' << party.name;
    if (const Firm *firm = session.as<Firm>(party))
      std::cout << ' ' << firm->seats;
    if (const Bank *bank = session.as<Bank>(party))
      std::cout << ' ' << bank->code << ' ' << bank->shape();
    std::cout << std::endl;
  }
}

int main() {
  // CHECK: diamond id 1 author first, changed revision 9 weight 6 left 11
  // CHECK-NEXT: 0
  in_session<Diamond>("diamond");
  // CHECK-NEXT: drawn id 1 author first, changed revision 9 weight 6 left 11
  // CHECK-NEXT: 0
  in_session<Drawn>("drawn");
  // CHECK-NEXT: local id 1 author first, changed revision 9 weight 6 left 11
  // CHECK-NEXT: 0
  in_session<Local>("local");

  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  std::vector<Diamond> diamonds(3);
  for (Diamond &diamond : diamonds)
    change(diamond);
  {
    declorm::Connection connection = engine.connect();
    test::continue_keys(connection);
    connection.insert(diamonds);
    connection.commit();
    for (const Diamond &diamond : connection.select<Diamond>())
      show("plain", diamond);
  }
  // CHECK-NEXT: plain id 1 author a text that does not fit into the string object itself, changed revision 9 weight 6 left 11
  // CHECK-NEXT: plain id 2 {{.*}}
  // CHECK-NEXT: plain id 3 {{.*}}

  declorm::Session session(engine);
  Price price;
  price.net.amount = 12;
  session.add(std::move(price));
  session.commit();
  session.expunge_all();
  const Price &read = session.query<Price>().one();
  std::cout << read.net.amount << read.net.currency << std::endl; // CHECK-NEXT: 12EUR

  hierarchy();
  // CHECK-NEXT: firm a firm 3
  // CHECK-NEXT: bank a bank 4 XYZ shape
}
