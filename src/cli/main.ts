/** The process: its arguments and streams handed to `run`, its exit status taken from it. */
import { isatty } from 'node:tty';
import type { Sink } from './io.ts';
import { run } from './run.ts';
import { stages } from './stages.ts';

/** Waits until the text is handed on; a reader that has gone away (`| head`) wants no more. */
const sink = (stream: NodeJS.WriteStream & { readonly fd: number }): Sink => ({
  // A stream's own `isTTY` is absent, and not false, where it leads into a file or a pipe.
  isTTY: isatty(stream.fd),
  columns: stream.columns,
  write: (text) =>
    new Promise((done, failed) => {
      stream.write(text, (error) => {
        if (error === undefined || error === null || ('code' in error && error.code === 'EPIPE')) done();
        else failed(error);
      });
    }),
});

for (const stream of [process.stdout, process.stderr])
  // Whoever writes is told by `write`; without a listener the process would end here, with a stack trace.
  stream.on('error', () => undefined);

const status = await run(
  process.argv.slice(2),
  { stdout: sink(process.stdout), stderr: sink(process.stderr), env: process.env, cwd: process.cwd() },
  stages,
);
// What the solver's threads still do, after everything is written, is nobody's concern.
process.exit(status);
