#!/usr/bin/env bash
# What the GitHub Action does: check NETWORK against the files of POLICY, with OPTIONS, one a line each. The result is kept
# as JSON in a file; rendered from it, text goes to the log and Markdown to the step's summary. The verdict goes to the
# step's outputs; the status is that of `check`.
set -uo pipefail

arguments=(check "$NETWORK")
while IFS= read -r line; do
  [[ -n "${line// /}" ]] && arguments+=(-p "$line")
done <<<"$POLICY"
while IFS= read -r line; do
  [[ -n "${line// /}" ]] && arguments+=("$line")
done <<<"${OPTIONS:-}"

folder="${RUNNER_TEMP:-$(mktemp -d)}/vpcproof-$$"
mkdir -p "$folder"
result="$folder/result.json"

node "$VPCPROOF" "${arguments[@]}" -f json >"$result"
status=$?
[[ -s "$result" && $status -ne 4 ]] && node "$VPCPROOF" render "$result" --no-color
case $status in
  0) verdict=holds ;;
  1) verdict=violated ;;
  3) verdict=undecided ;;
  *) exit "$status" ;;
esac

if [[ -n "${GITHUB_OUTPUT:-}" ]]; then
  {
    echo "verdict=$verdict"
    echo "result=$result"
  } >>"$GITHUB_OUTPUT"
fi
if [[ -n "${GITHUB_STEP_SUMMARY:-}" ]]; then
  node "$VPCPROOF" render "$result" -f markdown >>"$GITHUB_STEP_SUMMARY"
fi
exit "$status"
