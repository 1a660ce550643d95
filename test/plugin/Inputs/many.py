"""Writes a program of 1,000 mapped classes in a row of references, and one of 500 columns."""

print("#include <algorithm>\n#include <declorm/declorm.h>\n#include <iostream>\n")
for number in range(1000):
    print(f'struct [[declorm::table("t{number}")]] C{number} {{')
    print("  [[using declorm: column, primary_key]] std::int64_t id = 0;")
    print("  [[declorm::column]] std::string name;")
    if number:
        print(f'  [[using declorm: column, foreign_key("t{number - 1}.id")]] std::optional<std::int64_t> before;')
    print("};")
print('struct [[declorm::table("wide")]] Wide {\n  [[using declorm: column, primary_key]] std::int64_t id = 0;')
for number in range(1, 500):
    kind = "std::string" if number % 2 else "int"
    print(f"  [[declorm::column]] {kind} m{number}{{}};")
print("};")
print("""int main() {
  const declorm::Engine engine = declorm::create_engine("sqlite://");
  declorm::metadata().create_all(engine);
  std::cout << declorm::metadata().tables().size() << " tables" << std::endl;
  const auto columns = declorm::table_of<Wide>().columns();
  std::cout << columns.size() << " columns, "
            << std::ranges::count_if(columns, [](const declorm::Column *each) {
                 return each->type().sql(declorm::dialect("sqlite")) == "VARCHAR";
               }) << " of text" << std::endl;
  declorm::Session session(engine);
  Wide &wide = session.add(Wide{});
  wide.m499 = "499";
  session.commit();
  session.close();
  std::cout << session.get<Wide>(1)->m499 << " as it was written" << std::endl;
}""")
