/** Reports held against the schemas that others published: SARIF 2.1.0 of OASIS, and Jenkins' of JUnit XML. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import { XmlDocument, XmlValidateError, XsdValidator } from 'libxml2-wasm';

/** Draft 04 names itself otherwise than what came after it; what SARIF's uses of it means the same. */
const { $schema: _, id: __, ...schema } = sarifSchema as Readonly<Record<string, unknown>>;
const isSarif = new Ajv({ strict: false, validateFormats: false, allErrors: true, unicodeRegExp: false }).compile(
  schema,
);

/** None where the text is a SARIF log. */
export function sarifErrors(text: string): readonly string[] {
  isSarif(JSON.parse(text));
  return (isSarif.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** With the licence that it stands under. */
const xsd = XsdValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(join(import.meta.dirname, 'jenkins-junit.xsd'))));

/** None where the text is JUnit XML. */
export function junitErrors(text: string): readonly string[] {
  const document = XmlDocument.fromString(text);
  try {
    xsd.validate(document);
    return [];
  } catch (error) {
    if (error instanceof XmlValidateError) return error.details.map(({ message }) => message);
    throw error;
  } finally {
    document.dispose();
  }
}
