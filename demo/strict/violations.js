// Runs before anything else, so that it misses no violation; shows them as they come.
const violations = [];

function show() {
  const count = document.getElementById('count');
  if (!count) return;
  count.textContent = String(violations.length);
  document.getElementById('violations').replaceChildren(
    ...violations.map(({ effectiveDirective, blockedURI, sourceFile, lineNumber, sample }) => {
      const item = document.createElement('li');
      item.textContent = `${effectiveDirective}: ${blockedURI} (${sourceFile}:${lineNumber}) ${sample}`;
      return item;
    }),
  );
}

document.addEventListener('securitypolicyviolation', (violation) => {
  violations.push(violation);
  show();
});
document.addEventListener('DOMContentLoaded', show);
