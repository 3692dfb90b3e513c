/** What certificates cost: `check --certificates` beside `check` of every scenario, in CPU time, which other work disturbs least. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, runNode } from './process.ts';

export interface Overhead {
  readonly scenarios: number;
  /** What they take more, as a part of what `check` takes; the mean is the geometric one of the ratios. */
  readonly mean: number;
  readonly worst: number;
  /** The scenario that it is the worst of. */
  readonly of: string;
}

/** A pair of runs of each scenario, one after the other. */
export async function certificatesOverhead(): Promise<Overhead> {
  const all = join(root, 'scenarios');
  const names = readdirSync(all).filter((name) => existsSync(join(all, name, 'network')));
  const folder = mkdtempSync(join(tmpdir(), 'vpcproof-certificates-'));
  try {
    const ratios: { readonly name: string; readonly ratio: number }[] = [];
    for (const name of names) {
      const args = ['check', join(all, name, 'network'), '-p', join(all, name, 'policy.yaml'), '--quiet'];
      const plain = await cpuTime(name, args);
      const certified = await cpuTime(name, [...args, '--certificates', join(folder, name)]);
      ratios.push({ name, ratio: certified / plain });
    }
    const sum = ratios.reduce((logs, { ratio }) => logs + Math.log(ratio), 0);
    const [worst] = ratios.toSorted((a, b) => b.ratio - a.ratio);
    return {
      scenarios: ratios.length,
      mean: Math.exp(sum / ratios.length) - 1,
      worst: worst!.ratio - 1,
      of: worst!.name,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In milliseconds. */
async function cpuTime(name: string, args: readonly string[]): Promise<number> {
  const { status, stdout, cpu } = await runNode('bin/vpcproof.js', args);
  if (status !== 0) throw new Error(`${name}: status ${status} instead of 0\n${stdout}`);
  return cpu;
}

const percent = (part: number): string => `${(100 * part).toFixed(0)} %`;

export const overheadRow = ({ scenarios, mean, worst, of }: Overhead): string =>
  `| certificates of all ${scenarios} scenarios, CPU time beside \`check\` alone: geometric mean; at worst, \`${of}\` | +${percent(mean)}; +${percent(worst)} | | |`;
