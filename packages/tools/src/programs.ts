import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { ROOT } from './paths.ts';
import { Problem } from './problem.ts';

export interface ProgramOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Where the output goes, instead of the terminal. */
  readonly log?: string;
  /** After so long the program, and all that it started, is ended. */
  readonly timeoutMs?: number;
}

export interface Ending {
  /** 0 for success; `null` when a signal ended the program. */
  readonly code: number | null;
  readonly timedOut: boolean;
}

const POSIX = process.platform !== 'win32';

interface Program {
  readonly child: ChildProcess;
  readonly isGroup: boolean;
}

const running = new Set<Program>();

/** Runs a program to its end, from the root of the repository. */
export async function runProgram(file: string, args: readonly string[], { env, log, timeoutMs }: ProgramOptions = {}): Promise<Ending> {
  const output = log ? createLog(log) : undefined;
  return new Promise((resolve, reject) => {
    const isGroup = POSIX && timeoutMs !== undefined;
    const child = spawn(file, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', output ? 'pipe' : 'inherit', output ? 'pipe' : 'inherit'],
      // A group of its own, so that a program that hangs is ended together with the browsers it started;
      // one in the foreground stays with the terminal and its Ctrl-C.
      detached: isGroup,
    });
    const program = { child, isGroup };
    running.add(program);
    if (output) {
      child.stdout?.pipe(output, { end: false });
      child.stderr?.pipe(output, { end: false });
    }
    let timedOut = false;
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => {
      timedOut = true;
      end(program, 'SIGKILL');
    }, timeoutMs);
    child.on('error', (error) => reject(new Problem(`Cannot run ${file}: ${error.message}`)));
    child.on('exit', () => {
      clearTimeout(timer);
      // Whatever it left behind must not keep a port, or the log, open.
      if (isGroup) end(program, 'SIGKILL');
    });
    child.on('close', (code) => {
      running.delete(program);
      if (output) output.end(() => resolve({ code, timedOut }));
      else resolve({ code, timedOut });
    });
  });
}

/** Runs one of the tools that npm installed. */
export function runTool(name: string, args: readonly string[], options: ProgramOptions = {}): Promise<Ending> {
  return POSIX ? runProgram(path.join(ROOT, 'node_modules/.bin', name), args, options) : runProgram('cmd', ['/c', name, ...args], options);
}

/** Runs a file of ours on the Node that runs this one. */
export function runNode(args: readonly string[], options: ProgramOptions = {}): Promise<Ending> {
  return runProgram(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], options);
}

/**
 * Whoever ends us ends the programs too, and all that they started.
 * @returns a function after which signals are no longer dealt with here
 */
export function endOnSignals(): () => void {
  const listeners = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => {
    const listener = () => {
      for (const program of running) end(program, program.isGroup ? 'SIGKILL' : signal);
      process.exit(128 + constants.signals[signal]);
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  return () => {
    for (const remove of listeners) remove();
  };
}

function end({ child, isGroup }: Program, signal: NodeJS.Signals): void {
  try {
    if (isGroup && child.pid) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // It ended by itself in the meantime.
  }
}

function createLog(file: string) {
  mkdirSync(path.dirname(file), { recursive: true });
  return createWriteStream(file);
}

