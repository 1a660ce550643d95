// A base of concrete classes as target (S70), composite keys, several paths between two classes, a
// condition of its own with viewonly, a backref that joins as the other side does.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

namespace shop {
struct Company;
}
namespace people {
struct [[using declorm: abstract_concrete_base]] Staff {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: column, foreign_key("companies.id")]] std::optional<int> company_id;
  [[using declorm: relationship, back_populates("staff")]] shop::Company *company = nullptr;
};
struct [[using declorm: table("managers"), concrete, polymorphic_identity("m")]] Manager : Staff {
  [[declorm::column]] std::string title;
};
struct [[using declorm: table("workers"), concrete, polymorphic_identity("w")]] Worker : Staff {
  [[declorm::column]] int wage = 0;
};
} // namespace people
namespace shop {
struct [[declorm::table("companies")]] Company {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::relationship]] std::vector<people::Staff *> staff;
};

struct Transfer;
struct [[declorm::table("accounts")]] Account {
  [[using declorm: column, primary_key]] std::string bank;
  [[using declorm: column, primary_key]] int no = 0;
  [[using declorm: relationship, foreign_keys("Transfer.to_bank", "Transfer.to_no"), backref("to"),
    order_by("Transfer.amount")]]
  std::vector<Transfer *> incoming;
  [[using declorm: relationship, viewonly,
    primaryjoin("Account.bank == Transfer.to_bank and Account.no == Transfer.to_no and "
                "Transfer.amount > 100")]]
  std::vector<Transfer *> large;
};
struct [[using declorm: table("transfers"),
         foreign_key_constraint({"from_bank", "from_no"}, {"accounts.bank", "accounts.no"}),
         foreign_key_constraint({"to_bank", "to_no"}, {"accounts.bank", "accounts.no"})]] Transfer {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] int amount = 0;
  [[declorm::column]] std::string from_bank;
  [[declorm::column]] int from_no = 0;
  [[declorm::column]] std::string to_bank;
  [[declorm::column]] int to_no = 0;
  Account *to = nullptr;
  [[using declorm: relationship, foreign_keys("from_bank", "from_no")]] Account *from = nullptr;
};
} // namespace shop

int main() {
  const declorm::Engine engine = test::traced_database();
  declorm::Session session(engine);
  shop::Company &company = session.emplace<shop::Company>();
  people::Manager &manager = session.emplace<people::Manager>();
  people::Worker &worker = session.emplace<people::Worker>();
  manager.name = "m";
  worker.name = "w";
  company.staff = {&manager, &worker};
  session.commit();
  std::cout << (manager.company == &company) << (worker.company == &company) << std::endl;
  session.expunge_all();
  for (shop::Company &one :
       session.query<shop::Company>().options(declorm::selectinload<&shop::Company::staff>()))
    for (people::Staff *staff : one.staff)
      std::cout << staff->name << (staff->company == &one) << std::endl;
  session.expunge_all();
  people::Worker &again = *session.get<people::Worker>(1);
  session.load(again, &people::Worker::company);
  std::cout << again.company->id << std::endl;
  again.company = nullptr;
  session.commit();

  shop::Account &first = session.emplace<shop::Account>();
  shop::Account &second = session.emplace<shop::Account>();
  first.bank = second.bank = "A";
  first.no = 1;
  second.no = 2;
  for (int i = 3; i != 0; --i) {
    shop::Transfer &transfer = session.add(shop::Transfer{.amount = 60 * i});
    transfer.from = &first;
    second.incoming.push_back(&transfer);
  }
  session.flush();
  std::cout << second.incoming[0]->to_no << (second.incoming[0]->to == &second) << std::endl;
  session.commit();
  session.expunge_all();
  shop::Account &loaded = *session.get<shop::Account>("A", 2);
  session.load(loaded, &shop::Account::large);
  session.load(loaded, &shop::Account::incoming);
  std::cout << loaded.large.size() << ' ' << loaded.incoming.front()->amount << std::endl;
  loaded.large.clear(); // nobody writes it
  session.flush();
}

// The output:
// CHECK: > INSERT INTO companies DEFAULT VALUES --
// CHECK-NEXT: > INSERT INTO managers (name, company_id, title) VALUES (?, ?, ?) -- 'm' 1 ''
// CHECK-NEXT: > INSERT INTO workers (name, company_id, wage) VALUES (?, ?, ?) -- 'w' 1 0
// CHECK-NEXT: 11
// CHECK-NEXT: > SELECT companies.id FROM companies --
// CHECK-NEXT: > SELECT pjoin.id, pjoin.name, pjoin.company_id, pjoin.type, pjoin.title, pjoin.wage FROM (SELECT managers.id, managers.name, managers.company_id, managers.title, CAST(NULL AS INTEGER) AS wage, 'm' AS type FROM managers UNION ALL SELECT workers.id, workers.name, workers.company_id, CAST(NULL AS VARCHAR) AS title, workers.wage, 'w' AS type FROM workers) AS pjoin WHERE pjoin.company_id IN (?) -- 1
// CHECK-NEXT: m1
// CHECK-NEXT: w1
// CHECK-NEXT: > SELECT workers.id, workers.name, workers.company_id, workers.wage FROM workers WHERE workers.id = ? -- 1
// CHECK-NEXT: > SELECT companies.id FROM companies WHERE companies.id IN (?) -- 1
// CHECK-NEXT: 1
// CHECK-NEXT: > UPDATE workers SET company_id = ? WHERE workers.id = ? -- NULL 1
// CHECK-NEXT: > INSERT INTO accounts (bank, no) VALUES (?, ?) -- 'A' 1
// CHECK-NEXT: > INSERT INTO transfers (amount, from_bank, from_no, to_bank, to_no) VALUES (?, ?, ?, ?, ?) -- 180 'A' 1 'A' 2
// CHECK-NEXT: 21
// CHECK-NEXT: > SELECT accounts.bank, accounts.no FROM accounts WHERE accounts.bank = ? AND accounts.no = ? -- 'A' 2
// CHECK-NEXT: > SELECT transfers.id, transfers.amount, transfers.from_bank, transfers.from_no, transfers.to_bank, transfers.to_no, near_1.bank, near_1.no FROM transfers JOIN accounts AS near_1 ON near_1.bank = transfers.to_bank AND near_1.no = transfers.to_no AND transfers.amount > 100 WHERE (near_1.bank, near_1.no) IN ((?, ?)) -- 'A' 2
// CHECK-NEXT: > SELECT transfers.id, transfers.amount, transfers.from_bank, transfers.from_no, transfers.to_bank, transfers.to_no FROM transfers WHERE (transfers.to_bank, transfers.to_no) IN ((?, ?)) ORDER BY transfers.amount -- 'A' 2
// CHECK-NEXT: 2 60
