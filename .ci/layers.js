// @ts-check
/**
 * The one table of layers: what each folder of src may import (`architecture.md` draws it; this file decides).
 *
 * `imports`: folders of src. `packages`: packages from outside that only this folder may use as values (types of the
 * AWS SDK are free everywhere). `node`: modules of Node. `why`: what whoever breaks the line reads.
 *
 * @typedef {{ imports: string[], packages: string[], node: string[], why: string }} Layer
 */

const vocabulary = ['base', 'net', 'network'];
const described = [...vocabulary, 'suricata'];
const proving = [...described, 'logic', 'dataplane', 'solver', 'policy', 'result'];
const explaining = [...proving, 'verify', 'edit'];

/** @type {Record<string, Layer>} */
export const layers = {
  base: { imports: [], packages: [], node: [], why: 'base stands on nothing' },
  net: { imports: ['base'], packages: ['ip-num'], node: [], why: 'addresses and packets know no networks' },
  network: { imports: ['base', 'net'], packages: [], node: [], why: 'the vocabulary knows no stage that uses it' },
  suricata: { imports: ['base', 'net'], packages: [], node: [], why: 'the rule language is parsed here, not judged' },
  sources: {
    imports: described,
    packages: ['yaml', 'zod'],
    node: ['fs', 'fs/promises', 'path', 'util', 'buffer', 'crypto', 'zlib', 'stream'],
    why: 'sources make networks; what is asked about them is decided later',
  },
  trace: {
    imports: described,
    packages: [],
    node: [],
    why: 'the oracle tells the AWS rules on its own, so that it can catch the prover being wrong',
  },
  logic: { imports: ['base'], packages: [], node: [], why: 'terms know no networks' },
  dataplane: {
    imports: [...described, 'logic'],
    packages: [],
    node: [],
    why: 'the data plane tells the AWS rules on its own and knows no solver',
  },
  solver: {
    imports: ['base', 'logic'],
    packages: ['z3-solver'],
    node: ['child_process', 'worker_threads', 'url', 'path', 'os', 'v8'],
    why: 'a solver decides terms and knows no networks',
  },
  policy: { imports: vocabulary, packages: ['yaml', 'zod'], node: [], why: 'a policy says what is asked, not how' },
  result: { imports: ['base', 'net'], packages: ['zod'], node: [], why: 'results are published: text, no machinery' },
  verify: {
    imports: proving,
    packages: [],
    node: [],
    why: 'verify is handed the replayer as a value of type Replay, so that prover and oracle stay apart',
  },
  firewall: {
    imports: [...proving, 'verify'],
    packages: [],
    node: [],
    why: "what is asked of a firewall's policy by itself; the evaluator is handed over as a value of type Judge",
  },
  certificate: {
    imports: [...explaining, 'explain'],
    packages: [],
    node: ['fs', 'fs/promises', 'path', 'crypto', 'zlib'],
    why: "a certificate is made of the prover's clauses and flows; the replayer is handed over as a value",
  },
  edit: { imports: vocabulary, packages: ['yaml', 'zod'], node: [], why: 'an edit changes a network and asks nothing' },
  explain: {
    imports: explaining,
    packages: [],
    node: [],
    why: 'explanations come from the prover, not from the oracle',
  },
  change: {
    imports: [...explaining, 'explain'],
    packages: [],
    node: [],
    why: 'a difference is a question about two networks',
  },
  repair: {
    imports: [...explaining, 'explain', 'change'],
    packages: [],
    node: [],
    why: 'a repair is proved by what answers questions; prover, oracle and policies are handed over as one value',
  },
  report: {
    imports: ['base', 'net', 'result'],
    packages: ['picocolors', 'elkjs', 'fast-xml-builder', '@types/sarif'],
    node: [],
    why: 'a report is a pure function of a published result',
  },
};

/** The folder that stands alone, so that it can be read and trusted by itself, and all that it may use of Node. */
export const checker = { folder: 'certificate/checker', node: ['crypto', 'zlib'] };

/** The folder that sees everything, and the only one that may join `trace` and `verify`; so do the files beside it. */
export const joins = {
  folder: 'cli',
  files: ['index.ts', 'vitest.ts'],
  packages: ['commander', 'picocolors', 'vitest'],
};
