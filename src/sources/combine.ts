/** Documents to one checked network, or every problem in them. A snapshot stands alone; a stranger among answers is said. */
import type { Problem } from '../base/problem.ts';
import { fail, type Result } from '../base/result.ts';
import type { Findings } from '../network/build/findings.ts';
import { buildNetwork, type Leniency } from '../network/build/index.ts';
import type { CoverageEntry } from '../network/coverage.ts';
import type { Network } from '../network/network.ts';
import { readDescribe } from './describe/index.ts';
import type { JsonFile } from './files.ts';
import { foreignKind } from './foreign.ts';
import { isSnapshot, readSnapshot } from './snapshot/index.ts';

/** `complete` adds what no answer tells to what was found, and says what is wrong with it. */
export function combine(
  files: readonly JsonFile[],
  unread: readonly Problem[],
  notes: readonly string[],
  complete: (findings: Findings) => readonly Problem[] = () => [],
  leniency: Leniency = {},
): Result<Network> {
  const snapshot = files.find(({ json }) => isSnapshot(json));
  if (snapshot !== undefined) return alone(snapshot, files, unread);
  const { findings, problems, foreign } = readDescribe(files);
  const answers = files.length - foreign.length;
  const strange = foreign.map(({ file, json }) => ({ file, is: foreignKind(json) }));
  // A stranger among answers is passed over and said; one that was named itself, or stands alone, is a mistake.
  const named = new Set(files.filter((one) => one.named || answers === 0).map(({ file }) => file));
  const refused = strange.filter(({ file }) => named.has(file)).map(({ file, is }) => notAnAnswer(file, is));
  const passed = strange.filter(({ file }) => !named.has(file));
  findings.warnings.push(...notes, ...passed.map(({ file, is }) => `\`${file}\` was not used: it is ${is}.`));
  findings.notModelled.push(...passed.map(({ file, is }) => passedOver(file, is)));
  const stopped = [...unread, ...problems, ...refused, ...complete(findings)];
  const built = buildNetwork(
    findings,
    files.map(({ file }) => file),
    leniency,
  );
  if (stopped.length === 0) return built;
  // What could not be read is not there to refer to, so only what was read wrongly is worth saying besides.
  return { ok: false, problems: unread.length > 0 || built.ok ? stopped : [...stopped, ...built.problems] };
}

/** A snapshot is a whole network; beside it nothing else is read. */
function alone(snapshot: JsonFile, files: readonly JsonFile[], unread: readonly Problem[]): Result<Network> {
  const others = files.filter((one) => one !== snapshot);
  const read = readSnapshot(snapshot.file, snapshot.json);
  if (others.length + unread.length === 0) return read;
  const beside = others.map(({ file }) => ({
    code: 'beside-snapshot',
    file,
    message: `\`${snapshot.file}\` is a snapshot of a whole network, and this file stands beside it.`,
    hint: 'Name the snapshot alone, or the files that it was made of.',
  }));
  return fail(...unread, ...beside, ...(read.ok ? [] : read.problems));
}

const passedOver = (file: string, is: string): CoverageEntry => ({
  kind: 'file',
  id: file,
  status: 'not-modelled',
  why: `it is ${is}`,
  affects: 'nothing, unless it describes a part of the network',
  source: { file, place: '' },
});

const notAnAnswer = (file: string, is: string): Problem => ({
  code: 'not-an-aws-response',
  file,
  message: `The file is ${is}; this version reads what \`aws ec2 describe-…\` and its like print.`,
  hint: 'Write the answers whole, without --query, with `--output json`.',
});
