/** `vpcproof whatif`: a question about the network as it would be after edits that nobody deployed. */
import type { Problem } from '../base/problem.ts';
import { type Result, fail, ok } from '../base/result.ts';
import type { Outcome, Surroundings } from './outcome.ts';
import { publishedEdits } from './publish.ts';
import { readText } from './text-file.ts';

export interface WhatifArguments {
  readonly network: string;
  /** Files of edits, applied in their order. */
  readonly edits: readonly string[];
  /** Edits in one line each, applied after those of the files. */
  readonly sets: readonly string[];
}

/** `inner` asks its question of whatever network it is given. */
export async function whatif(
  { network: path, edits: files, sets }: WhatifArguments,
  surroundings: Surroundings,
  inner: (surroundings: Surroundings) => Promise<Result<Outcome>>,
): Promise<Result<Outcome>> {
  const { engine, io, progress } = surroundings;
  if (files.length + sets.length === 0)
    return fail({
      code: 'no-edit',
      message: 'No edit is given.',
      hint: "Name a file of edits, `--edit edits.yaml`, or write one, `--set 'igw-1 detach'`.",
    });
  engine.warmUp?.();
  await progress(`reading ${path}`);
  const [network, { applyEdits, readEditFile, readEditLines }, { ruleReader }] = await Promise.all([
    engine.loadNetwork([path]),
    import('../edit/index.ts'),
    import('../sources/index.ts'),
  ]);
  const problems: Problem[] = network.ok ? [] : [...network.problems];
  const texts = await Promise.all(files.map((file) => readText(file, io.cwd)));
  const read = [
    ...texts.map((text, i) => (text.ok ? readEditFile(text.value, files[i]!) : { edits: [], problems: text.problems })),
    readEditLines(sets),
  ];
  problems.push(...read.flatMap((one) => one.problems));
  const written = read.flatMap((one) => one.edits);
  const edited = network.ok ? applyEdits(network.value, written, ruleReader) : undefined;
  if (edited?.ok === false) problems.push(...edited.problems);
  if (edited?.ok !== true || problems.length > 0) return { ok: false, problems };
  const changed = edited.value.network;
  return inner({
    ...surroundings,
    engine: { ...engine, loadNetwork: () => Promise.resolve(ok(changed)) },
    edits: publishedEdits(edited.value.edits),
  });
}
