// The door of every npm command. It runs on whatever Node the machine has, so this file holds
// only what the oldest of them can parse; the rest is imported once the version is known to do.
var OLDEST = 20;
var major = parseInt(process.versions.node, 10);

if (major < OLDEST) {
  console.error(
    '\nThis machine runs Node ' + process.versions.node + '; OYA Elements needs Node ' + OLDEST + ' or newer to set itself up.\n' +
    'Install the current LTS from https://nodejs.org (or: nvm install --lts), open a new terminal, and run the command again.\n'
  );
  process.exit(1);
}

import('./setup.mjs').then(function (setup) {
  return setup.runCommand(process.argv[2] || '', process.argv.slice(3));
});
