const THEIRS = 'createPolicy("lit-html"';
const OURS = 'createPolicy("oya-lit"';

/**
 * Gives our Lit a Trusted Types policy of its own name: a page can allow it alone, and a Lit of the host page
 * keeps the usual one. Fails when Lit no longer makes its policy where we expect it.
 * @returns {import('rollup').Plugin}
 */
export function renameTrustedTypesPolicy() {
  let replaced = 0;
  return {
    name: 'oya-trusted-types',
    buildStart() {
      replaced = 0;
    },
    transform(code) {
      const parts = code.split(THEIRS);
      if (parts.length === 1) return null;
      replaced += parts.length - 1;
      return { code: parts.join(OURS), map: null };
    },
    buildEnd(error) {
      if (!error && replaced !== 1) {
        this.error(`Expected Lit to make its Trusted Types policy (${THEIRS}…) in exactly one place, found ${replaced}. Is there a second Lit, or a new one?`);
      }
    },
  };
}
