import { type Ami, connectAmi } from '../../src/asterisk/ami.ts';
import { silentContext } from '../../src/context.ts';
import type { Container } from '../../src/engine/container.ts';
import { connectEngine } from '../../src/engine/engine.ts';
import { ensureImage } from '../../src/engine/images.ts';
import { Run } from '../../src/engine/run.ts';
import { asteriskIsUp } from '../../src/engine/wait.ts';

/** One Asterisk 22 with these files in /etc/asterisk, and the manager interface of it. */
export interface OneAsterisk {
  readonly ami: Ami;
  readonly container: Container;
  readonly amiPort: number;
  end(): Promise<void>;
}

export const AMI_USER = 'lab';
export const AMI_SECRET = 'lab;secret';

const MODULES = `
res_timing_timerfd res_crypto res_sorcery_config res_sorcery_memory res_sorcery_astdb res_pjproject res_pjsip
res_pjsip_session res_rtp_asterisk chan_pjsip pbx_config app_dial app_exec app_stack app_userevent app_verbose app_db
codec_ulaw bridge_simple bridge_builtin_features bridge_builtin_interval_features func_strings func_global func_dialplan
func_callerid func_channel func_logic func_cut func_config func_db
`
  .trim()
  .split(/\s+/);

const BASE: Record<string, string> = {
  'asterisk.conf': '[directories]\nastetcdir => /etc/asterisk\n[options]\nverbose = 0\n',
  'logger.conf': '[general]\n[logfiles]\nconsole => notice,warning,error\n',
  'manager.conf': `[general]\nenabled = yes\nbindaddr = 0.0.0.0\nport = 5038\ndisplayconnects = no\n[${AMI_USER}]\nsecret = lab\\;secret\nread = all\nwrite = all\nwritetimeout = 5000\n[weak]\nsecret = weak\nwrite = originate\n`,
  'modules.conf': `[modules]\nautoload = no\n${MODULES.map((m) => `load = ${m}.so`).join('\n')}\n`,
  'pjsip.conf': '[udp]\ntype = transport\nprotocol = udp\nbind = 127.0.0.1\n',
  'extensions.conf': '[general]\n',
};

export async function startAsterisk(files: Record<string, string | Uint8Array>): Promise<OneAsterisk> {
  const context = silentContext();
  const engine = await connectEngine();
  const image = await ensureImage(engine, 'asterisk', context);
  const run = await Run.start(engine, context, { longestMs: 600_000 });
  try {
    const entries = Object.entries({ ...BASE, ...files }).map(([path, content]) => ({
      path,
      mode: 0o640,
      content: typeof content === 'string' ? Buffer.from(content) : content,
    }));
    const container = await run.container({
      role: 'pbx',
      image,
      network: await run.network(),
      files: [{ path: '/etc/asterisk', entries }],
    });
    await container.waitFor(asteriskIsUp());
    const { port } = await container.forward({ port: 5038 });
    const ami = await connectAmi({ host: '127.0.0.1', port, user: AMI_USER, secret: AMI_SECRET });
    return {
      ami,
      container,
      amiPort: port,
      end: async () => {
        await ami.close();
        await run.end();
      },
    };
  } catch (error) {
    await run.end();
    throw error;
  }
}
