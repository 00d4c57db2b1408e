import { parseAst } from 'rollup/parseAst';
import { LIBRARIES } from './libraries.mjs';

/**
 * Leaves out of libraries what nothing in the kit reaches, but tree-shaking cannot see (`libraries.mjs`). What is no longer
 * where it was ends the build.
 * @param {{ libraries?: readonly import('./libraries.mjs').Library[]; mayMiss?: boolean }} [options] `mayMiss`: a build that meets some of them only
 * @returns {import('rollup').Plugin}
 */
export function leaveOut({ libraries = LIBRARIES, mayMiss = false } = {}) {
  const met = new Set();
  return {
    name: 'oya-leave-out',
    buildStart() {
      met.clear();
    },
    transform(code, id) {
      const library = libraryOf(id, libraries);
      if (!library) return null;
      met.add(library);
      return { code: cutDown(code, library), map: null };
    },
    buildEnd(error) {
      const missed = libraries.filter((library) => !met.has(library));
      if (!error && !mayMiss && missed.length > 0) this.error(`The build no longer meets ${missed.map(({ file }) => file).join(', ')}, of which it leaves parts out.`);
    },
  };
}

/** @returns {import('./libraries.mjs').Library | undefined} */
export function libraryOf(id, libraries = LIBRARIES) {
  return libraries.find(({ file }) => id.endsWith(file));
}

/**
 * A declaration is replaced by one that says so, should it be reached after all, and a member is gone: calling it fails.
 * @param {string} code of the library's module
 * @param {import('./libraries.mjs').Library} library
 * @throws Error when something to leave out is no longer there
 */
export function cutDown(code, { file, left = [], instead = {}, known = {} }) {
  const program = parseAst(code);
  const declarations = namesOf(program.body);
  const cuts = [];
  const missing = new Set(Object.keys(known));
  for (const [name, text] of [...left.map((each) => [each]), ...Object.entries(instead)]) {
    const node = declarations.get(name);
    if (node) cuts.push({ start: node.start, end: node.end, text: text ?? standIn(name, node) });
    else missing.add(name);
  }
  const whole = [...cuts];
  // Expressions in what remains, from the outside in.
  visit(program, (node, isTarget) => {
    if (whole.some(({ start, end }) => start <= node.start && node.end <= end)) return false;
    const key = isTarget || !node.type.endsWith('Expression') ? undefined : keyOf(code.slice(node.start, node.end), known);
    if (key === undefined) return true;
    missing.delete(key);
    cuts.push({ start: node.start, end: node.end, text: `(${known[key]})` });
    return false;
  });
  if (missing.size > 0) throw new Error(`${file} no longer has ${[...missing].join(', ')}, which the build leaves out. Look at what took its place.`);
  // From the end, so that the places of those before stay right.
  return cuts.toSorted((one, other) => other.start - one.start).reduce((rest, { start, end, text }) => rest.slice(0, start) + text + rest.slice(end), code);
}

/** What a module declares at its top, and the members of its classes: `Name`, `Name.member`. */
function namesOf(body) {
  const names = new Map();
  const add = (name, node) => {
    names.set(name, node);
    if (!node?.type.startsWith('Class')) return;
    for (const member of node.body.body) {
      if (member.key && !member.computed) names.set(`${name}.${member.key.type === 'PrivateIdentifier' ? '#' : ''}${member.key.name}`, member);
    }
  };
  for (const each of body) {
    const statement = each.declaration ?? each;
    if (statement.id) add(statement.id.name, statement);
    for (const { id, init } of statement.declarations ?? []) if (init) add(id.name, init);
  }
  return names;
}

function standIn(name, { type }) {
  if (/Definition$/.test(type)) return '';
  const refusal = `throw new Error('oya: this build leaves out ${name}.');`;
  if (type === 'ArrowFunctionExpression') return `() => { ${refusal} }`;
  if (type === 'FunctionDeclaration') return `function ${name}() { ${refusal} }`;
  if (type.startsWith('Class')) return `class ${type === 'ClassDeclaration' ? name : ''} { constructor() { ${refusal} } }`;
  return 'undefined';
}

/** @param see told each node, and whether it is what an assignment writes to; looks inside unless it answers `false` */
function visit(node, see, isTarget = false) {
  if (!node || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const each of node) visit(each, see);
    return;
  }
  if (typeof node.type === 'string' && !see(node, isTarget)) return;
  for (const [key, value] of Object.entries(node)) {
    visit(value, see, (node.type === 'AssignmentExpression' && key === 'left') || node.type === 'UpdateExpression');
  }
}

/** `this.emit(…` stands for any expression that begins so. */
function keyOf(text, known) {
  if (Object.hasOwn(known, text)) return text;
  return Object.keys(known).find((key) => key.endsWith('…') && text.startsWith(key.slice(0, -1)));
}
