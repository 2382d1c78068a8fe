/** The name that `apt` knows it by. */
export const PACKAGE = 'pbx-config';

/** Asterisk as the lab tries it, with what its dialplan plays and its database needs: docker/asterisk/packages without what only the lab wants. */
const DEPENDS = [
  'adduser',
  // cdr_adaptive_odbc, PJSIP's options and the dialplan's functions are those of 22
  'asterisk (>= 1:22~)',
  'asterisk (<< 1:23~)',
  'asterisk-core-sounds-en',
  'asterisk-core-sounds-en-gsm',
  'asterisk-core-sounds-en-wav',
  'asterisk-core-sounds-es',
  'asterisk-core-sounds-es-gsm',
  'asterisk-core-sounds-ru',
  'asterisk-core-sounds-ru-gsm',
  'asterisk-modules',
  'asterisk-moh-opsound-gsm',
  'asterisk-mp3',
  // the old address is taken over by these
  'iproute2',
  'iputils-arping',
  'mariadb-client',
  'mariadb-server | virtual-mysql-server',
  'msmtp',
  'nginx-light | nginx',
  'odbc-mariadb',
  'odbcinst',
  'tzdata',
  'unixodbc',
];

/** Recordings are archived with these; attackers are shut out with those. */
const RECOMMENDS = ['fail2ban', 'lame', 'logrotate', 'nftables', 'sox'];

/**
 * Text of DEBIAN/control. `asterisk` asks for its own example configuration or for one that provides `asterisk-config-custom`: this one, which owns the same files.
 * Source: Debian's package asterisk 1:22.10.1, Depends.
 * @param o.version as Debian counts them: a later one is an upgrade
 */
export function control(o: { version: string; kibibytes: number; objects: string }): string {
  const fields = [
    ['Package', PACKAGE],
    ['Version', o.version],
    ['Architecture', 'all'],
    ['Maintainer', 'migrate <root@localhost>'],
    ['Installed-Size', String(o.kibibytes)],
    ['Depends', DEPENDS.join(', ')],
    ['Recommends', RECOMMENDS.join(', ')],
    ['Provides', 'asterisk-config-custom'],
    ['Conflicts', 'asterisk-config, asterisk-config-custom'],
    ['Replaces', 'asterisk-config, asterisk-config-custom'],
    ['Section', 'comm'],
    ['Priority', 'optional'],
    [
      'Description',
      [
        'configuration of this PBX for Asterisk 22',
        ` Made by migrate from a model of the PBX: ${o.objects}.`,
        ' Passwords and PINs are no part of it: they come from the file beside it, by',
        ' "pbx-config secrets FILE". Installed, it is quiet: it registers with no carrier,',
        ' sends no mail, runs no timer and serves no telephone until "pbx-config live".',
      ].join('\n'),
    ],
  ] as const;
  return fields.map(([name, value]) => `${name}: ${value}\n`).join('');
}

/** Later runs have higher versions: `1.0+20261128.2215`. */
export function versionAt(at: Date): string {
  const [date = '', time = ''] = at.toISOString().replaceAll(/[-:]/g, '').split('T');
  return `1.0+${date}.${time.slice(0, 6)}`;
}
