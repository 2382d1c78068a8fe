/** Where the installed Asterisk keeps its things, and which modules it has: the only place that knows the distribution. */
export interface Target {
  readonly name: 'debian';
  readonly directories: {
    readonly etc: string;
    readonly modules: string;
    readonly varlib: string;
    readonly data: string;
    readonly agi: string;
    readonly spool: string;
    readonly run: string;
    readonly log: string;
    readonly db: string;
    readonly keys: string;
    readonly music: string;
  };
  /** Driver's name in /etc/odbcinst.ini. */
  readonly odbcDriver: string;
  readonly user: string;
}

/** Source: asterisk 1:22.10.1 in Debian forky, `core show settings`, and odbc-mariadb's registration. */
export const debian: Target = {
  name: 'debian',
  directories: {
    etc: '/etc/asterisk',
    modules: '/usr/lib/x86_64-linux-gnu/asterisk/modules',
    varlib: '/var/lib/asterisk',
    data: '/usr/share/asterisk',
    agi: '/usr/share/asterisk/agi-bin',
    spool: '/var/spool/asterisk',
    run: '/var/run/asterisk',
    log: '/var/log/asterisk',
    db: '/var/lib/asterisk',
    keys: '/var/lib/asterisk',
    music: '/usr/share/asterisk/moh',
  },
  odbcDriver: 'MariaDB Unicode',
  user: 'asterisk',
};
