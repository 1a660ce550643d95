// A large value in pieces: room for it, pieces read and written by the server, and what is not
// there.
// REQUIRES: postgresql
// RUN: %declorm_clang %s %link_declorm -o %t && %postgresql %t | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"
#include "../../Inputs/database.h"
#include <declorm/declorm.h>

using declorm::col;

struct [[declorm::table("films")]] Film {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, primary_key]] std::string part;
  [[declorm::column]] std::optional<std::vector<std::byte>> data;
};

static std::string text_of(const declorm::Blob &blob, std::size_t offset, std::size_t size) {
  std::vector<std::byte> bytes(size);
  blob.read(offset, bytes);
  return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}
static std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Connection connection = engine.connect();
  connection.insert(Film{.id = 1, .part = "a"});
  connection.insert(Film{.id = 1, .part = "b", .data = std::vector<std::byte>(3)});
  declorm::Blob blob = connection.open_blob(col<&Film::data>, 1, "a");
  // CHECK: 0 5000000
  std::cout << blob.size();
  blob.allocate(5'000'000);
  std::cout << ' ' << blob.size() << std::endl;
  blob.write(4'999'990, bytes_of("0123456789"));
  blob.write(0, bytes_of("begin"));
  // CHECK-NEXT: begin 5678 5000000
  std::cout << text_of(blob, 0, 5) << ' ' << text_of(blob, 4'999'995, 4) << ' '
            << connection.get<Film>(1, "a")->data->size() << std::endl;
  // CHECK-NEXT: 3
  std::cout << connection.open_blob(col<&Film::data>, 1, "b").size() << std::endl;
  // CHECK-NEXT: NoResultFound: open_blob(): the table films has no row with the key (2, 'a')
  test::attempt([&] { connection.open_blob(col<&Film::data>, 2, "a"); });
  connection.execute("UPDATE films SET data = 'xy' WHERE part = 'a'");
  // CHECK-NEXT: OperationalError: the value of films.data was replaced by one of another size while it was open; open it again
  test::attempt([&] { text_of(blob, 100, 4); });
}
