/** The command line: commands, their arguments and options, and what each says in help (`interfaces.md`, Commands). */
import { Command, InvalidArgumentError, Option } from 'commander';
import { type Format, formats, formatsOf } from '../report/formats.ts';
import {
  type AskOptions,
  type CheckOptions,
  type DiffOptions,
  type Exported,
  type FirewallOptions,
  type Invocation,
  type LoadingOptions,
  type ImportOptions,
  type ReportOptions,
  type TraceOptions,
  type VerifyCertificateOptions,
  type WhatIfLine,
  exportable,
} from './invocation.ts';
import { tool } from './tool.ts';

/** The default of `--max-families`, for each direction. */
const shownFamilies = 20;

/** The default of `--timeout`, in seconds a question. */
const patience = 60;

/** The parser; `invoke` is told what was asked for. What is wrong is thrown, and nothing is written but help. */
export function createProgram(
  invoke: (invocation: Invocation | WhatIfLine) => void,
  writeOut: (text: string) => void,
): Command {
  const program = new Command('vpcproof')
    .description('Proves or disproves what can reach what in AWS networks, from their configuration alone.')
    .version(tool.version)
    .exitOverride()
    .configureOutput({ writeOut, writeErr: writeOut, outputError: () => undefined })
    .addHelpText('after', epilogue);

  const check = command(program, 'check', 'prove or disprove every property of policy files')
    .optionsGroup('Properties:')
    .addOption(repeatable('-p, --policy <file>', 'a policy file (YAML or JSON)'))
    .addOption(once('--certificates <folder>', 'a certificate of each verdict, for `verify-certificate`'))
    .option('--why', 'on which rules, routes and exceptions each proof of absence rests');
  const repaired = proving(check).option(
    '--repair',
    'of what is violated, the smallest edits that mend it, each proved',
  );
  reporting(repaired, formatsOf('check')).action((path: string, options: CheckOptions) =>
    invoke({ command: 'check', network: path, options }),
  );

  const ask = command(program, 'ask', 'can X reach Y: by which path, or what blocks it')
    .optionsGroup('Places:')
    .addOption(once('--from <selector>', 'where the flow starts (required)'))
    .addOption(once('--to <selector>', 'where it is finally delivered (required)'))
    .addOption(repeatable('--via <selector>', 'only paths through any of these; repeated, through each'))
    .addOption(repeatable('--avoid <selector>', 'only paths around these'));
  const unblocked = proving(traffic(ask)).option('--unblock', 'of what is unreachable, edits that let it through');
  reporting(unblocked, formatsOf('ask')).action((path: string, options: AskOptions) =>
    invoke({ command: 'ask', network: path, options }),
  );

  const trace = command(program, 'trace', 'one concrete packet, hop by hop')
    .optionsGroup('Packet:')
    .addOption(once('--from <selector>', 'where the packet starts (required)'))
    .addOption(once('--packet <packet>', 'as "tcp 10.0.1.5:40000 -> 1.1.1.1:443" (required)'))
    .addOption(assumption());
  reporting(carrying(trace), formatsOf('trace')).action((path: string, options: TraceOptions) =>
    invoke({ command: 'trace', network: path, options }),
  );

  const whatif = program
    .command('whatif')
    .description('the same questions after edits that nobody deployed')
    .argument('<network>', networkArgument)
    .argument('<question...>', '`ask`, `check` or `trace` with its options, and without a network')
    .usage('<network> [--edit <file>]... [--set <edit>]... ask|check|trace [options]')
    .optionsGroup('Edits, in this order:')
    .addOption(repeatable('--edit <file>', 'a file of edits (YAML or JSON)'))
    .addOption(repeatable('--set <edit>', 'one edit, such as "igw-1 detach" or "rtb-1 route 0.0.0.0/0 -> nat-1"'))
    .addHelpText('after', edits);
  loading(whatif).action((path: string, [question = '']: string[], { edit = [], set = [], ...told }: WhatIfOptions) =>
    invoke({ command: 'whatif', network: path, question, edits: edit, sets: set, loading: told }),
  );

  const firewall = program.command('firewall').description("a firewall's policy by itself");
  const checkRules = firewall
    .command('check')
    .description('what is wrong with rules and policies, by proof, each with a flow that shows it')
    .argument('<files...>', rulesArgument);
  reporting(rules(checkRules), formatsOf('firewall check')).action((files: string[], options: FirewallOptions) =>
    invoke({ command: 'firewall check', files, options }),
  );

  const diff = program
    .command('diff')
    .description('which flows a change opens and closes: of two networks, or of two sets of firewall rules')
    .argument('<before>', 'a network; or Suricata rules, or JSON of rule groups or of a firewall policy')
    .argument('[after]', 'the same afterwards; none for a plan or a change set, which tells both')
    .optionsGroup('Of networks, what is compared:')
    .addOption(once('--from <selector>', 'where flows start: anywhere unless given'))
    .addOption(once('--to <selector>', 'where they are finally delivered: anywhere unless given'))
    .addOption(new Option('--mode <mode>', 'packets one way, or with their replies').choices(['packet', 'connection']))
    .addOption(new Option('--family <family>', 'one address family only').choices(['ipv4', 'ipv6']))
    .addOption(repeatable('-p, --policy <file>', 'properties, with verdicts before and after; of rules, their policy'))
    .addOption(new Option('--max-families <count>', 'how many are shown').argParser(counted).default(shownFamilies));
  const compared = carrying(headers(diff)).optionsGroup('Proof:').addOption(assumption());
  reporting(rules(loading(compared), false), formatsOf('network diff')).action(
    (before: string, after: string | undefined, options: DiffOptions) =>
      invoke({ command: 'diff', before, options, ...(after === undefined ? {} : { after }) }),
  );

  const coverage = command(program, 'coverage', 'what of the input is modelled, assumed, or not understood');
  reporting(coverage, formatsOf('coverage')).action((path: string, options: ReportOptions) =>
    invoke({ command: 'coverage', network: path, options }),
  );

  const imports = program
    .command('import')
    .description('read files into one normalised snapshot')
    .argument('<paths...>', 'files and folders')
    .option('--answers', 'keep the answers in it, so that it can be the `--base` of a plan');
  reporting(loading(imports), formatsOf('import'), 'where the snapshot goes, a new file; otherwise stdout').action(
    (paths: string[], options: ImportOptions) => invoke({ command: 'import', paths, options }),
  );

  const verify = program
    .command('verify-certificate')
    .description('whether certificates prove what they say, checked without the solver')
    .argument('<files...>', 'certificates; `-` is standard input')
    .optionsGroup('Held against a network:')
    .addOption(once('--network <network>', 'whose clauses and flows they must be, made again and compared'))
    .addOption(new Option('--timeout <seconds>', 'for each question').argParser(seconds).default(patience))
    .optionsGroup('For other checkers:')
    .addOption(
      new Option(
        '--export <kinds>',
        'writes each refutation into a folder (-o): cnf, drat, and, of a network, smt2',
      ).argParser(exports),
    );
  reporting(
    loading(verify),
    formatsOf('verify-certificate'),
    'where the report goes, a new file; with --export, the folder',
  ).action((files: string[], options: VerifyCertificateOptions) =>
    invoke({ command: 'verify-certificate', files, options }),
  );

  const render = program
    .command('render')
    .description('a result that was saved with `-f json`, in another format')
    .argument('<result>', 'the file; `-` is standard input');
  reporting(render, formats).action((result: string, options: ReportOptions) =>
    invoke({ command: 'render', result, options }),
  );
  return program;
}

interface WhatIfOptions extends LoadingOptions {
  readonly edit?: readonly string[];
  readonly set?: readonly string[];
}

const networkArgument =
  'a file or folder: what `aws ec2 describe-*` prints, `terraform show -json`, a template, or a snapshot; `-` is standard input';

/** A command about one network. */
const command = (program: Command, name: string, description: string): Command =>
  loading(program.command(name).description(description).argument('<network>', networkArgument));

/** What plans and templates do not hold themselves. */
const loading = (about: Command): Command =>
  about
    .optionsGroup('Of plans and templates:')
    .addOption(
      repeatable(
        '--base <network>',
        'what already runs, on which they lean: answers of `aws`, or a snapshot of `import --answers`',
      ),
    )
    .addOption(repeatable('--parameter <name=value>', 'a parameter of a template'))
    .addOption(repeatable('--import <name=value>', 'what another stack exports'));

const traffic = (about: Command): Command =>
  carrying(headers(about))
    .addOption(new Option('--mode <mode>', 'what reaching means').choices(['packet', 'connection', 'data']))
    .addOption(new Option('--family <family>', 'one address family only').choices(['ipv4', 'ipv6']));

const headers = (about: Command): Command =>
  about
    .optionsGroup('Traffic, as it leaves the source:')
    .addOption(once('--proto <protocol>', 'tcp, udp, icmp, icmpv6, all, or a number'))
    .addOption(once('--port <ports>', 'destination port or range: 443, 8000-8100'))
    .addOption(once('--icmp-type <number>', 'ICMP type'))
    .addOption(once('--icmp-code <number>', 'ICMP code'))
    .addOption(once('--src-port <ports>', 'source port or range'))
    .addOption(once('--src-ip <cidr>', 'source address or CIDR block'))
    .addOption(once('--dst-ip <cidr>', 'destination address or CIDR block'))
    .option('--fragment', 'a fragment of a larger packet')
    .addOption(once('--tcp-flags <flags>', 'exactly these are set: SYN, or SYN,ACK'));

/** What the packets carry. */
const carrying = (about: Command): Command =>
  about
    .addOption(once('--app <protocol>', 'what the payload is: tls, http, ssh, dns, quic, none, …'))
    .addOption(once('--sni <host>', 'the name that a TLS client asks for; .example.com is it and all below it'))
    .addOption(once('--http-host <host>', 'the Host of an HTTP request, likewise'))
    .addOption(once('--dns-name <name>', 'the name asked for, with --to dns, likewise'))
    .addOption(once('--dns-type <type>', 'the type of the query, with --to dns: A, TXT, TYPE65280'));

const proving = (about: Command): Command =>
  about
    .optionsGroup('Proof:')
    .addOption(assumption())
    .option('--potential', 'each named subnet holds one imaginary host besides')
    .addOption(new Option('--timeout <seconds>', 'for each question').argParser(seconds).default(patience));

const rulesArgument = 'Suricata rules, or JSON of rule groups, of firewall policies or of a network';

const rules = (about: Command, policy = true): Command =>
  (policy
    ? about
        .optionsGroup('Policy, where rules come without one:')
        .addOption(once('--policy <file>', 'what describe-firewall-policy prints; the rules are its stateful groups'))
    : about.optionsGroup('Of rules without a policy:')
  )
    .addOption(
      new Option('--order <order>', 'of the stateful rules: strict if not given').choices(['strict', 'action']),
    )
    .addOption(repeatable('--default <action>', 'a stateful default action, such as aws:drop_established'))
    .addOption(
      new Option('--stateless-default <action>', 'what becomes of packets first: forward if not given').choices([
        'forward',
        'pass',
        'drop',
      ]),
    )
    .addOption(repeatable('--home-net <cidr>', 'a block of HOME_NET: private networks if not given'))
    .optionsGroup('Proof:')
    .addOption(new Option('--timeout <seconds>', 'for each question').argParser(seconds).default(patience));

const reporting = (about: Command, choices: readonly Format[], output = 'where the report goes, a new file'): Command =>
  about
    .optionsGroup('Report:')
    .addOption(new Option('-f, --format <format>', 'of the report').choices(choices).default('text'))
    .addOption(once('-o, --output <file>', output))
    .option('--quiet', 'the verdicts alone, and no progress')
    .option('--no-color', 'plain text');

const assumption = (): Option =>
  repeatable('--assume <what>', 'the side of an unknown: passes:ID, drops:ID, forwards:eni-…, fact:5.34=no, …');

const repeatable = (flags: string, description: string): Option =>
  new Option(flags, `${description} (repeatable)`).argParser((value: string, before: string[] | undefined) =>
    before === undefined ? [value] : [...before, value],
  );

/** An option that would silently lose a value if given again. */
const once = (flags: string, description: string): Option =>
  new Option(flags, description).argParser((value: string, before: string | undefined) => {
    if (before !== undefined) throw new InvalidArgumentError('It is given twice.');
    return value;
  });

function exports(text: string): readonly Exported[] {
  const kinds = text.split(',').map((each) => each.trim());
  const known = exportable.filter((each) => kinds.includes(each));
  if (kinds.some((each) => !known.some((one) => one === each)))
    throw new InvalidArgumentError(`It is a list of ${exportable.join(', ')}.`);
  return known;
}

function counted(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It is a whole number, 1 or more.');
  return value;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError('It is a number of seconds.');
  return value;
}

const edits = `
Edits say what is edited first: GROUP ingress|egress add|remove TRAFFIC PEER, TABLE route DESTINATION -> TARGET,
TABLE route remove DESTINATION, ACL inbound|outbound add NUMBER allow|deny TRAFFIC CIDR, SUBNET table TABLE|main,
INTERFACE groups set|add|remove GROUPS, INTERFACE public remove all, GATEWAY detach, THING down, and more:
docs/editing.md lists them all.`;

const epilogue = `
Places are named by selectors: internet, onprem, dns, any, an id, an ARN, an address or CIDR block, tag:KEY=VALUE,
name:VALUE, KIND:SELECTOR, service:NAME; a comma is a union.

Exit status: 0 holds or reachable, 1 violated or unreachable, 2 wrong usage or input, 3 undecided, 4 internal error.`;
