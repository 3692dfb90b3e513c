/** VPC Lattice: target groups, and the targets of one, which do not say whose they are. */
import { present } from '../../base/present.ts';
import { parseAddress } from '../../net/address.ts';
import type { Findings } from '../../network/build/findings.ts';
import type { LatticeFindings } from '../../network/build/lattice-finding.ts';
import type { TargetFinding } from '../../network/build/load-balancer-finding.ts';
import { type At, inner, isObject, list, oneOf, port, provenance, required, text } from './fields.ts';
import { resource } from './resource.ts';
import { fileNameOf } from './subject.ts';
import { entryOf } from './unmodelled.ts';

interface Config {
  readonly port?: number;
  readonly protocol?: string;
  readonly vpcIdentifier?: string;
  readonly ipAddressType?: string;
}

/** What `get-target-group` shows under `config` stands in lists beside the rest. */
interface TargetGroup extends Config {
  readonly arn?: string;
  readonly id?: string;
  readonly name?: string;
  readonly type?: string;
  readonly config?: Config;
}

export function readLatticeTargetGroup(at: At<TargetGroup>, { targetGroups }: LatticeFindings): void {
  const arn = required(at, 'arn');
  const type = oneOf(at, 'type', ['INSTANCE', 'IP', 'LAMBDA', 'ALB']);
  if (arn === undefined || type === undefined) return;
  const config: At<Config> = inner(at, 'config') ?? at;
  targetGroups.push({
    ...resource(at, arn, { arn, name: text(at, 'name') }),
    kind: 'target-group',
    label: arn.split('/').at(-1)!,
    targetType: (['instance', 'ip', 'lambda', 'alb'] as const).find((one) => one === type.toLowerCase())!,
    ...present({
      protocol: text(config, 'protocol'),
      port: port(config, 'port'),
      vpc: text(config, 'vpcIdentifier'),
      ipAddressType: oneOf(config, 'ipAddressType', ['IPV4', 'IPV6']) === 'IPV6' ? ('ipv6' as const) : undefined,
    }),
  });
}

const targetKeys = new Set(['id', 'port', 'status', 'reasonCode']);

export const isTarget = (value: unknown): boolean =>
  isObject(value) && 'id' in value && 'status' in value && Object.keys(value).every((key) => targetKeys.has(key));

interface Target {
  readonly id?: string;
  readonly port?: number;
  readonly status?: string;
}

/** One answer of list-targets; the last page of a whole one is `complete`. */
export function readTargets(
  at: At<{ readonly items?: readonly object[] }>,
  complete: boolean,
  findings: Findings,
): void {
  const told = at.in.request?.['targetGroupIdentifier'];
  const group =
    typeof told === 'string' ? told.split('/').at(-1) : /(?<![a-z])tg-[0-9a-z]+/.exec(fileNameOf(at.in.file))?.[0];
  const targets = list(at, 'items').flatMap((one: At<Target>) => readTarget(one) ?? []);
  if (group !== undefined) findings.lattice.targets.push({ group, complete, targets });
  // Whose they are is not told.
  if (group === undefined)
    for (const { id, source } of targets) findings.notModelled.push(entryOf('lattice-resource', id, source));
}

/** In the words of load balancers: a target that drains is registered no more, and gets what is on its way. */
function readTarget(at: At<Target>): TargetFinding | undefined {
  const id = required(at, 'id');
  if (id === undefined) return undefined;
  const health = text(at, 'status')?.toLowerCase();
  return {
    id,
    source: provenance(at),
    ...present({
      address: parseAddress(id),
      port: port(at, 'port'),
      // Where health is not checked a target is as good as healthy.
      health: health === 'unavailable' || health === 'initial' ? undefined : health,
    }),
  };
}
