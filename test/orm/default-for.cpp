// default_for: what a static member function makes goes into the attribute that it names, whatever
// the two types are, of the class or of a base, a member or a getter.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

struct Money {
  long cents = 0;
};
template <> struct declorm::type_traits<Money> {
  using column_type = std::int64_t;
  static column_type to_column(const Money &money) { return money.cents; }
  static Money from_column(column_type cents) { return {long(cents)}; }
};

struct Mixin {
  [[declorm::column]] std::optional<std::string> text;
  [[declorm::column]] std::optional<int> inherited;
  [[declorm::default_for("text")]] static const char *make_text() { return "made"; }
};
class [[declorm::table("things")]] Thing : public Mixin {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::optional<int> third;
  [[using declorm: column, unset(-1)]] int fourth = -1;
  [[using declorm: default_for("third"), default_for("fourth"), default_for("inherited")]]
  static short make_three() {
    return 3;
  }
  [[declorm::column]] std::optional<Money> money;
  [[declorm::default_for("money")]] static Money make_money() { return {9}; }

  std::optional<double> ratio_;
  [[declorm::column]] std::optional<double> ratio() const { return ratio_; }
  void set_ratio(std::optional<double> value) { ratio_ = value; }
  [[declorm::default_for("ratio")]] static int make_ratio() { return 9; }
};

int main() {
  const declorm::Engine engine = test::traced_database();
  declorm::Session session(engine);
  session.emplace<Thing>();
  // CHECK: > INSERT INTO things (text, inherited, third, fourth, money, ratio) VALUES (?, ?, ?, ?, ?, ?) -- 'made' 3 3 3 9 9.0
  session.commit();
}
