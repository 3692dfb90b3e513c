/** `verify-certificate` as text: what each certificate says, whether it is accepted, and what that does not show. */
import type { CertificateResult, CertificateSummary, ShownJson } from '../../result/certificate.ts';
import type { VerifyCertificateDocument } from '../../result/document.ts';
import { defaultText } from './leaning.ts';
import { lines, plural, section, some } from './layout.ts';
import type { Paint } from './paint.ts';

/** How many obligations, facts and exported files a text shows; JSON has them all. */
const most = 20;

export function verifyCertificateText(document: VerifyCertificateDocument, paint: Paint, quiet: boolean): string {
  const { results, summary, question } = document;
  if (quiet) return results.map(({ file, status }) => `${inert(file)}: ${status}\n`).join('');
  const accepted = results.flatMap(({ certificate }) => certificate ?? []);
  return lines([
    ...results.flatMap((result) => [...resultLines(result, paint), '']),
    // What all certificates of a network lean on is told once.
    ...(question.network === undefined
      ? section(paint, 'Not checked', unchecked(accepted.flatMap(({ shown }) => shown)))
      : section(paint, 'Compared', comparedText(accepted, question.network))),
    ...section(paint, 'On trust', some([...new Set(accepted.flatMap(({ trusted }) => trusted.map(inert)))], most)),
    ...section(
      paint,
      'Defaults',
      some([...new Set(accepted.flatMap(({ defaults }) => defaults.map((each) => inert(settingText(each)))))], most),
    ),
    '',
    ...(results.length === 1 ? [] : section(paint, 'Summary', [summaryText(summary)])),
  ]);
}

const summaryText = ({ total, accepted, refused, unreadable }: VerifyCertificateDocument['summary']): string =>
  `${plural(total, 'file')}: ${accepted} accepted, ${refused} refused, ${unreadable} unreadable`;

function resultLines(
  { file, status, reasons, certificate, timeMs }: CertificateResult,
  paint: Paint,
): readonly string[] {
  const said = {
    accepted: paint.good('ACCEPTED'),
    refused: paint.bad('REFUSED'),
    unreadable: paint.unsure('UNREADABLE'),
  }[status];
  return [
    ...section(paint, 'Certificate', [`${paint.bold(inert(file))}   ${said}   in ${timeMs} ms`]),
    ...section(paint, 'Because', reasons.map(inert)),
    ...(certificate === undefined ? [] : summaryLines(certificate, paint)),
  ];
}

function summaryLines(certificate: CertificateSummary, paint: Paint): readonly string[] {
  const { property, verdict, network, policy, digest, tool, assumptions, facts, shown, exported } = certificate;
  const { defaults, unmodelled } = certificate;
  const title = property.title === null ? '' : `: ${inert(property.title)}`;
  return [
    ...section(paint, 'Property', [`${paint.names(`\`${inert(property.id)}\``)} (${property.kind})${title}`]),
    ...section(paint, 'Verdict', [verdict === 'holds' ? paint.good('HOLDS') : paint.bad('VIOLATED')]),
    ...section(paint, 'Network', [`sha256:${network.sha256}`]),
    ...section(paint, 'Policy', [`sha256:${policy.sha256}`]),
    ...section(paint, 'Digest', [`${digest}, made by ${inert(tool.name)} ${inert(tool.version)}`]),
    ...section(paint, 'Checked', some(shown.flatMap(shownText), 2 * most)),
    ...section(paint, 'Assumed', some(assumptions.map(inert), most)),
    ...section(
      paint,
      'Facts',
      some(
        facts.map((each) => inert(factText(each))),
        most,
      ),
    ),
    ...section(paint, 'Left open', [
      ...(defaults.length === 0 ? [] : [`${plural(defaults.length, 'setting')} nobody read, taken at AWS’s default`]),
      ...(unmodelled.length === 0 ? [] : [`${plural(unmodelled.length, 'resource')} not modelled`]),
    ]),
    ...section(paint, 'Written', some(exported.map(inert), most)),
  ];
}

function shownText({ says, kind, proof }: ShownJson): readonly string[] {
  switch (kind) {
    case 'refutation':
      return [inert(says), ...(proof === undefined ? [] : [`  ${proofText(proof)}`])];
    case 'witness':
      return [inert(says), '  the certificate holds this flow'];
    case 'facts':
      return [inert(says), '  the certificate cites these facts'];
  }
}

const figures = new Intl.NumberFormat('en-US');

function proofText({ variables, clauses, empty, steps, needed, kept }: NonNullable<ShownJson['proof']>): string {
  const of = `${figures.format(clauses)} ${clauses === 1 ? 'clause' : 'clauses'} over ${figures.format(variables)} ${variables === 1 ? 'variable' : 'variables'}`;
  if (empty !== null) return `${of}, one of them empty and so never true: ${inert(empty)}`;
  const by =
    needed === 0
      ? 'by unit propagation alone'
      : `by ${figures.format(needed)} of ${figures.format(steps)} proof steps, each checked`;
  const deleted = kept === 0 ? '' : `; ${plural(kept, 'deletion')} not carried out, as drat-trim does not`;
  return `${of} cannot all be true: shown ${by}${deleted}`;
}

const comparedText = (accepted: readonly CertificateSummary[], network: string): readonly string[] =>
  accepted.length === 0 ? [] : [`what is accepted was made again from ${inert(network)}, and is the same`];

/** What certificates by themselves cannot show. */
function unchecked(shown: readonly ShownJson[]): readonly string[] {
  const kinds = new Set(shown.map(({ kind }) => kind));
  return [
    ...(kinds.has('refutation') ? ['that the clauses are what the property asks of that network'] : []),
    ...(kinds.has('witness') ? ['that the flows are what becomes of them in that network'] : []),
    ...(kinds.has('facts') ? ['that the facts are that network’s'] : []),
  ];
}

function factText(fact: unknown): string {
  if (typeof fact !== 'object' || fact === null) return String(fact);
  const { fact: name, value, says } = fact as Readonly<Record<string, unknown>>;
  return typeof name === 'string' && typeof says === 'string'
    ? `${name} is taken as ${value === 'yes' ? 'true' : 'false'}: ${says}`
    : JSON.stringify(fact);
}

function settingText(taken: unknown): string {
  if (typeof taken !== 'object' || taken === null) return String(taken);
  const { setting, value, call } = taken as Readonly<Record<string, unknown>>;
  return typeof setting === 'string' && typeof value === 'string' && typeof call === 'string'
    ? defaultText({ setting, value, call })
    : JSON.stringify(taken);
}

/** Text of a file that nobody vouches for: no control or direction characters, with which it could write its own verdict. */
const inert = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
