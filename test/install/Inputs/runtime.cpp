// The runtime without mapped classes, for any compiler.
#include <declorm/declorm.h>
#include <iostream>

int main() {
  declorm::Engine engine = declorm::create_engine("sqlite://");
  declorm::Connection connection = engine.connect();
  connection.execute("CREATE TABLE numbers (id INTEGER PRIMARY KEY, name VARCHAR)");
  connection.execute("INSERT INTO numbers VALUES (?, ?)", {1, "one"});
  for (const declorm::Row &row : connection.execute("SELECT id, name FROM numbers"))
    std::cout << row["id"].as<int>() << ' ' << row["name"].as<std::string>() << '\n';
}
