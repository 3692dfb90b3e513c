/** `vpcproof diff`: two networks compared, or, where the input is rules and policies alone, two firewall policies. */
import type { Problem } from '../base/problem.ts';
import { type Result, fail } from '../base/result.ts';
import type { Network } from '../network/network.ts';
import type { FirewallSource } from '../sources/index.ts';
import type { DiffRequest } from './changing.ts';
import { firewallDiff } from './firewall-diff.ts';
import { networkDiff } from './network-diff.ts';
import type { Command } from './outcome.ts';

export interface DiffArguments {
  readonly before: string;
  /** Absent where `before` tells both sides. */
  readonly after?: string;
  /** Of rules without a policy. */
  readonly source: Omit<FirewallSource, 'files' | 'policy'>;
  /** Property policies of networks, or the firewall policy of rules. */
  readonly policies: readonly string[];
  readonly request: DiffRequest;
  readonly maxFamilies: number;
  readonly timeoutMs: number;
}

export const diff: Command<DiffArguments> = async (args, surroundings) => {
  const { before, after, source, policies, request, timeoutMs } = args;
  const { engine, progress } = surroundings;
  engine.warmUp?.();
  if (after === undefined) return changeDiff(args, surroundings);
  await progress(`reading ${before} and ${after}`);
  const [old, now] = [await engine.loadNetwork([before]), await engine.loadNetwork([after])];
  const whole = [old, now].map(isWhole);
  if (old.ok && now.ok && whole.every(Boolean)) {
    const idle = Object.keys(source).map((option) => forRulesAlone(option));
    if (idle.length > 0) return fail(...idle);
    return networkDiff({ ...args, after, old: old.value, now: now.value }, surroundings);
  }
  const unlike = [before, after].find((_, i) => whole[i] === false && whole[1 - i] === true && [old, now][i]!.ok);
  if (unlike !== undefined) return fail(notANetwork(unlike));
  // A network that cannot be read says why.
  if (whole.some(Boolean)) return fail(...[old, now].flatMap((read) => (read.ok ? [] : read.problems)));
  const [policy, ...others] = policies;
  if (others.length > 0) return fail(onePolicy);
  const idle = Object.keys(request).map((option) => forNetworksAlone(option));
  if (idle.length > 0) return fail(...idle);
  const told = policy === undefined ? source : { ...source, policy };
  return firewallDiff({ before, after, source: told, timeoutMs }, surroundings);
};

/** What a plan or a change set changes. */
const changeDiff: Command<DiffArguments> = async (args, surroundings) => {
  const { before: path, source } = args;
  const { engine, progress } = surroundings;
  await progress(`reading ${path}`);
  const change = await engine.loadChange([path]);
  if (!change.ok) return change;
  const idle = Object.keys(source).map((option) => forRulesAlone(option));
  if (idle.length > 0) return fail(...idle);
  const { before: old, after: now } = change.value;
  return networkDiff({ ...args, before: `${path} (before)`, after: `${path} (after)`, old, now }, surroundings);
};

/** There is something that flows can cross: not rules or policies alone. */
const isWhole = (read: Result<Network>): boolean => read.ok && read.value.vpcs.size > 0;

const forRulesAlone = (option: string): Problem => ({
  code: 'option-of-rules',
  place: optionNamed(option),
  message: `\`${optionNamed(option)}\` is for rules without a policy, and whole networks are compared.`,
});

const forNetworksAlone = (option: string): Problem => ({
  code: 'option-of-networks',
  place: optionNamed(option),
  message: `\`${optionNamed(option)}\` is for networks, and rules or policies of firewalls are compared.`,
});

const optionNamed = (key: string): string =>
  `--${key === 'defaults' ? 'default' : key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const notANetwork = (file: string): Problem => ({
  code: 'unlike-inputs',
  file,
  message: 'There is no VPC in it, and it is compared with a network.',
  hint: 'Compare networks with networks, and rules or firewall policies with their like.',
});

const onePolicy: Problem = {
  code: 'several-firewall-policies',
  place: '--policy',
  message: 'Rules belong to one firewall policy, and several are given.',
  hint: 'Name one.',
};
