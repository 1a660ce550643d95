// A large value in pieces: it never stands in memory as a whole.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"

#include <declorm/declorm.h>
#include <sys/resource.h>

using declorm::col;

struct [[declorm::table("films")]] Film {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, sort_order(1)]] std::optional<std::vector<std::byte>> data{};
  [[declorm::column]] std::string title;
  [[declorm::column]] int minutes = 90;
  [[using declorm: column, index]] std::string place;
};
class [[declorm::table("parts")]] Part {
  [[using declorm: column, primary_key]] std::string film_;
  [[using declorm: column, primary_key]] int number_ = 0;
  [[declorm::column]] std::vector<std::byte> data_;
};
struct [[using declorm: table("flat"), table_option("sqlite_with_rowid", "false")]] Flat {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::vector<std::byte> data;
};

static std::size_t megabytes_used() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return std::size_t(usage.ru_maxrss) / 1024;
}

static std::string text_of(const declorm::Blob &blob) {
  std::vector<std::byte> bytes(blob.size());
  blob.read(0, bytes);
  return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

static std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

int main(int, char **argv) {
  const std::string file = std::string(argv[0]) + ".db";
  std::remove(file.c_str());
  const declorm::Engine engine = declorm::create_engine("sqlite:///" + file);
  declorm::metadata().create_all(engine);
  declorm::Connection connection = engine.connect();
  Film film{.title = "a title", .place = "shelf"};
  connection.insert(film);

  // NULL is empty; allocate() makes room; commit and rollback do not end it.
  declorm::Blob blob = connection.open_blob(col<&Film::data>, film.id);
  // CHECK: 0 5 0
  std::cout << blob.size();
  blob.allocate(5);
  std::cout << ' ' << blob.size();
  connection.rollback();
  connection.insert(film);
  std::cout << ' ' << blob.size() << std::endl;
  blob.allocate(11);
  blob.write(0, bytes_of("hello"));
  blob.write(6, bytes_of("world"));
  connection.commit();
  blob.write(5, bytes_of(","));
  // CHECK-NEXT: hello,world
  std::cout << text_of(blob) << std::endl;
  connection.rollback();
  // CHECK-NEXT: 1 0
  std::cout << (text_of(blob) == std::string("hello\0world", 11)) << ' '
            << connection.get<Film>(film.id)->data->size() % 11 << std::endl;
  // Another statement writes to the row while it is open.
  connection.execute("UPDATE films SET title = 'other' WHERE id = ?", {film.id});
  blob.write(0, bytes_of("J"));
  // CHECK-NEXT: Jello other
  std::cout << text_of(blob).substr(0, 5) << ' '
            << text_of(connection.open_blob(col<&Film::title>, film.id)) << std::endl;
  connection.commit();

  // 200 MB in pieces of 1 MB.
  {
    declorm::Blob large = connection.open_blob(declorm::attr<Film>("data"), film.id);
    std::vector<std::byte> piece(1'000'000);
    const std::size_t before = megabytes_used();
    large.allocate(200 * piece.size());
    for (std::size_t i = 0; i != 200; ++i) {
      std::ranges::fill(piece, std::byte(i));
      large.write(i * piece.size(), piece);
    }
    connection.commit();
    bool same = true;
    for (std::size_t i = 0; i != 200; ++i) {
      large.read(i * piece.size(), piece);
      same = same && piece.front() == std::byte(i) && piece.back() == std::byte(i);
    }
    // CHECK-NEXT: 200000000 1 1
    std::cout << large.size() << ' ' << same << ' ' << (megabytes_used() - before < 100)
              << std::endl;
  }

  // Keys of several columns, private members, hand-made tables.
  connection.execute("INSERT INTO parts VALUES ('x', 2, x'6162')");
  // CHECK-NEXT: ab ab
  std::cout << text_of(connection.open_blob(declorm::attr<Part>("data_"), "x", 2)) << ' '
            << text_of(connection.open_blob(declorm::table_of<Part>().column("data_"), "x", 2))
            << std::endl;

  // CHECK-NEXT: NoResultFound: open_blob(): the table films has no row with the key (77)
  test::attempt([&] { connection.open_blob(col<&Film::data>, 77); });
  // CHECK-NEXT: ArgumentError: open_blob(): the key of table parts has 2 values, not 1
  test::attempt([&] { connection.open_blob(declorm::attr<Part>("data_"), "x"); });
  // CHECK-NEXT: ArgumentError: open_blob() takes a mapped member, col<&T::m> or attr<T>("m"), or a column of a Table
  test::attempt([&] { connection.open_blob(declorm::attr<Film>(std::string_view("date")), 1); });
  // CHECK-NEXT: InvalidRequestError: open_blob(): the table flat is WITHOUT ROWID; SQLite cannot read its values in pieces
  test::attempt([&] { connection.open_blob(col<&Flat::data>, 1); });
  // CHECK-NEXT: DataError: open_blob(): the value of films.minutes is a number, neither bytes nor text
  test::attempt([&] { connection.open_blob(col<&Film::minutes>, film.id); });
  // CHECK-NEXT: ProgrammingError: cannot open indexed column for writing
  test::attempt([&] { connection.open_blob(col<&Film::place>, film.id).write(0, bytes_of("S")); });
  declorm::Blob again = connection.open_blob(col<&Film::title>, film.id);
  // CHECK-NEXT: ArgumentError: bytes 3 to 8 of a value of 5 bytes; allocate(size) changes its size
  test::attempt([&] { again.write(3, bytes_of("abcde")); });
  std::vector<std::byte> six(6);
  // CHECK-NEXT: ArgumentError: bytes 0 to 6 of a value of 5 bytes; allocate(size) changes its size
  test::attempt([&] { again.read(0, six); });
  std::byte one{};
  again.read(0, std::span(&one, 1));
  connection.execute("UPDATE films SET title = 'longer than it was' WHERE id = ?", {film.id});
  // CHECK-NEXT: OperationalError: the value of films.title was replaced by one of another size while it was open; open it again
  test::attempt([&] { again.read(0, std::span(&one, 1)); });
  connection.rollback();
  connection.execute("DELETE FROM films");
  // CHECK-NEXT: NoResultFound: {{.*}}
  test::attempt([&] { again.write(0, bytes_of("x")); });
  connection.rollback();
  std::remove(file.c_str());
}
