/** The client against real processes: what it answers, and what it says when the engine misbehaves. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import { TrainRequest, WorkspaceRequest, type Progress } from '../../protocol/engine.ts';
import { english } from '../l10n.ts';
import { EngineClient, type ClientOptions } from './client.ts';

const script = fileURLToPath(new URL('./testing/engine.mjs', import.meta.url));

let folder: string;
let client: EngineClient | undefined;
let log: string[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'patent-lab-client-'));
  log = [];
});

afterEach(() => {
  client?.dispose();
  delete process.env['FIXTURE_MODE'];
  delete process.env['FIXTURE_STARTS'];
  rmSync(folder, { recursive: true, force: true });
});

function newClient(mode = 'well', options: Partial<ClientOptions> = {}): EngineClient {
  process.env['FIXTURE_MODE'] = mode;
  process.env['FIXTURE_STARTS'] = path.join(folder, 'starts');
  client = new EngineClient({
    script,
    l10n: english,
    log: (level, message) => log.push(`${level}: ${message}`),
    cancelGrace: 100,
    ...options,
  });
  return client;
}

const starts = (): number => readFileSync(path.join(folder, 'starts'), 'utf8').trim().split('\n').length;

describe('an engine that works', () => {
  it('starts on the first request, once for many', async () => {
    const engine = newClient();
    expect(engine.state).toEqual({ kind: 'stopped' });
    const answers = await Promise.all(['/a', '/b'].map((root) => engine.request(WorkspaceRequest, { root })));
    expect(answers.map((answer) => answer.root)).toEqual(['/a', '/b']);
    expect(starts()).toBe(1);
    expect(engine.state).toMatchObject({ kind: 'idle', hello: { encoder: 'fixture', provider: 'cpu' } });
  });

  it('streams progress in order and tells when it is busy', async () => {
    const engine = newClient();
    const seen: string[] = [];
    engine.onDidChangeState((state) => seen.push(state.kind));
    const progress: Progress[] = [];
    const info = await engine.request(TrainRequest, { root: '/a' }, { onProgress: (p) => progress.push(p) });
    expect(info.name).toBe('fixture');
    expect(progress.map((p) => (p.kind === 'step' ? p.done : undefined))).toEqual([1, 2, 3]);
    expect(seen).toEqual(['starting', 'idle', 'busy', 'idle']);
  });

  it('tells the engine what it may run on, and says what it chose', async () => {
    const engine = newClient('well', { provider: () => 'auto' });
    await engine.request(TrainRequest, { root: '/accelerated' }, { onProgress: () => undefined });
    expect(engine.state).toMatchObject({
      kind: 'idle',
      hello: { encoder: 'fixture for auto', provider: 'cuda', providerReason: 'CUDA passed.' },
    });
    expect(log).toContain('info: CUDA passed.');
  });

  it('forwards what the process prints to the log', async () => {
    await newClient().request(WorkspaceRequest, { root: '/a' });
    await expect.poll(() => log.join('\n')).toContain('info: fixture engine is listening');
  });
});

describe('errors', () => {
  it('passes the report of the engine on, with its place', async () => {
    await expect(newClient().request(WorkspaceRequest, { root: '/refused' })).rejects.toMatchObject({
      code: 'taxonomy-invalid',
      remedy: 'Rename one.',
      place: { line: 3, column: 7 },
    });
  });

  it('calls what nobody foresaw internal and keeps its words', async () => {
    await expect(newClient().request(WorkspaceRequest, { root: '/defect' })).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining('a defect'),
    });
  });
});

describe('cancellation', () => {
  it('lets a caller go although the engine does not answer', async () => {
    const engine = newClient();
    const source = new CancellationTokenSource();
    const call = engine.request(TrainRequest, { root: '/hang' }, { token: source.token });
    setTimeout(() => source.cancel(), 300);
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    await expect(engine.request(WorkspaceRequest, { root: '/a' })).resolves.toBeDefined();
  });

  it("prefers the engine's own answer", async () => {
    const source = new CancellationTokenSource();
    const engine = newClient('well', { cancelGrace: 5000 });
    // Started before: a call that is cancelled while the engine starts is answered by the client.
    await engine.request(WorkspaceRequest, { root: '/a' });
    const call = engine.request(TrainRequest, { root: '/polite' }, { token: source.token });
    setTimeout(() => source.cancel(), 300);
    await expect(call).rejects.toMatchObject({ code: 'cancelled', message: 'Stopped.' });
  });

  it('does not start an engine for a call that is cancelled already', async () => {
    const engine = newClient();
    const source = new CancellationTokenSource();
    source.cancel();
    await expect(
      engine.request(WorkspaceRequest, { root: '/a' }, { token: source.token }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(engine.state.kind).toBe('stopped');
  });
});

describe('an engine that dies', () => {
  it('fails the pending calls with how it died, and starts again once', async () => {
    const engine = newClient();
    const calls = await Promise.allSettled([
      engine.request(TrainRequest, { root: '/hang' }),
      engine.request(TrainRequest, { root: '/crash' }),
    ]);
    for (const call of calls) {
      expect(call).toMatchObject({
        status: 'rejected',
        reason: { code: 'engine-died', message: expect.stringContaining('exit code 3') },
      });
    }
    expect(engine.state).toEqual({ kind: 'stopped' });
    await expect(engine.request(WorkspaceRequest, { root: '/a' })).resolves.toBeDefined();
    expect(starts()).toBe(2);
  });

  it('is unavailable after the second death, until a person restarts it', async () => {
    const engine = newClient();
    for (let death = 0; death < 2; death++) {
      await expect(engine.request(TrainRequest, { root: '/crash' })).rejects.toMatchObject({
        code: 'engine-died',
      });
    }
    expect(engine.state.kind).toBe('unavailable');
    await expect(engine.request(WorkspaceRequest, { root: '/a' })).rejects.toMatchObject({
      code: 'engine-unavailable',
    });
    expect(starts()).toBe(2);
    await engine.restart();
    await expect(engine.request(WorkspaceRequest, { root: '/a' })).resolves.toBeDefined();
  });

  it('forgives a death after a healthy while', async () => {
    const engine = newClient('well', { healthyAfter: 0 });
    for (let death = 0; death < 3; death++) {
      await expect(engine.request(TrainRequest, { root: '/crash' })).rejects.toMatchObject({
        code: 'engine-died',
      });
    }
    await expect(engine.request(WorkspaceRequest, { root: '/a' })).resolves.toBeDefined();
  });

  it('says why it cannot start', async () => {
    const engine = newClient('exit');
    await expect(engine.request(WorkspaceRequest, { root: '/a' })).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: expect.stringContaining('exit code 7'),
    });
    expect(starts()).toBe(2);
  });

  it('refuses another protocol without a second try', async () => {
    const engine = newClient('old');
    await expect(engine.request(WorkspaceRequest, { root: '/a' })).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: expect.stringContaining('protocol'),
    });
    expect(starts()).toBe(1);
  });
});

describe('ending', () => {
  it('leaves no process behind', async () => {
    const engine = newClient();
    await engine.request(WorkspaceRequest, { root: '/a' });
    const pid = engine.state.kind === 'idle' ? engine.state.hello.pid : 0;
    expect(alive(pid)).toBe(true);
    engine.dispose();
    await expect.poll(() => alive(pid)).toBe(false);
  });

  it('calls what was running on restart cancelled', async () => {
    const engine = newClient();
    const call = engine.request(TrainRequest, { root: '/hang' });
    call.catch(() => undefined);
    await expect.poll(() => engine.state.kind).toBe('busy');
    await engine.restart();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  });
});

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
