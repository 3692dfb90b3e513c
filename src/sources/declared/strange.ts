/** Resources of types that are not read: said, and where they may hold interfaces in subnets, those count as not shown. */
import { nameOf, resolve } from './link.ts';
import type { Reading } from './reading.ts';
import { isFields, Link, type Value } from './value.ts';

/** Types that name subnets and put nothing into them. */
const harmless = [
  'AWS::SSM::Parameter',
  'AWS::RAM::',
  'AWS::IAM::',
  'AWS::Logs::',
  'AWS::Config::',
  'AWS::EC2::NetworkInsights',
  'AWS::EC2::CapacityReservation',
  'AWS::CloudWatch::',
  'AWS::S3::',
  'AWS::SNS::',
  'AWS::SQS::',
  'AWS::KMS::',
  'AWS::DynamoDB::',
  'aws_ssm_parameter',
  'aws_ram_',
  'aws_iam_',
  'aws_s3_',
  'aws_cloudwatch_',
  'aws_ec2_tag',
  'aws_ec2_subnet_cidr_reservation',
];

/** By which other accounts may attach to transit gateways, core networks and service networks, and use subnets. */
const shares: ReadonlySet<string> = new Set(['AWS::RAM::ResourceShare', 'aws_ram_resource_association']);

const subnet = 'AWS::EC2::Subnet';

export function strange(reading: Reading): void {
  const { declaration, constructs, findings } = reading;
  const others = [
    ...declaration.resources
      .filter(({ type }) => !constructs.has(type))
      .map(({ type, address, source, properties }) => ({
        type,
        address,
        source,
        mentions: [properties] as readonly Value[],
      })),
    ...declaration.untranslated.map((one) => ({ mentions: [] as readonly Value[], ...one })),
  ];
  for (const { type, address, source, mentions } of others) {
    const subnets = harmless.some((start) => type.startsWith(start))
      ? []
      : [...new Set(mentions.flatMap((one) => subnetsIn(reading, one)))];
    for (const id of subnets) findings.edges.hiding.add(id);
    if (shares.has(type))
      findings.warnings.push(
        `\`${address}\` shares with other accounts: what they attach to what is shared is taken not to be there.`,
      );
    findings.notModelled.push({
      kind: type,
      id: address,
      status: 'not-modelled',
      why: 'this program does not model resources of its type',
      affects:
        subnets.length === 0
          ? 'nothing, unless it carries or filters traffic'
          : `what it may hold in ${subnets.map((id) => `\`${id}\``).join(', ')}`,
      source,
    });
  }
}

/** The subnets that a value names, at any depth, by links or by ids of declared ones. */
function subnetsIn(reading: Reading, value: Value, depth = 0): readonly string[] {
  if (depth > 20) return [];
  if (value instanceof Link) {
    const found = resolve(reading, value);
    if (typeof found === 'string') return nameOf(reading, found).type === subnet ? [found] : [];
    return found === null ? [] : subnetsIn(reading, found, depth + 1);
  }
  if (typeof value === 'string') return nameOf(reading, value).type === subnet ? [value] : [];
  if (Array.isArray(value)) return (value as readonly Value[]).flatMap((one) => subnetsIn(reading, one, depth + 1));
  return isFields(value) ? Object.values(value).flatMap((one) => subnetsIn(reading, one, depth + 1)) : [];
}
