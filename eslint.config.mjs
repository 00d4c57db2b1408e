/** Lint: what the compiler cannot see. Types decide where they pay: promises that nobody waits for, conditions that never change. */
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

const TEMPLATE = 'TaggedTemplateExpression[tag.name=/^(html|svg)$/] > TemplateLiteral > TemplateElement';

const PATTERNS = {
  styleAttribute: {
    selector: `${TEMPLATE}[value.raw=/\\sstyle\\s*=/]`,
    message: 'A style attribute breaks a strict CSP: use an adopted sheet, the .style property, or SVG attributes.',
  },
  clock: {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now'], NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'What a portal is does not depend on when it is asked: take the instant as a parameter.',
  },
};

const STORAGE = ['localStorage', 'sessionStorage'].map((name) => ({ name, message: 'Tokens live in memory only, and sessions in cookies that scripts cannot read.' }));

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', '.cache/', 'data/'] },
  {
    files: ['**/*.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: [{ from: 'package', name: ['describe', 'it', 'test', 'suite'], package: 'node:test' }] }],
      '@typescript-eslint/no-for-in-array': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false, attributes: false, properties: false } }],
      '@typescript-eslint/only-throw-error': ['error', { allowRethrowing: true, allowThrowingUnknown: true }],
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      'no-var': 'error',
      'prefer-const': ['error', { destructuring: 'all' }],
    },
  },
  {
    // Storybook and other tools ask for a default export.
    files: ['stories/**/*.ts'],
    rules: { 'no-restricted-exports': 'off' },
  },
  {
    files: ['packages/{core,charts,elements,cdn,adapters,tokens}/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    plugins: { lit, wc, 'lit-a11y': litA11y },
    settings: { litHtmlSources: true },
    rules: {
      ...lit.configs['flat/recommended'].rules,
      ...wc.configs['flat/best-practice'].rules,
      ...litA11y.configs.recommended.rules,
      'lit/no-template-map': 'off',
      'no-console': ['error', { allow: ['warn', 'error'] }],
      'no-restricted-globals': ['error', ...STORAGE],
      'no-restricted-properties': ['error', ...STORAGE.flatMap(({ name, message }) => ['window', 'globalThis', 'self'].map((object) => ({ object, property: name, message })))],
      'no-restricted-syntax': ['error', PATTERNS.styleAttribute],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'zod', message: "import * as z from 'zod/mini': the full package weighs three times as much." },
            { name: 'lit/directives/style-map.js', message: 'styleMap writes a style attribute at first render, which breaks a strict CSP.' },
          ],
          patterns: [{ group: ['lit/directives/unsafe-*', 'lit-html/directives/unsafe-*'], message: 'What comes from a portal is shown as text, never as markup.' }],
        },
      ],
    },
  },
  {
    files: ['packages/{contract,formats}/src/**/*.ts'],
    ignores: ['**/*.test.ts', '**/testing.ts'],
    rules: {
      'no-restricted-syntax': ['error', PATTERNS.clock],
      'no-restricted-imports': ['error', { paths: [{ name: 'zod', message: "import * as z from 'zod/mini'." }] }],
    },
  },
);
