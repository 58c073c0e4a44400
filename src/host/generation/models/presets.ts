/** Open models that are known to write well enough: what they need, and how one gets them. */
import * as vscode from 'vscode';
import { memoryNeed, MODEL_PRESETS, type ModelPreset } from '../../../core/generation/presets.ts';

const namesOf = ({ names }: ModelPreset): readonly string[] => [names.ollama, names.vllm, names.gguf];

const factsOf = (preset: ModelPreset): readonly string[] => [
  vscode.l10n.t('{0} licence', preset.licence),
  vscode.l10n.t('about {0} GB of memory at 4 bit', (memoryNeed(preset) / 1000).toFixed(1)),
];

/** What is known of a model that a server lists. */
export function presetOf(model: string): readonly string[] {
  const preset = MODEL_PRESETS.find((one) => namesOf(one).includes(model));
  return preset ? factsOf(preset) : [];
}

interface PresetItem extends vscode.QuickPickItem {
  readonly preset: ModelPreset;
}

/** Shows them; the chosen one's command for Ollama is copied. False when none was chosen. */
export async function showPresets(): Promise<boolean> {
  const items = MODEL_PRESETS.map((preset): PresetItem => ({
    preset,
    label: preset.name,
    description: factsOf(preset).join(' · '),
    detail: vscode.l10n.t(
      'Ollama: {0} · vLLM, LM Studio: {1} · llama.cpp or here: {2}',
      preset.names.ollama,
      preset.names.vllm,
      preset.names.gguf,
    ),
  }));
  const title = vscode.l10n.t('Open models of 3.8 to 12 billion parameters');
  const placeHolder = vscode.l10n.t('Choose one to copy the command that fetches it with Ollama');
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDetail: true });
  if (!chosen) return false;
  const command = `ollama pull ${chosen.preset.names.ollama}`;
  await vscode.env.clipboard.writeText(command);
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      '“{0}” is copied. When the server has the model, name the server in the settings and generate again.',
      command,
    ),
  );
  return true;
}
