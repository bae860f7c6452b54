#!/usr/bin/env bash
# All tests of the solution, then those of the page; ends with one line: N passed, N failed, N skipped.
# With CI=true a test that lacks a server or a browser fails instead of being skipped.
set -u
cd "$(dirname "$0")/.."
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

dotnet build Market.slnx -c Release --nologo -v quiet || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
failed_run=0
# A test that hangs is ended after seven minutes and named, and fails the run.
dotnet test Market.slnx -c Release --no-build --nologo --blame-hang --blame-hang-timeout 7m --blame-hang-dump-type none --logger "trx" --results-directory "$results" "$@" || failed_run=1

passed=0; failed=0; skipped=0
for trx in "$results"/*.trx; do
  [ -e "$trx" ] || continue
  read -r p f s < <(sed -n 's/.*<Counters total="\([0-9]*\)" executed="\([0-9]*\)" passed="\([0-9]*\)" failed="\([0-9]*\)".*/\3 \4 \1 \2/p' "$trx" | awk '{print $1, $2, $3 - $4}')
  passed=$((passed + p)); failed=$((failed + f)); skipped=$((skipped + s))
done

web=src/Market.Node/Page/web
if command -v npm >/dev/null 2>&1 && [ -d "$web/node_modules" ]; then
  if json=$(cd "$web" && npx --no-install vitest run --reporter=json 2>/dev/null); then :; else failed_run=1; fi
  p=$(grep -o '"numPassedTests":[0-9]*' <<<"$json" | head -1 | cut -d: -f2)
  f=$(grep -o '"numFailedTests":[0-9]*' <<<"$json" | head -1 | cut -d: -f2)
  passed=$((passed + ${p:-0})); failed=$((failed + ${f:-1}))
elif [ "${CI:-}" = "true" ]; then
  echo "The page's tests need Node.js 20 and npm."; failed=$((failed + 1))
fi

if [ "$failed_run" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
if [ "$passed" -eq 0 ]; then failed=$((failed + 1)); fi
if [ "${CI:-}" = "true" ] && [ "$skipped" -gt 0 ]; then echo "On CI nothing may be skipped."; failed=$((failed + skipped)); fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
