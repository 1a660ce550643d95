// same-schema.cpp: creates the tables of the classes in a new database and compares what both
// databases have. Arguments: URLs of the old one and the new one.
#include "models.h"
#include <algorithm>
#include <declorm/declorm.h>
#include <iostream>
#include <map>
#include <sstream>

namespace {

/// The lines of a CREATE TABLE: constraints may stand in any order.
std::vector<std::string> lines_of(const std::string &sql) {
  std::vector<std::string> lines;
  std::istringstream stream(sql);
  for (std::string line; std::getline(stream, line);) {
    if (line.ends_with(", "))
      line.resize(line.size() - 2);
    lines.push_back(line);
  }
  const auto is_constraint = [](const std::string &line) {
    return line.find("\tPRIMARY KEY") == 0 || line.find("\tUNIQUE") == 0 ||
           line.find("\tFOREIGN KEY") == 0 || line.find("\tCHECK") == 0 ||
           line.find("\tCONSTRAINT") == 0 || line.find(')') == 0;
  };
  std::sort(std::find_if(lines.begin(), lines.end(), is_constraint), lines.end());
  return lines;
}

std::map<std::string, std::vector<std::string>> read(const declorm::Engine &engine) {
  declorm::MetaData metadata;
  metadata.reflect(engine);
  std::map<std::string, std::vector<std::string>> tables;
  for (const declorm::Table *table : metadata.tables()) {
    std::vector<std::string> lines = lines_of(create_sql(*table, engine.dialect()));
    std::vector<std::string> indexes;
    for (const declorm::Index &index : table->indexes())
      indexes.push_back(create_sql(*table, index, engine.dialect()));
    std::sort(indexes.begin(), indexes.end());
    lines.insert(lines.end(), indexes.begin(), indexes.end());
    tables[table->name()] = lines;
  }
  return tables;
}

void show(const char *sign, const std::vector<std::string> &lines,
          const std::vector<std::string> &others) {
  for (const std::string &line : lines)
    if (std::find(others.begin(), others.end(), line) == others.end())
      std::cout << sign << ' ' << line << '\n';
}

} // namespace

int main(int, char **argv) {
  const auto old_engine = declorm::create_engine(argv[1]), engine = declorm::create_engine(argv[2]);
  declorm::configure();
  declorm::metadata().create_all(engine);
  auto old_tables = read(old_engine), tables = read(engine);
  std::size_t same = 0;
  for (const auto &[name, lines] : old_tables) {
    if (tables[name] == lines) {
      ++same;
      continue;
    }
    std::cout << "differs: " << name << '\n';
    show("-", lines, tables[name]);
    show("+", tables[name], lines);
  }
  std::cout << same << " of " << old_tables.size() << " tables are the same\n";
}
