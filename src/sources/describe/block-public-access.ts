/** VPC Block Public Access: the account's options, the exclusions, and the states shown on VPCs and subnets. */
import type {
  BlockPublicAccessStates,
  VpcBlockPublicAccessExclusion,
  VpcBlockPublicAccessOptions,
} from '@aws-sdk/client-ec2';
import { present } from '../../base/present.ts';
import type { Findings } from '../../network/build/findings.ts';
import type { InternetGatewayBlockMode } from '../../network/vpc.ts';
import { type At, complain, inner, oneOf, provenance, required, text } from './fields.ts';

const modes = ['off', 'block-bidirectional', 'block-ingress'] as const satisfies readonly InternetGatewayBlockMode[];

/** The effective mode that a VPC or subnet shows (semantics 4.35). */
export function blockMode(
  at: At<{ BlockPublicAccessStates?: BlockPublicAccessStates | undefined }>,
): InternetGatewayBlockMode | undefined {
  const states = inner(at, 'BlockPublicAccessStates');
  return states === undefined ? undefined : oneOf(states, 'InternetGatewayBlockMode', modes);
}

export function readOptions(at: At<VpcBlockPublicAccessOptions>, findings: Findings): void {
  const mode = oneOf(at, 'InternetGatewayBlockMode', modes);
  if (mode === undefined || isChanging(at, 'VPC Block Public Access')) return;
  findings.blockPublicAccess.push({
    ...present({
      account: text(at, 'AwsAccountId') ?? at.in.account,
      region: text(at, 'AwsRegion') ?? at.in.region,
    }),
    mode,
    source: provenance(at),
  });
}

/** An exclusion works unless it was never made or is gone. */
const gone = new Set(['create-failed', 'delete-complete', 'disable-complete']);

export function readExclusion(at: At<VpcBlockPublicAccessExclusion>, findings: Findings): void {
  const id = required(at, 'ExclusionId');
  const arn = required(at, 'ResourceArn');
  const mode = oneOf(at, 'InternetGatewayExclusionMode', ['allow-bidirectional', 'allow-egress']);
  if (id === undefined || arn === undefined || mode === undefined || gone.has(text(at, 'State') ?? '')) return;
  if (isChanging(at, `\`${id}\``)) return;
  const resource = /[^/:]+$/.exec(arn)?.[0] ?? arn;
  findings.blockPublicAccessExclusions.push({ id, resource, mode, source: provenance(at) });
}

/** What holds while a setting changes is told neither by the old value nor by the new one. */
function isChanging(at: At<{ State?: string | undefined }>, what: string): boolean {
  const state = text(at, 'State') ?? '';
  if (!state.endsWith('-in-progress')) return false;
  complain(
    at,
    'changing',
    'State',
    `${what} is being changed (\`${state}\`): what it blocks at this moment is not told.`,
    'Save the answer again when AWS is done with the change.',
  );
  return true;
}
