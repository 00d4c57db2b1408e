/** What the code of an element uses, found in its syntax tree. */
import ts from 'typescript';
import { read } from './repository.ts';

export interface ElementSource {
  /** Classes of the events it dispatches. */
  readonly events: ReadonlySet<string>;
  /** Names of its slots; `''` is the default slot. */
  readonly slots: ReadonlySet<string>;
  readonly parts: ReadonlySet<string>;
  /** Custom properties of its own: `--oya-<folder>-…`. */
  readonly cssProperties: ReadonlySet<string>;
  /** Where a template writes a style attribute. */
  readonly styleAttributes: readonly string[];
  /** Classes it defines with the class each extends. */
  readonly classes: ReadonlyMap<string, string>;
}

/** Reads the files of one element's folder. */
export function readSource(folder: string, files: readonly string[]): ElementSource {
  const found = {
    events: new Set<string>(),
    slots: new Set<string>(),
    parts: new Set<string>(),
    cssProperties: new Set<string>(),
    styleAttributes: [] as string[],
    classes: new Map<string, string>(),
  };
  for (const file of files) {
    const tree = parse(file);
    visit(tree, (node) => {
      const event = dispatchedEvent(node);
      if (event) found.events.add(event);
      const texts = templateTexts(node, ['html', 'svg']);
      const markup = texts.join('\uFFFC');
      for (const [, attributes = ''] of markup.matchAll(/<slot\b([^>]*)>/g)) found.slots.add(attributeOf('name', attributes) ?? '');
      for (const [, names = ''] of markup.matchAll(/\spart="([^"\uFFFC]+)"/g)) for (const name of names.trim().split(/\s+/)) found.parts.add(name);
      if (/\sstyle\s*=/.test(markup)) found.styleAttributes.push(`${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
      for (const text of [...texts, ...templateTexts(node, ['css']), ...literalText(node)]) {
        for (const [name] of text.matchAll(new RegExp(`--oya-${folder}-[a-z0-9-]+`, 'g'))) found.cssProperties.add(name);
      }
      if (ts.isClassDeclaration(node) && node.name) found.classes.set(node.name.text, superClass(node));
    });
  }
  return found;
}

/** The keys of an exported object literal, or `undefined` when the file exports none of that name. */
export function keysOfExport(file: string, name: string): string[] | undefined {
  let keys: string[] | undefined;
  visit(parse(file), (node) => {
    if (!ts.isVariableDeclaration(node) || node.name.getText() !== name || !node.initializer) return;
    let value = node.initializer;
    while (ts.isAsExpression(value) || ts.isSatisfiesExpression(value) || ts.isParenthesizedExpression(value)) value = value.expression;
    if (!ts.isObjectLiteralExpression(value)) return;
    keys = value.properties.map(({ name: key }) => (key && (ts.isStringLiteral(key) || ts.isIdentifier(key)) ? key.text : ''));
  });
  return keys;
}

/** The texts passed as the first argument of calls of a function. */
export function firstArguments(file: string, name: string): string[] {
  const texts: string[] = [];
  visit(parse(file), (node) => {
    if (!ts.isCallExpression(node) || node.expression.getText() !== name) return;
    const [first] = node.arguments;
    if (first && ts.isStringLiteralLike(first)) texts.push(first.text);
  });
  return texts;
}

/** The modules that a file imports, in whatever form. */
export function importsOf(file: string): string[] {
  return ts.preProcessFile(read(file), true, true).importedFiles.map(({ fileName }) => fileName);
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
}

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  ts.forEachChild(node, (child) => visit(child, look));
}

/** `X` of `….dispatchEvent(new X(…))`; for plain events their name. */
function dispatchedEvent(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node) || !/(^|\.)dispatchEvent$/.test(node.expression.getText())) return undefined;
  const [event] = node.arguments;
  if (!event || !ts.isNewExpression(event)) return undefined;
  const [name] = event.arguments ?? [];
  const isPlain = ['Event', 'CustomEvent'].includes(event.expression.getText());
  return isPlain && name && ts.isStringLiteral(name) ? name.text : event.expression.getText();
}

function templateTexts(node: ts.Node, tags: readonly string[]): string[] {
  if (!ts.isTaggedTemplateExpression(node) || !tags.includes(node.tag.getText())) return [];
  const { template } = node;
  if (ts.isNoSubstitutionTemplateLiteral(template)) return [template.text];
  return [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)];
}

function literalText(node: ts.Node): string[] {
  return ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) ? [node.text] : [];
}

function attributeOf(name: string, attributes: string): string | undefined {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];
}

function superClass(node: ts.ClassDeclaration): string {
  const clause = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  return clause?.types[0]?.expression.getText() ?? '';
}
