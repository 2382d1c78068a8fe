import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import basicAuth from '@fastify/basic-auth';
import staticFiles from '@fastify/static';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { pathText } from '../file-path.ts';
import { type Calls, SearchTooLong } from './calls.ts';
import { csvLine } from './csv.ts';
import type { Logins } from './logins.ts';
import { readOldLink } from './old-link.ts';
import { PAGE_FOLDER, Pages } from './page.ts';
import type { Recordings } from './recordings.ts';
import { readSearch, type Search } from './search.ts';
import type { OpenSound } from './sound-folder.ts';
import { languageOf } from './words.ts';

const ROWS_OF_A_PAGE = 50;
/** The style and the script are files of ours; nothing is inline, so nothing that a caller's name says can run. */
const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/** A sound may stand in a frame: the site's own programs open old links there. */
const SOUND_POLICY = "default-src 'none'; media-src 'self'";
const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cache-control': 'private, no-cache',
};
const CSV_HEADER = ['time', 'clid', 'src', 'dst', 'did', 'caller', 'called', 'duration', 'talk', 'disposition', 'uniqueid', 'recording'];

interface Parts {
  readonly calls: Calls;
  readonly recordings: Recordings;
  readonly logins: Logins;
  /** Told of what went wrong while a request was answered. */
  readonly failed: (error: Error) => void;
}

type Query = Readonly<Record<string, unknown>>;

/** The server, not yet listening: search, sound, CSV and the links of the old box. Nothing is answered without a login. */
export async function webServer(parts: Parts): Promise<FastifyInstance> {
  const app = fastify({ logger: false });
  const pages = await Pages.load();
  await app.register(basicAuth, {
    validate: async (name, password) => {
      if (!(await parts.logins.allows(name, password))) throw Object.assign(new Error('wrong name or password'), { statusCode: 401 });
    },
    authenticate: { realm: 'recordings' },
  });
  // before any route, the one for what is not found as well
  app.addHook('onRequest', async (_, reply) => void reply.headers(HEADERS));
  app.addHook('onRequest', app.basicAuth);
  // recordings are sent as open files: see sendSound
  await app.register(staticFiles, { root: '/proc/self/fd', serve: false, cacheControl: false, contentType: false });
  await app.register(staticFiles, {
    root: fileURLToPath(PAGE_FOLDER),
    decorateReply: false,
    cacheControl: false,
    allowedPath: (path) => path === '/page.css' || path === '/player.js',
    wildcard: false,
    index: false,
    globIgnore: ['**/*.hbs'],
  });
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = statusOf(error);
    if (status >= 500) parts.failed(error);
    return complain(pages, status, request, reply);
  });
  app.setNotFoundHandler((request, reply) => complain(pages, 404, request, reply));
  addPages(app, parts, pages);
  addSounds(app, parts, pages);
  return app;
}

function addPages(app: FastifyInstance, { calls, recordings }: Parts, pages: Pages): void {
  app.get<{ Querystring: Query }>('/', async (request, reply) => {
    const link = readOldLink('/', request.query);
    if (link?.by === 'uniqueid') {
      return sendSound(await recordings.ofUniqueid(link.uniqueid, link.name), link.isDownload, pages, request, reply);
    }
    const search = readSearch(request.query);
    if (search === null) return complain(pages, 400, request, reply);
    const page = await calls.page(search, ROWS_OF_A_PAGE);
    return reply.type('text/html; charset=utf-8').send(pages.calls(search, page, languageFor(request)));
  });

  app.get<{ Querystring: Query }>('/calls.csv', async (request, reply) => {
    const search = readSearch(request.query);
    if (search === null) return complain(pages, 400, request, reply);
    reply.header('content-disposition', 'attachment; filename="calls.csv"');
    return reply.type('text/csv; charset=utf-8').send(Readable.from(csvOf(calls, search)));
  });
}

function addSounds(app: FastifyInstance, { calls, recordings }: Parts, pages: Pages): void {
  app.get<{ Params: { id: string }; Querystring: Query }>('/calls/:id(^\\d{1,19}$)/sound', async (request, reply) => {
    const call = await calls.byId(request.params.id);
    const sound = call === null ? null : await recordings.ofCall(call);
    return sendSound(sound, request.query['download'] === '1', pages, request, reply);
  });

  app.get<{ Params: { '*': string }; Querystring: Query }>('/*', async (request, reply) => {
    const link = readOldLink(`/${request.params['*']}`, request.query);
    if (link?.by === 'uniqueid') {
      return sendSound(await recordings.ofUniqueid(link.uniqueid, link.name), link.isDownload, pages, request, reply);
    }
    return sendSound(link === null ? null : await recordings.atPath(link.path), false, pages, request, reply);
  });
}

/**
 * Sends a recording, whole or the range that is asked for. The file is open already, and sent by the name that the system has for open files: so what was looked
 * at is what is sent, whatever happens to its name meanwhile, and whatever bytes that name has.
 */
async function sendSound(
  sound: OpenSound | null,
  isDownload: boolean,
  pages: Pages,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (sound === null) return complain(pages, 404, request, reply);
  const { file, name, type } = sound;
  reply.raw.once('close', () => void file.close());
  reply.header('content-security-policy', SOUND_POLICY).header('content-disposition', dispositionOf(isDownload, pathText(name)));
  return reply.type(type).sendFile(String(file.fd));
}

/** RFC 6266: the name in ASCII for old programs, and as it is. */
function dispositionOf(isDownload: boolean, name: string): string {
  const plain = name.replaceAll(/[^\w.-]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${isDownload ? 'attachment' : 'inline'}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

async function* csvOf(calls: Calls, search: Search): AsyncGenerator<string> {
  // the mark by which spreadsheets know UTF-8
  yield `\uFEFF${csvLine(CSV_HEADER)}`;
  for await (const some of calls.all(search)) {
    yield some
      .map((c) => {
        const sides = [c.calldate, c.clid, c.src, c.dst, c.did, c.callerDevice, c.calledDevice];
        return csvLine([...sides, String(c.duration), String(c.billsec), c.disposition, c.uniqueid, c.recordingfile]);
      })
      .join('');
  }
}

function complain(pages: Pages, status: number, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.code(status).removeHeader('content-disposition');
  if (status === 401) return reply.type('text/plain; charset=utf-8').send('401\n');
  return reply.type('text/html; charset=utf-8').send(pages.error(status, languageFor(request)));
}

function statusOf(error: Error & { statusCode?: number; errno?: unknown; fatal?: boolean }): number {
  if (error instanceof SearchTooLong || error.fatal === true || typeof error.errno === 'number') return 503;
  return error.statusCode ?? 500;
}

function languageFor(request: FastifyRequest): ReturnType<typeof languageOf> {
  const query = request.query as Query | undefined;
  return languageOf(query?.['lang'], request.headers['accept-language']);
}
