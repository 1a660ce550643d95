// S72-S79: mixins bring columns, table and mapper arguments; they are plain bases or templates on
// the final class, several, nested; own declarations win, then the first mixin's. S98: a class that
// knows nothing of this can be a base too.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col;

static int clock_now = 100;
static std::int64_t now() { return ++clock_now; }

// S72: a table name, a table argument, a key.
struct [[using declorm: table_name("{class:lower}"), table_option("mysql_engine", "InnoDB"),
         info("made_by", "{class} in {table}")]] MyMixin {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
struct [[declorm::table]] MyModel : MyMixin {
  [[declorm::column]] std::string name;
};

// S75: a base for all classes. S73: its table names. S76: each class gets columns of its own.
struct [[using declorm: abstract, table_name("the_{class:snake}s")]] Base {
  [[using declorm: column, primary_key, sort_order(-1)]] std::int64_t id = 0;
};
struct Timestamped {
  [[using declorm: column, default_value(&now)]] std::optional<std::int64_t> created_at{};
  [[using declorm: column, onupdate(&now)]] std::optional<std::int64_t> changed_at{};
  [[using declorm: column, server_default("'new'")]] std::optional<std::string> state{};
};
struct [[declorm::table]] LogRecord : Timestamped, Base {
  [[declorm::column]] std::string log_info;
};

// S77: with a foreign key. A template gets the final class. Nested: a mixin with a mixin.
struct [[declorm::table]] Address : Base {
  [[declorm::column]] std::string street;
};
template <class Self> struct RefersToAddress {
  [[using declorm: column, foreign_key("the_addresss.id"), on_delete("SET NULL")]]
  std::optional<std::int64_t> address_id{};
  [[using declorm: relationship, primaryjoin("{class}.address_id == Address.id")]]
  Address *address = nullptr;
};
template <class Self>
struct [[declorm::check_constraint("ck_{table}_positive", "rank > 0")]] Ranked
    : RefersToAddress<Self> {
  [[using declorm: column, index]] int rank = 1;
};
struct [[declorm::table]] Person : Base, Ranked<Person> {};
struct [[declorm::table("shops")]] Shop : Ranked<Shop>, Base {};

// S74: what two mixins say differently, and what the class says itself.
struct First {
  [[using declorm: column("of_first"), length(10)]] std::string title;
  [[using declorm: column, length(11)]] std::string both;
};
struct Second {
  [[using declorm: column("of_second"), length(20)]] std::string title;
  [[using declorm: column, length(21)]] std::string both;
};
struct [[declorm::table]] Book : Base, First, Second {
  [[using declorm: column, length(30)]] std::string both;
};

// S78, S79: discriminators of mixins.
struct [[using declorm: polymorphic_on("kind"), polymorphic_identity("{class:lower}")]] Kinds {
  [[using declorm: column, length(20)]] std::string kind;
};
struct [[declorm::table]] Beast : Base, Kinds {};
struct [[declorm::mapped]] Lion : Beast {
  [[declorm::column]] std::optional<int> mane{};
};

// S98: a base that has nothing to do with it, virtual functions and all.
class Logger {
public:
  virtual ~Logger() = default;
  virtual std::string prefix() const { return "[" + std::string(depth, '.') + "]"; }

protected:
  std::size_t depth = 2;
};
class [[declorm::table]] Job : public Logger, public Base {
public:
  [[declorm::column]] std::string text;
  std::string prefix() const override { return Logger::prefix() + text; }
};

int main() {
  for (const declorm::Table *table : declorm::metadata().sorted_tables())
    std::cout << declorm::create_sql(*table, declorm::dialect("sqlite")) << std::endl;
  // CHECK: CREATE TABLE the_addresss (
  // CHECK-NEXT: id INTEGER NOT NULL,
  // CHECK-NEXT: street VARCHAR NOT NULL,
  // CHECK-NEXT: PRIMARY KEY (id)
  // CHECK-NEXT: )
  // CHECK-NEXT: CREATE TABLE the_beasts (
  // CHECK-NEXT: id INTEGER NOT NULL,
  // CHECK-NEXT: kind VARCHAR(20) NOT NULL,
  // CHECK-NEXT: mane INTEGER,
  // CHECK-NEXT: PRIMARY KEY (id)
  // CHECK-NEXT: )
  // CHECK-NEXT: CREATE TABLE the_books (
  // CHECK-NEXT: id INTEGER NOT NULL,
  // CHECK-NEXT: of_first VARCHAR(10) NOT NULL,
  // CHECK-NEXT: both VARCHAR(30) NOT NULL,
  // CHECK-NEXT: PRIMARY KEY (id)
  // CHECK-NEXT: )
  // CHECK-NEXT: CREATE TABLE the_jobs (
  // CHECK-NEXT: id INTEGER NOT NULL,
  // CHECK-NEXT: text VARCHAR NOT NULL,
  // CHECK-NEXT: PRIMARY KEY (id)
  // CHECK-NEXT: )
  // CHECK-NEXT: CREATE TABLE the_log_records (
  // CHECK-NEXT: id INTEGER NOT NULL,
  // CHECK-NEXT: created_at INTEGER,
  // CHECK-NEXT: changed_at INTEGER,
  // CHECK-NEXT: state VARCHAR DEFAULT 'new',
  // CHECK-NEXT: log_info VARCHAR NOT NULL,
  // CHECK-NEXT: PRIMARY KEY (id)
  // CHECK-NEXT: )
  // CHECK-NEXT: CREATE TABLE mymodel (
  // CHECK-NEXT: id INTEGER NOT NULL,
  // CHECK-NEXT: name VARCHAR NOT NULL,
  // CHECK-NEXT: PRIMARY KEY (id)
  // CHECK-NEXT: )
  // CHECK-NEXT: CREATE TABLE the_persons (
  // CHECK-NEXT: id INTEGER NOT NULL,
  // CHECK-NEXT: address_id INTEGER,
  // CHECK-NEXT: rank INTEGER NOT NULL,
  // CHECK-NEXT: PRIMARY KEY (id),
  // CHECK-NEXT: CONSTRAINT ck_the_persons_positive CHECK (rank > 0),
  // CHECK-NEXT: FOREIGN KEY(address_id) REFERENCES the_addresss (id) ON DELETE SET NULL
  // CHECK-NEXT: )
  // CHECK-NEXT: CREATE TABLE shops (
  // CHECK-NEXT: id INTEGER NOT NULL,
  // CHECK-NEXT: address_id INTEGER,
  // CHECK-NEXT: rank INTEGER NOT NULL,
  // CHECK-NEXT: PRIMARY KEY (id),
  // CHECK-NEXT: CONSTRAINT ck_shops_positive CHECK (rank > 0),
  // CHECK-NEXT: FOREIGN KEY(address_id) REFERENCES the_addresss (id) ON DELETE SET NULL
  // CHECK-NEXT: )
  const declorm::Table &model = declorm::table_of<MyModel>();
  std::cout << *model.option("mysql_engine") << ", " << model.info().front().second << std::endl;
  // CHECK-NEXT: InnoDB, MyModel in mymodel

  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  LogRecord &record = session.add(LogRecord{});
  record.log_info = "begun";
  Person &person = session.add(Person{});
  person.address = &session.add(Address{});
  person.address->street = "Main Street";
  session.add(Shop{}).rank = 2;
  Book &book = session.add(Book{});
  book.First::title = "first";
  book.both = "own";
  session.add(Lion{}).mane = 30;
  Job &job = session.add(Job{});
  job.text = "dig";
  session.commit();
  record.log_info = "done";
  session.commit();
  session.close();

  for (LogRecord &each : session.query<LogRecord>())
    std::cout << each.id << ' ' << *each.created_at << ' ' << *each.changed_at << ' ' << *each.state
              << ' ' << each.log_info << std::endl;
  // CHECK-NEXT: 1 101 102 new done
  for (Person &each : session.query<Person>().options(declorm::selectinload<&Person::address>()))
    std::cout << each.rank << " in " << each.address->street << std::endl;
  // CHECK-NEXT: 1 in Main Street
  for (Book &each : session.query<Book>().filter(col<&First::title> == "first"))
    std::cout << each.First::title << ' ' << each.both << std::endl;
  // CHECK-NEXT: first own
  for (Beast &each : session.query<Beast>())
    std::cout << each.kind << ' ' << *session.as<Lion>(each)->mane << std::endl;
  // CHECK-NEXT: lion 30
  for (Job &each : session.query<Job>())
    std::cout << each.prefix() << std::endl;
  // CHECK-NEXT: [..]dig
  test::attempt([&] {
    session.add(Shop{}).rank = 0;
    session.flush();
  });
  // CHECK-NEXT: IntegrityError: {{.*}}
}
