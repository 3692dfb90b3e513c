/** What the things of VPC Lattice have in common: an ARN, an id, a name, a state. */
import { type At, text } from './fields.ts';
import { resource } from './resource.ts';

/** Any thing of VPC Lattice; each kind has some of the fields. */
export interface Item {
  readonly arn?: string;
  readonly id?: string;
  readonly name?: string;
  readonly serviceNetworkId?: string;
  readonly serviceNetworkArn?: string;
  readonly serviceId?: string;
  readonly resourceConfigurationId?: string;
  readonly vpcId?: string;
  readonly vpcEndpointId?: string;
  readonly status?: string;
  readonly state?: string;
  readonly authType?: string;
  readonly securityGroupIds?: string[];
}

export const named = (at: At<Item>, id: string) => resource(at, id, { arn: text(at, 'arn'), name: text(at, 'name') });

/** What is told to be active, or being updated, works; what could not be made is not there, and all else may be. */
export function stateOf(at: At<Item>): string {
  const word = text(at, 'status') ?? 'ACTIVE';
  if (word === 'ACTIVE' || word.startsWith('UPDATE_')) return 'active';
  return word === 'CREATE_FAILED' ? 'failed' : 'pending';
}
