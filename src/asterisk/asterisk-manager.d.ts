/** asterisk-manager 0.2.0 ships no types. Only what `ami.ts` uses. */
declare module 'asterisk-manager' {
  import type { NetConnectOpts } from 'node:net';

  namespace Manager {
    /** One packet as the library parses it: names in lower case, a repeated name as an array, `variable` and `chanvariable` as an object. */
    type RawPacket = Record<string, string | string[] | Record<string, string>>;
  }

  interface Manager {
    /** The first argument goes to net.createConnection() as it is, so that an object with an AbortSignal is accepted too. */
    connect(to: NetConnectOpts, host: undefined, callback: () => void): void;
    /** Sends the user and secret given to the constructor; `error` is the packet that refused. */
    login(callback: (error?: Manager.RawPacket) => void): void;
    action(fields: Record<string, string>, callback: () => void): string;
    disconnect(): void;
    on(event: 'rawevent', listener: (packet: Manager.RawPacket) => void): void;
    on(event: 'close', listener: () => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
    removeAllListeners(event: string): void;
  }

  /** Without a port it does not connect by itself. */
  function Manager(port: undefined, host: undefined, user: string, secret: string): Manager;
  export = Manager;
}
