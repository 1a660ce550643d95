// said.h: what a call throws, as text.
#pragma once

#include "../../../Inputs/attempt.h"

namespace test {

/// Returns "InvalidRequestError: message", or "nothing thrown".
template <class Function> std::string said(Function function) {
  try {
    function();
    return "nothing thrown";
  } catch (const declorm::Error &error) {
    return class_of(error) + std::string(": ") + portable(error.what());
  }
}

/// Returns no more than the name of the error.
template <class Function> std::string said_in_short(Function function) {
  const std::string text = said(function);
  return text.substr(0, text.find(':'));
}

} // namespace test
