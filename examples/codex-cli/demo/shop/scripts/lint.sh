#!/bin/sh
# sh scripts/lint.sh CHECK
#
# Checks that need neither Ruby nor Node: only a POSIX shell, grep and awk.
# A check prints one line for each problem and fails if there is any.

set -u
case $0 in */*) cd "${0%/*}/.." || exit 2 ;; esac

contract=docs/interfaces/payment-api-spec.yaml
api=app/controllers/api/v1
parts="style tree schema models service api client frontend specs"

# Every file below the given folders.
files() {
  for entry in "$@"; do
    if [ -d "$entry" ]; then
      files "$entry"/*
    elif [ -f "$entry" ]; then
      printf '%s\n' "$entry"
    fi
  done
}

sources() {
  files Gemfile README.md package.json tsconfig.json app config db docs scripts spec src tests
}

# The contract, one line for each entry of a section: `key member`, or `key` alone.
contract() {
  awk -v section="$1" '
    /^[a-z]/ { within = ($0 == section ":"); next }
    !within || /^ *(#|$)/ { next }
    { name = $1; sub(/:$/, "", name) }
    /^  [^ ]/ { key = name; print key }
    /^    [^ ]/ { print key, name }
  ' "$contract"
}

camel_case() {
  awk -v name="$1" 'BEGIN {
    count = split(name, words, "_")
    for (i = 1; i <= count; i++) out = out toupper(substr(words[i], 1, 1)) substr(words[i], 2)
    print out
  }'
}

snake_case() {
  awk -v name="$1" 'BEGIN {
    for (i = 1; i <= length(name); i++) {
      letter = substr(name, i, 1)
      if (i > 1 && letter ~ /[A-Z]/) out = out "_"
      out = out tolower(letter)
    }
    print out
  }'
}

# has_method FILE NAME
has_method() {
  [ -f "$1" ] && awk -v name="$2" '
    $1 == "def" { sub(/^self\./, "", $2); sub(/\(.*/, "", $2); if ($2 == name) found = 1 }
    END { exit !found }
  ' "$1"
}

# Tables created in the given files.
tables() {
  awk '$1 == "create_table" { gsub(/[:",]/, "", $2); print $2 }' "$@"
}

# `FILE PATH NAME...` for every import from a relative path and every re-export.
imports() {
  awk '
    FNR == 1 { statement = "" }
    /^(import|export [{]|export type [{])/ { statement = " " }
    statement != "" { statement = statement $0 " " }
    statement != "" && /(;|[}]) *$/ {
      if (match(statement, /"\.[^"]*"/)) {
        path = substr(statement, RSTART + 1, RLENGTH - 2)
        names = ""
        if (match(statement, /[{][^}]*[}]/)) names = substr(statement, RSTART + 1, RLENGTH - 2)
        gsub(/ as [A-Za-z0-9_]+/, "", names)
        gsub(/(^|[ ,])type /, " ", names)
        gsub(/,/, " ", names)
        print FILENAME, path, names
      }
      statement = ""
    }
  ' "$@"
}

# The names that a TypeScript file exports.
exports() {
  awk '
    /^export (async |abstract )?(function|const|let|class|interface|type|enum) [A-Za-z]/ {
      for (i = 2; $i ~ /^(async|abstract|function|const|let|class|interface|type|enum)$/; i++);
      sub(/[^A-Za-z0-9_].*/, "", $i)
      print $i
      next
    }
    /^export (type )?[{]/ { listing = 1 }
    listing {
      line = $0
      sub(/^export (type )?[{]/, "", line)
      if (line ~ /[}]/) { sub(/[}].*/, "", line); last = 1 }
      gsub(/[A-Za-z0-9_]+ as /, "", line)
      count = split(line, names, ",")
      for (i = 1; i <= count; i++) { gsub(/ |type /, "", names[i]); if (names[i] != "") print names[i] }
      if (last) listing = last = 0
    }
  ' "$1"
}

# module FROM PATH: the file that an import names.
module() {
  for candidate in "${1%/*}/$2.ts" "${1%/*}/$2.tsx" "${1%/*}/$2/index.ts"; do
    [ -f "$candidate" ] && printf '%s\n' "$candidate" && return
  done
}

check_style() {
  # With a record separator that no file contains, each file is one record.
  awk 'BEGIN { RS = "\001" }
    /\t/ { print FILENAME ": a tab" }
    /\r/ { print FILENAME ": a carriage return" }
    / \n/ { print FILENAME ": white space at the end of a line" }
    /(^|\n)(<<<<<<<|\|\|\|\|\|\|\||>>>>>>>)/ { print FILENAME ": a conflict marker" }
    !/\n$/ { print FILENAME ": no newline at the end" }
  ' $(sources)

  awk '$1 == "def" { sub(/\(.*/, "", $2); if (seen[FILENAME, $2]++) print FILENAME ": " $2 " is defined twice" }
  ' $(files app)
  awk '/^import .*;$/ && seen[FILENAME, $0]++ { print FILENAME ": imported twice: " $0 }' $(files src tests)
  exported_twice src/api/index.ts src/components/index.ts
}

exported_twice() {
  for file in "$@"; do
    exports "$file" | awk -v file="$file" 'seen[$0]++ { print file ": " $0 " is exported twice" }'
  done
}

check_tree() {
  migrations
  routes
  classes
  modules src tests
  names
  subjects
}

# The schema is what the migrations add up to.
migrations() {
  for table in $(tables $(files db/migrate)); do
    tables db/schema.rb | grep -qx "$table" || echo "db/schema.rb: no table $table, which a migration creates"
  done
  for table in $(tables db/schema.rb); do
    tables $(files db/migrate) | grep -qx "$table" || echo "db/migrate: nothing creates the table $table"
  done
  for table in $(awk '$1 == "add_foreign_key" { gsub(/[",]/, " "); print $2, $3 }' db/schema.rb); do
    tables db/schema.rb | grep -qx "$table" || echo "db/schema.rb: a foreign key names $table, which is no table"
  done
  for file in db/migrate/*.rb; do
    newest=${file##*/}
  done
  version=$(awk '/define\(version:/ { sub(/.*version:/, ""); gsub(/[^0-9]/, ""); print }' db/schema.rb)
  [ "$version" = "${newest%%_*}" ] || echo "db/schema.rb: version $version, but the newest migration is ${newest%%_*}"
}

routes() {
  for name in $(awk '$1 == "resources" { gsub(/[:,]/, "", $2); print $2 }' config/routes.rb); do
    [ -f "$api/${name}_controller.rb" ] || echo "config/routes.rb: no $api/${name}_controller.rb"
  done
}

# A file defines the class that it is named after.
classes() {
  for file in $(files app); do
    name=${file##*/}
    name=$(camel_case "${name%.rb}")
    grep -Eq "^ *class $name( |\$)" "$file" || echo "$file: no class $name"
  done
}

# modules FOLDER...: every relative import names a file.
modules() {
  imports $(files "$@") | while read -r file path rest; do
    [ -n "$(module "$file" "$path")" ] || echo "$file: $path is no file"
  done
}

# Every imported name is exported.
names() {
  imports $(files src tests) | while read -r file path rest; do
    target=$(module "$file" "$path")
    [ -n "$target" ] || continue
    for name in $rest; do
      exports "$target" | grep -qx "$name" || echo "$file: $path does not export $name"
    done
  done
}

# A spec describes a class that exists.
subjects() {
  awk '/^RSpec\.describe [A-Z]/ { sub(/.*::/, "", $2); sub(/,$/, "", $2); print FILENAME, $2 }' $(files spec) |
    while read -r file name; do
      grep -Eq "^ *class $name( |\$)" $(files app) || echo "$file: no class $name"
    done
}

check_schema() {
  migrations
  contract tables | while read -r table column; do
    if ! tables db/schema.rb | grep -qx "$table"; then
      [ -n "$column" ] || echo "db/schema.rb: no table $table"
      continue
    fi
    [ -n "$column" ] || continue
    awk -v table="$table" -v column="$column" '
      $1 == "create_table" { within = ($2 == "\"" table "\",") }
      within && index($0, " \"" column "\"") { found = 1 }
      END { exit !found }
    ' db/schema.rb || echo "db/schema.rb: no column $table.$column"
  done
}

check_models() {
  contract models | while read -r model name; do
    [ -z "$name" ] || has_method "app/models/$(snake_case "$model").rb" "$name" || echo "$model: no $name"
  done
}

check_service() {
  classes
  contract services | while read -r class name; do
    file=app/services/payments/$(snake_case "$class").rb
    if [ ! -f "$file" ]; then
      [ -n "$name" ] || echo "$file: missing"
    elif [ -n "$name" ]; then
      has_method "$file" "$name" || echo "$file: no method $name"
    fi
  done
}

check_api() {
  routes
  contract endpoints | while read -r endpoint; do
    controller=${endpoint%#*}
    action=${endpoint#*#}
    grep -Eq ":$controller([ ,]|\$)|\"$endpoint\"" config/routes.rb || echo "config/routes.rb: no route to $endpoint"
    grep -Eq "[^a-z_]$action([^a-z_]|\$)" config/routes.rb || echo "config/routes.rb: $action is not routed"
    has_method "$api/${controller}_controller.rb" "$action" || echo "$api: no $endpoint"
  done
  contract serializers | while read -r class field; do
    file=app/serializers/$(snake_case "$class").rb
    if [ ! -f "$file" ]; then
      [ -n "$field" ] || echo "$file: missing"
    elif [ -n "$field" ]; then
      grep -Eq "^ *$field: " "$file" || echo "$file: no field $field"
    fi
  done
}

check_client() {
  for name in $(contract client); do
    exports src/api/index.ts | grep -qx "$name" || echo "src/api/index.ts: $name is not exported"
  done
}

check_frontend() {
  modules src
  for name in $(contract components); do
    file=src/components/payments/$name.tsx
    [ -f "$file" ] && exports "$file" | grep -qx "$name" || echo "$file: no component $name"
    exports src/components/index.ts | grep -qx "$name" || echo "src/components/index.ts: $name is not exported"
  done
}

check_specs() {
  for file in $(files spec); do
    grep -q '^RSpec\.describe ' "$file" || echo "$file: describes nothing"
  done
  for file in $(files tests); do
    grep -Eq '^ *(it|test)\(' "$file" || echo "$file: tests nothing"
  done
  grep -E '^ *(fit|fdescribe|xit|xdescribe|binding\.irb)( |$)|(it|test|describe)\.(only|skip)\(' $(files spec tests)
  for class in $(contract services | awk 'NF == 1'); do
    file=spec/services/payments/$(snake_case "$class")_spec.rb
    [ -f "$file" ] || echo "$file: missing"
  done
  for name in $(contract components); do
    [ -f "tests/components/payments/$name.test.tsx" ] || echo "tests/components/payments/$name.test.tsx: missing"
  done
}

check=${1:-}
case " $parts all " in
  *" $check "*) ;;
  *) check= ;;
esac
if [ -z "$check" ]; then
  echo "usage: sh scripts/lint.sh CHECK, one of: $parts all" >&2
  exit 2
fi
[ "$check" = all ] || parts=$check

for file in "$contract" db/schema.rb config/routes.rb src/api/index.ts src/components/index.ts; do
  [ -f "$file" ] && continue
  echo "$file: missing" >&2
  exit 1
done

failed=0
for part in $parts; do
  problems=$("check_$part")
  if [ -n "$problems" ]; then
    failed=1
    printf '%s\n' "$problems" >&2
  else
    echo "$part: ok"
  fi
done
exit "$failed"
