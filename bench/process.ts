/** A whole process as a thing to measure: its time from start to end, and the most memory it held. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

/** The checkout; the benches run from `dist/bench`. */
export const root = join(import.meta.dirname, '../..');

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  /** The most resident memory, in MB of 10^6 bytes. */
  readonly megabytes: number;
}

/** Tells, as the process ends, the most memory that it held, on a channel of its own. */
const tellMemory = `data:text/javascript,${encodeURIComponent(
  `import { writeSync } from 'node:fs';
  process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)));`,
)}`;

/** Runs a script with Node, in the checkout, as a person would from a shell. */
export async function runNode(script: string, args: readonly string[]): Promise<Finished> {
  const child = spawn(process.execPath, ['--import', tellMemory, join(root, script), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  const status = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [stdout, kilobytes] = await Promise.all([text(child.stdout!), text(child.stdio[3] as Readable)]);
  return { status: await status, stdout, megabytes: (Number(kilobytes) * 1024) / 1e6 };
}
