/** Services whose calls nobody made: what they would add beside route tables is taken not to be there, and that is said. */
import { present } from '../../base/present.ts';
import type { Vpc } from '../vpc.ts';
import { type Building, wasRead } from './building.ts';

interface Service {
  readonly name: string;
  /** The call that lists what VPCs have of it. */
  readonly call: string;
  /** Another whose answers tell it too. */
  readonly or?: string;
  /** Its answers are of no Region. */
  readonly global?: true;
}

/** Semantics 14.1, 14.4, 14.10. */
const services: readonly Service[] = [
  { name: 'VPC Lattice', call: 'vpc-lattice list-service-network-vpc-associations' },
  { name: 'Cloud WAN', call: 'networkmanager list-attachments', global: true },
  {
    name: 'SageMaker’s direct internet access',
    call: 'sagemaker list-notebook-instances',
    or: 'sagemaker describe-notebook-instance',
  },
  { name: 'SageMaker’s direct internet access', call: 'sagemaker list-domains', or: 'sagemaker describe-domain' },
];

/** One entry for all of them, before the defaults of single resources. */
export function takeForUnused(building: Building, vpcs: ReadonlyMap<string, Vpc>): void {
  const unasked = services.filter((service) => [...vpcs.values()].some((vpc) => !isTold(building, service, vpc)));
  if (unasked.length === 0) return;
  const names = [...new Set(unasked.map(({ name }) => name))];
  building.defaults.unshift({
    setting: `use of ${inWords(names)}`,
    value: 'none',
    call: unasked.map(({ call }) => call).join('; aws '),
  });
}

const isTold = (building: Building, { call, or, global }: Service, { account, region }: Vpc): boolean =>
  wasRead(building, call, present({ account, region: global === true ? undefined : region })) ||
  (or !== undefined && building.reads.has(or));

const inWords = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
