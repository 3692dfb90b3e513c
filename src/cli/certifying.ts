/** `check --certificates`: a file for each property that is decided, made once its verdict is there. */
import { type Result, ok } from '../base/result.ts';
import { certify, openFolder } from '../certificate/index.ts';
import type { Network } from '../network/network.ts';
import type { Property } from '../policy/property.ts';
import type { Certify } from './checking.ts';
import type { Engine } from './engine.ts';
import { tool } from './tool.ts';

export async function certifier(
  network: Network,
  properties: readonly Property[],
  options: { readonly folder: string; readonly cwd: string; readonly timeoutMs: number },
  engine: Engine,
): Promise<Result<Certify>> {
  const folder = await openFolder(
    options.folder,
    properties.map(({ id }) => id),
    options.cwd,
  );
  if (!folder.ok) return folder;
  const on = {
    network,
    sha256: await engine.sha256(network),
    tool,
    replay: await engine.replay(),
    timeoutMs: options.timeoutMs,
  };
  return ok(async (property, { id, verdict, question, assumptions, facts }, decided) => {
    if (verdict === 'undecided') {
      await folder.value.leaveOut(id);
      return { reason: 'the property is undecided' };
    }
    const answers = decided.map(({ answer }) => answer);
    const made = await certify({ property, verdict, answers, questions: question, assumptions, facts }, on);
    if (made.kind === 'made') return folder.value.write(id, made.bytes);
    await folder.value.leaveOut(id);
    return { reason: made.reason };
  });
}
