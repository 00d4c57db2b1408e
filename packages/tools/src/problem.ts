/** Something the person at the keyboard can put right: the message says what is wrong and what to do. */
export class Problem extends Error {
  override readonly name = 'Problem';
}

/** Errors whose message was written for whoever runs a command; any other is a mistake of ours, and shows its stack. */
const FOR_PEOPLE = new Set(['Problem', 'DemoProblem', 'DatabaseError', 'ImportError']);

/** Runs a command to its end; what goes wrong is said on the error stream and in the exit code. */
export async function main(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    const forPeople = error instanceof Error && FOR_PEOPLE.has(error.name);
    console.error(forPeople ? `\n${error.message}\n` : error);
    process.exitCode = 1;
  }
}
