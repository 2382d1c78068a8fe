/** How a registration with a carrier does. */
export interface RegistrationState {
  readonly name: string;
  /** As Asterisk says it: 'Registered (exp. 3599s)', 'Unregistered', 'Rejected', 'Request Sent'. */
  readonly is: string;
}

/** From `pjsip show registrations` and `iax2 show registry`. */
export function registrationsOf(pjsip: string, iax: string): RegistrationState[] {
  const rows = [
    ...pjsip.matchAll(/^\s*(\S+)\/sips?:\S+\s+\S+\s+(Registered|Unregistered|Rejected|Stopped)/gm),
    ...iax.matchAll(/^(\S+)\s+\S+\s+\S+\s+\S+\s+\d+\s+(\S.*)$/gm),
  ];
  return rows.map(([, name = '', is = '']) => ({ name, is: is.trim() }));
}

export function isRegistered({ is }: RegistrationState): boolean {
  return is.startsWith('Registered');
}
