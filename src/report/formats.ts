/** Every report that there is: of each document, in each format, and loaded when it is asked for. */
import type * as documents from '../result/document.ts';
import type { Paint } from './text/paint.ts';

/** In the order in which help names them. */
export const formats = ['text', 'json', 'markdown', 'html', 'svg', 'sarif', 'junit'] as const;

export type Format = (typeof formats)[number];

/** A document in one format. `paint` and `quiet` are for text alone. */
type Report<D> = (document: D, paint: Paint, quiet: boolean) => string | Promise<string>;
type Table<D> = { readonly [F in Format]?: () => Promise<Report<D>> };

/** What a document comes with: a report for each of its formats, made when it is called. */
export type Reports = { readonly [F in Format]?: (paint: Paint, quiet: boolean) => Promise<string> };

const json = async () => (await import('./json.ts')).jsonReport;

/** By what a document is of; a `diff` is of networks, or of rules alone. */
const tables = {
  check: {
    text: async () => (await import('./text/check.ts')).checkText,
    json,
    markdown: async () => (await import('./markdown/check.ts')).checkMarkdown,
    html: async () => (await import('./html/check.ts')).checkHtml,
    svg: async () => (await import('./svg/report.ts')).checkSvg,
    sarif: async () => (await import('./sarif/check.ts')).checkSarif,
    junit: async () => (await import('./junit/check.ts')).checkJunit,
  } satisfies Table<documents.CheckDocument>,
  ask: {
    text: async () => (await import('./text/ask.ts')).askText,
    json,
    markdown: async () => (await import('./markdown/ask.ts')).askMarkdown,
    html: async () => (await import('./html/ask.ts')).askHtml,
    svg: async () => (await import('./svg/report.ts')).askSvg,
  } satisfies Table<documents.AskDocument>,
  trace: {
    text: async () => (await import('./text/trace.ts')).traceText,
    json,
    markdown: async () => (await import('./markdown/trace.ts')).traceMarkdown,
    svg: async () => (await import('./svg/report.ts')).traceSvg,
  } satisfies Table<documents.TraceDocument>,
  'firewall check': {
    text: async () => (await import('./text/firewall-check.ts')).firewallCheckText,
    json,
    markdown: async () => (await import('./markdown/firewall-check.ts')).firewallCheckMarkdown,
    sarif: async () => (await import('./sarif/firewall-check.ts')).firewallCheckSarif,
    junit: async () => (await import('./junit/firewall-check.ts')).firewallCheckJunit,
  } satisfies Table<documents.FirewallCheckDocument>,
  'firewall diff': {
    text: async () => (await import('./text/firewall-diff.ts')).firewallDiffText,
    json,
    markdown: async () => (await import('./markdown/firewall-diff.ts')).firewallDiffMarkdown,
    html: async () => (await import('./html/firewall-diff.ts')).firewallDiffHtml,
  } satisfies Table<documents.FirewallDiffDocument>,
  'network diff': {
    text: async () => (await import('./text/network-diff.ts')).networkDiffText,
    json,
    markdown: async () => (await import('./markdown/network-diff.ts')).networkDiffMarkdown,
    html: async () => (await import('./html/diff.ts')).networkDiffHtml,
  } satisfies Table<documents.NetworkDiffDocument>,
  'verify-certificate': {
    text: async () => (await import('./text/verify-certificate.ts')).verifyCertificateText,
    json,
  } satisfies Table<documents.VerifyCertificateDocument>,
  coverage: {
    text: async () => (await import('./text/coverage.ts')).coverageReport,
    json,
  } satisfies Table<documents.CoverageDocument>,
  import: {
    text: async () => (await import('./text/import.ts')).importText,
    json,
  } satisfies Table<documents.ImportDocument>,
  problems: {
    text: async () => {
      const { problemsText } = await import('./text/problems.ts');
      return ({ problems }, paint) => problemsText(problems, paint);
    },
    json,
  } satisfies Table<documents.ProblemsDocument>,
};

export type Reported = keyof typeof tables;

export const formatsOf = (of: Reported): readonly Format[] => formats.filter((format) => format in tables[of]);

export function reportsOf(document: documents.ResultDocument): Reports {
  if ('problems' in document) return made(tables.problems, document);
  switch (document.command) {
    case 'diff':
      return 'topology' in document ? made(tables['network diff'], document) : made(tables['firewall diff'], document);
    case 'check':
      return made(tables.check, document);
    case 'ask':
      return made(tables.ask, document);
    case 'trace':
      return made(tables.trace, document);
    case 'firewall check':
      return made(tables['firewall check'], document);
    case 'verify-certificate':
      return made(tables['verify-certificate'], document);
    case 'coverage':
      return made(tables.coverage, document);
    case 'import':
      return made(tables.import, document);
  }
}

const made = <D>(table: Table<D>, document: D): Reports =>
  Object.fromEntries(
    Object.entries(table).map(([format, load]) => [
      format,
      async (paint: Paint, quiet: boolean) => (await load())(document, paint, quiet),
    ]),
  );
