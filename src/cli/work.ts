import { join } from 'node:path';
import type { Context, Progress } from '../context.ts';
import { throwIfAborted } from '../error.ts';
import type { Asked } from './arguments.ts';
import type { Part } from './progress.ts';
import { emptyResult, type ResultDocument } from './result.ts';
import type { Stages } from './stages.ts';

/** What a command does: its parts in order, each of which fills its place in the result, and the folders that it reads and writes. */
export interface Work {
  readonly parts: readonly Part[];
  readonly result: ResultDocument;
  /** Where debug.jsonl goes. */
  readonly out: string;
  /** Models whose secrets may come up. Those that do not exist yet are there after the first part. */
  readonly models: readonly string[];
}

/** @param context without progress, which each part has of its own. */
export function workOf(asked: Asked, stages: Stages, context: Omit<Context, 'progress'>): Work {
  const result = emptyResult();
  const part = (title: string, run: (c: Context) => Promise<void>): Part => ({
    title,
    run: async (progress: (event: Progress) => void) => {
      throwIfAborted(context.signal);
      await run({ ...context, progress });
    },
  });
  const extract = (source: string, model: string, o: Parameters<Stages['extract']>[2]): Part =>
    part('extract', async (c) => {
      const said = await stages.extract(source, model, o, c);
      result.model = { objects: { ...said.objects } };
      result.ledger = { ...said.ledger, findings: { ...said.findings } };
    });
  const { strict } = asked;
  const render = (model: string, build: string, live: boolean): Part =>
    part('render', async (c) => {
      const said = await stages.render(model, build, { live, strict }, c);
      result.render = { files: said.files, findings: { ...said.findings } };
    });
  const verify = (build: string, report: string, o: Parameters<Stages['verify']>[2]): Part =>
    part('verify', async (c) => {
      const said = await stages.verify(build, report, o, c);
      const { calls, against, notCompared, load } = said;
      Object.assign(result, { static: said.static, calls, against, notCompared, load });
    });

  switch (asked.command) {
    case 'extract':
      return { result, out: asked.out, models: [asked.out], parts: [extract(asked.source, asked.out, asked.reading)] };
    case 'render':
      return { result, out: asked.out, models: [asked.model], parts: [render(asked.model, asked.out, asked.live)] };
    case 'verify':
      return { result, out: asked.out, models: [join(asked.build, '.model')], parts: [verify(asked.build, asked.out, asked.checking)] };
    case 'cdr copy': {
      const { source, to, copying } = asked;
      const copy = part('cdr copy', async (c) => {
        result.cdr = await stages.copyCdr(source, to, copying, c);
      });
      return { result, out: copying.out, models: [], parts: [copy] };
    }
    case 'recordings archive': {
      const { folder, to, archiving } = asked;
      const archive = part('recordings archive', async (c) => {
        result.recordings = await stages.archiveRecordings(folder, to, archiving, c);
      });
      return { result, out: archiving.out, models: [], parts: [archive] };
    }
    case 'recordings serve': {
      const { folder, from, serving } = asked;
      const serve = part('recordings serve', (c) => stages.serveRecordings(folder, from, serving, c));
      return { result, out: serving.out, models: [], parts: [serve] };
    }
    case 'package': {
      const { build, out } = asked;
      const pack = part('package', async (c) => {
        result.package = await stages.packageBuild(build, out, c);
      });
      return { result, out, models: [join(build, '.model')], parts: [pack] };
    }
    case 'cutover': {
      const { phase, build, moving } = asked;
      const move = part(`cutover ${phase}`, async (c) => {
        result.cutover = await stages.moveOver(phase, build, moving, c);
      });
      return { result, out: join(build, '.cutover'), models: [join(build, '.model')], parts: [move] };
    }
    case 'doctor': {
      const { build, machine } = asked;
      const look = part('doctor', async (c) => {
        result.doctor = await stages.doctor(build, machine, c);
      });
      return { result, out: join(build, '.cutover'), models: [join(build, '.model')], parts: [look] };
    }
    case 'cutover plan': {
      const { build, report, out } = asked;
      const plan = part('cutover plan', async () => {
        result.plan = await stages.planCutover(build, { report, out });
      });
      return { result, out, models: [join(build, '.model')], parts: [plan] };
    }
    case 'rehearse': {
      const [model, build, report] = ['model', 'build', 'report'].map((name) => join(asked.out, name)) as [string, string, string];
      const parts = [
        extract(asked.source, model, asked.reading), // a rehearsal never reaches a real carrier
        render(model, build, false),
        verify(build, report, asked.checking),
      ];
      return { result, out: asked.out, models: [model], parts };
    }
  }
}
