/** The pseudo parameters of a stack: what nobody tells of them is not known. */
import { Unknown } from '../declared/value.ts';
import { NoValue, type Partial, UnknownRegion } from './partial.ts';

export type Pseudo = ReadonlyMap<string, Partial>;

/** Those that a person can tell with `--parameter`. */
export const pseudoNames = [
  'AWS::AccountId',
  'AWS::NotificationARNs',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
] as const;

type PseudoName = (typeof pseudoNames)[number];

/** From what is told of them. Partition and suffix follow from the Region. */
export function pseudoParameters(told: ReadonlyMap<string, string>): Pseudo {
  const region = told.get('AWS::Region');
  const partition = told.get('AWS::Partition') ?? (region === undefined ? undefined : partitionOf(region));
  const suffix =
    told.get('AWS::URLSuffix') ?? (partition === undefined ? undefined : suffixes[partition as keyof typeof suffixes]);
  const values: Record<PseudoName, Partial | undefined> = {
    'AWS::AccountId': told.get('AWS::AccountId'),
    'AWS::NotificationARNs': told.get('AWS::NotificationARNs')?.split(','),
    'AWS::Partition': partition,
    'AWS::Region': region ?? new UnknownRegion('the Region (`AWS::Region`), which nothing tells'),
    'AWS::StackId': told.get('AWS::StackId'),
    'AWS::StackName': told.get('AWS::StackName'),
    'AWS::URLSuffix': suffix,
  };
  return new Map<string, Partial>([
    ...pseudoNames.map((name) => [name, values[name] ?? new Unknown(`\`${name}\`, which nothing tells`)] as const),
    ['AWS::NoValue', NoValue.it],
  ]);
}

/** Of the partitions whose Regions can be told by their names; of others nothing is said. */
const partitionOf = (region: string): string | undefined =>
  region.startsWith('cn-')
    ? 'aws-cn'
    : region.startsWith('us-gov-')
      ? 'aws-us-gov'
      : /^(?:af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d$/.test(region)
        ? 'aws'
        : undefined;

const suffixes = { aws: 'amazonaws.com', 'aws-cn': 'amazonaws.com.cn', 'aws-us-gov': 'amazonaws.com' };
