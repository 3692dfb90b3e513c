/** Near misses of a misspelt word, by edit distance: what to suggest. */

/** The most suggestions worth reading. */
const most = 3;

/** The candidates closest to `word`, closest first, none further than a typing slip or a cut-off end. */
export function nearest(word: string, candidates: Iterable<string>): readonly string[] {
  const wanted = word.toLowerCase();
  const limit = Math.max(1, Math.min(3, Math.floor(wanted.length / 3)));
  const found: { readonly text: string; readonly distance: number }[] = [];
  for (const text of new Set(candidates)) {
    const near = distance(wanted, text.toLowerCase(), limit);
    if (near !== undefined) found.push({ text, distance: near });
    else if (wanted.length >= 3 && text.toLowerCase().startsWith(wanted)) found.push({ text, distance: limit + 1 });
  }
  found.sort((a, b) => a.distance - b.distance || (a.text < b.text ? -1 : 1));
  return found.slice(0, most).map(({ text }) => text);
}

/** `Did you mean …?`, or nothing where nothing is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const near = nearest(word, candidates).map((text) => `\`${text}\``);
  if (near.length === 0) return undefined;
  const last = near.at(-1)!;
  return `Did you mean ${near.length === 1 ? last : `${near.slice(0, -1).join(', ')} or ${last}`}?`;
}

/** Insertions, deletions, substitutions and swaps of neighbours that turn one text into the other; undefined beyond `limit`. */
function distance(a: string, b: string, limit: number): number | undefined {
  if (Math.abs(a.length - b.length) > limit) return undefined;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return undefined;
    before = previous;
    previous = current;
  }
  const total = previous[b.length]!;
  return total <= limit ? total : undefined;
}
