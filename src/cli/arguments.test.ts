/** The command line: what is meant is done, anything else is refused with a word on what is wrong. */
import { describe, expect, it } from 'vitest';
import { toErrorReport, type ErrorReport } from '../core/errors.ts';
import { USUAL_LORA } from '../core/learning/finetune/method.ts';
import { USUAL_TRAINING } from '../core/learning/finetune/training-options.ts';
import { parseCommand } from './arguments.ts';

const parse = (line: string): ReturnType<typeof parseCommand> =>
  parseCommand(line.split(' ').filter((word) => word !== ''));

function refusal(line: string): ErrorReport {
  try {
    parse(line);
  } catch (cause) {
    return toErrorReport(cause);
  }
  throw new Error(`"${line}" was accepted`);
}

describe('commands', () => {
  it.each(['', 'help', '--help', '-h', 'train --help', 'classify a.xml -h'])('"%s" asks for help', (line) => {
    expect(parse(line)).toEqual({ name: 'help' });
  });

  it('inspect takes files', () => {
    expect(parse('inspect a.xml b --json')).toEqual({ name: 'inspect', json: true, files: ['a.xml', 'b'] });
  });

  it('numerics takes a provider or a model as its candidate', () => {
    expect(parse('numerics --model m --corpus c.jsonl --candidate webgpu --limit 50 --json')).toEqual({
      name: 'numerics',
      kind: 'check',
      json: true,
      model: 'm',
      corpora: ['c.jsonl'],
      workspace: undefined,
      candidate: { kind: 'provider', provider: 'webgpu' },
      reference: undefined,
      split: undefined,
      limit: 50,
      report: undefined,
      seed: 1,
      resamples: 1000,
    });
    expect(parse('numerics --workspace w --candidate model_fp16.onnx --reference fp32')).toMatchObject({
      workspace: 'w',
      candidate: { kind: 'model', path: 'model_fp16.onnx' },
      reference: 'fp32',
    });
    expect(parse('numerics --providers')).toEqual({ name: 'numerics', kind: 'providers', json: false });
  });

  it('generate takes a plan, or proposes one', () => {
    expect(parse('generate --plan p.json --resume --endpoint a=http://localhost:1/v1 --most 3')).toEqual({
      name: 'generate',
      kind: 'run',
      json: false,
      plan: 'p.json',
      workspace: undefined,
      named: undefined,
      existing: 'only-missing',
      most: 3,
      endpoints: [{ name: 'a', url: 'http://localhost:1/v1' }],
      localOnly: false,
      modelFiles: [],
      models: undefined,
      threads: undefined,
    });
    expect(parse('generate --plan p.json --model-file mine=/m/a.gguf')).toMatchObject({
      modelFiles: [{ name: 'mine', path: '/m/a.gguf' }],
    });
    expect(parse('generate --plan p.json')).toMatchObject({ kind: 'run', existing: 'never' });
    expect(parse('generate --plan p.json --overwrite')).toMatchObject({ existing: 'always' });
    expect(parse('generate --plan p.json --estimate')).toMatchObject({ kind: 'estimate' });
    expect(parse('generate --propose --workspace w --client endpoint:a --model m')).toMatchObject({
      kind: 'propose',
      model: { client: 'endpoint', endpoint: 'a', model: 'm' },
      strategy: 'conditioned',
    });
    expect(
      parse('generate --propose --workspace w --client built-in --model m --strategy paraphrase'),
    ).toMatchObject({ model: { client: 'built-in', model: 'm' }, strategy: 'paraphrase' });
    const files = '--taxonomy /w/t.json --corpus /w/a.jsonl --corpus /w/b.jsonl';
    expect(parse(`generate --propose ${files} --out /w/rare.generation.json`)).toEqual({
      name: 'generate',
      kind: 'propose',
      json: false,
      workspace: undefined,
      named: { taxonomy: '/w/t.json', corpora: ['/w/a.jsonl', '/w/b.jsonl'] },
      out: '/w/rare.generation.json',
      model: { client: 'built-in', model: 'tinyllama-1.1b-chat' },
      strategy: 'conditioned',
      plan: 'rare',
      target: undefined,
      documents: undefined,
      seed: 1,
    });
  });

  it.each([
    ['numerics', '--model'],
    ['numerics --model m', '--corpus'],
    ['numerics --model m --corpus c', '--candidate'],
    ['numerics --model m --corpus c --candidate cpu', 'held against'],
    ['numerics --workspace w --model m --candidate cuda', '--model does not go with --workspace'],
    ['numerics --model m --corpus c --candidate cuda --limit 0', '--limit'],
    ['generate', '--plan'],
    ['generate --plan p --resume --overwrite', 'exclude'],
    ['generate --plan p --endpoint a', 'NAME=URL'],
    ['generate --plan p --endpoint a=file:///x', 'NAME=URL'],
    ['generate --plan p --model m', '--propose'],
    ['generate --propose --workspace w --client editor --model m', 'endpoint:NAME'],
    ['generate --propose --workspace w --client endpoint --model m', 'endpoint:NAME'],
    ['generate --propose --plan p --workspace w', 'does not go with'],
    ['generate --propose', '--taxonomy T.json and --corpus C.jsonl'],
    ['generate --propose --taxonomy t', 'go together'],
    ['generate --propose --workspace w --out p.json', '.generation.json'],
    ['generate --propose --workspace w --client endpoint:a', 'needs --model'],
    ['generate --plan p --out q.generation.json', '--propose'],
  ])('"%s" is refused', (line, message) => {
    expect(refusal(line)).toMatchObject({
      code: 'usage',
      message: expect.stringContaining(message) as string,
    });
  });

  it('import takes files and where to', () => {
    expect(parse('import a.csv b --out c.jsonl --map title=Name --append --restart')).toEqual({
      name: 'import',
      kind: 'import',
      json: false,
      sources: ['a.csv', 'b'],
      out: 'c.jsonl',
      format: 'jsonl',
      map: 'title=Name',
      existing: 'append',
      restart: true,
    });
    expect(parse('import a --out C.CSV')).toMatchObject({
      format: 'csv',
      existing: 'refuse',
      restart: false,
    });
    expect(parse('import a.csv --propose')).toMatchObject({ kind: 'propose', file: 'a.csv' });
  });

  it('finetune takes a base, files and a method with its own settings', () => {
    const files = 'finetune --base e --taxonomy t.json --corpus a.jsonl --out m';
    expect(parse(files)).toEqual({
      name: 'finetune',
      json: false,
      base: 'e',
      taxonomy: 't.json',
      corpora: ['a.jsonl'],
      split: undefined,
      out: 'm',
      method: { kind: 'lora', rank: 8, alpha: 16, targets: USUAL_LORA.targets },
      epochs: 10,
      batch: 8,
      patience: 3,
      certainty: 0.75,
      rate: 1e-3,
      headRate: 1e-4,
      training: USUAL_TRAINING,
      view: 'TAC',
      seed: 1,
      restart: false,
      provider: 'cpu',
    });
    expect(parse(`${files} --rank 4 --targets query,dense --rate 0.5 --restart`)).toMatchObject({
      method: { kind: 'lora', rank: 4, alpha: 8, targets: ['query', 'dense'] },
      rate: 0.5,
      restart: true,
    });
    expect(parse(`${files} --method last-k --layers 3 --epochs 2 --batch 4 --patience 1`)).toMatchObject({
      method: { kind: 'last-k', layers: 3 },
      epochs: 2,
      batch: 4,
      patience: 1,
    });
    expect(refusal(`${files} --patience 0`).message).toContain(
      '--patience needs a whole number from 1 to 1000, not "0"',
    );
    expect(refusal(`${files} --method last-k --layers x`).message).toContain('--layers needs a whole number');
    expect(parse(`${files} --certainty 0`)).toMatchObject({ certainty: 0 });
    expect(refusal(`${files} --certainty 90`).message).toContain('from 0 to 1');
    expect(parse(`${files} --method full`)).toMatchObject({ method: { kind: 'full' }, rate: 1e-4 });
    expect(parse(`${files} --method head`)).toMatchObject({ method: { kind: 'head' } });
    for (const option of [
      ...[
        'epochs 1',
        'batch 4',
        'patience 2',
        'certainty 0',
        'rate 0.1',
        'head-rate 0.1',
        'rank 4',
        'layers 1',
      ],
      ...['accumulate 2', 'schedule cosine', 'clip 1', 'dropout 0', 'provider cpu', 'restart'],
    ]) {
      expect(refusal(`${files} --method head --${option}`).message).toContain(
        `--${option.split(' ')[0] ?? ''} does not go with --method head`,
      );
    }
    expect(refusal(`${files} --method sparse`).message).toContain('lora, last-k, full, head');
    expect(refusal(`${files} --method full --rank 2`).message).toContain(
      '--rank does not go with --method full',
    );
    expect(refusal(`${files} --rate 0`).message).toContain('--rate needs a positive number');
    expect(refusal(`${files} --head-rate=-1`).message).toContain('--head-rate needs a positive number');
    expect(refusal('finetune --taxonomy t.json --corpus a.jsonl --out m').message).toContain('--base');
    expect(parse(`${files} --accumulate 4 --schedule cosine --clip 0.5 --dropout 0`)).toMatchObject({
      training: { accumulate: 4, schedule: 'cosine', maxNorm: 0.5, dropout: 0 },
    });
    expect(refusal(`${files} --dropout 1`).message).toContain('--dropout needs a share');
    expect(refusal(`${files} --schedule stepwise`).message).toContain('linear, cosine, constant');
    expect(refusal(`${files} --accumulate 0`).message).toContain('--accumulate needs a whole number');
  });

  it('adapt takes a base, documents and an objective with its own settings', () => {
    const files = 'adapt --base e --corpus a.jsonl --out m';
    expect(parse(`${files} --objective mlm`)).toEqual({
      name: 'adapt',
      json: false,
      base: 'e',
      corpora: ['a.jsonl'],
      split: undefined,
      out: 'm',
      objective: { kind: 'mlm', share: 0.15, view: 'TAC' },
      method: { kind: 'lora', rank: 8, alpha: 16, targets: USUAL_LORA.targets },
      epochs: 3,
      batch: 8,
      rate: 5e-4,
      training: { accumulate: 1, schedule: 'linear', maxNorm: 1 },
      seed: 1,
      restart: false,
      provider: 'cpu',
    });
    expect(parse(`${files} --objective contrastive --temperature 0.1 --method full`)).toMatchObject({
      objective: { kind: 'contrastive', temperature: 0.1, pairs: 'abstract-claims' },
      method: { kind: 'full' },
      rate: 3e-5,
    });
    expect(refusal(files).message).toContain('--objective');
    expect(parse(`${files} --objective mlm --provider webgpu`)).toMatchObject({ provider: 'webgpu' });
    expect(refusal(`${files} --objective mlm --provider gpu`).message).toContain('cpu, auto, webgpu');
    expect(refusal(`${files} --objective mlm --method head`).message).toContain('lora, last-k, full');
    expect(refusal(`${files} --objective mlm --mask-share 1.5`).message).toContain('below 1');
    expect(refusal(`${files} --objective contrastive --view TA`).message).toContain(
      '--view does not go with',
    );
    expect(refusal(`${files} --objective contrastive --accumulate 2`).message).toContain('own negatives');
    expect(refusal(`${files} --objective contrastive --batch 1`).message).toContain('from 2 on');
  });

  it('export takes a classifier and where to', () => {
    expect(parse('export --model m --out o --json')).toEqual({
      name: 'export',
      json: true,
      model: 'm',
      out: 'o',
      layout: { kind: 'plain' },
    });
    expect(parse('export --model a/m --out o --layout triton')).toMatchObject({
      layout: { kind: 'triton', name: 'm' },
    });
    expect(parse('export --model m --out o --layout triton --name parts')).toMatchObject({
      layout: { kind: 'triton', name: 'parts' },
    });
    expect(refusal('export --model m').message).toContain('--out');
    expect(refusal('export --model m --out o --layout tgz').message).toContain('plain or triton');
    expect(refusal('export --model m --out o --name n').message).toContain('--layout triton');
  });

  it('train takes files or a workspace', () => {
    expect(parse('train --taxonomy t.json --corpus a.jsonl --corpus b.csv --split train --out m')).toEqual({
      name: 'train',
      json: false,
      source: { kind: 'files', taxonomy: 't.json', corpora: ['a.jsonl', 'b.csv'], split: 'train', out: 'm' },
      view: 'TAC',
      seed: 1,
    });
    expect(parse('train --workspace w --if-needed --view first-claim --seed 7 --json')).toEqual({
      name: 'train',
      json: true,
      source: { kind: 'workspace', root: 'w', ifNeeded: true, restart: false },
      view: 'first-claim',
      seed: 7,
    });
  });

  it('classify takes documents and a classifier', () => {
    expect(parse('classify a.xml dir --model m --top 0')).toEqual({
      name: 'classify',
      json: false,
      targets: ['a.xml', 'dir'],
      model: { kind: 'folder', path: 'm' },
      top: 0,
    });
    expect(parse('classify a.xml --workspace w')).toMatchObject({
      model: { kind: 'workspace', path: 'w' },
      top: 3,
    });
  });

  it('evaluate takes a classifier and corpora', () => {
    expect(parse('evaluate --model m --corpus a.jsonl')).toEqual({
      name: 'evaluate',
      json: false,
      model: 'm',
      corpora: ['a.jsonl'],
      split: undefined,
      seed: 1,
      resamples: 1000,
    });
  });

  it('leakage takes files with a taxonomy, sides, or a workspace, and an audit', () => {
    expect(
      parse('leakage --taxonomy t.json a --train b --test c --seeds d --severity warning --json'),
    ).toEqual({
      name: 'leakage',
      json: true,
      taxonomy: 't.json',
      workspace: undefined,
      files: ['a'],
      train: ['b'],
      test: ['c'],
      seeds: ['d'],
      severity: 'warning',
      audit: undefined,
    });
    expect(parse('leakage --workspace w --audit --model m --report R.MD --seed 3')).toMatchObject({
      workspace: 'w',
      files: [],
      severity: 'information',
      audit: { model: 'm', report: { path: 'R.MD', format: 'md' }, seed: 3 },
    });
  });
});

describe('fidelity', () => {
  it('takes real and synthetic files', () => {
    expect(parse('fidelity --real a --real b --synthetic c --model m --taxonomy t --json')).toEqual({
      name: 'fidelity',
      json: true,
      real: ['a', 'b'],
      synthetic: ['c'],
      workspace: undefined,
      run: undefined,
      model: 'm',
      taxonomy: 't',
      report: undefined,
      permutations: 200,
      seed: 1,
    });
  });

  it('takes a workspace, and what of it', () => {
    expect(parse('fidelity --workspace w --run r --report R.MD')).toMatchObject({
      workspace: 'w',
      run: 'r',
      report: { path: 'R.MD', format: 'md' },
    });
  });
});

describe('what is refused', () => {
  it.each([
    ['clasify a.xml', 'no command "clasify"'],
    ['inspect', 'inspect needs a FILE'],
    ['inspect --jsn a.xml', "Unknown option '--jsn'"],
    ['import --out c.jsonl', 'import needs a FILE'],
    ['import a.xml', 'import needs --out'],
    ['import a.xml --out c.json', 'A corpus is named .jsonl or .csv'],
    ['import a.xml --out c.csv --append --overwrite', '--overwrite and --append'],
    ['import a.csv b.csv --propose', '--propose looks at one table'],
    ['train', 'train needs --taxonomy'],
    ['train --taxonomy t.json --out m', 'train needs --corpus'],
    ['train --taxonomy t.json --corpus c.jsonl', 'train needs --out'],
    ['train --workspace w --view claim', '--view is one of title, abstract,'],
    ['train --workspace w --out m', '--out does not go with --workspace'],
    ['train --workspace w --corpus c.jsonl', '--corpus does not go with --workspace'],
    ['train --taxonomy t.json --corpus c.jsonl --out m --if-needed', '--if-needed needs --workspace'],
    ['train --taxonomy t.json --corpus c.jsonl --out m --restart', '--restart needs --workspace'],
    ['train w', "Unexpected argument 'w'"],
    ['train --workspace', "'--workspace <value>' argument missing"],
    ['classify a.xml', 'either --model DIR or --workspace DIR'],
    ['classify a.xml --model m --workspace w', 'either --model DIR or --workspace DIR'],
    ['classify --model m', 'classify needs a FILE'],
    ['classify a.xml --model m --top x', '--top needs a whole number from 0 on, not "x"'],
    ['classify a.xml --model m --top -1', '--top'],
    ['train --workspace w --seed 1.5', '--seed needs a whole number'],
    ['train --workspace w --seed=', '--seed needs a whole number'],
    ['train --workspace w --seed 99999999999999999999', '--seed needs a whole number'],
    ['leakage --taxonomy t.json', 'leakage needs a FILE, a FOLDER or --workspace DIR'],
    ['leakage a.jsonl', 'leakage needs --taxonomy'],
    ['leakage --taxonomy t.json a --model m', '--model needs --audit'],
    ['leakage --taxonomy t.json a --train b', '--train and --test go together'],
    ['leakage --taxonomy t.json a --severity error', '--severity is one of warning, information, hint'],
    ['leakage --taxonomy t.json a --audit --report r.txt', 'A report is named .md, .csv or .json'],
    ['leakage --workspace w --taxonomy t.json', '--taxonomy does not go with --workspace'],
    ['fidelity --synthetic b', 'fidelity needs --real FILE (or --workspace DIR)'],
    ['fidelity --real a', 'fidelity needs --synthetic FILE (or --workspace DIR)'],
    ['fidelity --real a --synthetic b --run r', '--run needs --workspace'],
    ['fidelity --workspace w --real a', '--real does not go with --workspace'],
    ['fidelity --workspace w --synthetic a --synthetic b', '--workspace takes one --synthetic FILE'],
    ['fidelity --workspace w --synthetic a --run r', 'Give --synthetic or --run, not both'],
    ['fidelity --real a --synthetic b --permutations 0', '--permutations needs a whole number from 1 on'],
    ['study', 'study needs --plan S.study.json, --workspace DIR or --taxonomy T.json'],
    ['study --taxonomy t.json --real r.jsonl', 'study needs --synthetic S.jsonl'],
    ['study --plan s.study.json --seeds 3', '--seeds does not go with --plan'],
    [
      'study --taxonomy t.json --real r --synthetic s --regime 1',
      '--regime is a number of documents from 2 on',
    ],
    ['study --taxonomy t.json --real r --synthetic s --schedule long', '--schedule is one of fixed-epochs,'],
    ['study --taxonomy t.json --real r --synthetic s --seeds 0', '--seeds needs a whole number from 1 on'],
    ['study --workspace w --report r.txt', '--report writes .md, .csv or .json'],
    ['evaluate --corpus c.jsonl', 'evaluate needs --model'],
    ['evaluate --model m', 'evaluate needs --corpus'],
    ['evaluate --model m --corpus c.jsonl --resamples 0', '--resamples needs a whole number from 1 on'],
    ['evaluate --model m --corpus c.jsonl extra', "Unexpected argument 'extra'"],
  ])('"%s" says: %s', (line, message) => {
    expect(refusal(line)).toMatchObject({ code: 'usage', remedy: 'See patent-lab --help.' });
    expect(refusal(line).message).toContain(message);
  });
});
