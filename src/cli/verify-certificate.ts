/** `vpcproof verify-certificate`: whether certificates prove what they say, by the checker that stands alone. */
import { basename, join, resolve } from 'node:path';
import { type Result, fail, ok } from '../base/result.ts';
import { type Judgement, checkCertificate, mostBytes } from '../certificate/checker/check.ts';
import { makeFolder } from '../certificate/folder.ts';
import { dimacsOf, dratOf } from '../certificate/dimacs.ts';
import { reportsOf } from '../report/formats.ts';
import type { CertificateResult, CertificateSummary, ShownJson } from '../result/certificate.ts';
import type { Network } from '../network/network.ts';
import type { Engine } from './engine.ts';
import type { Exported } from './invocation.ts';
import type { Command, Status } from './outcome.ts';
import { publishedQuestion } from './publish.ts';
import { readBytesOrInput, standardInput, writeText } from './text-file.ts';
import { tool } from './tool.ts';

export interface VerifyCertificateArguments {
  readonly files: readonly string[];
  /** That they are held against. */
  readonly network?: string;
  readonly timeoutMs: number;
  readonly exported?: readonly Exported[];
  /** Where exported files go. */
  readonly folder?: string;
}

type Accepted = Extract<Judgement, { readonly status: 'accepted' }>;

export const verifyCertificate: Command<VerifyCertificateArguments> = async (
  { files, network: path, timeoutMs, exported = [], folder = '.' },
  { engine, io, progress },
) => {
  if (path === undefined && exported.includes('smt2'))
    return fail({
      code: 'missing-option',
      message: '`--network` is not given, and SMT-LIB is made of the network.',
      hint: 'Name the network, or export cnf and drat alone.',
    });
  if (files.filter((file) => file === standardInput).length + Number(path === standardInput) > 1)
    return fail({
      code: 'standard-input-twice',
      message: '`-` is given twice, and standard input can be read but once.',
      hint: 'Give all but one of them as files.',
    });
  if (path !== undefined) await progress(`reading ${path}`);
  const network = path === undefined ? undefined : await engine.loadNetwork([path]);
  if (network?.ok === false) return network;
  const results: CertificateResult[] = [];
  for (const [i, file] of files.entries()) {
    await progress(`${i + 1} of ${files.length}: ${file}`);
    const began = performance.now();
    const bytes = await readBytesOrInput(file, io.cwd, mostBytes);
    const alone: Judgement = bytes.ok
      ? checkCertificate(bytes.value)
      : { status: 'unreadable', reason: bytes.problems.map(({ message }) => message).join(' ') };
    const judgement =
      alone.status === 'accepted' && network !== undefined
        ? await heldAgainst(network.value, alone, engine, timeoutMs)
        : alone;
    const timeMs = Math.round(performance.now() - began);
    if (judgement.status !== 'accepted') {
      const reasons = judgement.status === 'refused' ? judgement.reasons : [judgement.reason];
      results.push({ file, status: judgement.status, reasons, timeMs });
      continue;
    }
    const stated =
      network !== undefined && exported.includes('smt2')
        ? await smtlibIn(network.value, judgement, engine, timeoutMs)
        : new Map<number, string>();
    const written = await write(judgement, file, { kinds: exported, stated }, folder, io.cwd);
    if (!written.ok) return written;
    results.push({ file, status: 'accepted', reasons: [], certificate: summary(judgement, written.value), timeMs });
  }
  const of = (status: CertificateResult['status']) => results.filter((each) => each.status === status).length;
  const sums = { accepted: of('accepted'), refused: of('refused'), unreadable: of('unreadable') };
  const status: Status = sums.unreadable > 0 ? 2 : sums.refused > 0 ? 1 : 0;
  return ok({
    status,
    reports: reportsOf({
      schemaVersion: 1,
      tool,
      command: 'verify-certificate',
      question: { files, ...(path === undefined ? {} : { network: path }) },
      results,
      summary: { total: results.length, ...sums },
    }),
  });
};

/** What shows something, and nothing of this network, is refused. */
async function heldAgainst(
  network: Network,
  accepted: Accepted,
  engine: Engine,
  timeoutMs: number,
): Promise<Judgement> {
  const { rebuild } = await import('../certificate/rebuild.ts');
  const reasons = await rebuild(network, accepted.certificate, {
    replay: await engine.replay(),
    sha256: engine.sha256,
    published: publishedQuestion,
    timeoutMs,
  });
  return reasons.length === 0 ? accepted : { status: 'refused', reasons };
}

/** By the place of its evidence, each refutation as SMT-LIB. */
async function smtlibIn(
  network: Network,
  { certificate }: Accepted,
  engine: Engine,
  timeoutMs: number,
): Promise<ReadonlyMap<number, string>> {
  const { smtlibOf } = await import('../certificate/smtlib.ts');
  const found = await smtlibOf(network, certificate, { replay: await engine.replay(), timeoutMs });
  return new Map(found.map(({ evidence, text }) => [evidence, text]));
}

function summary({ certificate, refutations }: Accepted, exported: readonly string[]): CertificateSummary {
  const { digest, verdict, network, policy, assumptions, facts, defaults, unmodelled, trusted } = certificate;
  const { id, title, kind } = certificate.property;
  const checked = new Map(refutations.map(({ obligation, ...proof }) => [obligation, proof]));
  const shown = certificate.obligations.map(({ says, family, kind: shownBy }, i): ShownJson => {
    const proof = checked.get(i);
    return { says, family, kind: shownBy, ...(proof === undefined ? {} : { proof }) };
  });
  return {
    digest,
    tool: certificate.tool,
    property: { id, title, kind },
    verdict,
    network,
    policy,
    assumptions,
    facts,
    defaults,
    unmodelled,
    trusted,
    shown,
    exported,
  };
}

/** Files are named after the certificate's own file: what it says of itself leads nowhere. */
async function write(
  { certificate }: Accepted,
  file: string,
  { kinds, stated }: { readonly kinds: readonly Exported[]; readonly stated: ReadonlyMap<number, string> },
  folder: string,
  cwd: string,
): Promise<Result<readonly string[]>> {
  const names: string[] = [];
  if (kinds.length > 0) await makeFolder(resolve(cwd, folder)).catch(() => undefined);
  for (const each of certificate.evidence) {
    if (each.kind !== 'refutation') continue;
    const { says } = certificate.obligations[each.obligation]!;
    for (const kind of kinds) {
      const text =
        kind === 'cnf' ? dimacsOf(each, says) : kind === 'drat' ? dratOf(each) : (stated.get(each.obligation) ?? '');
      const name = join(
        folder,
        `${file === standardInput ? 'certificate' : basename(file).replace(/(?:\.certificate)?\.json$/, '')}.${each.obligation}.${kind}`,
      );
      const written = await writeText(name, text, cwd);
      if (!written.ok) return written;
      names.push(name);
    }
  }
  return ok(names);
}
