// URLs and connections: what is wrong with them, in words and without the password; and a server
// that keeps no statements for its clients.
// REQUIRES: postgresql
// RUN: %declorm_clang %s %link_declorm -o %t && %postgresql %t | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"
#include "../../Inputs/database.h"
#include <chrono>
#include <cstdlib>
#include <declorm/declorm.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using declorm::create_engine;
using declorm::Engine;

struct [[declorm::table("items")]] Item {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string name;
};

int main() {
  const std::string folder = std::getenv("DECLORM_TEST_POSTGRESQL");
  const auto open = [&](const std::string &url, declorm::EngineOptions options = {}) {
    test::attempt([&] { create_engine(url, options).connect().execute("SELECT 1").all(); });
  };
  // Parameters.
  // CHECK: ArgumentError: the database URL 'postgresql://me:***@/db?sslmod=require' has an unknown parameter 'sslmod'; did you mean 'sslmode'?
  open("postgresql://me:secret@/db?sslmod=require");
  // CHECK-NEXT: ArgumentError: the database URL 'postgresql:///db?dbname=x' has the parameter 'dbname', which declorm sets by itself; user, password, host, port and database stand in front of the '?'
  open("postgresql:///db?dbname=x");
  // CHECK-NEXT: ArgumentError: the database URL 'postgresql:///db?isolation=serial' has isolation=serial; there is read_committed, repeatable_read, serializable
  open("postgresql:///db?isolation=serial");
  // CHECK-NEXT: ArgumentError: the database URL 'postgresql:///db?prepare=no' has prepare=no; write always (statements stay prepared in the server, the default) or never (behind a pooler that gives each transaction another server)
  open("postgresql:///db?prepare=no");

  // Who is not there, and what is not.
  // CHECK-NEXT: OperationalError: the PostgreSQL database (postgresql://declorm:***@/nobase?host={{.*}}) cannot be connected to: {{.*}}database "nobase" does not exist
  open("postgresql://declorm:secret@/nobase?host=" + folder);
  // CHECK-NEXT: OperationalError: the PostgreSQL database (postgresql://nobody@/postgres?host={{.*}}) cannot be connected to: {{.*}}role "nobody" does not exist
  open("postgresql://nobody@/postgres?host=" + folder);
  // CHECK-NEXT: OperationalError: the PostgreSQL database (postgresql://declorm@localhost:1/postgres) cannot be connected to: {{.*}}Connection refused{{.*}}
  open("postgresql://declorm@localhost:1/postgres");
  // CHECK-NEXT: OperationalError: {{.*}} cannot be connected to: {{.*}}No such file or directory{{.*}}
  open("postgresql://declorm@/postgres?host=" + folder + "/nowhere");
  // CHECK-NEXT: OperationalError: the PostgreSQL database ({{.*}}) keeps its texts in the encoding SQL_ASCII; declorm's are UTF-8, so that it takes databases with ENCODING 'UTF8' only
  {
    declorm::Connection admin =
        create_engine("postgres://declorm@/postgres?host=" + folder).connect();
    admin.execute("DROP DATABASE IF EXISTS ascii");
    admin.execute("CREATE DATABASE ascii ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE "
                  "template0");
    open("postgresql://declorm@/ascii?host=" + folder);
    admin.execute("DROP DATABASE ascii");
  }

  // Settings: times are UTC, whatever the server's zone is; the level of transactions.
  // CHECK-NEXT: UTC declorm read committed read committed
  const auto settings = [](const Engine &engine) {
    declorm::Connection c = engine.connect();
    for (const char *name : {"TimeZone", "application_name", "transaction_isolation"})
      std::cout << c.execute(std::string("SHOW ") + name).one()[0].as<std::string>() << ' ';
    c.execute("SELECT 1").all();
    std::cout
        << c.execute("SELECT current_setting('transaction_isolation')").one()[0].as<std::string>()
        << '\n';
  };
  settings(test::open_database());
  // CHECK-NEXT: UTC mine read committed serializable
  settings(create_engine(test::database_url() + "&application_name=mine&isolation=serializable"));

  // The second of two hosts is the one that is there.
  // CHECK-NEXT: no error
  open("postgresql://declorm@/postgres?host=" + folder + "/nowhere," + folder +
       "&target_session_attrs=read-write");

  // Without statements that the server keeps.
  const Engine plain = create_engine(test::database_url() + "&prepare=never");
  declorm::metadata().create_all(plain);
  {
    declorm::Session session(plain);
    for (int i = 0; i != 100; ++i)
      session.add(Item{.name = "n" + std::to_string(i)});
    session.commit();
    for (Item &item : session.query<Item>().filter(declorm::col<&Item::id> <= 50))
      item.name += "!";
    session.commit();
    // CHECK-NEXT: 50 changed, 0 kept
    std::cout << session.query<Item>().filter(declorm::col<&Item::name>.endswith("!")).count()
              << " changed, "
              << session.execute("SELECT count(*) FROM pg_prepared_statements").one()[0].as<int>()
              << " kept\n";
  }
  // And with them: they are let go of when they are not needed any more.
  {
    declorm::Connection c = test::open_database().connect();
    for (int i = 0; i != 1000; ++i)
      c.execute("SELECT " + std::to_string(i)).all();
    // CHECK-NEXT: 1
    std::cout << (c.execute("SELECT count(*) FROM pg_prepared_statements").one()[0].as<int>() < 300)
              << '\n';
  }
  // The time that connecting may take, to a server that does not answer: the engine's, and the
  // URL's.
  sockaddr_in address{};
  socklen_t length = sizeof address;
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int silent = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(silent, reinterpret_cast<sockaddr *>(&address), length) != 0 || listen(silent, 5) != 0 ||
      getsockname(silent, reinterpret_cast<sockaddr *>(&address), &length) != 0)
    return 1;
  const std::string mute =
      "postgresql://declorm@127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/postgres";
  // CHECK-NEXT: OperationalError: {{.*}} cannot be connected to: it did not answer within 200 ms (EngineOptions::connect_timeout)
  open(mute, {.connect_timeout = std::chrono::milliseconds(200)});
  // CHECK-NEXT: OperationalError: {{.*}} cannot be connected to: {{.*}}timeout expired
  open(mute + "?connect_timeout=2");
  close(silent);
  // CHECK-NEXT: OperationalError: the PostgreSQL database (postgresql://declorm@192.0.2.1/postgres) cannot be connected to: {{.*}}
  open("postgresql://declorm@192.0.2.1/postgres",
       {.connect_timeout = std::chrono::milliseconds(200)});
}
