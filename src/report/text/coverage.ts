/** `coverage` as text: the sum, a count for each kind, and every resource that is not simply modelled. */
import type { CoverageDocument, ResourceJson } from '../../result/document.ts';
import { columns, lines, section } from './layout.ts';
import { coverageText } from './leaning.ts';
import type { Paint } from './paint.ts';

export function coverageReport(document: CoverageDocument, paint: Paint, quiet: boolean): string {
  const { resources, defaults, warnings } = document;
  if (quiet) return `${coverageText(document.coverage)}\n`;
  const of = (status: ResourceJson['status']) => resources.filter((each) => each.status === status);
  return lines([
    paint.bold(coverageText(document.coverage)),
    '',
    ...kindTable(resources, paint),
    ...listed(
      'Modelled with an assumption',
      of('assumed').map(({ kind, id, assumption }) => [kind, id, assumption ?? '']),
      paint,
    ),
    ...listed(
      'Not modelled',
      of('not-modelled').map(({ kind, id, why, affects }) => [
        kind,
        id,
        [why, affects === undefined ? undefined : `could change: ${affects}`]
          .filter((part) => part !== undefined)
          .join('; '),
      ]),
      paint,
    ),
    ...listed(
      'Modelled',
      of('modelled').map(({ kind, id, source }) => [kind, id, paint.dim(`${source.file} ${source.place}`)]),
      paint,
    ),
    ...listed(
      'Defaults taken',
      defaults.map(({ setting, value, call }) => [setting, value, `\`aws ${call}\` would tell`]),
      paint,
    ),
    ...(warnings.length === 0 ? [] : ['', ...section(paint, 'Warnings', warnings)]),
  ]);
}

function kindTable(resources: readonly ResourceJson[], paint: Paint): readonly string[] {
  const counts = new Map<string, Record<ResourceJson['status'], number>>();
  for (const { kind, status } of resources) {
    const row = counts.get(kind) ?? { modelled: 0, assumed: 0, 'not-modelled': 0 };
    row[status]++;
    counts.set(kind, row);
  }
  if (counts.size === 0) return [];
  const cell = (count: number) => (count === 0 ? '-' : String(count));
  const rows = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const table = columns([
    ['kind', 'modelled', 'assumed', 'not modelled'],
    ...rows.map(([kind, row]) => [kind, cell(row.modelled), cell(row.assumed), cell(row['not-modelled'])]),
  ]);
  return [paint.dim(table[0] ?? ''), ...table.slice(1)];
}

const listed = (title: string, rows: readonly (readonly string[])[], paint: Paint): readonly string[] =>
  rows.length === 0 ? [] : ['', paint.bold(title), ...columns(rows).map((row) => `  ${row}`)];
