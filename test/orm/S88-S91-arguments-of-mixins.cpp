// S35, S36, S47, S90, S91: arguments of several mixins combine, the class's own come on top; names
// in them are filled for each class; constraints of a mixin are each class's own.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

// S90: of two mixins the first wins, where both say the same.
struct [[using declorm: table_option("mysql_engine", "InnoDB"),
         table_option("mysql_charset", "utf8"), comment("of the first"), info("a", "first"),
         info("b", "{class}")]] MySQLSettings {};
struct [[using declorm: table_option("mysql_engine", "MyISAM"), table_option("info", "second"),
         comment("of the second"), info("a", "second"), info("c", "{table}")]] MyOtherMixin {};

// S91, S36: an index, a unique constraint, a check and a foreign key, with names of the table's.
struct [[using declorm: index("test_idx_{table}", {"a", "b"}),
         unique_constraint("uq_{table}", {"b", "a"}), check_constraint("ck_{table}", "a <> b"),
         foreign_key_constraint("fk_{table}", {"a", "b"}, {"roots.x", "roots.y"})]] Pairs {
  [[declorm::column]] std::optional<int> a{}, b{};
};
// S47: mapper arguments name members, whose columns are named otherwise.
struct [[using declorm: polymorphic_on("kind"), polymorphic_identity("{class:snake}")]] Kind {
  [[using declorm: column("the_kind")]] std::string kind;
};

struct [[declorm::table("roots")]] Root {
  [[using declorm: column, primary_key]] int x = 0, y = 0;
};
struct [[using declorm: table("models"), table_option("mysql_charset", "latin1"),
         index("own", {"a"})]] MyModel : MySQLSettings,
                                         MyOtherMixin,
                                         Pairs,
                                         Kind {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
struct [[declorm::mapped]] SmallModel : MyModel {};
struct [[using declorm: table("others"), comment("its own")]] Other : MyOtherMixin,
                                                                      MySQLSettings,
                                                                      Pairs {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};

static void show(const declorm::Table &table) {
  std::cout << table.name() << ':';
  for (const auto &option : table.options())
    std::cout << ' ' << option.name << '=' << option.value;
  for (const auto &[key, value] : table.info())
    std::cout << ' ' << key << '=' << value;
  std::cout << ", " << table.comment() << std::endl;
  for (const declorm::Index &index : table.indexes())
    std::cout << create_sql(table, index, declorm::dialect("sqlite")) << std::endl;
  std::cout << create_sql(table, declorm::dialect("sqlite")) << std::endl;
}

int main() {
  using declorm::col;
  show(declorm::table_of<MyModel>());
  // CHECK: models: mysql_charset=latin1 mysql_engine=InnoDB info=second a=first b=MyModel c=models, of the first
  // CHECK-NEXT: CREATE INDEX own ON models (a)
  // CHECK-NEXT: CREATE INDEX test_idx_models ON models (a, b)
  // CHECK-NEXT: CREATE TABLE models (
  // CHECK-NEXT: a INTEGER,
  // CHECK-NEXT: b INTEGER,
  // CHECK-NEXT: the_kind VARCHAR NOT NULL,
  // CHECK-NEXT: id INTEGER NOT NULL,
  // CHECK-NEXT: PRIMARY KEY (id),
  // CHECK-NEXT: CONSTRAINT uq_models UNIQUE (b, a),
  // CHECK-NEXT: CONSTRAINT ck_models CHECK (a <> b),
  // CHECK-NEXT: CONSTRAINT fk_models FOREIGN KEY(a, b) REFERENCES roots (x, y)
  // CHECK-NEXT: )
  show(declorm::table_of<Other>());
  // CHECK-NEXT: others: mysql_engine=MyISAM info=second mysql_charset=utf8 a=second c=others b=Other, its own
  // CHECK-NEXT: CREATE INDEX test_idx_others ON others (a, b)
  // CHECK-NEXT: CREATE TABLE others (
  // CHECK-NEXT: a INTEGER,
  // CHECK-NEXT: b INTEGER,
  // CHECK-NEXT: id INTEGER NOT NULL,
  // CHECK-NEXT: PRIMARY KEY (id),
  // CHECK-NEXT: CONSTRAINT uq_others UNIQUE (b, a),
  // CHECK-NEXT: CONSTRAINT ck_others CHECK (a <> b),
  // CHECK-NEXT: CONSTRAINT fk_others FOREIGN KEY(a, b) REFERENCES roots (x, y)
  // CHECK-NEXT: )

  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  session.add(SmallModel{}).a = 1;
  session.add(Root{.x = 1, .y = 2});
  Other &other = session.add(Other{});
  other.a = 1, other.b = 2;
  session.commit();
  for (MyModel &model : session.query<MyModel>())
    std::cout << model.kind << ' ' << model.a.value_or(0) << ' ' << model.b.value_or(0)
              << std::endl;
  // CHECK-NEXT: small_model 1 0
  test::attempt([&] {
    other.b = 1;
    session.flush();
  });
  // CHECK-NEXT: IntegrityError: {{.*}}
}
