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
  /** User and system time of all its threads, in milliseconds. */
  readonly cpu: number;
}

/** Tells, as the process ends, the most memory that it held and the time it took, on a channel of its own. */
const tellUsage = `data:text/javascript,${encodeURIComponent(
  `import { writeSync } from 'node:fs';
  process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    writeSync(3, JSON.stringify([maxRSS, userCPUTime + systemCPUTime]));
  });`,
)}`;

/** Runs a script with Node, in the checkout, as a person would from a shell. */
export async function runNode(script: string, args: readonly string[]): Promise<Finished> {
  const child = spawn(process.execPath, ['--import', tellUsage, join(root, script), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  const status = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [stdout, usage] = await Promise.all([text(child.stdout!), text(child.stdio[3] as Readable)]);
  const [kilobytes, microseconds] = JSON.parse(usage) as [number, number];
  return { status: await status, stdout, megabytes: (kilobytes * 1024) / 1e6, cpu: microseconds / 1000 };
}
