// model.h: people of a company. FORM says how the hierarchy stands in tables: SINGLE, JOINED or
// CONCRETE.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#define SINGLE 1
#define JOINED 2
#define CONCRETE 3

#if FORM == SINGLE // all in people
#define IN_TABLE(name) mapped
#define SHARED column, use_existing_column
#define BASE polymorphic_on("type")
#elif FORM == JOINED // what a subclass adds, in a table of its own
#define IN_TABLE(name) table(name)
#define SHARED column
#define BASE polymorphic_on("type")
#else // each class in a table of its own
#define IN_TABLE(name) table(name), concrete
#define SHARED column
#define BASE concrete_base
#endif

struct [[declorm::table("companies")]] Company {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, length(50), unique]] std::string name;
};

struct [[using declorm: table("people"), BASE, polymorphic_identity("person")]] Person {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, length(50)]] std::string name;
  [[using declorm: column, foreign_key("companies.id")]] std::int64_t company_id = 0;
#if FORM != CONCRETE
  [[using declorm: column, length(20)]] std::string type;
#endif
};

struct [[using declorm: IN_TABLE("engineers"), polymorphic_identity("engineer")]] Engineer
    : Person {
  [[using declorm: SHARED, length(30)]] std::optional<std::string> status{};
  [[using declorm: column, length(30)]] std::string language;
};

struct [[using declorm: IN_TABLE("managers"), polymorphic_identity("manager")]] Manager : Person {
  [[using declorm: SHARED, length(30)]] std::optional<std::string> status{};
  [[declorm::column]] std::optional<double> budget{};
};
