#!/usr/bin/env bash
# What the GitHub Action does: check NETWORK against the files of POLICY, with OPTIONS, one a line each. The report goes to
# the log and to the step's summary, the JSON to a file, the verdict to the step's outputs; the status is that of `check`.
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
report="$folder/report.txt"

node "$VPCPROOF" "${arguments[@]}" --no-color | tee "$report"
status=${PIPESTATUS[0]}
case $status in
  0) verdict=holds ;;
  1) verdict=violated ;;
  3) verdict=undecided ;;
  *) exit "$status" ;;
esac

node "$VPCPROOF" "${arguments[@]}" -f json -o "$result"
if [[ -n "${GITHUB_OUTPUT:-}" ]]; then
  {
    echo "verdict=$verdict"
    echo "result=$result"
  } >>"$GITHUB_OUTPUT"
fi
if [[ -n "${GITHUB_STEP_SUMMARY:-}" ]]; then
  {
    echo "### vpcproof: $verdict"
    echo '```'
    cat "$report"
    echo '```'
  } >>"$GITHUB_STEP_SUMMARY"
fi
exit "$status"
