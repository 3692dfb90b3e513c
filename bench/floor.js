// @ts-check
/**
 * The least that any run over a network costs: Node's start, reading every file of a folder, JSON.parse, and Z3's
 * start. Given `--no-solver`, without the last.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, ...flags] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node bench/floor.js FOLDER');
const documents = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
if (!flags.includes('--no-solver')) await (await import('z3-solver')).init();
// The solver's threads would keep the process alive.
process.exit(documents.length > 0 ? 0 : 1);
