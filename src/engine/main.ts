/** The engine process: JSON-RPC over the IPC channel its parent opened. It ends when the channel does. */
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ResponseError,
  type CancellationToken,
  type RequestType,
} from 'vscode-jsonrpc/node';
import { toErrorReport, type ErrorReport } from '../core/errors.ts';
import {
  AppendExportRequest,
  BeginExportRequest,
  ClassifyRequest,
  DecideRequest,
  FinishExportRequest,
  HelloRequest,
  LogNotification,
  PATENT_LAB_ERROR,
  ProgressValue,
  StatusNotification,
  TrainRequest,
  WorkspaceRequest,
  type ClassifyOutcome,
  type Progress,
} from '../protocol/engine.ts';
import {
  AdaptRequest,
  BaseEncodersRequest,
  EstimateAdaptationRequest,
  InterruptedAdaptationsRequest,
} from '../protocol/adaptation.ts';
import { AuditRequest } from '../protocol/audit.ts';
import { ExportClassifierRequest } from '../protocol/classifier-export.ts';
import {
  EditDocumentRequest,
  EstimateRequest,
  ListRunsRequest,
  ServerModelsRequest,
  ProposePlanRequest,
  RefusedAnswersRequest,
  ReviewDocumentRequest,
  ReviewListRequest,
  RunGenerationRequest,
} from '../protocol/generation.ts';
import { MaskedPredictionRequest, RelationsRequest } from '../protocol/leakage.ts';
import { BuiltInModelsRequest, FetchModelRequest } from '../protocol/models.ts';
import { EstimateFinetuneRequest } from '../protocol/finetune.ts';
import { DocumentFidelityRequest, FidelityRequest } from '../protocol/fidelity.ts';
import { NumericsRequest, ProviderNotification, ProvidersRequest } from '../protocol/numerics.ts';
import { RecordVerdictsRequest } from '../protocol/synthetic.ts';
import {
  CompareStudiesRequest,
  EstimateStudyRequest,
  ListStudiesRequest,
  ReadStudyRequest,
  StudyProgressNotification,
  StudyRequest,
} from '../protocol/study.ts';
import { TranscribeRequest } from '../protocol/transcription.ts';
import { ImportRequest, PreviewImportRequest, ProposeMappingRequest } from '../protocol/import.ts';
import { baseEncoders } from './adaptation/bases.ts';
import { interruptedPlans } from './adaptation/plan-file.ts';
import { adaptWorkspace, estimateAdaptation } from './adaptation/workspace.ts';
import { ExportFiles } from './classification/export-files.ts';
import { Engine } from './engine.ts';
import { openClient } from './generation/clients/open.ts';
import { GenerationHandlers } from './generation/handlers.ts';
import { hostChat } from './generation/host-chat.ts';
import { proposePlan } from './generation/propose.ts';
import { refusedAnswers } from './generation/refused.ts';
import { editDocument } from './generation/review/edit.ts';
import { reviewDocument } from './generation/review/document.ts';
import { reviewList } from './generation/review/list.ts';
import { listRuns } from './generation/runs.ts';
import { serverModels } from './generation/server-models.ts';
import { handleImport, handlePreviewImport, handleProposeMapping } from './import/handlers.ts';
import { FidelityHandlers } from './fidelity/handlers.ts';
import { LeakageHandlers } from './leakage/handlers.ts';
import { handleBuiltInModels, handleFetchModel } from './models/handlers.ts';
import { ProviderGate } from './numerics/gate.ts';
import { NumericsHandlers } from './numerics/handlers.ts';
import { StudyHandlers } from './study/handlers.ts';
import { makeTask, type Task } from './task.ts';
import { transcribe } from './transcription/transcribe.ts';
import { VerdictWriter } from './workspace/verdicts.ts';

const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
const engine = new Engine({
  warn: (message) => void connection.sendNotification(LogNotification, { level: 'warning', message }),
  gate: new ProviderGate({
    onDecision: (decision) => void connection.sendNotification(ProviderNotification, decision),
  }),
});

const exportFiles = new ExportFiles();
const leakage = new LeakageHandlers(engine);
const generation = new GenerationHandlers(openClient, {
  hostChat: hostChat(connection),
  warn: (message) => void connection.sendNotification(LogNotification, { level: 'warning', message }),
});
const fidelity = new FidelityHandlers(engine);
const numerics = new NumericsHandlers(engine);
const verdicts = new VerdictWriter();
const studies = new StudyHandlers(
  engine,
  (progress) => void connection.sendNotification(StudyProgressNotification, progress),
);

/** Serves a request; errors travel as reports, and the host sees what the engine is busy with. */
function serve<P, R>(
  request: RequestType<P, R, ErrorReport>,
  name: string | undefined,
  handler: (params: P, task: Task, report: (progress: Progress) => void) => Promise<R>,
): void {
  // By method name: the library's typed overload cannot be satisfied for a result type that is still generic.
  connection.onRequest<unknown, ErrorReport>(request.method, async (params: P, token: CancellationToken) => {
    const progressToken = progressTokenOf(params);
    const report = (progress: Progress): void => {
      if (progressToken !== undefined) void connection.sendProgress(ProgressValue, progressToken, progress);
    };
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    const task = makeTask(
      (message, done, total) => {
        report({
          kind: 'step',
          message,
          ...(done === undefined ? {} : { done }),
          ...(total === undefined ? {} : { total }),
        });
      },
      () => token.isCancellationRequested,
      controller.signal,
    );
    if (name) void connection.sendNotification(StatusNotification, { state: 'busy', task: name });
    try {
      return await handler(params, task, report);
    } catch (cause) {
      const error = toErrorReport(cause);
      if (error.code === 'internal') {
        const message = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
        void connection.sendNotification(LogNotification, { level: 'error', message });
      }
      throw new ResponseError(PATENT_LAB_ERROR, error.message, error);
    } finally {
      if (name) void connection.sendNotification(StatusNotification, { state: 'idle' });
    }
  });
}

function progressTokenOf(params: unknown): string | undefined {
  if (typeof params !== 'object' || params === null || !('progress' in params)) return undefined;
  return typeof params.progress === 'string' ? params.progress : undefined;
}

serve(HelloRequest, undefined, (params) => engine.hello(params));
serve(WorkspaceRequest, undefined, (params) => engine.summary(params));
serve(TrainRequest, 'Training', (params, task, report) =>
  engine.train(params, task, (event) => report({ kind: 'finetune', event })),
);
serve(ExportClassifierRequest, 'Exporting', (params, task) => engine.exportWorkspaceClassifier(params, task));
serve(EstimateFinetuneRequest, undefined, (params, task, report) =>
  engine.estimateFinetune(params, task, (estimate) => report({ kind: 'finetune-estimate', estimate })),
);
serve(BaseEncodersRequest, undefined, baseEncoders);
serve(InterruptedAdaptationsRequest, undefined, interruptedPlans);
serve(EstimateAdaptationRequest, undefined, (params, task, report) =>
  estimateAdaptation(params, task, (estimate) => report({ kind: 'adaptation-estimate', estimate })),
);
serve(AdaptRequest, 'Adapting the encoder', (params, task, report) =>
  adaptWorkspace(params, task, (event) => report({ kind: 'adaptation', event }), engine.gate),
);
serve(ClassifyRequest, 'Classifying', async (params, task, report) => {
  const outcomes: ClassifyOutcome[] = [];
  const streams = params.progress !== undefined;
  const counts = await engine.classify(params, task, (outcome) => {
    if (streams) report({ kind: 'outcome', outcome });
    else outcomes.push(outcome);
  });
  return { outcomes, ...counts };
});
serve(DecideRequest, undefined, (params) => engine.decide(params));
serve(BeginExportRequest, undefined, (params) => exportFiles.begin(params));
serve(AppendExportRequest, 'Exporting', ({ id, outcomes }) => exportFiles.append(id, outcomes));
serve(FinishExportRequest, undefined, ({ id, keep }) => exportFiles.finish(id, keep));
serve(ProposeMappingRequest, undefined, handleProposeMapping);
serve(PreviewImportRequest, undefined, handlePreviewImport);
serve(ImportRequest, 'Importing', handleImport);
serve(TranscribeRequest, undefined, transcribe);
serve(RelationsRequest, undefined, (params, task) => leakage.relations(params, task));
serve(MaskedPredictionRequest, undefined, (params, task) => leakage.maskedPrediction(params, task));
serve(EstimateStudyRequest, undefined, (params, task) => studies.estimate(params, task));
serve(StudyRequest, 'Studying', (params, task) => studies.run(params, task));
serve(ListStudiesRequest, undefined, (params) => studies.list(params));
serve(ReadStudyRequest, undefined, (params) => studies.read(params));
serve(CompareStudiesRequest, undefined, (params) => studies.compare(params));
serve(AuditRequest, 'Auditing leakage', (params, task) => leakage.audit(params, task));
serve(ProposePlanRequest, undefined, (params) => proposePlan(params));
serve(EstimateRequest, undefined, (params) => generation.estimate(params));
serve(RunGenerationRequest, 'Generating', (params, task, report) =>
  generation.run(params, task, (event) => report({ kind: 'generation', event })),
);
serve(ServerModelsRequest, undefined, serverModels);
serve(ListRunsRequest, undefined, ({ root }) => listRuns(root));
serve(ReviewListRequest, undefined, reviewList);
serve(ReviewDocumentRequest, undefined, reviewDocument);
serve(EditDocumentRequest, undefined, editDocument);
serve(RefusedAnswersRequest, undefined, ({ root, run }) => refusedAnswers(root, run));
serve(BuiltInModelsRequest, undefined, handleBuiltInModels);
serve(FetchModelRequest, 'Fetching a model', handleFetchModel);
serve(FidelityRequest, 'Scoring fidelity', (params, task) => fidelity.score(params, task));
serve(DocumentFidelityRequest, undefined, (params, task) => fidelity.document(params, task));
serve(RecordVerdictsRequest, undefined, (params) => verdicts.record(params));
serve(NumericsRequest, 'Checking numerics', (params, task) => numerics.check(params, task));
serve(ProvidersRequest, undefined, (_params, task) => numerics.providers(task));

process.on('disconnect', () => process.exit(0));
connection.listen();
