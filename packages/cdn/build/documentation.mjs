/** What is written for documents, servers and those who read the source: the page does without. */
const WRITTEN = [
  // What an operation tells its readers and its implementers.
  { files: /\/contract\/src\/operations\/(?!operation\.ts|table\.ts)[\w-]+\.ts$/, parts: [/^\s*summary: (['"]).*\1,\n/gm, /^\s*errors: \[[^\]]*\],?\n/gm], rest: 'summary:', form: 'one line, in single quotes' },
  // What a household of the demo is there to show.
  { files: /\/personas\/src\/personas\.ts$/, parts: [/^\s*story: \{\n(?:\s*\w+: .*\n)+\s*\},\n/gm], rest: 'story: {', form: 'one line a language' },
  // Why the sandbox refuses, beyond what every portal says: whoever reads it has the source at hand.
  { files: /\/adapters\/src\/sandbox\/(?!faults\.)[\w-]+\.ts$/, parts: [/\bdetail: (?:'(?:[^'\\]|\\.)*'|`[^`]*`)(?:, )?/g], rest: 'detail:', form: 'one text on the same line' },
];

/** @returns {import('rollup').Plugin} */
export function withoutDocumentation() {
  return {
    name: 'oya-without-documentation',
    transform(code, id) {
      const written = WRITTEN.find(({ files }) => files.test(id));
      if (!written) return null;
      const bare = written.parts.reduce((text, part) => text.replaceAll(part, ''), code);
      if (bare.includes(written.rest)) this.error(`${id} writes a “${written.rest}” that the build does not recognize: ${written.form}.`);
      return { code: bare, map: null };
    },
  };
}
