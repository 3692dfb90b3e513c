/** What of an input is answers of AWS, and what is plans and templates: told by content, whatever the names. */
import type { Problem } from '../base/problem.ts';
import { isTemplate, roleOf } from './cloudformation/index.ts';
import type { SourceDocument } from './document.ts';
import type { FilesRead, JsonFile } from './files.ts';
import { isTerraform } from './terraform/index.ts';

export interface Input {
  /** What AWS's calls print, snapshots, and strangers. */
  readonly answers: readonly JsonFile[];
  readonly terraform: readonly JsonFile[];
  /** Templates, and what stands beside them. */
  readonly templates: readonly SourceDocument[];
  readonly problems: readonly Problem[];
}

/** What belongs to templates counts only beside one. */
const beside: ReadonlySet<string | undefined> = new Set(['change-set', 'stack-resources', 'cdk-manifest', 'cdk-other']);

export function inputOf({ files, texts, problems }: Pick<FilesRead, 'files' | 'texts' | 'problems'>): Input {
  const terraform = files.filter(({ json }) => isTerraform(json));
  const others = files.filter(({ json }) => !isTerraform(json));
  const isDeclared = texts.length > 0 || others.some(({ json }) => isTemplate(json) || roleOf(json) === 'template');
  const ofTemplates = isDeclared
    ? others.filter(({ json }) => isTemplate(json) || roleOf(json) === 'template' || beside.has(roleOf(json)))
    : [];
  return {
    terraform,
    answers: others.filter((one) => !ofTemplates.includes(one)),
    templates: [...ofTemplates.map(({ file, json }) => ({ file, json })), ...texts],
    problems,
  };
}

export const isDeclaredInput = ({ terraform, templates }: Input): boolean => terraform.length + templates.length > 0;
