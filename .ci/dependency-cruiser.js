// @ts-check
/** The rules of dependency-cruiser, made from the table of layers. */
import { checker, joins, layers } from './layers.js';

/** @typedef {import('dependency-cruiser').IRegularForbiddenRuleType} Rule */

const any = (/** @type {string[]} */ parts) => `(?:${parts.join('|')})`;
const packagePath = (/** @type {string} */ name) => `(?:^|/)node_modules/${name}(?:/|$)`;

/**
 * @param {string} name
 * @param {string} comment what whoever breaks the rule reads
 * @param {Rule['from']} from
 * @param {Rule['to']} to
 * @returns {Rule}
 */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const betweenFolders = Object.entries(layers).map(([folder, { imports, why }]) =>
  forbid(
    `layer-${folder}`,
    `${folder} may import ${imports.join(', ') || 'no other folder'}: ${why}`,
    { path: `^src/${folder}/` },
    { path: '^src/', pathNot: `^src/${any([folder, ...imports])}/` },
  ),
);

const ofNode = Object.entries(layers).map(([folder, { node, why }]) =>
  forbid(
    `node-${folder}`,
    `${folder} may use ${node.join(', ') || 'none'} of Node's own modules: ${why}`,
    { path: `^src/${folder}/` },
    { dependencyTypes: ['core'], ...(node.length > 0 ? { pathNot: `^(?:node:)?${any(node)}$` } : {}) },
  ),
);

/** Each package from outside with the folders that may use it; `joins` may use all. @type {Map<string, string[]>} */
const owners = new Map(joins.packages.map((name) => [name, []]));
for (const [folder, { packages }] of Object.entries(layers))
  for (const name of packages) owners.set(name, [...(owners.get(name) ?? []), folder]);

const ofOthers = [...owners].map(([name, folders]) =>
  forbid(
    `package-${name}`,
    `${name} is used in ${[...folders, joins.folder].join(', ')} alone`,
    { path: '^src/', pathNot: `^src/(?:${any([...folders, joins.folder])}/|${any(joins.files)}$)` },
    { path: packagePath(name) },
  ),
);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...betweenFolders,
    ...ofNode,
    ...ofOthers,
    forbid(
      'known-folder',
      `a folder of src stands in the table of layers; beside them only ${joins.files.join(', ')}`,
      { path: '^src/', pathNot: `^src/(?:${any([...Object.keys(layers), joins.folder])}/|${any(joins.files)}$)` },
      {},
    ),
    forbid(
      'known-package',
      'a package is owned by a folder in the table of layers',
      { path: '^src/' },
      { path: packagePath('.*'), pathNot: [...owners.keys(), '@aws-sdk'].map(packagePath) },
    ),
    forbid(
      'checker-alone',
      'the certificate checker imports nothing of this project and no package, so that it can be read alone',
      { path: `^src/${checker.folder}/` },
      { pathNot: `^src/${checker.folder}/`, dependencyTypesNot: ['core'] },
    ),
    forbid(
      'checker-node',
      `the certificate checker may use ${checker.node.join(' and ')} of Node's own modules alone`,
      { path: `^src/${checker.folder}/` },
      { dependencyTypes: ['core'], pathNot: `^(?:node:)?${any(checker.node)}$` },
    ),
    forbid(
      'src-alone',
      'the program does not import its tests, benches or scenarios',
      { path: '^src/' },
      { path: '^(?:test|bench|scenarios|dist|bin)/' },
    ),
    forbid('no-cycle', 'data moves one way', { path: '^src/' }, { circular: true }),
    forbid('resolved', 'an import that leads nowhere is not checked', {}, { couldNotResolve: true }),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json', '.d.ts'],
    },
  },
};
