/** A document as JSON: the schema's order of keys, two spaces, one line feed at the end. */

/** `schemaVersion`, `tool` and `command` lead, what the verdict leans on follows, the rest comes as it was made. */
const lead = [
  'schemaVersion',
  'tool',
  'command',
  'question',
  'network',
  'edits',
  'warnings',
  'defaults',
  'unmodelled',
  'assumptions',
  'facts',
  'topology',
  'coverage',
];

export function jsonReport(document: object): string {
  const keys = Object.keys(document).toSorted((a, b) => rank(a) - rank(b));
  const ordered = Object.fromEntries(keys.map((key) => [key, (document as Record<string, unknown>)[key]]));
  return `${JSON.stringify(ordered, null, 2)}\n`;
}

const rank = (key: string): number => {
  const at = lead.indexOf(key);
  return at < 0 ? lead.length : at;
};
