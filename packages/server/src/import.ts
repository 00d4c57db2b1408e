/** `npm run import -- file…`: takes files of measurements in, and reports what became of each. */
import { FormatError, FORMATS } from '@oya/formats';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { notUnderstood, runCommand, type Saying } from './command-line.ts';
import { DatabaseError, importFile, ImportError, type ContentReport, type ImportReport } from './index.ts';

const HELP = `Imports files of the energy world into the portal's database: measurements, indexes, signals.

  npm run import -- [options] <file>…

Each file is taken in as a whole or not at all. The same file twice changes nothing.
A real value replaces an estimated or provisional one, never the reverse; what is replaced is kept.
A file may be of several meters: each part goes to its own. What a contract says is compared, never changed.

Options
  --meter <id or PRM>   the meter; without it the delivery point that the file names
  --tenant <id>         the utility, where two have a meter of that name (eneo, sicae…)
  --dry-run             say what would be done, and store nothing
  --help                this text

Formats
${FORMATS.map(({ title }) => `  ${title}`).join('\n')}

Database
  DATABASE_URL          a PostgreSQL; it may be in use by a running server
  OYA_DATA_DIR          the folder of the embedded database otherwise (data/demo); stop the server first

Ends with 0 when every file was taken in, 1 when one was not, 2 when the command was not understood.
`;

const SHOWN_ROWS = 5;

await runCommand({
  help: HELP,
  parse,
  perform: (command, useDatabase) =>
    useDatabase(async (db) => {
      let failures = 0;
      for (const file of command.files) {
        const fileName = path.basename(file);
        try {
          const bytes = await readFile(file);
          const report = await importFile(db, { ...command, fileName, bytes, onProgress: progress(fileName) });
          console.log(describe(report));
        } catch (error) {
          failures++;
          console.error(`${file}: ${explain(error)}\n  Nothing of this file was stored.`);
        }
      }
      return failures > 0 ? 1 : 0;
    }),
});

interface Command {
  files: string[];
  meter: string | undefined;
  utility: string | undefined;
  dryRun: boolean;
}

function parse(args: string[]): Command | Saying {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { meter: { type: 'string' }, tenant: { type: 'string' }, 'dry-run': { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help) return { text: HELP, code: 0 };
  if (positionals.length === 0) return notUnderstood('Name at least one file.', HELP);
  return { files: positionals, meter: values.meter, utility: values.tenant, dryRun: values['dry-run'] };
}

/** One line that is written over, where there is a terminal to write it to. */
function progress(fileName: string): (done: number, inAll: number) => void {
  return (done, inAll) => {
    if (!process.stderr.isTTY) return;
    process.stderr.write(done < inAll ? `\r${fileName}: ${done} of ${inAll} days` : '\r\u001b[K');
  };
}

function describe({ fileName, format, rows, contents, values, alreadyImportedAt, dryRun }: ImportReport): string {
  const lines = [`${fileName}: ${FORMATS.find(({ name }) => name === format)?.title ?? format}`];
  lines.push(`  rows: ${rows.read} read, ${rows.empty} empty, ${rows.skippedCount} skipped`);
  for (const { line, reason, text } of rows.skipped.slice(0, SHOWN_ROWS)) lines.push(`    line ${line}: ${reason}${text === undefined ? '' : `: ${text}`}`);
  if (rows.skippedCount > SHOWN_ROWS) lines.push(`    and ${rows.skippedCount - SHOWN_ROWS} more`);
  for (const content of contents) lines.push(...describeContent(content));
  if (alreadyImportedAt) {
    lines.push(`  nothing new: this file was imported on ${alreadyImportedAt.toISOString()}`);
    return lines.join('\n');
  }
  if (values.added + values.replaced === 0) lines.push('  nothing new');
  if (dryRun) lines.push('  dry run: nothing was stored');
  return lines.join('\n');
}

function describeContent({ kind, what, meter, period, values, notes, alreadyImportedAt }: ContentReport): string[] {
  const [whose, when] = [meter ? `, meter ${meter.id} of ${meter.utilityId}` : '', period ? `, ${period.from} to ${period.to} (excluded)` : ''];
  const { added, replaced, unchanged, kept } = values;
  const counts = `${added} new, ${replaced} replaced, ${unchanged} known already, ${kept} left out for more trustworthy ones`;
  const hasValues = kind !== 'contract' && kind !== 'access-rights' && alreadyImportedAt === null;
  return [`  ${what}${whose}${when}`, ...(hasValues ? [`    ${counts}`] : []), ...notes.map((note) => `    ${note}`)];
}

function explain(error: unknown): string {
  if (error instanceof FormatError || error instanceof ImportError || error instanceof DatabaseError) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file. Check its name, and the folder in which you are.';
  if (code === 'EISDIR') return 'this is a folder. Name the files in it.';
  if (code === 'EACCES') return 'this user may not read the file.';
  return `${message} (unexpected; the database refused it or the program has a fault)`;
}
