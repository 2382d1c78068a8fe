import { type Duplex, Readable } from 'node:stream';
import type Docker from 'dockerode';
import { frames } from './demux.ts';
import { pause } from './interrupt.ts';

/** A program that runs in a container, with its stdin and its multiplexed stdout and stderr. */
export interface RunningExec {
  readonly exec: Docker.Exec;
  readonly stream: Duplex;
}

const EXIT_CODE_TIMEOUT_MS = 10_000;

/** Starts a program; `argv` goes to the kernel as it is, no shell reads it. */
export async function startExec(container: Docker.Container, argv: string[], o: { stdin: boolean; user?: string }): Promise<RunningExec> {
  const exec = await container.exec({
    Cmd: argv,
    AttachStdin: o.stdin,
    AttachStdout: true,
    AttachStderr: true,
    Tty: false,
    ...(o.user === undefined ? {} : { User: o.user }),
  });
  const stream = await exec.start({ hijack: true, stdin: o.stdin, Tty: false });
  return { exec, stream };
}

/** All that the program says until both its outputs are closed, and its exit status. `stdin` is written and closed. */
export async function finishExec(
  running: RunningExec,
  stdin: Uint8Array | Readable | undefined,
  signal: AbortSignal,
): Promise<{ code: number; out: string; err: string }> {
  const said: Record<1 | 2, Buffer[]> = { 1: [], 2: [] };
  if (stdin instanceof Readable) stdin.on('error', () => running.stream.end()).pipe(running.stream);
  else if (stdin !== undefined) running.stream.end(stdin);
  try {
    for await (const frame of frames(running.stream)) said[frame.channel].push(frame.bytes);
  } catch (error) {
    // A program may end without reading its stdin; its exit status says whether that was right.
    if (stdin === undefined || !isClosedPipe(error)) throw error;
  }
  const code = await exitCode(running.exec, signal);
  return { code, out: Buffer.concat(said[1]).toString('utf8'), err: Buffer.concat(said[2]).toString('utf8') };
}

function isClosedPipe(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === 'EPIPE' || code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/** The outputs close a moment before the engine knows the exit status. */
async function exitCode(exec: Docker.Exec, signal: AbortSignal): Promise<number> {
  const until = Date.now() + EXIT_CODE_TIMEOUT_MS;
  for (;;) {
    const { Running, ExitCode } = await exec.inspect();
    if (!Running && ExitCode !== null) return ExitCode;
    if (Date.now() > until) throw new Error('the program closed its outputs and does not end');
    await pause(signal, 10);
  }
}
