// A map has its objects under the values that their attribute has: flush() and sync() put an object
// whose attribute changed under its new key. Two that have one key are an error that names both.
// RUN: %declorm_clang -Wall -Wextra -Werror %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

#include <map>
#include <unordered_map>

enum class Level : unsigned char { low, high };

struct Setting;
struct Option;
struct Line;
struct [[declorm::table("programs")]] Program {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: relationship, map_key("name"), back_populates("program"),
    cascade("all, delete-orphan")]]
  std::map<std::string, Setting *> settings;
  [[using declorm: relationship, map_key("level")]]
  std::unordered_map<Level, std::shared_ptr<Option>> options;
  [[using declorm: relationship, map_key("number"), back_populates("program")]]
  std::map<int, Line *> lines;
};
struct [[declorm::table("settings")]] Setting {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: column, foreign_key("programs.id")]] std::optional<int> program_id{};
  [[declorm::relationship]] Program *program = nullptr;
  [[declorm::before_insert]] void trim() {
    if (name.starts_with(' '))
      name.erase(0, 1);
  }
};
struct [[declorm::table("options")]] Option {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] Level level = Level::low;
  [[using declorm: column, foreign_key("programs.id")]] std::optional<int> program_id{};
};
struct [[declorm::table("lines")]] Line { // the database makes the key
  [[using declorm: column("id"), primary_key]] int number = 0;
  [[using declorm: column, foreign_key("programs.id")]] std::optional<int> program_id{};
  [[declorm::relationship]] Program *program = nullptr;
};

static void show(const Program &program) {
  for (const auto &[key, setting] : program.settings)
    std::cout << key << '=' << setting->name << setting->id << ' ';
  std::cout << "of " << program.settings.size() << std::endl;
}
static void count(declorm::Session &s) {
  std::cout
      << s.execute("SELECT count(*) FROM settings WHERE program_id IS NOT NULL").scalar().as<int>()
      << " rows" << std::endl;
}
static void renamed(declorm::Session &s) {
  Program &program = s.emplace<Program>();
  Setting &a = s.add(Setting{.name = "a"}), &b = s.add(Setting{.name = "b"}),
          &c = s.add(Setting{.name = "c"});
  // New ones may stand under any key.
  program.settings = {{"a", &a}, {"wrong", &b}};
  c.program = &program;
  // CHECK: a=a1 b=b2 c=c3 of 3
  s.flush();
  show(program);
  // One has another name; it and the others stay in the map, and no row but its own is written.
  b.name = "z";
  test::tracing = true;
  // CHECK-NEXT: > UPDATE settings SET name = ? WHERE settings.id = ? -- 'z' 2
  s.flush();
  test::tracing = false;
  // CHECK-NEXT: a=a1 c=c3 z=z2 of 3
  show(program);
  // Two that change places, and one that takes a name that another gives up.
  std::swap(a.name, b.name);
  c.name = std::exchange(a.name, "new");
  // CHECK-NEXT: a=a2 new=new1 z=z3 of 3
  s.flush();
  show(program);
  // The program put it there itself, under its new name, and left the old entry.
  a.name = "newer";
  program.settings["newer"] = &a;
  // CHECK-NEXT: a=a2 newer=newer1 z=z3 of 3
  s.flush();
  show(program);
  // A session that has read nothing has the same.
  s.commit();
  s.expunge_all();
  Program &again = *s.get<Program>(1);
  s.load(again, &Program::settings);
  // CHECK-NEXT: a=a2 newer=newer1 z=z3 of 3
  show(again);
  // sync() does it without writing; a rollback takes the name back, and the key.
  again.settings.at("a")->name = "b";
  s.sync(again);
  // CHECK-NEXT: b=b2 newer=newer1 z=z3 of 3
  show(again);
  s.flush();
  s.rollback();
  test::continue_keys(s.connection());
  // CHECK-NEXT: a=a2 newer=newer1 z=z3 of 3
  show(again);
  // CHECK-NEXT: 3 rows
  count(s);
  s.commit();
}

static void clashes(declorm::Session &s) {
  Program &program = *s.get<Program>(1);
  s.load(program, &Program::settings);
  Setting &a = *s.get<Setting>(2), &z = *s.get<Setting>(3);
  a.name = "z";
  // CHECK-NEXT: FlushError: 'Program.settings' of the Program with key (1) has one Setting for each 'name', and the Setting with key ({{2|3}}) and the Setting with key ({{2|3}}) both have ('z'); give one of them another, or take it out of the map
  test::attempt([&] { s.flush(); });
  // Nothing is lost by it.
  // CHECK-NEXT: a=z2 newer=newer1 z=z3 of 3
  show(program);
  s.rollback();
  test::continue_keys(s.connection());
  z.name = "y";
  a.name = "z";
  s.flush();
  // CHECK-NEXT: newer=newer1 y=y3 z=z2 of 3
  show(program);
  // A new one by its other side.
  Setting &second = s.add(Setting{.name = "z", .program = &program});
  // CHECK-NEXT: FlushError: 'Program.settings' of the Program with key (1) has one Setting for each 'name', and the Setting with key (2) and a new Setting ('z') both have ('z'); give one of them another, or take it out of the map
  test::attempt([&] { s.flush(); });
  // CHECK-NEXT: newer=newer1 y=y3 z=z2 of 3
  show(program);
  s.rollback();
  test::continue_keys(s.connection());
  s.expunge_all();
  static_cast<void>(second);
}

static void places_that_become_free(declorm::Session &s) {
  Program &program = *s.get<Program>(1), &other = s.emplace<Program>();
  s.load(program, &Program::settings);
  s.flush();
  // The new one comes first, then the one that has its name leaves.
  s.add(Setting{.name = "a", .program = &program});
  program.settings.at("a")->program = &other;
  s.flush();
  // CHECK-NEXT: a=a4 newer=newer1 z=z3 of 3
  show(program);
  // CHECK-NEXT: a=a2 of 1
  show(other);
  // Or it is deleted, or gets another name.
  s.delete_(*program.settings.at("a"));
  s.add(Setting{.name = "a", .program = &program});
  program.settings.at("z")->name = "y";
  s.add(Setting{.name = "z", .program = &program});
  s.flush();
  // CHECK-NEXT: a=a5 newer=newer1 y=y3 z=z6 of 4
  show(program);
  // In place of another by the map: that one is an orphan.
  program.settings["a"] = &s.add(Setting{.name = "a"});
  s.flush();
  // CHECK-NEXT: a=a7 newer=newer1 y=y3 z=z6 of 4
  show(program);
  // CHECK-NEXT: 5 rows
  count(s);
  // A hook changes a name as the row is written.
  program.settings[" h"] = &s.add(Setting{.name = " h"});
  s.flush();
  // CHECK-NEXT: a=a7 h=h8 newer=newer1 y=y3 z=z6 of 5
  show(program);
  s.rollback();
  test::continue_keys(s.connection());
  s.expunge_all();
}

static void other_maps(declorm::Session &s) {
  Program &program = *s.get<Program>(1);
  s.load(program, &Program::options);
  s.load(program, &Program::lines);
  const auto low = std::make_shared<Option>();
  program.options[Level::low] = low;
  s.flush();
  low->level = Level::high;
  s.flush();
  // CHECK-NEXT: 10 1
  std::cout << program.options.contains(Level::high) << program.options.size() - 1 << ' '
            << (program.options.at(Level::high) == low) << std::endl;
  // Keys that the database makes: several new ones may come at once.
  Line &one = s.emplace<Line>(), &two = s.emplace<Line>(), &three = s.emplace<Line>();
  one.program = two.program = &program;
  program.lines[77] = &three;
  s.flush();
  // CHECK-NEXT: 1 2 3 1
  for (const auto &[number, line] : program.lines)
    std::cout << (number == line->number ? number : -1) << ' ';
  std::cout << (program.lines.at(3) == &three) << std::endl;
  s.rollback();
  test::continue_keys(s.connection());
  s.expunge_all();
}

static void loading(declorm::Session &s) {
  Program &program = *s.get<Program>(1);
  s.execute("INSERT INTO settings (name, program_id) VALUES ('z', 1)");
  // Two rows have one name: neither is lost in silence.
  // CHECK-NEXT: MultipleResultsFound: 'Program.settings' of the Program with key (1) has one Setting for each 'name', and the Setting with key (3) and the Setting with key (4) both have ('z'); give one of them another, or make the member a list
  test::attempt([&] { s.load(program, &Program::settings); });
  s.get<Setting>(4)->name = "y";
  s.load(program, &Program::settings);
  // CHECK-NEXT: a=a2 newer=newer1 y=y4 z=z3 of 4
  show(program);
  s.flush();
  // CHECK-NEXT: 4 rows
  count(s);
  // One that was put into a map that is not loaded, where the database has its name.
  s.commit();
  s.expunge_all();
  Program &unloaded = *s.get<Program>(1);
  unloaded.settings["a"] = &s.add(Setting{.name = "a"});
  const auto pause = s.no_autoflush();
  // CHECK-NEXT: MultipleResultsFound: 'Program.settings' of the Program with key (1) has one Setting for each 'name', and the Setting with key (2) and a new Setting ('a') both have ('a'); give one of them another, or make the member a list
  test::attempt([&] { s.load(unloaded, &Program::settings); });
  // CHECK-NEXT: 1
  std::cout << unloaded.settings.size() << std::endl;
}

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  declorm::Session session(engine);
  renamed(session);
  clashes(session);
  places_that_become_free(session);
  other_maps(session);
  loading(session);
}
