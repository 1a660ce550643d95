// What options of columns make of the values that are written and read through getters and setters.
#include "effects.h"

static int made() { return 42; }

class [[declorm::table("things")]] Thing {
  std::int64_t number = 0;
  std::optional<int> given_, sum_;
  int other_ = -2, changed_ = 0, counted_ = 0, none_ = -1, name_ = 0;

public:
  [[using declorm: column, primary_key]] std::int64_t id() const { return number; }
  void set_id(std::int64_t value) { number = value; }
  [[using declorm: column, /*method*/ default_value(5)]] std::optional<int> given() const {
    return given_;
  }
  void set_given(std::optional<int> value) { given_ = value; }
  [[using declorm: column, /*method*/ default_sql("1 + 2")]] std::optional<int> sum() const {
    return sum_;
  }
  void set_sum(std::optional<int> value) { sum_ = value; }
  [[using declorm: column, server_default("9"), /*method*/ unset(-2)]] int other() const {
    return other_;
  }
  void set_other(int value) { other_ = value; }
  [[using declorm: column, /*method*/ onupdate(&made)]] int changed() const { return changed_; }
  void set_changed(int value) { changed_ = value; }
  [[using declorm: column, /*method*/ onupdate_sql("1 + 3")]] int counted() const {
    return counted_;
  }
  void set_counted(int value) { counted_ = value; }
  [[using declorm: column, /*method*/ null_value(-1)]] int none() const { return none_; }
  void set_none(int value) { none_ = value; }
  [[using declorm: column, /*method*/ comparison("abs({left}) {op} abs({right})")]]
  int name() const {
    return name_;
  }
  void set_name(int value) { name_ = value; }
};
class [[declorm::table("numbered")]] Numbered {
  std::int64_t number = 0;
  int label_ = 0;

public:
  [[using declorm: column, /*method*/ setter("rename")]] int label() const { return label_; }
  void rename(int value) { label_ = value; }
  void set_label(int) {}
  [[using declorm: column, primary_key, /*method*/ autoincrement(false)]] std::int64_t id() const {
    return number;
  }
  void set_id(std::int64_t value) { number = value; }
};

int main() {
  const declorm::Engine engine = test::traced_database();
  declorm::Session session(engine);
  Thing &thing = session.emplace<Thing>();
  thing.set_name(-8);
  // CHECK: > INSERT INTO things (given, sum, changed, counted, none, name) VALUES (?, (1 + 2), ?, ?, ?, ?) -- 5 0 0 NULL -8
  session.commit();
  std::cout << "loaded" << std::endl;
  // CHECK-NEXT: loaded
  // CHECK-NEXT: > SELECT {{.*}} WHERE abs(things.name) = abs(?) LIMIT ? -- 8 2
  session.expunge_all();
  Thing &again = session.query<Thing>().filter(attr<Thing>("name") == 8).one();
  // CHECK-NEXT: -1
  std::cout << again.none() << std::endl;
  again.set_given(6);
  // CHECK-NEXT: > UPDATE things SET given = ?, changed = ?, counted = (1 + 3) WHERE things.id = ? -- 6 42 1
  session.commit();
  // CHECK-NEXT: > INSERT INTO numbered (label, id) VALUES (?, ?) -- 3 0
  session.emplace<Numbered>().rename(3);
  session.commit();
  session.expunge_all();
  const int label = session.query<Numbered>().one().label();
  // CHECK: label 3
  std::cout << "label " << label << std::endl;
}
