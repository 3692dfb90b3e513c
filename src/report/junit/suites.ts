/** Test suites as JUnit XML, the form that Jenkins published a schema of. */
import Builder from 'fast-xml-builder';
import type { Tool } from '../../result/document.ts';

export interface Suite {
  readonly name: string;
  /** Milliseconds. */
  readonly timeMs: number;
  /** What else is told of it, by name. */
  readonly properties: Readonly<Record<string, string>>;
  readonly cases: readonly Case[];
}

export interface Case {
  readonly name: string;
  readonly className: string;
  readonly timeMs: number;
  readonly outcome:
    | { readonly kind: 'passed' }
    | { readonly kind: 'skipped'; readonly why: string }
    /** `message` is one line, `text` all of it. */
    | { readonly kind: 'failure' | 'error'; readonly type: string; readonly message: string; readonly text: string };
}

export function junitXml({ name, version }: Tool, suites: readonly Suite[]): string {
  const builder = new Builder({ ignoreAttributes: false, format: true, suppressEmptyNode: true });
  const all = suites.flatMap(({ cases }) => cases);
  return builder.build({
    '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
    testsuites: {
      '@_name': name,
      '@_tests': String(all.length),
      '@_failures': count(all, 'failure'),
      '@_errors': count(all, 'error'),
      '@_time': seconds(suites.reduce((sum, { timeMs }) => sum + timeMs, 0)),
      testsuite: suites.map((suite) => ({
        '@_name': clean(suite.name),
        '@_tests': String(suite.cases.length),
        '@_failures': count(suite.cases, 'failure'),
        '@_errors': count(suite.cases, 'error'),
        '@_skipped': count(suite.cases, 'skipped'),
        '@_time': seconds(suite.timeMs),
        properties: {
          property: Object.entries({ version, ...suite.properties }).map(([key, value]) => ({
            '@_name': key,
            '@_value': clean(value),
          })),
        },
        testcase: suite.cases.map((one) => caseOf(one)),
      })),
    },
  });
}

const caseOf = ({ name, className, timeMs, outcome }: Case): Readonly<Record<string, unknown>> => ({
  '@_name': clean(name),
  '@_classname': clean(className),
  '@_time': seconds(timeMs),
  ...(outcome.kind === 'passed'
    ? {}
    : outcome.kind === 'skipped'
      ? { skipped: clean(outcome.why) }
      : {
          [outcome.kind]: {
            '@_message': clean(outcome.message),
            '@_type': outcome.type,
            '#text': clean(outcome.text),
          },
        }),
});

const count = (cases: readonly Case[], kind: Case['outcome']['kind']): string =>
  String(cases.filter(({ outcome }) => outcome.kind === kind).length);

const seconds = (timeMs: number): string => (timeMs / 1000).toFixed(3);

/** Without what XML 1.0 can not hold: control characters, halves of pairs, and two that are no characters. */
const clean = (text: string): string =>
  text.replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}');
