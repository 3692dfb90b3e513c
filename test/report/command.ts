/** The program run in this process, with its real stages. */
import { run } from '../../src/cli/run.ts';
import { stages } from '../../src/cli/stages.ts';

export interface Printed {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function printed(argv: readonly string[], cwd = process.cwd()): Promise<Printed> {
  const written = { stdout: '', stderr: '' };
  const sink = (name: keyof typeof written) => ({
    isTTY: false,
    write: (text: string) => {
      written[name] += text;
      return Promise.resolve();
    },
  });
  const status = await run(argv, { stdout: sink('stdout'), stderr: sink('stderr'), env: {}, cwd }, stages);
  return { status, ...written };
}
