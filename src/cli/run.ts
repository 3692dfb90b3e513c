/** One run of the program: arguments in, a report on a stream or in a file, an exit status out. It never throws. */
import { present } from '../base/present.ts';
import { CommanderError } from 'commander';
import { invariant } from '../base/invariant.ts';
import type { Problem } from '../base/problem.ts';
import { type Result, fail, ok } from '../base/result.ts';
import type { Format } from '../report/formats.ts';
import { jsonReport } from '../report/json.ts';
import { paint } from '../report/text/paint.ts';
import { problemsText } from '../report/text/problems.ts';
import type { FailureDocument, ProblemsDocument } from '../result/document.ts';
import type { LoadOptions } from '../sources/index.ts';
import type { Engine } from './engine.ts';
import type { Io, Sink } from './io.ts';
import type { Outcome, Status, Surroundings } from './outcome.ts';
import {
  type Asking,
  type Invocation,
  type WhatIfLine,
  firewallSource,
  inputsOf,
  loadOptions,
  trafficFlags,
} from './invocation.ts';
import { createProgram } from './program.ts';
import { isBig, progressOn, silent } from './progress.ts';
import { isAsking, isAskingWord, notAsked, splitWhatIf } from './what-if-line.ts';
import { tool } from './tool.ts';
import { findExisting, findObstacle, writeOut, writeText } from './text-file.ts';

export async function run(argv: readonly string[], io: Io, engine: Engine): Promise<Status> {
  try {
    const parsed = parse(argv);
    if ('help' in parsed) {
      const shown = await writeOut((parsed.status === 0 ? io.stdout : io.stderr).write, parsed.help);
      return shown.ok ? parsed.status : await reportProblems(shown.problems, commandIn(argv), false, io);
    }
    if ('problem' in parsed) return await reportProblems([parsed.problem], commandIn(argv), wantsJson(argv), io);
    return await perform(parsed, io, engine);
  } catch (error) {
    return reportFailure(error, argv, io);
  }
}

type Parsed = Invocation | Unparsed;
type Unparsed = { readonly help: string; readonly status: 0 | 2 } | { readonly problem: Problem };

/** What `whatif` asks is a line of its own, about the network that stands before it. */
function parse(argv: readonly string[]): Parsed {
  const { line, rest } = splitWhatIf(argv);
  const parsed = parseLine(line);
  if (!('question' in parsed)) return parsed;
  const { question, ...edited } = parsed;
  if (!isAskingWord(question)) return { problem: notAsked(question) };
  const asking = parseLine([question, edited.network, ...rest]);
  if ('help' in asking || 'problem' in asking) return asking;
  invariant('command' in asking && isAsking(asking), `\`${question}\` asks something`);
  return { ...edited, asking, options: asking.options };
}

function parseLine(argv: readonly string[]): Invocation | WhatIfLine | Unparsed {
  let invocation: Invocation | WhatIfLine | undefined;
  let help = '';
  const program = createProgram(
    (asked) => (invocation = asked),
    (text) => (help += text),
  );
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { help, status: 0 };
    if (help !== '') return { help, status: 2 };
    return { problem: usageProblem(error) };
  }
  return invocation ?? { help: program.helpInformation(), status: 2 };
}

/** Commander's message as a problem: its own code in kebab-case, its suggestion as the hint. */
function usageProblem({ code, message }: CommanderError): Problem {
  const [said = '', suggestion] = message.replace(/^error: /, '').split('\n');
  const meant = /^\(Did you mean (?:one of )?(.+)\?\)$/.exec(suggestion ?? '')?.[1];
  return {
    code: code.replace(/^commander\./, '').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    message: `${said.charAt(0).toUpperCase()}${said.slice(1).replace(/\.$/, '')}.`.replaceAll(/'([^']*)'/g, '`$1`'),
    hint:
      meant === undefined
        ? '`vpcproof --help` lists commands, `vpcproof COMMAND --help` their options.'
        : `Did you mean \`${meant}\`?`,
  };
}

async function perform(invocation: Invocation, io: Io, stages: Engine): Promise<Status> {
  const { options, command } = invocation;
  const engine = withOptions(stages, loadOptions(invocation));
  const json = options.format === 'json';
  const writable = await canWrite(invocation, io.cwd);
  if (!writable.ok) return reportProblems(writable.problems, command, json, io);
  const watched = io.stderr.isTTY && options.quiet !== true;
  const progress = watched
    ? progressOn(io.stderr, ...((await isBig(inputsOf(invocation), io.cwd)) ? [0] : []))
    : silent;
  const sha256: Surroundings['sha256'] = async (network) => (options.format === 'text' ? '' : engine.sha256(network));
  const located: Surroundings['located'] = async (results) =>
    withLines.has(options.format) ? (await import('./locating.ts')).located(results, io.cwd) : results;
  let outcome: Result<Outcome>;
  try {
    outcome = await outcomeOf(invocation, { engine, io, progress: progress.say, sha256, located });
  } finally {
    await progress.end();
  }
  if (!outcome.ok) return reportProblems(outcome.problems, command, json, io);
  const { status, reports } = outcome.value;
  const intoFile = fileOf(invocation);
  const { stdout } = io;
  const watchedReport = intoFile === undefined && stdout.isTTY;
  const page = paint(
    options.color && watchedReport && wantsColor(stdout, io.env),
    watchedReport ? stdout.columns : undefined,
  );
  const make = reports[options.format];
  invariant(make !== undefined, `\`${command}\` has a report in ${options.format}`);
  const report = await make(page, options.quiet === true);
  const written =
    intoFile === undefined ? await writeOut(stdout.write, report) : await writeText(intoFile, report, io.cwd);
  // Problems as JSON would go where the report could not.
  return written.ok ? status : reportProblems(written.problems, command, json && intoFile !== undefined, io);
}

/** Where the report goes, if not to stdout. */
const fileOf = ({ command, options }: Invocation): string | undefined =>
  command === 'import' || 'export' in options ? undefined : options.output;

/** A file that cannot be written is told before minutes are spent, and before certificates are renewed beside it. */
async function canWrite(invocation: Invocation, cwd: string): Promise<Result<null>> {
  const file = fileOf(invocation);
  if (file === undefined) return ok(null);
  const clear = await findObstacle(file, cwd);
  const asked = invocation.command === 'whatif' ? invocation.asking : invocation;
  const certified = asked.command === 'check' && asked.options.certificates !== undefined;
  return clear.ok && certified ? findExisting(file, cwd) : clear;
}

/** JSON has the lines too, so that what is rendered from it has them. */
const withLines: ReadonlySet<Format> = new Set(['json', 'sarif']);

/** What is told beside the files is the same for every network of a run. */
const withOptions = (engine: Engine, told: LoadOptions): Engine => ({
  ...engine,
  loadNetwork: (paths) => engine.loadNetwork(paths, told),
  loadChange: (paths) => engine.loadChange(paths, told),
});

/** Each command's own code is loaded when it is the one asked for. */
async function outcomeOf(invocation: Invocation, surroundings: Surroundings): Promise<Result<Outcome>> {
  switch (invocation.command) {
    case 'check':
    case 'ask':
    case 'trace':
      return answerOf(invocation, surroundings);
    case 'whatif': {
      const { asking, ...edited } = invocation;
      const { whatif } = await import('./whatif.ts');
      return whatif(edited, surroundings, (changed) => answerOf(asking, changed));
    }
    case 'firewall check': {
      const { files, options } = invocation;
      const { firewallCheck } = await import('./firewall-check.ts');
      const source = { ...firewallSource(options), files };
      return firewallCheck({ source, timeoutMs: options.timeout * 1000 }, surroundings);
    }
    case 'diff': {
      const { before, after, options } = invocation;
      const { policy: policies = [], from, to, family, mode, assume, maxFamilies, timeout, ...rules } = options;
      const request = {
        ...trafficFlags(options),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(family === undefined ? {} : { family }),
        ...(mode === undefined ? {} : { mode }),
        ...(assume === undefined ? {} : { assume }),
      };
      const source = firewallSource({ ...rules, timeout });
      const { diff } = await import('./diff.ts');
      return diff(
        {
          before,
          source,
          policies,
          request,
          maxFamilies,
          timeoutMs: timeout * 1000,
          ...(after === undefined ? {} : { after }),
        },
        surroundings,
      );
    }
    case 'coverage': {
      const { coverage } = await import('./coverage.ts');
      return coverage({ network: invocation.network }, surroundings);
    }
    case 'verify-certificate': {
      const { files, options } = invocation;
      const { export: exported = [], output, network, timeout } = options;
      if (exported.length > 0 && output === undefined)
        return fail({
          code: 'missing-option',
          message: '`--output` is not given, the folder that exported files go into.',
          hint: 'Name a folder: `-o DIR`.',
        });
      const { verifyCertificate } = await import('./verify-certificate.ts');
      return verifyCertificate(
        {
          files,
          timeoutMs: timeout * 1000,
          ...(network === undefined ? {} : { network }),
          ...(exported.length > 0 ? { exported, folder: output! } : {}),
        },
        surroundings,
      );
    }
    case 'render': {
      const { result, options } = invocation;
      const { render } = await import('./render.ts');
      return render({ result, format: options.format }, surroundings);
    }
    case 'import': {
      const { paths, options } = invocation;
      const { importCommand } = await import('./import.ts');
      return importCommand({ paths, ...present({ output: options.output, answers: options.answers }) }, surroundings);
    }
  }
}

async function answerOf(invocation: Asking, surroundings: Surroundings): Promise<Result<Outcome>> {
  switch (invocation.command) {
    case 'check': {
      const { network, options } = invocation;
      const {
        policy = [],
        assume = [],
        potential = false,
        why = false,
        repair = false,
        timeout,
        certificates,
      } = options;
      const { check } = await import('./check.ts');
      return check(
        {
          network,
          policies: policy,
          assume,
          potential,
          why,
          repair,
          timeoutMs: timeout * 1000,
          ...(certificates === undefined ? {} : { certificates }),
        },
        surroundings,
      );
    }
    case 'ask': {
      const { network, options } = invocation;
      const { from, to } = options;
      if (from === undefined || to === undefined) return missing({ '--from': from, '--to': to });
      const { mode, family, via = [], avoid = [], assume = [], potential = false, unblock = false, timeout } = options;
      const { ask } = await import('./ask.ts');
      const request = {
        from,
        to,
        via,
        avoid,
        assume,
        potential,
        ...trafficFlags(options),
        ...(mode === undefined ? {} : { mode }),
        ...(family === undefined ? {} : { family }),
      };
      return ask({ network, request, unblock, timeoutMs: timeout * 1000 }, surroundings);
    }
    case 'trace': {
      const { network, options } = invocation;
      const { from, packet, assume = [] } = options;
      if (from === undefined || packet === undefined) return missing({ '--from': from, '--packet': packet });
      const { trace } = await import('./trace.ts');
      return trace({ network, request: { from, packet, assume, ...trafficFlags(options) } }, surroundings);
    }
  }
}

/** Every option that must be given and is not; Commander would name the first, before options it does not know. */
const missing = (options: Readonly<Record<string, string | undefined>>): Result<never> =>
  fail(
    ...Object.entries(options)
      .filter(([, value]) => value === undefined)
      .map(([option]) => ({ code: 'missing-option', message: `\`${option}\` is not given.` })),
  );

async function reportProblems(
  problems: readonly Problem[],
  command: string | null,
  json: boolean,
  io: Io,
): Promise<Status> {
  const document: ProblemsDocument = { schemaVersion: 1, tool, command, problems };
  if (json) await io.stdout.write(jsonReport(document));
  else await io.stderr.write(problemsText(problems, paint(wantsColor(io.stderr, io.env))));
  return 2;
}

/** A bug of this program: what it noticed, and all that reproduces it. The stack only for who debugs it. */
async function reportFailure(error: unknown, argv: readonly string[], io: Io): Promise<Status> {
  const message = error instanceof Error ? error.message : String(error);
  const failure = { message, arguments: argv, node: process.version };
  const document: FailureDocument = { schemaVersion: 1, tool, command: commandIn(argv), failure };
  if (wantsJson(argv)) await io.stdout.write(jsonReport(document));
  const shell = argv.map((arg) => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", String.raw`'\''`)}'`));
  await io.stderr.write(
    [
      `vpcproof: internal error: ${message}`,
      'This is a bug in vpcproof, and no answer. It is reproduced, on the same input, by',
      `  vpcproof ${shell.join(' ')}`,
      `with version ${tool.version} on node ${failure.node}.`,
      ...(io.env['VPCPROOF_DEBUG'] === undefined || !(error instanceof Error) ? [] : [error.stack ?? '']),
      '',
    ].join('\n'),
  );
  return 4;
}

const wantsJson = (argv: readonly string[]): boolean =>
  argv.some((arg, i) => {
    const value = arg === '-f' || arg === '--format' ? argv[i + 1] : /^(?:-f|--format=)(.*)$/.exec(arg)?.[1];
    return value === 'json';
  });

/** The first argument, where it is a command: problems come before the command line is understood. */
const commandIn = (argv: readonly string[]): string | null =>
  ['check', 'ask', 'trace', 'whatif', 'diff', 'coverage', 'import', 'verify-certificate', 'render'].find(
    (command) => command === argv[0],
  ) ?? null;

/** https://no-color.org: any value turns colours off. */
const wantsColor = (sink: Sink, env: Io['env']): boolean =>
  sink.isTTY && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
