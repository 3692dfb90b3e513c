/** What something that is not known may be: all that is declared of its type, and all that runs (`--base`). */
import { tableType } from './kinds.ts';
import { candidatesOf } from './property.ts';
import type { At, Reading } from './reading.ts';
import type { Unknown } from './value.ts';

export const everyOne = ({ around, byType }: Reading, type: string): readonly string[] => [
  ...new Set([...(byType.get(type) ?? []).map(({ of }) => of.id), ...(around.existing.get(type) ?? [])]),
];

/** With the tables that AWS makes for what is declared. */
export const everyTable = (reading: Reading): readonly string[] => [
  ...new Set([...reading.findings.routeTables.map(({ id }) => id), ...everyOne(reading, tableType)]),
];

/** Of a VPC: all that is declared, and all that runs. */
export const tablesOfVpc = ({ findings, around }: Reading, vpc: string): readonly string[] => {
  const declared = new Map(findings.routeTables.map((table) => [table.id, table.vpc]));
  return [...new Map([...around.tableVpcs, ...declared])].flatMap(([id, of]) => (of === vpc ? [id] : []));
};

/** The resources that an unknown reference may name. */
export function mayBe(at: At, unknown: Unknown, type: string): readonly string[] {
  const candidates = candidatesOf(at, unknown);
  if (candidates.length > 0) return candidates;
  return type === tableType ? everyTable(at.in) : everyOne(at.in, type);
}
