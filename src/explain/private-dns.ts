/** Whether the public name of a service leads to the endpoint that a way ends at: a fact about names, which no packet meets (semantics 9.14, 9.16). */
import { endpointOf } from '../dataplane/index.ts';
import { type VpcEndpoint, serviceShortName } from '../network/endpoint.ts';
import type { Network } from '../network/network.ts';
import type { Question } from '../policy/question.ts';
import type { Witness } from '../verify/index.ts';

export function privateDnsNote(
  network: Network,
  { to }: Question,
  gone: readonly Pick<Witness, 'origin' | 'delivery'>[],
): readonly string[] {
  // Who asks about an address or a subnet asks about no name.
  if (!to.members.some(({ kind }) => kind === 'service')) return [];
  const notes = gone.flatMap(({ origin, delivery }) => {
    const endpoint = delivery.kind === 'interface' ? endpointOf(network, delivery.id) : undefined;
    if (endpoint === undefined || endpoint.serviceName === '') return [];
    const from = origin.kind === 'interface' ? network.interfaces.get(origin.id)!.vpc : undefined;
    const why = whyNotNamed(network, endpoint, from);
    const name = serviceShortName(endpoint.serviceName);
    return why === undefined
      ? []
      : [
          `The public name of \`${name}\` does not lead to \`${endpoint.id}\`: ${why}, unless a private hosted zone says so.`,
        ];
  });
  return [...new Set(notes)];
}

function whyNotNamed(network: Network, { id, vpc: own, privateDnsEnabled }: VpcEndpoint, from: string | undefined) {
  if (!privateDnsEnabled) return `private DNS of \`${id}\` is off`;
  if (from === undefined) return `its private DNS is of \`${own}\` alone, and the flow comes from outside`;
  if (from !== own) return `its private DNS is of \`${own}\` alone, and the flow comes from \`${from}\``;
  const vpc = network.vpcs.get(own)!;
  const told = !network.defaults.some(({ setting }) => setting === `${own}.EnableDnsHostnames`);
  const off = !vpc.enableDnsSupport ? 'EnableDnsSupport' : told && !vpc.enableDnsHostnames ? 'EnableDnsHostnames' : '';
  return off === '' ? undefined : `${off} of \`${own}\` is off`;
}
