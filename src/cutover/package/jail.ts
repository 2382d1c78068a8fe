import { isIP } from 'node:net';
import { type Model, settingsOf } from '../../model/kinds.ts';

/** Where the site does not say which networks are its own. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/**
 * A jail of fail2ban for those who try passwords: whoever is refused ten times in ten minutes reaches no port for an hour. Never the site's own networks and carriers: a telephone with an
 * old password must not shut out the office behind its router. Its filter is Debian's own for Asterisk.
 */
export function jail(model: Model): string {
  const { localNetworks } = settingsOf(model).sip;
  const own = localNetworks.length === 0 ? PRIVATE : localNetworks;
  const spared = new Set(['127.0.0.1/8', '::1', ...own, ...permitted(model), ...carriers(model)]);
  return [
    '# Who tries passwords of telephones is shut out on every port, by a set of nftables that fail2ban keeps. Needs the packages fail2ban and nftables.',
    '# To let somebody in again: fail2ban-client set pbx-config unbanip ADDRESS',
    '[pbx-config]',
    'enabled = true',
    'filter = asterisk',
    'backend = polling',
    'logpath = /var/log/asterisk/messages',
    '# Until the PBX is live every telephone is refused: nobody is shut out for that.',
    'ignorecommand = test ! -f /etc/asterisk/live.d/live',
    '# Networks of the site, and carriers.',
    `ignoreip = ${[...spared].join(' ')}`,
    'maxretry = 10',
    'findtime = 600',
    'bantime = 3600',
    '# SIP comes by UDP: fail2ban alone would shut TCP',
    'protocol = udp,tcp',
    'banaction = nftables[type=allports]',
    '',
  ].join('\n');
}

/** Networks from which telephones may come; everybody is none. */
function permitted(model: Model): string[] {
  const networks = Object.values(model.device).flatMap((d) => ('permit' in d ? d.permit : []));
  return networks.filter((network) => /^\d+\.\d+\.\d+\.\d+(\/[\d.]+)?$/.test(network) && !/^0\.0\.0\.0(\/|$)/.test(network));
}

function carriers(model: Model): string[] {
  const hosts = Object.values(model.trunk).flatMap((t) => ['host' in t ? (t.host ?? '') : '', ...('addresses' in t ? t.addresses : [])]);
  return hosts.filter((host) => isIP(host) !== 0);
}
