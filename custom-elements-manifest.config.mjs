/** The description of the elements, from their JSDoc: docs, editor data and Storybook's controls come from it. */

/** Elements get their names in `*.define.ts`, by our guarded `define`: the analyzer knows only `customElements.define`. */
function tagNames() {
  const tagOf = new Map();
  return {
    name: 'oya-tag-names',
    analyzePhase({ ts, node }) {
      if (!ts.isCallExpression(node) || node.expression.getText() !== 'define' || node.arguments.length !== 2) return;
      const [tag, element] = node.arguments;
      if (ts.isStringLiteral(tag)) tagOf.set(element.getText(), tag.text);
    },
    packageLinkPhase({ customElementsManifest }) {
      for (const declaration of customElementsManifest.modules.flatMap((module) => module.declarations ?? [])) {
        const tag = tagOf.get(declaration.name);
        if (!tag) continue;
        declaration.customElement = true;
        declaration.tagName = tag;
      }
    },
  };
}

/** The analyzer takes the first argument of `new OyaReadEvent(index)` for the event's name; events are documented by `@event`. */
function documentedEvents() {
  return {
    name: 'oya-documented-events',
    packageLinkPhase({ customElementsManifest }) {
      for (const declaration of customElementsManifest.modules.flatMap((module) => module.declarations ?? [])) {
        if (declaration.events) declaration.events = declaration.events.filter(({ name }) => name?.startsWith('oya-'));
      }
    },
  };
}

/** Writes the values of a named type (`type View = 'month' | 'year'`) where it is used, so that editors can offer them. */
function namedValues() {
  const valuesOf = new Map();
  const spellOut = ({ type }) => {
    if (type?.text) type.text = type.text.split(' | ').map((name) => valuesOf.get(name) ?? name).join(' | ');
  };
  return {
    name: 'oya-named-values',
    collectPhase({ ts, node }) {
      if (!ts.isTypeAliasDeclaration(node) || !ts.isUnionTypeNode(node.type)) return;
      const { types } = node.type;
      const values = types.filter((type) => ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal));
      if (values.length === types.length) valuesOf.set(node.name.text, values.map(({ literal }) => `'${literal.text}'`).join(' | '));
    },
    packageLinkPhase({ customElementsManifest }) {
      for (const { attributes = [], members = [] } of customElementsManifest.modules.flatMap((module) => module.declarations ?? [])) {
        for (const item of [...attributes, ...members]) spellOut(item);
      }
    },
  };
}

export default {
  // Where it lies is written in package.json by us: a build changes no file of the repository.
  packagejson: false,
  // Core for what elements inherit from their base.
  globs: ['packages/{elements,charts}/src/**/*.ts', 'packages/core/src/element/*.ts'],
  exclude: ['**/*.test.ts', '**/*.messages*.ts', '**/*.styles.ts'],
  litelement: true,
  plugins: [tagNames(), documentedEvents(), namedValues()],
};
