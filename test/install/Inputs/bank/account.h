// A class with private members, for three sources. It needs no declorm header.
#ifndef BANK_ACCOUNT_H
#define BANK_ACCOUNT_H

#include <cstdint>
#include <string>
#include <utility>

class [[declorm::table("accounts")]] Account {
public:
  Account() = default;
  Account(std::string owner, std::int64_t balance) : owner_(std::move(owner)), balance_(balance) {}
  void deposit(std::int64_t amount) { balance_ += amount; }
  std::string text() const {
    return std::to_string(id_) + " " + owner_ + " " + std::to_string(balance_);
  }

private:
  [[using declorm: column("id"), primary_key]] std::int64_t id_ = 0;
  [[declorm::column("owner")]] std::string owner_;
  [[declorm::column("balance")]] std::int64_t balance_ = 0;
};

#endif // BANK_ACCOUNT_H
