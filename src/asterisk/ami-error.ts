import { MigrateError } from '../error.ts';
import type { AmiEvent } from './ami-packet.ts';

// What can go wrong with a manager interface. `where` names address and action, never a value that was sent.

export function loss(where: string, why: string): MigrateError {
  return new MigrateError({
    code: 'E_AMI_LOST',
    where,
    why,
    hint: 'Look into the log of Asterisk for a restart or a crash, and connect again.',
    exit: 3,
  });
}

export function noConnection(where: string, why: string): MigrateError {
  return new MigrateError({
    code: 'E_AMI_CONNECT',
    where,
    why,
    hint: 'Is Asterisk up, and is manager.conf enabled and bound to this address?',
    exit: 3,
  });
}

export function loginRefused(where: string, packet: AmiEvent): MigrateError {
  return new MigrateError({
    code: 'E_AMI_LOGIN',
    where,
    why: packet['message'] ?? 'login refused',
    hint: 'Check user, secret and the permit lines in manager.conf.',
  });
}

export function refused(where: string, why: string): MigrateError {
  return new MigrateError({ code: 'E_AMI_REFUSED', where, why, hint: 'ListCommands shows which rights an action needs.' });
}

export function timedOut(where: string, ms: number): MigrateError {
  return new MigrateError({
    code: 'E_AMI_TIMEOUT',
    where,
    why: `no answer within ${ms} ms`,
    hint: 'Is the address right, is the machine overloaded?',
    exit: 3,
  });
}
