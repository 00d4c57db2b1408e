/**
 * What an operation tells its readers (`summary`) and its implementers (`errors`) is for documents and servers: the page
 * does without.
 * @returns {import('rollup').Plugin}
 */
export function withoutDocumentation() {
  return {
    name: 'oya-without-documentation',
    transform(code, id) {
      if (!/\/contract\/src\/operations\/(?!operation\.ts|table\.ts)[\w-]+\.ts$/.test(id)) return null;
      const bare = code.replaceAll(/^\s*summary: (['"]).*\1,\n/gm, '').replaceAll(/^\s*errors: \[[^\]]*\],?\n/gm, '');
      if (bare.includes('summary:')) this.error(`${id} writes a summary that the build does not recognize: one line, in single quotes.`);
      return { code: bare, map: null };
    },
  };
}
