/** What the command line asks for, once it is understood. */
import type { Family } from '../net/address.ts';
import type { Mode } from '../network/replay.ts';
import type { TrafficFlags } from '../policy/traffic.ts';
import type { Format } from '../report/formats.ts';
import type { FirewallSource, LoadOptions } from '../sources/index.ts';

/** One run as asked for: the command's own arguments, and how to report. */
export type Invocation =
  | Asking
  | WhatIf
  | { readonly command: 'firewall check'; readonly files: readonly string[]; readonly options: FirewallOptions }
  | { readonly command: 'diff'; readonly before: string; readonly after?: string; readonly options: DiffOptions }
  | { readonly command: 'coverage'; readonly network: string; readonly options: ReportOptions }
  | {
      readonly command: 'verify-certificate';
      readonly files: readonly string[];
      readonly options: VerifyCertificateOptions;
    }
  | { readonly command: 'render'; readonly result: string; readonly options: ReportOptions }
  | { readonly command: 'import'; readonly paths: readonly string[]; readonly options: ImportOptions };

/** A question about one network. */
export type Asking =
  | { readonly command: 'check'; readonly network: string; readonly options: CheckOptions }
  | { readonly command: 'ask'; readonly network: string; readonly options: AskOptions }
  | { readonly command: 'trace'; readonly network: string; readonly options: TraceOptions };

/** The same after edits. The options of reports are those of what is asked. */
export interface WhatIf {
  readonly command: 'whatif';
  readonly network: string;
  readonly edits: readonly string[];
  readonly sets: readonly string[];
  readonly loading: LoadingOptions;
  readonly asking: Asking;
  readonly options: ReportOptions;
}

/** The part of the line before what is asked: `question` is the word that begins it. */
export interface WhatIfLine {
  readonly command: 'whatif';
  readonly network: string;
  readonly question: string;
  readonly edits: readonly string[];
  readonly sets: readonly string[];
  readonly loading: LoadingOptions;
}

/** The files and folders that are read as a whole. */
export function inputsOf(invocation: Invocation): readonly string[] {
  switch (invocation.command) {
    case 'check':
    case 'ask':
    case 'trace':
    case 'whatif':
    case 'coverage':
      return [invocation.network];
    case 'diff':
      return [invocation.before, ...(invocation.after === undefined ? [] : [invocation.after])];
    case 'firewall check':
    case 'verify-certificate':
      return invocation.files;
    case 'import':
      return invocation.paths;
    case 'render':
      return [invocation.result];
  }
}

/** What is told of plans and templates beside their files. */
export interface LoadingOptions {
  readonly base?: readonly string[];
  readonly parameter?: readonly string[];
  readonly import?: readonly string[];
}

/** The same in the words of the sources; of `whatif`, from both parts of its line. */
export function loadOptions(invocation: Invocation): LoadOptions {
  const parts = [invocation.options, ...('loading' in invocation ? [invocation.loading] : [])];
  const base = parts.flatMap((part) => part.base ?? []);
  return {
    ...(base.length === 0 ? {} : { base }),
    parameters: parts.flatMap((part) => part.parameter ?? []),
    imports: parts.flatMap((part) => part.import ?? []),
  };
}

export interface ReportOptions extends LoadingOptions {
  /** One that the command has. */
  readonly format: Format;
  readonly output?: string;
  readonly quiet?: boolean;
  readonly color: boolean;
}

export interface ImportOptions extends ReportOptions {
  readonly answers?: boolean;
}

export interface VerifyCertificateOptions extends ReportOptions {
  /** What is written of each refutation, into the folder of `--output`. */
  readonly export?: readonly Exported[];
  /** That they are held against. */
  readonly network?: string;
  /** Seconds. */
  readonly timeout: number;
}

/** Clauses in DIMACS CNF, proofs in DRAT. */
export const exportable = ['cnf', 'drat', 'smt2'] as const;
export type Exported = (typeof exportable)[number];

interface ProvingOptions extends ReportOptions {
  readonly assume?: readonly string[];
  readonly potential?: boolean;
  /** Seconds. */
  readonly timeout: number;
}

export interface CheckOptions extends ProvingOptions {
  readonly repair?: boolean;
  readonly policy?: readonly string[];
  /** A folder. */
  readonly certificates?: string;
  readonly why?: boolean;
}

export interface AskOptions extends ProvingOptions {
  readonly unblock?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly proto?: string;
  readonly port?: string;
  readonly icmpType?: string;
  readonly icmpCode?: string;
  readonly srcPort?: string;
  readonly srcIp?: string;
  readonly dstIp?: string;
  readonly fragment?: boolean;
  readonly tcpFlags?: string;
  readonly app?: string;
  readonly sni?: string;
  readonly httpHost?: string;
  readonly dnsName?: string;
  readonly dnsType?: string;
  readonly mode?: Mode;
  readonly family?: Family;
  readonly via?: readonly string[];
  readonly avoid?: readonly string[];
}

export interface FirewallOptions extends ReportOptions {
  readonly policy?: string;
  readonly order?: 'strict' | 'action';
  readonly default?: readonly string[];
  readonly statelessDefault?: 'forward' | 'pass' | 'drop';
  readonly homeNet?: readonly string[];
  /** Seconds. */
  readonly timeout: number;
}

/** Those of a question about a network, and of rules without a policy. */
export interface DiffOptions
  extends Omit<FirewallOptions, 'policy'>, Omit<AskOptions, 'mode' | 'via' | 'avoid' | 'potential'> {
  /** Of properties; for rules, one of a firewall. */
  readonly policy?: readonly string[];
  readonly mode?: 'packet' | 'connection';
  readonly maxFamilies: number;
}

export interface TraceOptions extends ReportOptions {
  readonly from?: string;
  readonly packet?: string;
  readonly app?: string;
  readonly sni?: string;
  readonly httpHost?: string;
  readonly dnsName?: string;
  readonly dnsType?: string;
  readonly assume?: readonly string[];
}

/** The traffic of an `ask` or `trace`, by the names that its options have. */
export const trafficFlags = (options: Partial<AskOptions>): TrafficFlags => ({
  ...(options.proto === undefined ? {} : { proto: options.proto }),
  ...(options.port === undefined ? {} : { port: options.port }),
  ...(options.icmpType === undefined ? {} : { 'icmp-type': options.icmpType }),
  ...(options.icmpCode === undefined ? {} : { 'icmp-code': options.icmpCode }),
  ...(options.srcPort === undefined ? {} : { 'src-port': options.srcPort }),
  ...(options.srcIp === undefined ? {} : { 'src-ip': options.srcIp }),
  ...(options.dstIp === undefined ? {} : { 'dst-ip': options.dstIp }),
  ...(options.fragment === undefined ? {} : { fragment: options.fragment }),
  ...(options.tcpFlags === undefined ? {} : { 'tcp-flags': options.tcpFlags }),
  ...(options.app === undefined ? {} : { app: options.app }),
  ...(options.sni === undefined ? {} : { sni: options.sni }),
  ...(options.httpHost === undefined ? {} : { 'http-host': options.httpHost }),
  ...(options.dnsName === undefined ? {} : { 'dns-name': options.dnsName }),
  ...(options.dnsType === undefined ? {} : { 'dns-type': options.dnsType }),
});

/** What is said of rules beside their files, by the names that its options have. */
export const firewallSource = (
  options: Omit<FirewallOptions, 'policy'> & { readonly policy?: string },
): Omit<FirewallSource, 'files'> => ({
  ...(options.policy === undefined ? {} : { policy: options.policy }),
  ...(options.order === undefined ? {} : { order: options.order }),
  ...(options.default === undefined ? {} : { defaults: options.default }),
  ...(options.statelessDefault === undefined ? {} : { statelessDefault: options.statelessDefault }),
  ...(options.homeNet === undefined ? {} : { homeNet: options.homeNet }),
});
