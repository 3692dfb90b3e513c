/** The lines of a document's places, for reports that point into files. */
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';

/** What is larger is written by machines and read by them. */
const largest = 64 * 1024 * 1024;

interface Source {
  readonly file: string;
  readonly place: string;
  readonly line?: number;
}

/** The same document, every `source` of it with its line where its file is at hand and tells. */
export async function located<T>(document: T, cwd: string): Promise<T> {
  const places = new Map<string, Set<string>>();
  walk(document, ({ file, place }) => {
    places.set(file, (places.get(file) ?? new Set()).add(place));
    return undefined;
  });
  const lines = new Map<string, ReadonlyMap<string, number>>();
  for (const [file, wanted] of places) lines.set(file, await linesIn(resolve(cwd, file), wanted));
  return walk(document, (source) => {
    const line = lines.get(source.file)?.get(source.place);
    return line === undefined ? source : { ...source, line };
  }) as T;
}

async function linesIn(path: string, wanted: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> {
  try {
    const { size } = await stat(path);
    if (size > largest) return new Map();
    const [{ linesOf }, { decodeText }] = await Promise.all([
      import('../sources/place-line.ts'),
      import('../sources/text.ts'),
    ]);
    const text = decodeText(await readFile(path));
    return text === undefined ? new Map() : linesOf(text, wanted);
  } catch {
    // A report without lines is a report still; what could not be read was told when the network was.
    return new Map();
  }
}

const isSource = (key: string, value: unknown): value is Source =>
  key === 'source' && typeof value === 'object' && value !== null && 'file' in value && 'place' in value;

function walk(value: unknown, change: (source: Source) => Source | undefined): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => walk(each, change));
  return Object.fromEntries(
    Object.entries(value).map(([key, each]: [string, unknown]) => [
      key,
      isSource(key, each) ? change(each) : walk(each, change),
    ]),
  );
}
