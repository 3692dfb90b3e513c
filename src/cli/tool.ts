/** The program's own name and version, as documents give them. */
import manifest from '../../package.json' with { type: 'json' };
import type { Tool } from '../result/document.ts';

export const tool: Tool = { name: 'vpcproof', version: manifest.version };
