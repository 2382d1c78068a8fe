import { Interrupted } from '../error.ts';

/**
 * `work`, or Interrupted as soon as the signal is raised. `release` then lets go of what the work holds; what the work
 * itself says afterwards is nobody's any more.
 */
export async function interruptible<T>(signal: AbortSignal, work: Promise<T>, release: () => void = () => undefined): Promise<T> {
  let raised: () => void = () => undefined;
  const interrupted = new Promise<never>((_, reject) => {
    raised = () => {
      reject(new Interrupted());
      release();
    };
  });
  work.catch(() => undefined);
  if (signal.aborted) raised();
  else signal.addEventListener('abort', raised, { once: true });
  try {
    return await Promise.race([interrupted, work]);
  } catch (error) {
    throw signal.aborted ? new Interrupted() : error;
  } finally {
    signal.removeEventListener('abort', raised);
  }
}

/** Waits, or throws Interrupted at once when the signal is raised. */
export async function pause(signal: AbortSignal, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await interruptible(signal, over, () => clearTimeout(timer));
}
