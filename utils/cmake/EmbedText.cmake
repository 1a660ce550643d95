# Writes OUTPUT: one C++ array element {"<name without extension>", R"(...)"}, per file of FILES (a list).
set(text "// Made from text files by EmbedText.cmake.\n")
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME_WE)
  file(READ "${file}" content)
  string(APPEND text "{\"${name}\", R\"~~~(${content})~~~\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "${text}")
