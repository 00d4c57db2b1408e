const NAME = 'oya:decorate';

/** What esbuild writes into each file that decorates members. */
const HELPER = /var __defProp = [\s\S]*?var __decorateClass = [\s\S]*?\n\};\n/;

const DECORATE = `export function decorate({ prototype }, decorators) {
  for (const name in decorators) {
    const descriptor = decorators[name](prototype, name, Object.getOwnPropertyDescriptor(prototype, name));
    if (descriptor) Object.defineProperty(prototype, name, descriptor);
  }
}
`;

/**
 * Takes out of each file what esbuild repeats there to apply decorators: the members of a class are decorated in one call of
 * a function that all share.
 * @returns {import('rollup').Plugin}
 */
export function shareDecorators() {
  return {
    name: 'oya-decorators',
    resolveId: (id) => (id === NAME ? NAME : null),
    load: (id) => (id === NAME ? DECORATE : null),
    transform(code, id) {
      if (!id.endsWith('.ts') || !HELPER.test(code)) return null;
      const calls = this.parse(code).body.filter(isDecoration);
      if (calls.length !== code.split('__decorateClass([').length - 1) this.error(`${id} applies decorators otherwise than this build knows: one to a member.`);
      let shared = code;
      for (const ofOneClass of Map.groupBy(calls, ({ expression }) => expression.arguments[1].object.name).values()) {
        const [first] = ofOneClass;
        const [{ start }, { end }] = [first, ofOneClass.at(-1)];
        const entries = ofOneClass.map(({ expression: { arguments: [decorators, , name] } }) => `${name.raw}: ${textOf(code, decorators.elements[0])}`);
        const text = `decorate(${first.expression.arguments[1].object.name}, { ${entries.join(', ')} });`;
        shared = shared.replace(code.slice(start, end), () => text);
      }
      return { code: shared.replace(HELPER, `import { decorate } from '${NAME}';\n`), map: null };
    },
  };
}

/** `__decorateClass([property()], OyaLogin.prototype, 'lang', 2);` */
function isDecoration({ type, expression }) {
  if (type !== 'ExpressionStatement' || expression.callee?.name !== '__decorateClass') return false;
  const [decorators, target] = expression.arguments;
  return decorators.elements.length === 1 && target.property?.name === 'prototype';
}

function textOf(code, { start, end }) {
  return code.slice(start, end);
}
