/** The command line: commands, their arguments and options, and what each says in help (`interfaces.md`, Commands). */
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Family } from '../net/address.ts';
import type { Mode } from '../network/replay.ts';
import type { TrafficFlags } from '../policy/traffic.ts';
import { tool } from './tool.ts';

/** One run as asked for: the command's own arguments, and how to report. */
export type Invocation =
  | { readonly command: 'check'; readonly network: string; readonly options: CheckOptions }
  | { readonly command: 'ask'; readonly network: string; readonly options: AskOptions }
  | { readonly command: 'trace'; readonly network: string; readonly options: TraceOptions }
  | { readonly command: 'coverage'; readonly network: string; readonly options: ReportOptions }
  | { readonly command: 'import'; readonly paths: readonly string[]; readonly options: ReportOptions };

export interface ReportOptions {
  readonly format: 'text' | 'json';
  readonly output?: string;
  readonly quiet?: boolean;
  readonly color: boolean;
}

interface ProvingOptions extends ReportOptions {
  readonly assume: readonly string[];
  readonly potential?: boolean;
  /** Seconds. */
  readonly timeout: number;
}

export interface CheckOptions extends ProvingOptions {
  readonly policy: readonly string[];
}

export interface AskOptions extends ProvingOptions {
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
  readonly mode?: Mode;
  readonly family?: Family;
  readonly via: readonly string[];
  readonly avoid: readonly string[];
}

export interface TraceOptions extends ReportOptions {
  readonly from?: string;
  readonly packet?: string;
  readonly assume: readonly string[];
}

/** The traffic of an `ask`, by the names that its options have. */
export const trafficFlags = (options: AskOptions): TrafficFlags => ({
  ...(options.proto === undefined ? {} : { proto: options.proto }),
  ...(options.port === undefined ? {} : { port: options.port }),
  ...(options.icmpType === undefined ? {} : { 'icmp-type': options.icmpType }),
  ...(options.icmpCode === undefined ? {} : { 'icmp-code': options.icmpCode }),
  ...(options.srcPort === undefined ? {} : { 'src-port': options.srcPort }),
  ...(options.srcIp === undefined ? {} : { 'src-ip': options.srcIp }),
  ...(options.dstIp === undefined ? {} : { 'dst-ip': options.dstIp }),
  ...(options.fragment === undefined ? {} : { fragment: options.fragment }),
});

/** The default of `--timeout`, in seconds a question. */
const patience = 60;

const network = ['<network>', 'a file or folder: what `aws ec2 describe-*` prints, or a snapshot'] as const;

/** The parser; `invoke` is told what was asked for. What is wrong is thrown, and nothing is written but help. */
export function createProgram(invoke: (invocation: Invocation) => void, writeOut: (text: string) => void): Command {
  const program = new Command('vpcproof')
    .description('Proves or disproves what can reach what in AWS networks, from their configuration alone.')
    .version(tool.version)
    .exitOverride()
    .configureOutput({ writeOut, writeErr: writeOut, outputError: () => undefined })
    .helpCommand(false);

  proving(
    program
      .command('check')
      .description('prove or disprove every property of policy files')
      .argument(...network),
  )
    .addOption(repeatable('-p, --policy <file>', 'a policy file (YAML or JSON)'))
    .action((path: string, options: CheckOptions) => invoke({ command: 'check', network: path, options }));

  traffic(
    proving(
      program
        .command('ask')
        .description('can X reach Y: by which path, or what blocks it')
        .argument(...network),
    )
      .addOption(once('--from <selector>', 'where the flow starts (required)'))
      .addOption(once('--to <selector>', 'where it is finally delivered (required)')),
  ).action((path: string, options: AskOptions) => invoke({ command: 'ask', network: path, options }));

  reporting(
    program
      .command('trace')
      .description('one concrete packet, hop by hop')
      .argument(...network),
  )
    .addOption(once('--from <selector>', 'where the packet starts (required)'))
    .addOption(once('--packet <packet>', 'as "tcp 10.0.1.5:40000 -> 1.1.1.1:443" (required)'))
    .addOption(assumption())
    .action((path: string, options: TraceOptions) => invoke({ command: 'trace', network: path, options }));

  reporting(
    program
      .command('coverage')
      .description('what of the input is modelled, assumed, or not understood')
      .argument(...network),
  ).action((path: string, options: ReportOptions) => invoke({ command: 'coverage', network: path, options }));

  reporting(
    program
      .command('import')
      .description('read files into one normalised snapshot')
      .argument('<paths...>', 'files and folders'),
  ).action((paths: string[], options: ReportOptions) => invoke({ command: 'import', paths, options }));

  program.addHelpText('after', epilogue);
  return program;
}

function traffic(command: Command): Command {
  return command
    .addOption(once('--proto <protocol>', 'tcp, udp, icmp, icmpv6, all, or a number'))
    .addOption(once('--port <ports>', 'destination port or range: 443, 8000-8100'))
    .addOption(once('--icmp-type <number>', 'ICMP type'))
    .addOption(once('--icmp-code <number>', 'ICMP code'))
    .addOption(once('--src-port <ports>', 'source port or range'))
    .addOption(once('--src-ip <cidr>', 'source address as it leaves the source'))
    .addOption(once('--dst-ip <cidr>', 'destination address as it leaves the source'))
    .option('--fragment', 'a fragment of a larger packet')
    .addOption(new Option('--mode <mode>', 'what reaching means').choices(['packet', 'connection', 'data']))
    .addOption(new Option('--family <family>', 'one address family only').choices(['ipv4', 'ipv6']))
    .addOption(repeatable('--via <selector>', 'only paths through any of these; repeated, through each'))
    .addOption(repeatable('--avoid <selector>', 'only paths around these'));
}

const proving = (command: Command): Command =>
  reporting(command)
    .addOption(assumption())
    .option('--potential', 'each named subnet holds one imaginary host besides')
    .addOption(new Option('--timeout <seconds>', 'for each question').argParser(seconds).default(patience));

const reporting = (command: Command): Command =>
  command
    .addOption(new Option('-f, --format <format>', 'of the report').choices(['text', 'json']).default('text'))
    .addOption(once('-o, --output <file>', 'write the report to a new file'))
    .option('--quiet', 'the verdicts alone, and no progress')
    .option('--no-color', 'plain text');

const assumption = (): Option =>
  repeatable('--assume <what>', 'the side of an unknown: passes:ID, drops:ID, forwards:eni-…, fact:5.34=no, …');

const repeatable = (flags: string, description: string): Option =>
  new Option(flags, `${description} (repeatable)`)
    .argParser((value: string, before: readonly string[]) => [...before, value])
    .default([], 'none');

/** An option that would silently lose a value if given again. */
const once = (flags: string, description: string): Option =>
  new Option(flags, description).argParser((value: string, before: string | undefined) => {
    if (before !== undefined) throw new InvalidArgumentError('It is given twice.');
    return value;
  });

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError('It is a number of seconds.');
  return value;
}

const epilogue = `
Places are named by selectors: internet, onprem, dns, any, an id, an ARN, an address or CIDR block, tag:KEY=VALUE,
name:VALUE, KIND:SELECTOR, service:NAME; a comma is a union.

Exit status: 0 holds or reachable, 1 violated or unreachable, 2 wrong usage or input, 3 undecided, 4 internal error.`;
