// Makes a database, fills it and asks it. `echo` shows every statement.
#include "blog.h"

#include <iostream>

int main() {
  std::cout << std::unitbuf; // in step with the echo log on standard error
  declorm::Engine engine = declorm::create_engine("sqlite:///blog.db", {.echo = true});

  std::cout << "-- Tables for the annotated classes\n";
  declorm::metadata().create_all(engine);

  std::cout << "-- Two users, three addresses\n";
  blog::fill(engine);

  std::cout << "-- A query with a join\n";
  blog::report(engine);

  std::cout << "-- Only what has changed is written\n";
  blog::rename(engine, "ed", "edward");
}
