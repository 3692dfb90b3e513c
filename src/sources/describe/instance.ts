/** describe-instances. */
import type { Instance as AwsInstance } from '@aws-sdk/client-ec2';
import type { Findings } from '../../network/build/findings.ts';
import { type At, inner, list, required, text } from './fields.ts';
import { readInstanceInterface } from './interface.ts';
import { resource } from './resource.ts';

export function readInstance(at: At<AwsInstance>, findings: Findings): void {
  const id = required(at, 'InstanceId');
  if (id === undefined) return;
  const state = inner(at, 'State');
  const placement = inner(at, 'Placement');
  findings.instances.push(
    Object.assign(resource(at, id, { zone: placement && text(placement, 'AvailabilityZone') }), {
      kind: 'instance' as const,
      state: (state && text(state, 'Name')) ?? 'unknown',
      interfaces: list(at, 'NetworkInterfaces').flatMap((one) => readInstanceInterface(one, id, findings) ?? []),
    }),
  );
}
