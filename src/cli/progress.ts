/** What is going on, on one line of a terminal, for work that takes longer than a second: what, and for how long. */
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Sink } from './io.ts';

export interface Progress {
  /** What is done from now on. */
  readonly say: (text: string) => Promise<void>;
  /** Takes the line away. */
  readonly end: () => Promise<void>;
}

/** Nobody watches. */
export const silent: Progress = { say: () => Promise.resolve(), end: () => Promise.resolve() };

const second = 1000;

/** The line is shown when `patienceMs` have passed, and again each second; before, nothing is written. */
export function progressOn(sink: Sink, patienceMs = second, now: () => number = () => performance.now()): Progress {
  const started = now();
  let text = '';
  let shown = false;
  const show = async (): Promise<void> => {
    const passed = now() - started;
    if (text === '' || passed < patienceMs) return;
    shown = true;
    await sink.write(`${erase}${line(text, passed, sink.columns)}`);
  };
  // What computes in one go lets no timer in, and then the next `say` shows what is next.
  const timer = setInterval(() => void show(), second);
  timer.unref();
  return {
    say: async (next) => {
      text = next;
      await show();
    },
    end: async () => {
      clearInterval(timer);
      text = '';
      if (shown) await sink.write(erase);
    },
  };
}

/** To the line's beginning, and nothing on it. */
const erase = '\r\u001B[2K';

/** Cut where it would wrap, for what wraps is not erased. */
function line(text: string, passed: number, columns = 0): string {
  const time = passed < second ? '' : `, ${duration(passed)}`;
  // A terminal that tells no width tells 0.
  const room = Math.max((columns > 0 ? columns : 80) - 1 - time.length - 2, 10);
  const plain = text.replaceAll(/\p{Cc}/gu, ' ');
  return `${plain.length > room ? `${plain.slice(0, room - 1)}…` : plain}${time} …`;
}

function duration(ms: number): string {
  const seconds = Math.floor(ms / second);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Read in more than a second, more or less. */
const bigBytes = 16 * 1024 * 1024;

/** Whether files and folders hold so much that reading them is worth a word before it begins. */
export async function isBig(paths: readonly string[], cwd: string): Promise<boolean> {
  let bytes = 0;
  const add = async (path: string): Promise<void> => {
    if (bytes > bigBytes) return;
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory() === true) {
      const names = await readdir(path).catch(() => []);
      for (const name of names) await add(join(path, name));
    } else bytes += found?.size ?? 0;
  };
  for (const path of paths) await add(resolve(cwd, path));
  return bytes > bigBytes;
}
