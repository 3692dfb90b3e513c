/** Files of rules, and what is wrong with rules only together. */
import { expect, test } from 'vitest';
import { checkGroup, countUnmodelled, readRules, ruleOf } from '../../src/suricata/index.ts';

const file = `# comment (sid:1;)

drop tcp any any -> any any (sid:1;)
  pass tcp $HOME_NET any -> \\
  $SERVERS $WEB (msg:"long"; \\
 sid:2; flwo:x;)\r
pass ip any any -> @LIST any (priority:2; sid:1;)
`;

test('comments and empty lines are no rules, and a line goes on after a backslash', () => {
  const { lines } = readRules(file);
  expect(lines.map(({ line, column }) => [line, column])).toEqual([
    [3, 1],
    [4, 2],
    [7, 1],
  ]);
  expect(lines[1]?.text).toBe(' pass tcp $HOME_NET any ->   $SERVERS $WEB (msg:"long";  sid:2; flwo:x;)');
});

test('what is wrong stands where it was written', () => {
  expect(readRules(file).problems).toMatchObject([{ line: 6, column: 9, code: 'suricata-keyword' }]);
});

const { lines } = readRules(file.replace(' flwo:x;', ''));
const problems = (group: Parameters<typeof checkGroup>[1]) =>
  checkGroup(lines, group).map(({ line, column, code }) => `${line}:${column} ${code.replace('suricata-', '')}`);

test('a sid is that of one rule', () => {
  expect(problems({})).toEqual(['7:43 sid']);
});

test('a priority is refused under strict order alone', () => {
  expect(problems({ order: 'STRICT_ORDER' })).toContain('7:31 priority');
  expect(problems({ order: 'DEFAULT_ACTION_ORDER' })).toEqual(['7:43 sid']);
});

test('variables must be defined in the group, but for those that AWS gives', () => {
  expect(problems({ ipSets: {}, portSets: {}, references: {} })).toEqual([
    '5:3 variable',
    '5:12 variable',
    '7:43 sid',
    '7:20 variable',
  ]);
  expect(problems({ ipSets: { SERVERS: [] }, portSets: { WEB: [] }, references: { LIST: '' } })).toEqual(['7:43 sid']);
});

test('keywords that are not modelled are counted once a rule', () => {
  const rules = [
    'drop ip any any -> any any (geoip:dst,DE; content:"a"; content:"b"; sid:1;)',
    'drop tls any any -> any any (ssl_version:!tls1.3; geoip:dst,DE; tls.sni; content:"a"; sid:2;)',
    'drop ip ![10.0.0.0/8,!10.1.0.0/16] any => any any (flow:no_frag; http.user_agent; content:"a"; sid:3;)',
  ].map((text) => ruleOf(text)!);
  expect(Object.fromEntries(countUnmodelled(rules))).toEqual({
    geoip: 2,
    content: 1,
    ssl_version: 1,
    '=>': 1,
    '!': 1,
    'flow:no_frag': 1,
    'http.user_agent': 1,
  });
});

test('a line that begins with a blank is a rule that may be passed over', () => {
  const [line] = readRules('\t drop tcp any any -> any any (sid:1;)').lines;
  expect(line).toMatchObject({ line: 1, column: 2 });
  const rule = ruleOf(line!.text)!;
  expect(rule).toMatchObject({ action: 'drop', sid: 1 });
  expect([...countUnmodelled([rule]).keys()]).toEqual(['indented line']);
});
